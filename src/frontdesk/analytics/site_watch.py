"""Whether a site that was live has gone quiet. Pure.

A site is asked about its own usual gaps: one that nobody opens by night, or at weekends, is quiet
then as it always is. What counts is the longest gap of the last weeks.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from frontdesk.analytics.model import Gap, Sighting, SiteWatch
from frontdesk.projects.model import LIVE_FOR

# Shorter gaps are noticed for no site: the shortest time before an alert is longer.
NOTED_GAP = timedelta(hours=1)
WEEKS_KEPT = 4
TIMES_THE_USUAL = 2
# Until then a site's habits are not known.
LEARNING = timedelta(days=7)


def begin(seen: Sighting, at: datetime) -> SiteWatch:
    return SiteWatch(
        project_id=seen.project_id,
        host=seen.host,
        path_prefix=seen.path_prefix,
        page=seen.page,
        last_seen_at=seen.last_seen_at,
        began_at=at,
        watched_from=at,
    )


def look(
    before: SiteWatch, seen: Sighting, at: datetime, shortest: timedelta, told: Iterable[str]
) -> SiteWatch:
    """The site's watch as it is now, the same where there is nothing new to keep.

    `shortest` is how long any site may be quiet; 0 asks for no alerts. `told` are who is to hear of
    a change.
    """
    newest = {"page": seen.page, "last_seen_at": seen.last_seen_at}
    change = {**newest, "changed_at": at, "untold": tuple(told), "tries": 0}
    if before.quiet_since is not None:
        if seen.last_seen_at <= before.last_seen_at:
            return before
        # Its silence was no habit.
        return before.model_copy(update={**change, "quiet_since": None})
    quiet_from = max(seen.last_seen_at, before.watched_from)
    if shortest and at - quiet_from >= quiet_after(before, at, shortest):
        return before.model_copy(update={**change, "quiet_since": seen.last_seen_at})
    if seen.last_seen_at - before.last_seen_at < NOTED_GAP:
        return before
    gap = seen.last_seen_at - max(before.last_seen_at, before.watched_from)
    return before.model_copy(update={**newest, "gaps": _note(before.gaps, seen.last_seen_at, gap)})


def quiet_after(watched: SiteWatch, at: datetime, shortest: timedelta) -> timedelta:
    """How long this site may be quiet: twice its longest gap of the last four weeks, never less
    than `shortest`, and a week while it is being got to know.
    """
    longest = max((gap.seconds for gap in watched.gaps), default=0)
    is_new = at - watched.began_at < LEARNING
    return max(
        shortest,
        TIMES_THE_USUAL * timedelta(seconds=longest),
        LIVE_FOR if is_new else timedelta(0),
    )


def _note(gaps: tuple[Gap, ...], ended_at: datetime, gap: timedelta) -> tuple[Gap, ...]:
    if gap < NOTED_GAP:
        return gaps
    week = ended_at.date() - timedelta(days=ended_at.weekday())
    longest = {one.week: one.seconds for one in gaps}
    longest[week] = max(longest.get(week, 0), int(gap.total_seconds()))
    return tuple(Gap(week=it, seconds=longest[it]) for it in sorted(longest)[-WEEKS_KEPT:])
