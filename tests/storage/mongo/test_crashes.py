"""What a crash between two writes leaves, and who mends it."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from pymongo import AsyncMongoClient
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.errors import Conflict, NotFound, Unavailable
from frontdesk.leads.model import CaptureOutcome
from frontdesk.model import EVERY_PROJECT
from frontdesk.privacy.model import Removed
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo import (
    chat,
    documents,
    leads,
    outbox,
    privacy,
    projects,
    removals,
)
from frontdesk.storage.mongo.engine import MongoStorage
from tests.contracts.capturing import capture, stored_deliveries
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_privacy import ASHA, of_conversation
from tests.support.samples import later, make_delivery, make_lead, make_project

LOOKS = {
    "claim": lambda storage: storage.claim_deliveries(later(), later(minutes=1), 9),
    "list": lambda storage: storage.list_deliveries(EVERY_PROJECT),
    "count": lambda storage: storage.count_deliveries(EVERY_PROJECT),
    "next due": lambda storage: storage.find_next_due_at(),
}


FINISH = removals._finish


class CrashError(Exception):
    """The process ends here."""


@pytest.fixture
async def storage(mongo_url: str) -> AsyncIterator[MongoStorage]:
    storage = MongoStorage(mongo_url)
    await storage.open()
    await storage.save_project("palm-grove", make_project())
    yield storage
    await storage.close()


async def crash(*_arguments: Any, **_named: Any) -> None:
    raise CrashError


async def count_rows(url: str, collection: str) -> int:
    client: AsyncMongoClient[dict[str, Any]]
    async with AsyncMongoClient(url) as client:
        return len(await client.get_default_database()[collection].find({}).to_list())


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
async def test_deliveries_left_in_the_outbox_are_moved_by_the_next_who_looks(
    storage: MongoStorage, mongo_url: str, monkeypatch: pytest.MonkeyPatch, look: Any
) -> None:
    lead = make_lead()
    with monkeypatch.context() as broken:
        broken.setattr(leads, "_move_deliveries", crash)
        with pytest.raises(CrashError):
            await capture(storage, lead, key="form-1")
    assert await count_rows(mongo_url, "deliveries") == 0
    await look(storage)
    assert await count_rows(mongo_url, "deliveries") == 1
    (delivery,) = await stored_deliveries(storage)
    assert delivery.lead_id == lead.id


async def test_the_same_form_after_the_crash_is_a_replay_with_its_deliveries(
    storage: MongoStorage, mongo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = make_lead()
    with monkeypatch.context() as broken:
        broken.setattr(leads, "_move_deliveries", crash)
        with pytest.raises(CrashError):
            await capture(storage, lead, key="form-1")
    again = await capture(storage, make_lead(), key="form-1")
    assert (again.outcome, again.lead) == (CaptureOutcome.REPLAYED, lead)
    assert await count_rows(mongo_url, "deliveries") == 1


async def test_a_delivery_id_of_another_lead_is_refused_and_nothing_stored(
    storage: Storage,
) -> None:
    first, second = make_lead(), make_lead(phone="+919876500001")
    delivery = make_delivery(first)
    await capture(storage, first, [delivery])
    stolen = make_delivery(second).model_copy(update={"id": delivery.id})
    with pytest.raises(Conflict) as caught:
        await capture(storage, second, [stolen])
    assert caught.value.code == "id_taken"
    assert (await storage.list_leads(EVERY_PROJECT)).items == (first,)


async def test_sites_of_a_save_that_crashed_are_let_go_by_the_next(
    storage: MongoStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(projects, "_save", crash)
        with pytest.raises(CrashError):
            await storage.save_project("palm-grove", make_project(hosts=("new.example",)))
    heir = make_project("heir", hosts=("new.example",))
    with pytest.raises(Conflict):
        await storage.save_project("heir", heir)
    await storage.save_project("palm-grove", make_project())
    await storage.save_project("heir", heir)


async def test_a_failed_start_says_why_and_never_the_password() -> None:
    storage = MongoStorage("mongodb://desk:hunter22@127.0.0.1:1/desk", timeout_seconds=0.5)
    with pytest.raises(Unavailable) as caught:
        await storage.open()
    assert "no server answers there" in caught.value.detail
    assert "hunter22" not in str(caught.value)


async def test_an_index_that_cannot_be_made_is_a_start_error(mongo_url: str) -> None:
    client: AsyncMongoClient[dict[str, Any]]
    async with AsyncMongoClient(mongo_url) as client:
        database: AsyncDatabase[dict[str, Any]] = client.get_default_database()
        await database["members"].insert_many(
            [{"document": {"email": "a@example.com"}} for _ in range(2)]
        )
    with pytest.raises(Unavailable) as caught:
        await MongoStorage(mongo_url).open()
    assert "MongoDB" in caught.value.detail


async def test_data_of_a_newer_version_is_refused(mongo_url: str) -> None:
    client: AsyncMongoClient[dict[str, Any]]
    async with AsyncMongoClient(mongo_url) as client:
        database: AsyncDatabase[dict[str, Any]] = client.get_default_database()
        await database["schema"].insert_one({"_id": "schema", "version": 99})
    with pytest.raises(Unavailable, match="newer version"):
        await MongoStorage(mongo_url).open()


async def test_forms_of_one_person_in_several_processes_are_one_lead(
    storage: MongoStorage, mongo_url: str
) -> None:
    """Only the database keeps these apart."""
    others = [MongoStorage(mongo_url) for _ in range(5)]
    try:
        for other in others:
            await other.open()
        captured = await asyncio.gather(
            *(capture(which, make_lead()) for which in [storage, *others])
        )
    finally:
        for other in others:
            await other.close()
    outcomes = [one.outcome for one in captured]
    assert outcomes.count(CaptureOutcome.CREATED) == 1
    (lead,) = (await storage.list_leads(EVERY_PROJECT)).items
    assert len(lead.enquiries) == 6
    assert len(await stored_deliveries(storage)) == 6


async def test_a_note_of_a_removal_that_never_came_goes_after_a_day(
    storage: MongoStorage, mongo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And one that is taken up again meanwhile has its day from then on."""
    await capture(storage, make_lead())

    async def crash_half_way() -> None:
        with monkeypatch.context() as broken:
            broken.setattr(AsyncCollection, "delete_one", crash)
            with pytest.raises(CrashError):
                await storage.erase_person(EVERY_PROJECT, ASHA)

    await crash_half_way()
    for hours in (0, 23):
        await storage.remove_expired_sign_ins(later(hours=hours))
        assert await count_rows(mongo_url, "removals") == 1
    await crash_half_way()
    for hours in (25, 48):
        await storage.remove_expired_sign_ins(later(hours=hours))
        assert await count_rows(mongo_url, "removals") == 1
    await storage.remove_expired_sign_ins(later(hours=50))
    assert await count_rows(mongo_url, "removals") == 0
    assert await count_rows(mongo_url, "leads") == 1


