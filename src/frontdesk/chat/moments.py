"""Days and times in what a visitor writes: `kal shaam 5 baje`, `Saturday at 11`. Pure.

English, Hinglish and Hindi. A day always lies ahead: `kal` is tomorrow, `Monday` the next one.
"""

import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

WEEKDAYS = (
    "monday mon somvar somwar सोमवार",
    "tuesday tue tues mangalvar mangalwar मंगलवार",
    "wednesday wed budhvar budhwar बुधवार",
    "thursday thu thurs guruvar guruwar गुरुवार",
    "friday fri shukravar shukrawar शुक्रवार",
    "saturday sat shanivar shaniwar शनिवार",
    "sunday sun ravivar raviwar itwar संडे रविवार इतवार",
)
DAY_NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan जनवरी", "february feb फरवरी", "march mar मार्च", "april apr अप्रैल",
            "may मई", "june jun जून", "july jul जुलाई", "august aug अगस्त",
            "september sept sep सितंबर", "october oct अक्टूबर", "november nov नवंबर",
            "december dec दिसंबर",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
_WEEKDAY_OF = {name: number for number, names in enumerate(WEEKDAYS) for name in names.split()}
_AHEAD = {
    **dict.fromkeys(("day after tomorrow", "parso", "parson", "परसों"), 2),
    **dict.fromkeys(("tomorrow", "tomorow", "tmrw", "tmr", "kal", "कल"), 1),
    **dict.fromkeys(("today", "tonight", "aaj", "आज"), 0),
}
PARTS_OF_DAY = {
    "morning": "morning subah savere सुबह सवेरे",
    "afternoon": "afternoon dopahar dopeher दोपहर",
    "evening": "evening shaam sham शाम",
}
_PART_OF = {word: part for part, words in PARTS_OF_DAY.items() for word in words.split()}


def _either(words: object) -> str:
    return "|".join(sorted((re.escape(str(word)) for word in words), key=len, reverse=True))  # type: ignore[attr-defined]


_EDGE, _END = r"(?<![\w\u0900-\u097f])", r"(?![\w\u0900-\u097f])"
_RELATIVE = re.compile(f"{_EDGE}({_either(_AHEAD)}){_END}")
_WEEKDAY = re.compile(f"{_EDGE}({_either(_WEEKDAY_OF)}){_END}")
_DATED = re.compile(
    rf"{_EDGE}(?:(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_either(MONTHS)})"
    rf"|({_either(MONTHS)})\s+(\d{{1,2}})(?:st|nd|rd|th)?){_END}"
)
_PART = re.compile(f"{_EDGE}({_either(_PART_OF)}){_END}")
_CLOCK = re.compile(
    rf"{_EDGE}(\d{{1,2}})(?:[:.](\d\d))?\s*(am|pm|a\.m\.?|p\.m\.?|baje|बजे|o'?clock){_END}"
    rf"|{_EDGE}(?:at|by|around|after|before)\s+(\d{{1,2}})(?:[:.](\d\d))?(?!\s*(?:{_either(MONTHS)}|lakh|cr|bhk|%|km))(?![\w\d,.:])"
    rf"|{_EDGE}(\d{{1,2}}):(\d\d){_END}"
    rf"|{_EDGE}(noon){_END}"
)
_BETWEEN = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))?\s*(am|pm)?\s*(?:-|–|to|and|se|aur|से)\s*(\d{1,2})(?:[:.](\d\d))?\s*(am|pm|baje|बजे)"
)
_AFTER = re.compile(rf"\b(?:after|post)\b|{_EDGE}(?:ke baad|baad|के बाद|बाद){_END}")
_BEFORE = re.compile(rf"\b(?:before|by)\b|{_EDGE}(?:se pehle|pehle|से पहले|तक|tak){_END}")


