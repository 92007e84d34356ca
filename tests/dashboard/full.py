"""A store with as much in it as the pages have to bear: long names, long texts, much of each."""

from datetime import timedelta
from typing import NamedTuple

from frontdesk.accounts.model import ActorKind, ApiKey, AuditEntry, Member, Role
from frontdesk.analytics.model import EventKind, Sighting
from frontdesk.delivery.model import Attempt, AttemptOutcome, Delivery, DeliveryState
from frontdesk.leads.model import Interest, Lead
from frontdesk.model import Scope, new_id
from frontdesk.projects.destinations import AnyDestination, HttpDestination
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.layers import WidgetLayer, WidgetVersion
from frontdesk.projects.model import Answer, Fact, Knowledge, Project, Site, WidgetSettings
from frontdesk.projects.widget_change import ChangePart, ChangeState, WidgetChange, Wish, mark_of
from frontdesk.property.model import (
    Conflict,
    DetectedFact,
    Detection,
    Findings,
    Method,
    PageFindings,
    PageKind,
)
from frontdesk.storage.base import Storage
from tests.dashboard.filled import make_enquiry
from tests.support.clock import START
from tests.support.samples import make_delivery, make_lead, make_project

MANY = 220
NAME = "Sri Venkateswara Lakshmi Narasimha Residential Layouts and Villas, Phase II"
PERSON = "Dr Padmavathi Lakshminarayanan Subramaniam-Krishnamurthy of Visakhapatnam"
UNBROKEN = "Thiruvananthapuram" * 4
HOST = "palm-grove-residences-and-villas-by-the-lake.invented-homes-of-the-deccan.example"
SAID = "The registration office opens at ten & asks for <two> copies of each paper. "
REFUSAL = "<!doctype html><html><body class=error><h1>Unprocessable</h1>" + SAID * 25
CHANGE_ID, RUN_ID = "change_01a2", "import_01a2"


class Full(NamedTuple):
    """Ids by the names that paths give them; `talked` is a lead with all that a lead can have."""

    ids: dict[str, str]


def make_destinations() -> tuple[AnyDestination, ...]:
    fields = {f"their.field.number.{number}": "phone" for number in range(30)}
    return tuple(
        HttpDestination(
            id=f"sales-system-of-branch-{number}", url=f"https://{HOST}/", fields=fields
        )
        for number in range(10)
    )


def make_big_project() -> Project:
    sites = tuple(Site(host=f"site-{number}.{HOST}", path_prefix="/homes") for number in range(50))
    return make_project("palm-grove", destinations=make_destinations()).model_copy(
        update={"name": NAME, "sites": sites, "group": f"{NAME} group 0", "crm_id": UNBROKEN}
    )


def make_small_project(number: int) -> Project:
    name = f"tower-{number:04d}"
    hosts = tuple(f"{name}-{which}.{HOST}" for which in ("a", "b", "c"))
    return make_project(name, hosts=hosts, destinations=make_destinations()[:2]).model_copy(
        update={"name": f"{NAME} {number}", "group": f"{NAME} group {number % 40}"}
    )


def make_knowledge() -> Knowledge:
    return Knowledge(
        facts=tuple(
            Fact(
                key="price", subject=f"{n} BHK in {NAME}", value=SAID * 4, source=f"https://{HOST}/"
            )
            for n in range(200)
        ),
        answers=tuple(
            Answer(question=f"Question {n}: {SAID * 3}", answer=SAID * 20) for n in range(400)
        ),
        updated_at=START,
    )


def make_findings() -> Findings:
    def found(key: str, subject: str, value: str) -> DetectedFact:
        return DetectedFact(
            key=key,
            subject=subject,
            value=value,
            read_from=SAID * 3,
            method=Method.VISIBLE,
            confidence=0.9,
            as_of=START.date(),
        )

    def conflict(number: int) -> Conflict:
        subject = f"{number} BHK in {NAME}"
        facts = tuple(found("area", subject, f"{at} sq ft") for at in (900, 950, 1000))
        return Conflict(key="area", subject=subject, facts=facts)

    detection = Detection(
        url=f"https://{HOST}/",
        title=NAME,
        kind=PageKind.PROPERTY,
        reason="It names a price, homes and a place.",
        facts=tuple(found("price", f"{n} BHK in {NAME}", f"₹{n} crore") for n in range(100)),
        conflicts=tuple(map(conflict, range(100))),
        missing=("possession",),
    )
    page = PageFindings(url=f"https://{HOST}/", detection=detection, read_at=START, tried_at=START)
    return Findings(project_id="palm-grove", pages=(page,), tried_at=START)


def try_ten_times(delivery: Delivery) -> Delivery:
    attempts = tuple(
        Attempt(
            number=number,
            started_at=START,
            finished_at=START,
            outcome=AttemptOutcome.PERMANENT if number == 10 else AttemptOutcome.RETRY,
            status_code=422,
            reason="The destination does not understand the lead; look at its field mapping.",
            response=REFUSAL[:2000],
        )
        for number in range(1, 11)
    )
    return delivery.model_copy(update={"attempts": attempts})