@pytest.mark.parametrize("when", ["next removal", "next start"])
async def test_what_is_left_of_an_erased_lead_goes_with_the_next(
    storage: MongoStorage, mongo_url: str, monkeypatch: pytest.MonkeyPatch, when: str
) -> None:
    await storage.start_conversation("palm-grove", make_conversation())
    await storage.add_message("palm-grove", make_message())
    await capture(storage, of_conversation(make_lead(), "conversation_1"), key="form-1")
    with monkeypatch.context() as broken:
        broken.setattr(removals, "_finish", crash)
        with pytest.raises(CrashError):
            await storage.erase_person(EVERY_PROJECT, ASHA)
        assert await count_rows(mongo_url, "conversations") == 0
        assert await count_rows(mongo_url, "messages") == 1
    with monkeypatch.context() as broken:
        broken.setattr(removals, "_finish", crash_on_leads)
        with pytest.raises(CrashError):
            await storage.erase_person(EVERY_PROJECT, ASHA)
    assert await count_rows(mongo_url, "leads") == 0
    assert await count_rows(mongo_url, "deliveries") == 1
    assert await count_rows(mongo_url, "removals") == 1
    if when == "next start":
        other = MongoStorage(mongo_url)
        await other.open()
        await other.close()
    else:
        await storage.remove_expired("palm-grove", leads_before=None, conversations_before=None)
    for collection in ("leads", "deliveries", "conversations", "messages", "removals"):
        assert await count_rows(mongo_url, collection) == 0, collection


