"""What a reply was made from: the facts and answers whose figures and words are in it."""

import re
from typing import NamedTuple

from frontdesk.chat.figures import find_figures, fold, read_figures
from frontdesk.chat.model import Source
from frontdesk.projects.model import Knowledge

_WORD = re.compile(r"[^\W\d_]{3,}")
# So much of an entry without figures has to be in a reply for it to be where the reply is from.
MOST_WORDS = 0.6
MAX_SOURCES = 20


class Entry(NamedTuple):
    source: Source
    figures: frozenset[tuple[str, str]]
    words: frozenset[str]
    subject: str


def build_entries(knowledge: Knowledge) -> tuple[Entry, ...]:
    """`knowledge` is already `usable`."""
    entries = [
        _entry(
            Source(kind="fact", key=fact.key, subject=fact.subject, as_of=fact.as_of),
            fact.value,
            fold(fact.subject),
        )
        for fact in knowledge.facts
    ]
    entries += [
        _entry(Source(kind="answer", key=answer.question), answer.answer, "")
        for answer in knowledge.answers
    ]
    return tuple(entries)


def find_sources(entries: tuple[Entry, ...], text: str) -> tuple[Source, ...]:
    """Those that the text draws on, in the order they stand in the knowledge."""
    folded = fold(text)
    figures = {(figure.kind, figure.value) for figure in read_figures(folded)}
    words = set(_WORD.findall(folded))
    found = [entry.source for entry in entries if _is_in(entry, folded, figures, words)]
    return tuple(found[:MAX_SOURCES])


def _entry(source: Source, text: str, subject: str) -> Entry:
    figures = frozenset((figure.kind, figure.value) for figure in find_figures(text))
    return Entry(source, figures, frozenset(_WORD.findall(fold(text))), subject)


def _is_in(entry: Entry, folded: str, figures: set[tuple[str, str]], words: set[str]) -> bool:
    if entry.source.kind == "fact" and entry.figures:
        # `2 BHK` is in every sentence about one: by itself it tells nothing.
        telling = {figure for figure in entry.figures if figure[0] != "bedrooms"}
        is_said = bool(telling & figures) if telling else entry.figures <= figures
        return is_said and entry.subject in folded
    if not entry.words:
        return False
    return len(entry.words & words) >= MOST_WORDS * len(entry.words)
