"""One person's data goes as a whole and alone, and what is too old goes when it may."""

import asyncio
from datetime import datetime

import pytest

from frontdesk.delivery.model import DeliveryState
from frontdesk.errors import NotFound
from frontdesk.leads.model import CaptureOutcome, Lead
from frontdesk.model import EVERY_PROJECT
from frontdesk.privacy.model import Identity, PersonData, Removed
from frontdesk.storage.base import Storage
from frontdesk.storage.records import KINDS
from frontdesk.storage.sqlite.schema import STEPS
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.contracts.everything import fill_everything
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import make_attempt, record
from tests.support.samples import PHONE, later, make_delivery, make_lead

ASHA = Identity(phone=PHONE)


def of_conversation(lead: Lead, conversation_id: str) -> Lead:
    (enquiry,) = lead.enquiries
    return lead.model_copy(
        update={"enquiries": (enquiry.model_copy(update={"conversation_id": conversation_id}),)}
    )


async def talk(storage: Storage, conversation_id: str, texts: int = 2) -> None:
    await storage.start_conversation("palm-grove", make_conversation(conversation_id))
    for number in range(texts):
        await storage.add_message("palm-grove", make_message(f"m_{number}", conversation_id))


@pytest.fixture
async def neighbour(storage: Storage) -> PersonData:
    """Somebody else, in the same project, whose data stay as they are."""
    await talk(storage, "conversation_9")
    lead = of_conversation(make_lead(phone=phone(9), email="ravi@example.com"), "conversation_9")
    await capture(storage, lead, key="neighbour")
    return await storage.find_person(EVERY_PROJECT, Identity(phone=phone(9)))


async def fill_asha(storage: Storage) -> None:
    """Two conversations, three enquiries, two leads in two projects, tries with replies."""
    for conversation_id in ("conversation_1", "conversation_2"):
        await talk(storage, conversation_id)
        lead = of_conversation(make_lead(email="Asha.Rao@example.com"), conversation_id)
        await capture(storage, lead, key=conversation_id)
    await capture(storage, make_lead("coral-bay"), key="conversation_1")


async def test_a_person_is_everything_about_them(storage: Storage, neighbour: PersonData) -> None:
    assert await storage.find_person(EVERY_PROJECT, ASHA) == PersonData()
    await fill_asha(storage)
    person = await storage.find_person(EVERY_PROJECT, ASHA)
    assert {lead.project_id for lead in person.leads} == {"palm-grove", "coral-bay"}
    assert {lead.phone for lead in person.leads} == {PHONE}
    assert len(person.deliveries) == 3
    assert [one.id for one in person.conversations] == ["conversation_1", "conversation_2"]
    assert [(one.conversation_id, one.id) for one in person.messages] == [
        (conversation_id, message_id)
        for conversation_id in ("conversation_1", "conversation_2")
        for message_id in ("m_0", "m_1")
    ]
    assert len(neighbour.messages) == 2


@pytest.mark.parametrize("email", ["Asha.Rao@example.com", "asha.rao@EXAMPLE.com"])
async def test_a_person_is_found_by_email_in_any_case(storage: Storage, email: str) -> None:
    await fill_asha(storage)
    await capture(storage, make_lead(phone=phone(1), email="ashaxrao@example.com"))
    (lead,) = (await storage.find_person(EVERY_PROJECT, Identity(email=email))).leads
    assert lead.email == "Asha.Rao@example.com"


@pytest.mark.parametrize("email", ["", ".*", "%", "asha.rao", "sha.rao@example.com", "a\0b"])
async def test_a_part_of_an_email_is_nobody(storage: Storage, email: str) -> None:
    await fill_asha(storage)
    assert await storage.find_person(EVERY_PROJECT, Identity(email=email)) == PersonData()


