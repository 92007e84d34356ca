"""Deliveries: claimed under a lease, attempted, recorded."""

import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import apsw

from frontdesk.clock import as_instant, format_instant
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
from frontdesk.storage.rules import require_retryable
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import (
    dump,
    find,
    list_newest,
    period_condition,
    scope_condition,
)

# Pairs of project and destination, bound as one JSON list.
_NOT_BUSY = (
    "(project_id, destination_id) NOT IN (SELECT value ->> 0, value ->> 1 FROM json_each(?))"
)
_TRIED = {
    True: "document ->> '$.attempts[0].number' IS NOT NULL",
    False: "document ->> '$.attempts[0].number' IS NULL",
}


class DeliveryTables:
    _database: Database

    async def claim_deliveries(
        self,
        at: datetime,
        lease_until: datetime,
        limit: int,
        *,
        busy: Collection[tuple[str, str]] = (),
    ) -> list[ClaimedDelivery]:
        def act(connection: apsw.Connection) -> list[ClaimedDelivery]:
            # The index has all four columns, so passing over a backlog reads no delivery. Named,
            # because the planner guesses that the one on `state` alone would do, and then sorts.
            due: list[Any] = connection.execute(
                "SELECT id FROM deliveries INDEXED BY deliveries_due"  # noqa: S608  ours alone
                f" WHERE state = 'waiting' AND due_at <= ? AND {_NOT_BUSY}"
                " ORDER BY due_at, id LIMIT ?",
                (format_instant(at), json.dumps(list(busy)), limit),
            ).fetchall()
            return [_claim(connection, delivery_id, lease_until) for (delivery_id,) in due]

        return await self._database.write(act)

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
        def act(connection: apsw.Connection) -> bool:
            delivery = _get_delivery(connection, project_id, delivery_id)
            if delivery.lease_token != lease_token:
                return False
            _replace(
                connection,
                delivery.model_copy(
                    update={
                        "attempts": (*delivery.attempts, attempt),
                        "state": state,
                        "due_at": None if due_at is None else as_instant(due_at),
                        "lease_token": None,
                        "remote_id": delivery.remote_id if remote_id is None else remote_id,
                    }
                ),
            )
            return True

        return await self._database.write(act)

    async def release_delivery(
        self, project_id: str, delivery_id: str, lease_token: str, due_at: datetime
    ) -> bool:
        def act(connection: apsw.Connection) -> bool:
            delivery = _get_delivery(connection, project_id, delivery_id)
            if delivery.lease_token != lease_token:
                return False
            _replace(
                connection,
                delivery.model_copy(
                    update={
                        "due_at": as_instant(due_at),
                        "lease_token": None,
                        "claims": delivery.claims - 1,
                    }
                ),
            )
            return True

        return await self._database.write(act)

    async def retry_delivery(self, project_id: str, delivery_id: str, at: datetime) -> Delivery:
        def act(connection: apsw.Connection) -> Delivery:
            delivery = _get_delivery(connection, project_id, delivery_id)
            require_retryable(delivery, at)
            waiting = delivery.model_copy(
                update={
                    "state": DeliveryState.WAITING,
                    "due_at": as_instant(at),
                    "lease_token": None,
                }
            )
            _replace(connection, waiting)
            return waiting

        return await self._database.write(act)

    async def find_delivery(self, scope: Scope, delivery_id: str) -> Delivery | None:
        delivery = await self._database.read(
            lambda connection: find(
                connection, Delivery, "SELECT document FROM deliveries WHERE id = ?", delivery_id
            )
        )
        return delivery if delivery is not None and scope.allows(delivery.project_id) else None

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
        return await self._database.read(
            lambda connection: list_newest(
                connection,
                "deliveries",
                Delivery,
                scope,
                matches,
                after,
                limit,
                created,
                narrow=None if tried is None else _TRIED[tried],
                # A lead has a handful; its project, which the planner prefers, may have many.
                index=None if lead_id is None else "deliveries_lead",
            )
        )

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
        where, values = _retryable(scope, at, state, destination_id, tried, created)
        now = format_instant(at)

        def act(connection: apsw.Connection) -> int:
            connection.execute(
                "UPDATE deliveries SET document = json_set(document,"  # noqa: S608
                " '$.state', 'waiting', '$.due_at', ?, '$.lease_token', NULL)"
                f" WHERE {where}",
                (now, *values),
            )
            return connection.changes()

        return await self._database.write(act)

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
        where, values = _retryable(scope, at, state, destination_id, tried, created)
        return await self._database.read(
            lambda connection: _count(connection, where, values, at_most)
        )

    async def find_next_due_at(self, *, busy: Collection[tuple[str, str]] = ()) -> datetime | None:
        due_at = await self._database.read(
            lambda connection: (
                connection.execute(
                    "SELECT due_at FROM deliveries INDEXED BY deliveries_due"  # noqa: S608
                    f" WHERE state = 'waiting' AND {_NOT_BUSY}"
                    " ORDER BY due_at, id LIMIT 1",
                    (json.dumps(list(busy)),),
                ).get
            )
        )
        return None if due_at is None else datetime.fromisoformat(due_at)

    async def count_deliveries(
        self, scope: Scope, *, at_most: int | None = None
    ) -> dict[DeliveryState, int]:
        conditions, values = scope_condition(scope)
        # In a project its own index has the states; the one on `state` would go through all others.
        where = " AND ".join(["+state = ?" if conditions else "state = ?", *conditions])
        return await self._database.read(
            lambda connection: {
                state: _count(connection, where, [state, *values], at_most)
                for state in DeliveryState
            }
        )


