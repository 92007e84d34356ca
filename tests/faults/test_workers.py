"""Several worker processes on one MongoDB: each lead once, and at least once when one is killed."""

import asyncio
from pathlib import Path

import pytest

from frontdesk.clock import system_clock
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.model import EVERY_PROJECT
from tests.delivery.room import add_lead
from tests.faults.support.leads import check_nothing_lost
from tests.faults.support.place import Place
from tests.support.clock import SteppedClock
from tests.support.crm import Behaviour, ScriptedCrm, answer

LEADS = 30
# One place for each destination, so that two requests at a time are from two processes.
ONE_PLACE = {"WORKER_CONCURRENCY": "4"}


def both_at_once() -> Behaviour:
    """The first request is answered once there is a second beside it."""
    met = asyncio.Barrier(2)
    waiting = [True, True]

    async def behave(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        if waiting:
            waiting.pop()
            await met.wait()
        await answer(201)(crm, writer)

    return behave


async def share(
    place: Place, crm: ScriptedCrm, folder: Path, *, kill: bool = False, broken: str = ""
) -> None:
    """Raises AssertionError where a lead came more often than it may."""
    await place.prepare(crm)
    crm.behaviour = both_at_once()
    storage = place.make_storage()
    await storage.open()
    clock = SteppedClock(system_clock())
    acknowledged: dict[str, str] = {}
    for number in range(LEADS):
        lead_id = await add_lead(storage, clock, number, destination_ids=("palm-grove",))
        acknowledged[(await storage.get_lead("palm-grove", lead_id)).phone] = lead_id
    await storage.close()
    workers = []
    for name in ("one", "two"):
        (folder / name).mkdir()
        there = Place(place.engine, place.url, folder / name)
        workers.append(there.server(crm, "--role", "worker", "--broken", broken, **ONE_PLACE))
    with workers[0] as first, workers[1]:
        if kill:
            await crm.wait_until(lambda: len(crm.received) > LEADS // 2)
            first.kill()
        await crm.wait_until(
            lambda: {each.lead_id for each in crm.received} == set(acknowledged.values())
        )
        await finish(place)
    await check_nothing_lost(acknowledged, place.make_storage())
    deliveries = await read_deliveries(place)
    assert len(crm.received) <= sum(one.claims for one in deliveries), "each claim is one request"
    unrecorded = sum(one.claims - len(one.attempts) for one in deliveries)
    assert unrecorded <= kill, "only what was in the hands of the dead comes again"


async def finish(place: Place) -> None:
    """Wait until every delivery is recorded as delivered."""
    async with asyncio.timeout(60):
        while True:
            states = {one.state for one in await read_deliveries(place)}
            if states == {DeliveryState.DELIVERED}:
                return
            await asyncio.sleep(0.1)  # between two looks


async def read_deliveries(place: Place) -> tuple[Delivery, ...]:
    storage = place.make_storage()
    await storage.open()
    page = await storage.list_deliveries(EVERY_PROJECT, limit=200)
    await storage.close()
    return page.items


@pytest.fixture
def mongo(mongo_url: str, tmp_path: Path) -> Place:
    return Place("mongo", mongo_url, tmp_path)


async def test_what_a_killed_worker_held_is_sent_by_the_other(
    mongo: Place, crm: ScriptedCrm, tmp_path: Path
) -> None:
    await share(mongo, crm, tmp_path, kill=True)


async def test_the_same_check_catches_workers_without_leases(
    mongo: Place, crm: ScriptedCrm, tmp_path: Path
) -> None:
    with pytest.raises(AssertionError, match="comes again"):
        await share(mongo, crm, tmp_path, broken="unleased")
