"""A destination that takes JSON over HTTP, in whatever shape its own names have."""

import json
from typing import Any

import phonenumbers

from frontdesk.clock import Clock, format_instant
from frontdesk.delivery.model import AttemptOutcome, ClaimedDelivery, SendResult
from frontdesk.delivery.outbound import Outbound, OutboundError, Reply
from frontdesk.delivery.schedule import read_retry_after
from frontdesk.projects.lead_fields import LEAD_FIELDS
from frontdesk.projects.model import Destination, Project

RESPONSE_CHARACTERS = 2000

# The receiver says that another time may go better: 408 too slow, 425 too early, 429 too many.
_TRY_AGAIN = {408, 425, 429}


async def send(
    claimed: ClaimedDelivery,
    project: Project,
    destination: Destination,
    outbound: Outbound,
    clock: Clock,
    timeout_seconds: float,
) -> SendResult:
    """Send the lead once. Whatever happens out there is in the result, not raised."""
    headers = {
        **destination.headers,
        "Content-Type": "application/json",
        "Idempotency-Key": claimed.delivery.id,
        "Frontdesk-Lead-Id": claimed.lead.id,
    }
    body = build_body(claimed, project, destination.fields)
    try:
        reply = await outbound.send(
            destination.method,
            destination.url,
            headers=headers,
            content=json.dumps(body, ensure_ascii=False).encode(),
            timeout_seconds=timeout_seconds,
        )
    except OutboundError as error:
        outcome = AttemptOutcome.PERMANENT if error.permanent else AttemptOutcome.RETRY
        return SendResult(outcome=outcome, reason=error.reason)
    return _judge(reply, clock)


def build_body(
    claimed: ClaimedDelivery, project: Project, fields: dict[str, str]
) -> dict[str, Any]:
    """The JSON to send: `fields` maps dotted keys to names of LEAD_FIELDS or to `=text`.

    Without a mapping every field goes under its own name. What a lead has no value for is null.
    """
    values = lead_values(claimed, project)
    body: dict[str, Any] = {}
    for key, source in (fields or {name: name for name in LEAD_FIELDS}).items():
        *parents, last = key.split(".")
        holder = body
        for parent in parents:
            holder = holder.setdefault(parent, {})
        holder[last] = source[1:] if source.startswith("=") else values[source]
    return body


def lead_values(claimed: ClaimedDelivery, project: Project) -> dict[str, Any]:
    """A value, or None, for every name in LEAD_FIELDS."""
    lead, delivery = claimed.lead, claimed.delivery
    enquiry = next(each for each in lead.enquiries if each.id == delivery.enquiry_id)
    first_name, _, last_name = lead.name.partition(" ")
    phone = phonenumbers.parse(lead.phone)
    return {
        **enquiry.attribution.model_dump(),
        "lead_id": lead.id,
        "enquiry_id": enquiry.id,
        "delivery_id": delivery.id,
        "attempt": len(delivery.attempts) + 1,
        "is_new": enquiry == lead.enquiries[0],
        "project_id": project.id,
        "project_name": project.name,
        "crm_id": project.crm_id,
        "name": lead.name,
        "first_name": first_name,
        "last_name": last_name or None,
        "phone": lead.phone,
        "phone_national": phonenumbers.national_significant_number(phone),
        "phone_calling_code": str(phone.country_code),
        "phone_country": lead.phone_country,
        "email": lead.email,
        "interest": enquiry.interest,
        "note": enquiry.note or None,
        "page_url": enquiry.page_url,
        "conversation_id": enquiry.conversation_id,
        "consent_given": enquiry.consent.given,
        "consent_version": enquiry.consent.version,
        "consent_text": enquiry.consent.text,
        "consent_at": format_instant(enquiry.consent.at),
        "created_at": format_instant(lead.created_at),
        "enquired_at": format_instant(enquiry.at),
    }


def _judge(reply: Reply, clock: Clock) -> SendResult:
    code = reply.status_code
    if 200 <= code < 300:
        outcome, reason = AttemptOutcome.DELIVERED, "The destination took the lead."
    elif code in _TRY_AGAIN or code >= 500:
        outcome, reason = AttemptOutcome.RETRY, _WORDS.get(code, "The destination has a fault.")
    elif 300 <= code < 400:
        outcome, reason = AttemptOutcome.PERMANENT, "The destination has moved; change its address."
    else:
        outcome = AttemptOutcome.PERMANENT
        reason = _WORDS.get(code, "The destination refused the lead.")
    text = reply.body.decode("utf-8", "replace")
    return SendResult(
        outcome=outcome,
        reason=reason,
        status_code=code,
        response=text[:RESPONSE_CHARACTERS],
        remote_id=_find_remote_id(text) if outcome is AttemptOutcome.DELIVERED else None,
        retry_after_seconds=read_retry_after(reply.headers.get("retry-after", ""), clock()),
    )


_WORDS = {
    400: "The destination does not understand the lead; look at its field mapping.",
    401: "The destination does not accept the credentials.",
    403: "The destination does not accept the credentials.",
    404: "There is nothing at the destination's address.",
    405: "The destination does not take this method.",
    408: "The destination gave up waiting.",
    410: "There is nothing at the destination's address.",
    413: "The destination finds the lead too large.",
    415: "The destination does not take JSON.",
    422: "The destination does not understand the lead; look at its field mapping.",
    425: "The destination asks to try later.",
    429: "The destination asks to send more slowly.",
    503: "The destination is not available now.",
}


def _find_remote_id(text: str) -> str | None:
    """The receiver's own id for the lead, where its reply is a JSON object with an `id`."""
    try:
        reply = json.loads(text)
    except (ValueError, RecursionError):
        return None
    remote_id = reply.get("id") if isinstance(reply, dict) else None
    if isinstance(remote_id, bool) or not isinstance(remote_id, str | int):
        return None
    return str(remote_id)[:200]