def _count(
    connection: apsw.Connection, where: str, values: Sequence[str | int], at_most: int | None
) -> int:
    number: int = connection.execute(
        f"SELECT count(*) FROM (SELECT 1 FROM deliveries WHERE {where} LIMIT ?)",  # noqa: S608
        (*values, -1 if at_most is None else at_most),
    ).get
    return number


def _retryable(
    scope: Scope,
    at: datetime,
    state: RetryableState,
    destination_id: str | None,
    tried: bool | None,
    created: Period,
) -> tuple[str, list[str | int]]:
    """What may be sent at `at` of these, as a condition and the values bound in it."""
    conditions, values = scope_condition(scope)
    within, bounds = period_condition(created)
    conditions += within
    values += bounds
    if destination_id is not None:
        conditions.append("destination_id = ?")
        values.append(destination_id)
    if tried is not None:
        conditions.append(_TRIED[tried])
    held = "(document ->> 'lease_token' IS NULL OR due_at <= ?)"
    where = " AND ".join(["state = ?", held, *conditions])
    return where, [state, format_instant(at), *values]


def _claim(connection: apsw.Connection, delivery_id: str, lease_until: datetime) -> ClaimedDelivery:
    delivery, lead = connection.execute(
        "UPDATE deliveries SET document = json_set("
        "  document, '$.lease_token', lower(hex(randomblob(16))), '$.due_at', ?,"
        "  '$.claims', coalesce(document ->> 'claims', 0) + 1)"
        " WHERE id = ? RETURNING document, (SELECT document FROM leads WHERE leads.id = lead_id)",
        (format_instant(lease_until), delivery_id),
    ).get
    return ClaimedDelivery(
        delivery=Delivery.model_validate_json(delivery), lead=Lead.model_validate_json(lead)
    )


def _get_delivery(connection: apsw.Connection, project_id: str, delivery_id: str) -> Delivery:
    delivery = find(
        connection,
        Delivery,
        "SELECT document FROM deliveries WHERE id = ? AND project_id = ?",
        delivery_id,
        project_id,
    )
    if delivery is None:
        raise NotFound("delivery_not_found", "There is no such delivery.")
    return delivery


def _replace(connection: apsw.Connection, delivery: Delivery) -> None:
    connection.execute(
        "UPDATE deliveries SET document = ? WHERE id = ?", (dump(delivery), delivery.id)
    )
