"""Dead deliveries are sent again: one, those that fit, or all; over HTTP and by command."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.delivery.model import DeliveryState
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.delivery.room import add_lead, add_project, list_all
from tests.delivery.trying import make_claimed, tried_before
from tests.support.application import make_settings, run_app
from tests.support.clock import START, SteppedClock
from tests.support.crm import ScriptedCrm
from tests.support.server import Server

FORM = "/v1/deliveries/retry"


async def fill(storage: Storage, clock: SteppedClock, crm: ScriptedCrm) -> None:
    """Two projects, each with a dead delivery for `crm` and one for `other`."""
    for project_id in ("palm-grove", "coral-bay"):
        destinations = (crm.destination(), crm.destination("other"))
        await add_project(storage, *destinations, project_id=project_id)
        await add_lead(storage, clock, project_id=project_id, destination_ids=("crm", "other"))
    (attempt,) = tried_before(make_claimed()).delivery.attempts
    for claimed in await storage.claim_deliveries(clock(), clock.step(minutes=1), 9):
        delivery = claimed.delivery
        await storage.record_attempt(
            delivery.project_id,
            delivery.id,
            delivery.lease_token or "",
            attempt,
            state=DeliveryState.DEAD,
            due_at=None,
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
        yield client


async def make_key(
    engine: Storage, clock: SteppedClock, role: Role, scope: Scope
) -> dict[str, str]:
    made = await Accounts(engine, clock, 12).create_api_key("test", role, scope=scope)
    return {"Authorization": f"Bearer {made.secret}"}


async def test_by_filter_and_all_within_the_callers_scope(
    client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock, crm: ScriptedCrm
) -> None:
    await fill(engine, clock, crm)
    coral = await make_key(engine, clock, Role.SALES, Scope(projects=frozenset({"coral-bay"})))
    everyone = await make_key(engine, clock, Role.SALES, EVERY_PROJECT)
    viewer = await make_key(engine, clock, Role.VIEWER, EVERY_PROJECT)

    async def retry(headers: dict[str, str], **body: str) -> tuple[int, object]:
        reply = await client.post(FORM, json=body, headers=headers)
        return reply.status_code, reply.json().get("retried", reply.json().get("code"))

    assert await retry(viewer) == (403, "forbidden")
    assert await retry(coral, project_id="palm-grove") == (200, 0)
    assert await retry(everyone, project_id="palm-grove", destination_id="nothing") == (200, 0)
    assert await retry(everyone, state="delivered") == (422, "invalid_body")
    assert crm.received == []
    assert await retry(everyone, project_id="palm-grove", destination_id="crm") == (200, 1)
    await crm.wait_until(lambda: len(crm.received) == 1)
    assert await retry(coral) == (200, 2)
    await crm.wait_until(lambda: len(crm.received) == 3)
    assert await retry(everyone) == (200, 1)
    await crm.wait_until(lambda: len(crm.received) == 4)


async def test_from_the_command_line(
    tmp_path: Path, clock: SteppedClock, crm: ScriptedCrm, engine: SqliteStorage
) -> None:
    await engine.open()
    await fill(engine, clock, crm)
    delivery_id = next(
        one.id
        for one in await list_all(engine)
        if (one.project_id, one.destination_id) == ("palm-grove", "other")
    )
    server = Server(tmp_path)

    def retry(*arguments: str) -> tuple[int, str]:
        ended = server.run("deliveries", "retry", *arguments)
        return ended.returncode, ended.stdout + ended.stderr

    assert retry()[0] == 1
    assert retry("--all", "--project", "palm-grove")[0] == 1
    assert "no such project" in retry("--project", "nobody")[1]
    assert retry(delivery_id) == (0, f"{delivery_id} is due now.\n")
    assert retry("--project", "palm-grove", "--destination", "crm") == (
        0,
        "1 deliveries are due now.\n",
    )
    assert "no time" in retry("--since", "yesterday")[1]
    after = (clock() + timedelta(days=1)).isoformat()
    assert retry("--since", after) == (0, "0 deliveries are due now.\n")
    assert retry("--before", f"{START:%Y-%m-%d}") == (0, "0 deliveries are due now.\n")
    assert retry("--no-tried") == (0, "0 deliveries are due now.\n")
    assert retry("--before", after, "--tried") == (0, "2 deliveries are due now.\n")
    assert retry("--all") == (0, "0 deliveries are due now.\n")
    assert {one.state for one in await list_all(engine)} == {"waiting"}
    await engine.close()
