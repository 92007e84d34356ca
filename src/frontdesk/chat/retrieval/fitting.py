"""Whether what was found fits what was asked. Near is not enough to be told.

It has to speak of the same part (`3 BHK`, `phase 2`), be of the kind that was asked for (a date for
`when`, money for a price), and leave no word of the question unspoken of that changes what it means
(`registry included in the price`). docs/decisions/0013.
"""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.finding import FactFinder
from frontdesk.chat.retrieval.index import Entry, ProjectIndex
from frontdesk.chat.retrieval.kinds import is_of_kind, words_of_figures
from frontdesk.chat.retrieval.language import singular
from frontdesk.chat.retrieval.matching import Matcher, Topic
from frontdesk.chat.retrieval.parts import KINDS, bedrooms_in, lots_in
from frontdesk.chat.retrieval.reading import ASKING, Question
from frontdesk.chat.retrieval.telling import ANY_PROJECT, said_by
from frontdesk.projects.model import Answer

# Topics that are asked about in many ways, and what is told is more than a bare figure or name.
WIDE = frozenset(
    {"discount", "investment", "loan", "meals", "medical", "nri", "overview", "parking", "pets"}
    | {"specifications", "utilities"}
)
# Kinds of home that are a part of a project beside others, and never all of what it is.
PARTS = frozenset(
    {"bungalow", "cottage", "duplex", "kiosk", "mansion", "office", "penthouse", "shop", "studio"}
    | {"townhouse"}
)
LEAST_HEAVY, MIN_STEM, STEM = 2, 4, 5
MAX_CANDIDATES, MAX_COVERING = 24, 3
# Nobody is told more in one reply.
MAX_FACTS = 24


@dataclass(frozen=True, slots=True)
class Fit:
    """Of one project: which facts and answers fit a question."""

    matcher: Matcher
    index: ProjectIndex
    finder: FactFinder

    def facts(self, question: Question, facts: Sequence[KnownFact]) -> list[KnownFact]:
        """Those of the parts and of the kind that were asked for; none where the question has a
        word that they leave unspoken of."""
        topic = question.topic
        kept = self.of_parts(question, facts)[:MAX_FACTS]
        if topic is None and not question.bare and not question.absent:
            return [] if self._left(question, kept, set()) else kept
        if topic is None or topic.kind != "ask":
            return kept
        kept = [known for known in kept if is_of_kind(question, text_of(known))]
        if (things := self.finder.things(question, topic)) and topic.name != "office_hours":
            kept = [k for k in kept if any(t <= said_by(self.index, [k]) for t in things)]
        if not kept:
            return []
        kept = self._narrow(question, topic, kept)
        return [] if self._matter(topic, self._left(question, kept, {topic})) else kept

    def _left(
        self, question: Question, facts: Sequence[KnownFact], topics: set[Topic]
    ) -> list[str]:
        """The words that these facts leave unspoken of; `topics` count where more than one topic
        asks for them."""
        asking = {t for known in facts for t in self.matcher.asking_for(known.fact.key)}
        asking |= topics if len(asking) > 1 else set()
        vocabulary = frozenset().union(*(self._vocabulary(each) for each in asking))
        said = said_by(self.index, facts) | words_of_figures(" ".join(map(text_of, facts)))
        return unspoken(self.matcher, question, self.parts(question), said, vocabulary)

    def answer(self, question: Question, entry: Entry) -> bool:
        """Whether an answer is of the kind that was asked for and leaves no word unspoken of."""
        topic = question.topic
        if topic is None or topic.kind != "ask" or not isinstance(entry.said, Answer):
            return True
        if not is_of_kind(question, f"{entry.said.question} {entry.said.answer}"):
            return False
        said = entry.words | words_of_figures(entry.said.answer)
        left = unspoken(self.matcher, question, self.parts(question), said, self._vocabulary(topic))
        return not self._matter(topic, left)

    def of_parts(self, question: Question, facts: Sequence[KnownFact]) -> list[KnownFact]:
        """Without the facts of other parts than the question's: other homes, phases, kinds."""
        homes, lots = bedrooms_in(question.text), lots_in(question.text)
        kinds = PARTS & {singular(word) for word in question.query.words}
        if question.absent or not (homes or lots or kinds):
            return list(facts)
        return [k for k in facts if not self._is_other(k, homes, lots, kinds)]

    def _is_other(
        self,
        known: KnownFact,
        homes: AbstractSet[str],
        lots: AbstractSet[tuple[str, str]],
        kinds: AbstractSet[str],
    ) -> bool:
        entry = self.index.entry_of.get(id(known))
        if entry is None or not known.fact.subject:
            return False
        if homes and entry.bedrooms and not homes & entry.bedrooms:
            return True
        alike = {kind for kind, _ in lots} & {kind for kind, _ in entry.lots}
        return bool(alike and not lots & entry.lots) or bool(kinds and not kinds & entry.words)

    def parts(self, question: Question) -> frozenset[str]:
        """The words of the parts that a question names."""
        words = self.index.subjects.words
        return frozenset({"bhk"}).union(*(words[name] for name in question.subjects))

    def _narrow(self, question: Question, topic: Topic, facts: list[KnownFact]) -> list[KnownFact]:
        """`East facing extra`: of several facts alike, the one that is called by the question."""
        if topic.name != "location_premium" or len(facts) < 2:
            return facts
        asked = set(question.query.content) - {"extra", "premium", "charge", "plot"}
        words = self.matcher.lexicon.gloss
        return [k for k in facts if asked & {singular(w) for w in words(k.label)}] or facts

    def _vocabulary(self, topic: Topic) -> frozenset[str]:
        return self.matcher.vocabulary[topic.name] | topic.words

    def _matter(self, topic: Topic, left: Sequence[str]) -> bool:
        """Whether words left unspoken of make it another question."""
        if topic.name not in WIDE:
            return bool(left)
        return any(word in self.matcher.cues for word in left)


