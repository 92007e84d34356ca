"""Events: what visitors did, without anything that says who they are."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, NamedTuple

from pydantic import Field, StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model

MAX_EVENTS_A_BATCH = 50
MAX_HOURS_AGO = 24


class EventKind(StrEnum):
    LOADED = "loaded"  # the tag ran and the page has a project
    SEEN = "seen"  # the launcher was in sight
    OPENED = "opened"
    ASKED = "asked"
    ANSWERED = "answered"  # with the milliseconds to the first words
    FORM_SHOWN = "form_shown"
    FORM_STARTED = "form_started"
    SENT = "sent"  # a lead was acknowledged
    FAILED = "failed"  # the visitor was told that something did not work
    CLOSED = "closed"


EventId = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_-]{8,64}$")]
Milliseconds = Annotated[int, Field(ge=0, le=10 * 60 * 1000)]


class ToldEvent(Model):
    """An event as the browser tells it. The id stands for this event alone."""

    id: EventId
    kind: EventKind
    milliseconds: Milliseconds | None = None
    milliseconds_ago: Annotated[int, Field(ge=0, le=MAX_HOURS_AGO * 3_600_000)] = 0


class EventBatch(Model):
    """Events of one page. `path` is the page's, without query; `version` is the tag's."""

    project: Annotated[str, StringConstraints(min_length=1, max_length=63)]
    path: Annotated[str, StringConstraints(pattern=r"^/[^?#\x00-\x1f]*$", max_length=2000)]
    version: Annotated[str, StringConstraints(max_length=64)] = ""
    events: Annotated[tuple[ToldEvent, ...], Field(min_length=1, max_length=MAX_EVENTS_A_BATCH)]


class Event(NamedTuple):
    """`day` is the project's own, by its time zone; an id is counted once in a day.

    No Model, because it is made by the thousand from what has just been validated.
    """

    id: str
    project_id: str
    kind: EventKind
    at: datetime
    day: date
    page: str
    milliseconds: int | None = None


class Sighting(Model):
    """A site with a tag at work. `page` is where it was seen last, without its query."""

    project_id: str
    host: str
    path_prefix: str
    page: str
    version: str
    last_event: EventKind
    first_seen_at: Instant
    last_seen_at: Instant


class Gap(Model):
    """The longest time between two sightings of a site that ended in a week (its Monday)."""

    week: date
    seconds: int


class SiteWatch(Model):
    """How often a site is seen, and whether it has gone quiet.

    `last_seen_at` may be an hour old while the site is seen. Nothing counts from before
    `watched_from`, when nobody was watching; `gaps` are of the last weeks since `began_at`.
    `quiet_since` is when it was seen last before it went quiet, `changed_at` when that was found
    out, or that it is back. `untold` are who is still to hear of it, tried `tries` times.
    """

    project_id: str
    host: str
    path_prefix: str
    page: str
    last_seen_at: Instant
    began_at: Instant
    watched_from: Instant
    gaps: tuple[Gap, ...] = ()
    quiet_since: Instant | None = None
    changed_at: Instant | None = None
    untold: tuple[str, ...] = ()
    tries: int = 0


@dataclass(frozen=True, slots=True)
class EventCount:
    """How many events of a kind; `milliseconds` is the sum over the `measured` ones."""

    project_id: str
    day: date
    kind: EventKind
    count: int
    measured: int
    milliseconds: int


class EventTotal(Model):
    """Counts added up over days or over projects: `key` is the project's id, or the day."""

    key: str
    kind: EventKind
    count: int
    measured: int
    milliseconds: int


class Figures(Model):
    """How many events of each kind, and how long an answer took on average to begin."""

    counts: dict[EventKind, int]
    answered_after_milliseconds: int | None


class DayFigures(Figures):
    day: date


class ProjectFigures(Figures):
    project_id: str


class Step(Model):
    """A step on the way to a lead; `share` is of the step before."""

    kind: EventKind
    count: int
    share: float | None


class Report(Model):
    """Days and projects without events are left out."""

    since: date
    until: date
    whole: Figures
    funnel: tuple[Step, ...]
    days: tuple[DayFigures, ...]
    projects: tuple[ProjectFigures, ...]
