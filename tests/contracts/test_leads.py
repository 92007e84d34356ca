"""Capture: both or neither, once per key, one lead per phone and window."""

import asyncio
from datetime import datetime

import pytest

from frontdesk.errors import Conflict, NotFound
from frontdesk.leads.model import Capture, CaptureOutcome, LeadStatus
from frontdesk.model import EVERY_PROJECT
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.support.samples import later, make_delivery, make_lead


async def test_a_lead_and_its_deliveries_are_stored(storage: Storage) -> None:
    lead = make_lead()
    deliveries = [make_delivery(lead, destination_id=name) for name in ("crm", "webhook")]
    captured = await capture(storage, lead, deliveries)
    assert captured.outcome is CaptureOutcome.CREATED
    assert captured.lead == lead
    assert captured.enquiry_id == lead.enquiries[0].id
    assert await storage.get_lead("palm-grove", lead.id) == lead
    assert await storage.find_lead(EVERY_PROJECT, lead.id) == lead
    stored = await stored_deliveries(storage)
    assert sorted(stored, key=lambda one: one.id) == sorted(deliveries, key=lambda one: one.id)


async def test_a_lead_without_destinations_is_stored_too(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead, [])
    assert await stored_leads(storage) == (lead,)
    assert await stored_deliveries(storage) == ()


