"""A question tried out: what a visitor would be answered, and from what, without a visitor."""

from datetime import datetime
from typing import NamedTuple

from frontdesk.chat.cards import make_cards
from frontdesk.chat.chain import Chain, complete
from frontdesk.chat.model import Author, Card, Conversation, Message, ReplySource, Source
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.understanding import next_form, understand
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Knowledge, Project


class Tried(NamedTuple):
    """`may_ask_model`: a model is set up and would be asked; what is here is what it says from."""

    text: str
    source: ReplySource
    sources: tuple[Source, ...]
    language: Language
    cards: tuple[Card, ...]
    form: Interest | None
    quick_replies: tuple[str, ...]
    may_ask_model: bool


async def try_out(
    chain: Chain,
    desk: KnowledgeDesk,
    project: Project,
    knowledge: Knowledge,
    text: str,
    at: datetime,
) -> Tried:
    """As the first message of a conversation that nobody has."""
    conversation = Conversation(id="trial", project_id=project.id, page_url="", started_at=at)
    question = Message(
        id="trial",
        conversation_id=conversation.id,
        project_id=project.id,
        author=Author.VISITOR,
        text=text,
        at=at,
    )
    asked, _ = await understand(desk, project, knowledge, conversation, [question], at)
    known = asked.known
    reply = " ".join(complete(known, ()))
    return Tried(
        text=reply,
        source=known.source,
        sources=chain.sources(asked, reply),
        language=known.language,
        cards=tuple(make_cards(project, asked.knowledge.facts, known.topics, known.language, at)),
        form=next_form(known, known.source),
        quick_replies=known.quick_replies,
        may_ask_model=bool(chain.links) and known.wants_model,
    )
