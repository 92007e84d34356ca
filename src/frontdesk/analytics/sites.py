"""Is it live? What is known of each site from the tag that works on it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from frontdesk.analytics.model import EventKind, Sighting
from frontdesk.clock import Instant
from frontdesk.model import Model, Scope
from frontdesk.projects.model import LIVE_FOR, Project, Site
from frontdesk.storage.base import AnalyticsStorage

_AT_ONCE = 1_000


class SiteState(StrEnum):
    LIVE = "live"  # the tag was at work within the last days
    SILENT = "silent"  # it was, before that
    NEVER_SEEN = "never_seen"


class SiteReport(Model):
    """A site of a project. A tag that was at work has been served its settings, too.

    `page` is where it was seen last; all that follows is None where it was never seen.
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

    @property
    def name(self) -> str:
        return self.host + (self.path_prefix if self.path_prefix != "/" else "")


async def report_sites(
    storage: AnalyticsStorage, projects: Sequence[Project], at: datetime
) -> list[SiteReport]:
    """The sites of these projects, in their order."""
    seen = await _read_sightings(storage, projects) if projects else {}
    return [
        _report(project, site, seen.get((project.id, site.host, site.path_prefix)), at)
        for project in projects
        for site in project.sites
    ]


def is_live(reports: Iterable[SiteReport]) -> bool:
    """Whether all of a project's sites are; one without any is not."""
    states = [report.state for report in reports]
    return bool(states) and all(state is SiteState.LIVE for state in states)


def _report(project: Project, site: Site, seen: Sighting | None, at: datetime) -> SiteReport:
    report = SiteReport(
        project_id=project.id,
        project_name=project.name,
        group=project.group,
        host=site.host,
        path_prefix=site.path_prefix,
        by_hand=site.by_hand,
        state=SiteState.NEVER_SEEN,
    )
    if seen is None:
        return report
    is_recent = seen.last_seen_at >= at - LIVE_FOR
    return report.model_copy(
        update={
            "state": SiteState.LIVE if is_recent else SiteState.SILENT,
            "page": seen.page,
            "version": seen.version,
            "last_event": seen.last_event,
            "first_seen_at": seen.first_seen_at,
            "last_seen_at": seen.last_seen_at,
        }
    )


async def _read_sightings(
    storage: AnalyticsStorage, projects: Sequence[Project]
) -> dict[tuple[str, str, str], Sighting]:
    scope = Scope(projects=frozenset(project.id for project in projects))
    found: dict[tuple[str, str, str], Sighting] = {}
    after = None
    while True:
        page = await storage.list_sightings(scope, after=after, limit=_AT_ONCE)
        found |= {(one.project_id, one.host, one.path_prefix): one for one in page.items}
        after = page.next_cursor
        if after is None:
            return found
