"""Deliveries: each with one worker at a time, given back by a worker that dies, recorded once."""

import asyncio

import pytest

from frontdesk.delivery.model import (
    Attempt,
    AttemptOutcome,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    RetryableState,
)
from frontdesk.errors import Conflict, NotFound
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone, stored_deliveries
from tests.contracts.conftest import MakeStorage
from tests.support.samples import later, make_delivery, make_lead

LEASE_END = later(minutes=1)


def make_attempt(outcome: AttemptOutcome = AttemptOutcome.RETRY, number: int = 1) -> Attempt:
    return Attempt(
        number=number,
        started_at=later(),
        finished_at=later(seconds=1),
        outcome=outcome,
        status_code=503,
        reason="The CRM is down for maintenance.",
        response="<h1>Back soon</h1>",
    )


async def fill(storage: Storage, count: int, **kind: str) -> list[Delivery]:
    """So many leads with a delivery each, due a second apart."""
    deliveries = []
    for number in range(count):
        lead = make_lead(phone=phone(number), at=later(seconds=number))
        deliveries.append(make_delivery(lead, **kind))
        await capture(storage, lead, deliveries[-1:])
    return deliveries


async def claim_one(storage: Storage) -> ClaimedDelivery:
    (claimed,) = await storage.claim_deliveries(later(), LEASE_END, 1)
    return claimed


async def record(
    storage: Storage,
    claimed: ClaimedDelivery,
    state: DeliveryState = DeliveryState.DELIVERED,
    **changes: str,
) -> bool:
    waiting = state is DeliveryState.WAITING
    return await storage.record_attempt(
        claimed.delivery.project_id,
        claimed.delivery.id,
        claimed.delivery.lease_token or "",
        make_attempt(),
        state=state,
        due_at=later(minutes=5) if waiting else None,
        **changes,
    )


async def find(storage: Storage, delivery_id: str) -> Delivery:
    delivery = await storage.find_delivery(EVERY_PROJECT, delivery_id)
    assert delivery is not None
    return delivery


# Claiming


async def test_a_claim_carries_the_lead_and_a_lease(storage: Storage) -> None:
    lead = make_lead()
    delivery = make_delivery(lead)
    await capture(storage, lead, [delivery])
    claimed = await claim_one(storage)
    assert claimed.lead == lead
    token = claimed.delivery.lease_token
    assert token
    leased = delivery.model_copy(update={"lease_token": token, "due_at": LEASE_END, "claims": 1})
    assert claimed.delivery == leased
    assert await find(storage, delivery.id) == leased


async def test_only_what_is_due_is_claimed_the_longest_due_first(storage: Storage) -> None:
    deliveries = await fill(storage, 5)
    claimed = await storage.claim_deliveries(later(seconds=3), LEASE_END, 3)
    assert [one.delivery.id for one in claimed] == [one.id for one in deliveries[:3]]
    claimed = await storage.claim_deliveries(later(seconds=3), LEASE_END, 3)
    assert [one.delivery.id for one in claimed] == [deliveries[3].id]


async def test_every_claim_has_a_token_of_its_own(storage: Storage) -> None:
    await fill(storage, 5)
    first = await storage.claim_deliveries(later(seconds=9), LEASE_END, 9)
    again = await storage.claim_deliveries(LEASE_END, later(minutes=2), 9)
    tokens = [one.delivery.lease_token for one in first + again]
    assert len(tokens) == 10
    assert len(set(tokens)) == 10


async def test_many_claimers_never_get_the_same_delivery(
    storage: Storage, make_storage: MakeStorage
) -> None:
    deliveries = await fill(storage, 60)
    other = make_storage()
    await other.open()
    try:
        batches = await asyncio.gather(
            *(
                claimer.claim_deliveries(later(hours=1), later(hours=2), 5)
                for _ in range(15)
                for claimer in (storage, other)
            )
        )
    finally:
        await other.close()
    claimed = [one.delivery.id for batch in batches for one in batch]
    assert len(claimed) == 60
    assert set(claimed) == {one.id for one in deliveries}