async def crash_on_leads(database: Any, note: Any) -> bool:
    if note["collection"] == "leads":
        raise CrashError
    return await FINISH(database, note)


async def test_a_delivery_whose_lead_is_gone_is_not_handed_out(
    storage: MongoStorage, mongo_url: str
) -> None:
    """Whoever emptied an outbox while the lead was erased may have brought it, and crashed."""
    orphan, lead = make_lead(at=later(days=-1)), make_lead(phone="+919876500001")
    await capture(storage, lead)
    client: AsyncMongoClient[dict[str, Any]]
    async with AsyncMongoClient(mongo_url) as client:
        database: AsyncDatabase[dict[str, Any]] = client.get_default_database()
        await database["deliveries"].insert_one(outbox.delivery_row(make_delivery(orphan)))
    (claimed,) = await storage.claim_deliveries(later(), later(minutes=1), 1)
    assert claimed.lead == lead
    assert await count_rows(mongo_url, "deliveries") == 1


async def test_an_outbox_emptied_after_its_lead_was_erased_brings_nothing_back(
    storage: MongoStorage, mongo_url: str
) -> None:
    lead = make_lead()
    await capture(storage, lead)
    await storage.erase_person(EVERY_PROJECT, ASHA)
    async with storage._database.act() as database:
        # As it was read from the lead a moment before.
        await outbox.empty_outbox(database, lead.id, [outbox.delivery_row(make_delivery(lead))])
    assert await count_rows(mongo_url, "deliveries") == 0


async def test_who_asks_while_a_lead_is_removed_for_its_age_keeps_it(
    storage: MongoStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await capture(storage, make_lead(at=later(days=-90)), [])
    asked_again = make_lead()

    async def remove_late(database: Any, collection: str, as_read: Any) -> bool:
        await capture(storage, asked_again, merge_since=later(days=-99))
        return await removals.remove(database, collection, as_read)

    monkeypatch.setattr(privacy, "remove", remove_late)
    removed = await storage.remove_expired(
        "palm-grove", leads_before=later(days=-30), conversations_before=None
    )
    assert removed == Removed()
    (lead,) = (await storage.list_leads(EVERY_PROJECT)).items
    assert asked_again.enquiries[0] in lead.enquiries
    assert len(await stored_deliveries(storage)) == 1


async def test_what_is_said_while_a_conversation_is_removed_keeps_it(
    storage: MongoStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await storage.start_conversation("palm-grove", make_conversation())

    async def remove_late(database: Any, collection: str, as_read: Any) -> bool:
        await storage.add_message("palm-grove", make_message())
        return await removals.remove(database, collection, as_read)

    monkeypatch.setattr(privacy, "remove", remove_late)
    removed = await storage.remove_expired(
        "palm-grove", leads_before=None, conversations_before=later(days=1)
    )
    assert removed == Removed()
    assert len((await storage.list_messages("palm-grove", "conversation_1")).items) == 1


async def test_what_is_said_while_its_conversation_is_erased_is_not_left_behind(
    storage: MongoStorage, mongo_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message has its number before the erasure and is stored after it."""
    await storage.start_conversation("palm-grove", make_conversation())
    await capture(storage, of_conversation(make_lead(), "conversation_1"))

    async def insert_late(rows: Any, row: Any) -> None:
        await storage.erase_person(EVERY_PROJECT, ASHA)
        await documents.insert(rows, row)

    monkeypatch.setattr(chat, "insert", insert_late)
    with pytest.raises(NotFound) as caught:
        await storage.add_message("palm-grove", make_message())
    assert caught.value.code == "conversation_not_found"
    assert await count_rows(mongo_url, "messages") == 0


async def test_a_save_that_the_driver_sent_twice_is_no_change_by_somebody_else(
    storage: MongoStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    replace_one = AsyncCollection.replace_one

    async def replace_twice(rows: Any, *arguments: Any, **named: Any) -> Any:
        await replace_one(rows, *arguments, **named)  # its reply was lost
        return await replace_one(rows, *arguments, **named)

    project = make_project()
    renamed = project.model_copy(update={"name": "Palm Grove II"})
    monkeypatch.setattr(AsyncCollection, "replace_one", replace_twice)
    await storage.save_project("palm-grove", renamed, expected=project)
    assert (await storage.get_project("palm-grove")).name == "Palm Grove II"
