"""A destination that hangs costs the other projects nothing: theirs arrive while it hangs on.

How long they take is measured by `script/faults`; here it counts that they arrive at all.
"""

import asyncio
import time

import pytest

from tests.faults.support.leads import send_forms
from tests.faults.support.place import Place
from tests.support.crm import ScriptedCrm, hang
from tests.support.server import Server

DEAD, ALIVE = "coral-bay", "palm-grove"
WAITING, LEADS = 60, 15
PLACES = 8  # deliveries at the same time
# A try at the dead one outlasts everything here.
PATIENT = {
    "DELIVERY_TIMEOUT_SECONDS": "300",
    "DELIVERY_LEASE_SECONDS": "310",
    "SHUTDOWN_SECONDS": "1",
    "WORKER_CONCURRENCY": str(PLACES),
}


async def fill_dead(server: Server, crm: ScriptedCrm, waiting: int) -> None:
    """So many leads wait for the destination that hangs, and some are being sent to it."""
    await send_forms(server, range(10_000, 10_000 + waiting), DEAD)
    await crm.wait_until(lambda: bool(crm.at(f"/{DEAD}")))


async def deliver(server: Server, crm: ScriptedCrm, number: int) -> float:
    """Seconds from a form to its delivery. Raises TimeoutError where it does not arrive."""
    before = len(crm.at(f"/{ALIVE}"))
    began = time.monotonic()
    await send_forms(server, [number], ALIVE)
    await crm.wait_until(lambda: len(crm.at(f"/{ALIVE}")) > before)
    return time.monotonic() - began


async def compare(
    quiet: Place, burdened: Place, crm: ScriptedCrm, waiting: int, leads: int
) -> list[tuple[float, float, float]]:
    """The same lead by lead at three servers, so that what else the machine does is the same for
    all: a quiet one twice, which says how far chance goes, and one with a dead destination.
    """
    crm.by_path[f"/{DEAD}"] = hang
    for place in (quiet, burdened):
        await place.prepare(crm, ALIVE, DEAD)
    rows = []
    with quiet.server(crm, **PATIENT) as alone, burdened.server(crm, **PATIENT) as beside:
        await fill_dead(beside, crm, waiting)
        for number in range(leads):
            first = await deliver(alone, crm, number)
            among = await deliver(beside, crm, number)
            again = await deliver(alone, crm, leads + number)
            rows.append((first, again, among))
    return rows


async def test_leads_arrive_while_another_projects_destination_hangs(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    await sqlite.prepare(crm, ALIVE, DEAD)
    crm.by_path[f"/{DEAD}"] = hang
    with sqlite.server(crm, **PATIENT) as server:
        await fill_dead(server, crm, WAITING)
        for number in range(LEADS):
            await deliver(server, crm, number)
    assert len(crm.at(f"/{DEAD}")) < PLACES, "it hung all the while, and not everywhere"


async def test_the_same_check_catches_a_worker_that_takes_what_is_longest_due(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    await sqlite.prepare(crm, ALIVE, DEAD)
    crm.by_path[f"/{DEAD}"] = hang
    with sqlite.server(crm, "--broken", "unfair", **PATIENT) as server:
        await fill_dead(server, crm, WAITING)
        await crm.wait_until(lambda: len(crm.at(f"/{DEAD}")) == PLACES)
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(3):  # it would be 300
                await deliver(server, crm, 0)
