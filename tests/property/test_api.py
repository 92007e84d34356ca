"""Facts and knowledge over HTTP, through the whole application."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.model import Scope
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.property.conftest import Site
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import make_project

FACTS = "/v1/projects/palm-grove/facts"
ANSWERS = "/v1/projects/palm-grove/answers"
KNOWLEDGE = "/v1/projects/palm-grove/knowledge"
Headers = dict[str, str]


@pytest.fixture
def engine(tmp_path: Path) -> SqliteStorage:
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    tmp_path: Path, engine: SqliteStorage, clock: SteppedClock, site: Site
) -> AsyncIterator[httpx2.AsyncClient]:
    settings = make_settings(tmp_path, allowed_private_hosts=(f"127.0.0.1:{site.port}",))
    async with run_app(settings, clock, engine) as client:
        await engine.save_project("palm-grove", make_project(hosts=("127.0.0.1",)))
        await engine.save_project("coral-bay", make_project("coral-bay"))
        yield client


async def key(engine: SqliteStorage, clock: SteppedClock, role: Role, *projects: str) -> Headers:
    scope = Scope(projects=frozenset(projects) if projects else None)
    made = await Accounts(engine, clock, 12).create_api_key("test", role, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


async def test_from_a_page_to_an_approved_fact(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, site: Site
) -> None:
    manager = await key(engine, clock, Role.MANAGER)
    site.sells("₹ 1.18 Cr")
    reply = await client.post(f"{FACTS}/detect", json={"urls": [site.url]}, headers=manager)
    assert reply.status_code == 200, reply.text
    rows = {row["key"]: row for row in reply.json()["rows"]}
    assert rows["price"]["change"] == "new"
    assert rows["price"]["found"][0]["quantity"]["currency"] == "INR"
    choice = {"key": "price", "value": "₹1.18 crore"}
    reply = await client.post(f"{FACTS}/approve", json=choice, headers=manager)
    assert reply.status_code == 200
    knowledge = (await client.get(KNOWLEDGE, headers=manager)).json()
    assert [(f["value"], f["source"]) for f in knowledge["facts"]] == [("₹1.18 crore", site.url)]
    again = await client.post(f"{FACTS}/approve", json={**choice, "value": "₹9"}, headers=manager)
    assert (again.status_code, again.json()["code"]) == (409, "not_found_there")
    entry = {"key": "parking", "value": "Two spaces"}
    for verb, count in (("add", 2), ("override", 2), ("reject", 2), ("remove", 1)):
        reply = await client.post(f"{FACTS}/{verb}", json=entry, headers=manager)
        assert reply.status_code == 200, reply.text
        facts = (await client.get(KNOWLEDGE, headers=manager)).json()["facts"]
        assert len(facts) == count


async def test_many_facts_are_decided_in_one_change(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, site: Site
) -> None:
    manager = await key(engine, clock, Role.MANAGER)
    site.sells("₹ 1.18 Cr")
    await client.post(f"{FACTS}/detect", json={"urls": [site.url]}, headers=manager)
    price = {"verdict": "approve", "key": "price", "value": "₹1.18 crore"}
    gone = {"verdict": "approve", "key": "rent", "value": "₹9"}
    wrong = {"verdict": "reject", "key": "parking", "value": "Ten spaces"}

    async def send(*decisions: dict[str, str]) -> httpx2.Response:
        body = {"decisions": decisions}
        return await client.post(f"{FACTS}/decisions", json=body, headers=manager)

    for clash in ({**price, "verdict": "reject"}, {**price, "value": "₹2 crore"}):
        refused = await send(price, wrong, clash)
        assert refused.status_code == 422
        faults = [(fault["field"], fault["code"]) for fault in refused.json()["errors"]]
        assert faults == [("decisions.2", "decided_twice")]
    refused = await send(price, {**wrong, "key": "No key"}, {**wrong, "verdict": "maybe"})
    fields = {fault["field"] for fault in refused.json()["errors"]}
    assert fields == {"decisions.1.key", "decisions.2.verdict"}
    assert (await send()).status_code == 422
    assert (await engine.get_knowledge("palm-grove")).facts == ()

    reply = await send(price, gone, wrong, {**price, "value": "₹2 crore", "verdict": "reject"})
    assert reply.status_code == 200, reply.text
    told = reply.json()
    assert (told["approved"], told["rejected"]) == (1, 2)
    assert [(one["field"], one["code"]) for one in told["errors"]] == [
        ("decisions.1", "not_found_there")
    ]
    facts = (await engine.get_knowledge("palm-grove")).facts
    assert [(one.value, one.state, one.source) for one in facts] == [
        ("₹1.18 crore", "approved", site.url),
        ("Ten spaces", "rejected", ""),
        ("₹2 crore", "rejected", ""),
    ]


async def test_too_many_facts_leave_all_decisions_undone(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock
) -> None:
    manager = await key(engine, clock, Role.MANAGER)
    many = [{"verdict": "reject", "key": "parking", "value": f"{n} spaces"} for n in range(501)]
    told = []
    for part in (many, many[:300], many[300:]):
        body = {"decisions": part}
        reply = await client.post(f"{FACTS}/decisions", json=body, headers=manager)
        told.append((reply.status_code, reply.json().get("code")))
    assert told == [(422, "invalid_body"), (200, None), (409, "too_many_facts")]
    assert len((await engine.get_knowledge("palm-grove")).facts) == 300


async def test_who_may_not(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, site: Site
) -> None:
    viewer = await key(engine, clock, Role.VIEWER)
    stranger = await key(engine, clock, Role.MANAGER, "coral-bay")
    entry = {"key": "price", "value": "₹1"}
    imported = {"content": "key,value\na,b\n", "name": "k.csv"}
    assert (await client.get(FACTS, headers=viewer)).status_code == 200
    for verb in ("approve", "override", "reject", "add", "remove"):
        assert (await client.post(f"{FACTS}/{verb}", json=entry, headers=viewer)).status_code == 403
        reply = await client.post(f"{FACTS}/{verb}", json=entry, headers=stranger)
        assert reply.status_code == 404
    decided = {"decisions": [{"verdict": "reject", **entry}]}
    for path, body in (
        (f"{FACTS}/decisions", decided),
        (f"{FACTS}/detect", {"urls": []}),
        (f"{KNOWLEDGE}/import", imported),
    ):
        assert (await client.post(path, json=body, headers=viewer)).status_code == 403
        assert (await client.post(path, json=body, headers=stranger)).status_code == 404
        assert (await client.post(path, json=body)).status_code == 401
    assert (await client.get(FACTS, headers=stranger)).status_code == 404
    assert site.asked == []
    assert (await engine.get_knowledge("palm-grove")).facts == ()


async def test_an_import_tells_every_fault_and_its_line(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock
) -> None:
    manager = await key(engine, clock, Role.MANAGER)

    async def send(**body: object) -> httpx2.Response:
        return await client.post(f"{KNOWLEDGE}/import", json=body, headers=manager)

    reply = await send(content="key,value\nPrice,1\nok,\n", name="k.csv")
    assert (reply.status_code, reply.json()["code"]) == (422, "invalid_knowledge")
    assert [fault["field"] for fault in reply.json()["errors"]] == ["line 2: key", "line 3: value"]
    reply = await send(content="key,value\nprice,₹1 crore\n", name="k.csv", dry_run=True)
    assert reply.json() == {"added": 1, "changed": 0, "unchanged": 0, "faults": []}
    assert (await engine.get_knowledge("palm-grove")).facts == ()
    for body in ({}, {"content": "x", "url": "https://palm-grove.example/"}):
        assert (await send(**body)).json()["code"] == "invalid_body"
    assert (await send(url="https://other.example/")).json()["code"] == "page_not_on_site"


async def test_answers_one_at_a_time(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock
) -> None:
    manager = await key(engine, clock, Role.MANAGER)
    viewer = await key(engine, clock, Role.VIEWER)
    pool = {"question": "Is there a pool?", "answer": "Yes.", "valid_until": "2026-12-31"}
    lift = {"question": "Is there a lift?", "answer": "Two in each tower."}
    assert (await client.post(ANSWERS, json=pool, headers=viewer)).status_code == 403
    added = await client.post(ANSWERS, json=pool, headers=manager)
    assert added.status_code == 201, added.text
    again = await client.post(ANSWERS, json=pool, headers=manager)
    assert (again.status_code, again.json()["code"]) == (409, "answer_there")
    empty = await client.post(ANSWERS, json={"question": ""}, headers=manager)
    assert [fault["field"] for fault in empty.json()["errors"]] == ["question", "answer"]
    await client.post(ANSWERS, json=lift, headers=manager)

    listed = (await client.get(ANSWERS, headers=viewer)).json()
    assert [one["question"] for one in listed["items"]] == [lift["question"], pool["question"]]
    valid = (await client.get(f"{ANSWERS}?valid_on=2027-01-01", headers=viewer)).json()
    assert [one["question"] for one in valid["items"]] == [lift["question"]]

    path = f"{ANSWERS}/{added.json()['id']}"
    sent = {**added.json(), "answer": "Yes, heated."}
    changed = await client.put(path, json=sent, headers=manager)
    assert changed.json()["answer"] == "Yes, heated."
    assert changed.json()["id"] != added.json()["id"]
    stale = await client.put(path, json=sent, headers=manager)
    assert (stale.status_code, stale.json()["code"]) == (404, "answer_not_found")
    assert (await client.delete(path, headers=manager)).status_code == 404
    path = f"{ANSWERS}/{changed.json()['id']}"
    assert (await client.delete(path, headers=manager)).status_code == 204
    kept = (await engine.get_knowledge("palm-grove")).answers
    assert [one.question for one in kept] == [lift["question"]]
