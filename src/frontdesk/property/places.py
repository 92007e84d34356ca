"""Where a page says that its property is. Pure."""

import re
from collections.abc import Iterator, Sequence

from frontdesk.property.content import Line
from frontdesk.property.headline import names_homes
from frontdesk.property.measures import find_areas, find_bedrooms
from frontdesk.property.model import Method
from frontdesk.property.reading import Reading

VISIBLE = Method.VISIBLE
_IN_PLACE = re.compile(
    # A point is of a short word alone (`St. Ives`): after a longer one a sentence ends.
    r"(?:\b(?:in|In|at|near|on|à|am|en|em|te|i)\s+|@\s*)((?:(?:(?:Sector|Phase|Block|Plot|Stage|Road No\.?)\s\d{1,3}[A-Z]?|[A-Z][\w'’-]{0,2}\.|[A-Z][\w'’-]+|\d{1,3}[A-Z]?|of|de|la|le|the|am|sur)[ -]?){1,5}(?:,\s*(?:Sector\s\d{1,3}[A-Z]?|(?:(?:[A-Z][\w'’-]{0,2}\.|[A-Z][\w'’-]+)[ -]?){1,4})){0,3})"
)
_HINT = re.compile(
    r"address|locat|locality|place|adresse|ubicaci|(?:^|[\s_-])(?:loc|addr|ville|ort|city)(?:$|[\s_-])"
)
_POSTCODE = re.compile(
    r"\b[A-Z]{1,2}\d[A-Z\d]?(?:\s?\d[A-Z]{2})?\b(?=$|,|\s*$)|\b[A-Z]\d[A-Z]\s?\d[A-Z]\d\b|\b\d{4}\s?[A-Z]{2}\b(?=$|,|\s[A-Z][a-z])|^\d{4}\s[A-ZÄÖÜ][a-zäöü]|,\s\d{4}\s[A-ZÄÖÜ][a-zäöü]|\b\d{4}-\d{3}\b|\b[A-Z]\d{2}\s?[A-Z]\w{3}\b|^[A-ZÀ-Ý][^\W\d]+(?:[ -][^\W\d]+)*\s\d{5}$|\b[A-Z]{2}\s+\d{5}(?:-\d{4})?\b|\b[1-9]\d{5}\b|\b[1-9]\d{2}\s\d{3}\b|^\d{5}\s+[A-ZÄÖÜ]\w+|\b\d{5}\s+[A-ZÄÖÜÉ][\w-]+|\(\d{5}\)|\b(?:NSW|VIC|Vic|QLD|Qld|WA|SA|TAS|Tas|ACT|NT)\s+\d{4}\b"
)


def _as_place(text: str, hinted: bool) -> str | None:
    """The line as a place, if it reads like one."""
    text = re.sub(
        r"^(?:by\s.*?\s(?:in|at)\s|.{3,60}?\b(?:for (?:sale|rent)|to (?:let|rent))\s+(?:in|at)\s|located (?:in|at)\s|address\s*[:-]\s*|location\s*[:-]\s*|at\s|in\s)",
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
        r"[₹£€$?!@]|https?:|\d{2,}\s?[x×]\s?\d{2,}|\b(?:bhk|sq|bed|beds|baths?|ref|reference|code|postal|postcode|zip|plz|mls|id|call|enquire|book|price|onwards|lakh|crore|possession|rera|floor|sale by|available|agent|listed|posted|updated|\\d+ views|properties|reviews?|acres|zimmer|zi\.|pièces|hab\.|ist|gmt|\d{1,2}:\d\d)\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\w*\.?\s+\d{1,2},?\s+20\d\d|\b\d{1,2}\s+(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\w*\s+20\d\d",
        text,
        re.IGNORECASE,
    ):
        return None
    if any(find_bedrooms(text)) or any(find_areas(text)):
        return None
    if not re.search(r"[^\W\d]{3}", text) or (text.endswith((".", ":")) and not hinted):
        return None
    if _POSTCODE.search(text):
        return text
    parts = [part.strip() for part in re.split(r"[,،]|\s[-–]\s", text)]
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


_NO_PLACE = re.compile(
    r"(?:Sale|Rent|India|The|Just|Your|One|January|February|March|April|May|June|July|August|September|"
    r"October|November|December)\b"
)


# In a heading whose words are all written large a place ends where the sentence goes on.
_ENDS = re.compile(r"\s(?:With|For|From|By|On|Is|And|Offering|Featuring|Starting)\b")


def reads_as_place(text: str) -> bool:
    """Whether a text that stands where a place should is one."""
    return _as_place(text, hinted=True) is not None


