"""The one door to every kind of destination."""

import asyncio

from frontdesk.delivery.destinations import (
    email,
    http,
    hubspot,
    leadsquared,
    salesforce,
    salesforce_web,
    selldo,
    webhook,
    zoho,
)
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.network import OutboundError
from frontdesk.projects.destinations import (
    AnyDestination,
    EmailDestination,
    HttpDestination,
    HubSpotDestination,
    LeadSquaredDestination,
    SalesforceDestination,
    SalesforceWebDestination,
    SellDoDestination,
    WebhookDestination,
    ZohoDestination,
)
from frontdesk.projects.secrets import MASK, UnopenableError

# Shorter ones are no secrets, and would blank out half of a reply.
_SHORTEST_SECRET = 6


async def send(sending: Sending, destination: AnyDestination) -> SendResult:
    """Send the lead once. Whatever happens out there is in the result, not raised.

    However many requests it takes, they end within the time-out: the lease is made for that.
    """
    try:
        async with asyncio.timeout(sending.timeout_seconds):
            result = await _send(sending, destination)
    except OutboundError as error:
        outcome = AttemptOutcome.PERMANENT if error.permanent else AttemptOutcome.RETRY
        return SendResult(outcome=outcome, reason=error.reason)
    except TimeoutError:
        reason = f"No reply within {sending.timeout_seconds:g} seconds."
        return SendResult(outcome=AttemptOutcome.RETRY, reason=reason)
    except UnopenableError:
        # Not permanent: an operator who brings the key back has lost nothing.
        return SendResult(
            outcome=AttemptOutcome.RETRY,
            reason="A secret of this destination was sealed under another key; write it again.",
        )
    return _hide_secrets(result, sending)


async def _send(sending: Sending, destination: AnyDestination) -> SendResult:
    match destination:
        case HttpDestination():
            return await http.send(sending, destination)
        case WebhookDestination():
            return await webhook.send(sending, destination)
        case LeadSquaredDestination():
            return await leadsquared.send(sending, destination)
        case SellDoDestination():
            return await selldo.send(sending, destination)
        case HubSpotDestination():
            return await hubspot.send(sending, destination)
        case ZohoDestination():
            return await zoho.send(sending, destination)
        case SalesforceDestination():
            return await salesforce.send(sending, destination)
        case SalesforceWebDestination():
            return await salesforce_web.send(sending, destination)
        case EmailDestination():
            return await email.send(sending, destination)


def _hide_secrets(result: SendResult, sending: Sending) -> SendResult:
    """Receivers repeat what they were sent, credentials and all."""
    response = result.response
    for secret in sending.opened:
        if len(secret) >= _SHORTEST_SECRET:
            response = response.replace(secret, MASK)
    return result.model_copy(update={"response": response})
