"""The worker's promises, against a real store and a real HTTP server."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from itertools import pairwise
from typing import Any

import pytest
import structlog

from frontdesk.delivery.model import AttemptOutcome, DeliveryState
from frontdesk.delivery.worker import Worker
from frontdesk.errors import Unavailable
from frontdesk.model import EVERY_PROJECT
from frontdesk.outbound.client import Outbound
from frontdesk.privacy.model import Identity
from frontdesk.storage.base import Storage
from tests.delivery.conftest import MakeWorker
from tests.delivery.room import add_lead, add_project, get_only, list_all
from tests.support.clock import START, SteppedClock
from tests.support.crm import PATIENCE_SECONDS, ScriptedCrm, answer, drop, hang


async def run_until_done(worker: Worker, storage: Storage, clock: SteppedClock) -> None:
    """Step the clock from one time that it looks to the next until nothing waits."""
    while await storage.find_next_due_at() is not None:
        look_at = await worker.find_next_look_at()
        assert look_at is not None
        clock.at = max(clock.at, look_at)
        await worker.run_due(clock())


@asynccontextmanager
async def running(worker: Worker) -> AsyncIterator[asyncio.Task[None]]:
    task = asyncio.create_task(worker.run())
    try:
        yield task
    finally:
        await worker.stop()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_lead_is_sent_once_and_the_try_is_kept(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    lead_id = await add_lead(storage, clock)
    worker = make_worker()
    await worker.run_due(clock())
    await worker.run_due(clock.step(days=30))
    assert [request.lead_id for request in crm.received] == [lead_id]
    delivery = await get_only(storage)
    assert (delivery.state, delivery.remote_id, delivery.due_at) == ("delivered", "crm-1", None)
    (attempt,) = delivery.attempts
    assert (attempt.number, attempt.outcome, attempt.status_code) == (1, "delivered", 201)
    assert attempt.response == '{"id": "crm-1"}'


async def test_every_destination_gets_the_lead_each_in_its_own_time(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    crm.by_path["/webhook"] = answer(500)
    await add_project(storage, crm.destination(), crm.destination("webhook"))
    await add_lead(storage, clock, destination_ids=("crm", "webhook"))
    await make_worker().run_due(clock())
    states = {delivery.destination_id: delivery.state for delivery in await list_all(storage)}
    assert states == {"crm": "delivered", "webhook": "waiting"}


async def test_a_failing_destination_is_tried_by_the_schedule_and_then_shown(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    crm.behaviour = answer(500, b"oops")
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    await run_until_done(make_worker(), storage, clock)
    delivery = await get_only(storage)
    starts = [attempt.started_at for attempt in delivery.attempts]
    waits = [(after - before).total_seconds() for before, after in pairwise(starts)]
    assert waits == [5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400]
    assert (delivery.state, delivery.due_at) == (DeliveryState.DEAD, None)
    assert [attempt.number for attempt in delivery.attempts] == list(range(1, 11))
    assert delivery.attempts[-1].response == "oops"
    assert [request.json["attempt"] for request in crm.received] == list(range(1, 11))


async def test_a_crm_that_is_down_for_three_days_gets_every_lead_once(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    crm.behaviour = answer(503)
    worker = make_worker(chance=random.Random(7).random)
    lead_ids = []
    for number in range(30):
        lead_ids.append(await add_lead(storage, clock, number))
        clock.step(minutes=1)
    up_at = START + timedelta(hours=72)
    while clock() < up_at:
        await worker.run_due(clock())
        look_at = await worker.find_next_look_at()
        assert look_at is not None
        clock.at = min(up_at, look_at)
    assert {delivery.state for delivery in await list_all(storage)} == {DeliveryState.WAITING}
    crm.received.clear()
    crm.behaviour = answer(201)
    await run_until_done(worker, storage, clock)
    assert {delivery.state for delivery in await list_all(storage)} == {DeliveryState.DELIVERED}
    assert Counter(request.lead_id for request in crm.received) == Counter(lead_ids)


async def test_a_crm_that_saves_and_drops_sees_the_same_ids_again(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    worker = make_worker()
    crm.behaviour = drop
    await worker.run_due(clock())
    crm.behaviour = answer(200)
    await worker.run_due(clock.step(seconds=5))
    first, second = crm.received
    for header in ("idempotency-key", "frontdesk-lead-id"):
        assert first.headers[header] == second.headers[header]
    assert (await get_only(storage)).state == "delivered"


async def test_what_only_a_person_can_mend_stops_at_once(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    crm.behaviour = answer(401, b"no such token")
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    await run_until_done(make_worker(), storage, clock)
    delivery = await get_only(storage)
    assert (delivery.state, len(delivery.attempts), len(crm.received)) == ("dead", 1, 1)
    assert "credentials" in delivery.attempts[0].reason


async def test_retry_after_is_listened_to(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    crm.behaviour = answer(429, Retry_After="3600")
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    await make_worker().run_due(clock())
    assert (await get_only(storage)).due_at == clock() + timedelta(hours=1)


async def test_a_destination_that_went_away_is_said_so(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination("off", enabled=False))
    await add_lead(storage, clock, destination_ids=("off", "gone"))
    await make_worker().run_due(clock())
    reasons = {each.destination_id: each.attempts[0].reason for each in await list_all(storage)}
    assert reasons == {
        "off": "The destination is switched off.",
        "gone": "The project no longer has this destination.",
    }
    assert {each.state for each in await list_all(storage)} == {DeliveryState.DEAD}
    assert crm.received == []


async def test_a_worker_killed_before_it_recorded_sends_again_with_the_same_ids(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    lead_id = await add_lead(storage, clock)
    crm.behaviour = hang
    killed = asyncio.create_task(make_worker().run())
    await crm.wait_until(lambda: len(crm.received) == 1)
    killed.cancel()
    await asyncio.gather(killed, return_exceptions=True)

    crm.behaviour = answer(201)
    survivor = make_worker()
    await survivor.run_due(clock.step(seconds=59))
    assert len(crm.received) == 1, "the lease still holds"
    await survivor.run_due(clock.step(seconds=1))
    first, second = crm.received
    assert first.lead_id == second.lead_id == lead_id
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert (await get_only(storage)).state == "delivered"


async def test_who_lost_the_lease_records_nothing(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    let_go = asyncio.Event()

    async def answer_late(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        await answer(500)(crm, writer)

    crm.behaviour = answer_late
    slow = asyncio.create_task(make_worker().run_due(clock()))
    await crm.wait_until(lambda: len(crm.received) == 1)
    crm.behaviour = answer(201)
    await make_worker().run_due(clock.step(seconds=60))
    let_go.set()
    await slow
    delivery = await get_only(storage)
    assert (delivery.state, len(delivery.attempts)) == ("delivered", 1)


async def test_a_destination_that_hangs_holds_up_no_other(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination("dead"))
    await add_project(storage, crm.destination("live"), project_id="coral-bay")
    crm.by_path["/dead"] = hang
    for number in range(40):
        await add_lead(storage, clock, number, destination_ids=("dead",))
    clock.step(minutes=1)
    for number in range(10):
        await add_lead(storage, clock, number, project_id="coral-bay", destination_ids=("live",))
    worker = make_worker(timeout_seconds=PATIENCE_SECONDS * 2)
    task = asyncio.create_task(worker.run())
    await crm.wait_until(lambda: len(crm.at("/live")) == 10)
    assert len(crm.at("/dead")) == 2, "a quarter of eight places"
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_no_more_are_sent_at_a_time_than_there_are_places(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    destinations = [crm.destination(f"crm-{number}") for number in range(8)]
    await add_project(storage, *destinations)
    crm.behaviour = hang
    ids = tuple(destination.id for destination in destinations)
    await add_lead(storage, clock, destination_ids=ids)
    sending = asyncio.create_task(make_worker(concurrency=4).run_due(clock()))
    await crm.wait_until(lambda: len(crm.received) == 4)
    await storage.check()  # a write: a fifth claim would stand before it
    leased = [delivery for delivery in await list_all(storage) if delivery.lease_token]
    assert (len(leased), len(crm.received)) == (4, 4)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)


async def test_it_wakes_for_a_new_lead_and_ends_what_it_sends_before_it_stops(
    storage: Storage,
    clock: SteppedClock,
    crm: ScriptedCrm,
    make_worker: MakeWorker,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("frontdesk.delivery.worker.IDLE_SECONDS", 3600.0)
    await add_project(storage, crm.destination())
    let_go = asyncio.Event()

    async def answer_late(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        await let_go.wait()
        await answer(201)(crm, writer)

    crm.behaviour = answer_late
    worker = make_worker()
    was_alive = [worker.is_alive]
    async with running(worker) as task:
        await asyncio.wait([task], timeout=0.1)  # it looks, finds nothing and goes to sleep
        await add_lead(storage, clock)
        worker.wake()
        await crm.wait_until(lambda: len(crm.received) == 1)
        was_alive.append(worker.is_alive)
        stopping = asyncio.create_task(worker.stop())
        await asyncio.wait([stopping], timeout=0.1)
        assert not stopping.done(), "it waits for the reply"
        let_go.set()
        await stopping
        await task
    assert [*was_alive, worker.is_alive] == [False, True, False]
    assert (await get_only(storage)).state == "delivered"


async def test_stopping_what_never_ran_returns_at_once(make_worker: MakeWorker) -> None:
    await make_worker().stop()


class FailingStorage:
    """A real store whose named method fails the first `times`."""

    def __init__(self, storage: Storage, method: str, times: int, error: Exception) -> None:
        self._storage = storage
        self._method = method
        self.failures_left = times
        self._error = error
        self.failed = asyncio.Event()

    def __getattr__(self, name: str) -> Any:
        work = getattr(self._storage, name)
        if name != self._method:
            return work

        async def fail_first(*arguments: Any, **settings: Any) -> Any:
            if self.failures_left:
                self.failures_left -= 1
                self.failed.set()
                raise self._error
            return await work(*arguments, **settings)

        return fail_first


async def test_it_outlives_a_store_that_fails(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    for method in ("claim_deliveries", "find_next_due_at"):
        for error in (Unavailable("storage_unavailable", "…"), RuntimeError("a fault of ours")):
            await add_lead(storage, clock, random.randrange(50_000))
            failing = FailingStorage(storage, method, 1, error)
            worker = make_worker(failing)
            crm.received.clear()
            async with running(worker):
                async with asyncio.timeout(PATIENCE_SECONDS):
                    await failing.failed.wait()
                worker.wake()
                await crm.wait_until(lambda: bool(crm.received))


async def test_a_result_is_recorded_again_when_the_store_fails_once(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    failing = FailingStorage(storage, "record_attempt", 1, Unavailable("storage_unavailable", "…"))
    await make_worker(failing).run_due(clock())
    assert failing.failures_left == 0
    assert ((await get_only(storage)).state, len(crm.received)) == ("delivered", 1)


async def test_a_fault_of_our_own_counts_as_a_try_and_is_not_silent(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)

    class BrokenOutbound(Outbound):
        async def send(self, *_arguments: Any, **_settings: Any) -> Any:
            raise RuntimeError("+919876543210 broke it")

    worker = make_worker()
    await worker._outbound.close()
    worker._outbound = BrokenOutbound()
    await worker.run_due(clock())
    (attempt,) = (await get_only(storage)).attempts
    assert attempt.outcome is AttemptOutcome.RETRY
    assert attempt.reason == "Something went wrong in Frontdesk itself."


async def test_outcomes_are_counted(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    outcomes: list[str] = []
    worker = make_worker(count_attempt=outcomes.append)
    crm.behaviour = answer(500)
    await worker.run_due(clock())
    crm.behaviour = answer(200)
    await worker.run_due(clock.step(seconds=5))
    assert outcomes == ["retry", "delivered"]


async def test_a_lead_erased_while_it_is_sent_is_not_sent_again(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm, make_worker: MakeWorker
) -> None:
    async def erase_and_fail(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        (lead,) = (await storage.list_leads(EVERY_PROJECT)).items
        await storage.erase_person(EVERY_PROJECT, Identity(phone=lead.phone))
        await answer(500)(crm, writer)

    crm.behaviour = erase_and_fail
    await add_project(storage, crm.destination())
    await add_lead(storage, clock)
    worker = make_worker()
    with structlog.testing.capture_logs() as logs:
        await worker.run_due(clock())
    assert [line["event"] for line in logs] == ["a lead was erased while it was sent"]
    await worker.run_due(clock.step(days=1))
    assert len(crm.received) == 1
    assert await list_all(storage) == []