async def test_erasing_takes_all_of_one_person_and_nothing_else(
    storage: Storage, neighbour: PersonData
) -> None:
    await fill_asha(storage)
    person = await storage.find_person(EVERY_PROJECT, ASHA)
    assert await storage.erase_person(EVERY_PROJECT, ASHA) == person
    assert await storage.find_person(EVERY_PROJECT, ASHA) == PersonData()
    assert await storage.find_person(EVERY_PROJECT, Identity(phone=phone(9))) == neighbour
    assert await stored_leads(storage) == neighbour.leads
    assert await stored_deliveries(storage) == neighbour.deliveries
    for conversation in person.conversations:
        with pytest.raises(NotFound):
            await storage.list_messages("palm-grove", conversation.id)
    # Not even the keys: the same form would be a new lead, and conversations may begin anew.
    again = await capture(storage, make_lead(), key="conversation_1")
    assert again.outcome is CaptureOutcome.CREATED
    await talk(storage, "conversation_1", texts=0)
    assert (await storage.list_messages("palm-grove", "conversation_1")).items == ()
    assert await storage.erase_person(EVERY_PROJECT, Identity(phone=phone(5))) == PersonData()


async def test_what_a_worker_holds_is_erased_and_never_comes_back(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead, [make_delivery(lead, destination_id=one) for one in "ab"])
    (claimed,) = await storage.claim_deliveries(later(), later(minutes=1), 1)
    erased = await storage.erase_person(EVERY_PROJECT, ASHA)
    # Who asked learns that it was on its way.
    assert sorted(one.lease_token or "" for one in erased.deliveries) == [
        "",
        claimed.delivery.lease_token,
    ]
    with pytest.raises(NotFound) as caught:
        await storage.record_attempt(
            "palm-grove",
            claimed.delivery.id,
            claimed.delivery.lease_token or "",
            make_attempt(),
            state=DeliveryState.WAITING,
            due_at=later(minutes=5),
        )
    assert caught.value.code == "delivery_not_found"
    assert await storage.claim_deliveries(later(days=9), later(days=10), 9) == []
    assert await storage.find_next_due_at() is None
    assert await stored_deliveries(storage) == ()


async def test_who_asks_again_at_the_same_moment_is_whole_or_gone(storage: Storage) -> None:
    for number in range(10):
        await capture(storage, make_lead())
        async with asyncio.TaskGroup() as group:
            group.create_task(storage.erase_person(EVERY_PROJECT, ASHA))
            group.create_task(capture(storage, make_lead(at=later(hours=1)), key=f"form-{number}"))
            claims = group.create_task(storage.claim_deliveries(later(days=1), later(days=2), 9))
        await claims
        leads, deliveries = await stored_leads(storage), await stored_deliveries(storage)
        assert len(leads) <= 1
        assert {one.enquiry_id for one in deliveries} == {
            enquiry.id for lead in leads for enquiry in lead.enquiries
        }
        await storage.erase_person(EVERY_PROJECT, ASHA)
        assert (await stored_leads(storage), await stored_deliveries(storage)) == ((), ())


# What a table holds of visitors; a new one has to say it here, and go with the person if it does.
GOES_WITH_THE_PERSON = {"leads", "idempotency_keys", "deliveries", "conversations", "messages"}
HOLDS_NO_VISITOR = {
    "health",
    "projects",
    "project_sites",
    "knowledge",
    "findings",  # what a property page says
    "reading_turns",
    "unknown_sites",  # a host and a path
    "sightings",  # the same
    "site_leads",  # a lead by its id, and even that goes with it
    "turned_away",  # a project and a page
    "purges",  # what a CDN answered
    "widget_changes",  # settings, and which colleague changed them
    "import_runs",  # how many projects, and which colleague imports them
    "turns",  # which process is at what
    "site_watches",  # how often a site is seen
    "events",  # what happened on a page, by nobody
    "event_counts",
    "spending",
    "members",  # colleagues, not visitors
    "password_links",
    "sessions",
    "api_keys",
    "audit_entries",  # which lead by its id, never who
    "kept_replies",  # what programs were answered about settings, members and keys, sealed
    "widget_layers",  # settings, and which colleague published them
}


def test_every_table_says_whether_it_holds_visitors() -> None:
    created = {
        line.split()[2]
        for step in STEPS
        for line in step.splitlines()
        if line.strip().startswith("CREATE TABLE")
    }
    assert created == GOES_WITH_THE_PERSON | HOLDS_NO_VISITOR


