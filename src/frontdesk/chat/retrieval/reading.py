"""Reading a message: its questions, what each is about, and of which part of the project."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.chat.retrieval.language import normalise
from frontdesk.chat.retrieval.matching import Matcher, Query, Topic

# Calibrated with script/eval: below SURE a question is not taken for a topic.
SURE = 0.47
MAX_QUESTIONS = 4
# What a message may cost: nobody asks more than this in one, and 2,000 commas would take 0.1 s.
MAX_PARTS = 10
MAX_CHARS = 600
CONTEXT_MESSAGES = 4

_BREAKS = re.compile(r"[?？!।;\n]+|\.\s+|,|\s(?:and|aur|or|also|plus|और|तथा|&)\s", re.IGNORECASE)
_CONTINUES = re.compile(r"^\s*(?:and|what about|how about|aur|और|then|for)\b", re.IGNORECASE)
_BEDROOMS = re.compile(r"(\d(?:\.5)?) bhk")


class Question(NamedTuple):
    """`topic` is None where nothing of the trade fits; `subjects` are the project's own words.

    `absent` is a configuration that was asked for and that the project does not have.
    """

    text: str
    query: Query
    topic: Topic | None
    score: float
    subjects: tuple[str, ...] = ()
    absent: str = ""


class Subjects(NamedTuple):
    """A project's subjects (`2 BHK`) with their words, and the bedroom counts it has at all."""

    words: dict[str, frozenset[str]]
    bedrooms: frozenset[str]

    def find(self, query: Query, text: str) -> tuple[tuple[str, ...], str]:
        """The subjects that a question names, and a configuration that is not there."""
        asked = set(query.words)
        named = {subject for subject, words in self.words.items() if words <= asked}
        # `3 BHK Grand` rather than `3 BHK` where the question says so.
        named = {s for s in named if not any(self.words[s] < self.words[o] for o in named)}
        counts = _BEDROOMS.findall(normalise(text))
        for count in counts:
            if not any({count, "bhk"} <= self.words[subject] for subject in named):
                named |= {s for s, words in self.words.items() if {count, "bhk"} <= words}
        absent = [count for count in counts if self.bedrooms and count not in self.bedrooms]
        ordered = tuple(subject for subject in self.words if subject in named)
        return ordered, f"{absent[0]} BHK" if absent else ""


def read_message(
    matcher: Matcher, subjects: Subjects, text: str, history: Sequence[str]
) -> list[Question]:
    """The questions of a message, at least one. `history` has what the visitor said before."""
    text = text[:MAX_CHARS]
    parts = [part for part in _BREAKS.split(text) if part and part.strip()][:MAX_PARTS] or [text]
    questions = [_read_one(matcher, subjects, part) for part in parts]
    sure = [q for q in questions if q.topic is not None or q.subjects or q.absent]
    topics = {question.topic.name for question in sure if question.topic}
    named = {question.subjects for question in sure if question.subjects}
    if len(parts) == 1 or len(topics) + len(named) < 2:
        questions = [_read_one(matcher, subjects, text)]
    else:
        questions = sure[:MAX_QUESTIONS]
    return _in_context(matcher, subjects, questions, text, history)


def _read_one(matcher: Matcher, subjects: Subjects, text: str) -> Question:
    query = matcher.read(text)
    named, absent = subjects.find(query, text)
    # `price of 3 BHK` is about the price: what names the part does not name the topic.
    rest = matcher.read(_BEDROOMS.sub(" ", normalise(text)))
    if (named or absent) and not rest.content:
        return Question(text, query, None, 0.0, named, absent)
    best = matcher.match(rest if named or absent else query)[0]
    topic = best.topic if best.score >= SURE else None
    return Question(text, query, topic, best.score, named, absent)


def _in_context(
    matcher: Matcher,
    subjects: Subjects,
    questions: list[Question],
    text: str,
    history: Sequence[str],
) -> list[Question]:
    """`And 3 BHK?` takes the topic from before; `and the size?` takes the part."""
    continues = bool(_CONTINUES.match(text))
    topic: Topic | None = None
    named: tuple[str, ...] = ()
    if continues or questions[0].topic is None:
        topic, named = _recall(matcher, subjects, history)
    completed: list[Question] = []
    for question in questions:
        if question.topic is None and (question.subjects or question.absent) and topic:
            question = question._replace(topic=topic, score=SURE)
        if not question.subjects and not question.absent and (continues or completed):
            question = question._replace(subjects=named)
        topic, named = question.topic or topic, question.subjects or named
        completed.append(question)
    return completed


def _recall(
    matcher: Matcher, subjects: Subjects, history: Sequence[str]
) -> tuple[Topic | None, tuple[str, ...]]:
    """The topic and the part that the visitor spoke of last."""
    topic: Topic | None = None
    named: tuple[str, ...] = ()
    for text in reversed(history[-CONTEXT_MESSAGES:]):
        question = _read_one(matcher, subjects, text[:MAX_CHARS])
        if topic is None and question.topic is not None and question.topic.kind == "ask":
            topic = question.topic
        named = named or question.subjects
    return topic, named
