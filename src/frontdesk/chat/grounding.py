"""Nothing a model says reaches a visitor unless the project said it first.

A sentence is checked as soon as it is complete. Every figure has to be in the project's facts or
answers, with the part it is about (`2 BHK`); every name has to be in them or in what the visitor
said; links, markup and addresses of any kind have to be in them word for word.
"""

import re
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.chat.figures import Figure, find_figures, fold
from frontdesk.projects.model import Fact, Knowledge, Project


class Objection(StrEnum):
    """Why a sentence is not let through; counted in the metrics."""

    FIGURE = "figure"
    NAME = "name"
    LINK = "link"
    MARKUP = "markup"


_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:/{1,2}\S+|(?:mailto|tel|sms|javascript|data|whatsapp):\S+|www\.\S+"
    r"|\S+@\S+\.\S+|(?<![\w@])[a-z0-9-]+(?:\.[a-z0-9-]+)*\.(?:[a-z]{2,24})(?:/\S*)?(?![\w]))",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<[a-z/!?]|&#?\w+;|!?\[[^\]]*\]\s*[(\[]|```|\{\{|\]\(", re.IGNORECASE)
_DECORATION = re.compile(
    r"\*\*|__|(?<!\w)[*_`]|[*_`](?!\w)|^\s*(?:[-*•#>]+|\d+[.)])\s+", re.MULTILINE
)
_NAME = re.compile(r"(?<![\w.])[A-Z][\w'’-]*")
_WORD = re.compile(r"[\w'’]+")
# Figures that a visitor brought along may come back only as the visitor's own.
_YOURS = re.compile(r"\b(?:you|your|yours|aap|aapka|aapke|aapki)\b|आप", re.IGNORECASE)
INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
# Kinds where the wrong part of the project makes a right figure false.
OF_A_PART = ("money", "area")


class Ground(NamedTuple):
    """What a project says. `figures` maps each to the parts it is said of, "" for all of it."""

    figures: dict[tuple[str, str], frozenset[str]]
    counts: dict[str, frozenset[str]]
    numbers: frozenset[str]
    words: frozenset[str]
    text: str
    subjects: frozenset[str]


def build_ground(project: Project, knowledge: Knowledge) -> Ground:
    """`knowledge` is already `usable`."""
    figures: dict[tuple[str, str], set[str]] = {}
    counts: dict[str, set[str]] = {}
    numbers: set[str] = set()
    texts: list[str] = [project.name]
    said: list[tuple[str, str]] = [(project.name, "")]
    for fact in knowledge.facts:
        said += [(f"{fact.subject} {fact.key.replace('_', ' ')}: {fact.value}", fact.subject)]
        said += [(fact.source, ""), (fact.as_of.isoformat() if fact.as_of else "", "")]
    for answer in knowledge.answers:
        said += [(answer.question, ""), (answer.answer, "")]
    for text, subject in said:
        texts.append(text)
        for figure in find_figures(text):
            for known in _implied(figure):
                figures.setdefault(known, set()).add(subject.lower())
            if figure.of:
                counts.setdefault(figure.of, set()).add(figure.value)
        # A year alone, or `84` of `84 to 96 lakh`: the digits as written.
        numbers.update(_strip_zeros(number) for number in re.findall(r"\d+(?:\.\d+)?", fold(text)))
    return Ground(
        figures={figure: frozenset(parts) for figure, parts in figures.items()},
        counts={of: frozenset(values) for of, values in counts.items()},
        numbers=frozenset(numbers),
        words=frozenset(word.lower() for text in texts for word in _WORD.findall(text)),
        text=" ".join(texts).lower(),
        subjects=_subjects(knowledge.facts),
    )


def clean(sentence: str) -> str:
    """A model's sentence as plain text: emphasis, bullets and invisible characters gone."""
    return " ".join(_DECORATION.sub("", INVISIBLE.sub("", sentence)).split())


def object_to(ground: Ground, sentence: str, visitor_text: str) -> Objection | None:
    """Why this sentence may not be said; None where it may. `visitor_text`: all they wrote."""
    if _MARKUP.search(sentence):
        return Objection.MARKUP
    for link in _LINK.finditer(sentence):
        if link[0].rstrip(".,;:!?)").lower() not in ground.text:
            return Objection.LINK
    if not _figures_hold(ground, sentence, visitor_text):
        return Objection.FIGURE
    if not _names_hold(ground, sentence, visitor_text):
        return Objection.NAME
    return None


