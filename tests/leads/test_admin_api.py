"""`GET /v1/leads`, `/v1/leads/{id}`, `/v1/deliveries` and retry: for those who may."""

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.chat.model import Author, Conversation, Message
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.leads.form import KEY, ORIGIN, make_form, make_token, send_form
from tests.support.clock import START, SteppedClock
from tests.support.crm import ScriptedCrm, answer
from tests.support.samples import later

PALM_GROVE = Scope(projects=frozenset({"palm-grove"}))
CORAL_BAY = Scope(projects=frozenset({"coral-bay"}))


async def key_for(
    storage: Storage, clock: SteppedClock, role: Role = Role.VIEWER, scope: Scope = EVERY_PROJECT
) -> dict[str, str]:
    made = await Accounts(storage, clock, 12).create_api_key("test", role, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


async def test_leads_are_listed_newest_first_page_by_page(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    for number in range(5):
        phone = {"number": f"98765 4321{number}", "country": "IN"}
        await send_form(client, make_form(phone=phone), key=f"{KEY}-{number}")
        clock.step(seconds=1)
    headers = await key_for(storage, clock)
    seen: list[str] = []
    after = ""
    while True:
        page = (await client.get(f"/v1/leads?limit=2{after}", headers=headers)).json()
        assert len(page["items"]) <= 2
        seen += [lead["phone"] for lead in page["items"]]
        if page["next_cursor"] is None:
            break
        after = f"&after={page['next_cursor']}"
    assert seen == [f"+91987654321{number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize(
    ("scope", "query", "count"),
    [
        (EVERY_PROJECT, "", 1),
        (PALM_GROVE, "", 1),
        (CORAL_BAY, "", 0),
        (EVERY_PROJECT, "?project=palm-grove", 1),
        (EVERY_PROJECT, "?project=coral-bay", 0),
        (CORAL_BAY, "?project=palm-grove", 0),
        (CORAL_BAY, "?project=nowhere", 0),
    ],
)
async def test_a_caller_sees_the_leads_of_their_projects(
    client: httpx2.AsyncClient,
    storage: Storage,
    clock: SteppedClock,
    scope: Scope,
    query: str,
    count: int,
) -> None:
    await send_form(client)
    headers = await key_for(storage, clock, scope=scope)
    reply = await client.get(f"/v1/leads{query}", headers=headers)
    assert (reply.status_code, len(reply.json()["items"])) == (200, count)


async def test_one_lead_comes_with_its_deliveries_and_its_conversation(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    conversation = Conversation(
        id="conversation_1", project_id="palm-grove", page_url=f"{ORIGIN}/", started_at=START
    )
    await storage.start_conversation("palm-grove", conversation)
    for number in range(250):
        message = Message(
            id=f"m_{number:020}",
            conversation_id="conversation_1",
            project_id="palm-grove",
            author=Author.VISITOR,
            text=f"Question {number}",
            at=later(seconds=number),
        )
        await storage.add_message("palm-grove", message)
    await send_form(client, token=make_token(clock))
    await crm.wait_until(lambda: bool(crm.received))
    (lead,) = (await storage.list_leads(EVERY_PROJECT)).items
    reply = await client.get(f"/v1/leads/{lead.id}", headers=await key_for(storage, clock))
    detail = reply.json()
    assert detail["lead"]["phone"] == "+919876543210"
    assert [delivery["destination_id"] for delivery in detail["deliveries"]] == ["crm"]
    assert "lease_token" not in detail["deliveries"][0]
    assert [message["text"] for message in detail["messages"]] == [
        f"Question {number}" for number in range(250)
    ]


async def test_a_lead_elsewhere_is_not_told_from_one_nowhere(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    lead_id = (await send_form(client)).json()["id"]
    headers = await key_for(storage, clock, Role.OWNER, CORAL_BAY)
    elsewhere = (await client.get(f"/v1/leads/{lead_id}", headers=headers)).json()
    nowhere = (await client.get("/v1/leads/lead_0", headers=headers)).json()
    for problem in (elsewhere, nowhere):
        problem.pop("request_id")
    assert elsewhere == nowhere
    assert elsewhere["code"] == "lead_not_found"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/v1/leads"),
        ("GET", "/v1/leads/lead_0"),
        ("GET", "/v1/deliveries"),
        ("POST", "/v1/deliveries/delivery_0/retry"),
    ],
)
async def test_nobody_without_a_key(client: httpx2.AsyncClient, method: str, path: str) -> None:
    for headers in ({}, {"Authorization": "Bearer fd_wrong"}):
        reply = await client.request(method, path, headers=headers)
        assert reply.status_code == 401


async def make_dead_delivery(
    client: httpx2.AsyncClient, storage: Storage, crm: ScriptedCrm, headers: dict[str, str]
) -> str:
    crm.behaviour = answer(401)
    await send_form(client)
    await crm.wait_until(lambda: len(crm.received) == 1)
    # The worker has the reply by now and records it through the same writer; ask until it has.
    for _ in range(1000):
        page = await client.get("/v1/deliveries?state=dead", headers=headers)
        if page.json()["items"]:
            (delivery,) = page.json()["items"]
            assert "credentials" in delivery["attempts"][0]["reason"]
            return str(delivery["id"])
        await storage.check()
    raise AssertionError("the delivery did not die")


async def test_a_dead_delivery_is_sent_again_when_somebody_says_so(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    headers = await key_for(storage, clock, Role.SALES)
    delivery_id = await make_dead_delivery(client, storage, crm, headers)
    crm.behaviour = answer(201)
    reply = await client.post(f"/v1/deliveries/{delivery_id}/retry", headers=headers)
    assert (reply.status_code, reply.json()["state"]) == (200, "waiting")
    await crm.wait_until(lambda: len(crm.received) == 2)
    first, second = crm.received
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"] == delivery_id


async def test_who_may_not_retry_changes_nothing(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    viewer = await key_for(storage, clock, Role.VIEWER)
    elsewhere = await key_for(storage, clock, Role.OWNER, CORAL_BAY)
    delivery_id = await make_dead_delivery(client, storage, crm, viewer)
    path = f"/v1/deliveries/{delivery_id}/retry"
    assert (await client.post(path, headers=viewer)).status_code == 403
    reply = await client.post(path, headers=elsewhere)
    assert (reply.status_code, reply.json()["code"]) == (404, "delivery_not_found")
    assert (await client.get("/v1/deliveries", headers=elsewhere)).json()["items"] == []
    (delivery,) = (await storage.list_deliveries(EVERY_PROJECT)).items
    assert delivery.state == "dead"


async def test_what_was_delivered_is_not_sent_again(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    headers = await key_for(storage, clock, Role.SALES)
    await send_form(client)
    await crm.wait_until(lambda: len(crm.received) == 1)
    delivery_id = crm.received[0].headers["idempotency-key"]
    reply = await client.post(f"/v1/deliveries/{delivery_id}/retry", headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (409, "delivery_not_retryable")
    assert len(crm.received) == 1
