"""HubSpot's contacts: upsert by a unique property, else search by phone, then write."""

from typing import Any

import pytest

from frontdesk.delivery.model import ClaimedDelivery, SendResult
from frontdesk.projects.destinations import HubSpotDestination
from tests.delivery.trying import make_claimed, send_once
from tests.support.crm import ScriptedCrm, answer
from tests.support.samples import VAULT

CONTACTS = "/crm/v3/objects/contacts"
FOUND = b'{"total": 1, "results": [{"id": "501", "properties": {}}]}'
NOTHING = b'{"total": 0, "results": []}'


async def send(
    crm: ScriptedCrm, claimed: ClaimedDelivery | None = None, **settings: Any
) -> SendResult:
    destination = HubSpotDestination(
        id="hubspot", url=f"http://{crm.host}", access_token=VAULT.seal("pat-invented"), **settings
    )
    return await send_once(destination, (crm.host,), claimed=claimed)


async def test_with_an_email_it_is_one_upsert(crm: ScriptedCrm) -> None:
    crm.behaviour = answer(200, b'{"status": "COMPLETE", "results": [{"id": "500", "new": true}]}')
    claimed = make_claimed(email="asha@example.com")
    result = await send(crm, claimed, fields={"project": "project_name"})
    assert (result.outcome, result.remote_id) == ("delivered", "500")
    (request,) = crm.received
    assert (request.method, request.path) == ("POST", f"{CONTACTS}/batch/upsert")
    assert request.headers["authorization"] == "Bearer pat-invented"
    properties = {
        "email": "asha@example.com",
        "firstname": "Asha",
        "lastname": "Rao",
        "phone": "+919876543210",
        "project": "Palm Grove",
    }
    entry = {"idProperty": "email", "id": "asha@example.com", "properties": properties}
    assert request.json == {"inputs": [entry]}


@pytest.mark.parametrize(
    ("found", "written"),
    [(NOTHING, ("POST", CONTACTS)), (FOUND, ("PATCH", f"{CONTACTS}/501"))],
)
async def test_without_one_it_looks_for_the_phone_first(
    crm: ScriptedCrm, found: bytes, written: tuple[str, str]
) -> None:
    crm.by_path[f"{CONTACTS}/search"] = answer(200, found)
    crm.behaviour = answer(201, b'{"id": "501"}')
    result = await send(crm)
    assert (result.outcome, result.remote_id) == ("delivered", "501")
    search, write = crm.received
    (group,) = search.json["filterGroups"]
    assert group["filters"] == [
        {"propertyName": "phone", "operator": "EQ", "value": "+919876543210"}
    ]
    assert (write.method, write.path) == written
    assert write.json["properties"]["phone"] == "+919876543210"


async def test_a_property_of_ones_own_may_be_the_unique_one(crm: ScriptedCrm) -> None:
    crm.behaviour = answer(200, b'{"results": [{"id": "500"}]}')
    await send(crm, id_property="lead_key", fields={"lead_key": "lead_id"})
    (request,) = crm.received
    (entry,) = request.json["inputs"]
    assert entry["idProperty"] == "lead_key"
    assert entry["id"].startswith("lead_")


@pytest.mark.parametrize(
    ("status", "body", "outcome", "wait_seconds"),
    [
        (207, b'{"numErrors": 1, "results": []}', "permanent", None),
        (400, b'{"category": "VALIDATION_ERROR"}', "permanent", None),
        (401, b'{"category": "INVALID_AUTHENTICATION"}', "permanent", None),
        (409, b'{"category": "CONFLICT"}', "retry", None),
        (423, b"", "retry", None),
        (429, b'{"policyName": "TEN_SECONDLY_ROLLING"}', "retry", None),
        (429, b'{"policyName": "DAILY"}', "retry", 3600),
        (502, b"", "retry", None),
    ],
)
async def test_what_hubspot_says(
    crm: ScriptedCrm, status: int, body: bytes, outcome: str, wait_seconds: float | None
) -> None:
    crm.behaviour = answer(status, body)
    for claimed in (make_claimed(email="asha@example.com"), make_claimed()):
        if status == 207 and claimed.lead.email is None:
            continue  # the single calls have no such status
        result = await send(crm, claimed)
        assert (result.outcome, result.retry_after_seconds) == (outcome, wait_seconds)
