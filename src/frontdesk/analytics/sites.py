"""Is it live? What is known of each site from the tag that works on it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, TypeVar

from frontdesk.analytics.model import EventKind, Sighting, SiteWatch
from frontdesk.clock import Instant
from frontdesk.leads.model import SiteLead
from frontdesk.model import Model, Page, Scope, walk
from frontdesk.projects.addresses import parse_origin
from frontdesk.projects.model import LIVE_FOR, Project, Site, TurnedAway
from frontdesk.projects.turned_away import explain, nearest_site
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage

_AT_ONCE = 1_000
SiteKey = tuple[str, str, str]


class SiteState(StrEnum):
    LIVE = "live"  # the tag was at work within the last days
    SILENT = "silent"  # it was, before that
    NEVER_SEEN = "never_seen"


class Elsewhere(Model):
    """Pages that ask for the widget and are on none of the project's sites. `detail` is what is
    wrong there and what to do; `can_add` says that their host may simply be added.
    """

    host: str
    origin: str
    path: str
    detail: str
    can_add: bool
    count: int
    last_seen_at: Instant


class SiteReport(Model):
    """A site of a project. A tag that was at work has been served its settings, too.

    `page` is where it was seen last; all that follows is None where it was never seen. The last
    lead's `last_lead_id` and `last_lead_page` go with the lead. `elsewhere` are pages that were
    probably meant to be on this site. `quiet_since` is there while it is quieter than
    it usually is.
    """

    project_id: str
    project_name: str
    group: str | None
    host: str
    path_prefix: str
    by_hand: bool
    state: SiteState
    page: str | None = None
    version: str | None = None
    last_event: EventKind | None = None
    first_seen_at: Instant | None = None
    last_seen_at: Instant | None = None
    last_lead_at: Instant | None = None
    last_lead_id: str | None = None
    last_lead_page: str | None = None
    elsewhere: tuple[Elsewhere, ...] = ()
    quiet_since: Instant | None = None

    @property
    def name(self) -> str:
        return self.host + (self.path_prefix if self.path_prefix != "/" else "")


async def report_sites(
    storage: Storage,
    projects: Sequence[Project],
    at: datetime,
    environment: Environment = Environment.PRODUCTION,
) -> list[SiteReport]:
    """The sites of these projects, in their order."""
    if not projects:
        return []
    scope = Scope(projects=frozenset(project.id for project in projects))
    sightings, leads, turned_away, watches = await asyncio.gather(
        _read_all(storage.list_sightings, scope),
        _read_all(storage.list_site_leads, scope),
        _read_all(storage.list_turned_away, scope),
        _read_all(partial(storage.list_site_watches, quiet=True), scope),
    )
    quiet = {_key(one): one.quiet_since for one in watches}
    seen: dict[SiteKey, Sighting] = {_key(one): one for one in sightings}
    last: dict[SiteKey, SiteLead] = {_key(one): one for one in leads}
    reports = []
    for project in projects:
        mine = [one for one in turned_away if one.project_id == project.id]
        elsewhere = explain_all(project, mine, environment)
        for site in project.sites:
            key = (project.id, site.host, site.path_prefix)
            near = tuple(it for it in elsewhere if nearest_site(project, it.host) is site)
            report = _report(project, site, seen.get(key), last.get(key), near, at)
            reports.append(report.model_copy(update={"quiet_since": quiet.get(key)}))
    return reports


async def find_elsewhere(
    storage: Storage, project: Project, environment: Environment
) -> list[Elsewhere]:
    """All pages that ask for this project and are on none of its sites, also where it has none."""
    scope = Scope(projects=frozenset({project.id}))
    return explain_all(project, await _read_all(storage.list_turned_away, scope), environment)


def explain_all(
    project: Project, turned_away: Iterable[TurnedAway], environment: Environment
) -> list[Elsewhere]:
    """Those that are still wrong, the latest first."""
    found = []
    for seen in turned_away:
        fault = explain(project, seen, environment)
        if fault is not None:
            elsewhere = Elsewhere(
                host=parse_origin(seen.origin).host,
                origin=seen.origin,
                path=seen.path,
                detail=fault.detail,
                can_add=fault.can_add,
                count=seen.count,
                last_seen_at=seen.last_seen_at,
            )
            found.append(elsewhere)
    return sorted(found, key=lambda one: one.last_seen_at, reverse=True)


def is_live(reports: Iterable[SiteReport]) -> bool:
    """Whether all of a project's sites are; one without any is not."""
    states = [report.state for report in reports]
    return bool(states) and all(state is SiteState.LIVE for state in states)


def _report(
    project: Project,
    site: Site,
    seen: Sighting | None,
    lead: SiteLead | None,
    elsewhere: tuple[Elsewhere, ...],
    at: datetime,
) -> SiteReport:
    known: dict[str, Any] = {"state": SiteState.NEVER_SEEN}
    if seen is not None:
        is_recent = seen.last_seen_at >= at - LIVE_FOR
        known = {
            "state": SiteState.LIVE if is_recent else SiteState.SILENT,
            "page": seen.page,
            "version": seen.version,
            "last_event": seen.last_event,
            "first_seen_at": seen.first_seen_at,
            "last_seen_at": seen.last_seen_at,
        }
    if lead is not None:
        known |= {
            "last_lead_at": lead.at,
            "last_lead_id": lead.lead_id,
            "last_lead_page": lead.page,
        }
    return SiteReport(
        project_id=project.id,
        project_name=project.name,
        group=project.group,
        host=site.host,
        path_prefix=site.path_prefix,
        by_hand=site.by_hand,
        elsewhere=elsewhere,
        **known,
    )


def _key(one: Sighting | SiteLead | SiteWatch) -> SiteKey:
    return one.project_id, one.host, one.path_prefix


T = TypeVar("T")


async def _read_all(read: Callable[..., Awaitable[Page[T]]], scope: Scope) -> list[T]:
    return [one async for one in walk(lambda after: read(scope, after=after, limit=_AT_ONCE))]
