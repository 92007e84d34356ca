"""Salesforce's Web-to-Lead: a form without credentials, answered with 200 whatever becomes of it.

There is no look-up and no id, so a try whose end is unknown is sent again and may make a second
lead. Within 24 hours 500 are taken; the rest waits at Salesforce in a queue of its own.
"""

from urllib.parse import urlencode

from frontdesk.delivery.destinations.http import FORM_TYPE
from frontdesk.delivery.mapping import flatten
from frontdesk.delivery.model import AttemptOutcome, SendResult
from frontdesk.delivery.replies import judge_status, refused
from frontdesk.delivery.sending import Sending
from frontdesk.projects.destinations import SalesforceWebDestination

# last_name and company are required there; a longer value than the field's makes no lead.
FIELDS = {
    "first_name": "first_name",
    "last_name": "{last_name|-}",
    "company": "=Private",
    "email": "email",
    "phone": "phone",
    "lead_source": "{utm_source|Web}",
    "description": "{interest}: {note|no note} ({page_url})",
}
_LONGEST = {"first_name": 40, "last_name": 80, "company": 40, "email": 80, "phone": 40}
PATH = "/servlet/servlet.WebToLead"


async def send(sending: Sending, destination: SalesforceWebDestination) -> SendResult:
    form = flatten(FIELDS | destination.fields, sending.values)
    form = {name: text[: _LONGEST.get(name, len(text))] for name, text in form.items()}
    organisation = {"encoding": "UTF-8", "orgId": destination.organization_id}
    reply = await sending.request(
        "POST",
        f"{destination.url.rstrip('/')}{PATH}?{urlencode(organisation)}",
        {"Content-Type": FORM_TYPE},
        urlencode(form | {"oid": destination.organization_id}).encode(),
    )
    if "exception" in reply.headers.get("is-processed", "").lower():
        return refused(reply, sending.at(), "Salesforce could not make a lead of the form.")
    result = judge_status(reply, sending.at())
    if result.outcome is AttemptOutcome.DELIVERED:
        reason = "Salesforce took the form; it does not say whether a lead came of it."
        return result.model_copy(update={"reason": reason})
    return result
