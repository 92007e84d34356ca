"""A project's knowledge, ready to be searched."""

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from frontdesk.chat.retrieval.facts import KnownFact, know_all
from frontdesk.chat.retrieval.language import singular
from frontdesk.chat.retrieval.matching import Corpus, Matcher, Query, Scores, Topic
from frontdesk.chat.retrieval.reading import SURE, Subjects
from frontdesk.projects.model import Answer, Knowledge

# How much nearer an entry is for being about the question's topic, and farther for being about
# another. Calibrated with script/eval.
AGREES, DIFFERS = 0.10, 0.10


class Entry(NamedTuple):
    """An answer or a fact: the topics it is about, and every word that it says."""

    said: Answer | KnownFact
    topics: frozenset[str]
    words: frozenset[str]


class ProjectIndex(NamedTuple):
    """`entry_of_row` tells which entry each text of the corpus belongs to."""

    entries: tuple[Entry, ...]
    corpus: Corpus
    entry_of_row: NDArray[np.intp]
    facts: dict[str, tuple[Entry, ...]]
    subjects: Subjects

    def scores(self, query: Query, topic: Topic | None) -> Scores:
        """How near each entry is to a question about a topic."""
        best = np.zeros(len(self.entries), dtype=np.float32)
        np.maximum.at(best, self.entry_of_row, self.corpus.scores(query))
        if topic is not None and topic.kind == "ask":
            best += np.array(
                [
                    AGREES if topic.name in entry.topics else -DIFFERS if entry.topics else 0.0
                    for entry in self.entries
                ],
                dtype=np.float32,
            )
        return best


def build_index(matcher: Matcher, knowledge: Knowledge) -> ProjectIndex:
    known = know_all(knowledge.facts)
    texts: list[str] = []
    rows: list[int] = []
    entries: list[Entry] = []

    def add(said: Answer | KnownFact, topics: Iterable[str], own: list[str]) -> None:
        words = frozenset(singular(word) for text in own for word in matcher.lexicon.gloss(text))
        rows.extend(len(entries) for _ in own)
        texts.extend(own)
        entries.append(Entry(said, frozenset(topics), words))

    for answer in knowledge.answers:
        best = matcher.match(matcher.read(answer.question))[0]
        about = [best.topic.name] if best.score >= SURE and best.topic.kind != "off_topic" else []
        add(answer, about, [answer.question, f"{answer.question} {answer.answer}"])
    for each in known:
        fact = each.fact
        about = [topic.name for topic in matcher.topics if fact.key in topic.facts]
        name = f"{each.label} {fact.subject}"
        add(each, about, [name, f"{name} {fact.value}"])
    facts: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        if isinstance(entry.said, KnownFact):
            key = entry.said.fact.key
            facts[key] = (*facts.get(key, ()), entry)
    return ProjectIndex(
        tuple(entries),
        matcher.build_corpus(texts),
        np.array(rows, dtype=np.intp),
        facts,
        _subjects(matcher, known, entries),
    )


def _subjects(matcher: Matcher, known: list[KnownFact], entries: list[Entry]) -> Subjects:
    words = {
        each.fact.subject: frozenset(map(singular, matcher.lexicon.gloss(each.fact.subject)))
        for each in known
        if each.fact.subject
    }
    words = {subject: found for subject, found in words.items() if found}
    # `East villas` among nothing but villas is named by `east`.
    shared = frozenset.intersection(*words.values()) if len(words) > 1 else frozenset()
    shared -= {"bhk"}
    telling = {subject: (found - shared) or found for subject, found in words.items()}
    bedrooms = {word for found in words.values() if "bhk" in found for word in found}
    for each in known:
        if each.fact.key == "configuration" and "bhk" in each.fact.value.lower():
            bedrooms |= set(re.findall(r"\d(?:\.5)?", each.fact.value))
    vocabulary = frozenset(word for entry in entries for word in entry.words)
    return Subjects(telling, frozenset(word for word in bedrooms if word[0].isdigit()), vocabulary)
