"""A project's knowledge, ready to be searched."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from frontdesk.chat.retrieval.facts import KnownFact, know_all
from frontdesk.chat.retrieval.language import singular
from frontdesk.chat.retrieval.matching import Corpus, Matcher, Query, Scores, Topic
from frontdesk.chat.retrieval.parts import KINDS, Subjects, bedrooms_in, lots_of
from frontdesk.chat.retrieval.reading import AS_LIKELY, SURE, asks_where
from frontdesk.projects.model import Answer, Knowledge, PageText

# How much nearer an entry is for being about the question's topic, and farther for being about
# another. Calibrated with script/eval.
AGREES, DIFFERS = 0.10, 0.10
PASSAGE_CHARS, MAX_PASSAGES = 200, 300
OTHER_STATIONS = frozenset({"metro", "bus", "tube", "tram", "charging", "police", "petrol", "fire"})
_RECORD = re.compile(
    r"\b(?:since|completed|delivered|handed over|built|finished|projects?|layouts?)\b",
    re.IGNORECASE,
)
_HOURS = re.compile(r"\d ?(?:am|pm|baje|बजे)|\d ?(?:-|to) ?\d|\bopen\b", re.IGNORECASE)
_CANCELS = re.compile(r"\b(?:cancel\w*|refund\w*|wapas)\b|वापस", re.IGNORECASE)
_FETCHES = re.compile(r"\b(?:pick|pickup|cab|chauffeur|collect|drop)\b", re.IGNORECASE)
_FOREIGN = re.compile(r"nationalit|foreign|overseas|\bnri", re.IGNORECASE)
_SENTENCES = re.compile(r"(?<=[.!?।])\s+|\n+")


class Passage(NamedTuple):
    """A piece of a page's text that can be quoted."""

    text: str
    title: str


Said = Answer | KnownFact | Passage


class Entry(NamedTuple):
    """An answer, a fact or a passage: the topics it is about, every word that it says, the homes
    that a fact or an answer's question is about, the question's words, and a fact's lots and the
    words it is called by."""

    said: Said
    topics: frozenset[str]
    words: frozenset[str]
    bedrooms: frozenset[str] = frozenset()
    asked: frozenset[str] = frozenset()
    lots: frozenset[tuple[str, str]] = frozenset()
    called: frozenset[str] = frozenset()


class ProjectIndex(NamedTuple):
    """`entry_of_row` tells which entry each text of the corpus belongs to, `entry_of` which is of a
    fact, by its identity: to compare hundreds of them field by field takes tens of milliseconds."""

    entries: tuple[Entry, ...]
    corpus: Corpus
    entry_of_row: NDArray[np.intp]
    facts: dict[str, tuple[Entry, ...]]
    subjects: Subjects
    rows_of_word: dict[str, frozenset[int]]
    rows_of_topic: dict[str, NDArray[np.intp]]
    has_topic: NDArray[np.bool_]
    entry_of: dict[int, Entry]
    own_names: tuple[tuple[frozenset[str], Entry], ...] = ()

    def scores(self, query: Query, topic: Topic | None) -> Scores:
        """How near each entry is to a question about a topic."""
        best = np.zeros(len(self.entries), dtype=np.float32)
        np.maximum.at(best, self.entry_of_row, self.corpus.scores(query))
        if topic is not None and topic.kind == "ask":
            best[self.has_topic] -= DIFFERS
            best[self.rows_of_topic.get(topic.name, [])] += DIFFERS + AGREES
        return best

    def naming(self, things: Sequence[frozenset[str]]) -> list[int]:
        """The entries that speak of one of the things, in order."""
        rows: set[int] = set()
        for thing in things:
            rows |= frozenset.intersection(
                *(self.rows_of_word.get(word, frozenset()) for word in thing)
            )
        return sorted(rows)