async def test_a_dead_workers_delivery_comes_back_when_its_lease_ends(storage: Storage) -> None:
    await fill(storage, 1)
    first = await claim_one(storage)
    assert await storage.claim_deliveries(later(seconds=59), later(minutes=2), 9) == []
    (second,) = await storage.claim_deliveries(LEASE_END, later(minutes=2), 9)
    assert second.delivery.id == first.delivery.id
    assert second.delivery.lease_token != first.delivery.lease_token


async def test_busy_destinations_are_passed_over(storage: Storage) -> None:
    backlog = await fill(storage, 5, destination_id="slow")
    lead = make_lead("coral-bay", at=later(seconds=30))
    same_name, free = make_delivery(lead, destination_id="slow"), make_delivery(lead)
    await capture(storage, lead, [same_name, free])
    busy = [("palm-grove", "slow"), ("palm-grove", "crm")]
    claimed = await storage.claim_deliveries(LEASE_END, later(minutes=2), 9, busy=busy)
    assert {one.delivery.id for one in claimed} == {same_name.id, free.id}
    claimed = await storage.claim_deliveries(LEASE_END, later(minutes=2), 9)
    assert {one.delivery.id for one in claimed} == {one.id for one in backlog}


# Recording


async def test_a_success_is_recorded_and_never_claimed_again(storage: Storage) -> None:
    await fill(storage, 1)
    claimed = await claim_one(storage)
    assert await record(storage, claimed, remote_id="CRM-77")
    assert await find(storage, claimed.delivery.id) == claimed.delivery.model_copy(
        update={
            "state": DeliveryState.DELIVERED,
            "due_at": None,
            "lease_token": None,
            "attempts": (make_attempt(),),
            "remote_id": "CRM-77",
        }
    )
    assert await storage.claim_deliveries(later(days=9), later(days=10), 9) == []


async def test_attempts_add_up_and_a_remote_id_is_kept(storage: Storage) -> None:
    (delivery,) = await fill(storage, 1)
    claimed = await claim_one(storage)
    assert await record(storage, claimed, DeliveryState.WAITING, remote_id="CRM-77")
    (again,) = await storage.claim_deliveries(later(minutes=5), later(minutes=6), 9)
    assert again.delivery.attempts == (make_attempt(),)
    assert await record(storage, again, DeliveryState.DEAD)
    stored = await find(storage, delivery.id)
    assert stored.state is DeliveryState.DEAD
    assert stored.attempts == (make_attempt(), make_attempt())
    assert stored.remote_id == "CRM-77"


async def test_who_lost_the_lease_records_nothing(storage: Storage) -> None:
    await fill(storage, 1)
    slow = await claim_one(storage)
    (quick,) = await storage.claim_deliveries(LEASE_END, later(minutes=2), 9)
    before = await find(storage, slow.delivery.id)
    assert not await record(storage, slow)
    assert await find(storage, slow.delivery.id) == before
    assert await record(storage, quick)  # the control: the lease that holds
    assert not await record(storage, quick)  # and it is used up


async def test_a_lease_that_ended_still_counts_while_nobody_took_it(storage: Storage) -> None:
    """Better the record of a slow success than a second sending."""
    await fill(storage, 1)
    slow = await claim_one(storage)
    assert await record(storage, slow)


async def test_a_missing_delivery_is_not_found(storage: Storage) -> None:
    with pytest.raises(NotFound) as caught:
        await storage.record_attempt(
            "palm-grove",
            "delivery_0",
            "token",
            make_attempt(),
            state=DeliveryState.DELIVERED,
            due_at=None,
        )
    assert caught.value.code == "delivery_not_found"
    with pytest.raises(NotFound) as caught:
        await storage.retry_delivery("palm-grove", "delivery_0", later())
    assert caught.value.code == "delivery_not_found"
    assert await storage.find_delivery(EVERY_PROJECT, "delivery_0") is None


# Retrying by hand


