"""The parts of a project that a text names: homes by bedrooms, towers and phases, sizes, kinds."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from frontdesk.chat.retrieval.language import normalise, singular
from frontdesk.chat.retrieval.matching import Query

KINDS = frozenset(
    {"apartment", "bungalow", "cottage", "duplex", "flat", "mansion", "office"}
    | {"penthouse", "plot", "shop", "studio", "townhouse", "villa"}
)
BEDROOMS = re.compile(r"(\d(?:\.5)?) bhk")
# `30x40` is a plot of 1200 sq ft.
SIDES = re.compile(r"\b(\d{2,3})\s*[x*×]\s*(\d{2,3})\b")
_NAMED_LOT = r"towers?|blocks?|phases?|wings?|buildings?|clusters?"
_LOTS = re.compile(rf"\b({_NAMED_LOT})\s+([a-z0-9])((?:\s*(?:,|and|&|to|-)\s*[a-z0-9])*)$")
LOT = re.compile(rf"\b(?:({_NAMED_LOT})[\s-]+([a-z0-9])|([a-z0-9])[\s-]+({_NAMED_LOT}))\b")


class Subjects(NamedTuple):
    """A project's subjects (`2 BHK`) with the words that tell them apart, and the bedroom counts it
    has at all."""

    words: dict[str, frozenset[str]]
    bedrooms: frozenset[str]
    vocabulary: frozenset[str] = frozenset()

    def find(self, query: Query, text: str) -> tuple[tuple[str, ...], str]:
        """The subjects that a question names, and a configuration that is not there."""
        asked = {singular(word) for word in query.words}
        asked |= {str(int(one) * int(other)) for one, other in SIDES.findall(text)}
        named = {subject for subject, words in self.words.items() if words <= asked}
        # `3 BHK Grand` rather than `3 BHK` where the question says so.
        named = {s for s in named if not any(self.words[s] < self.words[o] for o in named)}
        if not named:  # `townhouse` is enough where one part only is a townhouse
            for kind in asked & KINDS:
                of_kind = {subject for subject, words in self.words.items() if kind in words}
                parts = [s for s, words in self.words.items() if words & (KINDS | {"bhk"})]
                named |= of_kind if len(of_kind) == 1 or 0 < len(of_kind) < len(parts) else set()
        lots = lots_in(text)
        named |= {s for s in self.words if lots & lots_of(s)}
        counts = BEDROOMS.findall(normalise(text))
        for count in counts:
            if not any({count, "bhk"} <= self.words[subject] for subject in named):
                named |= {s for s, words in self.words.items() if {count, "bhk"} <= words}
        # Without a list of configurations nothing can be said to be missing from it.
        listed = bool(self.bedrooms or (self.vocabulary and "bhk" not in self.vocabulary))
        absent = [count for count in counts if listed and count not in self.bedrooms]
        if counts:  # `3 bhk` is no `3 bhk villa`'s price where there is a plain one
            plain = {s for s in named if self.words[s] <= {*counts, "bhk"}}
            named = plain or named
        ordered = tuple(subject for subject in self.words if subject in named)
        return ordered, f"{absent[0]} BHK" if absent else ""

    def strip(self, query: Query, named: Sequence[str]) -> Query:
        """The question without the words of the parts it names."""
        words = frozenset().union(*(self.words[name] for name in named))
        if not words:
            return query
        return query._replace(content=tuple(w for w in query.content if w not in words))


def bedrooms_in(text: str) -> frozenset[str]:
    """The bedroom counts that a text names, a studio among them."""
    text = normalise(text)
    return frozenset(BEDROOMS.findall(text)) | ({"studio"} if "studio" in text else frozenset())


@lru_cache(maxsize=4096)
def lots_of(subject: str) -> frozenset[tuple[str, str]]:
    """`Towers C to E` is towers C, D and E. Of a project's subjects; kept."""
    match = _LOTS.search(normalise(subject))
    if not match:
        return frozenset()
    kind, first, rest = singular(match[1]), match[2], match[3]
    ends = re.findall(r"(?<!\w)[a-z0-9](?!\w)", rest)
    if ends and re.search(r"\bto\b|-", rest):
        codes = range(ord(first), ord(ends[-1]) + 1)
        return frozenset((kind, chr(code)) for code in codes)
    return frozenset((kind, name) for name in (first, *ends))


def lots_in(text: str) -> set[tuple[str, str]]:
    return {
        (singular(kind or kind_after), name or name_before)
        for kind, name, name_before, kind_after in LOT.findall(normalise(text))
    }
