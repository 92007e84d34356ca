"""What a message asks, and what the project's own knowledge says to it.

One way for visitors and for whoever tries a question out.
"""

import asyncio
import re
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from frontdesk.chat.chain import Asked
from frontdesk.chat.knowledge import usable
from frontdesk.chat.model import Author, Conversation, Message, ReplySource
from frontdesk.chat.page_says import add_page
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.phrases import say
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.chat.talk import Heard, Line, listen
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Knowledge, Project

_ASKS = re.compile(
    r"\?|\b(?:what|when|where|which|who|why|how|is|are|can|could|do|does|will|would|any|kya|kab|kahan"
    r"|kitn[aei]|kaun|kaise|milega|milegi|price|rate|cost)\b|क्या|कब|कहाँ|कित|कौन|कैसे|कीमत",
    re.IGNORECASE,
)


class Understood(NamedTuple):
    asked: Asked
    heard: Heard


async def understand(
    desk: KnowledgeDesk,
    project: Project,
    knowledge: Knowledge,
    conversation: Conversation,
    history: Sequence[Message],
    at: datetime,
) -> Understood:
    """`history` ends with the message to be answered."""
    today = at.astimezone(ZoneInfo(project.time_zone)).date()
    sayable = usable(knowledge, today)
    heard = listen(project, lines_of(history), history[-1].at)
    # Milliseconds of work, half a second where the index is not there yet: other replies'
    # pieces go out meanwhile.
    known = await asyncio.to_thread(
        desk.reply,
        project,
        sayable,
        heard.rest,
        history=[m.text for m in history[:-1] if m.author is Author.VISITOR],
        today=today,
        language=conversation.language,
    )
    known = add_page(known, conversation.page_facts, heard.rest)
    known = answer_contact(answer_wish(known, heard), heard)
    return Understood(Asked(project, sayable, today, history, known), heard)


def lines_of(history: Sequence[Message]) -> list[Line]:
    """What the visitor said, with when it came."""
    return [Line(m.text, m.at) for m in history if m.author is Author.VISITOR]


def answer_wish(known: KnowledgeReply, heard: Heard) -> KnowledgeReply:
    """`We want to move by March` asks nothing: that something is not known is no reply to it."""
    if known.source is not ReplySource.OFFER or not heard.stated or _ASKS.search(heard.rest):
        return known
    return known._replace(
        sentences=(say(known.language, "noted"),),
        source=ReplySource.KNOWLEDGE,
        form=Interest.CALL,
    )


def answer_contact(known: KnowledgeReply, heard: Heard) -> KnowledgeReply:
    """A number in the message leads to the form, or to what is wrong with it; neither needs a
    model. What was asked beside it is answered as well."""
    if heard.gave_phone:
        sentence = say(known.language, "phone_given")
    elif heard.phone_fault:
        sentence = f"{heard.phone_fault} {say(known.language, 'phone_wrong')}"
    elif heard.gave_email:
        sentence = say(known.language, "email_given")
    elif heard.talk is not None and heard.talk.name and not heard.rest.strip():
        return known._replace(
            sentences=(say(known.language, "name_given", name=heard.talk.name),),
            source=ReplySource.KNOWLEDGE,
            form=None,
            wants_model=False,
        )
    else:
        return known
    form = known.form if known.form not in {None, Interest.OTHER} else Interest.CALL
    # `Leave your number` is no reply to who just did.
    invitations = {say(known.language, name) for name in ("visit", "call", "brochure")}
    told = [said for said in known.sentences if said not in invitations]
    asked = known.source is ReplySource.KNOWLEDGE and known.topics
    return known._replace(
        sentences=(*(told if asked else ()), sentence),
        source=ReplySource.KNOWLEDGE,
        form=form,
        wants_model=False,
    )


def next_form(known: KnowledgeReply, source: ReplySource | None) -> Interest | None:
    """The contact form that follows. A model that knew more than retrieval needs no offer."""
    if source is ReplySource.MODEL and known.form is Interest.OTHER:
        return None
    return known.form
