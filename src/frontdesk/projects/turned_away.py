"""Pages that ask for a project's widget and are on none of its sites: noted, and told in words."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import NamedTuple

from frontdesk.clock import Clock
from frontdesk.errors import NotFound, Unavailable
from frontdesk.projects.addresses import (
    Origin,
    is_below,
    list_host_patterns,
    parse_host_and_port,
    parse_origin,
)
from frontdesk.projects.file import write_site
from frontdesk.projects.model import Project, Site, TurnedAway
from frontdesk.projects.resolve import THIS_MACHINE, is_allowed_origin, list_host_sites
from frontdesk.settings import Environment
from frontdesk.storage.base import ProjectStorage

NOTED_EVERY = timedelta(minutes=1)
NOTED_A_MINUTE = 60
_OFTEN_LEFT_AWAY = ("www.", "m.")


@dataclass(slots=True)
class _Noted:
    """What this process noted in the current minute."""

    since: datetime | None = None
    keys: set[tuple[str, str]] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class TurnedAwayPages:
    """Strangers decide what is noted: one origin of a project counts once a minute in a process,
    all together `NOTED_A_MINUTE` times, and storage keeps few of each project.
    """

    storage: ProjectStorage
    clock: Clock
    _noted: _Noted = field(default_factory=_Noted)

    async def note(self, project_id: str, origin: str, path: str) -> None:
        """The project has to be there. Nobody waits for a store that does not work."""
        at = self.clock()
        try:
            parsed = parse_origin(origin)
        except ValueError:
            return
        shown = write_origin(parsed)
        if parsed.host in THIS_MACHINE or len(shown) > 300 or not self._is_due(project_id, shown):
            return
        seen = TurnedAway(
            project_id=project_id,
            origin=shown,
            path=path[:200] or "/",
            first_seen_at=at,
            last_seen_at=at,
        )
        with suppress(Unavailable):
            await self.storage.record_turned_away(project_id, seen)

    async def note_origin(self, origin: str) -> None:
        """A page that may not send anything here, and does not say for which project."""
        with suppress(ValueError, Unavailable):
            host = parse_origin(origin).host
            if not self._is_due("", origin):
                return
            patterns = list_host_patterns(host)
            for project in await self.storage.list_projects_for_hosts(patterns):
                await self.note(project.id, origin, "/")
            await self._note_near(host, origin, "/")

    async def note_host(self, host: str, project_id: str | None, path: str) -> None:
        """A page whose tag asked for settings: on no site, or on none of the project it names."""
        with suppress(ValueError, Unavailable, NotFound):
            name, port = parse_host_and_port(host)
            origin = f"https://{name}" if port is None else f"https://{name}:{port}"
            if project_id is None:
                await self._note_near(name, origin, path)
            elif self._is_due("", origin):
                await self.storage.get_project(project_id)
                await self.note(project_id, origin, path)

    async def _note_near(self, host: str, origin: str, path: str) -> None:
        near = [*list_near_hosts(host), f"*.{host}"]
        for project in await self.storage.list_projects_for_hosts(near):
            await self.note(project.id, origin, path)

    def _is_due(self, project_id: str, origin: str) -> bool:
        at, noted = self.clock(), self._noted
        if noted.since is None or not timedelta(0) <= at - noted.since < NOTED_EVERY:
            noted.since = at
            noted.keys.clear()
        if (project_id, origin) in noted.keys or len(noted.keys) >= NOTED_A_MINUTE:
            return False
        noted.keys.add((project_id, origin))
        return True


def list_near_hosts(host: str) -> list[str]:
    """What people mean by the same site: `www.palmgrove.example` for `palmgrove.example`."""
    for prefix in _OFTEN_LEFT_AWAY:
        if host.startswith(prefix):
            return [host.removeprefix(prefix)]
    return [prefix + host for prefix in _OFTEN_LEFT_AWAY]


class Fault(NamedTuple):
    """For a marketer: what is wrong and what to do. `can_add`: their host may simply be added."""

    detail: str
    can_add: bool


def explain(project: Project, seen: TurnedAway, environment: Environment) -> Fault | None:
    """None where it was put right since."""
    origin = parse_origin(seen.origin)
    sites = list_host_sites([project], origin.host)
    page = seen.origin.removeprefix("https://")
    if not is_allowed_origin(origin, environment):
        if origin.scheme == "http":
            detail = (
                f"Pages of {seen.origin} ask for the widget, and it works on https:// alone. "
                "Let the site send its visitors to https://."
            )
        else:
            detail = (
                f"Pages of {page} ask for the widget, and it works on the usual port of "
                "https:// alone, without a number behind the host."
            )
        return Fault(detail, can_add=False)
    if any(is_below(seen.path, found.site.path_prefix) for found in sites):
        return None
    if sites:
        named = ", ".join(write_site(found.site) for found in sites[:3])
        detail = (
            f"The page {page}{seen.path} asks for the widget, but the site is registered as "
            f"{named}. Add that path to the project's sites, or take the tag off the page."
        )
        return Fault(detail, can_add=False)
    near = nearest_site(project, origin.host)
    if near is None:
        detail = f"Pages of {page} name this project, but it has no site. Add {origin.host}."
        return Fault(detail, can_add=True)
    detail = (
        f"Pages of {page} ask for the widget, but the site is registered as {write_site(near)}. "
        f"Add {origin.host} to the project's sites, or send its visitors to {near.host}."
    )
    return Fault(detail, can_add=True)


def nearest_site(project: Project, host: str) -> Site | None:
    """Which of a project's sites a host was probably meant to be on."""
    if not project.sites:
        return None
    return max(project.sites, key=lambda site: _count_common(site.host, host))


def write_origin(origin: Origin) -> str:
    """As browsers write it."""
    port = "" if origin.has_default_port else f":{origin.port}"
    return f"{origin.scheme}://{origin.host}{port}"


def _count_common(one: str, other: str) -> int:
    """How many labels two names share, from the end."""
    pairs = zip(reversed(one.split(".")), reversed(other.split(".")), strict=False)
    count = 0
    for mine, theirs in pairs:
        if mine != theirs:
            break
        count += 1
    return count
