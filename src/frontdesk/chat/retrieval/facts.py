"""A project's facts in the names that the topics know, whatever the project calls them.

`price_3bhk`, `starting_price` and `cost_from_2_bed` are prices; the key says of which part where
the subject does not. Pure; the names are in keys.toml.
"""

import re
import tomllib
from collections.abc import Iterable
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.projects.model import Fact

_PART = re.compile(
    r"(?:^|_)(?P<part>(?:\d(?:[._]5)?|studio|one|two|three|four|five)_?(?:bhk|rk|bedrooms?|beds?|br)"
    r"(?:_(?:villas?|houses?|apartments?|flats?|duplex|homes?|penthouses?))?"
    r"|studios?|penthouses?|duplex(?:es)?|row_?houses?|shops?|offices?|town_?houses?|kiosks?"
    r"|\d{3,5}_?(?:sq_?ft|sft|sq_?yds?|sq_?m)|\d{2,3}x\d{2,3}|bungalows?|cottages?"
    r"|(?:east|west|north|south|corner|garden|lake)_(?:villas?|plots?|facing_plots?))(?=_|$)"
)
_STARTS = re.compile(r"(?:^|_)(?:starting|from|onwards?|min|minimum|starts?|begins?|base)(?=_|$)")
_FROM = re.compile(r"\b(?:from|onwards?|starting|starts|above|upwards)\b", re.IGNORECASE)
_NOISE = frozenset(
    [
        "no",
        "number",
        "id",
        "name",
        "list",
        "info",
        "details",
        "detail",
        "text",
        "the",
        "of",
        "in",
        "for",
        "value",
    ]
)


class KnownFact(NamedTuple):
    """`fact` with the topics' key and the part as its subject; `label` is what the project calls
    it, `own` the fact as the project has it."""

    fact: Fact
    label: str
    own: Fact


def know(fact: Fact) -> KnownFact:
    """`price_3bhk` as `price` of `3 BHK`. A key that nothing is known of stays as it is."""
    key, subject = fact.key, fact.subject
    if not _is_alias(key) and (match := _PART.search(key)):
        rest = f"{key[: match.start()]}_{key[match.end() :]}".strip("_")
        canonical = _canonical(rest)
        if canonical is not None:
            key, subject = rest, subject or _part_name(match["part"])
    canonical = _canonical(key) or key
    value = fact.value
    if canonical == "price" and _STARTS.search(key) and not _FROM.search(value):
        value = f"{value.rstrip('. ')} onwards"
    known = fact.model_copy(
        update={"key": canonical, "subject": subject[:100], "value": value[:1000]}
    )
    return KnownFact(known, key.replace("_", " "), fact)


def know_all(facts: Iterable[Fact]) -> list[KnownFact]:
    """Addresses are for cards, not for sentences."""
    return [know(fact) for fact in facts if not fact.key.endswith("_url")]


def _part_name(part: str) -> str:
    part = re.sub(r"^(\d)_5", r"\1.5", part)
    words = re.sub(r"(\d(?:\.5)?)_?(bhk|rk)", r"\1 \2", part).replace("_", " ")
    words = re.sub(r"(\d) ?(bed)", r"\1 \2", words)
    words = re.sub(r"^(\d+) ?(sq) ?(\w+)$", r"\1 \2 \3", words).replace("sft", " sq ft")
    words = re.sub(r"\b(?:bhk|rk)\b", lambda m: m[0].upper(), words)
    return words[0].upper() + words[1:]


@lru_cache(maxsize=4096)
def _canonical(key: str) -> str | None:
    words = set(key.split("_")) - _NOISE
    table = _load()
    if key in table:
        return key
    if any("rera" in word for word in words):  # `gujrera_reg`: every state has its own
        return "rera"
    best: tuple[int, str] | None = None
    for canonical, aliases in table.items():
        for alias in aliases:
            if alias <= words and (best is None or len(alias) > best[0]):
                best = (len(alias), canonical)
    return best[1] if best else None


@lru_cache(maxsize=4096)
def _is_alias(key: str) -> bool:
    """The whole key is a known name: `office_hours` is about no office that is sold."""
    words = frozenset(key.split("_"))
    return any(len(alias) > 1 and alias == words for own in _load().values() for alias in own)


@lru_cache(maxsize=1)
def _load() -> dict[str, tuple[frozenset[str], ...]]:
    data = tomllib.loads((files("frontdesk.chat.retrieval") / "keys.toml").read_text("utf-8"))
    return {
        canonical: tuple(
            frozenset(alias.split("_")) - _NOISE or frozenset(alias.split("_"))
            for alias in aliases.split()
        )
        for canonical, aliases in data.items()
    }
