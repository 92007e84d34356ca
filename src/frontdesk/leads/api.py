"""Leads over HTTP: the form that visitors send, and reading leads for those who may."""

import re

from pydantic_core import to_json
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.clock import Clock
from frontdesk.errors import Forbidden, Malformed, Unauthenticated
from frontdesk.leads.model import Submission
from frontdesk.leads.service import Leads
from frontdesk.model import Model
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
        return Response(
            to_json({"id": receipt.id, "message": receipt.message}),
            status_code=201,
            headers={"Idempotent-Replayed": "true"} if receipt.replayed else None,
            media_type="application/json",
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
