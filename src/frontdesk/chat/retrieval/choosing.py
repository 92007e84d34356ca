"""What answers one question: facts, an answer of the project's own, or a page's words."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.finding import LISTS, MAX_THINGS, FactFinder
from frontdesk.chat.retrieval.fitting import (
    WIDE,
    Fit,
    covering,
    heavy_words,
    text_of,
)
from frontdesk.chat.retrieval.index import Entry, Passage, ProjectIndex, Said
from frontdesk.chat.retrieval.kinds import is_of_kind
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.matching import Matcher, Topic
from frontdesk.chat.retrieval.parts import bedrooms_in
from frontdesk.chat.retrieval.phrases import say, tell
from frontdesk.chat.retrieval.picking import pick
from frontdesk.chat.retrieval.reading import SURE, Question
from frontdesk.chat.retrieval.telling import in_percent, own_words, rows_of_own_words, told_apart
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
TOPIC_SURE, ENTRY_SOLE = 0.60, 0.08
# One that has a word of the project's own which the facts lack (`escrow`).
ENTRY_OWN = 0.40
SAME_LANGUAGE = 0.08
FEW = 2
# A phrase that makes a question off the topic whatever else it says.
CERTAIN = 1.0
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


@dataclass(frozen=True, slots=True)
class Chooser:
    """Answers single questions about one project, in one language."""

    matcher: Matcher
    index: ProjectIndex
    project: Project
    language: Language
    today: date

    @property
    def finder(self) -> FactFinder:
        return FactFinder(self.matcher, self.index)

    @property
    def _fit(self) -> Fit:
        return Fit(self.matcher, self.index, self.finder)

    def answer(self, question: Question) -> list[str]:
        """The sentences that answer it; none where the project's knowledge does not."""
        topic = question.topic
        if topic is not None and topic.kind == "off_topic":
            return self._own_of_topic(question) or [self._say("off_topic")]
        if topic is not None and topic.kind == "talk":
            return [self._say(topic.name)]
        directions = DIRECTIONS & set(question.query.content)
        if (
            topic is not None
            and topic.name == "facing"
            and directions - self.index.rows_of_word.keys()
        ):
            return []  # what is said of the east is no answer about the north
        if called := self._called(question):
            return self._tell(called)
        found = self.finder.find(question)
        if topic is not None and topic.kind == "ask" and topic.name not in LISTS:
            apart = told_apart(self.matcher, self.index, question, found) or in_percent(
                self.index, question, found
            )
            found = apart[:MAX_THINGS] or found
        found = self._fit.of_parts(question, found)
        facts, none_within = pick(found, question.text, " ".join(question.query.words))
        facts = self._fit.facts(question, facts)
        entry, score = self._nearest(question)
        said, entry_topics = (entry.said, entry.topics) if entry is not None else (None, ())
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
            return [*self._beside_act(question, topic), *self._tell(facts), self._say(topic.name)]
        strays = topic is not None and topic.name not in WIDE and topic.name not in entry_topics
        if not facts and isinstance(said, KnownFact) and score >= FACT_SURE and not strays:
            facts = self._fit.facts(question, [said])
        if (
            not facts
            and isinstance(said, Passage)
            and score >= PASSAGE_SURE
            and not question.unknown
        ):
            return [self._say("page", quote=said.text.rstrip(". "), title=said.title)]
        if not facts and not question.absent:
            facts, covering = self._covering(question)
            if covering is not None:
                return [covering.answer]
        told = self._tell(facts)
        if question.absent:
            return [self._say("no_subject", subject=question.absent), *told]
        if none_within:
            return [self._say("none_within"), *told]
        return told

    def _own_of_topic(self, question: Question) -> list[str]:
        """What the project itself says of what looks off the topic: a day pass, a bike store."""
        if question.score >= CERTAIN:
            return []
        if called := self._called(question):
            return self._tell(called)
        facts, covering = self._covering(question._replace(topic=None))
        return [covering.answer] if covering is not None else self._tell(facts)

    def _called(self, question: Question) -> list[KnownFact]:
        """The facts that no topic knows (`day pass`, `virtual office`) by their whole names."""
        asked = set(question.query.content)
        named = [
            entry.said
            for name, entry in self.index.own_names
            if name <= asked and isinstance(entry.said, KnownFact)
        ]
        return self._fit.facts(question._replace(topic=None), named) if named else []

    def _beside_act(self, question: Question, topic: Topic) -> list[str]:
        """What the project says of it itself: when the show home is open, who fetches visitors."""
        if question.second is not None:
            return self.answer(question._replace(topic=question.second, second=None, likely=()))
        own = [e.said for e in self.index.entries if topic.name == "visit" and "visit" in e.topics]
        answers = [said for said in own if isinstance(said, Answer) and self._is_readable(said)]
        return [said.answer for said in answers[:1]]

    def _covering(self, question: Question) -> tuple[list[KnownFact], Answer | None]:
        """The fact or the answer that speaks of every word of the question, where few do."""
        if question.unknown:
            return [], None
        rows = covering(self.matcher, self.index, question, self._fit.parts(question))
        scores = self.index.scores(question.query, question.topic)
        for row in sorted(rows, key=lambda row: -float(scores[row])):
            said = self.index.entries[row].said
            if isinstance(said, KnownFact):
                if self._fit.of_parts(question, [said]) and is_of_kind(question, text_of(said)):
                    return [said], None
            elif (
                isinstance(said, Answer)
                and self._is_readable(said)
                and is_of_kind(question, f"{said.question} {said.answer}")
            ):
                return [], said
        return [], None

    def _own_answer(self, question: Question, facts: Sequence[KnownFact]) -> Answer | None:
        """An answer to a question in the project's own words, where facts say nothing of them."""
        rows = rows_of_own_words(self.matcher, self.index, question, facts)
        scores = self.index.scores(question.query, None)
        row = max(rows, key=lambda row: float(scores[row]), default=None)
        if row is None or scores[row] < ENTRY_OWN:
            return None
        entry, topic = self.index.entries[row], question.topic
        # `Ground floor` in an answer about the sample home says nothing of the floors.
        aside = topic is not None and topic.name not in entry.topics
        if aside and own_words(self.matcher, self.index, question).isdisjoint(entry.asked):
            return None
        said = entry.said
        return said if isinstance(said, Answer) and self._is_readable(said) else None

    def near(self, question: Question) -> list[str]:
        """Where a thing is not among what is listed: that it is not, and what is."""
        if question.topic is None or question.topic.name != "amenities":
            return []
        things = self.finder.things(question, question.topic)
        if any(known for known in self.finder.of_key("amenities")) and self.index.naming(things):
            return []  # it is there; what else was asked of it is not known
        listed = "; ".join(
            known.fact.value.rstrip(". ") for known in self.finder.of_key("amenities")
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
        if not isinstance(entry.said, Answer) or not self._fit.answer(question, entry):
            return False
        acts = question.topic is not None and question.topic.kind == "act"
        if has_facts and self._asks_the_same(question, entry):
            return True
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
        things = [] if question.topic is None else self.finder.things(question, question.topic)
        named = not question.unknown and any(thing <= entry.words for thing in things)
        return score >= (ENTRY_AGREED if named else ENTRY_WEAK)

    def _asks_the_same(self, question: Question, entry: Entry) -> bool:
        """Whether an answer's own question has every word of this one, and one more than its topic
        is known by (`what is included in the rent`)."""
        topic = question.topic
        said = entry.said
        if topic is None or topic.kind != "ask" or not isinstance(said, Answer):
            return False
        heavy = heavy_words(self.matcher, question.query.content, self._fit.parts(question))
        return self._is_readable(said) and bool(heavy - topic.words) and heavy <= entry.asked

    def _asks_how_far(self, question: Question) -> bool:
        """Of a place by name: `how far is the airport`."""
        topic = question.topic
        if topic is None or topic.name != "connectivity" or FAR.isdisjoint(question.query.words):
            return False
        return bool(self.finder.things(question, topic))

    def _says_how_far(self, entry: Entry, question: Question) -> bool:
        """An answer that names the place and has a distance needs no words of the question's."""
        topic = question.topic
        if topic is None or topic.name != "connectivity" or not isinstance(entry.said, Answer):
            return False
        named = any(thing <= entry.words for thing in self.finder.things(question, topic))
        return named and not question.unknown and bool(_DISTANCE.search(entry.said.answer))

    def _is_sole(self, topic: str) -> bool:
        """Little else of the project is about this."""
        return len(self.index.rows_of_topic.get(topic, ())) <= FEW

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
            things = self.finder.things(question, question.topic)
            if things:
                kept = [
                    r for r in index.naming(things) if self.finder.may_say(index.entries[r], things)
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

    def _say(self, phrase: str, **values: str) -> str:
        return say(self.language, phrase, project=self.project.name, **values)
