"""Taking events in, and adding them up for those who may see them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from frontdesk.analytics.model import (
    DayFigures,
    Event,
    EventBatch,
    EventKind,
    EventTotal,
    Figures,
    ProjectFigures,
    Report,
    Sighting,
    Step,
)
from frontdesk.clock import Clock
from frontdesk.model import Scope
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

FUNNEL = (
    EventKind.LOADED,
    EventKind.SEEN,
    EventKind.OPENED,
    EventKind.ASKED,
    EventKind.SENT,
)
SIGHTING_EVERY = timedelta(minutes=1)
CLEARING_EVERY = timedelta(minutes=10)
CLEARED_AT_ONCE = 5_000
MOST_SITES_NOTED = 20_000


@dataclass(slots=True)
class _Noted:
    """What this process did last, so that it does not do it with every batch."""

    sightings: dict[tuple[str, str, str], datetime] = field(default_factory=dict)
    cleared_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Analytics:
    """Events are kept for `event_days`, their counts for good."""

    storage: Storage
    projects: Projects
    clock: Clock
    event_days: int
    _noted: _Noted = field(default_factory=_Noted)

    async def record(self, batch: EventBatch, origin: str | None) -> int:
        """Store and count a batch; how many events were new. Durable when it returns.

        Raises what `Projects.authorize_page` raises, and Unavailable.
        """
        page = f"{origin}{batch.path}"
        project, site = await self.projects.authorize_page(batch.project, page, origin)
        at = self.clock()
        zone = _zone(project.time_zone)
        today = at.astimezone(zone).date()
        midnight = datetime.combine(today, time(), zone).astimezone(UTC)
        events = []
        for told in batch.events:
            then = at - timedelta(milliseconds=told.milliseconds_ago)
            # Looking a time up in its zone costs more than all else here; nearly all are today's.
            day = today if then >= midnight else then.astimezone(zone).date()
            events.append(Event(told.id, project.id, told.kind, then, day, page, told.milliseconds))
        sighting = None
        if self._is_due((project.id, site.host, site.path_prefix), at):
            sighting = Sighting(
                project_id=project.id,
                host=site.host,
                path_prefix=site.path_prefix,
                page=page,
                version=batch.version,
                last_event=events[-1].kind,
                first_seen_at=at,
                last_seen_at=at,
            )
        added = await self.storage.record_events(project.id, events, sighting)
        await self._clear_old(at)
        return added

    async def report(self, scope: Scope, since: date, until: date) -> Report:
        """What happened from `since` to `until`, both included, by the projects' own days."""
        by_day = await self.storage.total_events(scope, since, until, by="day")
        by_project = await self.storage.total_events(scope, since, until, by="project")
        whole = add_up(by_day)
        return Report(
            since=since,
            until=until,
            whole=whole,
            funnel=make_funnel(whole.counts),
            days=tuple(
                DayFigures(day=date.fromisoformat(day), **dict(figures))
                for day, figures in group(by_day).items()
            ),
            projects=tuple(
                ProjectFigures(project_id=project_id, **dict(figures))
                for project_id, figures in group(by_project).items()
            ),
        )

    def _is_due(self, site: tuple[str, str, str], at: datetime) -> bool:
        noted = self._noted.sightings
        last = noted.get(site)
        if last is not None and at - last < SIGHTING_EVERY:
            return False
        if len(noted) >= MOST_SITES_NOTED:
            noted.clear()
        noted[site] = at
        return True

    async def _clear_old(self, at: datetime) -> None:
        last = self._noted.cleared_at
        if last is not None and at - last < CLEARING_EVERY:
            return
        self._noted.cleared_at = at
        cleared = await self.storage.delete_events(
            at.date() - timedelta(days=self.event_days), CLEARED_AT_ONCE
        )
        if cleared == CLEARED_AT_ONCE:  # there is more: the next batch goes on
            self._noted.cleared_at = None


def group(totals: Sequence[EventTotal]) -> dict[str, Figures]:
    """The figures of each key, in the order of the totals."""
    keys = dict.fromkeys(total.key for total in totals)
    return {key: add_up([total for total in totals if total.key == key]) for key in keys}


def add_up(totals: Sequence[EventTotal]) -> Figures:
    counts = dict.fromkeys(EventKind, 0)
    measured = milliseconds = 0
    for total in totals:
        counts[total.kind] += total.count
        if total.kind is EventKind.ANSWERED:
            measured += total.measured
            milliseconds += total.milliseconds
    return Figures(
        counts=counts,
        answered_after_milliseconds=round(milliseconds / measured) if measured else None,
    )


def make_funnel(counts: dict[EventKind, int]) -> tuple[Step, ...]:
    """Each step with its share of the one before; None where that has none.

    A share may be above 1: one visitor may ask three times.
    """
    steps = []
    before: int | None = None
    for kind in FUNNEL:
        share = counts[kind] / before if before else None
        steps.append(Step(kind=kind, count=counts[kind], share=share))
        before = counts[kind]
    return tuple(steps)


@lru_cache(maxsize=256)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
