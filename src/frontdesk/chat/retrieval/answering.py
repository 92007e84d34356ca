"""A reply from the project's own knowledge, without a model."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np

from frontdesk.chat.cache import KnowledgeCache
from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.matching import Corpus, Matcher, load_matcher
from frontdesk.chat.retrieval.phrases import say, suggest, tell
from frontdesk.chat.retrieval.reading import Question, Subjects, read_message
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Answer, Fact, Knowledge, Project

# Calibrated with script/eval. An entry of the project's own wins over a topic when it is nearer by
# MARGIN; without facts for the topic a weaker one will do.
ENTRY_SURE, ENTRY_WEAK, MARGIN = 0.62, 0.45, 0.05
# `Book a visit` is not a question about booking.
ENTRY_OVER_ACT = 0.85
SAME_LANGUAGE = 0.08
MAX_SENTENCES = 8
# Who writes Hindi reads English as well; the other way round it cannot be counted on.
READ_BY = {
    Language.ENGLISH: {"en"},
    Language.HINGLISH: {"en", "hi-Latn"},
    Language.HINDI: {"en", "hi-Latn", "hi"},
}


class KnowledgeReply(NamedTuple):
    """`sentences` are whole. `wants_model` is false where a model could only do worse or nothing:
    a greeting, a request for a visit, something off the topic."""

    sentences: tuple[str, ...]
    source: ReplySource
    language: Language
    topics: tuple[str, ...]
    form: Interest | None
    quick_replies: tuple[str, ...]
    wants_model: bool

    @property
    def text(self) -> str:
        return " ".join(self.sentences)


class ProjectIndex(NamedTuple):
    """A project's knowledge, ready to be searched. `entries` has one entry for each text of the
    corpus: an answer's question and the answer itself, a fact's key and part."""

    entries: tuple[Answer | Fact, ...]
    corpus: Corpus
    facts: dict[str, tuple[Fact, ...]]
    subjects: Subjects


@dataclass(frozen=True, slots=True)
class KnowledgeDesk:
    """Answers from a project's knowledge. Indexes are built on first use and kept."""

    indexes: KnowledgeCache[ProjectIndex] = field(default_factory=KnowledgeCache)

    def warm(self) -> None:
        """Load the embeddings now rather than at the first question; about half a second."""
        load_matcher()

    def reply(
        self,
        project: Project,
        knowledge: Knowledge,
        text: str,
        *,
        history: Sequence[str] = (),
        today: date,
        language: str | None = None,
    ) -> KnowledgeReply:
        """`knowledge` is already `usable` on `today`; `language` is the page's, for short texts."""
        matcher = load_matcher()
        index = self.indexes.get(
            project.id, knowledge, today, lambda: build_index(matcher, knowledge)
        )
        spoken = choose_language(matcher, text, history, language)
        questions = read_message(matcher, index.subjects, text, history)
        desk = _Answerer(matcher, index, project, spoken, today)
        return desk.reply(questions)


def choose_language(
    matcher: Matcher, text: str, history: Sequence[str], page_language: str | None
) -> Language:
    """The language of the message; where that says nothing, of the talk so far, then the page's."""
    for said in (text, *reversed(history)):
        if found := matcher.lexicon.detect(said):
            return found
    return Language.HINDI if (page_language or "").lower().startswith("hi") else Language.ENGLISH


def build_index(matcher: Matcher, knowledge: Knowledge) -> ProjectIndex:
    searchable: list[tuple[Answer | Fact, str]] = [
        *((answer, answer.question) for answer in knowledge.answers),
        *((answer, answer.answer) for answer in knowledge.answers),
        *((fact, f"{fact.key.replace('_', ' ')} {fact.subject}") for fact in knowledge.facts),
    ]
    entries: tuple[Answer | Fact, ...] = tuple(entry for entry, _ in searchable)
    corpus = matcher.build_corpus([text for _, text in searchable])
    facts: dict[str, tuple[Fact, ...]] = {}
    for fact in knowledge.facts:
        facts[fact.key] = (*facts.get(fact.key, ()), fact)
    words = {
        fact.subject: frozenset(matcher.lexicon.gloss(fact.subject))
        for fact in knowledge.facts
        if fact.subject
    }
    bedrooms = {word for found in words.values() if "bhk" in found for word in found}
    for fact in facts.get("configuration", ()):
        if "bhk" in fact.value.lower():
            bedrooms |= set(re.findall(r"\d(?:\.5)?", fact.value))
    return ProjectIndex(
        entries,
        corpus,
        facts,
        Subjects(words, frozenset(word for word in bedrooms if word[0].isdigit())),
    )


