"""The worker: claims what is due, sends it, records how it went. At least once, never silently.

A delivery is claimed under a lease, so a worker that dies gives it back by doing nothing. What was
sent and not recorded is sent again, with the same ids.
"""

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from frontdesk.clock import Clock
from frontdesk.delivery.access_tokens import AccessTokens
from frontdesk.delivery.circuit import Circuits, Key
from frontdesk.delivery.destinations.send import send
from frontdesk.delivery.model import (
    Attempt,
    AttemptOutcome,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    SendResult,
)
from frontdesk.delivery.schedule import next_try_at
from frontdesk.delivery.sending import Sending
from frontdesk.errors import FrontdeskError, NotFound
from frontdesk.outbound.client import Outbound
from frontdesk.projects.service import Projects
from frontdesk.storage.deliveries import DeliveryStorage

# How long it sleeps at most: another process may have stored something meanwhile.
IDLE_SECONDS = 5.0
# And at least: something may be due for a destination that is busy, and stay due.
SHORTEST_PAUSE_SECONDS = 0.25
STORAGE_PAUSE_SECONDS = 2.0
# What takes longer than this holds no place any more, so that several destinations that hang cannot
# take all of them together. There is an end to that too: so many times the places in all.
SLOW_SECONDS = 3.0
SLOW_FACTOR = 4
# The waits before a result is recorded again when storage fails; then the lease runs out.
RECORD_PAUSES_SECONDS = (0.1, 1.0, 5.0)
# How soon it is seen that a destination is no longer paused.
PAUSED_LOOK_SECONDS = 10.0

_log = structlog.get_logger("frontdesk.delivery")


def _uncounted(_outcome: str) -> None:
    """No metrics."""


@dataclass(frozen=True, slots=True)
class _Place:
    key: Key
    taken_at: datetime


