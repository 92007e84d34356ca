import asyncio
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from frontdesk.chat.model import (
    Author,
    BrochureCard,
    Card,
    CardRow,
    CardSlot,
    Conversation,
    MapCard,
    Message,
    TableCard,
    VisitSlotsCard,
)
from frontdesk.errors import Conflict, NotFound
from frontdesk.storage.base import Storage
from tests.support.samples import later


def make_conversation(
    conversation_id: str = "conversation_1", project_id: str = "palm-grove"
) -> Conversation:
    return Conversation(
        id=conversation_id,
        project_id=project_id,
        page_url=f"https://{project_id}.example/",
        started_at=later(),
    )


def make_message(
    message_id: str = "m_1",
    conversation_id: str = "conversation_1",
    project_id: str = "palm-grove",
    text: str = "What does a 2 BHK cost?",
) -> Message:
    return Message(
        id=message_id,
        conversation_id=conversation_id,
        project_id=project_id,
        author=Author.VISITOR,
        text=text,
        at=later(),
    )


async def test_a_conversation_comes_back_as_it_began(storage: Storage) -> None:
    conversation = make_conversation()
    await storage.start_conversation("palm-grove", conversation)
    assert await storage.get_conversation("palm-grove", "conversation_1") == conversation


async def test_a_conversation_needs_its_project(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.start_conversation("nowhere", make_conversation(project_id="nowhere"))
    assert caught.value.code == "project_not_found"


async def test_the_id_of_a_conversation_is_its_own(storage: Storage) -> None:
    first = make_conversation()
    await storage.start_conversation("palm-grove", first)
    with pytest.raises(Conflict) as caught:
        await storage.start_conversation(
            "palm-grove", first.model_copy(update={"page_url": "https://other.example/"})
        )
    assert caught.value.code == "id_taken"
    assert await storage.get_conversation("palm-grove", first.id) == first


async def test_messages_come_back_in_the_order_they_were_added(storage: Storage) -> None:
    await storage.start_conversation("palm-grove", make_conversation())
    # Neither ids nor times tell the order: all have the same time, and the ids fall.
    messages = [make_message(f"m_{9 - number}") for number in range(6)]
    for message in messages:
        assert await storage.add_message("palm-grove", message)
    page = await storage.list_messages("palm-grove", "conversation_1")
    assert page.items == tuple(messages)
    assert page.next_cursor is None


async def test_a_reply_comes_back_with_its_cards(storage: Storage) -> None:
    await storage.start_conversation("palm-grove", make_conversation())
    start = datetime(2026, 11, 28, 11, tzinfo=ZoneInfo("Asia/Kolkata"))
    slot = CardSlot(start=start, end=start + timedelta(hours=1))
    cards: tuple[Card, ...] = (
        TableCard(
            kind="prices",
            title="Prices",
            rows=(CardRow(label="2 BHK", value="₹84 lakh"),),
            as_of=date(2026, 11, 1),
        ),
        MapCard(title="Where it is", text="Baner, Pune", url="https://maps.example/p"),
        BrochureCard(title="All plans", url="https://palmgrove.example/b.pdf"),
        VisitSlotsCard(title="Visit", time_zone="Asia/Kolkata", slots=(slot,)),
    )
    reply = make_message().model_copy(update={"author": Author.DESK, "cards": cards})
    assert await storage.add_message("palm-grove", reply)
    (kept,) = (await storage.list_messages("palm-grove", "conversation_1")).items
    assert kept == reply
    (shown,) = (card for card in kept.cards if isinstance(card, VisitSlotsCard))
    assert shown.slots[0].start.isoformat() == "2026-11-28T11:00:00+05:30"


async def test_a_message_sent_many_times_at_once_is_stored_once(storage: Storage) -> None:
    await storage.start_conversation("palm-grove", make_conversation())
    added = await asyncio.gather(
        *(storage.add_message("palm-grove", make_message(text=f"try {n}")) for n in range(20))
    )
    assert added.count(True) == 1
    (stored,) = (await storage.list_messages("palm-grove", "conversation_1")).items
    assert stored.text == f"try {added.index(True)}"


async def test_two_conversations_may_use_the_same_message_id(storage: Storage) -> None:
    for conversation_id in ("conversation_1", "conversation_2"):
        await storage.start_conversation("palm-grove", make_conversation(conversation_id))
        message = make_message("m_1", conversation_id, text=conversation_id)
        assert await storage.add_message("palm-grove", message)
    (stored,) = (await storage.list_messages("palm-grove", "conversation_1")).items
    assert stored.text == "conversation_1"


async def test_messages_need_their_conversation(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.add_message("palm-grove", make_message())
    assert caught.value.code == "conversation_not_found"
    with pytest.raises(NotFound) as caught:
        await storage.list_messages("palm-grove", "conversation_1")
    assert caught.value.code == "conversation_not_found"
    with pytest.raises(NotFound) as caught:
        await storage.get_conversation("palm-grove", "conversation_1")
    assert caught.value.code == "conversation_not_found"


async def test_the_last_summary_of_a_conversation_counts(storage: Storage) -> None:
    conversation = make_conversation()
    await storage.start_conversation("palm-grove", conversation)
    await storage.add_message("palm-grove", make_message())
    for summary in ("Wants: a plot.", "Wants: a villa.\nBudget: ₹2 crore."):
        await storage.save_summary("palm-grove", conversation.id, summary)
        kept = await storage.get_conversation("palm-grove", conversation.id)
        assert kept == conversation.model_copy(update={"summary": summary})
    with pytest.raises(NotFound):
        await storage.save_summary("palm-grove", "conversation_9", "x")
