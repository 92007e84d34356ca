"""One try at one destination, as the worker makes it."""

import ssl
from collections.abc import Collection
from typing import Any

from frontdesk.clock import Clock
from frontdesk.delivery.access_tokens import AccessTokens
from frontdesk.delivery.destinations.send import send
from frontdesk.delivery.model import Attempt, AttemptOutcome, ClaimedDelivery, SendResult
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.client import Outbound
from frontdesk.projects.destinations import AnyDestination
from tests.support.clock import START, SteppedClock
from tests.support.samples import VAULT, make_delivery, make_lead, make_project

PROJECT = make_project()


def make_claimed(**changes: Any) -> ClaimedDelivery:
    lead = make_lead(**changes)
    return ClaimedDelivery(delivery=make_delivery(lead), lead=lead)


def tried_before(claimed: ClaimedDelivery) -> ClaimedDelivery:
    """The same after a try that nobody answered."""
    attempt = Attempt(
        number=1,
        started_at=START,
        finished_at=START,
        outcome=AttemptOutcome.RETRY,
        reason="No reply within 20 seconds.",
    )
    delivery = claimed.delivery.model_copy(update={"attempts": (attempt,)})
    return claimed.model_copy(update={"delivery": delivery})


def claimed_before(claimed: ClaimedDelivery) -> ClaimedDelivery:
    """The same in the hands of a second worker; the first one died with it."""
    taken = {"claims": 2, "lease_token": "second"}
    return claimed.model_copy(update={"delivery": claimed.delivery.model_copy(update=taken)})


async def send_once(
    destination: AnyDestination,
    allowed: Collection[str] = (),
    *,
    claimed: ClaimedDelivery | None = None,
    clock: Clock | None = None,
    timeout_seconds: float = 30.0,
    tokens: AccessTokens | None = None,
    ssl_context: ssl.SSLContext | None = None,
) -> SendResult:
    outbound = Outbound(allowed, ssl_context=ssl_context)
    sending = Sending(
        claimed or make_claimed(),
        PROJECT,
        outbound,
        VAULT,
        clock or SteppedClock(),
        timeout_seconds,
        tokens or AccessTokens(),
    )
    try:
        return await send(sending, destination)
    finally:
        await outbound.close()
