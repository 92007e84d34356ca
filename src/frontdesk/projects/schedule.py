"""When a project can be visited and when its team calls, in the project's own time zone. Pure."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated, NamedTuple, Self
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, model_validator

from frontdesk.errors import FieldError, Invalid
from frontdesk.model import Model

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
MAX_SLOTS = 60
CALL_DAYS = 14  # how far ahead the next call is looked for: longer closed is no promise to make


class Weekday(StrEnum):
    MONDAY = "mon"
    TUESDAY = "tue"
    WEDNESDAY = "wed"
    THURSDAY = "thu"
    FRIDAY = "fri"
    SATURDAY = "sat"
    SUNDAY = "sun"


class Opening(Model):
    """Open on these days from `opens` to `closes` (`10:00`, `19:00`); no night shifts."""

    days: Annotated[tuple[Weekday, ...], Field(min_length=1, max_length=7)]
    opens: ClockTime
    closes: ClockTime

    @model_validator(mode="after")
    def _closes_later(self) -> Self:
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens, on the same day")
        return self


Openings = Annotated[tuple[Opening, ...], Field(max_length=14)]


class Schedule(Model):
    """Without `visits` no slots are offered and any time to come may be wished for; without `calls`
    nobody is told when the team calls. On `holidays` neither happens.
    """

    visits: Openings = ()
    calls: Openings = ()
    holidays: Annotated[tuple[date, ...], Field(max_length=100)] = ()
    slot_minutes: Annotated[int, Field(ge=15, le=480)] = 60
    days_ahead: Annotated[int, Field(ge=1, le=60)] = 14
    notice_minutes: Annotated[int, Field(ge=0, le=10080)] = 120


class Window(NamedTuple):
    """From `start` up to `end`, in the project's zone."""

    start: datetime
    end: datetime


def list_slots(schedule: Schedule, zone: ZoneInfo, now: datetime) -> list[Window]:
    """The next slots for a visit, MAX_SLOTS at most, soonest first."""
    slots: list[Window] = []
    length = timedelta(minutes=schedule.slot_minutes)
    earliest = now + timedelta(minutes=schedule.notice_minutes)
    for opening in _openings(schedule, schedule.visits, zone, now, schedule.days_ahead):
        start = opening.start
        while _later(start, length) <= opening.end and len(slots) < MAX_SLOTS:
            if start >= earliest:
                slots.append(Window(start, _later(start, length)))
            start = _later(start, length)
    return slots


def check_visit(schedule: Schedule, zone: ZoneInfo, at: datetime, now: datetime) -> None:
    """Raises Invalid(`invalid_visit_time`), with a field error `past`, `too_soon`, `too_far` or
    `closed` at `qualification.visit_at`."""
    if at <= now:
        raise _invalid("past", "That time has passed. Please choose another.")
    if not schedule.visits:
        return
    if at < now + timedelta(minutes=schedule.notice_minutes):
        raise _invalid("too_soon", "That is too soon for the team. Please choose a later time.")
    local = at.astimezone(zone)
    last = now.astimezone(zone).date() + timedelta(days=schedule.days_ahead)
    if local.date() > last:
        raise _invalid("too_far", f"Visits are arranged up to {schedule.days_ahead} days ahead.")
    end = _later(local, timedelta(minutes=schedule.slot_minutes))
    openings = _openings(schedule, schedule.visits, zone, now, schedule.days_ahead)
    if not any(opening.start <= local and end <= opening.end for opening in openings):
        raise _invalid("closed", "There are no visits at that time. Please choose another.")


def next_calls(schedule: Schedule, zone: ZoneInfo, now: datetime) -> Window | None:
    """When the team calls next: the window that is open now or opens next."""
    for opening in _openings(schedule, schedule.calls, zone, now, CALL_DAYS):
        if opening.end > now:
            return opening
    return None


def tell_calls(window: Window, now: datetime) -> str:
    """`today before 7 pm`, `tomorrow between 10 am and 7 pm`, `on Monday between …`."""
    start, end = window
    days = (start.date() - now.astimezone(start.tzinfo).date()).days
    if days == 0 and start <= now:
        return f"today before {clock_text(end)}"
    named = f"{start:%A}" if days < len(Weekday) else day_text(start)
    day = {0: "today", 1: "tomorrow"}.get(days, f"on {named}")
    return f"{day} between {clock_text(start)} and {clock_text(end)}"


def clock_text(at: datetime) -> str:
    """`7 pm`, `9:30 am`, `noon`."""
    if (at.hour, at.minute) == (12, 0):
        return "noon"
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes} {'am' if at.hour < 12 else 'pm'}"


def day_text(at: datetime) -> str:
    """`Saturday 28 November`."""
    return f"{at:%A} {at.day} {at:%B}"


def _openings(
    schedule: Schedule, openings: Sequence[Opening], zone: ZoneInfo, now: datetime, days: int
) -> Iterator[Window]:
    """Soonest first, from today on, without holidays."""
    today = now.astimezone(zone).date()
    for day in (today + timedelta(days=ahead) for ahead in range(days + 1)):
        if day in schedule.holidays:
            continue
        name = list(Weekday)[day.weekday()]
        hours = sorted({(o.opens, o.closes) for o in openings if name in o.days})
        for opens, closes in hours:
            yield Window(_at(day, opens, zone), _at(day, closes, zone))


def _at(day: date, clock: str, zone: ZoneInfo) -> datetime:
    # By way of UTC: a time that the clocks skip in spring becomes the one that they show.
    local = datetime.combine(day, time.fromisoformat(clock), zone)
    return local.astimezone(UTC).astimezone(zone)


def _later(at: datetime, by: timedelta) -> datetime:
    # Added in UTC: within one zone Python adds to the clock's face, not to the time.
    return (at.astimezone(UTC) + by).astimezone(at.tzinfo)


def _invalid(code: str, detail: str) -> Invalid:
    field = FieldError("qualification.visit_at", code, detail)
    return Invalid("invalid_visit_time", detail, [field])