async def fill_full(storage: Storage) -> Full:
    projects = [make_big_project(), *map(make_small_project, range(MANY))]
    for project in projects:
        await storage.save_project(project.id, project)
    await storage.save_knowledge("palm-grove", make_knowledge())
    await storage.save_findings("palm-grove", make_findings())
    for number in range(MANY):
        await storage.record_unknown_site(f"unknown-{number}.{HOST}", "/" + "landing/" * 20, START)
    member_id = await fill_people(storage)
    lead, delivery = await fill_leads(storage)
    await fill_versions(storage)
    for number, site in enumerate(projects[0].sites):
        await storage.record_events("palm-grove", [], make_sighting(site, number))
    return Full(
        {
            "project_id": "palm-grove",
            "destination_id": "sales-system-of-branch-0",
            "lead_id": lead.id,
            "delivery_id": delivery.id,
            "member_id": member_id,
            "change_id": CHANGE_ID,
            "run_id": RUN_ID,
            "path": "nothing",
        }
    )


def make_sighting(site: Site, number: int) -> Sighting:
    at = START - timedelta(days=number)
    return Sighting(
        project_id="palm-grove",
        host=site.host,
        path_prefix=site.path_prefix,
        page=f"https://{site.host}{site.path_prefix}/{'floor-plans-and-prices/' * 5}",
        version="0.1.0",
        last_event=EventKind.LOADED,
        first_seen_at=at,
        last_seen_at=at,
    )


async def fill_people(storage: Storage) -> str:
    scope = Scope(projects=frozenset(f"tower-{number:04d}" for number in range(60)))
    members = [
        Member(
            id=new_id("member", START),
            email=f"member-{number}.{UNBROKEN}@{HOST}"[-200:].lower(),
            name=f"Padmavathi Lakshminarayanan {number}",
            role=Role.SALES,
            scope=scope,
            password_hash=None,
            created_at=START,
        )
        for number in range(MANY)
    ]
    for number, member in enumerate(members):
        await storage.add_member(member)
        key = ApiKey(
            id=new_id("key", START),
            name=f"{NAME} {number}",
            key_hash=f"hash-{number}",
            hint="fd_abcd",
            role=Role.SALES,
            scope=scope,
            created_at=START,
        )
        await storage.add_api_key(key)
        entry = AuditEntry(
            id=new_id("audit", START),
            created_at=START,
            actor_kind=ActorKind.MEMBER,
            actor_id=member.id,
            actor_name=member.name,
            action="save_project",
            project_id="palm-grove",
            targets={"project_id": "palm-grove", "destination_id": "sales-system-of-branch-0"},
            changes=tuple(f"widget.texts.{n}: {SAID}" for n in range(6)),
        )
        await storage.add_audit_entry(entry)
    return members[0].id


async def fill_leads(storage: Storage) -> tuple[Lead, Delivery]:
    """Many people with a dead or a waiting delivery, and one with many enquiries."""
    states = (DeliveryState.DEAD, DeliveryState.WAITING, DeliveryState.DELIVERED)
    for number in range(MANY):
        project_id = "palm-grove" if number % 2 else f"tower-{number:04d}"
        lead = make_lead(project_id, phone=f"+91987650{number:04d}", name=f"{PERSON} {number}")
        await capture(storage, lead, states[number % 3])
    enquiries = (
        make_enquiry(START, Interest.PRICE).model_copy(update={"note": SAID * 10})
        for _ in range(12)
    )
    person = make_lead("palm-grove", phone="+919999900000", name=UNBROKEN)
    first, *others = (
        person.model_copy(update={"id": new_id("lead", START), "enquiries": (enquiry,)})
        for enquiry in enquiries
    )
    stored, delivery = await capture(storage, first, DeliveryState.DEAD)
    for other in others:
        await capture(storage, other, DeliveryState.DEAD)
    return stored, delivery


async def capture(storage: Storage, lead: Lead, state: DeliveryState) -> tuple[Lead, Delivery]:
    """With a delivery in this state that was tried ten times."""
    delivery = make_delivery(lead, destination_id="sales-system-of-branch-0")
    delivery = try_ten_times(delivery).model_copy(update={"state": state})
    captured = await storage.capture_lead(
        lead.project_id,
        lead,
        [delivery],
        idempotency_key=f"key-of-{lead.id}",
        fingerprint="f",
        merge_since=START - timedelta(days=30),
    )
    return captured.lead, delivery


async def fill_versions(storage: Storage) -> None:
    texts = {"greeting": SAID * 5, "accent": "#1f6f54", "legal_line": NAME}
    versions = tuple(
        WidgetVersion(
            number=number,
            settings=WidgetSettings.model_validate(texts | {"hours_line": f"{NAME} {number}"}),
            author=PERSON,
            published_at=START,
            change_id=CHANGE_ID,
        )
        for number in range(1, 41)
    )
    for key in ("installation", "project:palm-grove"):
        await storage.save_widget_layer(WidgetLayer(key=key, versions=versions), expected=None)
    mark = mark_of(WidgetSettings())
    parts = (ChangePart(project_id=f"tower-{number:04d}", mark=mark) for number in range(MANY))
    change = WidgetChange(
        id=CHANGE_ID,
        author=PERSON,
        wish=Wish(),
        parts=tuple(parts),
        state=ChangeState.MADE,
        created_at=START,
    )
    await storage.save_widget_change(change)
    # One that stopped: a page that follows one in its course makes itself anew.
    run = ImportRun(
        id=RUN_ID,
        author=PERSON,
        total=MANY,
        created=MANY,
        done=5,
        started_at=START,
        touched_at=START,
        finished_at=START,
        fault="The store fails.",
    )
    await storage.save_import_run(run)
