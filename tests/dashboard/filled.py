"""A store as it looks after a busy week, filled through the Storage protocol."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from frontdesk.chat.model import Author, Conversation, Message, Refusal, ReplySource
from frontdesk.delivery.model import Attempt, AttemptOutcome, Delivery, DeliveryState
from frontdesk.leads.model import Attribution, Consent, Enquiry, Interest, Lead
from frontdesk.model import EVERY_PROJECT, new_id
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import (
    Project,
    Site,
    WidgetSettings,
)
from frontdesk.projects.schedule import Opening, Schedule, Weekday
from frontdesk.storage.base import Storage
from tests.dashboard.known import make_findings, make_knowledge
from tests.support.clock import START
from tests.support.samples import make_delivery, make_project

CONSENT = "I agree to be called or messaged about this project. I can take this back at any time."
NAMES = (
    "Asha Rao",
    "Vikram Shetty",
    "Meera Nair",
    "आरव शर्मा",
    "Fatima Sheikh",
    "Rohan D'Souza",
    "Ananya Iyer",
    "Kabir Malhotra",
)


class Filled(NamedTuple):
    """`dead_lead` has a delivery that stopped, `talked_lead` a conversation and two enquiries."""

    dead_lead: Lead
    talked_lead: Lead
    dead_delivery: Delivery


def make_projects(at: datetime) -> list[Project]:
    crm = HttpDestination(
        id="crm",
        url="https://hooks.crm.example/services/T000/s3cr3t-path?api_key=s3cr3t-query",
        headers={"Authorization": "Bearer s3cr3t-header"},
        fields={"contact.mobile": "phone", "contact.full_name": "name", "srd": "crm_id"},
    )
    palm = make_project("palm-grove", destinations=(crm,), at=at).model_copy(
        update={
            "group": "Sahyadri Homes",
            "sites": (
                Site(host="palmgrove.example"),
                Site(host="*.sahyadri.example", path_prefix="/palm-grove"),
                Site(host="sahyadri.example", by_hand=True),
            ),
            "schedule": Schedule(
                visits=(Opening(days=tuple(Weekday), opens="10:00", closes="18:00"),),
                calls=(Opening(days=tuple(Weekday)[:6], opens="10:00", closes="19:00"),),
                holidays=(date(2026, 12, 25),),
            ),
            "widget": WidgetSettings(accent="#1f6f54", legal_line="MahaRERA P52100000000"),
        }
    )
    coral = make_project("coral-bay", destinations=(crm,), at=at)
    nest = make_project("urban-nest", at=at)
    return [palm, coral, nest]


def make_enquiry(at: datetime, interest: Interest, conversation_id: str | None = None) -> Enquiry:
    return Enquiry(
        id=new_id("enquiry", at),
        at=at,
        interest=interest,
        note="After 6 in the evening, please.\nHindi is fine." if conversation_id else "",
        page_url="https://palmgrove.example/configurations?tower=b",
        conversation_id=conversation_id,
        consent=Consent(given=True, version="3", text=CONSENT, at=at),
        attribution=Attribution(
            referrer="https://www.search.example/",
            landing_page="https://palmgrove.example/?utm_source=search",
            utm_source="search",
            utm_campaign="diwali-2026",
            gclid="Cj0KCQ-invented",
        ),
    )


async def fill(storage: Storage) -> Filled:
    """Sixty leads in three projects, with deliveries in every state."""
    for project in make_projects(START - timedelta(days=30)):
        await storage.save_project(project.id, project)
    await storage.save_knowledge("palm-grove", make_knowledge(START))
    await storage.save_findings("palm-grove", make_findings(START))
    for host in ("palmgrove-preview.example", "old.sahyadri.example"):
        await storage.record_unknown_site(host, "/landing", START - timedelta(days=2))
        await storage.record_unknown_site(host, "/landing", START - timedelta(hours=1))
    interests = list(Interest)
    dead_lead = None
    for number in range(59):
        project_id = ("palm-grove", "coral-bay", "urban-nest")[number % 3]
        at = START - timedelta(minutes=47 * (60 - number))
        lead = await _capture(storage, project_id, number, at, interests[number % 5])
        if number == 57:
            dead_lead = lead
    assert dead_lead is not None
    await refuse(storage)
    talked_lead = await _talk(storage)
    dead = await storage.list_deliveries(EVERY_PROJECT, state=DeliveryState.DEAD)
    return Filled(dead_lead, talked_lead, dead.items[0])


async def _capture(
    storage: Storage, project_id: str, number: int, at: datetime, interest: Interest
) -> Lead:
    lead = Lead(
        id=new_id("lead", at),
        project_id=project_id,
        name=NAMES[number % len(NAMES)],
        phone=f"+9198765{number:05d}",
        phone_country="IN",
        email=f"visitor{number}@mail.example" if number % 2 else None,
        enquiries=(make_enquiry(at, interest),),
        created_at=at,
        updated_at=at,
    )
    deliveries = [] if project_id == "urban-nest" else [make_delivery(lead)]
    await storage.capture_lead(
        project_id,
        lead,
        deliveries,
        idempotency_key=f"key-{lead.id}",
        fingerprint="f",
        merge_since=at,
    )
    for delivery in deliveries:
        await _attempt(storage, delivery, number, at)
    return lead


async def _attempt(storage: Storage, delivery: Delivery, number: int, at: datetime) -> None:
    """57 dies after three tries, 55 and 58 wait for another, the others arrive at once."""
    if number == 57:
        for try_number in (1, 2, 3):
            last = try_number == 3
            await record(
                storage,
                delivery,
                try_number,
                at + timedelta(minutes=try_number),
                AttemptOutcome.PERMANENT if last else AttemptOutcome.RETRY,
                status_code=422 if last else 503,
                reason="The CRM refused the lead: the project is unknown to it."
                if last
                else "The CRM is not available.",
                response='{"error":"unknown srd"}' if last else "<h1>503</h1>",
            )
    elif number in (55, 58):
        reason = "No reply within 20 seconds."
        await record(storage, delivery, 1, at, AttemptOutcome.RETRY, None, reason, "")
    else:
        reason = "Accepted."
        await record(storage, delivery, 1, at, AttemptOutcome.DELIVERED, 201, reason, '{"id":"9"}')


async def record(
    storage: Storage,
    delivery: Delivery,
    number: int,
    at: datetime,
    outcome: AttemptOutcome,
    status_code: int | None,
    reason: str,
    response: str,
) -> None:
    """Claim the delivery and record one try of it, as the worker does."""
    claims = await storage.claim_deliveries(at, at + timedelta(seconds=30), 100)
    claimed = next(claim.delivery for claim in claims if claim.delivery.id == delivery.id)
    assert claimed.lease_token is not None
    state = {
        AttemptOutcome.DELIVERED: DeliveryState.DELIVERED,
        AttemptOutcome.RETRY: DeliveryState.WAITING,
        AttemptOutcome.PERMANENT: DeliveryState.DEAD,
    }[outcome]
    held = await storage.record_attempt(
        delivery.project_id,
        delivery.id,
        claimed.lease_token,
        Attempt(
            number=number,
            started_at=at,
            finished_at=at + timedelta(milliseconds=340),
            outcome=outcome,
            status_code=status_code,
            reason=reason,
            response=response,
        ),
        state=state,
        due_at=at + timedelta(seconds=31) if state is DeliveryState.WAITING else None,
        remote_id="CRM-90417" if state is DeliveryState.DELIVERED else None,
    )
    assert held


async def _talk(storage: Storage) -> Lead:
    """One person who chatted, left a number, and came back with a second wish."""
    at = START - timedelta(minutes=30)
    conversation = Conversation(
        id=new_id("conversation", at),
        project_id="palm-grove",
        page_url="https://palmgrove.example/",
        started_at=at,
    )
    await storage.start_conversation("palm-grove", conversation)
    said = (
        (Author.VISITOR, "2 BHK kitne ka hai?"),
        (Author.DESK, "2 BHK homes start at ₹84 lakh (price list of 1 November)."),
        (Author.VISITOR, "And can I see one on Saturday?"),
        (Author.DESK, "Gladly. Leave your number and the team will fix a time with you."),
    )
    for number, (author, text) in enumerate(said):
        message = Message(
            id=f"message-{number:012d}",
            conversation_id=conversation.id,
            project_id="palm-grove",
            author=author,
            text=text,
            at=at + timedelta(seconds=20 * number),
            source=ReplySource.KNOWLEDGE if author is Author.DESK else None,
        )
        await storage.add_message("palm-grove", message)
    lead = Lead(
        id=new_id("lead", at),
        project_id="palm-grove",
        name="Asha Rao",
        phone="+919876543210",
        phone_country="IN",
        email="asha@mail.example",
        enquiries=(make_enquiry(at, Interest.PRICE),),
        created_at=at,
        updated_at=at,
    )
    await _store(storage, lead, "first-key-of-asha")
    again = START - timedelta(minutes=5)
    second = lead.model_copy(
        update={
            "id": new_id("lead", again),
            "enquiries": (make_enquiry(again, Interest.VISIT, conversation.id),),
            "created_at": again,
            "updated_at": again,
        }
    )
    return await _store(storage, second, "second-key-of-asha")


async def _store(storage: Storage, lead: Lead, key: str) -> Lead:
    delivery = make_delivery(lead)
    capture = await storage.capture_lead(
        lead.project_id,
        lead,
        [delivery],
        idempotency_key=key,
        fingerprint=key,
        merge_since=START - timedelta(days=30),
    )
    at = lead.created_at
    stored = delivery.model_copy(update={"lead_id": capture.lead.id})
    await record(storage, stored, 1, at, AttemptOutcome.DELIVERED, 201, "Accepted.", '{"id":"9"}')
    return capture.lead


async def refuse(storage: Storage) -> None:
    """A talk in which a model named a price that nobody knows, and what it used on two days."""
    at = START - timedelta(minutes=90)
    talk = Conversation(
        id=new_id("conversation", at),
        project_id="palm-grove",
        page_url="https://palmgrove.example/",
        started_at=at,
    )
    await storage.start_conversation("palm-grove", talk)
    question = Message(
        id="message-refused-0",
        conversation_id=talk.id,
        project_id="palm-grove",
        author=Author.VISITOR,
        text="What does a penthouse cost?",
        at=at,
    )
    reply = question.model_copy(
        update={
            "id": "message-refused-1",
            "author": Author.DESK,
            "text": "I don't have that confirmed. Shall the sales team tell you?",
            "reply_to": question.id,
            "source": ReplySource.OFFER,
            "refused": Refusal(reason="figure", text="A penthouse costs ₹3.2 crore."),
            "model": "gemini-2.5-flash",
            "tokens": 1_240,
        }
    )
    await storage.add_message("palm-grove", question)
    await storage.add_message("palm-grove", reply)
    await storage.spend("palm-grove", at.date(), 1_240)
    await storage.spend("coral-bay", at.date(), 800)
    await storage.spend("palm-grove", at.date() - timedelta(days=1), 5_100)
