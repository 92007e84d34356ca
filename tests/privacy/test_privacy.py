"""One person's data over API and command line, and what the worker removes by itself."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NoReturn

import httpx2
import pytest
import structlog

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.app import create_app
from frontdesk.delivery.model import DeliveryState
from frontdesk.errors import Invalid
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.housekeeping import TOO_OLD_REMAINS, Housekeeping
from frontdesk.privacy.model import PersonQuery, Removed
from frontdesk.privacy.service import Privacy, identify
from frontdesk.projects.model import Retention
from frontdesk.settings import ProcessRole
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone, stored_leads
from tests.contracts.test_deliveries import record
from tests.contracts.test_privacy import of_conversation, talk
from tests.support.application import client_of, make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import PHONE, later, make_lead, make_project
from tests.support.server import Server

ASHA = PersonQuery(phone=PHONE)
CORAL_BAY = Scope(projects=frozenset({"coral-bay"}))


@pytest.fixture
async def client(
    tmp_path: Path, clock: SteppedClock, storage: Storage
) -> AsyncIterator[httpx2.AsyncClient]:
    """Beside the store that the test fills; nothing is delivered."""
    app = create_app(make_settings(tmp_path), clock=clock, role=ProcessRole.WEB)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


async def key_for(
    storage: Storage, clock: SteppedClock, role: Role, scope: Scope = EVERY_PROJECT
) -> dict[str, str]:
    made = await Accounts(storage, clock, 12).create_api_key("test", role, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


async def fill(storage: Storage, retention: Retention | None = None) -> None:
    for project_id in ("palm-grove", "coral-bay"):
        project = make_project(project_id).model_copy(
            update={"retention": retention or Retention()}
        )
        await storage.save_project(project_id, project)
    await talk(storage, "conversation_1")
    lead = of_conversation(make_lead(email="asha@example.com"), "conversation_1")
    await capture(storage, lead, key="form-1")
    await capture(storage, make_lead(phone=phone(1)))


@pytest.mark.parametrize(
    ("query", "phone"),
    [
        ({"phone": "+91 98765-43210"}, PHONE),
        ({"phone": "098765 43210"}, PHONE),
        ({"phone": "(020) 7946 0018", "country": "GB"}, "+442079460018"),
        ({"phone": "+911234567"}, "+911234567"),  # no number today, but stored once
    ],
)
def test_a_number_is_found_as_it_is_stored(query: dict[str, str], phone: str) -> None:
    assert identify(PersonQuery.model_validate(query)).phone == phone


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ({}, "invalid_person"),
        ({"phone": PHONE, "email": "asha@example.com"}, "invalid_person"),
        ({"phone": "12"}, "invalid_phone"),
    ],
)
def test_who_it_is_has_to_be_clear(query: dict[str, str], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        identify(PersonQuery.model_validate(query))
    assert caught.value.code == code


async def test_a_manager_exports_and_erases_a_person(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await fill(storage)
    headers = await key_for(storage, clock, Role.MANAGER)
    who = {"phone": "98765 43210"}
    with structlog.testing.capture_logs() as logs:
        exported = await client.post("/v1/persons/export", json=who, headers=headers)
        assert exported.status_code == 200
        data = exported.json()
        assert [lead["phone"] for lead in data["leads"]] == [PHONE]
        assert [message["id"] for message in data["messages"]] == ["m_0", "m_1"]
        assert "lease_token" not in data["deliveries"][0]
        clock.step(seconds=1)
        erased = await client.post("/v1/persons/erase", json=who, headers=headers)
    assert erased.json() == {
        "leads": 1,
        "enquiries": 1,
        "deliveries": 1,
        "conversations": 1,
        "messages": 2,
        "receivers": [],
    }
    clock.step(seconds=1)
    again = await client.post("/v1/persons/erase", json=who, headers=headers)
    assert (again.status_code, again.json()["leads"]) == (200, 0)
    assert [lead.phone for lead in await stored_leads(storage)] == [phone(1)]
    entries = (await storage.list_audit_entries(EVERY_PROJECT)).items
    assert [entry.action for entry in entries] == ["erase_person", "erase_person", "export_person"]
    assert entries[1].changes == ("1 leads and 1 conversations erased",)
    for trace in (PHONE, "98765", "Asha"):
        assert trace not in str(logs)
        assert trace not in str(entries)


@pytest.mark.parametrize("path", ["/v1/persons/export", "/v1/persons/erase"])
async def test_only_a_manager_of_the_project_reaches_a_person(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, path: str
) -> None:
    await fill(storage)
    who = {"phone": PHONE}
    assert (await client.post(path, json=who)).status_code == 401
    sales = await key_for(storage, clock, Role.SALES)
    assert (await client.post(path, json=who, headers=sales)).status_code == 403
    elsewhere = await key_for(storage, clock, Role.OWNER, CORAL_BAY)
    nobody = await client.post(path, json={"phone": phone(77)}, headers=elsewhere)
    foreign = await client.post(path, json=who, headers=elsewhere)
    assert (foreign.status_code, foreign.json()) == (200, nobody.json())
    assert len(await stored_leads(storage)) == 2
    owner = await key_for(storage, clock, Role.OWNER)
    faulty = await client.post(path, json={}, headers=owner)
    assert (faulty.status_code, faulty.json()["code"]) == (422, "invalid_person")


async def test_it_is_told_where_the_data_went(storage: Storage, clock: SteppedClock) -> None:
    await fill(storage)
    for claimed in await storage.claim_deliveries(clock(), later(minutes=1), 9):
        if claimed.lead.phone == PHONE:
            await record(storage, claimed, DeliveryState.DELIVERED, remote_id="crm-7")
    again = make_lead(at=later(seconds=1))
    await capture(storage, again)
    await storage.claim_deliveries(later(seconds=1), later(minutes=1), 9)
    clock.at = later(seconds=2)
    erasure = await Privacy(storage, clock).erase(EVERY_PROJECT, PersonQuery(phone=PHONE))
    told = {(one.state, one.remote_id, one.is_being_sent) for one in erasure.receivers}
    assert told == {("delivered", "crm-7", False), ("waiting", None, True)}


async def test_what_is_too_old_goes_by_each_projects_own_days(
    storage: Storage, clock: SteppedClock
) -> None:
    await fill(storage, Retention(leads_days=30, conversations_days=7))
    await storage.save_project("coral-bay", make_project("coral-bay"))
    kept = make_lead("coral-bay")
    await capture(storage, kept)
    for claimed in await storage.claim_deliveries(clock(), later(minutes=1), 9):
        await record(storage, claimed, DeliveryState.DELIVERED)
    privacy = Privacy(storage, clock)
    clock.at = later(days=7)
    assert await privacy.remove_expired() == ({}, ())
    clock.at = later(days=8)
    assert await privacy.remove_expired() == ({"palm-grove": Removed(conversations=1)}, ())
    clock.at = later(days=31)
    assert await privacy.remove_expired() == ({"palm-grove": Removed(leads=2)}, ())
    assert await stored_leads(storage) == (kept,)


async def test_the_worker_process_removes_what_is_too_old(
    tmp_path: Path, clock: SteppedClock, storage: Storage
) -> None:
    await fill(storage, Retention(conversations_days=7))
    clock.step(days=9)
    with structlog.testing.capture_logs() as logs:
        async with run_app(make_settings(tmp_path), clock), asyncio.timeout(30):
            while (await storage.find_person(EVERY_PROJECT, identify(ASHA))).conversations:
                pass
    (line,) = [line for line in logs if line["event"] == "removed what is too old"]
    assert (line["project_id"], line["conversations"]) == ("palm-grove", 1)


async def test_housekeeping_outlives_a_store_that_fails(
    storage: Storage, clock: SteppedClock
) -> None:
    await storage.close()
    rounds: list[int] = []

    class Counted(Housekeeping):
        async def run_once(self) -> None:
            await super().run_once()
            rounds.append(1)
            if len(rounds) == 3:
                self.stop()

    with structlog.testing.capture_logs() as logs:
        async with asyncio.timeout(30):
            await Counted(Privacy(storage, clock), every_seconds=0.001).run()
    assert [line["event"] for line in logs] == ["what is too old cannot be removed"] * 3


async def test_a_project_that_fails_keeps_no_other_from_its_turn(
    tmp_path: Path, clock: SteppedClock, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And says so where an operator looks; once it works again, so does all of that."""
    await fill(storage, Retention(conversations_days=7))
    broken = make_project("coral-bay").model_copy(
        update={"retention": Retention(conversations_days=7)}
    )
    await storage.save_project("coral-bay", broken)
    clock.step(days=9)
    remove = storage.remove_expired
    fails = True

    async def fail(project_id: str, **limits: Any) -> Removed:
        if fails and project_id == "coral-bay":
            raise RuntimeError("a row that cannot be read")
        return await remove(project_id, **limits)

    monkeypatch.setattr(storage, "remove_expired", fail)
    failures: list[None] = []
    keeping = Housekeeping(Privacy(storage, clock), count_failure=lambda: failures.append(None))
    with structlog.testing.capture_logs() as logs:
        await keeping.run_once()
    assert not (await storage.find_person(EVERY_PROJECT, identify(ASHA))).conversations
    assert (keeping.is_failing, len(failures)) == (True, 1)
    (line,) = [line for line in logs if line["log_level"] == "error"]
    assert line["project_id"] == "coral-bay"
    fails = False
    await keeping.run_once()
    assert (keeping.is_failing, len(failures)) == (False, 1)


