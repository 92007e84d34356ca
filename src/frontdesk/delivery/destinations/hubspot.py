"""HubSpot's contacts: an upsert where there is a unique value, else looked up by phone.

https://developers.hubspot.com/docs/api-reference/legacy/crm/objects/contacts/batch/upsert-contacts
"""

from frontdesk.delivery.mapping import flatten
from frontdesk.delivery.model import SendResult
from frontdesk.delivery.replies import find, find_id, judge_status, read_json, refused, try_again
from frontdesk.delivery.sending import Sending
from frontdesk.outbound.client import Reply
from frontdesk.projects.destinations import HubSpotDestination

FIELDS = {
    "email": "email",
    "firstname": "first_name",
    "lastname": "last_name",
    "phone": "phone",
}
CONTACTS = "/crm/v3/objects/contacts"
_DAY_LIMIT_SECONDS = 3600.0
# Locked by another change; moving between data centres; made by somebody in the meantime.
_TRY_AGAIN = {409, 423, 477}


async def send(sending: Sending, destination: HubSpotDestination) -> SendResult:
    properties = flatten(FIELDS | destination.fields, sending.values)
    unique = properties.get(destination.id_property)
    if unique is None:
        return await _find_and_write(sending, destination, properties)
    entry = {"idProperty": destination.id_property, "id": unique, "properties": properties}
    reply = await _ask(sending, destination, "POST", "/batch/upsert", {"inputs": [entry]})
    if reply.status_code == 207 or find(read_json(reply), "numErrors"):
        return refused(reply, sending.at(), "HubSpot refused the contact; its reply says why.")
    return _judge(reply, sending, "results.0.id")


async def _find_and_write(
    sending: Sending, destination: HubSpotDestination, properties: dict[str, str]
) -> SendResult:
    phone_is = {"propertyName": "phone", "operator": "EQ", "value": properties.get("phone", "")}
    search = {"filterGroups": [{"filters": [phone_is]}], "properties": ["phone"], "limit": 1}
    found = await _ask(sending, destination, "POST", "/search", search)
    if found.status_code != 200:
        return _judge(found, sending, "")
    known_id = find_id(read_json(found), "results.0.id")
    method, path = ("POST", "") if known_id is None else ("PATCH", f"/{known_id}")
    reply = await _ask(sending, destination, method, path, {"properties": properties})
    return _judge(reply, sending, "id")


async def _ask(
    sending: Sending, destination: HubSpotDestination, method: str, path: str, body: object
) -> Reply:
    token = sending.open(destination.access_token)
    url = f"{destination.url.rstrip('/')}{CONTACTS}{path}"
    return await sending.request_json(method, url, {"Authorization": f"Bearer {token}"}, body)


def _judge(reply: Reply, sending: Sending, id_field: str) -> SendResult:
    at, document = sending.at(), read_json(reply)
    if reply.status_code in _TRY_AGAIN:
        return try_again(reply, at, "HubSpot is at this contact already.")
    result = judge_status(reply, at, find_id(document, id_field))
    if reply.status_code == 429 and find(document, "policyName") == "DAILY":
        return result.model_copy(update={"retry_after_seconds": _DAY_LIMIT_SECONDS})
    return result
