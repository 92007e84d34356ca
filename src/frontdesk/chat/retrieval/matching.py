"""Which topic of the trade, or which entry of a project's own, a question is about."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

import bm25s
import numpy as np
from numpy.typing import NDArray

from frontdesk.chat.retrieval.embedding import Embedding, Vectors, load_embedding
from frontdesk.chat.retrieval.language import Lexicon, load_lexicon, normalise, singular, words_of
from frontdesk.leads.model import Interest

Scores = NDArray[np.float32]

# Shares of meaning (cosine) and of words (BM25), and what a word of the trade adds. script/eval.
MEANING, WORDS, CUE = 0.55, 0.45, 0.22
# What a thing adds that the topic can be asked about by name: `where does the water come from`.
THING = 0.08
# Embedding.weigh; calibrated with script/eval.
HEAVY, MIN_CHARS = 12.0, 3


class Topic(NamedTuple):
    """`kind`: `ask` is answered from `facts`, `act` leads to a form, `talk` is a courtesy.

    `things` are what it can be asked about by name (a pool, an airport), each as its words: only a
    fact that speaks of the thing answers for it. `firm` are words that make it this topic alone.
    """

    name: str
    kind: str
    facts: tuple[str, ...]
    form: Interest | None
    words: frozenset[str]
    things: tuple[frozenset[str], ...] = ()
    firm: tuple[str, ...] = ()


class Match(NamedTuple):
    topic: Topic
    score: float


class Query(NamedTuple):
    """A question in the form that is matched: `words` in English, `content` without stop words."""

    words: tuple[str, ...]
    content: tuple[str, ...]
    vector: Vectors


@dataclass(frozen=True, slots=True)
class Corpus:
    """Texts to be found by meaning and by words. `ceilings` has each word's highest BM25 score."""

    vectors: Vectors
    bm25: bm25s.BM25 | None
    ceilings: dict[str, float]

    def scores(self, query: Query) -> Scores:
        """For each text, 0 to 1: how much of what could match does."""
        # Not `@`: its threads cost a hundred times what so small a product does.
        meaning = np.clip(np.einsum("ij,j->i", self.vectors, query.vector), 0, 1)
        known = [word for word in query.content if word in self.ceilings]
        if self.bm25 is None or not known:
            return np.asarray(MEANING * meaning, dtype=np.float32)
        # A word that no text has counts against all of them, like a rare one.
        rare = max(self.ceilings.values())
        reachable = sum(self.ceilings.get(word, rare) for word in query.content)
        words = self.bm25.get_scores(known) / reachable
        return np.asarray(MEANING * meaning + WORDS * words, dtype=np.float32)


@dataclass(frozen=True, slots=True)
class Matcher:
    """The trade's topics and the way to read a question; one for the process."""

    lexicon: Lexicon
    embedding: Embedding
    topics: tuple[Topic, ...]
    examples: Corpus
    topic_of_example: NDArray[np.intp]
    trade: frozenset[str]
    vocabulary: dict[str, frozenset[str]]
    cues: frozenset[str]

    def read(self, text: str) -> Query:
        words = self.lexicon.gloss(text)
        content = self.lexicon.content(words)
        vector = self.embedding.embed([" ".join(words)])[0]
        return Query(tuple(words), tuple(content), vector)

    def topic(self, name: str) -> Topic:
        return next(topic for topic in self.topics if topic.name == name)

    def asking_for(self, key: str) -> tuple[Topic, ...]:
        """The topics that a fact answers first of all, or that it answers at all."""
        first = tuple(topic for topic in self.topics if topic.facts[:1] == (key,))
        return first or tuple(topic for topic in self.topics if key in topic.facts)

    def match(self, query: Query) -> list[Match]:
        """Every topic, the likeliest first."""
        best = np.zeros(len(self.topics), dtype=np.float32)
        np.maximum.at(best, self.topic_of_example, self.examples.scores(query))
        content = set(query.content)
        # `petrol price`: a word of the trade says less beside words that are not of it.
        known = sum(word in self.examples.ceilings for word in content)
        cue = CUE * known / (len(content) or 1)
        said = _said_in(query)
        matches = [
            Match(
                topic,
                float(score)
                + (cue if topic.words & content else 0)
                + (THING if any(thing <= said for thing in topic.things if thing) else 0),
            )
            for topic, score in zip(self.topics, best, strict=True)
        ]
        return sorted(matches, key=lambda match: match.score, reverse=True)

    def firm_topic(self, text: str, vocabulary: frozenset[str]) -> Topic | None:
        """What a phrase makes certain (`share price`), unless the project speaks of it itself."""
        said = f" {' '.join(words_of(normalise(text)))} "
        for topic in self.topics:
            for phrase in topic.firm:
                if f" {phrase} " in said and not set(phrase.split()) <= vocabulary:
                    return topic
        return None

    def unknown_words(self, query: Query, vocabulary: frozenset[str]) -> list[str]:
        """What is neither a word of the trade nor of the project."""
        return [
            word
            for word in query.content
            if len(word) > 2
            and word not in self.trade
            and word not in vocabulary
            and not word[0].isdigit()
        ]

    def is_heavy(self, word: str) -> bool:
        """Whether a word says something of its own: one of the trade or that few texts have."""
        if len(word) < MIN_CHARS or word[0].isdigit():
            return False
        if word in self.lexicon.qualifier or word in self.cues:
            return True
        return self.embedding.weigh(word) >= HEAVY

    def things_in(self, query: Query, topic: Topic) -> list[frozenset[str]]:
        """The things of a topic that a question names, the closest: `swimming pool`, not `pool`."""
        said = _said_in(query)
        named = [thing for thing in topic.things if thing and thing <= said]
        return [thing for thing in named if not any(thing < other for other in named)]

    def build_corpus(self, texts: Sequence[str]) -> Corpus:
        return build_corpus(self.lexicon, self.embedding, texts)


