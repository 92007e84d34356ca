"""A paused destination keeps its leads waiting; a stopped worker leaves none behind."""

import asyncio

import pytest

from frontdesk.delivery.model import DeliveryState
from frontdesk.delivery.worker import PAUSED_LOOK_SECONDS
from frontdesk.model import EVERY_PROJECT
from frontdesk.storage.base import Storage
from tests.delivery.conftest import MakeWorker
from tests.delivery.room import add_lead, add_project, get_only, list_all
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, hang


async def pause(storage: Storage, clock: SteppedClock, paused: bool) -> None:
    await storage.switch_destination("palm-grove", "crm", clock(), paused=paused)
    clock.step(minutes=1)  # past what a worker remembers of a project


async def test_leads_wait_while_a_destination_is_paused_and_go_out_after(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination(), crm.destination("other"))
    await pause(storage, clock, True)
    for number in range(5):
        await add_lead(storage, clock, number, destination_ids=("crm", "other"))
    worker = make_worker()
    for _ in range(20):  # a week of looking uses up no try
        await worker.run_due(clock())
        clock.step(hours=8)
    assert len(crm.at("/other")) == 5
    waiting = await storage.list_deliveries(EVERY_PROJECT, destination_id="crm")
    assert {one.state for one in waiting.items} == {DeliveryState.WAITING}
    assert {(one.attempts, one.claims, one.lease_token) for one in waiting.items} == {((), 0, None)}
    assert crm.at("/crm") == []

    await pause(storage, clock, False)
    await worker.run_due(clock())
    assert len(crm.at("/crm")) == 5
    assert {one.state for one in await list_all(storage)} == {DeliveryState.DELIVERED}


async def test_a_paused_destination_costs_one_look_now_and_then(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination(paused=True))
    for number in range(30):
        await add_lead(storage, clock, number)
    worker = make_worker()
    released = 0
    release = storage.release_delivery

    async def count(*arguments: object) -> bool:
        nonlocal released
        released += 1
        return await release(*arguments)  # type: ignore[arg-type]

    storage.release_delivery = count  # type: ignore[method-assign,assignment]
    await worker.run_due(clock())
    first = released
    assert first <= 2, "as many as may be sent to one destination at a time"
    for _ in range(5):
        clock.step(seconds=PAUSED_LOOK_SECONDS)
        await worker.run_due(clock())
    assert released == first + 5
    assert await worker.find_next_look_at() == clock.step(seconds=PAUSED_LOOK_SECONDS)


async def test_a_receiver_that_hangs_does_not_hold_up_the_end_and_the_try_is_recorded(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    crm.behaviour = hang
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    worker = make_worker(drain_seconds=0.01)
    running = asyncio.create_task(worker.run())
    await crm.wait_until(lambda: len(crm.received) == 1)
    await worker.stop()
    await running
    delivery = await get_only(storage)
    (attempt,) = delivery.attempts
    assert attempt.reason == "Frontdesk was stopped before a reply came."
    assert (delivery.state, delivery.lease_token) == (DeliveryState.WAITING, None)
    assert delivery.may_have_arrived


@pytest.mark.parametrize("paused", [False, True])
async def test_nothing_stays_claimed_once_a_worker_has_stopped(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker, paused: bool
) -> None:
    await add_project(storage, crm.destination(paused=paused))
    for number in range(20):
        await add_lead(storage, clock, number)
    worker = make_worker()
    running = asyncio.create_task(worker.run())
    if not paused:
        await crm.wait_until(lambda: len(crm.received) >= 3)
    await worker.stop()
    await running
    deliveries = await list_all(storage)
    assert {one.lease_token for one in deliveries} == {None}
    sent = {request.headers["idempotency-key"] for request in crm.received}
    assert {one.id for one in deliveries if one.attempts} == sent
