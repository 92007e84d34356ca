"""Access tokens from a token endpoint (RFC 6749, 4.4 and 6)."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from urllib.parse import urlencode

from frontdesk.delivery.destinations.http import FORM_TYPE
from frontdesk.delivery.model import SendResult
from frontdesk.delivery.replies import find, judge_status, read_json, refused, try_again
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.client import Reply

UNAUTHORIZED = 401
# Endpoints say in many words that they are asked too often, Zoho with status 200 or 400.
_LATER_MARKS = ("temporarily", "too many", "access denied", "server_error", "limit")


async def with_token(
    sending: Sending,
    key: Hashable,
    url: str,
    form: Mapping[str, str],
    lifetime_seconds: float,
    ask: Callable[[str], Awaitable[Reply]],
) -> Reply | SendResult:
    """What `ask` gets with a token; with a fresh one where the token at hand is not taken.

    A SendResult where no token is to be had. Raises OutboundError.
    """
    token = sending.tokens.find(key, sending.at())
    if token is not None:
        sending.opened.append(token)
        reply = await ask(token)
        if reply.status_code != UNAUTHORIZED:
            return reply
        sending.tokens.drop(key)
    given = await sending.request(
        "POST", url, {"Content-Type": FORM_TYPE}, urlencode(form).encode()
    )
    document = read_json(given)
    fresh = find(document, "access_token")
    if not isinstance(fresh, str):
        return _explain(given, sending)
    sending.opened.append(fresh)
    lasts = find(document, "expires_in")
    seconds = float(lasts) if isinstance(lasts, int | float) else lifetime_seconds
    sending.tokens.keep(key, fresh, sending.at(), seconds)
    return await ask(fresh)


def _explain(reply: Reply, sending: Sending) -> SendResult:
    at, document = sending.at(), read_json(reply)
    said = f"{find(document, 'error')} {find(document, 'error_description')}".lower()
    if any(mark in said for mark in _LATER_MARKS):
        return try_again(reply, at, "The receiver gives no access token now.")
    if reply.status_code >= 500 or reply.status_code in {408, 425, 429}:
        return judge_status(reply, at)
    return refused(reply, at, "The receiver gives no access token; look at the credentials.")
