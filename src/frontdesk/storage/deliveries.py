"""Deliveries: what `storage.base` promises of them."""

from collections.abc import Collection
from datetime import datetime
from typing import Protocol

from frontdesk.delivery.model import (
    Attempt,
    ClaimedDelivery,
    Delivery,
    DeliveryState,
    RetryableState,
)
from frontdesk.model import ALWAYS, Page, Period, Scope


class DeliveryStorage(Protocol):
    async def claim_deliveries(
        self,
        at: datetime,
        lease_until: datetime,
        limit: int,
        *,
        busy: Collection[tuple[str, str]] = (),
    ) -> list[ClaimedDelivery]:
        """Take up to `limit` waiting deliveries with `due_at <= at`, the longest due first.

        Each gets a fresh `lease_token`, `due_at = lease_until` and one more in `claims`; no two
        callers get the same one before that. `busy` names destinations, as pairs of project id and
        destination id, that are passed over: a dead one with ten thousand due stands in nobody's
        way.
        """

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
        """Add the attempt, set state and `due_at`, end the lease. A None `remote_id` keeps the old.

        False, and nothing stored, where `lease_token` is not the current one: the lease ran out and
        somebody else has it. Raises NotFound(`delivery_not_found`).
        """

    async def release_delivery(
        self, project_id: str, delivery_id: str, lease_token: str, due_at: datetime
    ) -> bool:
        """Give back what was claimed and not sent: as if it had not been, due at `due_at`.

        False, and nothing stored, where `lease_token` is not the current one. Raises
        NotFound(`delivery_not_found`).
        """

    async def retry_delivery(self, project_id: str, delivery_id: str, at: datetime) -> Delivery:
        """Make a waiting or dead delivery due at once, unless a worker holds it now.

        Raises NotFound(`delivery_not_found`), Conflict(`delivery_not_retryable`) where it was
        delivered already or is being sent (a lease that ends after `at`).
        """

    async def find_delivery(self, scope: Scope, delivery_id: str) -> Delivery | None:
        """For a caller who does not know the project."""

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
        """By when they were created. `tried` tells those with an attempt from those without."""

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
        """Make all deliveries in this state due at once; how many that were.

        What a worker holds (a lease that ends after `at`) is left as it is. The one act that may
        stop half-way where it raises Unavailable: each delivery is whole, and asking again does
        the rest.
        """

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
        """How many `retry_deliveries` would make due at `at`; counting stops at `at_most`."""

    async def find_next_due_at(self, *, busy: Collection[tuple[str, str]] = ()) -> datetime | None:
        """When the next waiting delivery may be taken, so that the worker sleeps just so long.

        Those of `busy` destinations are passed over, as in `claim_deliveries`.
        """

    async def count_deliveries(
        self, scope: Scope, *, at_most: int | None = None
    ) -> dict[DeliveryState, int]:
        """How many there are in each state; a state with none is there with 0.

        Counting a state stops at `at_most`.
        """
