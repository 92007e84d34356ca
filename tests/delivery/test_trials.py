"""Trying a destination out: a test lead, a delivery's requests on paper, pausing; over HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import unquote, unquote_plus

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.delivery.model import DeliveryState
from frontdesk.delivery.trials import TEST_NAME, TEST_NOTE
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.destinations import AnyDestination, EmailDestination, map_secrets
from frontdesk.projects.secrets import MASK, Secret
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.delivery.kinds import make_kinds
from tests.delivery.room import add_lead, add_project, list_all
from tests.delivery.test_replay import make_key
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, answer, drop
from tests.support.samples import VAULT

KINDS = [*make_kinds("crm.example")]
# What every kind takes for a yes, a token of its own included.
YES = answer(
    200,
    b'{"access_token": "s3cr3t-session", "Status": "Success", "code": "SUCCESS",'
    b' "sell_do_lead_id": 1}',
)


@pytest.fixture
def engine(tmp_path: Path) -> SqliteStorage:
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    tmp_path: Path, engine: SqliteStorage, clock: SteppedClock, crm: ScriptedCrm
) -> AsyncIterator[httpx2.AsyncClient]:
    settings = make_settings(tmp_path, allowed_private_hosts=(crm.host,))
    async with run_app(settings, clock, engine) as client:
        client.headers |= await make_key(engine, clock, Role.MANAGER, EVERY_PROJECT)
        yield client


def at(destination_id: str, verb: str, project_id: str = "palm-grove") -> str:
    return f"/v1/projects/{project_id}/destinations/{destination_id}/{verb}"


@pytest.mark.parametrize("kind", KINDS)
async def test_the_request_that_is_shown_is_the_one_that_is_sent(
    client: httpx2.AsyncClient,
    engine: SqliteStorage,
    clock: SteppedClock,
    crm: ScriptedCrm,
    kind: str,
) -> None:
    crm.behaviour = YES
    destination = make_kinds(crm.host)[kind]
    await add_project(engine, destination.model_copy(update={"paused": True}))
    await add_lead(engine, clock, destination_ids=(kind,))
    (delivery,) = await list_all(engine)
    shown = (await client.get(f"/v1/deliveries/{delivery.id}/request")).json()["requests"]
    assert crm.received == []
    assert (await client.post(at(kind, "resume"))).json()["paused"] is False
    await crm.wait_until(lambda: len(crm.received) == len(shown))

    secrets = ["s3cr3t-session", *_open_all(destination)]
    for request, view in zip(crm.received, shown, strict=True):
        assert "s3cr3t" not in unquote(str(view))
        assert request.method == view["method"]
        assert _mask(request.path, secrets) == unquote_plus(view["url"].partition(crm.host)[2])
        # A body's secret is written as JSON, and in a form as a form; the shown one is a mask.
        body = request.body.decode().replace('\\"', '"').replace("\\\\", "\\")
        assert _mask(body, secrets) == unquote_plus(view["body"])
        for name, value in view["headers"].items():
            sent = MASK if name == "webhook-signature" else request.headers[name.lower()]
            assert _mask(sent, secrets) == unquote_plus(value)


def _open_all(destination: AnyDestination) -> list[str]:
    opened: list[str] = []

    def note(_field: str, _key: str | int, secret: Secret) -> Secret:
        opened.append(VAULT.open(secret))
        return secret

    map_secrets(destination, note)
    return opened


def _mask(text: str, secrets: list[str]) -> str:
    text = unquote_plus(text)
    for secret in sorted(secrets, key=len, reverse=True):
        text = text.replace(secret, MASK)
    return text


async def test_a_mail_is_shown_as_it_would_be_sent(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock
) -> None:
    mail = EmailDestination(
        id="mail",
        host="mail.example",
        username="desk",
        password=VAULT.seal("s3cr3t"),
        sender="desk@palm-grove.example",
        recipients=("sales@palm-grove.example",),
        paused=True,
    )
    await add_project(engine, mail)
    await add_lead(engine, clock, destination_ids=("mail",))
    (delivery,) = await list_all(engine)
    reply = await client.get(f"/v1/deliveries/{delivery.id}/request")
    (view,) = reply.json()["requests"]
    assert (view["method"], view["url"]) == ("MAIL", "smtp://mail.example:587")
    assert view["headers"]["To"] == "sales@palm-grove.example"
    assert "Phone: +919876543210" in view["body"]
    assert "s3cr3t" not in reply.text


@pytest.mark.parametrize("kind", KINDS)
async def test_a_test_lead_says_that_it_is_one_and_is_kept_nowhere(
    client: httpx2.AsyncClient, engine: SqliteStorage, crm: ScriptedCrm, kind: str
) -> None:
    crm.behaviour = YES
    await add_project(engine, make_kinds(crm.host)[kind])
    reply = await client.post(at(kind, "test"))
    assert (reply.status_code, reply.json()["outcome"]) == (200, "delivered"), reply.text
    if kind in {"zoho", "salesforce"}:  # whose token it is
        assert "s3cr3t-session" not in reply.text
    body = crm.received[-1].body.decode()
    said = body if body.startswith(("{", "[")) else unquote_plus(body)
    assert "+12025550143" in said or "+1-2025550143" in said
    assert all(word in said for word in TEST_NAME.split())
    assert TEST_NOTE in said or kind == "hubspot"  # which has no usual field for a note
    assert (await engine.list_leads(EVERY_PROJECT)).items == ()
    assert await list_all(engine) == []


async def test_a_test_tells_in_plain_words_what_went_wrong(
    client: httpx2.AsyncClient, engine: SqliteStorage, crm: ScriptedCrm
) -> None:
    await add_project(engine, crm.destination(enabled=False))
    crm.behaviour = answer(401, b'{"error": "bad key"}')
    told = (await client.post(at("crm", "test"))).json()
    assert told == {
        "outcome": "permanent",
        "reason": "The destination does not accept the credentials.",
        "status_code": 401,
        "response": '{"error": "bad key"}',
        "remote_id": None,
    }
    crm.behaviour = drop
    told = (await client.post(at("crm", "test"))).json()
    assert told["outcome"] == "retry"
    assert told["reason"] == "The connection broke off before a reply came."


async def test_pausing_and_resuming(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await add_project(engine, crm.destination())
    reply = await client.post(at("crm", "pause"))
    assert reply.json() == {"id": "crm", "enabled": True, "paused": True}
    await add_lead(engine, clock)
    reply = await client.post("/v1/deliveries/retry", json={"state": "waiting"})
    assert reply.json() == {"retried": 1}
    for _ in range(20):  # until the worker is past having seen that it was paused
        clock.step(minutes=1)
        await client.post(at("crm", "resume"))
    await crm.wait_until(lambda: len(crm.received) == 1)


@pytest.mark.parametrize("verb", ["test", "pause", "resume"])
async def test_only_managers_of_the_project_may(
    client: httpx2.AsyncClient,
    engine: SqliteStorage,
    clock: SteppedClock,
    crm: ScriptedCrm,
    verb: str,
) -> None:
    await add_project(engine, crm.destination())
    sales = await make_key(engine, clock, Role.SALES, EVERY_PROJECT)
    coral = await make_key(engine, clock, Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    assert (await client.post(at("crm", verb), headers=sales)).status_code == 403
    foreign = await client.post(at("crm", verb), headers=coral)
    nowhere = await client.post(at("crm", verb, "nowhere"))
    assert (foreign.status_code, foreign.json()["code"]) == (404, "project_not_found")
    assert (nowhere.status_code, nowhere.json()["code"]) == (404, "project_not_found")
    missing = await client.post(at("other", verb))
    assert (missing.status_code, missing.json()["code"]) == (404, "destination_not_found")
    assert crm.received == []


async def test_a_foreign_deliverys_request_is_not_shown(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await add_project(engine, crm.destination(paused=True))
    await add_lead(engine, clock)
    (delivery,) = await list_all(engine)
    coral = await make_key(engine, clock, Role.VIEWER, Scope(projects=frozenset({"coral-bay"})))
    address = f"/v1/deliveries/{delivery.id}/request"
    assert (await client.get(address, headers=coral)).status_code == 404
    await add_project(engine)
    assert (await client.get(address)).json()["code"] == "destination_not_found"


async def test_deliveries_are_listed_by_project_destination_lead_and_time(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await add_project(engine, crm.destination(paused=True), crm.destination("other", paused=True))
    await add_project(engine, crm.destination(paused=True), project_id="coral-bay")
    start = clock()
    lead_id = await add_lead(engine, clock, destination_ids=("crm", "other"))
    clock.step(hours=1)
    await add_lead(engine, clock, project_id="coral-bay")

    async def count(**query: str) -> int:
        reply = await client.get("/v1/deliveries", params=query)
        assert {item["state"] for item in reply.json()["items"]} <= {DeliveryState.WAITING}
        return len(reply.json()["items"])

    assert await count() == 3
    assert await count(project_id="palm-grove") == 2
    assert await count(destination_id="crm") == 2
    assert await count(project_id="palm-grove", destination_id="crm") == 1
    assert await count(lead_id=lead_id) == 2
    assert await count(created_since=clock().isoformat()) == 1
    assert await count(created_before=clock().isoformat()) == 2
    assert await count(created_since=start.isoformat(), created_before=start.isoformat()) == 0
    assert await count(project_id="nowhere") == 0