async def test_a_failing_round_shows_in_health_and_metrics(
    tmp_path: Path, clock: SteppedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(_privacy: Privacy) -> NoReturn:
        raise RuntimeError

    monkeypatch.setattr(Privacy, "remove_expired", fail)
    counted = "frontdesk_housekeeping_failures_total 1.0"
    async with run_app(make_settings(tmp_path), clock) as client, asyncio.timeout(30):
        while counted not in (await client.get("/metrics")).text:
            pass
        reply = await client.get("/health/ready")
    assert reply.status_code == 200
    assert reply.json() == {"status": "ready", "warnings": [TOO_OLD_REMAINS]}


async def test_a_lead_outlives_its_conversation_in_the_api(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await fill(storage)
    await storage.remove_expired(
        "palm-grove", leads_before=None, conversations_before=later(days=1)
    )
    (lead,) = [lead for lead in await stored_leads(storage) if lead.phone == PHONE]
    headers = await key_for(storage, clock, Role.VIEWER)
    reply = await client.get(f"/v1/leads/{lead.id}", headers=headers)
    assert (reply.status_code, reply.json()["messages"]) == (200, [])


async def test_the_commands(storage: Storage, tmp_path: Path) -> None:
    await fill(storage, Retention(leads_days=36_500))
    shell = Server(tmp_path)
    run = shell.run
    exported = await asyncio.to_thread(run, "person", "export", "--email", "ASHA@example.com")
    assert [lead["phone"] for lead in json.loads(exported.stdout)["leads"]] == [PHONE]
    trial = await asyncio.to_thread(run, "person", "erase", "--phone", "9876543210")
    assert "1 leads" in trial.stdout
    assert "--yes" in trial.stdout
    assert len(await stored_leads(storage)) == 2
    erased = await asyncio.to_thread(run, "person", "erase", "--phone", "9876543210", "--yes")
    assert "Erased: 1 leads with 1 enquiries" in erased.stdout
    assert len(await stored_leads(storage)) == 1
    wrong = await asyncio.to_thread(run, "person", "erase", "--phone", "12", "--yes")
    assert (wrong.returncode, "Traceback" in wrong.stderr) == (1, False)
    kept = await asyncio.to_thread(run, "retention", "run")
    assert "Nothing is older" in kept.stdout
    actions = [one.action for one in (await storage.list_audit_entries(EVERY_PROJECT)).items]
    assert actions == ["erase_person", "export_person"]
