"""A destination that hangs costs the other projects nothing: theirs arrive while it hangs on.

How long they take is measured by `script/faults`; here it counts that they arrive at all.
"""

import asyncio
import time
from statistics import quantiles

import pytest

from tests.faults.support.leads import send_forms
from tests.faults.support.place import Place
from tests.support.crm import ScriptedCrm, hang

DEAD, ALIVE = "coral-bay", "palm-grove"
WAITING, LEADS = 60, 15
# A try at the dead one outlasts everything here.
PATIENT = {
    "DELIVERY_TIMEOUT_SECONDS": "300",
    "DELIVERY_LEASE_SECONDS": "310",
    "SHUTDOWN_SECONDS": "1",
}


async def deliver_beside(
    place: Place, crm: ScriptedCrm, waiting: int, leads: int, *broken: str
) -> tuple[float, float]:
    """The p95 of seconds from a form to its delivery: alone, then beside a dead destination.

    Raises TimeoutError where they do not arrive.
    """
    await place.prepare(crm, ALIVE, DEAD)
    crm.by_path[f"/{DEAD}"] = hang
    with place.server(crm, *broken, **PATIENT) as server:

        async def deliver(number: int) -> float:
            began = time.monotonic()
            await send_forms(server, [number], ALIVE)
            await crm.wait_until(lambda: len(crm.at(f"/{ALIVE}")) > number)
            return time.monotonic() - began

        alone = [await deliver(number) for number in range(leads)]
        await send_forms(server, range(10_000, 10_000 + waiting), DEAD)
        await crm.wait_until(lambda: bool(crm.at(f"/{DEAD}")))
        beside = [await deliver(number) for number in range(leads, 2 * leads)]
    return quantiles(alone, n=20)[-1], quantiles(beside, n=20)[-1]


async def test_leads_arrive_while_another_projects_destination_hangs(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    await deliver_beside(sqlite, crm, WAITING, LEADS)
    assert len(crm.at(f"/{DEAD}")) < WAITING, "it hung all the while"


async def test_the_same_check_catches_a_worker_that_takes_what_is_longest_due(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(8):
            await deliver_beside(sqlite, crm, WAITING, LEADS, "--broken", "unfair")
    assert len(crm.at(f"/{DEAD}")) > 0