def place_in(text: str) -> str | None:
    """`Totterdown, Bristol` in `House for sale in Totterdown, Bristol`."""
    named = []
    pieces = _ENDS.split(text[:300])
    for found in (one for piece in pieces for one in _IN_PLACE.finditer(piece)):
        is_name = re.search(r"[A-Z]", found[1]) and re.search(r"[^\W\d]{3}", found[1])
        if is_name and not _NO_PLACE.match(found[1]):
            named.append((found[0][0], found[1].strip(" ,-")))
    # `Flat In Maple Court For Rent In Kothrud`: a building may come first there.
    small = [place for first, place in named if first != "I"]
    return small[0] if small else named[-1][1] if named else None


def _with_town(place: str, below: str) -> str:
    """A street whose town and postcode have the next line to themselves."""
    below = below.strip(" ,")
    if _POSTCODE.search(place) or not _POSTCODE.search(below) or below in place:
        return place
    town = _as_place(below, hinted=False)
    return f"{place.rstrip(' ,')}, {town}" if town and len(town) < 60 else place


# `44000 Nantes (Hauts-Pavés)` within a longer line, and `Sunny flat near park (Lakewood)`.
_POSTAL = re.compile(
    r"(?<![\w.,])\d{4,5}\s+[A-ZÀ-Ý][^\W\d_]+(?:[ '’-][A-ZÀ-Ý][^\W\d_]+){0,3}(?:\s*\([^()]{3,60}\))?"
)
# `NOIDA SEC-146`, `Sector 61, Gurgaon`
_SECTOR = re.compile(
    r"(?:\b[A-Z][^\W\d_]{3,} )?\bSec(?:tor|\.)?[\s-]{0,2}\d{1,3}[A-Z]?\b(?:,? (?!\w+ Sec)[A-Z][^\W\d_]{3,}\b)?",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"\(([A-ZÀ-Ý][^()\d₹£€$]{2,40})\)\s*$")
# Where those are who sell it.
_OFFICE = re.compile(
    r"\b(?:office|agent|listed by|branch|dealer|broker|marketed by|registered|corporate|visit us|sales gallery|experience cent)",
    re.IGNORECASE,
)
_LOCATED = re.compile(r"^\W*(?:located|situated)\s+(?:in|at|on)\b", re.IGNORECASE)
_LANDMARK = re.compile(
    r"\b(?:hospital|school|college|university|metro|mall|airport|railway|station|temple|bank|museum|stadium|golf club)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    (  # noqa: SIM905
        "road street near sector phase city west east north south park view home homes house flat block "
        "nagar marg avenue drive lane court tower towers heights residency with from main india apartment"
    ).split()
)
LEAST_SCORE = 0.6


def words_of(text: str) -> frozenset[str]:
    """The words by which a place is known again: four letters or more, none that any place has."""
    words = re.findall(r"[^\W\d_]{4,}|[\u0600-\u06ff]{3,}|[\u0900-\u0963]{3,}", text.lower())
    return frozenset(words) - _COMMON


def find_place(
    lines: Sequence[Line], near: Sequence[int], heading: str, title: str, about: str = ""
) -> Iterator[Reading]:
    """The line near the heading that reads most like an address; else what the heading says.

    `near` are the places of the lines to look at, the nearest first. `about` is what the page says
    of itself beside its text (description, address): a place that is named there too is surer.
    """
    known = words_of(f"{title} {heading} {about}")
    outside = words_of(f"{title} {about}")
    found: list[tuple[float, str, str]] = []
    for rank, at in enumerate(near):
        line = lines[at]
        text = line.text.strip(" ,|•·📍")
        if re.search(r"\d[,.]\d{3}", text):
            continue  # a sum
        hinted = _HINT.search(line.hint) is not None
        place = _as_place(text, hinted)
        if place is None or (
            _LANDMARK.search(text) and not hinted and not words_of(text) & outside
        ):
            continue
        if text == heading and "," not in place and not _POSTCODE.search(place):
            continue  # `Grove Court - The Retreat`: a name
        place = _with_town(place, lines[at + 1].text if at + 1 < len(lines) else "")
        score = 0.62 - min(rank, 20) * 0.008
        score += 0.1 * hinted + 0.12 * bool(_POSTCODE.search(place))
        score += 0.12 * bool(_LOCATED.match(text))
        above = " ".join(one.text[:60] for one in lines[max(0, at - 3) : at] if not one.heading)
        score -= 0.3 * bool(_OFFICE.search(f"{above} {line.text[:40]}"))
        score += 0.03 * min(len(re.findall("[,،]", place)), 2)
        score += 0.12 * bool(words_of(place) & (outside if text == heading else known))
        # A heading with a comma may be a name: an address below it says more.
        found.append((score - 0.1 * (text == heading), place, text))
    if found:
        score, place, text = max(found, key=lambda one: one[0])
        if score >= LEAST_SCORE:
            yield Reading("location", place, text[:300], VISIBLE, min(round(score, 2), 0.85))
            return
    texts = [lines[at].text for at in near if len(lines[at].text) < 160]
    homes = [text for text in texts if any(find_bedrooms(text))][:3]
    told = [text for text in texts[:8] if words_of(place_in(text) or "") & outside]
    own = list(_in_words([text for text in (heading, title) if text]))
    own = own or list(_between_dots(texts[:12]))
    own = own or list(_of_the_page(lines, near, heading, title, about))
    own = own or list(_in_words([text for text in (about, *told, *homes) if text]))
    # A title that repeats the heading says nothing more.
    elsewhere = words_of(about) if heading.lower() in title.lower() else outside
    yield from own or _behind_a_dash(heading, elsewhere)