@pytest.mark.parametrize("state", [DeliveryState.WAITING, DeliveryState.DEAD])
async def test_a_retry_makes_it_due_at_once(storage: Storage, state: DeliveryState) -> None:
    await fill(storage, 1)
    claimed = await claim_one(storage)
    await record(storage, claimed, state)
    at = later(minutes=2)
    retried = await storage.retry_delivery("palm-grove", claimed.delivery.id, at)
    assert (retried.state, retried.due_at) == (DeliveryState.WAITING, at)
    assert retried.attempts == (make_attempt(),)
    assert await find(storage, claimed.delivery.id) == retried
    (again,) = await storage.claim_deliveries(at, later(minutes=3), 9)
    assert again.delivery.id == claimed.delivery.id


async def test_a_delivered_one_is_not_retried(storage: Storage) -> None:
    await fill(storage, 1)
    claimed = await claim_one(storage)
    await record(storage, claimed)
    with pytest.raises(Conflict) as caught:
        await storage.retry_delivery("palm-grove", claimed.delivery.id, later(days=1))
    assert caught.value.code == "delivery_not_retryable"
    assert (await find(storage, claimed.delivery.id)).state is DeliveryState.DELIVERED


async def test_one_that_is_being_sent_is_not_retried(storage: Storage) -> None:
    await fill(storage, 1)
    claimed = await claim_one(storage)
    with pytest.raises(Conflict) as caught:
        await storage.retry_delivery("palm-grove", claimed.delivery.id, later(seconds=59))
    assert caught.value.code == "delivery_not_retryable"
    assert await find(storage, claimed.delivery.id) == claimed.delivery
    # Once the lease is over the worker counts as dead, and its late report counts for nothing.
    await storage.retry_delivery("palm-grove", claimed.delivery.id, LEASE_END)
    assert not await record(storage, claimed)


# Many at once


async def test_all_that_fit_are_retried(storage: Storage) -> None:
    fitting = await fill(storage, 3)
    claims = await storage.claim_deliveries(later(minutes=1), later(minutes=2), 9)
    states = (DeliveryState.DEAD, DeliveryState.DELIVERED, DeliveryState.WAITING)
    for claimed, state in zip(claims, states, strict=True):
        await record(storage, claimed, state)
    lead = make_lead(phone=phone(9))
    other = make_delivery(lead, destination_id="other")
    await capture(storage, lead, [other])
    (claimed,) = await storage.claim_deliveries(later(minutes=1), later(minutes=2), 9)
    await record(storage, claimed, DeliveryState.DEAD)

    at = later(minutes=3)
    palm, coral = (Scope(projects=frozenset({name})) for name in ("palm-grove", "coral-bay"))
    assert await storage.count_retryable(palm, at) == 2
    assert await storage.count_retryable(palm, at, at_most=1) == 1
    assert await storage.count_retryable(palm, at, destination_id="crm") == 1
    assert await storage.count_retryable(coral, at) == 0
    assert await storage.retry_deliveries(coral, at) == 0
    assert await storage.retry_deliveries(palm, at, destination_id="nothing") == 0
    assert await storage.retry_deliveries(palm, at, destination_id="crm") == 1
    assert (await find(storage, fitting[0].id)).due_at == at
    assert (await find(storage, other.id)).state is DeliveryState.DEAD
    assert await storage.retry_deliveries(EVERY_PROJECT, at) == 1
    assert (await find(storage, fitting[1].id)).state is DeliveryState.DELIVERED
    assert (await find(storage, fitting[2].id)).due_at == later(minutes=5)
    assert await storage.retry_deliveries(palm, at, state=DeliveryState.WAITING) == 3
    assert (await find(storage, fitting[2].id)).due_at == at


