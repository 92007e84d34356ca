"""One person who is there twice, merged and told apart again, on every engine (decision 0022)."""

import asyncio

import pytest

from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.leads.duplicates import Duplicates
from frontdesk.leads.model import CaptureOutcome, Lead, LeadFilter, LeadStatus
from frontdesk.leads.work import Author, LeadChange, LeadWork
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.model import Identity
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.contracts.test_deliveries import claim_one, record
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, later, make_lead

RAVI = Author(id="member_1", name="Ravi")
OLD = later(days=-400)


@pytest.fixture
def duplicates(storage: Storage, clock: SteppedClock) -> Duplicates:
    projects = Projects(storage, clock, Environment.DEVELOPMENT, VAULT)
    return Duplicates(LeadWork(storage, storage, projects, clock, lambda: None))


@pytest.fixture
async def pair(storage: Storage) -> tuple[Lead, Lead]:
    """Of one person: an old lead with an address, and a new one; each with a delivery."""
    old = make_lead(at=OLD, email="asha@example.com", name="Asha")
    new = make_lead()
    for number, lead in enumerate((old, new)):
        await capture(storage, lead, key=f"form-{number}", merge_since=lead.created_at)
    assert len(await stored_leads(storage)) == 2
    return old, new


async def test_merging_keeps_everything_of_both_in_one_place(
    storage: Storage, duplicates: Duplicates, pair: tuple[Lead, Lead]
) -> None:
    old, new = pair
    work = duplicates.work
    await work.add_note(EVERY_PROJECT, old.id, "Wanted a shop then.", RAVI)
    await work.change(EVERY_PROJECT, old.id, LeadChange(status=LeadStatus.LOST), RAVI)
    twins = await duplicates.find(EVERY_PROJECT, new)
    assert [lead.id for lead in twins.same] == [old.id]

    kept = await duplicates.merge(EVERY_PROJECT, new.id, old.id)
    assert kept.enquiries == old.enquiries + new.enquiries
    assert kept.enquiries[0].consent == old.enquiries[0].consent, "the proof stays with it"
    assert [note.text for note in kept.notes] == ["Wanted a shop then."]
    assert [change.status for change in kept.history] == [LeadStatus.LOST]
    assert (kept.status, kept.email, kept.name) == (LeadStatus.NEW, old.email, new.name)
    assert await stored_leads(storage) == (kept,)
    assert await duplicates.merge(EVERY_PROJECT, new.id, old.id) == kept, "again is no error"

    # Deliveries and the keys of forms stay with the lead they went out for.
    assert {one.lead_id for one in await stored_deliveries(storage)} == {old.id, new.id}
    again = await capture(storage, make_lead(at=OLD), key="form-0")
    assert (again.outcome, again.lead.id) == (CaptureOutcome.REPLAYED, old.id)
    twins = await duplicates.find(EVERY_PROJECT, kept)
    assert (twins.same, [one.id for one in twins.merged]) == ((), [old.id])
    with pytest.raises(Conflict, match="lead_merged"):
        await work.add_note(EVERY_PROJECT, old.id, "Too late.", RAVI)


async def test_a_delivery_that_is_under_way_still_arrives(
    storage: Storage, duplicates: Duplicates, pair: tuple[Lead, Lead]
) -> None:
    old, new = pair
    claimed = await claim_one(storage)
    assert claimed.delivery.lead_id == old.id
    await duplicates.merge(EVERY_PROJECT, new.id, old.id)
    assert await record(storage, claimed)
    (other,) = await storage.claim_deliveries(later(), later(minutes=9), 9)
    assert other.lead.id == new.id


