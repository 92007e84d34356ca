"""The watch over the sites: one alert where a live site has gone quiet, one when it is back.

A round looks at every site and notes what changed; then it tells of it. What could not be told is
tried again in the next rounds, with the same ids.
"""

import asyncio
import hashlib
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from frontdesk.accounts.model import Member, Role
from frontdesk.analytics.model import Sighting, SiteWatch
from frontdesk.analytics.site_watch import begin, look
from frontdesk.clock import Clock, format_instant
from frontdesk.delivery.events import EventProject, EventSite, SiteEvent, SiteEventData
from frontdesk.delivery.notices import Notices
from frontdesk.model import EVERY_PROJECT, Scope, walk
from frontdesk.projects.destinations import WebhookDestination
from frontdesk.projects.model import Project
from frontdesk.storage.base import Storage
from frontdesk.storage.rules import sighting_id

EVERY = timedelta(minutes=10)
TURN = "watch_sites"
# Longer without a round, and nobody was watching: the time does not count against the sites.
OUTAGE = timedelta(hours=2)
MOST_TRIES = 12
MAIL = "mail"
_PAGE = 200
_ROWS = 1_000
_NAMED_IN_MAIL = 50
_log = structlog.get_logger("frontdesk.sites")


@dataclass(frozen=True, slots=True)
class SiteAlerts:
    """`shortest` is how long any site may be quiet, 0 for no alerts at all; a project's own
    `quiet_hours` goes before it. `our_url` leads to the dashboard.
    """

    storage: Storage
    notices: Notices
    clock: Clock
    shortest: timedelta
    our_url: str
    every: timedelta = EVERY
    count_failure: Callable[[], None] = lambda: None
    _stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def run(self) -> None:
        """Rounds until `stop`; of several processes one makes each."""
        while not self._stopping.is_set():
            try:
                await self.run_once()
            except Exception:  # noqa: BLE001  whatever it was, the next round comes
                _log.exception("the sites could not be looked at")
            with suppress(TimeoutError):
                async with asyncio.timeout(self.every.total_seconds()):
                    await self._stopping.wait()

    def stop(self) -> None:
        self._stopping.set()

    async def run_once(self) -> bool:
        """One round; False where another process has made it."""
        at = self.clock()
        # A little early: rounds of several processes come at moments of their own.
        turn = await self.storage.take_turn(TURN, at, at + self.every * 0.9)
        if turn is None:
            return False
        was_out = turn.before is not None and at - turn.before > OUTAGE
        projects: list[Project] = []
        async for project in self._projects():
            projects.append(project)
            if len(projects) == _PAGE:
                await self._look_at(projects, at, was_out=was_out)
                projects = []
        await self._look_at(projects, at, was_out=was_out)
        await self._tell_all()
        return True

    async def _look_at(self, projects: Iterable[Project], at: datetime, *, was_out: bool) -> None:
        by_id = {project.id: project for project in projects}
        scope = Scope(projects=frozenset(by_id))
        watched = {sighting_id(one): one async for one in self._watches(scope)}
        changed: dict[str, SiteWatch] = {}
        async for seen in self._sightings(scope):
            project, key = by_id[seen.project_id], sighting_id(seen)
            if not _has_site(project, seen):
                continue
            before = watched.pop(key, None)
            if before is None:
                changed[key] = begin(seen, at)
                continue
            if was_out:
                before = before.model_copy(update={"watched_from": at})
            told = list(self._list_to_tell(project))
            now = look(before, seen, at, self._shortest_for(project), told)
            if now is not before or was_out:
                changed[key] = now
        # A site that was taken off its project says nothing any more.
        for key, left in watched.items():
            if left.quiet_since is not None or left.untold:
                gone = {"quiet_since": None, "untold": ()}
                changed[key] = left.model_copy(update=gone)
        if changed:
            await self.storage.save_site_watches([*changed.values()])

    def _shortest_for(self, project: Project) -> timedelta:
        own = project.quiet_hours
        return self.shortest if own is None else timedelta(hours=own)

    def _list_to_tell(self, project: Project) -> Iterable[str]:
        if self.notices.mail is not None:
            yield MAIL
        for one in project.destinations:
            if isinstance(one, WebhookDestination) and one.enabled and not one.paused:
                yield one.id

    async def _tell_all(self) -> None:
        untold = [
            one
            async for one in self._watches(EVERY_PROJECT)
            if one.untold and one.changed_at is not None
        ]
        if not untold:
            return
        done: dict[str, set[str]] = defaultdict(set)
        await self._tell_webhooks(untold, done)
        await self._tell_members([one for one in untold if MAIL in one.untold], done)
        saved = []
        for one in untold:
            left = tuple(it for it in one.untold if it not in done[sighting_id(one)])
            if left and one.tries + 1 >= MOST_TRIES:
                _log.warning("an alert was given up", project_id=one.project_id, to=left)
                left = ()
            saved.append(one.model_copy(update={"untold": left, "tries": one.tries + 1}))
        await self.storage.save_site_watches(saved)

    async def _tell_webhooks(self, untold: list[SiteWatch], done: dict[str, set[str]]) -> None:
        projects = {one.project_id for one in untold}
        scope = Scope(projects=frozenset(projects))
        found = {project.id: project async for project in self._projects(scope)}
        for one in untold:
            project = found.get(one.project_id)
            for name in one.untold:
                if name == MAIL:
                    continue
                hook = _find_webhook(project, name) if project else None
                if project is None or hook is None:
                    done[sighting_id(one)].add(name)
                    continue
                event = make_event(one, project)
                if event.type not in hook.events:
                    done[sighting_id(one)].add(name)
                    continue
                fault = await self.notices.send_webhook(hook, notice_id(one), event)
                if fault is None:
                    done[sighting_id(one)].add(name)
                else:
                    self._note_failure(one.project_id, name, fault)

    async def _tell_members(self, untold: list[SiteWatch], done: dict[str, set[str]]) -> None:
        """One mail to each member for all sites together: who has many gets no flood."""
        if not untold:
            return
        failed: set[str] = set()
        async for member in self._members():
            mine = [one for one in untold if member.scope.allows(one.project_id)]
            if not mine or not member.is_active or member.role not in {Role.OWNER, Role.MANAGER}:
                continue
            digest = hashlib.sha256("".join(map(notice_id, mine)).encode()).hexdigest()[:24]
            subject, lines = write_mail(mine, self.our_url)
            mail_id = f"{digest}.{member.id}"
            fault = await self.notices.send_mail(member.email, mail_id, subject, lines)
            if fault is not None:
                self._note_failure(None, MAIL, fault)
                failed |= {sighting_id(one) for one in mine}
        for one in untold:
            if sighting_id(one) not in failed:
                done[sighting_id(one)].add(MAIL)

    def _note_failure(self, project_id: str | None, to: str, reason: str) -> None:
        self.count_failure()
        _log.warning("an alert was not taken", project_id=project_id, to=to, reason=reason)

    def _projects(self, scope: Scope = EVERY_PROJECT) -> AsyncIterator[Project]:
        list_projects = self.storage.list_projects
        return walk(lambda after: list_projects(scope, after=after, limit=_PAGE))

    def _watches(self, scope: Scope) -> AsyncIterator[SiteWatch]:
        list_watches = self.storage.list_site_watches
        return walk(lambda after: list_watches(scope, after=after, limit=_ROWS))

    def _sightings(self, scope: Scope) -> AsyncIterator[Sighting]:
        list_sightings = self.storage.list_sightings
        return walk(lambda after: list_sightings(scope, after=after, limit=_ROWS))

    def _members(self) -> AsyncIterator[Member]:
        return walk(lambda after: self.storage.list_members(after=after, limit=_PAGE))


