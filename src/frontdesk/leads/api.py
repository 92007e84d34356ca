"""Leads over HTTP: the form that visitors send, and reading leads for those who may."""

import re
from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Clock, Instant
from frontdesk.delivery.model import Delivery, DeliveryView
from frontdesk.errors import Forbidden, Malformed, NotFound, Unauthenticated
from frontdesk.leads.model import Lead, Submission
from frontdesk.leads.service import Leads
from frontdesk.model import Model, Page, Scope
from frontdesk.storage.base import Storage
from frontdesk.web.client import client_address
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute, read_body
from frontdesk.web.tokens import ConversationTokens, bearer_token

# Wide, because a carrier puts thousands of real buyers behind one address; a form is sent once.
PER_ADDRESS = Limit("leads_address", per_minute=60, burst=120)
# Narrow, because this one is a single person.
PER_CONVERSATION = Limit("leads_conversation", per_minute=4, burst=8)

_IDEMPOTENCY_KEY = re.compile(r"[\x20-\x7e]{16,255}")


class LeadReceipt(Model):
    id: str
    message: str


class TranscriptMessage(Model):
    """What was said in the conversation that a lead came from."""

    id: str
    conversation_id: str
    author: str
    text: str
    at: Instant


class LeadDetail(Model):
    """A lead, its deliveries newest first, and its conversations oldest message first."""

    lead: Lead
    deliveries: tuple[DeliveryView, ...]
    messages: tuple[TranscriptMessage, ...]


def routes(
    leads: Leads, tokens: ConversationTokens, limiter: RateLimiter, clock: Clock
) -> list[PublicRoute]:
    async def send_lead(request: Request) -> Response:
        await limiter.take(PER_ADDRESS, client_address(request), clock())
        key = request.headers.get("idempotency-key", "")
        if not _IDEMPOTENCY_KEY.fullmatch(key):
            raise Malformed(
                "idempotency_key_required",
                "Send an Idempotency-Key of 16 to 255 printable characters, one for each form.",
            )
        submission = await read_body(request, Submission)
        conversation_id = _conversation_of(request, tokens, submission.project)
        if conversation_id is not None:
            await limiter.take(PER_CONVERSATION, conversation_id, clock())
        receipt = await leads.capture(
            submission,
            idempotency_key=key,
            origin=request.headers.get("origin"),
            conversation_id=conversation_id,
        )
        return JSONResponse(
            {"id": receipt.id, "message": receipt.message},
            status_code=201,
            headers={"Idempotent-Replayed": "true"} if receipt.replayed else None,
        )

    return [
        PublicRoute(
            "POST",
            "/v1/leads",
            send_lead,
            access=Access.SITE,
            summary="Leave contact details",
            description="Answers 201 once the lead and its deliveries are durable. The same key "
            "again gives the same reply, with `Idempotent-Replayed: true`.",
            body=Submission,
            reply=LeadReceipt,
            reply_status=201,
            headers={
                "Idempotency-Key": "16 to 255 printable characters, one for each form sent.",
                "Authorization": "`Bearer TOKEN` ties the lead to its conversation; optional.",
            },
            problems={
                400: ("idempotency_key_required", "malformed_json"),
                401: ("invalid_token", "expired_token"),
                403: ("origin_not_allowed", "page_not_on_site"),
                404: ("project_not_found",),
                413: ("body_too_large",),
                415: ("wrong_content_type",),
                422: (
                    "invalid_body",
                    "invalid_name",
                    "invalid_phone",
                    "invalid_email",
                    "consent_required",
                    "consent_outdated",
                    "invalid_visit_time",
                    "idempotency_mismatch",
                ),
                429: ("rate_limited",),
                503: ("storage_unavailable",),
            },
        )
    ]


def router(storage: Storage, allow: Callable[[Role], Allow]) -> APIRouter:
    """Reading leads. What is in another scope is not found, like what is nowhere."""
    router = APIRouter(prefix="/v1/leads", tags=["leads"])
    viewer: Any = Depends(allow(Role.VIEWER))

    @router.get("", summary="List leads, newest first")
    async def list_leads(
        caller: Annotated[Caller, viewer],
        project: Annotated[str | None, Query(max_length=63)] = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[Lead]:
        scope = caller.scope if project is None else _narrow(caller.scope, project)
        return await storage.list_leads(scope, after=after, limit=limit)

    @router.get("/{lead_id}", summary="Read one lead with its deliveries and conversations")
    async def get_lead(caller: Annotated[Caller, viewer], lead_id: str) -> LeadDetail:
        lead = await storage.find_lead(caller.scope, lead_id)
        if lead is None:
            raise NotFound("lead_not_found", "There is no such lead.")
        deliveries = await _list_deliveries(storage, caller.scope, lead_id)
        return LeadDetail(
            lead=lead,
            deliveries=tuple(DeliveryView.of(delivery) for delivery in deliveries),
            messages=tuple(await _read_transcript(storage, lead)),
        )

    return router


def _conversation_of(request: Request, tokens: ConversationTokens, project_id: str) -> str | None:
    """None without a token. Raises Unauthenticated(`invalid_token`, `expired_token`), also for a
    token of another project, and Forbidden(`origin_not_allowed`) on another origin than its own.
    """
    token = bearer_token(request)
    if token is None:
        return None
    claims = tokens.verify(token)
    if claims.project_id != project_id:
        raise Unauthenticated("invalid_token", "This conversation cannot be continued.")
    if claims.origin != request.headers.get("origin"):
        raise Forbidden("origin_not_allowed", "This conversation belongs to another site.")
    return claims.conversation_id


def _narrow(scope: Scope, project_id: str) -> Scope:
    return Scope(projects=frozenset({project_id} if scope.allows(project_id) else ()))


async def _list_deliveries(storage: Storage, scope: Scope, lead_id: str) -> list[Delivery]:
    deliveries: list[Delivery] = []
    after = None
    while True:
        page = await storage.list_deliveries(scope, lead_id=lead_id, after=after)
        deliveries.extend(page.items)
        after = page.next_cursor
        if after is None:
            return deliveries


async def _read_transcript(storage: Storage, lead: Lead) -> list[TranscriptMessage]:
    conversation_ids = dict.fromkeys(
        enquiry.conversation_id for enquiry in lead.enquiries if enquiry.conversation_id
    )
    transcript: list[TranscriptMessage] = []
    for conversation_id in conversation_ids:
        with suppress(NotFound):  # kept for fewer days than its lead
            transcript += await _read_conversation(storage, lead.project_id, conversation_id)
    return transcript


async def _read_conversation(
    storage: Storage, project_id: str, conversation_id: str
) -> list[TranscriptMessage]:
    messages: list[TranscriptMessage] = []
    after = None
    while True:
        page = await storage.list_messages(project_id, conversation_id, after=after)
        messages.extend(
            TranscriptMessage(
                id=message.id,
                conversation_id=conversation_id,
                author=message.author,
                text=message.text,
                at=message.at,
            )
            for message in page.items
        )
        after = page.next_cursor
        if after is None:
            return messages
