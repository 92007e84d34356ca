"""Webhooks after Standard Webhooks 1.0 (https://www.standardwebhooks.com)."""

import base64
import hashlib
import hmac
from collections.abc import Iterable

from frontdesk.delivery.events import make_event
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.replies import judge_status
from frontdesk.delivery.sending import Sending
from frontdesk.projects.destination_checks import WEBHOOK_SECRET_PREFIX
from frontdesk.projects.destinations import WebhookDestination

GONE = 410


async def send(sending: Sending, destination: WebhookDestination) -> SendResult:
    event = make_event(sending.claimed, sending.project)
    if event.type not in destination.events:
        return SendResult(
            outcome=AttemptOutcome.DELIVERED,
            reason=f"This webhook does not ask for {event.type}; nothing was sent.",
        )
    content = event.model_dump_json().encode()
    timestamp = int(sending.at().timestamp())
    reply = await sending.request(
        "POST",
        destination.url,
        {
            "Content-Type": "application/json",
            "webhook-id": sending.delivery_id,
            "webhook-timestamp": str(timestamp),
            "webhook-signature": sign(
                map(sending.open, destination.secrets), sending.delivery_id, timestamp, content
            ),
        },
        content,
    )
    result = judge_status(reply, sending.at())
    if reply.status_code == GONE:
        reason = "The receiver wants no more (410); the destination was switched off."
        return result.model_copy(update={"reason": reason, "switches_off": True})
    return result


def sign(secrets: Iterable[str], webhook_id: str, timestamp: int, content: bytes) -> str:
    """The header's value: one `v1,…` for each secret, so that receivers may know either."""
    signed = f"{webhook_id}.{timestamp}.".encode() + content
    signatures = []
    for secret in secrets:
        key = base64.b64decode(secret.removeprefix(WEBHOOK_SECRET_PREFIX))
        digest = hmac.new(key, signed, hashlib.sha256).digest()
        signatures.append(f"v1,{base64.b64encode(digest).decode()}")
    return " ".join(signatures)
