"""Deliveries over HTTP, for those who may: what waits, what failed and why, and sending it now."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.delivery.events import LeadEvent
from frontdesk.delivery.model import DeliveryState, DeliveryView, RetryableState
from frontdesk.delivery.service import Deliveries
from frontdesk.model import Model, Page


class RetryBody(Model):
    """Which deliveries; what is left out does not narrow."""

    project_id: str | None = None
    destination_id: str | None = None
    state: RetryableState = DeliveryState.DEAD


class RetriedDeliveries(Model):
    """How many were made due."""

    retried: int


def describe_webhooks(webhooks: APIRouter) -> None:
    """What a webhook destination sends, for the OpenAPI document."""
    for event_type, happened in (
        ("lead.created", "A visitor left a number"),
        ("lead.updated", "A known visitor asked again"),
    ):

        @webhooks.post(event_type, summary=happened, tags=["webhooks"], operation_id=event_type)
        async def receive(body: LeadEvent) -> None:
            """Signed after Standard Webhooks: `webhook-id` (the same on every try),
            `webhook-timestamp` and `webhook-signature`. Answer with a 2xx; 410 switches the
            destination off. See `docs/guide/destinations/webhook.md`.
            """


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

    @router.post(
        "/retry",
        summary="Send all dead deliveries now, or those of a project or destination",
        description="What is being sent at the moment is left alone. `state` may be `waiting`, to "
        "send at once what would be tried again later.",
    )
    async def retry_deliveries(
        caller: Annotated[Caller, sales], body: RetryBody
    ) -> RetriedDeliveries:
        retried = await deliveries.retry_all(
            caller.scope,
            project_id=body.project_id,
            destination_id=body.destination_id,
            state=body.state,
        )
        return RetriedDeliveries(retried=retried)

    @router.post("/{delivery_id}/retry", summary="Send a waiting or dead delivery now")
    async def retry_delivery(caller: Annotated[Caller, sales], delivery_id: str) -> DeliveryView:
        return DeliveryView.of(await deliveries.retry(caller.scope, delivery_id))

    return router
