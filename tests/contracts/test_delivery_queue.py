"""Deliveries: what a lost worker leaves behind, giving back, narrowing by time and destination."""

import pytest

from frontdesk.delivery.model import DeliveryState
from frontdesk.errors import NotFound
from frontdesk.model import EVERY_PROJECT, Period
from frontdesk.projects.destinations import HttpDestination
from frontdesk.storage.base import Storage
from tests.contracts.test_deliveries import LEASE_END, claim_one, fill, find, record
from tests.support.samples import later, make_project


async def test_what_a_worker_took_and_never_recorded_may_have_arrived(storage: Storage) -> None:
    await fill(storage, 1)
    first = await claim_one(storage)
    assert not first.delivery.may_have_arrived
    (second,) = await storage.claim_deliveries(LEASE_END, later(minutes=2), 1)
    assert (second.delivery.claims, second.delivery.may_have_arrived) == (2, True)
    # That stays so, whatever else is recorded since.
    await record(storage, second, DeliveryState.WAITING)
    stored = await find(storage, second.delivery.id)
    assert stored.model_copy(update={"attempts": ()}).may_have_arrived


async def test_a_retry_forgets_no_lost_worker(storage: Storage) -> None:
    await fill(storage, 1)
    claimed = await claim_one(storage)
    await storage.retry_delivery("palm-grove", claimed.delivery.id, LEASE_END)
    assert (await find(storage, claimed.delivery.id)).may_have_arrived
    await storage.retry_deliveries(EVERY_PROJECT, LEASE_END, state=DeliveryState.WAITING)
    assert (await find(storage, claimed.delivery.id)).may_have_arrived


async def test_what_is_given_back_was_never_taken(storage: Storage) -> None:
    (delivery,) = await fill(storage, 1)
    claimed = await claim_one(storage)
    token = claimed.delivery.lease_token or ""
    assert await storage.release_delivery("palm-grove", delivery.id, token, later(seconds=5))
    given_back = await find(storage, delivery.id)
    assert given_back == delivery.model_copy(update={"due_at": later(seconds=5)})
    assert not given_back.may_have_arrived
    assert await storage.claim_deliveries(later(), LEASE_END, 1) == []
    assert len(await storage.claim_deliveries(later(seconds=5), LEASE_END, 1)) == 1


async def test_who_lost_the_lease_gives_nothing_back(storage: Storage) -> None:
    await fill(storage, 1)
    first = await claim_one(storage)
    (second,) = await storage.claim_deliveries(LEASE_END, later(minutes=2), 1)
    token = first.delivery.lease_token or ""
    assert not await storage.release_delivery("palm-grove", first.delivery.id, token, later())
    assert await find(storage, second.delivery.id) == second.delivery
    with pytest.raises(NotFound):
        await storage.release_delivery("palm-grove", "delivery_0", token, later())


async def test_lists_are_narrowed_by_destination_and_time(storage: Storage) -> None:
    one, two, three = await fill(storage, 3)

    async def ids(destination_id: str | None = None, **created: object) -> list[str]:
        page = await storage.list_deliveries(
            EVERY_PROJECT,
            destination_id=destination_id,
            created=Period.model_validate(created),
        )
        return [each.id for each in page.items]

    assert await ids("crm") == [three.id, two.id, one.id]
    assert await ids("other") == []
    assert await ids(since=two.created_at) == [three.id, two.id]
    assert await ids(before=two.created_at) == [one.id]
    assert await ids("crm", since=two.created_at, before=three.created_at) == [two.id]
    first = await storage.list_deliveries(
        EVERY_PROJECT, created=Period(since=two.created_at), limit=1
    )
    rest = await storage.list_deliveries(
        EVERY_PROJECT, created=Period(since=two.created_at), after=first.next_cursor
    )
    assert [each.id for each in first.items + rest.items] == [three.id, two.id]


async def test_many_are_retried_by_when_they_were_made(storage: Storage) -> None:
    deliveries = await fill(storage, 3)
    for claimed in await storage.claim_deliveries(later(hours=1), later(hours=2), 3):
        await record(storage, claimed, DeliveryState.DEAD)
    before = Period(before=deliveries[1].created_at)
    since = Period(since=deliveries[1].created_at)
    assert await storage.retry_deliveries(EVERY_PROJECT, later(days=1), created=before) == 1
    assert (await find(storage, deliveries[0].id)).state is DeliveryState.WAITING
    assert await storage.retry_deliveries(EVERY_PROJECT, later(days=1), created=since) == 2


async def test_a_destination_is_paused_and_resumed_and_nothing_else(storage: Storage) -> None:
    crm = HttpDestination(id="crm", url="https://crm.example", enabled=False)
    await storage.save_project("palm-grove", make_project(destinations=(crm,)))
    await storage.switch_destination("palm-grove", "crm", later(minutes=1), paused=True)
    (stored,) = (await storage.get_project("palm-grove")).destinations
    assert stored == crm.model_copy(update={"paused": True})
    await storage.switch_destination(
        "palm-grove", "crm", later(minutes=2), enabled=True, paused=False
    )
    (stored,) = (await storage.get_project("palm-grove")).destinations
    assert stored == crm.model_copy(update={"enabled": True})