def build_index(matcher: Matcher, knowledge: Knowledge, name: str = "") -> ProjectIndex:
    """`name` is the project's, which an answer may call it by."""
    known = know_all(knowledge.facts)
    texts: list[str] = []
    rows: list[int] = []
    entries: list[Entry] = []

    def add(said: Said, topics: Iterable[str], own: list[str]) -> None:
        words = frozenset(singular(word) for text in own for word in matcher.lexicon.gloss(text))
        if "station" in words and not words & OTHER_STATIONS:
            words |= {"railway"}
        rows.extend(len(entries) for _ in own)
        texts.extend(own)
        homes, asked, lots = frozenset[str](), frozenset[str](), frozenset[tuple[str, str]]()
        if isinstance(said, Answer):
            homes = bedrooms_in(said.question)
            asked = frozenset(singular(word) for word in matcher.lexicon.gloss(said.question))
        called = frozenset[str]()
        if isinstance(said, KnownFact):
            called = frozenset(matcher.lexicon.content(matcher.lexicon.gloss(said.label)))
            homes, lots = bedrooms_in(said.fact.subject), lots_of(said.fact.subject)
        entries.append(Entry(said, frozenset(topics), words, homes, asked, lots, called))

    developers = [fact.fact.value for fact in known if fact.fact.key == "developer"]
    for answer in knowledge.answers:
        about = _topics_of(matcher, answer.question, name)
        if any(maker and maker.lower() in answer.question.lower() for maker in developers):
            about.append("developer")
        about += _also_about(about, answer.answer)
        add(answer, about, [answer.question, f"{answer.question} {answer.answer}"])
    for each in known:
        fact = each.fact
        about = [topic.name for topic in matcher.topics if fact.key in topic.facts]
        about += _also_about(about, fact.value)
        name = f"{each.label} {fact.subject}"
        add(each, about, [name, f"{name} {fact.value}"])
    for passage in split_pages(knowledge.pages):
        add(passage, (), [passage.text])
    facts: dict[str, tuple[Entry, ...]] = {}
    for entry in entries:
        if isinstance(entry.said, KnownFact):
            key = entry.said.fact.key
            facts[key] = (*facts.get(key, ()), entry)
    of_word: dict[str, set[int]] = {}
    of_topic: dict[str, list[int]] = {}
    for row, entry in enumerate(entries):
        for word in entry.words:
            of_word.setdefault(word, set()).add(row)
        for topic in entry.topics:
            of_topic.setdefault(topic, []).append(row)
    return ProjectIndex(
        tuple(entries),
        matcher.build_corpus(texts),
        np.array(rows, dtype=np.intp),
        facts,
        _subjects(matcher, known, frozenset(of_word)),
        {word: frozenset(found) for word, found in of_word.items()},
        {topic: np.array(found, dtype=np.intp) for topic, found in of_topic.items()},
        np.array([bool(entry.topics) for entry in entries], dtype=np.bool_),
        {id(entry.said): entry for entry in entries},
        tuple(_own_names(matcher, entries)),
    )


def _own_names(
    matcher: Matcher, entries: Iterable[Entry]
) -> Iterable[tuple[frozenset[str], Entry]]:
    """The facts that no topic asks for, each with the words it is called by."""
    for entry in entries:
        is_known = bool(entry.topics) or not isinstance(entry.said, KnownFact)
        if not is_known and any(matcher.is_heavy(word) for word in entry.called):
            yield entry.called, entry


def _also_about(topics: Sequence[str], text: str) -> list[str]:
    """What a text is about by what it says: a developer's record, when visitors may come, who may
    buy from abroad."""
    also = []
    if "developer" in topics and _RECORD.search(text):
        also.append("track_record")
    if "booking" in topics and _CANCELS.search(text):
        also.append("cancellation")
    if "visit" in topics and _FETCHES.search(text):
        also.append("pickup")
    if "visit" in topics and _HOURS.search(text):
        also.append("office_hours")
    if "ownership" in topics and _FOREIGN.search(text):
        also.append("nri")
    return also


def _topics_of(matcher: Matcher, question: str, name: str) -> list[str]:
    """What an answer's question is about: the likeliest topic, and what is about as likely."""
    if asks_where(question, name):
        return ["location"]
    first, *others = matcher.match(matcher.read(question))
    if first.score < SURE or first.topic.kind == "off_topic":
        return []
    least = max(SURE, first.score - AS_LIKELY)
    near = [m for m in others[:2] if m.score >= least and m.topic.kind == first.topic.kind == "ask"]
    return [match.topic.name for match in (first, *near)]


def split_pages(pages: Sequence[PageText]) -> list[Passage]:
    """Whole sentences, up to PASSAGE_CHARS together; MAX_PASSAGES of all pages."""
    passages: list[Passage] = []
    for page in pages:
        text = ""
        for sentence in _SENTENCES.split(page.text):
            sentence = " ".join(sentence.split())
            if text and len(text) + len(sentence) > PASSAGE_CHARS:
                passages.append(Passage(text, page.title))
                text = ""
            text = f"{text} {sentence}".strip()[: 2 * PASSAGE_CHARS]
        if text:
            passages.append(Passage(text, page.title))
    return passages[:MAX_PASSAGES]


def _subjects(matcher: Matcher, known: list[KnownFact], vocabulary: frozenset[str]) -> Subjects:
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
    cores = Counter(found - KINDS for found in telling.values())
    telling = {
        subject: found - KINDS if found - KINDS and cores[found - KINDS] == 1 else found
        for subject, found in telling.items()
    }
    bedrooms = {word for found in words.values() if "bhk" in found for word in found}
    for each in known:
        if each.fact.key == "configuration" and "bhk" in each.fact.value.lower():
            bedrooms |= set(re.findall(r"\d(?:\.5)?", each.fact.value))
    return Subjects(telling, frozenset(word for word in bedrooms if word[0].isdigit()), vocabulary)
