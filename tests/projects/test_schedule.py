"""Slots for visits and windows for calls: zones, notice, holidays, clocks that change."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from frontdesk.projects.schedule import (
    MAX_SLOTS,
    Opening,
    Schedule,
    Weekday,
    check_visit,
    list_slots,
    next_calls,
    tell_calls,
)

INDIA, LONDON = ZoneInfo("Asia/Kolkata"), ZoneInfo("Europe/London")
MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)  # 14:30 in India


def opening(days: str, opens: str = "10:00", closes: str = "19:00") -> Opening:
    return Opening(days=tuple(Weekday(day) for day in days.split()), opens=opens, closes=closes)


def test_slots_begin_after_the_notice_and_end_before_closing() -> None:
    schedule = Schedule(visits=(opening("mon tue"),), days_ahead=1)
    slots = [f"{slot.start:%a %H:%M}" for slot in list_slots(schedule, INDIA, MONDAY)]
    assert slots == [
        *(f"Mon {hour}:00" for hour in (17, 18)),
        *(f"Tue {hour}:00" for hour in range(10, 19)),
    ]


def test_holidays_closed_days_and_none_at_all_have_no_slots() -> None:
    holiday = Schedule(visits=(opening("tue"),), holidays=(date(2026, 11, 24),), days_ahead=7)
    assert list_slots(holiday, INDIA, MONDAY) == []
    assert list_slots(Schedule(), INDIA, MONDAY) == []


def test_there_are_never_too_many() -> None:
    every = opening(" ".join(Weekday), "00:00", "23:45")
    schedule = Schedule(visits=(every,), slot_minutes=15, days_ahead=60)
    slots = list_slots(schedule, INDIA, MONDAY)
    assert len(slots) == MAX_SLOTS
    for slot in slots:
        check_visit(schedule, INDIA, slot.start, MONDAY)


def test_a_slot_is_as_long_as_it_says_when_the_clocks_change() -> None:
    now = datetime(2027, 3, 27, 12, tzinfo=UTC)  # the night before British summer time
    schedule = Schedule(visits=(opening("sun", "00:00", "04:00"),), days_ahead=1)
    slots = list_slots(schedule, LONDON, now)
    assert [f"{slot.start:%H:%M}" for slot in slots] == ["00:00", "02:00", "03:00"]
    assert all((s.end.astimezone(UTC) - s.start.astimezone(UTC)).seconds == 3600 for s in slots)


@pytest.mark.parametrize(
    ("now", "told"),
    [
        (datetime(2026, 11, 23, 9, tzinfo=UTC), "today before 7 pm"),
        (datetime(2026, 11, 23, 3, tzinfo=UTC), "today between 10 am and 7 pm"),
        (datetime(2026, 11, 23, 13, 30, tzinfo=UTC), "tomorrow between 10 am and 7 pm"),
        (datetime(2026, 11, 24, 14, tzinfo=UTC), "on Monday between 10 am and 7 pm"),
    ],
)
def test_the_next_calls_are_told_truly(now: datetime, told: str) -> None:
    schedule = Schedule(calls=(opening("mon tue"),))
    window = next_calls(schedule, INDIA, now)
    assert window is not None
    assert tell_calls(window, now) == told


def test_nobody_is_promised_a_call_that_is_far_away() -> None:
    holidays = tuple(date(2026, 11, day) for day in range(23, 31))
    schedule = Schedule(calls=(opening("mon"),), holidays=(*holidays, date(2026, 12, 7)))
    assert next_calls(schedule, INDIA, MONDAY) is None


def test_who_closes_before_opening_is_told() -> None:
    for closes in ("09:00", "10:00", "24:00"):
        with pytest.raises(ValidationError):
            opening("mon", "10:00", closes)
