"""Salesforce's Lead: an upsert by an external id, or a create with a look-up after doubt.

https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_upsert_patch.htm
"""

from datetime import timedelta
from urllib.parse import quote, urlencode

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
from frontdesk.projects.destinations import SalesforceDestination

# LastName and Company are required there.
FIELDS = {
    "FirstName": "first_name",
    "LastName": "{last_name|-}",
    "Company": "=Private",
    "Email": "email",
    "Phone": "phone",
    "LeadSource": "{utm_source|Web}",
    "Description": "{interest}: {note|no note} ({page_url})",
}
DATA = "/services/data/v60.0"
# The reply does not say how long a token holds: the session time-out of the organisation.
_TOKEN_SECONDS = 900.0
_LATER = {"REQUEST_LIMIT_EXCEEDED", "SERVER_UNAVAILABLE", "UNABLE_TO_LOCK_ROW"}
_DUPLICATES = {"DUPLICATES_DETECTED", "DUPLICATE_VALUE"}
# The limit is for 24 hours that move along.
_DAY_LIMIT_SECONDS = 3600.0


async def send(sending: Sending, destination: SalesforceDestination) -> SendResult:
    address = destination.url.rstrip("/")
    fields = flatten(FIELDS | destination.fields, sending.values)

    async def ask(token: str) -> Reply:
        headers = {"Authorization": f"Bearer {token}"}
        method, path = "POST", f"{DATA}/sobjects/Lead"
        if destination.external_id_field is not None:
            lead_id = quote(sending.claimed.lead.id, safe="")
            method, path = "PATCH", f"{path}/{destination.external_id_field}/{lead_id}"
        elif sending.may_have_arrived:
            found = await _look_up(sending, address, headers, fields.get("Phone", ""))
            if found.status_code != 200 or find(read_json(found), "records.0.Id"):
                return found
        return await sending.request_json(method, address + path, headers, fields)

    reply = await with_token(
        sending,
        ("salesforce", destination.server, destination.client_id, destination.client_secret),
        f"{address}/services/oauth2/token",
        {
            "grant_type": "client_credentials",
            "client_id": destination.client_id,
            "client_secret": sending.open(destination.client_secret),
        },
        _TOKEN_SECONDS,
        ask,
    )
    return reply if isinstance(reply, SendResult) else _judge(reply, sending)


async def _look_up(sending: Sending, address: str, headers: dict[str, str], phone: str) -> Reply:
    literal = phone.replace("\\", "\\\\").replace("'", "\\'")
    # One that is older than the delivery is not what an earlier try of it has made.
    since = sending.claimed.delivery.created_at - timedelta(hours=1)  # their clock is not ours
    query = (
        f"SELECT Id FROM Lead WHERE Phone = '{literal}'"  # noqa: S608  SOQL, escaped
        f" AND CreatedDate >= {since:%Y-%m-%dT%H:%M:%SZ} LIMIT 1"
    )
    url = f"{address}{DATA}/query?{urlencode({'q': query})}"
    return await sending.request("GET", url, headers)


def _judge(reply: Reply, sending: Sending) -> SendResult:
    at, document = sending.at(), read_json(reply)
    known_id = find_id(document, "records.0.Id")
    if known_id is not None:
        return delivered(reply, at, known_id, "Salesforce had a lead with this phone already.")
    code = str(find(document, "0.errorCode") or "")
    if code in _LATER:
        result = try_again(reply, at, "Salesforce asks to try later.")
        if code == "REQUEST_LIMIT_EXCEEDED":
            return result.model_copy(update={"retry_after_seconds": _DAY_LIMIT_SECONDS})
        return result
    if code in _DUPLICATES:
        return refused(reply, at, "A duplicate rule of Salesforce holds the lead back.")
    if code and reply.status_code < 500:
        return refused(reply, at, f"Salesforce refused the lead ({code[:100]}).")
    return judge_status(reply, at, find_id(document, "id"))
