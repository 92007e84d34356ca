"""What a reply means: by its status, and by what its JSON says."""

import json
from datetime import datetime
from typing import Any

from frontdesk.delivery.mapping import as_text
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.schedule import read_retry_after
from frontdesk.outbound.client import Reply

RESPONSE_CHARACTERS = 2000
REMOTE_ID_CHARACTERS = 200

# The receiver says that another time may go better: 408 too slow, 425 too early, 429 too many.
_TRY_AGAIN = {408, 425, 429}
_WORDS = {
    400: "The destination does not understand the lead; look at its field mapping.",
    401: "The destination does not accept the credentials.",
    403: "The destination does not accept the credentials.",
    404: "There is nothing at the destination's address.",
    405: "The destination does not take this method.",
    408: "The destination gave up waiting.",
    410: "There is nothing at the destination's address.",
    413: "The destination finds the lead too large.",
    415: "The destination does not take this form of body.",
    422: "The destination does not understand the lead; look at its field mapping.",
    425: "The destination asks to try later.",
    429: "The destination asks to send more slowly.",
    503: "The destination is not available now.",
}


def delivered(
    reply: Reply,
    at: datetime,
    remote_id: str | None,
    reason: str = "The destination took the lead.",
) -> SendResult:
    return make_result(reply, at, AttemptOutcome.DELIVERED, reason, remote_id)


def refused(reply: Reply, at: datetime, reason: str) -> SendResult:
    return make_result(reply, at, AttemptOutcome.PERMANENT, reason)


def try_again(reply: Reply, at: datetime, reason: str) -> SendResult:
    return make_result(reply, at, AttemptOutcome.RETRY, reason)


def make_result(
    reply: Reply, at: datetime, outcome: AttemptOutcome, reason: str, remote_id: str | None = None
) -> SendResult:
    return SendResult(
        outcome=outcome,
        reason=reason,
        status_code=reply.status_code,
        response=reply.body.decode("utf-8", "replace")[:RESPONSE_CHARACTERS],
        remote_id=remote_id,
        retry_after_seconds=read_retry_after(reply.headers.get("retry-after", ""), at),
    )


def judge_status(reply: Reply, at: datetime, remote_id: str | None = None) -> SendResult:
    """2xx is delivered, what time can mend is tried again, the rest only a person can mend."""
    code = reply.status_code
    if 200 <= code < 300:
        return delivered(reply, at, remote_id)
    if code in _TRY_AGAIN or code >= 500:
        return try_again(reply, at, _WORDS.get(code, "The destination has a fault."))
    if 300 <= code < 400:
        return refused(reply, at, "The destination has moved; change its address.")
    return refused(reply, at, _WORDS.get(code, "The destination refused the lead."))


def read_json(reply: Reply) -> Any:
    """The reply's body; None where it is no JSON."""
    try:
        return json.loads(reply.body)
    except (ValueError, RecursionError):
        return None


def find(document: Any, dotted: str) -> Any:
    """What stands at `data.0.details.id`; None where there is nothing."""
    for part in dotted.split("."):
        if isinstance(document, dict):
            document = document.get(part)
        elif isinstance(document, list) and part.isascii() and part.isdigit():
            document = document[int(part)] if int(part) < len(document) else None
        else:
            return None
    return document


def find_id(document: Any, dotted: str) -> str | None:
    """The receiver's own id for the lead: a text or a whole number."""
    found = find(document, dotted)
    if isinstance(found, bool) or not isinstance(found, str | int):
        return None
    return as_text(found)[:REMOTE_ID_CHARACTERS] or None
