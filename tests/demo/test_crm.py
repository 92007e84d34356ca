"""The demo CRM: keeps what it says it keeps, and misbehaves as told."""

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from starlette.types import Message, Scope

from frontdesk.demo.crm import RETRY_AFTER_SECONDS, Mode, crm_app
from frontdesk.demo.crm_log import CrmLog
from tests.support.clock import SteppedClock

LEAD = {"name": "Asha Rao", "phone": "+919876543210", "interest": "visit", "project_id": "PG-1"}
KEY = {"Idempotency-Key": "delivery_1"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "crm.jsonl"


@pytest.fixture
async def crm(path: Path, clock: SteppedClock) -> AsyncIterator[httpx2.AsyncClient]:
    async with open_crm(path, clock) as client:
        yield client


def open_crm(path: Path, clock: SteppedClock) -> httpx2.AsyncClient:
    transport = httpx2.ASGITransport(app=crm_app(CrmLog(path, clock)))
    return httpx2.AsyncClient(transport=transport, base_url="http://crm.localhost")


async def set_mode(crm: httpx2.AsyncClient, mode: Mode) -> None:
    assert (await crm.put("/mode", json={"mode": mode})).status_code == 204


async def read_state(crm: httpx2.AsyncClient) -> dict[str, Any]:
    state: dict[str, Any] = (await crm.get("/state")).json()
    return state


async def test_keeps_a_lead_and_shows_the_newest_first(
    crm: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    first = await crm.post("/leads", json=LEAD)
    clock.step(seconds=1)
    second = await crm.post("/leads", json={"contact": {"full_name": "Sam", "isd": "91"}})
    assert first.status_code == second.status_code == 201
    state = await read_state(crm)
    assert state["kept"] == 2
    newest, oldest = state["rows"]
    assert [newest["id"], oldest["id"]] == [second.json()["id"], first.json()["id"]]
    assert newest["columns"] == {"project": "", "name": "Sam", "phone": "91", "interest": ""}
    assert oldest["columns"] == {
        "project": "PG-1",
        "name": "Asha Rao",
        "phone": "+919876543210",
        "interest": "visit",
    }
    assert oldest["at"] == "2026-11-23T09:00:00.000Z"
    assert oldest["body"] == LEAD


async def test_the_same_key_is_one_lead(crm: httpx2.AsyncClient) -> None:
    first = await crm.post("/leads", json=LEAD, headers=KEY)
    again = await crm.post("/leads", json=LEAD, headers=KEY)
    other = await crm.post("/leads", json=LEAD, headers={"Idempotency-Key": "delivery_2"})
    assert again.status_code == 200
    assert again.json() == {"id": first.json()["id"], "duplicate": True}
    assert other.json()["id"] != first.json()["id"]
    rows = (await read_state(crm))["rows"]
    assert [row["repeats"] for row in rows] == [0, 1]


@pytest.mark.parametrize(
    ("mode", "status", "retry_after"),
    [(Mode.FAIL, 500, None), (Mode.LIMIT, 429, str(RETRY_AFTER_SECONDS))],
)
async def test_turns_leads_away_until_it_works_again(
    crm: httpx2.AsyncClient, mode: Mode, status: int, retry_after: str | None
) -> None:
    await set_mode(crm, mode)
    for _ in range(2):
        refused = await crm.post("/leads", json=LEAD, headers=KEY)
        assert refused.status_code == status
        assert refused.headers.get("retry-after") == retry_after
    state = await read_state(crm)
    assert (state["mode"], state["kept"], state["outside"]) == (mode, 0, 1)

    await set_mode(crm, Mode.ACCEPT)
    assert (await crm.post("/leads", json=LEAD, headers=KEY)).status_code == 201
    state = await read_state(crm)
    assert (state["kept"], state["outside"]) == (1, 0)
    assert state["rows"][0]["attempt"] == 3


@pytest.mark.parametrize(("mode", "kept"), [(Mode.HANG, 0), (Mode.DROP, 1)])
async def test_gives_no_reply_while_the_caller_waits(
    path: Path, clock: SteppedClock, mode: Mode, kept: int
) -> None:
    app = crm_app(CrmLog(path, clock))
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://crm.localhost") as crm:
        await set_mode(crm, mode)
        sent: list[Message] = []
        sent_before_leaving: list[int] = []

        async def receive() -> Message:
            if not sent_before_leaving:
                sent_before_leaving.append(len(sent))
                return {"type": "http.request", "body": json.dumps(LEAD).encode()}
            sent_before_leaving.append(len(sent))
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        scope: Scope = {
            "type": "http",
            "method": "POST",
            "path": "/leads",
            "query_string": b"",
            "headers": [],
        }
        await app(scope, receive, send)
        assert sent_before_leaving == [0, 0]
        assert (await read_state(crm))["kept"] == kept


async def test_remembers_over_a_restart(path: Path, clock: SteppedClock) -> None:
    async with open_crm(path, clock) as crm:
        await set_mode(crm, Mode.FAIL)
        await crm.post("/leads", json=LEAD, headers=KEY)
        await set_mode(crm, Mode.ACCEPT)
        await crm.post("/leads", json=LEAD, headers=KEY)
        await crm.post("/leads", json=LEAD, headers=KEY)
        before = await read_state(crm)
    async with open_crm(path, clock) as crm:
        assert await read_state(crm) == before
        again = await crm.post("/leads", json=LEAD, headers=KEY)
        assert again.json() == {"id": before["rows"][0]["id"], "duplicate": True}


async def test_a_line_cut_off_by_a_crash_is_left_out(path: Path, clock: SteppedClock) -> None:
    async with open_crm(path, clock) as crm:
        await crm.post("/leads", json=LEAD)
    with path.open("ab") as file:
        file.write(b'{"id":"crm-half","at":"2026')
    for kept in (1, 2):
        async with open_crm(path, clock) as crm:
            assert (await read_state(crm))["kept"] == kept
            await crm.post("/leads", json=LEAD)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b'"text"', b"\xff"])
async def test_refuses_what_is_no_object(crm: httpx2.AsyncClient, body: bytes) -> None:
    assert (await crm.post("/leads", content=body)).status_code == 400
    assert (await read_state(crm))["kept"] == 0


async def test_the_switch_knows_its_positions(crm: httpx2.AsyncClient) -> None:
    assert (await crm.put("/mode", json={"mode": "explode"})).status_code == 400
    assert (await crm.post("/mode", json={"mode": "fail"})).status_code == 405
    assert (await read_state(crm))["mode"] == Mode.ACCEPT


async def test_the_page_runs_under_a_strict_policy(crm: httpx2.AsyncClient) -> None:
    page = await crm.get("/")
    policy = page.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    for name in ("crm.css", "crm.js", "mark.svg"):
        assert f"files/{name}" in page.text
        assert (await crm.get(f"/files/{name}")).status_code == 200
