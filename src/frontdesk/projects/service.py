"""Projects: which of them a page is on, what a widget gets, and keeping them."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from typing import Protocol

from frontdesk.clock import Clock
from frontdesk.errors import Forbidden, Invalid, NotFound, changed_meanwhile
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.addresses import (
    DEFAULT_PORTS,
    Origin,
    list_host_patterns,
    parse_host_and_port,
    parse_origin,
    parse_page_url,
    path_on,
)
from frontdesk.projects.cache import RecentCache
from frontdesk.projects.checks import check_details
from frontdesk.projects.layers import WidgetLayer, layer_key
from frontdesk.projects.masks import list_secrets, renew, seal
from frontdesk.projects.model import (
    LIVE_FOR,
    Knowledge,
    Project,
    ProjectFilter,
    ProjectState,
    Site,
    WidgetReply,
    WidgetSettings,
)
from frontdesk.projects.resolve import (
    THIS_MACHINE,
    THIS_MACHINE_SITE,
    HostSite,
    find_site,
    is_allowed_origin,
    is_open_to_all,
    list_host_sites,
)
from frontdesk.projects.secrets import UnopenableError, Vault
from frontdesk.projects.turned_away import TurnedAwayPages
from frontdesk.projects.widget import make_widget_project
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage

MAX_AGE = timedelta(seconds=30)
PAGES_KEPT = 4_000


@dataclass(frozen=True, slots=True)
class KnownHost:
    """The sites on a host, and the replies made of them so far, by the project they name."""

    sites: list[HostSite]
    replies: dict[str | None, WidgetReply] = field(default_factory=dict)


def _keep_projects() -> RecentCache[str, Project]:
    return RecentCache(2_000, MAX_AGE)


def _keep_knowledge() -> RecentCache[str, Knowledge]:
    return RecentCache(500, MAX_AGE)


def _keep_hosts() -> RecentCache[str, KnownHost]:
    return RecentCache(4_000, MAX_AGE, is_kept=lambda host: bool(host.sites))


class OtherProcesses(Protocol):
    async def tell_others(self) -> None:
        """They may `Projects.forget`. Raises nothing: what changed is saved, heard of or not."""


class Cdn(Protocol):
    def ask(self, project_ids: Collection[str] | None, hosts: Collection[str] = ()) -> None:
        """Have the settings of these projects (None: all) asked for anew, and of these hosts."""


@dataclass(frozen=True, slots=True)
class Projects:
    """What is read here may be 30 seconds old where another process saved it, never in this one.

    With `others` they are told after each change, and what is read here is as new as that; `cdn` is
    told after them, of what changes a widget.
    """

    storage: Storage
    clock: Clock
    environment: Environment
    vault: Vault
    others: OtherProcesses | None = None
    turned_away: TurnedAwayPages | None = None
    cdn: Cdn | None = None
    _projects: RecentCache[str, Project] = field(default_factory=_keep_projects)
    _knowledge: RecentCache[str, Knowledge] = field(default_factory=_keep_knowledge)
    _hosts: RecentCache[str, KnownHost] = field(default_factory=_keep_hosts)
    # What was found for a page, while the project it was found in is the one at hand.
    _pages: dict[tuple[str, str, str | None], tuple[Project, Site]] = field(default_factory=dict)

    async def get(self, project_id: str) -> Project:
        """Raises NotFound(`project_not_found`)."""
        return await self._projects.get(
            project_id, self.clock(), lambda: self.storage.get_project(project_id)
        )

    async def find(self, project_id: str) -> Project | None:
        """The project as it is stored now, or None."""
        try:
            return await self.storage.get_project(project_id)
        except NotFound:
            return None

    async def knowledge(self, project_id: str) -> Knowledge:
        """Raises NotFound(`project_not_found`)."""
        return await self._knowledge.get(
            project_id, self.clock(), lambda: self.storage.get_knowledge(project_id)
        )

    def make_filter(
        self, text: str = "", group: str | None = None, state: ProjectState | None = None
    ) -> ProjectFilter:
        """What is live is told by what was seen in the last days."""
        return ProjectFilter(
            text=text.strip(), group=group, state=state, seen_since=self.clock() - LIVE_FOR
        )

    async def is_site_origin(self, origin: str) -> bool:
        """Whether pages of this origin are on a site of any project (for CORS)."""
        page_origin = self._read_origin(origin)
        if page_origin is None:
            return False
        if is_open_to_all(page_origin.host, self.environment):
            return True
        return bool((await self._find_host(page_origin.host)).sites)

    async def authorize_page(
        self, project_id: str, page_url: str, origin: str | None
    ) -> tuple[Project, Site]:
        """The project that a page names, and which of its sites the page is on.

        `origin` is the request's Origin header: the browser vouches for it. `page_url` is only what
        the page says, and has to be on that origin.

        Raises NotFound(`project_not_found`), Forbidden(`origin_not_allowed`) and
        Forbidden(`page_not_on_site`).
        """
        project = await self.get(project_id)
        known = self._pages.get((project_id, page_url, origin))
        if known is not None and known[0] is project:
            return known
        try:
            site = self._find_site(project, page_url, origin)
        except Forbidden:
            await self._note_turned_away(project_id, page_url, origin)
            raise
        if len(self._pages) >= PAGES_KEPT:
            self._pages.clear()
        self._pages[project_id, page_url, origin] = project, site
        return project, site

    async def _note_turned_away(self, project_id: str, page_url: str, origin: str | None) -> None:
        try:
            host = parse_origin(origin or "").host
        except ValueError:  # no page's: a file, a sandboxed frame, a script
            return
        if self.turned_away is not None and origin is not None:
            await self.turned_away.note(project_id, origin, path_on(host, page_url))

    def _find_site(self, project: Project, page_url: str, origin: str | None) -> Site:
        page_origin = None if origin is None else self._read_origin(origin)
        is_open = page_origin is not None and is_open_to_all(page_origin.host, self.environment)
        if page_origin is None or not (is_open or list_host_sites([project], page_origin.host)):
            raise Forbidden(
                "origin_not_allowed", "This project is not offered on pages of this origin."
            )
        refusal = Forbidden("page_not_on_site", "The page is not on a site of this project.")
        try:
            page = parse_page_url(page_url)
        except ValueError:
            raise refusal from None
        site = find_site(project, page) or (THIS_MACHINE_SITE if is_open else None)
        if page.origin != page_origin or site is None:
            raise refusal
        return site

    async def settings_for_host(self, host: str, project_id: str | None = None) -> WidgetReply:
        """Settings for all pages of a host (`location.host`: with its port, if it has one).

        Raises NotFound(`unknown_site`) for a host that no project has, and
        NotFound(`project_not_found`) where the named project has no site on it.
        """
        name = _read_host(host, self.environment)
        if name is None:
            raise _unknown_site()
        known = await self._find_host(name)
        reply = known.replies.get(project_id)
        if reply is None:
            sites = await self._choose_sites(name, known.sites, project_id)
            layers = await self.layers_for(*(site.project.group for site in sites))
            reply = WidgetReply(
                host=name,
                projects=tuple(
                    make_widget_project(site, *_layers_of(site.project, layers)) for site in sites
                ),
            )
            known.replies[project_id] = reply
        return reply

    async def layers_for(self, *groups: str | None) -> dict[str, WidgetLayer]:
        """The installation's and these groups' settings, by their keys, where there are any."""
        keys = {layer_key(None), *map(layer_key, groups)}
        return {one.key: one for one in await self.storage.find_widget_layers(sorted(keys))}

    async def save_layer(self, layer: WidgetLayer, *, expected: WidgetLayer | None) -> None:
        """Raises Conflict(`changed_meanwhile`)."""
        try:
            await self.storage.save_widget_layer(layer, expected=expected)
        finally:
            await self._spread_change()
        # A project's own settings are in force as they stand in the project.
        is_published = layer.versions != (expected.versions if expected else ())
        if self.cdn is not None and is_published and not layer.key.startswith("project:"):
            self.cdn.ask(None)

    async def record_unknown_site(self, host: str, referrer: str | None) -> None:
        """Count a sighting of the tag on a host that belongs to no project.

        The path is the referring page's, where that is on the host. Text that is no host name and a
        developer's own machine are not counted.
        """
        try:
            name, port = parse_host_and_port(host)
        except ValueError:
            return
        if name in THIS_MACHINE:
            return
        shown = name if port is None else f"{name}:{port}"
        await self.storage.record_unknown_site(shown, path_on(name, referrer), self.clock())

    async def save(
        self, project: Project, knowledge: Knowledge | None = None, *, etag: str | None = None
    ) -> Project:
        """Create or replace a project and, where given, its knowledge; returns it as stored.

        Secrets are sealed here; those that came back masked keep the stored ones. `etag` is that
        of the project as whoever changed it had read it. Raises Invalid(`invalid_project`) with
        every fault, Conflict(`site_taken`) and Conflict(`changed_meanwhile`).
        """
        stored = await self.find(project.id)
        if etag is not None and (stored is None or stored.etag != etag):
            raise changed_meanwhile()
        destinations, errors = seal(project, stored, self.vault)
        errors += check_details(project)
        if errors:
            raise Invalid("invalid_project", "Some of the project's settings are wrong.", errors)
        project = project.model_copy(update={"destinations": destinations})
        await self.store(project, knowledge, expected=stored if etag is not None else None)
        return await self.get(project.id)

    async def switch(self, project_id: str, destination_id: str, **switches: bool) -> None:
        """Set a destination's `enabled` or `paused`. Raises NotFound(`project_not_found`)."""
        try:
            await self.storage.switch_destination(
                project_id, destination_id, self.clock(), **switches
            )
        finally:
            await self._spread_change()

    async def save_knowledge(
        self, project_id: str, knowledge: Knowledge, *, etag: str | None = None
    ) -> None:
        """Replace all of it. Raises NotFound(`project_not_found`), and
        Conflict(`changed_meanwhile`) where what is stored has another `etag`.
        """
        stored = None if etag is None else await self.storage.get_knowledge(project_id)
        if stored is not None and stored.etag != etag:
            raise changed_meanwhile()
        try:
            await self.storage.save_knowledge(project_id, knowledge, expected=stored)
        finally:
            await self._spread_change()

    async def reseal(self) -> int:
        """Seal every stored secret under the present key; how many projects that changed."""
        changed = 0
        async for project in self.walk():
            destinations = renew(project, self.vault)
            if destinations != project.destinations:
                await self.store(project.model_copy(update={"destinations": destinations}))
                changed += 1
        return changed

    async def list_unopenable(self) -> list[str]:
        """Ids of projects with a secret that neither of the keys opens."""
        found = []
        async for project in self.walk():
            try:
                for destination in project.destinations:
                    for secret in list_secrets(destination).values():
                        self.vault.open(secret)
            except UnopenableError:
                found.append(project.id)
        return found

    async def walk(self, scope: Scope = EVERY_PROJECT) -> AsyncIterator[Project]:
        """Every project of the scope, in order of id."""
        cursor = None
        while True:
            page = await self.storage.list_projects(scope, after=cursor, limit=200)
            for project in page.items:
                yield project
            cursor = page.next_cursor
            if cursor is None:
                return

    def _read_origin(self, text: str) -> Origin | None:
        try:
            origin = parse_origin(text)
        except ValueError:
            return None
        return origin if is_allowed_origin(origin, self.environment) else None

    async def _find_host(self, host: str) -> KnownHost:
        async def read() -> KnownHost:
            projects = await self.storage.list_projects_for_hosts(list_host_patterns(host))
            return KnownHost(list_host_sites(projects, host))

        return await self._hosts.get(host, self.clock(), read)

    async def _choose_sites(
        self, host: str, sites: list[HostSite], project_id: str | None
    ) -> list[HostSite]:
        is_open = is_open_to_all(host, self.environment)
        if not sites and (project_id is None or not is_open):
            raise _unknown_site()
        if project_id is None:
            return sites
        named = [found for found in sites if found.project.id == project_id]
        if not named and is_open:
            named = [HostSite(await self.get(project_id), THIS_MACHINE_SITE, by_hand=True)]
        if not named:
            raise NotFound("project_not_found", "This project has no site on this host.")
        return named

    async def store(
        self,
        project: Project,
        knowledge: Knowledge | None = None,
        *,
        expected: Project | None = None,
    ) -> None:
        """Save what has been checked and sealed. Raises what `Storage.save_project` raises."""
        try:
            await self.storage.save_project(project.id, project, expected=expected)
            if knowledge is not None:
                await self.storage.save_knowledge(project.id, knowledge)
        finally:
            # Also after a failure: it may have come after the first of the two.
            await self._spread_change()
            if self.cdn is not None:
                gone = expected.sites if expected is not None else ()
                self.cdn.ask([project.id], [site.host for site in gone])

    def forget(self) -> None:
        """What was read is read anew: something was saved, here or by another process."""
        self._projects.clear()
        self._knowledge.clear()
        self._hosts.clear()

    async def _spread_change(self) -> None:
        self.forget()
        if self.others is not None:
            await self.others.tell_others()


@lru_cache(maxsize=4096)
def _read_host(text: str, environment: Environment) -> str | None:
    """The host's name, where pages on it and its port are allowed at all."""
    try:
        name, port = parse_host_and_port(text)
    except ValueError:
        return None
    origin = Origin("https", name, DEFAULT_PORTS["https"] if port is None else port)
    return name if is_allowed_origin(origin, environment) else None


def _layers_of(project: Project, layers: dict[str, WidgetLayer]) -> list[WidgetSettings]:
    """What a project inherits, its group's before the installation's."""
    keys = [layer_key(project.group)] if project.group else []
    return [layers[key].settings for key in (*keys, layer_key(None)) if key in layers]


def _unknown_site() -> NotFound:
    return NotFound("unknown_site", "This host belongs to no project.")
