"""Deliveries over HTTP, for those who may: what waits, what failed and why, and sending it now."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.delivery.model import DeliveryState, DeliveryView
from frontdesk.delivery.service import Deliveries
from frontdesk.model import Page


def router(deliveries: Deliveries, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])
    viewer: Any = Depends(allow(Role.VIEWER))
    sales: Any = Depends(allow(Role.SALES))

    @router.get("", summary="List deliveries, newest first")
    async def list_deliveries(
        caller: Annotated[Caller, viewer],
        state: DeliveryState | None = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[DeliveryView]:
        page = await deliveries.storage.list_deliveries(
            caller.scope, state=state, after=after, limit=limit
        )
        items = tuple(DeliveryView.of(delivery) for delivery in page.items)
        return Page(items=items, next_cursor=page.next_cursor)

    @router.post("/{delivery_id}/retry", summary="Send a waiting or dead delivery now")
    async def retry_delivery(caller: Annotated[Caller, sales], delivery_id: str) -> DeliveryView:
        return DeliveryView.of(await deliveries.retry(caller.scope, delivery_id))

    return router