async def test_what_is_being_sent_is_left_alone_by_a_retry_of_many(storage: Storage) -> None:
    (sending, waiting) = await fill(storage, 2)
    claimed = await claim_one(storage)
    assert claimed.delivery.id == sending.id
    early = later(seconds=30)
    assert await storage.count_retryable(EVERY_PROJECT, early, state=DeliveryState.WAITING) == 1
    retried = await storage.retry_deliveries(EVERY_PROJECT, early, state=DeliveryState.WAITING)
    assert retried == 1
    assert (await find(storage, waiting.id)).due_at == early
    assert await find(storage, sending.id) == claimed.delivery
    # Once the lease is over the worker counts as dead, and its late report counts for nothing.
    await storage.retry_deliveries(EVERY_PROJECT, LEASE_END, state=DeliveryState.WAITING)
    assert not await record(storage, claimed)


async def test_what_failed_before_is_told_from_what_was_never_tried(storage: Storage) -> None:
    (failing, fresh) = await fill(storage, 2)
    (claimed,) = await storage.claim_deliveries(later(minutes=1), later(minutes=2), 1)
    assert claimed.delivery.id == failing.id
    await record(storage, claimed, DeliveryState.WAITING)

    async def ids(tried: bool | None, after: str | None = None) -> list[str]:
        page = await storage.list_deliveries(
            EVERY_PROJECT, state=DeliveryState.WAITING, tried=tried, after=after, limit=1
        )
        rest = await ids(tried, page.next_cursor) if page.next_cursor else []
        return [*(one.id for one in page.items), *rest]

    assert await ids(True) == [failing.id]
    assert await ids(False) == [fresh.id]
    assert await ids(None) == [fresh.id, failing.id]
    at = later(hours=1)
    state: RetryableState = DeliveryState.WAITING
    assert await storage.count_retryable(EVERY_PROJECT, at, state=state, tried=True) == 1
    assert await storage.retry_deliveries(EVERY_PROJECT, at, state=state, tried=True) == 1
    assert (await find(storage, failing.id)).due_at == at
    assert (await find(storage, fresh.id)).due_at != at


# Looking


async def test_deliveries_are_listed_newest_first_and_narrowed(storage: Storage) -> None:
    first, second = await fill(storage, 2)
    await record(storage, await claim_one(storage))
    assert [one.id for one in await stored_deliveries(storage)] == [second.id, first.id]

    async def ids(**narrowed: object) -> list[str]:
        page = await storage.list_deliveries(EVERY_PROJECT, **narrowed)  # type: ignore[arg-type]
        return [one.id for one in page.items]

    assert await ids(lead_id=first.lead_id) == [first.id]
    assert await ids(state=DeliveryState.DELIVERED) == [first.id]
    assert await ids(state=DeliveryState.WAITING) == [second.id]
    assert await ids(lead_id=first.lead_id, state=DeliveryState.WAITING) == []


async def test_the_next_due_time_is_the_earliest_of_the_waiting(storage: Storage) -> None:
    assert await storage.find_next_due_at() is None
    await fill(storage, 2)
    assert await storage.find_next_due_at() == later()
    claimed = await claim_one(storage)
    assert await storage.find_next_due_at() == later(seconds=1)
    await storage.claim_deliveries(later(seconds=1), later(minutes=3), 9)
    assert await storage.find_next_due_at() == LEASE_END  # when the first lease ends
    await record(storage, claimed)
    assert await storage.find_next_due_at() == later(minutes=3)
    assert await storage.find_next_due_at(busy=[("palm-grove", "other")]) == later(minutes=3)
    assert await storage.find_next_due_at(busy=[("palm-grove", "crm")]) is None


async def test_deliveries_are_counted_by_state(storage: Storage) -> None:
    none = {DeliveryState.WAITING: 0, DeliveryState.DELIVERED: 0, DeliveryState.DEAD: 0}
    assert await storage.count_deliveries(EVERY_PROJECT) == none
    await fill(storage, 3)
    await record(storage, await claim_one(storage))
    counts = none | {DeliveryState.WAITING: 2, DeliveryState.DELIVERED: 1}
    assert await storage.count_deliveries(EVERY_PROJECT) == counts
    assert await storage.count_deliveries(Scope(projects=frozenset({"coral-bay"}))) == none
    at_most = await storage.count_deliveries(EVERY_PROJECT, at_most=1)
    assert at_most == {state: min(count, 1) for state, count in counts.items()}