async def test_a_lead_needs_its_project(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await capture(storage, make_lead("nowhere"))
    assert caught.value.code == "project_not_found"
    assert await stored_leads(storage) == ()


async def test_a_missing_lead_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.get_lead("palm-grove", "lead_0")
    assert caught.value.code == "lead_not_found"
    assert await storage.find_lead(EVERY_PROJECT, "lead_0") is None


# Both or neither


async def test_when_a_delivery_cannot_be_stored_neither_is_the_lead(storage: Storage) -> None:
    lead = make_lead()
    good = make_delivery(lead)
    with pytest.raises(Conflict) as caught:
        await capture(storage, lead, [good, good], key="the-same-key")
    assert caught.value.code == "id_taken"
    assert await stored_leads(storage) == ()
    assert await stored_deliveries(storage) == ()
    # The control, and proof that the key was not used up: the same without the fault goes through.
    again = await capture(storage, lead, [good], key="the-same-key")
    assert again.outcome is CaptureOutcome.CREATED
    assert await stored_leads(storage) == (lead,)
    assert await stored_deliveries(storage) == (good,)


async def test_when_a_delivery_cannot_be_stored_no_enquiry_joins(storage: Storage) -> None:
    first = make_lead()
    await capture(storage, first)
    second = make_lead(at=later(hours=1), email="asha@example.com")
    good = make_delivery(second)
    with pytest.raises(Conflict):
        await capture(storage, second, [good, good])
    assert await stored_leads(storage) == (first,)
    assert len(await stored_deliveries(storage)) == 1


async def test_a_lead_id_that_is_taken_stores_nothing(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead)
    impostor = make_lead(phone=phone(1)).model_copy(update={"id": lead.id})
    with pytest.raises(Conflict) as caught:
        await capture(storage, impostor)
    assert caught.value.code == "id_taken"
    assert await stored_leads(storage) == (lead,)
    assert len(await stored_deliveries(storage)) == 1


async def test_a_failed_act_takes_nothing_of_its_neighbours_back(storage: Storage) -> None:
    leads = [make_lead(phone=phone(number)) for number in range(40)]

    async def attempt(number: int) -> CaptureOutcome | None:
        delivery = make_delivery(leads[number])
        broken = number % 4 == 0
        try:
            deliveries = [delivery, delivery] if broken else [delivery]
            return (await capture(storage, leads[number], deliveries)).outcome
        except Conflict:
            return None

    outcomes = await asyncio.gather(*(attempt(number) for number in range(40)))
    good = {lead.id for lead, outcome in zip(leads, outcomes, strict=True) if outcome}
    assert len(good) == 30
    assert {lead.id for lead in await stored_leads(storage)} == good
    assert {delivery.lead_id for delivery in await stored_deliveries(storage)} == good


# Once per key


async def test_the_same_key_fifty_times_at_once_is_one_lead(storage: Storage) -> None:
    tries = [make_lead() for _ in range(50)]
    captured = await asyncio.gather(
        *(capture(storage, lead, key="form-4711-4711") for lead in tries)
    )
    outcomes = [one.outcome for one in captured]
    assert outcomes.count(CaptureOutcome.CREATED) == 1
    assert outcomes.count(CaptureOutcome.REPLAYED) == 49
    assert {one.lead.id for one in captured} == {captured[0].lead.id}
    assert {one.enquiry_id for one in captured} == {captured[0].enquiry_id}
    (lead,) = await stored_leads(storage)
    assert len(lead.enquiries) == 1
    assert len(await stored_deliveries(storage)) == 1


async def test_a_replay_gives_the_first_result_and_stores_nothing(storage: Storage) -> None:
    first = await capture(storage, make_lead(), key="form-1")
    joined = await capture(storage, make_lead(at=later(hours=1)), key="form-2")
    before = (await stored_leads(storage), await stored_deliveries(storage))
    replayed = await capture(storage, make_lead(phone=phone(1)), key="form-1")
    assert replayed.outcome is CaptureOutcome.REPLAYED
    assert replayed.enquiry_id == first.enquiry_id
    assert replayed.lead == joined.lead  # as it stands now
    assert (await capture(storage, make_lead(), key="form-2")).enquiry_id == joined.enquiry_id
    assert (await stored_leads(storage), await stored_deliveries(storage)) == before


async def test_a_capture_is_found_again_by_its_key(storage: Storage) -> None:
    first = await capture(storage, make_lead(), key="form-1", fingerprint="a")
    joined = await capture(storage, make_lead(at=later(hours=1)), key="form-2", fingerprint="b")
    for key, fingerprint, of in (("form-1", "a", first), ("form-2", "b", joined)):
        found = await storage.find_capture(
            "palm-grove", idempotency_key=key, fingerprint=fingerprint
        )
        assert found == Capture(
            lead=joined.lead, enquiry_id=of.enquiry_id, outcome=CaptureOutcome.REPLAYED
        )
    missing = await storage.find_capture("palm-grove", idempotency_key="form-3", fingerprint="a")
    assert missing is None
    with pytest.raises(Conflict) as caught:
        await storage.find_capture("palm-grove", idempotency_key="form-1", fingerprint="b")
    assert caught.value.code == "idempotency_mismatch"


async def test_a_known_key_with_another_body_is_refused(storage: Storage) -> None:
    await capture(storage, make_lead(), key="form-1", fingerprint="one body")
    with pytest.raises(Conflict) as caught:
        await capture(storage, make_lead(phone=phone(1)), key="form-1", fingerprint="another")
    assert caught.value.code == "idempotency_mismatch"
    assert len(await stored_leads(storage)) == 1
    assert len(await stored_deliveries(storage)) == 1


async def test_a_key_counts_in_its_own_project_only(storage: Storage) -> None:
    here = await capture(storage, make_lead("palm-grove"), key="form-1", fingerprint="a")
    there = await capture(storage, make_lead("coral-bay"), key="form-1", fingerprint="b")
    assert (here.outcome, there.outcome) == (CaptureOutcome.CREATED, CaptureOutcome.CREATED)
    assert len(await stored_leads(storage)) == 2


# One lead per phone and window


@pytest.mark.parametrize(
    ("merge_since", "outcome"),
    [
        (later(seconds=-1), CaptureOutcome.MERGED),
        (later(), CaptureOutcome.MERGED),
        (later(milliseconds=1), CaptureOutcome.CREATED),
    ],
    ids=["inside", "at the edge", "outside"],
)
async def test_the_window_is_from_merge_since_on(
    storage: Storage, merge_since: datetime, outcome: CaptureOutcome
) -> None:
    await capture(storage, make_lead())
    second = await capture(storage, make_lead(at=later(days=5)), merge_since=merge_since)
    assert second.outcome is outcome


async def test_an_enquiry_that_joins_changes_nothing_else(storage: Storage) -> None:
    first = make_lead(name="Asha Rao")
    await capture(storage, first)
    second = make_lead(name="A. Rao", email="asha@example.com", at=later(days=1))
    delivery = make_delivery(second)
    captured = await capture(storage, second, [delivery])
    assert captured.outcome is CaptureOutcome.MERGED
    assert captured.enquiry_id == second.enquiries[0].id
    expected = first.model_copy(
        update={
            "enquiries": first.enquiries + second.enquiries,
            "email": "asha@example.com",
            "updated_at": later(days=1),
            "version": 1,
        }
    )
    assert captured.lead == expected
    assert await stored_leads(storage) == (expected,)
    newest, _ = await stored_deliveries(storage)
    assert newest == delivery.model_copy(update={"lead_id": first.id})


async def test_an_email_that_is_there_stays(storage: Storage) -> None:
    await capture(storage, make_lead(email="first@example.com"))
    joined = await capture(storage, make_lead(email="second@example.com"))
    assert joined.lead.email == "first@example.com"


async def test_every_enquiry_extends_the_window(storage: Storage) -> None:
    for day in (0, 20, 40):
        await capture(storage, make_lead(at=later(days=day)), merge_since=later(days=day - 30))
    (lead,) = await stored_leads(storage)
    assert [enquiry.at for enquiry in lead.enquiries] == [later(), later(days=20), later(days=40)]


async def test_an_enquiry_that_comes_late_stands_in_its_place(storage: Storage) -> None:
    await capture(storage, make_lead(at=later(hours=2)))
    joined = await capture(storage, make_lead(at=later(hours=1)))
    assert [enquiry.at for enquiry in joined.lead.enquiries] == [later(hours=1), later(hours=2)]
    assert joined.lead.updated_at == later(hours=2)


async def test_of_two_leads_with_one_phone_the_later_asked_is_joined(storage: Storage) -> None:
    await capture(storage, make_lead(at=later(days=0)))
    newer = await capture(storage, make_lead(at=later(days=5)), merge_since=later(days=4))
    joined = await capture(storage, make_lead(at=later(days=6)), merge_since=later(days=-30))
    assert joined.lead.id == newer.lead.id


async def test_other_phones_and_other_projects_stay_apart(storage: Storage) -> None:
    for lead in (make_lead(), make_lead(phone=phone(1)), make_lead("coral-bay")):
        assert (await capture(storage, lead)).outcome is CaptureOutcome.CREATED
    assert len(await stored_leads(storage)) == 3


async def test_fifty_enquiries_of_one_phone_at_once_are_one_lead(storage: Storage) -> None:
    tries = [make_lead() for _ in range(50)]
    captured = await asyncio.gather(*(capture(storage, lead) for lead in tries))
    outcomes = [one.outcome for one in captured]
    assert outcomes.count(CaptureOutcome.CREATED) == 1
    (lead,) = await stored_leads(storage)
    asked = {enquiry.id for one in tries for enquiry in one.enquiries}
    assert {enquiry.id for enquiry in lead.enquiries} == asked
    deliveries = await stored_deliveries(storage)
    assert {delivery.enquiry_id for delivery in deliveries} == asked
    assert {delivery.lead_id for delivery in deliveries} == {lead.id}
    assert lead.status is LeadStatus.NEW


async def test_leads_are_listed_newest_first(storage: Storage) -> None:
    for hour in (1, 3, 2):
        await capture(storage, make_lead(phone=phone(hour), at=later(hours=hour)))
    assert [lead.created_at for lead in await stored_leads(storage)] == [
        later(hours=3),
        later(hours=2),
        later(hours=1),
    ]
