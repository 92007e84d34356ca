"""Where a page says that its property is. Pure."""

import re
from collections.abc import Iterator, Sequence

from frontdesk.property.content import Line
from frontdesk.property.measures import find_bedrooms
from frontdesk.property.model import Method
from frontdesk.property.reading import Reading

VISIBLE = Method.VISIBLE
_IN_PLACE = re.compile(
    r"\b(?:in|at|near|à|am|en)\s+((?:(?:[A-Z][\w'’.-]+|\d{1,3}[A-Z]?|of|de|la|le|the|am|sur)[ -]?){1,5}(?:,\s*(?:[A-Z][\w'’.-]+[ -]?){1,4}){0,3})"
)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d[A-Z]{2})?\b(?=$|,|\s*$)|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{4}\s?[A-Z]{2}\b(?=$|,|\s[A-Z][a-z])|^\d{4}\s[A-ZÄÖÜ][a-zäöü]|,\s\d{4}\s[A-ZÄÖÜ][a-zäöü]|\b\d{4}-\d{3}\b|\b[A-Z]\d{2}\s?[A-Z]\w{3}\b|^[A-ZÀ-Ý][^\W\d]+(?:[ -][^\W\d]+)*\s\d{5}$|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b[1-9]\d{5}\b|\b[1-9]\d{2}\s\d{3}\b|^\d{5}\s+[A-ZÄÖÜ]\w+|\b\d{5}\s+[A-ZÄÖÜÉ][\w-]+|\(\d{5}\)|\b(?:NSW|VIC|Vic|QLD|Qld|WA|SA|TAS|Tas|ACT|NT)\s+\d{4}\b"
)


def _as_place(text: str, hinted: bool) -> str | None:
    """The line as a place, if it reads like one."""
    text = re.sub(
        r"^(?:by\s.*?\s(?:in|at)\s|located (?:in|at)\s|address\s*[:-]\s*|location\s*[:-]\s*|at\s|in\s)",
        "",
        text,
        flags=re.IGNORECASE,
    )
    text = re.split(
        r"\s*(?:view (?:on )?map|see (?:on )?map|get directions|show map|auf karte)",
        text,
        flags=re.IGNORECASE,
    )[0].strip(" ,|-")
    if not 4 <= len(text) <= 140 or re.search(
        r"[₹£€$?!@]|https?:|\b(?:bhk|sq|bed|beds|baths?|ref|reference|mls|id|call|enquire|book|price|onwards|lakh|crore|possession|rera|floor|sale by|zimmer|zi\.|pièces|hab\.|ist|gmt|\d{1,2}:\d\d)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\w*\.?\s+\d{1,2},?\s+20\d\d|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+20\d\d",
        text,
        re.IGNORECASE,
    ):
        return None
    if not re.search(r"[^\W\d]{3}", text) or (text.endswith((".", ":")) and not hinted):
        return None
    if _POSTCODE.search(text):
        return text
    parts = [part.strip() for part in re.split("[,،]", text)]
    capital = all(
        part and (part[0].isupper() or part[0].isdigit() or not part[0].isascii()) for part in parts
    )
    if (
        len(parts) >= 2
        and capital
        and len(text) <= 90
        and all(len(part.split()) <= 6 for part in parts)
    ):
        return text
    return text if hinted and capital and len(text) <= 60 and len(text.split()) <= 7 else None


def place_in(text: str) -> str | None:
    """`Totterdown, Bristol` in `House for sale in Totterdown, Bristol`."""
    found = _IN_PLACE.search(text[:300])
    if found is None or re.match(r"(?:Sale|Rent|India|The|Just|Your)\b", found[1]):
        return None
    return found[1].strip(" ,-")


def _with_town(place: str, below: str) -> str:
    """A street whose town and postcode have the next line to themselves."""
    below = below.strip(" ,")
    if _POSTCODE.search(place) or not _POSTCODE.search(below) or below in place:
        return place
    town = _as_place(below, hinted=False)
    return f"{place.rstrip(' ,')}, {town}" if town and len(town) < 60 else place


def find_place(
    lines: Sequence[Line], near: Sequence[int], heading: str, title: str
) -> Iterator[Reading]:
    """The first line near the heading that reads as an address; else what the heading says.

    `near` are the places of the lines to look at, the nearest first.
    """
    found: list[tuple[str, str, float]] = []
    for at in near:
        line = lines[at]
        text = line.text.strip(" ,|•·📍")
        if re.search(r"\d[,.]\d{3}", text):
            continue  # a sum
        hinted = re.search(r"address|locat|locality|place|adresse|ubicaci", line.hint) is not None
        if place := _as_place(text, hinted):
            place = _with_town(place, lines[at + 1].text if at + 1 < len(lines) else "")
            found.append((place, text, 0.8 if hinted else 0.72))
            # A heading with a comma may be a name: an address below it says more.
            if text != heading or _POSTCODE.search(place):
                break
    if found:
        place, text, confidence = next((one for one in found if _POSTCODE.search(one[0])), found[0])
        yield Reading("location", place, text[:300], VISIBLE, confidence)
        return
    texts = [lines[at] for at in near]
    homes = [line.text for line in texts if len(line.text) < 160 and any(find_bedrooms(line.text))]
    for text in filter(None, (heading, title, *homes[:3])):
        if named := place_in(text):
            yield Reading("location", named, text[:300], VISIBLE, 0.7)
            return
        tail = re.split(r"\s[|–—-]\s", text)[0]
        comma = re.match(r"^(?:.*?,\s*)?([A-Z][^,|\d]{2,40},\s*[A-Z][^,|]{1,40})$", tail)
        if comma:
            yield Reading("location", comma[1].strip(), text[:300], VISIBLE, 0.66)
            return
