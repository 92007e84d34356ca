import asyncio
from datetime import date, timedelta

import pytest

from frontdesk.chat.model import Author, Message, Refusal, Spending, SpentToday
from frontdesk.errors import Invalid
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.contracts.test_chat import make_conversation, make_message
from tests.support.samples import later

DAY = date(2026, 11, 24)


async def test_what_is_spent_adds_up_for_the_project_and_for_all(storage: Storage) -> None:
    assert await storage.get_spent("palm-grove", DAY) == SpentToday(0, 0)
    assert await storage.spend("palm-grove", DAY, 100) == SpentToday(100, 100)
    assert await storage.spend("coral-bay", DAY, 30) == SpentToday(30, 130)
    assert await storage.spend("palm-grove", DAY, 7) == SpentToday(107, 137)
    assert await storage.get_spent("palm-grove", DAY) == SpentToday(107, 137)
    assert await storage.get_spent("palm-grove", DAY + timedelta(days=1)) == SpentToday(0, 0)


async def test_nothing_is_lost_when_many_spend_at_once(storage: Storage) -> None:
    await asyncio.gather(*(storage.spend("palm-grove", DAY, 3) for _ in range(30)))
    assert await storage.get_spent("palm-grove", DAY) == SpentToday(90, 90)


async def test_spending_is_listed_day_by_day(storage: Storage) -> None:
    for back in (0, 1, 2):
        for project_id in ("palm-grove", "coral-bay"):
            await storage.spend(project_id, DAY - timedelta(days=back), 10 + back)
    since = DAY - timedelta(days=1)
    seen: list[Spending] = []
    after = None
    while True:
        page = await storage.list_spending(EVERY_PROJECT, since, after=after, limit=1)
        seen += page.items
        after = page.next_cursor
        if after is None:
            break
    assert [(one.project_id, one.day, one.tokens, one.replies) for one in seen] == [
        ("palm-grove", DAY, 10, 1),
        ("coral-bay", DAY, 10, 1),
        ("palm-grove", since, 11, 1),
        ("coral-bay", since, 11, 1),
    ]
    ours = await storage.list_spending(Scope(projects=frozenset({"palm-grove"})), since)
    assert [one.project_id for one in ours.items] == ["palm-grove", "palm-grove"]


async def test_refusals_are_listed_newest_first(storage: Storage) -> None:
    await storage.start_conversation("palm-grove", make_conversation())
    refused: list[Message] = []
    for number in range(5):
        message = make_message(f"m_{number}").model_copy(
            update={"author": Author.DESK, "at": later(seconds=number)}
        )
        if number != 2:
            update = {"refused": Refusal(reason="figure", text=f"₹{number}")}
            message = message.model_copy(update=update)
            refused.insert(0, message)
        await storage.add_message("palm-grove", message)
    seen: list[Message] = []
    after = None
    while True:
        page = await storage.list_refusals(EVERY_PROJECT, after=after, limit=3)
        seen += page.items
        after = page.next_cursor
        if after is None:
            break
    assert seen == refused


async def test_a_cursor_that_no_list_gave_out_is_refused(storage: Storage) -> None:
    with pytest.raises(Invalid):
        await storage.list_refusals(EVERY_PROJECT, after="nonsense")
    with pytest.raises(Invalid):
        await storage.list_spending(EVERY_PROJECT, DAY, after="nonsense")