def _between_dots(texts: Sequence[str]) -> Iterator[Reading]:
    """`Lacanau` in `Maison · Lacanau · réf. 218`: what stands behind the sort of home."""
    for text in texts:
        parts = [part.strip() for part in re.split(r"\s[·•|]\s", text)]
        if len(parts) < 2 or len(text) > 100 or not names_homes(parts[0]) or len(parts[0]) > 24:
            continue
        is_name = re.fullmatch(r"[A-ZÀ-Ý][^\W\d_]+(?:[ '’-](?:[A-ZÀ-Ý][^\W\d_]+|de|la|le|sur|am)){0,3}", parts[1])  # fmt: skip
        if is_name and not parts[1].isupper() and not _NO_PLACE.match(parts[1]) and not names_homes(parts[1]):  # fmt: skip
            yield Reading("location", parts[1], text[:300], VISIBLE, 0.66)
            return


def _of_the_page(
    lines: Sequence[Line], near: Sequence[int], heading: str, title: str, about: str
) -> Iterator[Reading]:
    """Prose that has the page's own name in it and says where: `Grove Court, in Sector 4, Pune`."""
    names = words_of(f"{heading} {title} {about}")
    for at in near:
        text = lines[at].text
        if not 80 <= len(text) <= 900 or not words_of(text[:200]) & names:
            continue
        place = next((one for found in _IN_PLACE.finditer(text[:500]) if "," in (one := found[1].strip(" ,-"))), None)  # fmt: skip
        if place and not _NO_PLACE.match(place) and not _LANDMARK.search(place):
            yield Reading("location", place, text[:300], VISIBLE, 0.66)
            return


def _behind_a_dash(heading: str, outside: frozenset[str]) -> Iterator[Reading]:
    """`La Rochelle` in `Maison 5 pièces - La Rochelle`, where the title or the address has it too."""
    for part in re.split(r"\s[-–—|]\s", heading)[1:]:
        is_name = re.fullmatch(r"[A-ZÀ-Ý][^\W\d_]+(?:[ '’-][A-ZÀ-Ý]?[^\W\d_]+){0,3}", part.strip())
        if is_name and words_of(part) and words_of(part) <= outside and not names_homes(part):
            yield Reading("location", part.strip(), heading[:300], VISIBLE, 0.64)
            return


def _in_words(texts: Sequence[str]) -> Iterator[Reading]:
    named = [(place, text) for text in texts if (place := place_in(text))]
    if named:
        # Of two that say the same the longer one: a street, and a street in its town.
        first = named[0][0]
        place, text = max(
            (one for one in named if first in one[0]), key=lambda one: len(one[0]), default=named[0]
        )
        yield Reading("location", place, text[:300], VISIBLE, 0.7)
        return
    for text in texts:
        if sector := _SECTOR.search(text):
            yield Reading("location", sector[0].strip(" ,"), text[:300], VISIBLE, 0.68)
            return
        if postal := _POSTAL.search(text):
            yield Reading("location", postal[0], text[:300], VISIBLE, 0.68)
            return
        tail = re.split(r"\s[|–—-]\s", text)[0]
        comma = re.match(r"^(?:.*?,\s*)?([A-Z][^,|\d]{2,40},\s*[A-Z][^,|]{1,40})$", tail)
        found = comma or _BRACKETED.search(text)
        if found:
            place = re.split(r"\s(?:is|are)\s", found[1])[0].strip()
            yield Reading("location", place, text[:300], VISIBLE, 0.66)
            return