def make_event(watch: SiteWatch, project: Project) -> SiteEvent:
    assert watch.changed_at is not None
    return SiteEvent(
        type="site.live" if watch.quiet_since is None else "site.not_live",
        timestamp=watch.changed_at,
        data=SiteEventData(
            project=EventProject(id=project.id, name=project.name, crm_id=project.crm_id),
            site=EventSite(
                host=watch.host,
                path_prefix=watch.path_prefix,
                page=watch.page,
                last_seen_at=watch.last_seen_at,
            ),
        ),
    )


def notice_id(watch: SiteWatch) -> str:
    """Of one change of one site."""
    said = f"{sighting_id(watch)} {format_instant(watch.changed_at or watch.last_seen_at)}"
    return f"site_{hashlib.sha256(said.encode()).hexdigest()[:32]}"


def write_mail(watches: list[SiteWatch], our_url: str) -> tuple[str, list[str]]:
    """Subject and lines, in UTC: a mail is read anywhere."""
    quiet = [one for one in watches if one.quiet_since is not None]
    back = [one for one in watches if one.quiet_since is None]
    lines: list[str] = []
    if quiet:
        lines += ["No tag was seen there any more:", ""]
        lines += _list_sites(quiet, "last seen")
        lines += [
            "",
            "Perhaps the site is down, or the tag or what lets it work went with a change.",
            f"See each and check it: {our_url}/dashboard/sites?state=quiet",
        ]
    if back:
        lines += ["", "The tag is at work again:", ""]
        lines += _list_sites(back, "seen")
    if quiet:
        first = quiet[0].host
        more = f" and {len(quiet) - 1} more" if len(quiet) > 1 else ""
        return f"Not live: {first}{more}", lines
    first = back[0].host
    more = f" and {len(back) - 1} more" if len(back) > 1 else ""
    return f"Live again: {first}{more}", lines[1:]


def _list_sites(watches: list[SiteWatch], said: str) -> list[str]:
    shown = [
        f"- {one.host}{one.path_prefix if one.path_prefix != '/' else ''}: {said} "
        f"{one.last_seen_at:%d %B %Y, %H:%M} UTC"
        for one in watches[:_NAMED_IN_MAIL]
    ]
    more = len(watches) - len(shown)
    return [*shown, f"- and {more} more"] if more else shown


def _has_site(project: Project, seen: Sighting) -> bool:
    return any(
        (site.host, site.path_prefix) == (seen.host, seen.path_prefix) for site in project.sites
    )


def _find_webhook(project: Project, destination_id: str) -> WebhookDestination | None:
    for one in project.destinations:
        if one.id == destination_id and isinstance(one, WebhookDestination) and one.enabled:
            return one
    return None
