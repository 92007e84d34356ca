"""Which of several facts was asked for: the cheapest, the biggest, what a budget reaches. Pure."""

import re
from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from frontdesk.chat.figures import find_figures
from frontdesk.chat.retrieval.facts import KnownFact

_LEAST = re.compile(
    r"\b(?:cheapest|lowest|minimum|least|smallest|starting|affordable|entry level)\b"
)
_MOST = re.compile(
    r"\b(?:most expensive|costliest|priciest|highest|maximum|biggest|largest|most spacious)\b"
)
_WITHIN = re.compile(
    r"\b(?:under|below|within|less|budget|up to|upto|maximum|afford|anything|something|have|with|"
    r"in|reduce|around)\b|(?<!\w)(?:tak|andar|me|mein|में|तक|अंदर|से कम|बजट)(?!\w)"
)
_OVER = re.compile(r"\b(?:over|above|more than|beyond|at least|minimum)\b")
# `1.5m` beside a price is no length.
_MILLIONS = re.compile(r"(?<![\w.])(\d+(?:\.\d+)?) ?m(?!\w)", re.IGNORECASE)
# A part of a home is no cheaper home.
_SHARE = re.compile(r"\bshare\b|\bfraction", re.IGNORECASE)
_SIZES = {"size", "carpet_area", "built_up_area", "plot_size"}


class Picked(NamedTuple):
    """`none_within`: no fact is within the visitor's budget, and these are the nearest."""

    facts: list[KnownFact]
    none_within: bool = False


def pick(facts: Sequence[KnownFact], text: str, glossed: str) -> Picked:
    """`text` is the question as typed, `glossed` its words in English."""
    key = facts[0].fact.key if facts else ""
    if key == "price":
        budget = money_in(_MILLIONS.sub(r"\1 million", text))
        whole = [k for k in facts if not _SHARE.search(k.fact.value) or _SHARE.search(text)]
        valued = [(value, known) for known in whole if (value := _money_of(known.fact.value))]
        facts = whole or facts
        if budget and valued and _WITHIN.search(f"{text.lower()} {glossed}"):
            if _OVER.search(text.lower()):
                return Picked(list(facts))
            within = [known for value, known in valued if value <= budget]
            return Picked(within or [min(valued, key=_first)[1]], none_within=not within)
    elif key in _SIZES:
        valued = [(value, known) for known in facts if (value := _area_in(known.fact.value))]
    else:
        return Picked(list(facts))
    if len(valued) == len(facts) > 1:
        if _MOST.search(glossed):
            return Picked([max(valued, key=_first)[1]])
        if _LEAST.search(glossed):
            return Picked([min(valued, key=_first)[1]])
    return Picked(list(facts))


def money_in(text: str) -> Decimal | None:
    """The lowest amount that a text names; a price for each square foot is none."""
    if re.search(r"per\s+(?:sq|square|month|year)|/\s*sq", text, re.IGNORECASE):
        return None
    found = [Decimal(f.value) for f in find_figures(text) if f.kind == "money"]
    return min(found, default=None)


@lru_cache(maxsize=4096)
def _money_of(value: str) -> Decimal | None:
    """`money_in` of a fact; kept."""
    return money_in(value)


@lru_cache(maxsize=4096)
def _area_in(value: str) -> Decimal | None:
    found = [Decimal(f.value) for f in find_figures(value) if f.kind.startswith("area")]
    return max(found, default=None)


def _first(pair: tuple[Decimal, KnownFact]) -> Decimal:
    return pair[0]
