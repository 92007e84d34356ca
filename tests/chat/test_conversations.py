"""Messages are kept once, answered once, and never lost by who leaves."""

import asyncio
import threading
from dataclasses import dataclass, field, replace
from typing import Any

import pytest

from frontdesk.chat.live import Delta, Done, Failed, Waiting
from frontdesk.chat.model import Author, Message, ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.chat.service import MAX_VISITOR_MESSAGES
from frontdesk.errors import Conflict, NotFound, Unavailable
from frontdesk.llm.base import Fault, ProviderError
from frontdesk.llm.scripted import Scripted
from frontdesk.storage.base import ChatStorage
from tests.chat.conftest import Talk, Talks, until

QUESTION = "What does a 2 BHK cost?"
ID = "m_0123456789abcdef"


async def stored(talk: Talk) -> list[Message]:
    return await talk.chat.list_messages(talk.project.id, talk.conversation.id)


async def test_question_and_reply_are_kept_in_order(talks: Talks) -> None:
    talk = await talks.start()
    done = await talk.ask(QUESTION)
    question, reply = await stored(talk)
    assert (question.id, question.author, question.text) == (ID, Author.VISITOR, QUESTION)
    assert reply == done.message
    assert reply.reply_to == question.id
    assert reply.source is ReplySource.KNOWLEDGE


async def test_the_question_is_kept_before_it_is_answered(talks: Talks) -> None:
    gate = asyncio.Event()
    talk = await talks.start([[gate, "It has a gym."]])
    events = await talk.chat.answer(
        talk.project, talk.knowledge, talk.conversation, ID, "Is there a gym?"
    )
    assert [message.id for message in await stored(talk)] == [ID]
    gate.set()
    assert isinstance([event async for event in events][-1], Done)


async def test_a_message_sent_again_gets_the_same_reply(talks: Talks) -> None:
    model = Scripted([["It has a gym."], ["Another one."]])
    talk = await talks.start(model)
    first = await talk.ask("Is there a gym?")
    talks.clock.step(minutes=1)
    again = await talk.send("Is there a gym?")
    assert again == [Delta(first.message.text), first]
    assert len(model.prompts) == 1
    assert len(await stored(talk)) == 2


async def test_a_replay_is_the_same_later_in_the_talk(talks: Talks) -> None:
    talk = await talks.start()
    first = await talk.ask("3 BHK price?", "m_0000000000000001")
    second = await talk.ask("and 2 BHK?", "m_0000000000000002")
    assert "84 lakh" in second.message.text
    await talk.ask("Is there a gym?", "m_0000000000000003")
    assert await talk.ask("and 2 BHK?", "m_0000000000000002") == second
    assert await talk.ask("3 BHK price?", "m_0000000000000001") == first


async def test_a_message_sent_twice_at_once_is_answered_once(talks: Talks) -> None:
    gate = asyncio.Event()
    model = Scripted([["It has ", gate, "a gym."]])
    talk = await talks.start(model)
    sent = [asyncio.create_task(talk.ask("Is there a gym?")) for _ in range(5)]
    await until(lambda: len(model.prompts) == 1)
    gate.set()
    replies = await asyncio.gather(*sent)
    assert len(set(replies)) == 1
    assert len(model.prompts) == 1
    assert len(await stored(talk)) == 2


async def test_a_question_left_unanswered_by_a_crash_is_answered_when_sent_again(
    talks: Talks,
) -> None:
    talk = await talks.start()
    await talks.storage.add_message(
        talk.project.id,
        Message(
            id=ID,
            conversation_id=talk.conversation.id,
            project_id=talk.project.id,
            author=Author.VISITOR,
            text=QUESTION,
            at=talks.clock(),
        ),
    )
    done = await talk.ask(QUESTION)
    assert "84 lakh" in done.message.text
    assert len(await stored(talk)) == 2


async def test_a_second_process_that_answers_too_adds_nothing(talks: Talks) -> None:
    gate = asyncio.Event()
    model = Scripted([[gate, "It has a gym."]])
    one = await talks.start(model)
    other_chat = (await talks.start(model)).chat
    other = Talk(other_chat, one.project, one.knowledge, one.conversation)
    sent = [asyncio.create_task(talk.ask("Is there a gym?")) for talk in (one, other)]
    await until(lambda: len(model.prompts) == 2)
    gate.set()
    await asyncio.gather(*sent)
    assert len(await stored(one)) == 2


async def test_who_leaves_does_not_take_the_reply_along(talks: Talks) -> None:
    gate = asyncio.Event()
    talk = await talks.start([["Let me see. ", gate, "It has a gym."]])
    events = await talk.chat.answer(
        talk.project, talk.knowledge, talk.conversation, ID, "Is there a gym?"
    )
    assert await anext(events) == Delta("Let me see.")
    follower = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    follower.cancel()
    await asyncio.gather(follower, return_exceptions=True)
    gate.set()
    await talk.chat.close()
    assert (await stored(talk))[-1].text == "Let me see. It has a gym."


