"""Sell.do, by leads/create: a form, and a reply whose status says nothing.

There is no published look-up by phone, so a try whose end is unknown is sent again.
"""

from typing import Any
from urllib.parse import urlencode

from frontdesk.delivery.destinations.http import FORM_TYPE
from frontdesk.delivery.mapping import flatten
from frontdesk.delivery.model import SendResult
from frontdesk.delivery.replies import delivered, find, find_id, judge_status, read_json, refused
from frontdesk.delivery.replies import try_again as retried
from frontdesk.delivery.sending import Sending
from frontdesk.projects.destinations import SellDoDestination

FIELDS = {
    "sell_do[form][lead][name]": "name",
    "sell_do[form][lead][email]": "email",
    "sell_do[form][lead][phone]": "phone",
    "sell_do[form][note][content]": "{interest}: {note|no note} ({page_url})",
    "sell_do[analytics][utm_source]": "utm_source",
    "sell_do[analytics][utm_medium]": "utm_medium",
    "sell_do[analytics][utm_campaign]": "utm_campaign",
    "sell_do[analytics][utm_term]": "utm_term",
    "sell_do[analytics][utm_content]": "utm_content",
}


async def send(sending: Sending, destination: SellDoDestination) -> SendResult:
    form = flatten(FIELDS | destination.fields, sending.values)
    form["sell_do[campaign][srd]"] = destination.srd
    form["api_key"] = sending.open(destination.api_key)
    reply = await sending.request(
        "POST",
        f"{destination.url.rstrip('/')}/api/leads/create",
        {"Content-Type": FORM_TYPE, "Accept": "application/json"},
        urlencode(form).encode(),
    )
    at, document = sending.at(), read_json(reply)
    if not 200 <= reply.status_code < 300:
        return judge_status(reply, at)
    fault = _find_fault(document)
    if "limit" in fault.lower() or "try again" in fault.lower():
        return retried(reply, at, "Sell.do asks to try later.")
    if fault:
        return refused(reply, at, "Sell.do refused the lead; its reply says why.")
    remote_id = find_id(document, "sell_do_lead_id")
    if remote_id is None:
        return refused(reply, at, "Sell.do did not say that it took the lead.")
    return delivered(reply, at, remote_id)


def _find_fault(document: Any) -> str:
    """What stands under `error` or `errors`, which may be a text, a list or an object."""
    return "; ".join(str(fault) for name in ("error", "errors") if (fault := find(document, name)))