def _figures_hold(ground: Ground, sentence: str, visitor_text: str) -> bool:
    figures = find_figures(sentence)
    unknown = [figure for figure in figures if not _is_known(ground, figure)]
    if unknown:
        echoed = {(figure.kind, figure.value) for figure in find_figures(visitor_text)}
        if not _YOURS.search(sentence):
            return False
        if any((figure.kind, figure.value) not in echoed for figure in unknown):
            return False
    return _parts_hold(ground, sentence, figures)


def _is_known(ground: Ground, figure: Figure) -> bool:
    if figure.kind == "number":
        return figure.value in ground.numbers
    if figure.kind == "count":
        counted = ground.counts.get(figure.of)
        return figure.value in (ground.numbers if counted is None else counted)
    return (figure.kind, figure.value) in ground.figures


def _parts_hold(ground: Ground, sentence: str, figures: Iterable[Figure]) -> bool:
    """`3 BHK at ₹84 lakh` is false where that is the price of 2 BHK.

    A figure belongs to the part named before it or to the one named after it; either way of
    reading must hold for the whole sentence.
    """
    mentions = sorted(_mentions(ground, fold(sentence)))
    parted = [
        (figure.at, parts)
        for figure in figures
        if figure.kind.startswith(OF_A_PART)
        and (parts := ground.figures.get((figure.kind, figure.value))) is not None
        and "" not in parts
    ]
    if not mentions or not parted:
        return True

    def holds(before_first: bool) -> bool:
        for at, parts in parted:
            before = [subjects for place, subjects in mentions if place < at][-1:]
            after = [subjects for place, subjects in mentions if place > at][:1]
            near = (before or after) if before_first else (after or before)
            if not near[0] & parts:
                return False
        return True

    return holds(True) or holds(False)


def _mentions(ground: Ground, folded: str) -> list[tuple[int, frozenset[str]]]:
    """Where parts of the project are named, with the parts each place may mean."""
    found: list[tuple[int, frozenset[str]]] = []
    for subject in ground.subjects:
        found += [
            (match.start(), frozenset({subject}))
            for match in re.finditer(rf"(?<!\w){re.escape(subject)}(?!\w)", folded)
        ]
    for figure in find_figures(folded):
        if figure.kind == "bedrooms":
            meant = {s for s in ground.subjects if s.startswith(f"{figure.value} bhk")}
            found.append((figure.at, frozenset(meant)))
    return found


def _names_hold(ground: Ground, sentence: str, visitor_text: str) -> bool:
    """A capitalised word inside a sentence is a name; it has to be one the project uses."""
    known = ground.words | _common_words()
    visitor = {word.lower() for word in _WORD.findall(visitor_text)}
    start = re.search(r"\w", sentence)
    for match in _NAME.finditer(sentence):
        word = match[0].lower().removesuffix("'s").removesuffix("’s")
        parts = {part for part in re.split(r"[-'’]", word) if part}
        if parts <= known or parts <= visitor or word in known:
            continue
        opens = start is not None and match.start() == start.start()
        opens = opens or bool(re.search(r"[.!?:।]\s+[\"“‘(]*$", sentence[: match.start()]))
        followed = re.match(r"\s+[A-Z]", sentence[match.end() :])
        if not opens or followed:
            return False
    return True


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words of the trade and the calendar that stand in capitals without naming anything."""
    text = (files("frontdesk.chat") / "capitals.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.lower().split())


def _implied(figure: Figure) -> list[tuple[str, str]]:
    """A known date also makes its month known."""
    known = [(figure.kind, figure.value)]
    if figure.kind == "date" and "-" in figure.value:
        year_or_month, _, rest = figure.value.partition("-")
        known.append(("date", rest if len(year_or_month) == 4 else year_or_month))
    return known


def _subjects(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fold(fact.subject) for fact in facts if fact.subject)


def _strip_zeros(number: str) -> str:
    return number.rstrip("0").rstrip(".") if "." in number else number.lstrip("0") or "0"