async def test_a_long_silence_keeps_the_connection_open(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("frontdesk.chat.service.HEARTBEAT_SECONDS", 0.01)
    gate = asyncio.Event()
    talk = await talks.start([[gate, "It has a gym."]])
    events = await talk.chat.answer(
        talk.project, talk.knowledge, talk.conversation, ID, "Is there a gym?"
    )
    assert await anext(events) == Waiting()
    gate.set()
    assert isinstance([event async for event in events][-1], Done)


async def test_two_projects_never_mix(talks: Talks) -> None:
    saffron = await talks.start()
    lagoon = await talks.start(project_id="lagoon-villas")
    # One service for both, as in the application.
    lagoon = replace(lagoon, chat=saffron.chat)
    assert "P52100099001" in (await saffron.ask("RERA number?")).message.text
    assert "PRGO04190055" in (await lagoon.ask("RERA number?")).message.text
    stolen = Talk(saffron.chat, saffron.project, saffron.knowledge, lagoon.conversation)
    with pytest.raises(NotFound):
        await stolen.send("RERA number?")
    assert len(await stored(lagoon)) == 2


async def test_changed_knowledge_changes_the_answer(talks: Talks) -> None:
    talk = await talks.start()
    await talk.ask(QUESTION, "m_0000000000000001")
    dearer = tuple(
        fact.model_copy(update={"value": fact.value.replace("84", "91")})
        for fact in talk.knowledge.facts
    )
    later = talks.clock.step(hours=1)
    knowledge = talk.knowledge.model_copy(update={"facts": dearer, "updated_at": later})
    changed = Talk(talk.chat, talk.project, knowledge, talk.conversation)
    assert "91 lakh" in (await changed.ask(QUESTION, "m_0000000000000002")).message.text


async def test_a_conversation_has_an_end(talks: Talks, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.chat.service.MAX_VISITOR_MESSAGES", 3)
    assert MAX_VISITOR_MESSAGES > 3
    talk = await talks.start()
    for number in range(3):
        await talk.ask(QUESTION, f"m_000000000000000{number}")
    with pytest.raises(Conflict) as caught:
        await talk.send(QUESTION, "m_0000000000000009")
    assert caught.value.code == "conversation_full"
    assert len(await stored(talk)) == 6
    assert (await talk.send(QUESTION, "m_0000000000000000"))[-1]


async def test_more_messages_than_a_page_are_all_read(talks: Talks) -> None:
    talk = await talks.start()
    for number in range(120):
        await talk.ask("hello", f"m_0000000000000{number:03}")
    assert len(await stored(talk)) == 240


class FullDisk:
    """A store that keeps no message of one author."""

    def __init__(self, storage: ChatStorage, refuse: Author) -> None:
        self._storage, self._refuse = storage, refuse
        self.start_conversation = storage.start_conversation
        self.get_conversation = storage.get_conversation
        self.list_messages = storage.list_messages
        self.save_summary = storage.save_summary

    async def add_message(self, project_id: str, message: Message) -> bool:
        if message.author is self._refuse:
            raise Unavailable("storage_unavailable", "The store cannot write now.")
        return await self._storage.add_message(project_id, message)


async def test_a_question_that_cannot_be_kept_is_refused_before_the_stream(talks: Talks) -> None:
    talk = await talks.start()
    chat = replace(talk.chat, storage=FullDisk(talks.storage, Author.VISITOR))
    with pytest.raises(Unavailable):
        await Talk(chat, talk.project, talk.knowledge, talk.conversation).send(QUESTION)
    assert await stored(talk) == []


async def test_a_reply_that_cannot_be_kept_ends_in_an_error(talks: Talks) -> None:
    talk = await talks.start()
    chat = replace(talk.chat, storage=FullDisk(talks.storage, Author.DESK))
    events = await Talk(chat, talk.project, talk.knowledge, talk.conversation).send(QUESTION)
    assert isinstance(events[-1], Failed)
    assert events[-1].error.code == "storage_unavailable"
    # Sent again once the disk is well, it is answered.
    assert "84 lakh" in (await talk.ask(QUESTION)).message.text


async def test_a_fault_of_our_own_ends_the_stream_honestly(
    talks: Talks, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("secret detail")

    monkeypatch.setattr("frontdesk.chat.understanding.usable", broken)
    events = await (await talks.start()).send(QUESTION)
    assert isinstance(events[-1], Failed)
    assert events[-1].error.code == "reply_failed"
    assert "secret" not in events[-1].error.detail


async def test_a_failed_model_is_logged_without_what_was_said(
    talks: Talks, capsys: pytest.CaptureFixture[str]
) -> None:
    talk = await talks.start([[ProviderError(Fault.REJECTED, "HTTP 403")]])
    await talk.ask("I am Asha, 98765 43210")
    await talk.ask("2 BHK price?", "m_fedcba9876543210")
    logged = capsys.readouterr().out
    assert "rejected" in logged
    assert "98765" not in logged
    assert "Asha" not in logged


@dataclass(frozen=True, slots=True)
class HeldDesk(KnowledgeDesk):
    """Says nothing before it is let."""

    asked: threading.Event = field(default_factory=threading.Event)
    let: threading.Event = field(default_factory=threading.Event)

    def reply(self, *arguments: Any, **options: Any) -> KnowledgeReply:
        self.asked.set()
        assert self.let.wait(5), "nothing else went on meanwhile"
        return KnowledgeDesk.reply(self, *arguments, **options)


async def test_others_go_on_while_knowledge_is_asked(talks: Talks) -> None:
    talk = await talks.start()
    desk = HeldDesk()
    held = replace(talk, chat=replace(talk.chat, desk=desk))
    asked = asyncio.create_task(held.ask("What does a 2 BHK cost?"))
    await until(desk.asked.is_set)
    assert (await talk.ask("When is possession?", "m_another_message_1")).message.text
    desk.let.set()
    assert "lakh" in (await asked).message.text
