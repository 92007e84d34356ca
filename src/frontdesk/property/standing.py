"""How much a place on a page says of what stands there. Pure."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence

from frontdesk.property.content import Line
from frontdesk.property.money import Money

_CUE = re.compile(
    r"\b(?:price[ds]?|starts?|starting|from|onwards|asking|guide|offer(?:s|ed)|sale|rent|preis|prix|precio|desde|ab|partir)\b|से",
    re.IGNORECASE,
)
# Prose that tells what is for sale, and not what others cost.
_OFFERING = re.compile(
    r"^(?!.*\b(?:rents? for|average|locality|median)\b).*\b(?:offer(?:s|ing)?|compris\w+|consist\w+|featur\w+|premium|luxur\w+|spacious|residences|"
    r"apartments|(?:house|home|villa|cottage|property|flat|apartment|hall) with|this (?:home|house|flat|villa|property))\b",
    re.IGNORECASE | re.DOTALL,
)


def stands_out(place: int, line: Line, money: Money, near: Collection[int], heading: int) -> float:
    """How sure a sum is the page's own by where it stands, from 0 to 1. `heading` is the place of the
    first heading, `near` the places around it."""
    hint = (
        "price" in line.hint
        or "amount" in line.hint
        or "preis" in line.hint
        or "prix" in line.hint
        or "precio" in line.hint
    )
    short = len(line.text) <= len(money.text) + 45
    if place < heading and not short and not hint:
        return 0.6  # a line over the page: an offer, a call to action
    if place == heading:
        return 0.87
    if place in near:
        return (
            0.88
            if hint and short
            else 0.82
            if line.heading and short
            else 0.8
            if short
            else 0.76
            if len(line.text) < 200 and _CUE.search(line.text)
            else 0.72
            if len(line.text) < 200
            else 0.6
        )
    return 0.76 if hint and short else 0.6 if short else 0.5


def is_of_a_card(
    lines: Sequence[Line], place: int, reads: Callable[[str], Iterator[object]]
) -> bool:
    """Whether a figure stands in one of several cards alike, each under a heading of its own and
    with such a figure: it is that card's, and nothing says that it is the page's."""
    hint = lines[place].hint
    if not hint or lines[place].heading:
        return False
    cards: set[int] = set()
    own = card = -1
    for at, line in enumerate(lines):
        if line.heading:
            card = at if line.heading > 1 and line.hint == hint else -1
        elif card >= 0 and line.hint == hint and next(reads(line.text), None):
            cards.add(card)
        if at == place:
            own = card
    return own >= 0 and len(cards) > 1


# What belongs to a home and is none: its own figures are not the home's.
_OUTBUILDING = re.compile(
    r"\b(?:annexe?|granny flat|guest (?:house|cottage|suite)|in-law suite|servant'?s? quarters?|adu|einliegerwohnung|dépendance)\b",
    re.IGNORECASE,
)


def is_of_outbuilding(text: str) -> bool:
    return _OUTBUILDING.search(text) is not None


_ASIDE = re.compile(
    r"""^\s*["“]|^\W*(?:tags?|search(?:es)?|categories|topics|keywords|looking for)\b""",
    re.IGNORECASE,
)


def is_aside(text: str) -> bool:
    """Whether a line lists what a site has, is of an outbuilding, or is somebody else's word."""
    return _ASIDE.match(text) is not None or is_of_outbuilding(text)


def is_offering(text: str) -> bool:
    """Whether prose tells what is for sale, and not what others cost."""
    return _OFFERING.match(text) is not None


def sentence_at(text: str, place: int) -> str:
    start = max(text.rfind(". ", 0, place), text.rfind("; ", 0, place)) + 1
    end = text.find(". ", place)
    return text[start : end if end >= 0 else len(text)]