def _said_in(query: Query) -> set[str]:
    return {*query.content, *(singular(word) for word in query.words)}


def build_corpus(lexicon: Lexicon, embedding: Embedding, texts: Sequence[str]) -> Corpus:
    glossed = [lexicon.gloss(text) for text in texts]
    tokens = [lexicon.content(words) for words in glossed]
    vectors = embedding.embed([" ".join(words) for words in glossed])
    if not any(tokens):
        return Corpus(vectors, None, {})
    bm25 = bm25s.BM25(method="lucene")
    bm25.index(tokens, show_progress=False)
    # Its scores are a sparse matrix with a column for each word, never an empty one.
    highest = np.maximum.reduceat(bm25.scores["data"], bm25.scores["indptr"][:-1])
    ceilings = {word: float(highest[column]) for word, column in bm25.vocab_dict.items() if word}
    return Corpus(vectors, bm25, ceilings)


@lru_cache(maxsize=1)
def load_matcher() -> Matcher:
    """Reads the data files and the embeddings; about half a second. Kept for the process."""
    embedding = load_embedding()
    lexicon = replace(load_lexicon(), english=embedding.list_words())
    folder = files("frontdesk.chat.retrieval")
    data = tomllib.loads((folder / "intents.toml").read_text("utf-8"))
    topics = tuple(
        Topic(
            name,
            entry.get("kind", "ask"),
            tuple(entry["facts"]),
            Interest(entry["form"]) if "form" in entry else None,
            frozenset(singular(word) for word in entry["words"]),
            tuple(
                frozenset(lexicon.content(lexicon.gloss(thing)))
                for thing in entry.get("things", ())
            ),
            tuple(" ".join(words_of(normalise(phrase))) for phrase in entry.get("firm", ())),
        )
        for name, entry in data.items()
    )
    texts = [
        (row, text)
        for row, entry in enumerate(data.values())
        for text in (*entry["examples"], *entry["words"])
    ]
    corpus = build_corpus(lexicon, embedding, [text for _, text in texts])
    trade = frozenset(
        word
        for row, text in texts
        if topics[row].kind != "off_topic"
        for word in lexicon.content(lexicon.gloss(text))
    ) | frozenset(word for topic in topics for thing in topic.things for word in thing)
    rows = np.array([row for row, _ in texts], dtype=np.intp)
    vocabulary: dict[str, set[str]] = {topic.name: set() for topic in topics}
    for row, text in texts:
        vocabulary[topics[row].name].update(lexicon.content(lexicon.gloss(text)))
    cues = frozenset(word for topic in topics if topic.kind == "ask" for word in topic.words)
    frozen = {name: frozenset(words) for name, words in vocabulary.items()}
    return Matcher(lexicon, embedding, topics, corpus, rows, trade, frozen, cues)