@dataclass(frozen=True, slots=True)
class _Answerer:
    """One message's answer: what stays the same over its questions."""

    matcher: Matcher
    index: ProjectIndex
    project: Project
    language: Language
    today: date

    def reply(self, questions: Sequence[Question]) -> KnowledgeReply:
        sentences: list[str] = []
        unknown = False
        for question in questions:
            found = self._answer(question)
            unknown = unknown or not found
            sentences.extend(sentence for sentence in found if sentence not in sentences)
        sentences = sentences[:MAX_SENTENCES]
        known = bool(sentences)
        if unknown:
            sentences.append(self._offer())
        topics = tuple(q.topic.name for q in questions if q.topic is not None)
        declined = any(q.topic is not None and q.topic.kind == "off_topic" for q in questions)
        return KnowledgeReply(
            sentences=tuple(sentences),
            source=ReplySource.KNOWLEDGE if known else ReplySource.OFFER,
            language=self.language,
            topics=topics,
            form=self._form(questions, unknown),
            quick_replies=self._suggestions(topics),
            wants_model=not declined
            and any(q.topic is None or q.topic.kind == "ask" for q in questions),
        )

    def _answer(self, question: Question) -> list[str]:
        """The sentences that answer it; none where the project's knowledge does not."""
        topic = question.topic
        if topic is not None and topic.kind == "off_topic":
            return [self._say("off_topic")]
        if topic is not None and topic.kind == "talk":
            return [self._say(topic.name)]
        entry, score = self._nearest(question)
        facts = self._facts(question)
        acts = topic is not None and topic.kind == "act"
        sure = ENTRY_OVER_ACT if acts else ENTRY_SURE
        readable = not facts or self._is_readable(entry)
        if (
            entry is not None
            and readable
            and (
                score >= max(sure, question.score + MARGIN)
                or (not facts and not acts and score >= ENTRY_WEAK and topic is not None)
            )
        ):
            if isinstance(entry, Answer):
                return [entry.answer]
            facts = facts or self._of_subject(self.index.facts[entry.key], question) or [entry]
        if topic is not None and acts:
            return [
                *tell(self.language, self.project.name, facts, self.today),
                self._say(topic.name),
            ]
        told = tell(self.language, self.project.name, facts, self.today)
        if question.absent:
            return [self._say("no_subject", subject=question.absent), *told]
        return told

    def _facts(self, question: Question) -> list[Fact]:
        """Facts for the question's topic and part, of the first key that has any."""
        by_key = self.index.facts
        if question.topic is None:
            if question.absent:
                return list(by_key.get("configuration", ()))
            return [
                fact for facts in by_key.values() for fact in facts
                if fact.subject in question.subjects
            ]  # fmt: skip
        if question.topic.name == "overview":
            keys = [key for key in question.topic.facts if key in by_key]
            return [fact for key in keys for fact in by_key[key] if not fact.subject][:4]
        for key in question.topic.facts:
            if key in by_key:
                return self._of_subject(by_key[key], question)
        return []

    def _of_subject(self, facts: Sequence[Fact], question: Question) -> list[Fact]:
        """Those of the parts that were asked for; where there are none such, all."""
        asked = [fact for fact in facts if fact.subject and fact.subject in question.subjects]
        general = [fact for fact in facts if not fact.subject]
        if question.subjects:
            return asked or general or list(facts)
        return list(facts)

    def _nearest(self, question: Question) -> tuple[Answer | Fact | None, float]:
        """The entry that is nearest; one in the visitor's language where it is about as near."""
        if not self.index.entries:
            return None, 0.0
        scores = self.index.corpus.scores(question.query)
        best = float(scores.max())
        near = [
            (float(scores[row]), self.index.entries[row])
            for row in np.flatnonzero(scores >= best - SAME_LANGUAGE)
        ]
        near.sort(
            key=lambda pair: (self._is_spoken(pair[1]), pair[0]),
            reverse=True,
        )
        return near[0][1], near[0][0]

    def _is_spoken(self, entry: Answer | Fact) -> bool:
        return isinstance(entry, Answer) and entry.language == self.language

    def _is_readable(self, entry: Answer | Fact | None) -> bool:
        return not isinstance(entry, Answer) or entry.language in READ_BY[self.language]

    def _form(self, questions: Sequence[Question], unknown: bool) -> Interest | None:
        forms = [q.topic.form for q in questions if q.topic is not None and q.topic.form]
        if Interest.VISIT in forms:
            return Interest.VISIT
        if forms:
            return forms[0]
        return Interest.OTHER if unknown else None

    def _offer(self) -> str:
        hours = self.index.facts.get("office_hours", ())
        line = self._say("hours", value=hours[0].value.rstrip(".")) if hours else ""
        return self._say("unknown", hours=line)

    def _suggestions(self, topics: Sequence[str]) -> tuple[str, ...]:
        known = {topic.name for topic in self.matcher.topics if not topic.facts} | {
            topic.name
            for topic in self.matcher.topics
            if any(key in self.index.facts for key in topic.facts)
        }
        wanted = ("price", "size", "possession", "location", "amenities", "payment_plan")
        open_topics = [t for t in wanted if t in known and t not in topics][:3]
        return suggest(self.language, [*open_topics, *(["visit"] if "visit" not in topics else [])])

    def _say(self, phrase: str, **values: str) -> str:
        return say(self.language, phrase, project=self.project.name, **values)
