"""Conversations and messages: what a visitor and Frontdesk (or a member of staff) say."""

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal, NamedTuple

from pydantic import AwareDatetime, Field, StringConstraints

from frontdesk.clock import Instant
from frontdesk.leads.model import Attribution
from frontdesk.model import Model

MessageText = Annotated[
    str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)
]


class Author(StrEnum):
    VISITOR = "visitor"
    DESK = "desk"  # Frontdesk itself
    MEMBER = "member"  # a person who stepped in


class ReplySource(StrEnum):
    """Which link of the answering chain made a reply."""

    MODEL = "model"
    KNOWLEDGE = "knowledge"
    OFFER = "offer"


class PageFact(Model):
    """What the visitor's own page shows, by its browser's word: nobody has confirmed it."""

    key: Annotated[str, StringConstraints(max_length=63)]
    subject: Annotated[str, StringConstraints(max_length=100)] = ""
    value: Annotated[str, StringConstraints(max_length=200)]


class Conversation(Model):
    """`page_facts` are for this conversation alone, and are no facts of the project. `summary` has
    the lines that a model wrote for sales, empty where none did.
    """

    id: str
    project_id: str
    page_url: str
    language: str | None = None
    attribution: Attribution = Attribution()
    page_facts: Annotated[tuple[PageFact, ...], Field(max_length=20)] = ()
    started_at: Instant
    summary: str = ""


class Source(Model):
    """A fact or an answer that a reply was made from. `as_of` is the fact's date: how old the reply
    was when it was given is the time from there to the message's `at`."""

    kind: Literal["fact", "answer"]
    key: str  # the fact's key, the answer's question
    subject: str = ""
    as_of: date | None = None


class Refusal(Model):
    """What a model wanted to say and did not get to: `reason` is an Objection of grounding.py."""

    reason: str
    text: str


class Spending(Model):
    """What models used for a project on one day (UTC)."""

    project_id: str
    day: date
    tokens: int
    replies: int


class SpentToday(NamedTuple):
    """Tokens on one day (UTC): of one project, and of all of them."""

    project_tokens: int
    all_tokens: int


class CardRow(Model):
    label: str
    value: str
    note: str | None = None


class TableCard(Model):
    """Prices or configurations; `as_of` where all rows are of one day."""

    kind: Literal["prices", "configurations"]
    title: str
    rows: tuple[CardRow, ...]
    as_of: date | None


class MapCard(Model):
    kind: Literal["map"] = "map"
    title: str
    text: str
    url: str


class BrochureCard(Model):
    kind: Literal["brochure"] = "brochure"
    title: str
    url: str


class CardSlot(Model):
    """In the project's zone."""

    start: AwareDatetime
    end: AwareDatetime


class VisitSlotsCard(Model):
    kind: Literal["visit_slots"] = "visit_slots"
    title: str
    time_zone: str
    slots: tuple[CardSlot, ...]


Card = TableCard | MapCard | BrochureCard | VisitSlotsCard


class Message(Model):
    """`reply_to` is the visitor's message that this one answers.

    A visitor's message has an id made in the browser, so that a message sent twice is stored once.
    Of a reply, `cards` stood beside it, `sources` are what it was made from, `refused` is what a
    model was not let say in it, and `model` and `tokens` are what was asked and what it used,
    refused or not.
    """

    id: str
    conversation_id: str
    project_id: str
    author: Author
    text: str
    at: Instant
    reply_to: str | None = None
    source: ReplySource | None = None
    cards: tuple[Card, ...] = ()
    sources: tuple[Source, ...] = ()
    refused: Refusal | None = None
    model: str | None = None
    tokens: int = 0
