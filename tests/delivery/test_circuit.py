"""A dead destination is left alone, and costs the others nothing."""

import asyncio
from datetime import timedelta

from frontdesk.delivery.circuit import Circuits
from frontdesk.storage.base import Storage
from tests.delivery.conftest import MakeWorker
from tests.delivery.room import add_lead, add_project, list_all
from tests.support.clock import START, SteppedClock
from tests.support.crm import PATIENCE_SECONDS, ScriptedCrm, answer, hang

CRM = ("palm-grove", "crm")


def fail(circuits: Circuits, times: int, **settings: float) -> None:
    for _ in range(times):
        circuits.record_failure(CRM, START, **settings)


def pause_seconds(circuits: Circuits) -> float:
    probe_at = circuits.find_next_probe_at(START)
    assert probe_at is not None
    return (probe_at - START).total_seconds()


def test_a_row_of_failures_pauses_longer_and_longer_up_to_an_end() -> None:
    circuits = Circuits()
    fail(circuits, 4)
    assert circuits.list_paused(START, ()) == []
    pauses = []
    for _ in range(9):
        fail(circuits, 1)
        pauses.append(pause_seconds(circuits))
    assert pauses == [5, 10, 20, 40, 80, 160, 300, 300, 300]
    fail(circuits, 5000)
    assert pause_seconds(circuits) == 300


def test_one_at_a_time_looks_whether_it_is_back() -> None:
    circuits = Circuits()
    fail(circuits, 5)
    at = START + timedelta(seconds=5)
    assert circuits.list_paused(at - timedelta(milliseconds=1), ()) == [CRM]
    assert circuits.list_paused(at, ()) == []
    assert circuits.list_paused(at, {CRM}) == [CRM]
    circuits.record_success(CRM)
    assert circuits.list_paused(at, {CRM}) == []
    fail(circuits, 4)
    assert circuits.list_paused(at, ()) == []


def test_a_receiver_that_names_a_time_is_left_alone_at_once() -> None:
    circuits = Circuits()
    fail(circuits, 1, retry_after_seconds=60)
    assert pause_seconds(circuits) == 60
    fail(circuits, 1, retry_after_seconds=86_400)
    assert pause_seconds(circuits) == 300


async def test_a_dead_destination_is_tried_by_one_at_a_time(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    for number in range(30):
        await add_lead(storage, clock, number)
    crm.behaviour = answer(503)
    worker = make_worker()
    await worker.run_due(clock())
    assert len(crm.received) <= 6, "five failures, and one that was under way already"
    for _ in range(4):
        crm.received.clear()
        look_at = await worker.find_next_look_at()
        assert look_at is not None
        assert look_at > clock()
        clock.at = look_at
        await worker.run_due(clock())
        assert len(crm.received) == 1
    crm.behaviour = answer(201)
    while await storage.find_next_due_at() is not None:
        clock.at = max(clock(), await worker.find_next_look_at() or clock())
        await worker.run_due(clock())
    assert {delivery.state for delivery in await list_all(storage)} == {"delivered"}


async def test_several_that_hang_leave_places_for_the_rest(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    dead = [f"dead-{number}" for number in range(6)]
    for name in dead:
        crm.by_path[f"/{name}"] = hang
    await add_project(storage, *map(crm.destination, [*dead, "live"]))
    for number in range(10):
        await add_lead(storage, clock, number, destination_ids=tuple(dead))
    clock.step(seconds=1)
    for number in range(10):
        await add_lead(storage, clock, number, destination_ids=("live",))
    worker = make_worker(timeout_seconds=PATIENCE_SECONDS * 2)
    task = asyncio.create_task(worker.run())
    try:
        await crm.wait_until(lambda: len(crm.received) == 8)
        assert crm.at("/live") == [], "all places are taken, for now"
        clock.step(seconds=4)
        worker.wake()
        await crm.wait_until(lambda: len(crm.at("/live")) == 10)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
