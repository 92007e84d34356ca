"""The reply to what was read from a message: what answers its questions, or an offer to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.choosing import Chooser
from frontdesk.chat.retrieval.index import ProjectIndex
from frontdesk.chat.retrieval.instalments import CONTEXT_MESSAGES, Instalment, currency_in
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.matching import Matcher
from frontdesk.chat.retrieval.phrases import name_of, say, say_instalment, suggest, tell
from frontdesk.chat.retrieval.picking import money_in
from frontdesk.chat.retrieval.reading import Question
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Project

MAX_SENTENCES = 8
# What a message about a monthly instalment may be taken for.
OF_A_LOAN = frozenset(
    {"charges", "configuration", "loan", "maintenance", "payment_plan", "rent", "size"}
)


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
    def _chooser(self) -> Chooser:
        return Chooser(self.matcher, self.index, self.project, self.language, self.today)

    def reply(self, questions: Sequence[Question]) -> KnowledgeReply:
        if likely := self._likely(questions):
            return self._ask_back(likely)
        sentences: list[str] = []
        near: list[str] = []
        unknown = False
        for question in questions:
            found = self._chooser.answer(question)
            # The project may know it by another name: a visa's eligibility, for foreigners.
            for other in () if found else dict.fromkeys((question.second, *question.others)):
                if other is not None and not found:
                    found = self._chooser.answer(question._replace(topic=other, likely=()))
            if not found:
                unknown = True
                near.extend(self._chooser.near(question))
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

    def with_instalment(
        self,
        known: KnowledgeReply,
        questions: Sequence[Question],
        asked: Instalment,
        history: Sequence[str],
    ) -> KnowledgeReply:
        """The monthly instalment of a loan, or what is missing to work it out. Where a part is
        named and no amount, it is its price that is asked about."""
        if asked.is_bare and known.source is ReplySource.KNOWLEDGE and known.topics == ("loan",):
            return known  # the project says something of it itself
        parts = [name for question in questions for name in question.subjects]
        for said in reversed(history[-CONTEXT_MESSAGES:]):
            parts = parts or list(self.index.subjects.find(self.matcher.read(said), said)[0])
        prices = [
            k for k in self._chooser.finder.of_key("price") if not parts or k.fact.subject in parts
        ]
        told: list[str] = []
        currency = asked.currency or next((currency_in(k.fact.value) for k in prices), "")
        if asked.amount is None and len(prices) == 1 and (price := money_in(prices[0].fact.value)):
            asked = asked._replace(amount=float(price), of_price=True)
            told = tell(self.language, self.project.name, prices, self.today)
        asked = asked._replace(currency=currency)
        others = set(known.topics) - OF_A_LOAN - ({"price"} if len(questions) == 1 else set())
        kept = known.sentences if others and known.source is ReplySource.KNOWLEDGE else ()
        return known._replace(
            sentences=(*kept, *told, say_instalment(self.language, asked)),
            source=ReplySource.KNOWLEDGE,
            topics=(*(t for t in known.topics if t in others), "loan"),
            form=known.form if others else None,
            wants_model=False,
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

    def _form(self, questions: Sequence[Question], unknown: bool) -> Interest | None:
        forms = [q.topic.form for q in questions if q.topic is not None and q.topic.form]
        if Interest.VISIT in forms:
            return Interest.VISIT
        if forms:
            return forms[0]
        return Interest.OTHER if unknown else None

    def _offer(self) -> str:
        hours = self._chooser.finder.of_key("office_hours")
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
