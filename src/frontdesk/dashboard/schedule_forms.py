"""A schedule as people write it: a line of hours for each weekday. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from pydantic import ValidationError

from frontdesk.dashboard.forms import Form
from frontdesk.projects.file import describe
from frontdesk.projects.schedule import Opening, Schedule, Weekday

DAYS = {
    Weekday.MONDAY: "Monday",
    Weekday.TUESDAY: "Tuesday",
    Weekday.WEDNESDAY: "Wednesday",
    Weekday.THURSDAY: "Thursday",
    Weekday.FRIDAY: "Friday",
    Weekday.SATURDAY: "Saturday",
    Weekday.SUNDAY: "Sunday",
}
KINDS = {"visits": "Visits", "calls": "Calls"}
NUMBERS = ("slot_minutes", "days_ahead", "notice_minutes")
_HOURS = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(?:-|–|to)\s*(\d{1,2})(?:[:.](\d{2}))?")


def fill_schedule(schedule: Schedule) -> Form:
    given: dict[str, list[str]] = {}
    for kind in KINDS:
        openings: Sequence[Opening] = getattr(schedule, kind)
        for day in Weekday:
            hours = sorted((one.opens, one.closes) for one in openings if day in one.days)
            text = ", ".join(f"{opens}-{closes}" for opens, closes in hours)
            given[f"{kind}.{day}"] = [text]
    for name in NUMBERS:
        given[name] = [str(getattr(schedule, name))]
    given["holidays"] = ["\n".join(day.isoformat() for day in schedule.holidays)]
    return Form(given)


def read_schedule(form: Form) -> tuple[Schedule | None, dict[str, str]]:
    """The schedule, or what is wrong by the form's field (`visits.sat`)."""
    told: dict[str, str] = {}
    said: dict[str, object] = {}
    for kind in KINDS:
        hours: dict[tuple[str, str], list[Weekday]] = {}
        for day in Weekday:
            name = f"{kind}.{day}"
            found, fault = read_hours(form.text(name))
            if fault:
                told[name] = fault
            for pair in found:
                hours.setdefault(pair, []).append(day)
        said[kind] = [
            {"days": days, "opens": opens, "closes": closes}
            for (opens, closes), days in hours.items()
        ]
    for name in NUMBERS:
        if form.text(name).strip():
            said[name] = form.text(name).strip()
    days, fault = _read_days(form.text("holidays"))
    said["holidays"] = days
    if fault:
        told["holidays"] = fault
    try:
        schedule = Schedule.model_validate(said)
    except ValidationError as error:
        for one in describe(error, ""):
            told.setdefault(one.field.partition(".")[0], one.detail)
        return None, told
    return (None if told else schedule), told


def read_hours(text: str) -> tuple[list[tuple[str, str]], str]:
    """`10-13, 14:30 to 18` as pairs of `10:00`; and what is wrong with it."""
    found: list[tuple[str, str]] = []
    for part in filter(None, (part.strip() for part in re.split("[,;]", text))):
        match = _HOURS.fullmatch(part)
        if match is None:
            return [], "Write hours as 10:00-18:00, apart by commas; nothing where it is closed."
        opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
        if opens is None or closes is None:
            return [], "A day has hours from 00:00 to 23:59."
        if opens >= closes:
            return [], f"{part} closes before it opens."
        if any(opens < end and start < closes for start, end in found):
            return [], "These hours overlap."
        found.append((opens, closes))
    return sorted(found), ""


def _clock(hours: str, minutes: str | None) -> str | None:
    number, rest = int(hours), int(minutes or 0)
    return f"{number:02}:{rest:02}" if number < 24 and rest < 60 else None


def _read_days(text: str) -> tuple[list[date], str]:
    days: set[date] = set()
    for part in filter(None, map(str.strip, text.replace(",", "\n").splitlines())):
        try:
            days.add(date.fromisoformat(part))
        except ValueError:
            return [], f"Write days as 2026-12-25, one on each line: {part[:40]}"
    return sorted(days), ""