class Worker:
    """Sends up to `concurrency` deliveries at a time, and a quarter of that to one destination.

    A destination that has just failed gets one place, and one that keeps failing is left alone
    (`delivery.circuit`). Those that take long are not counted among the `concurrency`.

    `lease_seconds` must be longer than `timeout_seconds`, or two workers send the same delivery.
    Once stopped, what is being sent has `drain_seconds` to end.
    `chance` gives numbers in [0, 1) for the schedule's jitter; `count_attempt` is told each
    outcome.
    """

    def __init__(
        self,
        storage: DeliveryStorage,
        projects: Projects,
        outbound: Outbound,
        clock: Clock,
        *,
        concurrency: int = 8,
        lease_seconds: float = 60.0,
        timeout_seconds: float = 20.0,
        drain_seconds: float = 10.0,
        chance: Callable[[], float] = random.random,
        count_attempt: Callable[[str], None] = _uncounted,
    ) -> None:
        self._storage = storage
        self._projects = projects
        self._outbound = outbound
        self._clock = clock
        self._concurrency = concurrency
        self._per_destination = max(1, concurrency // 4)
        self._lease = timedelta(seconds=lease_seconds)
        self._timeout_seconds = timeout_seconds
        self._drain_seconds = drain_seconds
        self._chance = chance
        self._count_attempt = count_attempt
        self._sending: dict[asyncio.Task[None], _Place] = {}
        self._circuits = Circuits()
        self._tokens = AccessTokens()
        self._woken = asyncio.Event()
        self._finished = asyncio.Event()
        self._is_stopping = False
        self._is_running = False

    @property
    def is_alive(self) -> bool:
        """Whether `run` is at work."""
        return self._is_running

    def wake(self) -> None:
        """Look now: something became due."""
        self._woken.set()

    async def run(self) -> None:
        """Work until `stop`. Nothing that storage or a destination does ends it."""
        self._is_running = True
        try:
            while not self._is_stopping:
                self._woken.clear()
                pause_seconds = await self._start_and_plan()
                with suppress(TimeoutError):
                    async with asyncio.timeout(pause_seconds):
                        await self._woken.wait()
            await self._drain()
        finally:
            for task in self._sending:
                task.cancel()
            self._is_running = False
            self._finished.set()

    async def stop(self) -> None:
        """Claim nothing more, let what is being sent end or break it off, record it, return."""
        self._is_stopping = True
        self._woken.set()
        if self._is_running:
            await self._finished.wait()

    async def run_due(self, at: datetime) -> None:
        """Send all that is due at `at` once, and wait for it."""
        while True:
            was_idle = not self._sending
            await self._start_due(at)
            if self._sending:
                await asyncio.wait(self._sending, return_when=asyncio.FIRST_COMPLETED)
            elif was_idle:
                return
            # else what was being sent ended during the look, and may have kept something back

    async def _start_and_plan(self) -> float:
        """Start what is due; how many seconds to sleep unless woken."""
        try:
            await self._start_due(self._clock())
            if not self._has_place():
                return SLOW_SECONDS  # the first to end wakes it, and the first to turn slow does
            next_look_at = await self.find_next_look_at()
        except Exception:  # noqa: BLE001 # the loop outlives whatever happened, and says so
            _log.exception("deliveries cannot be claimed")
            return STORAGE_PAUSE_SECONDS
        if next_look_at is None:
            return IDLE_SECONDS
        seconds = (next_look_at - self._clock()).total_seconds()
        return min(max(seconds, SHORTEST_PAUSE_SECONDS), IDLE_SECONDS)

    async def find_next_look_at(self) -> datetime | None:
        """When something is due, or a destination that was left alone may be looked at again."""
        at = self._clock()
        times = [
            await self._storage.find_next_due_at(busy=self._list_busy(at)),
            self._circuits.find_next_probe_at(at),
        ]
        return min((time for time in times if time is not None), default=None)

    async def _start_due(self, at: datetime) -> None:
        while self._has_place() and not self._is_stopping:
            # One at a time: a batch might all be for the one destination that hangs.
            claims = await self._storage.claim_deliveries(
                at, at + self._lease, 1, busy=self._list_busy(at)
            )
            if not claims:
                return
            (claimed,) = claims
            task = asyncio.create_task(self._deliver(claimed))
            self._sending[task] = _Place(_key_of(claimed.delivery), self._clock())
            task.add_done_callback(self._end)

    def _has_place(self) -> bool:
        fresh_since = self._clock() - timedelta(seconds=SLOW_SECONDS)
        fresh = sum(place.taken_at > fresh_since for place in self._sending.values())
        return fresh < self._concurrency and len(self._sending) < self._concurrency * SLOW_FACTOR

    def _list_busy(self, at: datetime) -> list[Key]:
        """The destinations that are being sent as much as one may be, or are left alone."""
        counts = Counter(place.key for place in self._sending.values())
        full = [
            key
            for key, count in counts.items()
            if count >= (1 if self._circuits.is_failing(key) else self._per_destination)
        ]
        return full + self._circuits.list_paused(at, counts.keys())

    def _end(self, task: asyncio.Task[None]) -> None:
        del self._sending[task]
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("a delivery ended badly; it is sent again", exc_info=error)
        self._woken.set()

    async def _drain(self) -> None:
        if self._sending:
            await asyncio.wait(self._sending, timeout=self._drain_seconds)
        for task in self._sending:
            task.cancel()
        if self._sending:
            await asyncio.wait(self._sending, timeout=self._lease.total_seconds())

    async def _deliver(self, claimed: ClaimedDelivery) -> None:
        delivery = claimed.delivery
        log = _log.bind(
            delivery_id=delivery.id,
            project_id=delivery.project_id,
            destination_id=delivery.destination_id,
            attempt=len(delivery.attempts) + 1,
        )
        started_at = self._clock()
        try:
            result = await self._send(claimed)
        except asyncio.CancelledError:
            if not self._is_stopping:
                raise
            result = SendResult(
                outcome=AttemptOutcome.RETRY, reason="Frontdesk was stopped before a reply came."
            )
        except Exception as error:
            log.exception("a delivery failed here")
            if isinstance(error, FrontdeskError):
                return  # storage is away; the lease runs out and it is tried again
            result = SendResult(
                outcome=AttemptOutcome.RETRY, reason="Something went wrong in Frontdesk itself."
            )
        finished_at = self._clock()
        if result is None:
            await self._hold(delivery, finished_at)
            return
        self._note_health(_key_of(delivery), result, finished_at)
        attempt = Attempt(
            number=len(delivery.attempts) + 1,
            started_at=started_at,
            finished_at=finished_at,
            outcome=result.outcome,
            status_code=result.status_code,
            reason=result.reason,
            response=result.response,
        )
        try:
            is_recorded = await self._record(delivery, attempt, result)
        except NotFound:
            log.info("a lead was erased while it was sent")
            return
        if is_recorded:
            self._count_attempt(result.outcome)
            log.info("delivery tried", outcome=result.outcome, status_code=result.status_code)
        else:
            log.warning("a delivery's result was not recorded; it is sent again")
        if result.switches_off:
            await self._switch_off(delivery)

    async def _send(self, claimed: ClaimedDelivery) -> SendResult | None:
        """None where the destination is paused, and nothing was sent."""
        delivery = claimed.delivery
        try:
            project = await self._projects.get(delivery.project_id)
        except NotFound:
            return _give_up("The project is no longer there.")
        for destination in project.destinations:
            if destination.id != delivery.destination_id:
                continue
            if not destination.enabled:
                return _give_up("The destination is switched off.")
            if destination.paused:
                return None
            sending = Sending(
                claimed,
                project,
                self._outbound,
                self._projects.vault,
                self._clock,
                self._timeout_seconds,
                self._tokens,
            )
            return await send(sending, destination)
        return _give_up("The project no longer has this destination.")

    async def _hold(self, delivery: Delivery, at: datetime) -> None:
        self._circuits.hold(_key_of(delivery), at + timedelta(seconds=PAUSED_LOOK_SECONDS))
        try:
            await self._storage.release_delivery(
                delivery.project_id, delivery.id, delivery.lease_token or "", at
            )
        except FrontdeskError:  # then the lease gives it back
            _log.exception("a delivery cannot be given back", delivery_id=delivery.id)

    def _note_health(self, key: Key, result: SendResult, at: datetime) -> None:
        if result.outcome is AttemptOutcome.RETRY:
            self._circuits.record_failure(key, at, retry_after_seconds=result.retry_after_seconds)
        else:
            self._circuits.record_success(key)

    async def _switch_off(self, delivery: Delivery) -> None:
        try:
            await self._projects.switch(delivery.project_id, delivery.destination_id, enabled=False)
        except FrontdeskError:
            # The next delivery there gets the same answer and does it.
            _log.exception("a destination cannot be switched off", delivery_id=delivery.id)

    async def _record(self, delivery: Delivery, attempt: Attempt, result: SendResult) -> bool:
        """False where the lease was lost, or where storage stays away.

        Raises NotFound(`delivery_not_found`) where it was erased.
        """
        state, due_at = self._plan_next(attempt, result)
        for pause_seconds in (*RECORD_PAUSES_SECONDS, None):
            try:
                return await self._storage.record_attempt(
                    delivery.project_id,
                    delivery.id,
                    delivery.lease_token or "",
                    attempt,
                    state=state,
                    due_at=due_at,
                    remote_id=result.remote_id,
                )
            except NotFound:
                raise
            except FrontdeskError:
                _log.exception("a delivery's result cannot be recorded", delivery_id=delivery.id)
                if pause_seconds is not None:
                    await asyncio.sleep(pause_seconds)
        return False

    def _plan_next(
        self, attempt: Attempt, result: SendResult
    ) -> tuple[DeliveryState, datetime | None]:
        if result.outcome is AttemptOutcome.DELIVERED:
            return DeliveryState.DELIVERED, None
        if result.outcome is AttemptOutcome.PERMANENT:
            return DeliveryState.DEAD, None
        due_at = next_try_at(
            attempt.number,
            attempt.finished_at,
            chance=self._chance(),
            retry_after_seconds=result.retry_after_seconds,
        )
        return (DeliveryState.DEAD, None) if due_at is None else (DeliveryState.WAITING, due_at)


def _key_of(delivery: Delivery) -> Key:
    return delivery.project_id, delivery.destination_id


def _give_up(reason: str) -> SendResult:
    return SendResult(outcome=AttemptOutcome.PERMANENT, reason=reason)
