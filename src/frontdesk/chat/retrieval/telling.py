"""What a question's own words tell apart: the corner plot's premium from the price of all."""

import re
from collections.abc import Collection, Sequence

from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.index import ProjectIndex
from frontdesk.chat.retrieval.matching import Matcher
from frontdesk.chat.retrieval.parts import KINDS, lots_of
from frontdesk.chat.retrieval.reading import ASKING, Question

# A word that more entries have tells none of them apart.
MAX_NAMED = 2
_PERCENT = re.compile(r"%|\bper ?cent(?:age)?\b|\bpratishat\b|प्रतिशत", re.IGNORECASE)
ANY_PROJECT = frozenset(
    {
        "building",
        "community",
        "complex",
        "development",
        "estate",
        "home",
        "house",
        "project",
        "property",
        "site",
    }
    | {"total", "township", "unit", "venture"}
)


def told_apart(
    matcher: Matcher, index: ProjectIndex, question: Question, found: Sequence[KnownFact]
) -> list[KnownFact]:
    """The facts that are called by a word of the question that those found say nothing of.

    Where something was found, their names and parts count (`corner premium`); where nothing was,
    their parts alone (the clubhouse's date), since a name is then another topic's.
    """
    topic = question.topic
    if topic is None:
        return []
    parts = {word for name in question.subjects for word in index.subjects.words[name]}
    usual = topic.words | ASKING | KINDS | ANY_PROJECT | matcher.lexicon.filler
    if found:  # a word of another topic (`jagah`, a place) is no name of a part of this one
        usual = usual.union(parts, *(other.words for other in matcher.topics))
    telling = set(question.query.content) - usual - said_by(index, found)
    rare = {word for word in telling if len(index.rows_of_word.get(word, ())) <= MAX_NAMED}

    def is_called(known: KnownFact) -> bool:
        name = f"{known.label if found else ''} {known.fact.subject}"
        return not rare.isdisjoint(matcher.lexicon.content(matcher.lexicon.gloss(name)))

    rows = sorted({row for word in rare for row in index.rows_of_word.get(word, ())})
    return [
        entry.said
        for entry in (index.entries[row] for row in rows)
        if isinstance(entry.said, KnownFact)
        and not lots_of(entry.said.fact.subject)
        and is_called(entry.said)
    ]


def in_percent(
    index: ProjectIndex, question: Question, found: Sequence[KnownFact]
) -> list[KnownFact]:
    """The facts with a percentage that speak of the topic, where one was asked for and those found
    have none (`loan how much percent`)."""
    if question.topic is None or not found or not _PERCENT.search(question.text):
        return []
    if any("%" in known.fact.value for known in found):
        return []
    asked = question.topic.words & set(question.query.content)
    rows = sorted({row for word in asked for row in index.rows_of_word.get(word, ())})
    facts = [index.entries[row].said for row in rows]
    return [k for k in facts if isinstance(k, KnownFact) and "%" in k.fact.value]


def own_words(matcher: Matcher, index: ProjectIndex, question: Question) -> set[str]:
    """Those of the question that the project has and the trade has not (`escrow`)."""
    own = {word for word in question.query.content if word not in matcher.trade}
    return (own & index.rows_of_word.keys()) - ANY_PROJECT - ASKING


def rows_of_own_words(
    matcher: Matcher, index: ProjectIndex, question: Question, found: Collection[KnownFact]
) -> list[int]:
    """The entries that have a word which the trade does not (`escrow`) and what was found neither;
    none where every such word is in what was found."""
    own = own_words(matcher, index, question)
    if not own or own & said_by(index, found):
        return []
    return sorted({row for word in own for row in index.rows_of_word[word]})


def said_by(index: ProjectIndex, found: Collection[KnownFact]) -> set[str]:
    """Every word that these facts say."""
    entries = [index.entry_of[id(known)] for known in found if id(known) in index.entry_of]
    return {word for entry in entries for word in entry.words}
