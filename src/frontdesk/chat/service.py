"""Conversations: starting them, answering in them, reading them back."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, field

import structlog

from frontdesk.chat.cards import make_cards
from frontdesk.chat.chain import Asked, Chain, Refused, Said, Spent
from frontdesk.chat.extraction import is_worth_reading
from frontdesk.chat.live import Delta, Done, Failed, LiveReply, ReplyEvent
from frontdesk.chat.model import Author, Card, Conversation, Message, PageFact, Refusal
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.summary import Summariser, summarise
from frontdesk.chat.talk import Talk, complete, listen
from frontdesk.chat.trying import Tried, try_out
from frontdesk.chat.understanding import lines_of, next_form, understand
from frontdesk.clock import Clock
from frontdesk.errors import Conflict, FrontdeskError, Unavailable
from frontdesk.leads.model import Attribution, Interest, Qualification
from frontdesk.model import new_id
from frontdesk.projects.model import Knowledge, Project
from frontdesk.property.model import DetectedFact
from frontdesk.property.snapshot import PageSnapshot, read_snapshot
from frontdesk.storage.base import ChatStorage

log = structlog.get_logger()

MAX_VISITOR_MESSAGES = 200
HEARTBEAT_SECONDS = 15.0


@dataclass(frozen=True, slots=True)
class Chat:
    """`count_answer` is told which link of the chain answered. `summariser` writes for sales while
    the visitor fills in the form."""

    storage: ChatStorage
    clock: Clock
    chain: Chain
    desk: KnowledgeDesk
    count_answer: Callable[[str], None]
    summariser: Summariser | None = None
    _live: dict[tuple[str, str, str], LiveReply] = field(default_factory=dict)
    _writers: set[asyncio.Task[None]] = field(default_factory=set)

    async def start(
        self,
        project: Project,
        page_url: str,
        language: str | None,
        attribution: Attribution,
        snapshot: PageSnapshot | None = None,
    ) -> Conversation:
        """Raises Unavailable."""
        at = self.clock()
        seen: tuple[DetectedFact, ...] = ()
        if snapshot is not None:
            seen = await asyncio.to_thread(read_snapshot, snapshot, page_url, at.date())
        conversation = Conversation(
            id=new_id("conversation", at),
            project_id=project.id,
            page_url=page_url,
            language=language,
            attribution=attribution,
            page_facts=tuple(
                PageFact(key=one.key, subject=one.subject, value=one.value[:200]) for one in seen
            ),
            started_at=at,
        )
        await self.storage.start_conversation(project.id, conversation)
        return conversation

    async def get(self, project_id: str, conversation_id: str) -> Conversation:
        """Raises NotFound(`conversation_not_found`)."""
        return await self.storage.get_conversation(project_id, conversation_id)

    async def answer(
        self,
        project: Project,
        knowledge: Knowledge,
        conversation: Conversation,
        message_id: str,
        text: str,
    ) -> AsyncIterator[ReplyEvent]:
        """Keep the visitor's message, then give the reply as it is made; its last event is Done or
        Failed.

        A message that was sent before gets the reply it got then; one that is still being answered
        is followed from its beginning. The reply is completed and kept even if nobody follows it.

        Raises Conflict(`conversation_full`), NotFound(`conversation_not_found`) and Unavailable,
        all before the message is kept.
        """
        key = (project.id, conversation.id, message_id)
        live = self._live.get(key)
        if live is None:
            live = self._live[key] = LiveReply()
            message = Message(
                id=message_id,
                conversation_id=conversation.id,
                project_id=project.id,
                author=Author.VISITOR,
                text=text,
                at=self.clock(),
            )
            writer = asyncio.create_task(
                self._write(live, project, knowledge, conversation, message)
            )
            self._writers.add(writer)
            writer.add_done_callback(self._writers.discard)
            writer.add_done_callback(lambda _: self._forget(key, live))
        # Shielded: one of several who wait may leave without taking the others' future along.
        await asyncio.shield(live.accepted)
        return live.follow(HEARTBEAT_SECONDS)

    async def list_messages(self, project_id: str, conversation_id: str) -> list[Message]:
        """All of them, oldest first. Raises NotFound(`conversation_not_found`)."""
        messages: list[Message] = []
        after = None
        while True:
            page = await self.storage.list_messages(project_id, conversation_id, after=after)
            messages.extend(page.items)
            after = page.next_cursor
            if after is None:
                return messages

    async def tell_language(self, project: Project, conversation_id: str) -> str:
        """The language that the visitor wrote in last, as a tag; the page's where nothing says it.

        Raises NotFound(`conversation_not_found`) and Unavailable.
        """
        conversation = await self.get(project.id, conversation_id)
        messages = await self.list_messages(project.id, conversation_id)
        page = conversation.language or project.widget.language
        said = [line.text for line in lines_of(messages)]
        return self.desk.tell_language(said) or page or "en"

    async def summary(self, project: Project, conversation_id: str, wanted: Qualification) -> str:
        """Three lines for sales, at once; `wanted` is what the visitor confirmed in the form.

        Raises NotFound(`conversation_not_found`) and Unavailable.
        """
        conversation = await self.get(project.id, conversation_id)
        lines = lines_of(await self.list_messages(project.id, conversation_id))
        if not lines:
            return ""
        talk = complete(Talk(qualification=wanted), listen(project, lines, self.clock()).talk)
        known = (talk and talk.qualification) or Qualification()
        topics = self.desk.topics_of([line.text for line in lines])
        return summarise(project, topics, known, conversation.summary)

    async def try_out(self, project: Project, knowledge: Knowledge, text: str) -> Tried:
        """What knowledge answers a visitor who asks this first. Nothing is kept, counted or spent:
        a model, where one is set up, may say the same in other words.
        """
        return await try_out(self.chain, self.desk, project, knowledge, text, self.clock())

    async def close(self) -> None:
        """Wait until the replies that are being made are kept."""
        await asyncio.gather(*self._writers)

    async def _write(
        self,
        live: LiveReply,
        project: Project,
        knowledge: Knowledge,
        conversation: Conversation,
        message: Message,
    ) -> None:
        """Everything about one message. Never raises: what goes wrong is told to who follows, and
        who sends the message again after that does not meet the same failure.
        """
        key = (project.id, conversation.id, message.id)
        try:
            history = await self._accept(message)
            live.accepted.set_result(None)
            await self._reply(live, project, knowledge, conversation, history)
        except FrontdeskError as error:
            self._forget(key, live)
            _fail(live, error)
        except Exception:
            self._forget(key, live)
            # The visitor gets an honest end of the stream, the log the reason.
            log.exception("reply_failed", project_id=project.id)
            _fail(live, Unavailable("reply_failed", "The reply could not be completed. Try again."))

    def _forget(self, key: tuple[str, str, str], live: LiveReply) -> None:
        if self._live.get(key) is live:
            del self._live[key]

    async def _accept(self, message: Message) -> list[Message]:
        """Keep the message once; returns the conversation with it."""
        history = await self.list_messages(message.project_id, message.conversation_id)
        if any(known.id == message.id for known in history):
            return history_until(history, message.id)
        count = sum(known.author is Author.VISITOR for known in history)
        if count >= MAX_VISITOR_MESSAGES:
            raise Conflict(
                "conversation_full", "This conversation has become very long; start a new one."
            )
        if not await self.storage.add_message(message.project_id, message):
            # Another process was faster with the same message.
            history = await self.list_messages(message.project_id, message.conversation_id)
            return history_until(history, message.id)
        return [*history, message]

    async def _reply(
        self,
        live: LiveReply,
        project: Project,
        knowledge: Knowledge,
        conversation: Conversation,
        history: Sequence[Message],
    ) -> None:
        """`history` ends with the message to be answered, or with the reply it already has."""
        replied = history[-1] if history[-1].author is Author.DESK else None
        before = history[:-1] if replied else history
        at = self.clock()
        asked, heard = await understand(self.desk, project, knowledge, conversation, before, at)
        known = asked.known
        is_new = replied is None
        if replied is None:
            facts = asked.knowledge.facts
            cards = make_cards(project, facts, known.topics, known.language, at)
            replied = await self._make_reply(live, asked, cards)
        else:
            live.write(Delta(replied.text))
        form = next_form(known, replied.source)
        talk, lines = heard.talk, lines_of(before)
        if is_new and form is not None and is_worth_reading(talk, lines):
            talk = complete(talk, await self.chain.extract(project.id, lines))
        live.write(Done(replied, known.quick_replies, form, talk))
        leads_on = heard.gave_phone or known.form in {Interest.VISIT, Interest.CALL}
        if self.summariser is not None and leads_on and is_new:
            await self._summarise(self.summariser, project, conversation, before)

    async def _summarise(
        self,
        summariser: Summariser,
        project: Project,
        conversation: Conversation,
        history: Sequence[Message],
    ) -> None:
        """The reply is out; what goes wrong here costs a better summary and nothing else."""
        try:
            written = await summariser.write(project.id, lines_of(history))
            if written is not None:
                await self.storage.save_summary(project.id, conversation.id, written)
        except FrontdeskError:
            log.warning("summary_not_kept", project_id=project.id)

    async def _make_reply(self, live: LiveReply, asked: Asked, cards: tuple[Card, ...]) -> Message:
        source, text = asked.known.source, ""
        refused: Refusal | None = None
        model, tokens = None, 0
        async for part in self.chain.answer(asked):
            match part:
                case Said(words, said_by) if words:
                    piece = f" {words}" if text else words
                    source = source if text else said_by
                    text += piece
                    live.write(Delta(piece))
                case Refused(reason, words):
                    refused = Refusal(reason=reason, text=words)
                case Spent(asked_model, used):
                    model, tokens = asked_model, tokens + used
        question, at = asked.history[-1], self.clock()
        reply = Message(
            id=reply_id(question),
            conversation_id=question.conversation_id,
            project_id=question.project_id,
            author=Author.DESK,
            text=text,
            at=at,
            reply_to=question.id,
            source=source,
            cards=cards,
            sources=self.chain.sources(asked, text),
            refused=refused,
            model=model,
            tokens=tokens,
        )
        self.count_answer(source)
        # Its id comes from the question's, so a second process that answered too keeps nothing.
        # Together, so that one write of the disk does for both.
        await asyncio.gather(
            self.storage.add_message(question.project_id, reply),
            self.chain.budget.spend(question.project_id, tokens, at),
        )
        return reply


def reply_id(question: Message) -> str:
    digest = hashlib.sha256(f"{question.conversation_id}/{question.id}".encode()).hexdigest()
    return f"message_{digest[:32]}"


def history_until(messages: Sequence[Message], message_id: str) -> list[Message]:
    """The conversation up to this message, then its reply where there is one."""
    place = next(i for i, message in enumerate(messages) if message.id == message_id)
    replies = [m for m in messages[place:] if m.reply_to == message_id]
    return [*messages[: place + 1], *replies[:1]]


def _fail(live: LiveReply, error: FrontdeskError) -> None:
    if live.accepted.done():
        live.write(Failed(error))
    else:
        live.accepted.set_exception(error)
