"""What stands anywhere on a page by itself: registrations, possession, amenities. Pure."""

import re
from collections.abc import Iterator, Sequence

from frontdesk.property.content import Line
from frontdesk.property.labels import read_label
from frontdesk.property.measures import find_bedrooms, find_registrations, read_date
from frontdesk.property.model import Method
from frontdesk.property.reading import Reading

VISIBLE = Method.VISIBLE


def find_rera(lines: Sequence[Line], known: set[str]) -> Iterator[Reading]:
    seen = set(known)
    for line in lines:
        for number in find_registrations(line.text):
            if number not in seen:
                seen.add(number)
                yield Reading("rera", number, line.text[:300], VISIBLE, 0.9)


_POSSESSION = re.compile(
    r"\b(?:possession|handover|hand over|completion|ready by|delivery|move[- ]in)\b(?:\s+(?:by|in|from|date|starts?|is|expected|scheduled|on|for|:))*\s*(.{3,40})",
    re.IGNORECASE,
)


def find_possession(lines: Sequence[Line]) -> Iterator[Reading]:
    for line in lines:
        found = _POSSESSION.search(line.text) if len(line.text) < 240 else None
        date = read_date(found[1]) if found else None
        if (
            date is None
            and len(line.text) < 60
            and re.match(r"^\W*(?:ready to move|immediate possession)", line.text, re.I)
        ):
            date = "ready to move in"
        if date:
            yield Reading("possession", date, line.text[:300], VISIBLE, 0.75)
            return


# `Developed by the well-known Grove Group`, and a title such as `Grove Court by Grove Homes LLP`.
_NAME = r"(?P<name>[A-Z][\w&.'’-]*(?: (?:&|and|of|[A-Z(][\w&.'’)-]*)){0,5})"
_DEVELOPED = re.compile(
    rf"\b(?:[Dd]eveloped|[Bb]uilt|[Pp]romoted|[Aa] (?:landmark |premium |luxury )?project) by (?:the )?(?:(?:well-known|renowned|reputed|leading|trusted|famous)(?: developers?)? )?{_NAME}"
)
_FIRM = re.compile(rf"\bby {_NAME}\W*$")
_BY = re.compile(rf"^\W*[Bb]y {_NAME}\s*(?:[·|•,–-]|$)")
_FIRMS = re.compile(
    r"\b(?:llp|ltd|limited|group|developers?|builders?|buildcon|realty|constructions?|homes|estates?|infra\w*|corp|properties)\.?$",
    re.IGNORECASE,
)


def find_developer(title: str, lines: Sequence[Line]) -> Iterator[Reading]:
    """Who builds it, by the words of a sentence or by a firm's name behind `by` in the title."""
    firm = _FIRM.search(re.split(r"\s[|–—]\s", title)[0][:200])
    if firm is not None and _FIRMS.search(firm["name"]):
        yield Reading("developer", firm["name"], title[:300], VISIBLE, 0.75)
        return
    for line in lines[:60]:
        own = _BY.match(line.text[:200])
        if own is not None and _FIRMS.search(own["name"].strip()):
            yield Reading("developer", own["name"].strip(), line.text[:300], VISIBLE, 0.75)
            return
    found: dict[str, Reading] = {}
    for line in lines[:400]:
        told = _DEVELOPED.search(line.text[:1000])
        name = told["name"].rstrip(".’' ") if told else ""
        if len(name) > 3:
            found.setdefault(name.split()[0], Reading("developer", name, line.text[:300], VISIBLE, 0.75))  # fmt: skip
    if len(found) == 1:  # of two that are named so, one is somebody else's
        yield from found.values()


_AMENITIES = re.compile(
    r"^\W*(?:[\w&-]+\s+){0,3}?(?:amenities|facilities|ausstattung|équipements|comodidades)\b.{0,30}$",
    re.IGNORECASE,
)


# What an amenity has not: an area, a year, a number of plans.
_FIGURES = re.compile(r"\d\s*(?:sq|acres?|m²)|\b(?:19|20)\d\d\b|^\d+\s+\w+ plans", re.IGNORECASE)


def find_amenities(lines: Sequence[Line]) -> Iterator[Reading]:
    for place, line in enumerate(lines):
        if len(line.text) > 60 or line.leads_away or not _AMENITIES.match(line.text):
            continue
        listed: list[str] = []
        for below in lines[place + 1 : place + 41]:
            if below.heading and line.heading and below.heading <= line.heading:
                break
            text = below.text.strip(" •·✓✔-")
            if (
                len(below.cells) > 1
                or _FIGURES.search(text)
                or not 2 < len(text) <= 50
                or read_label(text) is not None
                or re.search(r"[₹£€$?]|https?:|^\d+$", text)
                or list(find_bedrooms(text))
            ):
                if len(listed) >= 3:
                    break
                continue
            listed.append(text)
        listed = list(dict.fromkeys(listed))
        if len(listed) >= 3:
            value = ", ".join(listed)[:900]
            yield Reading("amenities", value, f"{line.text}: {value}"[:300], VISIBLE, 0.75)
            return
