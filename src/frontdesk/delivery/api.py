"""Deliveries over HTTP, for those who may: what waits, what failed and why, and sending it now."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Instant
from frontdesk.delivery.events import LeadEvent, SiteEvent
from frontdesk.delivery.model import DeliveryState, DeliveryView, RetryableState
from frontdesk.delivery.rehearsal import RequestView
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import Trials
from frontdesk.model import Model, Page, Period

Id = Annotated[str | None, Query(max_length=200)]


class RetryBody(Model):
    """Which deliveries; what is left out does not narrow."""

    project_id: str | None = None
    destination_id: str | None = None
    state: RetryableState = DeliveryState.DEAD
    tried: bool | None = None
    created_since: Instant | None = None
    created_before: Instant | None = None


class DeliveryRequests(Model):
    """The requests of one try in their order."""

    requests: tuple[RequestView, ...]


class RetriedDeliveries(Model):
    """How many were made due."""

    retried: int


def describe_webhooks(webhooks: APIRouter) -> None:
    """What a webhook destination sends, for the OpenAPI document."""
    for site_event, happened in (
        ("site.not_live", "A site that was live has gone quiet"),
        ("site.live", "The tag is at work there again"),
    ):

        @webhooks.post(site_event, summary=happened, tags=["webhooks"], operation_id=site_event)
        async def receive_site(body: SiteEvent) -> None:
            """Signed as the others are. Sent where the destination's `events` name it."""

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


def router(deliveries: Deliveries, trials: Trials, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/deliveries", tags=["deliveries"])
    viewer: Any = Depends(allow(Role.VIEWER))
    sales: Any = Depends(allow(Role.SALES))

    @router.get("", summary="List deliveries, newest first")
    async def list_deliveries(
        caller: Annotated[Caller, viewer],
        project_id: Id = None,
        destination_id: Id = None,
        lead_id: Id = None,
        state: DeliveryState | None = None,
        tried: bool | None = None,
        created_since: Instant | None = None,
        created_before: Instant | None = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[DeliveryView]:
        page = await deliveries.storage.list_deliveries(
            caller.scope if project_id is None else caller.scope.within(project_id),
            lead_id=lead_id,
            destination_id=destination_id,
            state=state,
            tried=tried,
            created=Period(since=created_since, before=created_before),
            after=after,
            limit=limit,
        )
        items = tuple(DeliveryView.of(delivery) for delivery in page.items)
        return Page(items=items, next_cursor=page.next_cursor)

    @router.post(
        "/retry",
        summary="Send all dead deliveries now, or those of a project, destination or time",
        description="What is being sent at the moment is left alone. `state` may be `waiting`, to "
        "send at once what would be tried again later; with `tried`, only what failed before.",
    )
    async def retry_deliveries(
        caller: Annotated[Caller, sales], body: RetryBody
    ) -> RetriedDeliveries:
        retried = await deliveries.retry_all(
            caller.scope,
            project_id=body.project_id,
            destination_id=body.destination_id,
            state=body.state,
            tried=body.tried,
            created=Period(since=body.created_since, before=body.created_before),
        )
        return RetriedDeliveries(retried=retried)

    @router.post("/{delivery_id}/retry", summary="Send a waiting or dead delivery now")
    async def retry_delivery(caller: Annotated[Caller, sales], delivery_id: str) -> DeliveryView:
        return DeliveryView.of(await deliveries.retry(caller.scope, delivery_id))

    @router.get(
        "/{delivery_id}/request",
        summary="Show the requests that sending a delivery makes",
        description="As they would go out now, by the mapping as it is now, every secret masked; "
        "nothing is sent.",
    )
    async def show_request(caller: Annotated[Caller, viewer], delivery_id: str) -> DeliveryRequests:
        return DeliveryRequests(requests=await trials.show_request(caller.scope, delivery_id))

    return router
