"""Zoho CRM's Leads by upsert: sending again finds the lead by its phone.

https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html
"""

from frontdesk.delivery.destinations.oauth import with_token
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
from frontdesk.outbound.client import Reply
from frontdesk.projects.destinations import ZohoDestination

# Last_Name is required there, and many a visitor gives one name.
FIELDS = {
    "First_Name": "first_name",
    "Last_Name": "{last_name|-}",
    "Email": "email",
    "Phone": "phone",
    "Lead_Source": "{utm_source|Website}",
    "Description": "{interest}: {note|no note} ({page_url})",
}
_TOKEN_SECONDS = 3600.0
_LATER = {"TOO_MANY_REQUESTS", "LIMIT_EXCEEDED", "INTERNAL_ERROR", "RECORD_LOCKED"}


async def send(sending: Sending, destination: ZohoDestination) -> SendResult:
    body = {
        "data": [flatten(FIELDS | destination.fields, sending.values)],
        "duplicate_check_fields": list(destination.duplicate_check_fields),
    }
    url = f"{destination.url.rstrip('/')}/crm/v8/Leads/upsert"

    async def ask(token: str) -> Reply:
        headers = {"Authorization": f"Zoho-oauthtoken {token}"}
        return await sending.request_json("POST", url, headers, body)

    reply = await with_token(
        sending,
        ("zoho", destination.server, destination.refresh_token),
        f"{destination.accounts_url.rstrip('/')}/oauth/v2/token",
        {
            "grant_type": "refresh_token",
            "refresh_token": sending.open(destination.refresh_token),
            "client_id": destination.client_id,
            "client_secret": sending.open(destination.client_secret),
        },
        _TOKEN_SECONDS,
        ask,
    )
    return reply if isinstance(reply, SendResult) else _judge(reply, sending)


def _judge(reply: Reply, sending: Sending) -> SendResult:
    """The code stands in the record's own entry, or for the whole request at the top."""
    at, document = sending.at(), read_json(reply)
    code = str(find(document, "data.0.code") or find(document, "code") or "")
    remote_id = find_id(document, "data.0.details.id")
    if code == "SUCCESS":
        return delivered(reply, at, remote_id)
    if code in _LATER:
        return try_again(reply, at, "Zoho asks to try later.")
    if code and reply.status_code < 500 and reply.status_code != 429:
        return refused(reply, at, f"Zoho refused the lead ({code[:100]}).")
    if 200 <= reply.status_code < 300:
        return refused(reply, at, "Zoho did not say that it took the lead.")
    return judge_status(reply, at)
