"""What was acknowledged is there afterwards; what is closed says so."""

import asyncio
import inspect

import pytest

from frontdesk.errors import Unavailable
from frontdesk.leads.model import CaptureOutcome
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.contracts.conftest import MakeStorage
from tests.contracts.everything import fill_everything, see_all
from tests.support.samples import make_delivery, make_lead, make_project


async def test_what_is_open_is_not_opened_again(storage: Storage) -> None:
    with pytest.raises(ValueError, match="open"):
        await storage.open()
    await storage.check()


async def test_everything_is_there_after_opening_again_and_again(
    storage: Storage, make_storage: MakeStorage
) -> None:
    await fill_everything(storage)
    before = await see_all(storage)
    await storage.close()
    for _ in range(
        2
    ):  # opening brings the schema up to date, and again when there is nothing to do
        reopened = make_storage()
        await reopened.open()
        assert await see_all(reopened) == before
        replayed = await capture(reopened, make_lead(), key="form-1")
        assert replayed.outcome is CaptureOutcome.REPLAYED
        await reopened.close()


async def test_two_processes_share_the_data(storage: Storage, make_storage: MakeStorage) -> None:
    other = make_storage()
    await other.open()
    try:
        tries = [(storage, other)[number % 2] for number in range(20)]
        outcomes = [
            one.outcome
            for one in await asyncio.gather(
                *(capture(which, make_lead(), key="form-1") for which in tries)
            )
        ]
        assert outcomes.count(CaptureOutcome.CREATED) == 1
        assert outcomes.count(CaptureOutcome.REPLAYED) == 19
        await other.save_project("urban-nest", make_project("urban-nest"))
        assert (await storage.get_project("urban-nest")).id == "urban-nest"
    finally:
        await other.close()


async def test_what_was_accepted_before_closing_is_finished(
    storage: Storage, make_storage: MakeStorage
) -> None:
    leads = [make_lead(phone=phone(number)) for number in range(30)]
    tasks = [asyncio.create_task(capture(storage, lead)) for lead in leads]
    await asyncio.sleep(0)  # each has handed its act in
    await storage.close()
    assert {one.outcome for one in await asyncio.gather(*tasks)} == {CaptureOutcome.CREATED}
    reopened = make_storage()
    await reopened.open()
    assert {lead.id for lead in await stored_leads(reopened)} == {lead.id for lead in leads}
    await reopened.close()


async def test_a_cancelled_act_happened_entirely_or_not_at_all(storage: Storage) -> None:
    lead = make_lead()
    task = asyncio.create_task(capture(storage, lead, [make_delivery(lead)], key="form-1"))
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    again = await capture(storage, lead, [make_delivery(lead)], key="form-1")
    assert again.lead == lead
    assert await stored_leads(storage) == (lead,)
    assert len(await stored_deliveries(storage)) == 1


async def test_a_closed_store_says_so(storage: Storage) -> None:
    await storage.close()
    await storage.close()  # no error
    for act in (
        storage.check(),
        storage.get_project("palm-grove"),
        storage.save_project("palm-grove", make_project()),
        capture(storage, make_lead()),
    ):
        with pytest.raises(Unavailable):
            await act


async def test_a_store_that_works_says_so_to_many_at_once(storage: Storage) -> None:
    await asyncio.gather(*(storage.check() for _ in range(20)))


async def test_an_engine_has_every_method_as_promised(storage: Storage) -> None:
    for name, promised in inspect.getmembers(Storage, inspect.isfunction):
        if not name.startswith("_"):
            kept = inspect.signature(getattr(type(storage), name))
            assert kept == inspect.signature(promised), name
