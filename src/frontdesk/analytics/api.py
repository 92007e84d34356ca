"""Events over HTTP: batches from browsers, and what they add up to for those who may see it."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.analytics.model import EventBatch, Report, Sighting, SiteWatch
from frontdesk.analytics.service import Analytics
from frontdesk.clock import Clock
from frontdesk.errors import FieldError, Invalid
from frontdesk.model import Page
from frontdesk.web.client import client_address
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute, read_body

# Wide, because a carrier puts thousands of visitors behind one address; a page sends one or two.
PER_ADDRESS = Limit("events_address", per_minute=600, burst=600)
DAYS_BY_DEFAULT = 30
MOST_DAYS = 400


def routes(analytics: Analytics, limiter: RateLimiter, clock: Clock) -> list[PublicRoute]:
    async def take_events(request: Request) -> Response:
        await limiter.take(PER_ADDRESS, client_address(request), clock())
        batch = await read_body(request, EventBatch, also=("text/plain",))
        await analytics.record(batch, request.headers.get("origin"))
        return Response(status_code=202)

    return [
        PublicRoute(
            "POST",
            "/v1/events",
            take_events,
            access=Access.SITE,
            summary="Tell what a visitor did",
            description="JSON as `application/json` or, as `sendBeacon` sends it without a "
            "preflight, as `text/plain`. An id that came before on the same day is not counted "
            "again. Events carry nothing about a person.",
            body=EventBatch,
            reply_status=202,
            problems={
                400: ("malformed_json",),
                403: ("origin_not_allowed", "page_not_on_site"),
                404: ("project_not_found",),
                413: ("body_too_large",),
                415: ("wrong_content_type",),
                422: ("invalid_body",),
                429: ("rate_limited",),
                503: ("storage_unavailable",),
            },
        )
    ]


def router(analytics: Analytics, allow: Callable[[Role], Allow]) -> APIRouter:
    """Adding up. What is in another scope counts as nothing, like what is nowhere."""
    router = APIRouter(prefix="/v1/analytics", tags=["analytics"])
    viewer: Any = Depends(allow(Role.VIEWER))

    @router.get("", summary="Counts by day and project, the way to a lead, and response times")
    async def read_report(
        caller: Annotated[Caller, viewer],
        project: Annotated[str | None, Query(max_length=63)] = None,
        since: Annotated[date | None, Query(description="By default 29 days before.")] = None,
        until: Annotated[date | None, Query(description="By default today.")] = None,
    ) -> Report:
        until = until or analytics.clock().date()
        try:
            since = since or until - timedelta(days=DAYS_BY_DEFAULT - 1)
        except OverflowError:
            since = date.min
        if not timedelta(0) <= until - since < timedelta(days=MOST_DAYS):
            detail = f"This has to be up to {MOST_DAYS} days before `until`."
            raise Invalid("invalid_range", detail, [FieldError("since", "invalid_range", detail)])
        scope = caller.scope if project is None else caller.scope.within(project)
        return await analytics.report(scope, since, until)

    @router.get("/sites", summary="List where the tag was seen, and when last")
    async def list_sightings(
        caller: Annotated[Caller, viewer],
        project: Annotated[str | None, Query(max_length=63)] = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[Sighting]:
        scope = caller.scope if project is None else caller.scope.within(project)
        return await analytics.storage.list_sightings(scope, after=after, limit=limit)

    @router.get(
        "/quiet-sites",
        summary="List the sites that were live and have gone quiet",
        description="Quieter than each of them usually is; see `docs/operations/alerts.md`.",
    )
    async def list_quiet_sites(
        caller: Annotated[Caller, viewer],
        project: Annotated[str | None, Query(max_length=63)] = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[SiteWatch]:
        scope = caller.scope if project is None else caller.scope.within(project)
        list_watches = analytics.storage.list_site_watches
        return await list_watches(scope, quiet=True, after=after, limit=limit)

    return router
