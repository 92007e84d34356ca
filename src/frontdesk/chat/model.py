"""Conversations and messages: what a visitor and Frontdesk (or a member of staff) say."""

from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

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


class Conversation(Model):
    id: str
    project_id: str
    page_url: str
    language: str | None = None
    attribution: Attribution = Attribution()
    started_at: Instant


class Message(Model):
    """`reply_to` is the visitor's message that this one answers.

    A visitor's message has an id made in the browser, so that a message sent twice is stored once.
    """

    id: str
    conversation_id: str
    project_id: str
    author: Author
    text: str
    at: Instant
    reply_to: str | None = None
    source: ReplySource | None = None