class Moment(NamedTuple):
    """What was said of a time: each None or empty where nothing was."""

    day: date | None = None
    clock: time | None = None
    part: str = ""

    def at(self, zone: ZoneInfo) -> datetime | None:
        """The instant, where both the day and the time were said."""
        if self.day is None or self.clock is None:
            return None
        return datetime.combine(self.day, self.clock, zone).astimezone(UTC)


def fold(text: str) -> str:
    """Lower case, compatibility forms and other scripts' digits folded."""
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower()
    return "".join(str(unicodedata.decimal(c, c)) for c in text)


def read_moment(text: str, said_at: datetime, zone: ZoneInfo) -> Moment:
    """The day, the time and the part of the day that a message names."""
    text, today = fold(text), said_at.astimezone(zone).date()
    part = next((_PART_OF[m[1]] for m in _PART.finditer(text)), "")
    return Moment(_read_day(text, today), _read_clock(text, part), part)


def call_window(text: str, said_at: datetime, zone: ZoneInfo) -> str:
    """When somebody may be called, in English: `tomorrow after 6 pm`; empty where nothing says."""
    moment = read_moment(text, said_at, zone)
    folded = fold(text)
    words = []
    if moment.day is not None:
        ahead = (moment.day - said_at.astimezone(zone).date()).days
        near = {0: "today", 1: "tomorrow"}.get(ahead)
        words.append(near or f"on {DAY_NAMES[moment.day.weekday()]}")
    elif re.search(rf"{_EDGE}(weekend|वीकेंड){_END}", folded):
        words.append("at the weekend")
    between = _BETWEEN.search(folded)
    if between:
        end = _time(between[4], between[5], between[6], moment.part)
        start = _time(between[1], between[2], between[3] or between[6], moment.part)
        if start is not None and end is not None:
            if start > end:  # `11 to 1 pm`
                start = _time(between[1], between[2], "am", "")
            words.append(f"between {_text(start)} and {_text(end)}")
    elif moment.clock is not None:
        side = "after" if _AFTER.search(folded) else "before" if _BEFORE.search(folded) else "at"
        words.append(f"{side} {_text(moment.clock)}")
    elif moment.part:
        alone = not words
        words.append(f"in the {moment.part}" if alone else moment.part)
    return " ".join(words).replace("today evening", "this evening")


def _read_day(text: str, today: date) -> date | None:
    if dated := _DATED.search(text):
        day, month = int(dated[1] or dated[4]), MONTHS[dated[2] or dated[3]]
        for year in (today.year, today.year + 1):
            try:
                found = date(year, month, day)
            except ValueError:
                return None
            if found >= today:
                return found
    if relative := _RELATIVE.search(text):
        return today + timedelta(days=_AHEAD[relative[1]])
    if weekday := _WEEKDAY.search(text):
        ahead = (_WEEKDAY_OF[weekday[1]] - today.weekday()) % 7
        return today + timedelta(days=ahead)
    return None


def _read_clock(text: str, part: str) -> time | None:
    found = _CLOCK.search(text)
    if found is None:
        return None
    if found[8]:
        return time(12)
    if found[4]:
        return _time(found[4], found[5], None, part)
    if found[6]:
        return _time(found[6], found[7], None, part)
    return _time(found[1], found[2], found[3], part)


def _time(hour: str, minute: str | None, half: str | None, part: str) -> time | None:
    """Without am and pm the part of the day tells, then the hours that people visit at."""
    number, minutes = int(hour), int(minute or 0)
    half = (half or "").replace(".", "")
    if number > 23 or minutes > 59:
        return None
    if number <= 12:
        afternoon = half == "pm" or (
            half != "am" and (part in {"afternoon", "evening"} or (not part and number < 8))
        )
        number = number % 12 + (12 if afternoon or (number == 12 and half != "am") else 0)
    return time(number, minutes)


def _text(at: time | None) -> str:
    if at is None:
        return ""
    minutes = f":{at.minute:02}" if at.minute else ""
    return f"{(at.hour - 1) % 12 + 1}{minutes} {'am' if at.hour < 12 else 'pm'}"