async def test_the_next_enquiry_joins_the_lead_that_was_kept(
    storage: Storage, duplicates: Duplicates
) -> None:
    # The one that goes has the newest enquiry, so it is what would be found without the mark.
    first, second = make_lead(at=later(days=-3)), make_lead(at=later(days=-1))
    for lead in (first, second):
        await capture(storage, lead, merge_since=lead.created_at)
    await duplicates.merge(EVERY_PROJECT, first.id, second.id)
    third = await capture(storage, make_lead())
    assert (third.outcome, third.lead.id) == (CaptureOutcome.MERGED, first.id)
    assert len(third.lead.enquiries) == 3

    # Told apart, each has its own again, and what came since stays where it came.
    kept = await duplicates.unmerge(EVERY_PROJECT, first.id, second.id)
    assert [one.id for one in kept.enquiries] == [first.enquiries[0].id, third.enquiry_id]
    apart = await storage.get_lead("palm-grove", second.id)
    assert (apart.merged_into, apart.enquiries) == (None, second.enquiries)
    assert {lead.id for lead in await stored_leads(storage)} == {first.id, second.id}
    with pytest.raises(Conflict, match="not_merged"):
        await duplicates.unmerge(EVERY_PROJECT, first.id, second.id)


async def test_an_enquiry_that_comes_meanwhile_is_not_lost(
    storage: Storage, duplicates: Duplicates
) -> None:
    first, second = make_lead(at=later(days=-3)), make_lead(at=later(days=-1))
    for lead in (first, second):
        await capture(storage, lead, merge_since=lead.created_at)
    forms = [capture(storage, make_lead(at=later(minutes=n))) for n in range(4)]
    merging = asyncio.create_task(duplicates.merge(EVERY_PROJECT, first.id, second.id))
    captures = await asyncio.gather(*forms)
    await merging
    (stored,) = await stored_leads(storage)
    assert stored.id == first.id
    asked = {one.id for one in stored.enquiries}
    assert {one.enquiry_id for one in captures} < asked
    assert len(stored.enquiries) == 6


async def test_only_one_person_of_one_project_is_merged(
    storage: Storage, duplicates: Duplicates, pair: tuple[Lead, Lead]
) -> None:
    old, new = pair
    elsewhere = make_lead("coral-bay")
    other_number = make_lead(phone=phone(7), email="ASHA@example.com")
    for lead in (elsewhere, other_number):
        await capture(storage, lead)
        with pytest.raises(Invalid, match="not_the_same_person"):
            await duplicates.merge(EVERY_PROJECT, old.id, lead.id)
    with pytest.raises(Invalid, match="not_the_same_person"):
        await duplicates.merge(EVERY_PROJECT, old.id, old.id)
    with pytest.raises(NotFound):
        await duplicates.merge(EVERY_PROJECT, old.id, "lead_0")
    palm = Scope(projects=frozenset({"palm-grove"}))
    with pytest.raises(NotFound):
        await duplicates.merge(palm, elsewhere.id, old.id)
    twins = await duplicates.find(EVERY_PROJECT, old)
    assert {one.id for one in twins.alike} == {elsewhere.id, other_number.id}
    assert {one.id for one in (await duplicates.find(palm, old)).alike} == {other_number.id}
    await duplicates.merge(EVERY_PROJECT, new.id, old.id)
    third = make_lead(at=later(days=-800))
    await capture(storage, third, merge_since=later(days=9))
    with pytest.raises(Conflict, match="lead_merged"):
        await duplicates.merge(EVERY_PROJECT, old.id, third.id)
    with pytest.raises(Conflict, match="lead_merged"):
        await duplicates.merge(EVERY_PROJECT, third.id, old.id)


async def test_erasing_by_address_takes_what_was_merged_along(
    storage: Storage, duplicates: Duplicates, pair: tuple[Lead, Lead]
) -> None:
    old, new = pair
    third = make_lead(at=later(days=-800))
    await capture(storage, third, merge_since=later(days=9))
    other = make_lead(phone=phone(7))
    await capture(storage, other)
    await duplicates.merge(EVERY_PROJECT, old.id, third.id)
    # The kept one has no address of its own: the one that went is found by it.
    who = Identity(email="asha@example.com")
    assert len((await storage.find_person(EVERY_PROJECT, who)).leads) == 2
    await duplicates.merge(EVERY_PROJECT, new.id, old.id)
    found = await storage.find_person(EVERY_PROJECT, who)
    assert {lead.id for lead in found.leads} == {old.id, new.id, third.id}
    await storage.erase_person(EVERY_PROJECT, who)
    assert [lead.id for lead in await stored_leads(storage)] == [other.id]
    assert (await storage.list_leads(EVERY_PROJECT, fits=LeadFilter(merged=True))).items == ()
