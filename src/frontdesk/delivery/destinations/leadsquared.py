"""LeadSquared, by Lead.Capture: it looks for the phone and updates what is there, or creates.

Sending again after a try whose end is unknown is therefore safe, and needs no look-up of ours.
https://apidocs.leadsquared.com/capture-lead/, https://apidocs.leadsquared.com/error-handling/
"""

from urllib.parse import urlencode

from frontdesk.delivery.mapping import flatten
from frontdesk.delivery.model import SendResult
from frontdesk.delivery.replies import (
    delivered,
    find,
    find_id,
    judge_status,
    read_json,
    refused,
    try_again,
)
from frontdesk.delivery.sending import Sending
from frontdesk.projects.destinations import LeadSquaredDestination

# LeadSquared knows a number by its country, a hyphen and the rest; otherwise it finds no match.
FIELDS = {
    "FirstName": "first_name",
    "LastName": "last_name",
    "EmailAddress": "email",
    "Phone": "+{phone_calling_code}-{phone_national}",
    "Source": "{utm_source|Website}",
    "SourceCampaign": "utm_campaign",
    "SourceMedium": "utm_medium",
    "Notes": "note",
}
# Exceptions that come with status 500, as all do, and that no time mends.
_PERMANENT_MARKS = ("Invalid", "Mandatory", "Missing", "Duplicate", "Unauthorized", "NotFound")
# Its limits are for so long (10 to 25 calls, by the plan), and no reply says how long to wait.
_LIMIT_SECONDS = 5.0
_LIMIT_MARKS = ("RateLimit", "Throttl", "TooMany")


async def send(sending: Sending, destination: LeadSquaredDestination) -> SendResult:
    fields = flatten(FIELDS | destination.fields, sending.values)
    body = [{"Attribute": name, "Value": value} for name, value in fields.items()]
    body.append({"Attribute": "SearchBy", "Value": "Phone"})
    keys = {
        "accessKey": sending.open(destination.access_key),
        "secretKey": sending.open(destination.secret_key),
    }
    url = f"{destination.url.rstrip('/')}/v2/LeadManagement.svc/Lead.Capture?{urlencode(keys)}"
    reply = await sending.request_json("POST", url, {}, body)
    at, document = sending.at(), read_json(reply)
    if find(document, "Status") == "Success" and reply.status_code == 200:
        remote_id = find_id(document, "Message.RelatedId") or find_id(document, "Message.Id")
        return delivered(reply, at, remote_id)
    fault = str(find(document, "ExceptionType") or "")
    if reply.status_code == 429 or any(mark in fault for mark in _LIMIT_MARKS):
        result = try_again(reply, at, "LeadSquared asks to send more slowly.")
        wait_seconds = result.retry_after_seconds or _LIMIT_SECONDS
        return result.model_copy(update={"retry_after_seconds": wait_seconds})
    if any(mark in fault for mark in _PERMANENT_MARKS):
        return refused(reply, at, f"LeadSquared refused the lead ({fault[:100]}).")
    if 200 <= reply.status_code < 300:
        return refused(reply, at, "LeadSquared did not say that it took the lead.")
    return judge_status(reply, at)
