"""The project's facts for a question: those of its topic and part, and only what is named."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.index import Entry, ProjectIndex
from frontdesk.chat.retrieval.matching import Matcher, Topic
from frontdesk.chat.retrieval.parts import lots_of
from frontdesk.chat.retrieval.picking import money_in
from frontdesk.chat.retrieval.reading import Question
from frontdesk.chat.retrieval.telling import own_words

# Topics whose facts are lists: what is not named there is not known.
NAMED_ONLY = {"specifications", "utilities"}
WHOLE_LISTS = {"amenity", "facility", "feature", "specification", "connectivity", "nearby"}
LISTS = {"amenities", "connectivity", "utilities", "specifications", "configuration"}
MAX_THINGS = 3
_A_MONTH = re.compile(r"\b(?:a|per) month\b|\bpcm\b|/ ?month", re.IGNORECASE)


def _value(entry: Entry) -> str:
    return entry.said.fact.value if isinstance(entry.said, KnownFact) else ""


@dataclass(frozen=True, slots=True)
class FactFinder:
    """Finds facts in one project's index."""

    matcher: Matcher
    index: ProjectIndex

    def find(self, question: Question) -> list[KnownFact]:
        """Facts for the question's topic and part."""
        topic = question.topic
        if topic is None:
            if question.absent:
                return self.of_key("configuration") or self.of_key("price")
            if not question.bare:
                return []
            return [
                known for key in self.index.facts for known in self.of_key(key)
                if known.fact.subject in question.subjects
            ]  # fmt: skip
        if topic.name == "overview":
            keys = [key for key in topic.facts if key in self.index.facts]
            return [k for key in keys for k in self.of_key(key) if not k.fact.subject][:4]
        if question.absent and topic.name == "price":
            return self.of_key("price") or self.of_key("configuration")
        if question.absent and topic.name in {"size", "configuration", "availability"}:
            return self.of_key("configuration") or self.of_key("price")
        things = self.things(question, topic)
        if not things and topic.name in LISTS and question.unknown and not self._asks_all(question):
            return []
        if things:
            return self._of_subject(self._speaking_of(things, topic), question)[:MAX_THINGS]
        if topic.name == "rent" and "rent" not in self.index.facts:
            monthly = [k for k in self.of_key("price") if _A_MONTH.search(k.fact.value)]
            if monthly:  # a desk or a cabin is let, and its price is its rent
                return self._of_subject(monthly, question)
        keys = [key for key in topic.facts if key in self.index.facts]
        asked = set(question.query.content)
        keys.sort(key=lambda key: (not self._has_part(key, question), -self._overlap(key, asked)))
        for key in keys:
            facts = self.of_key(key)
            if topic.name in NAMED_ONLY:
                own = own_words(self.matcher, self.index, question)
                facts = [
                    known for known in facts
                    if self._is_named(known, asked) or own & self._words_of(known.fact.value)
                ]  # fmt: skip
            if found := self._of_subject(facts, question):
                return found
        return []

    def may_say(self, entry: Entry, things: Sequence[frozenset[str]]) -> bool:
        """An address with a place's name does not say how far the place is."""
        of_trade = all(thing <= self.matcher.trade for thing in things)
        return of_trade or not _value(entry) or any(map(str.isdigit, _value(entry)))

    def _has_part(self, key: str, question: Question) -> bool:
        return any(known.fact.subject in question.subjects for known in self.of_key(key))

    def things(self, question: Question, topic: Topic) -> list[frozenset[str]]:
        """What was asked about by name, and only what speaks of it answers: an amenity whose hours
        are asked for, a place that no list has (`how far is Hebbal`)."""
        if topic.name == "office_hours":
            return self.matcher.things_in(question.query, self.matcher.topic("amenities"))
        things = self.matcher.things_in(question.query, topic)
        if topic.name == "connectivity" and not things:
            place = [w for w in question.query.content if w not in self.matcher.trade]
            if place and not any(word[0].isdigit() for word in place):
                return [frozenset(place)]
        return things

    def _is_named(self, known: KnownFact, asked: set[str]) -> bool:
        """What has a name of its own answers for that name alone: `heating` not for the tiles."""
        name = self.index.entry_of[id(known)].called
        return bool(name & asked) or known.fact.key.rstrip("s") in known.label

    def _words_of(self, text: str) -> set[str]:
        return set(self.matcher.lexicon.content(self.matcher.lexicon.gloss(text)))

    def _asks_all(self, question: Question) -> bool:
        return any(word in WHOLE_LISTS for word in question.query.content)

    def of_key(self, key: str) -> list[KnownFact]:
        entries = self.index.facts.get(key, ())
        return [entry.said for entry in entries if isinstance(entry.said, KnownFact)]

    def _overlap(self, key: str, asked: set[str]) -> int:
        """How many of the question's words the project's own name for the fact has."""
        return max(len(asked & entry.called) for entry in self.index.facts[key])

    def _speaking_of(self, things: Sequence[frozenset[str]], topic: Topic) -> list[KnownFact]:
        """The topic's facts that name one of the things; where none does, any fact that does."""
        naming = [self.index.entries[row] for row in self.index.naming(things)]
        facts = [e for e in naming if _value(e) and self.may_say(e, things)]
        of_topic = [e for e in facts if topic.name in e.topics]
        if topic.name == "charges":  # a permit's number is no fee
            facts = [e for e in facts if "%" in _value(e) or money_in(_value(e))]
        if topic.name not in {"connectivity", "office_hours"}:
            of_topic = of_topic or facts
        elif topic.name == "connectivity" and not of_topic and len(things) == 1:
            trade = self.matcher.trade  # a thing of the trade may be in any fact, a place may not
            of_topic = facts if things[0] <= trade else []
        return [e.said for e in of_topic if isinstance(e.said, KnownFact)]

    def _of_subject(self, facts: Sequence[KnownFact], question: Question) -> list[KnownFact]:
        """Those of the parts that were asked for, or of the project as a whole."""
        if not question.subjects:
            return list(facts)
        asked = [k for k in facts if k.fact.subject and k.fact.subject in question.subjects]
        whole = [k for k in facts if not k.fact.subject]
        if not asked and not whole and all(lots_of(k.fact.subject) for k in facts):
            return list(facts)  # each tower has its date, whatever the size of the home
        return asked or whole
