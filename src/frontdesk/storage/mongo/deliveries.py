"""Deliveries: claimed under a lease, attempted, recorded."""

import secrets
from collections.abc import Collection
from datetime import datetime
from typing import Any

from pymongo import ASCENDING, ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.clock import format_instant
from frontdesk.delivery.model import (
    Attempt,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    RetryableState,
)
from frontdesk.errors import NotFound
from frontdesk.leads.model import Lead
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    dump,
    find,
    list_newest,
    load,
    period_condition,
    scope_condition,
)
from frontdesk.storage.mongo.outbox import empty_outboxes, target_of
from frontdesk.storage.rules import require_retryable

LONGEST_DUE_FIRST = [("document.due_at", ASCENDING), ("_id", ASCENDING)]


class DeliveryCollections:
    _database: Database

    @accepted
    async def claim_deliveries(
        self,
        at: datetime,
        lease_until: datetime,
        limit: int,
        *,
        busy: Collection[tuple[str, str]] = (),
    ) -> list[ClaimedDelivery]:
        due = _waiting(busy) | {"document.due_at": {"$lte": format_instant(at)}}
        until = format_instant(lease_until)
        claimed: list[ClaimedDelivery] = []
        async with self._database.act() as database:
            await empty_outboxes(database)
            # One by one, since only one document changes at a time. Where the reply is lost, what
            # it held comes back when its lease ends.
            while len(claimed) < limit:
                lease = {
                    "document.lease_token": secrets.token_hex(16),
                    "document.due_at": until,
                }
                row = await database["deliveries"].find_one_and_update(
                    due,
                    {"$set": lease, "$inc": {"document.claims": 1}},
                    sort=LONGEST_DUE_FIRST,
                    return_document=ReturnDocument.AFTER,
                )
                if row is None:
                    break
                delivery = load(Delivery, row)
                lead = await find(database["leads"], Lead, {"_id": delivery.lead_id})
                if lead is None:  # erased, by somebody who crashed before erasing this too
                    await database["deliveries"].delete_one({"_id": delivery.id})
                else:
                    claimed.append(ClaimedDelivery(delivery=delivery, lead=lead))
        return claimed

    @accepted
    async def record_attempt(
        self,
        project_id: str,
        delivery_id: str,
        lease_token: str,
        attempt: Attempt,
        *,
        state: DeliveryState,
        due_at: datetime | None,
        remote_id: str | None = None,
    ) -> bool:
        in_project = {"_id": delivery_id, "document.project_id": project_id}
        recorded_by = secrets.token_hex(8)
        changes = {
            "recorded_by": recorded_by,
            "document.state": state.value,
            "document.due_at": None if due_at is None else format_instant(due_at),
            "document.lease_token": None,
        }
        if remote_id is not None:
            changes["document.remote_id"] = remote_id
        async with self._database.act() as database:
            result = await database["deliveries"].update_one(
                in_project | {"document.lease_token": lease_token},
                {"$push": {"document.attempts": dump(attempt)}, "$set": changes},
            )
            return bool(result.matched_count) or await _was_written_by(
                database, in_project, recorded_by
            )

    @accepted
    async def release_delivery(
        self, project_id: str, delivery_id: str, lease_token: str, due_at: datetime
    ) -> bool:
        in_project = {"_id": delivery_id, "document.project_id": project_id}
        released_by = secrets.token_hex(8)
        changes = {
            "recorded_by": released_by,
            "document.due_at": format_instant(due_at),
            "document.lease_token": None,
        }
        async with self._database.act() as database:
            result = await database["deliveries"].update_one(
                in_project | {"document.lease_token": lease_token},
                {"$set": changes, "$inc": {"document.claims": -1}},
            )
            return bool(result.matched_count) or await _was_written_by(
                database, in_project, released_by
            )

    @accepted
    async def retry_delivery(self, project_id: str, delivery_id: str, at: datetime) -> Delivery:
        in_project = {"_id": delivery_id, "document.project_id": project_id}
        changes = {
            "document.state": "waiting",
            "document.due_at": format_instant(at),
            "document.lease_token": None,
        }
        async with self._database.act() as database:
            await empty_outboxes(database)
            while True:
                delivery = await find(database["deliveries"], Delivery, in_project)
                if delivery is None:
                    raise _not_found()
                require_retryable(delivery, at)
                as_seen = {
                    "document.state": delivery.state.value,
                    "document.lease_token": delivery.lease_token,
                }
                row = await database["deliveries"].find_one_and_update(
                    in_project | as_seen,
                    {"$set": changes},
                    return_document=ReturnDocument.AFTER,
                )
                if row is not None:
                    return load(Delivery, row)

    @accepted
    async def find_delivery(self, scope: Scope, delivery_id: str) -> Delivery | None:
        async with self._database.act() as database:
            await empty_outboxes(database)
            delivery = await find(database["deliveries"], Delivery, {"_id": delivery_id})
        return delivery if delivery is not None and scope.allows(delivery.project_id) else None

    @accepted
    async def list_deliveries(
        self,
        scope: Scope,
        *,
        lead_id: str | None = None,
        destination_id: str | None = None,
        state: DeliveryState | None = None,
        tried: bool | None = None,
        created: Period = ALWAYS,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Delivery]:
        matches = {"lead_id": lead_id, "destination_id": destination_id, "state": state}
        async with self._database.act() as database:
            await empty_outboxes(database)
            return await list_newest(
                database["deliveries"],
                Delivery,
                scope,
                matches,
                after,
                limit,
                created,
                also=_tried(tried),
                # A lead has a handful; its project may have many.
                index=None if lead_id is None else "lead",
            )

    @accepted
    async def retry_deliveries(
        self,
        scope: Scope,
        at: datetime,
        *,
        state: RetryableState = DeliveryState.DEAD,
        destination_id: str | None = None,
        tried: bool | None = None,
        created: Period = ALWAYS,
    ) -> int:
        condition = _retryable(scope, at, state, destination_id, tried, created)
        changes = {
            "document.state": "waiting",
            "document.due_at": format_instant(at),
            "document.lease_token": None,
        }
        async with self._database.act() as database:
            await empty_outboxes(database)
            # Whole for each delivery, not for all of them: the driver does not send it twice.
            result = await database["deliveries"].update_many(condition, {"$set": changes})
        return result.matched_count

    @accepted
    async def count_retryable(
        self,
        scope: Scope,
        at: datetime,
        *,
        state: RetryableState = DeliveryState.DEAD,
        destination_id: str | None = None,
        tried: bool | None = None,
        created: Period = ALWAYS,
        at_most: int | None = None,
    ) -> int:
        condition = _retryable(scope, at, state, destination_id, tried, created)
        async with self._database.act() as database:
            await empty_outboxes(database)
            return await database["deliveries"].count_documents(condition, **_bounded(at_most))

    @accepted
    async def find_next_due_at(self, *, busy: Collection[tuple[str, str]] = ()) -> datetime | None:
        async with self._database.act() as database:
            await empty_outboxes(database)
            row = await database["deliveries"].find_one(_waiting(busy), sort=LONGEST_DUE_FIRST)
        return None if row is None else load(Delivery, row).due_at

    @accepted
    async def count_deliveries(
        self, scope: Scope, *, at_most: int | None = None
    ) -> dict[DeliveryState, int]:
        within = scope_condition(scope)
        async with self._database.act() as database:
            await empty_outboxes(database)
            return {
                state: await database["deliveries"].count_documents(
                    within | {"document.state": state.value}, **_bounded(at_most)
                )
                for state in DeliveryState
            }


