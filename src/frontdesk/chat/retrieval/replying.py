"""The reply to what was read from a message: the facts and answers for it, or an offer to ask."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

import numpy as np

from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.finding import LISTS, MAX_THINGS, FactFinder
from frontdesk.chat.retrieval.index import Entry, Passage, ProjectIndex, Said
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.matching import Matcher
from frontdesk.chat.retrieval.phrases import name_of, say, suggest, tell
from frontdesk.chat.retrieval.picking import pick
from frontdesk.chat.retrieval.reading import SURE, Question, bedrooms_in
from frontdesk.chat.retrieval.telling import in_percent, own_words, rows_of_own_words, told_apart
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Answer, Project

# Calibrated with script/eval. An entry of the project's own wins over a topic when it is nearer by
# MARGIN; without facts for the topic a weaker one will do.
ENTRY_SURE, ENTRY_WEAK, MARGIN = 0.62, 0.50, 0.05
FACT_SURE = 0.50
# A page of text is quoted where nothing else knows, and every word of the question is in it.
PASSAGE_SURE = 0.55
# `Book a visit` is not a question about booking.
ENTRY_OVER_ACT = 0.62
# An answer that is about the question's topic needs less of its words.
ENTRY_AGREED = 0.42
# A topic as sure as this is answered by the only answer that is about it.
TOPIC_SURE, ENTRY_SOLE = 0.60, 0.15
# One that has a word of the project's own which the facts lack (`escrow`).
ENTRY_OWN = 0.40
SAME_LANGUAGE = 0.08
MAX_SENTENCES = 8
_DISTANCE = re.compile(
    r"\d[ -]?(?:km|kms|kilomet\w+|m|met\w+|miles?|mins?|minutes?)\b"
    r"|\d ?(?:किमी|किलोमीटर|मीटर|मिनट)",
    re.IGNORECASE,
)
FAR = frozenset({"distance", "far", "long"})
DIRECTIONS = frozenset({"north", "east", "south", "west"})
MAX_LISTED_CHARS = 400
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


@dataclass(frozen=True, slots=True)
class Answerer:
    """One message's answer: what stays the same over its questions."""

    matcher: Matcher
    index: ProjectIndex
    project: Project
    language: Language
    today: date

    @property
    def _finder(self) -> FactFinder:
        return FactFinder(self.matcher, self.index)

    def reply(self, questions: Sequence[Question]) -> KnowledgeReply:
        if likely := self._likely(questions):
            return self._ask_back(likely)
        sentences: list[str] = []
        near: list[str] = []
        unknown = False
        for question in questions:
            found = self._answer(question)
            if not found and question.second is not None:
                # The project may know it by the other name: a visa's eligibility, for foreigners.
                found = self._answer(question._replace(topic=question.second, likely=()))
            if not found:
                unknown = True
                near.extend(self._near(question))
            sentences.extend(sentence for sentence in found if sentence not in sentences)
        sentences = sentences[:MAX_SENTENCES]
        known = bool(sentences)
        if unknown:
            sentences += [*near[:1], self._offer()]
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

    def _ask_back(self, likely: Sequence[str]) -> KnowledgeReply:
        one, other = (name_of(self.language, name).lower() for name in likely)
        return KnowledgeReply(
            sentences=(self._say("choose", one=one, other=other),),
            source=ReplySource.KNOWLEDGE,
            language=self.language,
            topics=tuple(likely),
            form=None,
            quick_replies=suggest(self.language, [*likely, "call"]),
            wants_model=True,
        )

    def _likely(self, questions: Sequence[Question]) -> list[str]:
        """Two topics that a question may be about and that the project can answer; or none."""
        if len(questions) > 1:
            return []
        asked = set(questions[0].query.content)
        if any(asked <= entry.words for entries in self.index.facts.values() for entry in entries):
            return []  # the project calls a fact so
        known = [
            topic
            for topic in questions[0].likely
            if name_of(self.language, topic)
            and any(key in self.index.facts for key in self.matcher.topic(topic).facts)
        ]
        return known[:2] if len(known) > 1 else []

    def _answer(self, question: Question) -> list[str]:
        """The sentences that answer it; none where the project's knowledge does not."""
        topic = question.topic
        if topic is not None and topic.kind == "off_topic":
            return [self._say("off_topic")]
        if topic is not None and topic.kind == "talk":
            return [self._say(topic.name)]
        directions = DIRECTIONS & set(question.query.content)
        if (
            topic is not None
            and topic.name == "facing"
            and directions - self.index.rows_of_word.keys()
        ):
            return []  # what is said of the east is no answer about the north
        found = self._finder.find(question)
        if topic is not None and topic.kind == "ask" and topic.name not in LISTS:
            apart = told_apart(self.matcher, self.index, question, found) or in_percent(
                self.index, question, found
            )
            found = apart[:MAX_THINGS] or found
        facts, none_within = pick(found, question.text, " ".join(question.query.words))
        entry, score = self._nearest(question)
        said = entry.said if entry is not None else None
        acts = topic is not None and topic.kind == "act"
        own = None if self._asks_how_far(question) else self._own_answer(question, facts)
        if entry is not None and self._answers(entry, score, question, bool(facts)):
            is_closer = own is not None and entry.words.isdisjoint(
                own_words(self.matcher, self.index, question)
            )
            nearest = own if is_closer else said
            return [nearest.answer] if isinstance(nearest, Answer) else []
        if own is not None:
            return [own.answer]
        if acts and topic is not None:
            return [*self._tell(facts), self._say(topic.name)]
        if not facts and isinstance(said, KnownFact) and score >= FACT_SURE:
            facts = [said]
        if (
            not facts
            and isinstance(said, Passage)
            and score >= PASSAGE_SURE
            and not question.unknown
        ):
            return [self._say("page", quote=said.text.rstrip(". "), title=said.title)]
        told = self._tell(facts)
        if question.absent:
            return [self._say("no_subject", subject=question.absent), *told]
        if none_within:
            return [self._say("none_within"), *told]
        return told

    def _own_answer(self, question: Question, facts: Sequence[KnownFact]) -> Answer | None:
        """An answer to a question in the project's own words, where facts say nothing of them."""
        rows = rows_of_own_words(self.matcher, self.index, question, facts)
        scores = self.index.scores(question.query, None)
        row = max(rows, key=lambda row: float(scores[row]), default=None)
        if row is None or scores[row] < ENTRY_OWN:
            return None
        said = self.index.entries[row].said
        return said if isinstance(said, Answer) and self._is_readable(said) else None

    def _near(self, question: Question) -> list[str]:
        """Where a thing is not among what is listed: that it is not, and what is."""
        if question.topic is None or question.topic.name != "amenities":
            return []
        listed = "; ".join(
            known.fact.value.rstrip(". ") for known in self._finder.of_key("amenities")
        )
        if not listed or len(listed) > MAX_LISTED_CHARS:
            return []
        return [self._say("not_listed", value=listed)]

    def _answers(
        self,
        entry: Entry,
        score: float,
        question: Question,
        has_facts: bool,
    ) -> bool:
        """Whether it is an answer of the project's own, near enough to be given."""
        if not isinstance(entry.said, Answer):
            return False
        acts = question.topic is not None and question.topic.kind == "act"
        if has_facts:
            sure = ENTRY_OVER_ACT if acts else ENTRY_SURE
            return self._is_readable(entry.said) and score >= max(sure, question.score + MARGIN)
        if acts:
            return score >= ENTRY_OVER_ACT
        if self._asks_how_far(question):
            return self._says_how_far(entry, question) or score >= ENTRY_SURE
        if question.topic is not None and question.topic.name in entry.topics:
            if (
                question.score >= TOPIC_SURE
                and not question.unknown
                and score >= ENTRY_SOLE
                and self._is_sole(question.topic.name)
            ):
                return True
            # The surer the topic, the less has to be said in the same words.
            return score >= ENTRY_AGREED - (question.score - SURE) / 4
        things = [] if question.topic is None else self._finder.things(question, question.topic)
        named = not question.unknown and any(thing <= entry.words for thing in things)
        return score >= (ENTRY_AGREED if named else ENTRY_WEAK)

    def _asks_how_far(self, question: Question) -> bool:
        """Of a place by name: `how far is the airport`."""
        topic = question.topic
        if topic is None or topic.name != "connectivity" or FAR.isdisjoint(question.query.words):
            return False
        return bool(self._finder.things(question, topic))

    def _says_how_far(self, entry: Entry, question: Question) -> bool:
        """An answer that names the place and has a distance needs no words of the question's."""
        topic = question.topic
        if topic is None or topic.name != "connectivity" or not isinstance(entry.said, Answer):
            return False
        named = any(thing <= entry.words for thing in self._finder.things(question, topic))
        return named and not question.unknown and bool(_DISTANCE.search(entry.said.answer))

    def _is_sole(self, topic: str) -> bool:
        """Nothing else of the project is about this."""
        return len(self.index.rows_of_topic.get(topic, ())) == 1

    def _nearest(self, question: Question) -> tuple[Entry | None, float]:
        """The entry that is nearest; one in the visitor's language where it is
        about as near.

        Where the question names things of its topic, the entry has to speak of one.
        """
        index = self.index
        if not index.entries:
            return None, 0.0
        scores = index.scores(question.query, question.topic)
        if question.topic is not None:
            things = self._finder.things(question, question.topic)
            if things:
                kept = [
                    r
                    for r in index.naming(things)
                    if self._finder.may_say(index.entries[r], things)
                ]
                named = scores[kept]
                scores[:] = 0
                scores[kept] = named
        if asked := bedrooms_in(question.text):
            others = [
                r for r, e in enumerate(index.entries) if e.bedrooms and not e.bedrooms & asked
            ]
            scores[others] = 0
        best = float(scores.max())
        near = [
            (float(scores[row]), index.entries[row])
            for row in np.flatnonzero(scores >= best - SAME_LANGUAGE)
        ]
        near.sort(key=lambda pair: (self._is_spoken(pair[1].said), pair[0]), reverse=True)
        score, entry = near[0]
        return entry, score

    def _tell(self, facts: Sequence[KnownFact]) -> list[str]:
        return tell(self.language, self.project.name, facts, self.today)

    def _is_spoken(self, entry: Said) -> bool:
        return isinstance(entry, Answer) and entry.language == self.language

    def _is_readable(self, entry: Answer) -> bool:
        return entry.language in READ_BY[self.language]

    def _form(self, questions: Sequence[Question], unknown: bool) -> Interest | None:
        forms = [q.topic.form for q in questions if q.topic is not None and q.topic.form]
        if Interest.VISIT in forms:
            return Interest.VISIT
        if forms:
            return forms[0]
        return Interest.OTHER if unknown else None

    def _offer(self) -> str:
        hours = self._finder.of_key("office_hours")
        line = self._say("hours", value=hours[0].fact.value.rstrip(".")) if hours else ""
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