def unspoken(
    matcher: Matcher,
    question: Question,
    parts: AbstractSet[str],
    said: AbstractSet[str],
    vocabulary: AbstractSet[str],
) -> list[str]:
    """The words of a question that what would be told leaves unspoken of: neither `said` there nor
    in the `vocabulary` of who asks about it; `parts` are the words of the parts it names."""
    usual = ASKING | KINDS | ANY_PROJECT | parts | matcher.lexicon.filler | vocabulary | said
    left = [w for w in question.query.content if w not in usual and matcher.is_heavy(w)]
    spoken = said | vocabulary
    return [w for w in left if not (_begins(w, spoken) or matcher.embedding.is_near(w, spoken))]


def _begins(word: str, others: AbstractSet[str]) -> bool:
    """`view` of `viewing`, `waiver` of `waived`."""
    stem = word[:STEM] if len(word) > STEM else None
    return any(
        len(other) >= MIN_STEM
        and (other.startswith(word) or word.startswith(other) or other[:STEM] == stem)
        for other in others
    )


def heavy_words(matcher: Matcher, words: Iterable[str], parts: AbstractSet[str]) -> set[str]:
    """Those that say what a question is about, beside any home or project."""
    light = ASKING | KINDS | ANY_PROJECT | parts | matcher.lexicon.filler
    return {word for word in words if word not in light and matcher.is_heavy(word)}


def covering(
    matcher: Matcher, index: ProjectIndex, question: Question, parts: AbstractSet[str]
) -> list[int]:
    """The rows of what speaks of all that a question is about; none where it is about one thing
    that others speak of as well, or many rows do."""
    heavy = heavy_words(matcher, question.query.content, parts)
    known = sorted(
        (index.rows_of_word[word] for word in heavy if word in index.rows_of_word), key=len
    )
    if not known or (len(heavy) < LEAST_HEAVY and len(known[0]) > 1):
        return []
    rows = sorted({row for found in known[:2] for row in found})[:MAX_CANDIDATES]
    found = [row for row in rows if _covers(matcher, index.entries[row], heavy)]
    return found if len(found) <= MAX_COVERING else []


def _covers(matcher: Matcher, entry: Entry, heavy: AbstractSet[str]) -> bool:
    """Every word is there, and one of those that the trade has in what the entry is about: `tower`
    and `ready` in an answer about a sample flat say nothing of when the tower is."""
    about = entry.asked or entry.words
    if heavy <= matcher.trade and heavy.isdisjoint(about):
        return False
    return all(w in entry.words or matcher.embedding.is_near(w, entry.words) for w in heavy)


def text_of(known: KnownFact) -> str:
    """A fact as a text: what it is called, of what, and what it says."""
    return f"{known.label} {known.fact.subject} {known.fact.value}"