def _bounded(at_most: int | None) -> dict[str, Any]:
    return {} if at_most is None else {"limit": at_most}


def _tried(tried: bool | None) -> Row:
    """Those with an attempt or those without; empty where it does not matter."""
    if tried is None:
        return {}
    return {"document.attempts": {"$ne": []} if tried else []}


def _retryable(
    scope: Scope,
    at: datetime,
    state: RetryableState,
    destination_id: str | None,
    tried: bool | None,
    created: Period,
) -> Row:
    """What may be sent at `at` of these."""
    now = format_instant(at)
    condition = (
        scope_condition(scope)
        | period_condition(created)
        | _tried(tried)
        | {
            "document.state": state.value,
            "$or": [{"document.lease_token": None}, {"document.due_at": {"$lte": now}}],
        }
    )
    if destination_id is not None:
        condition["document.destination_id"] = destination_id
    return condition


def _waiting(busy: Collection[tuple[str, str]]) -> Row:
    """What waits, but for the destinations that are to be passed over."""
    condition: Row = {"document.state": "waiting"}
    if busy:
        condition["target"] = {"$nin": [target_of(*destination) for destination in busy]}
    return condition


async def _was_written_by(database: AsyncDatabase[Row], condition: Row, writer: str) -> bool:
    """Whether it was this very call, when the driver had to send it twice. Raises NotFound."""
    row = await database["deliveries"].find_one(condition)
    if row is None:
        raise _not_found()
    return bool(row.get("recorded_by") == writer)


def _not_found() -> NotFound:
    return NotFound("delivery_not_found", "There is no such delivery.")
