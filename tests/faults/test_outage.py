"""A CRM that is down for three days while leads wait and the server is killed: all are delivered.

The CRM saves and then drops its reply now and then; by our id of the delivery it has each lead
once. The days pass on the server's clock alone.
"""

import asyncio
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.clock import system_clock
from frontdesk.model import EVERY_PROJECT
from tests.faults.support.leads import check_nothing_lost, send_forms
from tests.faults.support.place import Place, ended
from tests.faults.support.progress import say_nothing
from tests.support.crm import Behaviour, ScriptedCrm, answer, drop
from tests.support.server import Server

HOURS = 72
LEADS, KILLS, STEPS = 40, 1, 4
RESUME = "/v1/projects/palm-grove/destinations/palm-grove/resume"


class MovedClock:
    """The server's clock is ahead by what stands in the file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._seconds = 0.0
        self.step(0)

    def step(self, seconds: float) -> None:
        self._seconds += seconds
        fresh = self.path.with_suffix(".new")
        fresh.write_text(str(self._seconds))
        fresh.replace(self.path)


def forgetful(chance: random.Random) -> Behaviour:
    """Saves every lead; every fourth reply is lost."""
    yes = answer(201, b'{"id": "crm-1"}')

    async def behave(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        await (drop if chance.random() < 0.25 else yes)(crm, writer)

    return behave


@dataclass
class Outage:
    """A server whose worker is looked after: woken, its clock moved on."""

    server: Server
    crm: ScriptedCrm
    clock: MovedClock
    client: httpx2.AsyncClient

    async def wake(self) -> None:
        reply = await self.client.post(self.server.base_url + RESUME)
        assert reply.status_code == 200, reply.text

    async def pass_down(self, seconds: float) -> None:
        """So long a time, within which something is tried in vain."""
        self.clock.step(seconds)
        await self.receive(1)

    async def receive(self, more: int) -> None:
        """Minutes, until so many more have come in, or nothing waits."""
        goal = len(self.crm.received) + more
        while len(self.crm.received) < goal and await self.has("waiting"):
            self.clock.step(60)
            await self.wake()
            await asyncio.sleep(0.02)  # between two looks

    async def has(self, state: str) -> bool:
        reply = await self.client.get(f"{self.server.base_url}/v1/deliveries?state={state}&limit=1")
        return bool(reply.json()["items"])

    async def kill(self) -> None:
        self.server.kill()
        await asyncio.to_thread(self.server.start)


async def outlast(
    place: Place,
    crm: ScriptedCrm,
    leads: int,
    kills: int,
    steps: int,
    *broken: str,
    say: Callable[[str], None] = say_nothing,
) -> int:
    """How many requests it took. Raises AssertionError where a lead was lost or doubled.

    Half of the kills come while the CRM is down, the other half while it is sent what waited.
    """
    await place.prepare(crm)
    clock = MovedClock(place.folder / "clock")
    server = place.server(crm, "--clock", str(clock.path), *broken)
    kills_down = kills // 2
    headers = await _make_key(place)
    with ended(server):
        async with httpx2.AsyncClient(timeout=60, headers=headers) as client:
            outage = Outage(server, crm, clock, client)
            crm.behaviour = answer(503)
            await asyncio.to_thread(server.start)
            acknowledged = await send_forms(server, range(leads))
            for step in range(steps):
                await outage.pass_down(HOURS * 3600 / steps)
                if step * kills_down // steps != (step + 1) * kills_down // steps:
                    await outage.kill()
                say(f"down for {(step + 1) * HOURS // steps} of {HOURS} h")
            assert not await outage.has("delivered")

            crm.received.clear()
            crm.behaviour = forgetful(random.Random())
            for done in range(1, kills - kills_down + 1):
                await outage.receive(leads // (kills + 1))
                await outage.kill()
                say(f"up again, {kills_down + done} of {kills} kills, {len(crm.received)} requests")
            await outage.receive(10 * leads)
            assert not await outage.has("dead"), "a lead was given up"
        assert server.terminate() == 0
    await check_nothing_lost(acknowledged, place.make_storage())
    records = defaultdict(set)
    for request in crm.received:
        records[request.lead_id].add(request.headers["idempotency-key"])
    assert set(records) == set(acknowledged.values()), "every lead arrived"
    assert {len(keys) for keys in records.values()} == {1}, "one record each"
    return len(crm.received)


async def _make_key(place: Place) -> dict[str, str]:
    storage = place.make_storage()
    await storage.open()
    made = await Accounts(storage, system_clock, 12).create_api_key(
        "faults", Role.MANAGER, scope=EVERY_PROJECT
    )
    await storage.close()
    return {"Authorization": f"Bearer {made.secret}"}


@pytest.mark.timeout(300)
async def test_a_crm_that_is_down_for_three_days_gets_every_lead_once(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    assert await outlast(sqlite, crm, LEADS, KILLS, STEPS) > LEADS, "no reply was ever lost"


@pytest.mark.timeout(300)
async def test_the_same_check_catches_a_server_that_renames_what_it_sends_again(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    with pytest.raises(AssertionError, match="one record each"):
        await outlast(sqlite, crm, LEADS, 0, 1, "--broken", "renaming")
