"""What people do with deliveries: look at them, and send one again."""

from collections.abc import Callable
from dataclasses import dataclass

from frontdesk.clock import Clock
from frontdesk.delivery.model import Delivery, DeliveryState, RetryableState
from frontdesk.errors import NotFound
from frontdesk.model import ALWAYS, Period, Scope
from frontdesk.storage.deliveries import DeliveryStorage


@dataclass(frozen=True, slots=True)
class Deliveries:
    """`wake_worker` is called once a delivery was made due."""

    storage: DeliveryStorage
    clock: Clock
    wake_worker: Callable[[], None]

    async def retry_all(
        self,
        scope: Scope,
        *,
        project_id: str | None = None,
        destination_id: str | None = None,
        state: RetryableState = DeliveryState.DEAD,
        tried: bool | None = None,
        created: Period = ALWAYS,
    ) -> int:
        """Send all of them now that fit; how many those are. Nothing outside of `scope` fits."""
        if project_id is not None:
            scope = scope.within(project_id)
        retried = await self.storage.retry_deliveries(
            scope,
            self.clock(),
            state=state,
            destination_id=destination_id,
            tried=tried,
            created=created,
        )
        self.wake_worker()
        return retried

    async def retry(self, scope: Scope, delivery_id: str) -> Delivery:
        """Send a waiting or dead delivery now.

        Raises NotFound(`delivery_not_found`), also for one outside of `scope`, and
        Conflict(`delivery_not_retryable`).
        """
        delivery = await self.storage.find_delivery(scope, delivery_id)
        if delivery is None:
            raise NotFound("delivery_not_found", "There is no such delivery.")
        retried = await self.storage.retry_delivery(delivery.project_id, delivery_id, self.clock())
        self.wake_worker()
        return retried