async def test_nobody_is_left_in_any_record(storage: Storage) -> None:
    await fill_everything(storage)
    await fill_asha_again(storage)
    for who in (ASHA, Identity(email="RAVI@example.com")):
        await storage.erase_person(EVERY_PROJECT, who)
    for kind in KINDS:
        for left in (await storage.export_records(kind, limit=1000)).items:
            for trace in (PHONE, "Asha", "ravi@", "9000000001", "school near the lake"):
                assert trace not in left.model_dump_json(), kind


async def fill_asha_again(storage: Storage) -> None:
    await talk(storage, "conversation_7")
    said = make_message("said", "conversation_7", text="Is there a school near the lake?")
    await storage.add_message("palm-grove", said)
    await capture(storage, of_conversation(make_lead(), "conversation_7"))


async def expire(
    storage: Storage, leads: datetime | None, conversations: datetime | None, limit: int = 100
) -> Removed:
    return await storage.remove_expired(
        "palm-grove", leads_before=leads, conversations_before=conversations, limit=limit
    )


async def deliver_all(storage: Storage) -> None:
    for claimed in await storage.claim_deliveries(later(days=90), later(days=91), 100):
        await record(storage, claimed, DeliveryState.DELIVERED)


async def test_a_leads_time_counts_from_its_newest_enquiry(storage: Storage) -> None:
    for day in (0, 20):
        await capture(storage, make_lead(at=later(days=day)), key=f"form-{day}")
    await capture(storage, make_lead(phone=phone(1), at=later(days=5)), key="form-1")
    kept = (await capture(storage, make_lead("coral-bay"))).lead
    await deliver_all(storage)
    assert await expire(storage, None, None) == Removed()
    assert await expire(storage, later(days=5), None) == Removed()
    assert await expire(storage, later(days=20), None) == Removed(leads=1)
    assert {lead.phone for lead in await stored_leads(storage)} == {PHONE}
    assert await expire(storage, later(days=20, milliseconds=1), None) == Removed(leads=1)
    assert await stored_leads(storage) == (kept,)
    assert [one.project_id for one in await stored_deliveries(storage)] == ["coral-bay"]
    again = await capture(storage, make_lead(at=later(days=30)), key="form-0")
    assert again.outcome is CaptureOutcome.CREATED


async def test_what_is_still_on_its_way_stays(storage: Storage) -> None:
    lead = make_lead()
    await capture(storage, lead, [make_delivery(lead, destination_id=one) for one in "ab"])
    claims = await storage.claim_deliveries(later(), later(minutes=1), 2)
    await record(storage, claims[0], DeliveryState.DELIVERED)
    assert await expire(storage, later(days=99), None) == Removed()
    await record(storage, claims[1], DeliveryState.DEAD)
    assert await expire(storage, later(days=99), None) == Removed(leads=1)
    assert await stored_deliveries(storage) == ()


async def test_a_conversations_time_counts_from_its_last_message(storage: Storage) -> None:
    await talk(storage, "conversation_1")
    late = make_message("late").model_copy(update={"at": later(days=7)})
    await storage.add_message("palm-grove", late)
    await talk(storage, "conversation_2", texts=0)
    assert await expire(storage, None, later()) == Removed()
    assert await expire(storage, None, later(days=7)) == Removed(conversations=1)
    assert len((await storage.list_messages("palm-grove", "conversation_1")).items) == 3
    assert await expire(storage, None, later(days=8)) == Removed(conversations=1)
    for conversation_id in ("conversation_1", "conversation_2"):
        with pytest.raises(NotFound):
            await storage.get_conversation("palm-grove", conversation_id)


async def test_a_limit_holds_and_the_rest_goes_next_time(storage: Storage) -> None:
    for number in range(5):
        await capture(storage, make_lead(phone=phone(number)), [])
        await talk(storage, f"conversation_{number}", texts=1)
    stuck = make_lead(phone=phone(9), at=later(days=-9))
    await capture(storage, stuck)  # the oldest, and in nobody's way
    ever = later(days=99)
    assert await expire(storage, ever, ever, limit=3) == Removed(leads=3, conversations=3)
    assert await expire(storage, ever, ever, limit=3) == Removed(leads=2, conversations=2)
    assert await expire(storage, ever, ever, limit=3) == Removed()
    assert await stored_leads(storage) == (stuck,)
