"""`POST /v1/leads`: what is stored, what is answered, and what is refused whole."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontdesk.delivery.model import Delivery
from frontdesk.leads.api import PER_ADDRESS, PER_CONVERSATION
from frontdesk.leads.model import Interest, Lead, Submission
from frontdesk.leads.service import Leads, thank
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.model import ConsentText, WidgetSettings
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.leads.form import KEY, ORIGIN, make_expired_token, make_form, make_token, send_form
from tests.support.clock import START, SteppedClock
from tests.support.crm import ScriptedCrm
from tests.support.samples import VAULT, make_lead, make_project


async def list_stored(storage: Storage) -> tuple[list[Lead], list[Delivery]]:
    leads = await storage.list_leads(EVERY_PROJECT, limit=200)
    deliveries = await storage.list_deliveries(EVERY_PROJECT, limit=200)
    return list(leads.items), list(deliveries.items)


async def test_a_lead_is_stored_with_what_the_visitor_said_and_reaches_the_crm(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    form = make_form(
        email="Asha@Example.com",
        note=" East facing ",
        attribution={
            "utm_source": "news\u202eletter",
            "gclid": "abc",
            "first": {"utm_source": "sea\u202erch", "at": "2026-11-20T09:00:00Z"},
        },
    )
    reply = await send_form(client, form, token=make_token(clock))
    assert reply.status_code == 201
    (lead,), (delivery,) = await list_stored(storage)
    assert reply.json() == {
        "id": lead.id,
        "message": "Thank you, Asha. The team has your number and will call you back to arrange "
        "your visit.",
    }
    assert "idempotent-replayed" not in reply.headers
    assert (lead.name, lead.phone, lead.phone_country) == ("Asha Rao", "+919876543210", "IN")
    assert (lead.email, lead.created_at) == ("Asha@example.com", START)
    (enquiry,) = lead.enquiries
    assert (enquiry.interest, enquiry.note) == ("visit", "East facing")
    assert (enquiry.page_url, enquiry.conversation_id) == (f"{ORIGIN}/", "conversation_1")
    assert enquiry.consent.model_dump() == {
        "given": True,
        "version": "1",
        "text": ConsentText().text,
        "at": START,
    }
    assert enquiry.attribution.model_dump(exclude_none=True) == {
        "utm_source": "newsletter",
        "gclid": "abc",
        "first": {"utm_source": "search", "at": START - timedelta(days=3)},
    }
    assert (delivery.destination_id, delivery.enquiry_id) == ("crm", enquiry.id)
    await crm.wait_until(lambda: bool(crm.received))
    assert crm.received[0].json["phone"] == "+919876543210"
    assert crm.received[0].lead_id == lead.id


async def test_the_same_key_again_gives_the_same_reply(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    first = await send_form(client)
    retyped = make_form(phone={"number": "+91-98765-43210", "country": "US"}, name=" Asha  Rao ")
    again = await send_form(client, retyped)
    assert (again.status_code, again.json()) == (201, first.json())
    assert again.headers["idempotent-replayed"] == "true"
    leads, deliveries = await list_stored(storage)
    assert (len(leads), len(leads[0].enquiries), len(deliveries)) == (1, 1, 1)


@pytest.mark.parametrize(
    "change",
    [
        {"name": "Asha Iyer"},
        {"phone": {"number": "98765 43211", "country": "IN"}},
        {"email": "asha@example.com"},
        {"interest": "price"},
        {"note": "…"},
        {"page": {"url": f"{ORIGIN}/other", "title": "Palm Grove"}},
        {"attribution": {"utm_source": "x"}},
    ],
)
async def test_the_same_key_with_another_form_is_refused(
    client: httpx2.AsyncClient, storage: Storage, change: dict[str, Any]
) -> None:
    await send_form(client)
    reply = await send_form(client, make_form(**change))
    assert (reply.status_code, reply.json()["code"]) == (422, "idempotency_mismatch")
    leads, deliveries = await list_stored(storage)
    assert (len(leads), len(leads[0].enquiries), len(deliveries)) == (1, 1, 1)


async def test_a_form_stays_the_same_from_version_to_version(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    """A form whose reply was lost comes again after an update: what stands for it must not change,
    also where forms have got more fields by then.
    """
    await send_form(client)
    said = "9e6ae9f315173537f16b5defeab71c4403478b7def7360b7c28724492400718f"
    known = await storage.find_capture("palm-grove", idempotency_key=KEY, fingerprint=said)
    assert known is not None


async def test_one_key_fifty_times_at_once_is_one_lead(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    replies = await asyncio.gather(*(send_form(client) for _ in range(50)))
    assert {reply.status_code for reply in replies} == {201}
    assert len({reply.text for reply in replies}) == 1
    assert sum("idempotent-replayed" in reply.headers for reply in replies) == 49
    leads, deliveries = await list_stored(storage)
    assert (len(leads), len(leads[0].enquiries), len(deliveries)) == (1, 1, 1)


async def test_who_asks_again_is_one_lead_and_cannot_tell(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    first = await send_form(client)
    clock.step(days=29)
    second = await send_form(client, make_form(interest="price"), key=f"{KEY}-2")
    (lead,), deliveries = await list_stored(storage)
    assert [enquiry.interest for enquiry in lead.enquiries] == ["visit", "price"]
    assert len(deliveries) == 2
    # The reply has no word of the earlier visit: not its id, which holds a time, and no other.
    assert second.json()["id"] != first.json()["id"]
    assert set(second.json()) == set(first.json())
    again = await send_form(client, make_form(interest="price"), key=f"{KEY}-2")
    assert again.json() == second.json()
    await crm.wait_until(lambda: len(crm.received) == 2)
    assert [request.json["is_new"] for request in crm.received] == [True, False]
    assert {request.lead_id for request in crm.received} == {lead.id}


async def test_the_worker_is_woken_for_what_is_new_and_each_outcome_counted(
    tmp_path: Path, clock: SteppedClock
) -> None:
    storage = SqliteStorage(tmp_path / "other.db")
    await storage.open()
    crm = HttpDestination(id="crm", url="https://crm.example")
    await storage.save_project("palm-grove", make_project(destinations=(crm,)))
    woken: list[int] = []
    outcomes: list[str] = []
    leads = Leads(
        storage,
        Projects(storage, clock, Environment.PRODUCTION, VAULT),
        clock,
        merge_days=30,
        wake_worker=lambda: woken.append(len(outcomes)),
        count_capture=outcomes.append,
    )
    form = Submission.model_validate(make_form())
    for key in (KEY, KEY, f"{KEY}-2"):
        await leads.capture(form, idempotency_key=key, origin=ORIGIN)
    await storage.close()
    assert outcomes == ["created", "replayed", "merged"]
    assert woken == [1, 3]


async def test_after_the_window_it_is_a_new_lead(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await send_form(client)
    clock.step(days=30, seconds=1)
    await send_form(client, key=f"{KEY}-2")
    assert len((await list_stored(storage))[0]) == 2


async def test_one_person_in_two_projects_is_two_leads(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    await send_form(client)
    elsewhere = make_form(project="coral-bay", page={"url": "https://coral-bay.example/"})
    reply = await send_form(client, elsewhere, origin="https://coral-bay.example")
    assert reply.status_code == 201, "the same key in another project is another key"
    leads, deliveries = await list_stored(storage)
    assert {lead.project_id for lead in leads} == {"palm-grove", "coral-bay"}
    assert len(deliveries) == 1, "Coral Bay has no destination, and its lead is kept all the same"


async def test_an_extension_is_not_lost(client: httpx2.AsyncClient, storage: Storage) -> None:
    await send_form(
        client, make_form(phone={"number": "022 2345 6789 ext 12", "country": "IN"}, note="Ring")
    )
    (lead,), _ = await list_stored(storage)
    assert lead.enquiries[0].note == "Ring\nPhone extension: 12"


async def test_consent_may_be_withheld_where_the_project_does_not_require_it(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    project = make_project().model_copy(update={"consent": ConsentText(required=False)})
    await storage.save_project("palm-grove", project)
    reply = await send_form(client, make_form(consent={"given": False, "version": ""}))
    assert reply.status_code == 201
    (lead,), _ = await list_stored(storage)
    assert not lead.enquiries[0].consent.given


@pytest.mark.parametrize(
    ("change", "code", "fields"),
    [
        ({"name": " "}, "invalid_name", ["name"]),
        (
            {"phone": {"number": "987654321", "country": "IN"}},
            "invalid_phone",
            ["phone.number"],
        ),
        ({"phone": {"number": "1", "country": "XX"}}, "invalid_phone", ["phone.country"]),
        ({"email": "asha@"}, "invalid_email", ["email"]),
        ({"consent": {"given": False, "version": "1"}}, "consent_required", ["consent.given"]),
        ({"consent": {"given": True, "version": "0"}}, "consent_outdated", ["consent.version"]),
        (
            {
                "name": "",
                "phone": {"number": "", "country": "IN"},
                "email": "x",
                "consent": {"given": False, "version": "1"},
            },
            "invalid_name",
            ["name", "phone.number", "email", "consent.given"],
        ),
        ({"interest": "all"}, "invalid_body", ["interest"]),
        ({"name": "a" * 501}, "invalid_body", ["name"]),
        ({"extra": 1}, "invalid_body", ["extra"]),
        ({"phone": "98765 43210"}, "invalid_body", ["phone"]),
        ({"consent": None}, "invalid_body", ["consent"]),
    ],
)
async def test_a_wrong_form_is_refused_whole_and_told_where(
    client: httpx2.AsyncClient,
    storage: Storage,
    change: dict[str, Any],
    code: str,
    fields: list[str],
) -> None:
    reply = await send_form(client, make_form(**change))
    problem = reply.json()
    assert (reply.status_code, problem["code"]) == (422, code)
    assert [field["field"] for field in problem["errors"]] == fields
    assert "98765" not in reply.text
    assert await list_stored(storage) == ([], [])


@pytest.mark.parametrize(
    ("settings", "status", "code"),
    [
        ({"key": None}, 400, "idempotency_key_required"),
        ({"key": "short"}, 400, "idempotency_key_required"),
        ({"key": "k" * 256}, 400, "idempotency_key_required"),
        ({"key": "tab\tin-the-middle-of-it"}, 400, "idempotency_key_required"),
        ({"origin": None}, 403, "origin_not_allowed"),
        ({"origin": "null"}, 403, "origin_not_allowed"),
        ({"origin": "https://coral-bay.example"}, 403, "origin_not_allowed"),
        ({"origin": "https://palm-grove.example.evil.example"}, 403, "origin_not_allowed"),
        ({"form": {"page": {"url": "https://elsewhere.example/"}}}, 403, "page_not_on_site"),
        ({"form": {"project": "nowhere"}}, 404, "project_not_found"),
        ({"token": "forged"}, 401, "invalid_token"),
        ({"token": "of another project"}, 401, "invalid_token"),
        ({"token": "of another origin"}, 403, "origin_not_allowed"),
        ({"token": "expired"}, 401, "expired_token"),
    ],
)
async def test_who_may_not_is_refused_and_nothing_is_stored(
    client: httpx2.AsyncClient,
    storage: Storage,
    clock: SteppedClock,
    settings: dict[str, Any],
    status: int,
    code: str,
) -> None:
    tokens = {
        "of another project": make_token(clock, "coral-bay"),
        "of another origin": make_token(clock, origin="https://www.palm-grove.example"),
        "expired": make_expired_token(clock),
    }
    token = settings.pop("token", None)
    form = make_form(**settings.pop("form", {}))
    reply = await send_form(client, form, token=tokens.get(token, token), **settings)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert await list_stored(storage) == ([], [])


@pytest.mark.parametrize(
    ("content", "content_type", "status", "code"),
    [
        (b"{", "application/json", 400, "malformed_json"),
        (b"", "application/json", 400, "malformed_json"),
        (b'{"name": "\\ud800"}', "application/json", 400, "malformed_json"),
        (b"[]", "application/json", 422, "invalid_body"),
        (b"{}", "text/plain", 415, "wrong_content_type"),
        (b" " * 70_000, "application/json", 413, "body_too_large"),
    ],
)
async def test_what_is_no_form_is_refused(
    client: httpx2.AsyncClient,
    storage: Storage,
    content: bytes,
    content_type: str,
    status: int,
    code: str,
) -> None:
    reply = await client.post(
        "/v1/leads",
        content=content,
        headers={"Origin": ORIGIN, "Idempotency-Key": KEY, "Content-Type": content_type},
    )
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert await list_stored(storage) == ([], [])


async def test_one_address_may_send_many_and_not_any_number(
    client: httpx2.AsyncClient, storage: Storage
) -> None:
    for number in range(PER_ADDRESS.burst):
        reply = await send_form(client, key=f"{KEY}-{number}")
        assert reply.status_code == 201
    reply = await send_form(client, key=f"{KEY}-one-too-many")
    assert (reply.status_code, reply.json()["code"]) == (429, "rate_limited")
    assert int(reply.headers["retry-after"]) >= 1


async def test_one_conversation_may_send_a_few(
    client: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    token = make_token(clock)
    for number in range(PER_CONVERSATION.burst):
        assert (await send_form(client, key=f"{KEY}-{number}", token=token)).status_code == 201
    assert (await send_form(client, key=f"{KEY}-x", token=token)).status_code == 429
    assert (await send_form(client, key=f"{KEY}-y")).status_code == 201


@pytest.mark.parametrize(
    ("interest", "hours_line", "ending"),
    [
        ("call", None, "call you back."),
        ("call", "Answers in seconds, people from 10 to 7", "call you back between 10 and 7."),
        (
            "visit",
            "People from 9:30 to 6",
            "call you back between 9:30 and 6 to arrange your visit.",
        ),
        ("brochure", "Always here", "call you back about the brochure."),
        ("price", "From the heart to you", "call you back."),
        ("call", "Answers in seconds, people from 11 to 6, not on Mondays", "call you back."),
        ("call", "The architect at weekends from 10 to 4", "call you back."),
    ],
)
def test_the_thanks_say_what_happens_next(
    interest: str, hours_line: str | None, ending: str
) -> None:
    enquiry = make_lead().enquiries[0].model_copy(update={"interest": Interest(interest)})
    project = make_project().model_copy(update={"widget": WidgetSettings(hours_line=hours_line)})
    message = thank("Asha Rao", enquiry, project)
    assert message == f"Thank you, Asha. The team has your number and will {ending}"
