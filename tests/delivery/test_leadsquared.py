"""LeadSquared as its documentation and its error page describe it."""

import json

import pytest

from frontdesk.delivery.model import SendResult
from frontdesk.projects.destinations import LeadSquaredDestination
from tests.delivery.trying import make_claimed, send_once
from tests.support.crm import ScriptedCrm, answer
from tests.support.samples import VAULT

TAKEN = b'{"Status":"Success","Message":{"Id":"1f0e","RelatedId":"9ab8","IsCreated":true}}'


async def send(crm: ScriptedCrm, status: int = 200, body: bytes = TAKEN) -> SendResult:
    crm.behaviour = answer(status, body)
    destination = LeadSquaredDestination(
        id="lsq",
        url=f"http://{crm.host}/",
        access_key=VAULT.seal("u$rinvented"),
        secret_key=VAULT.seal("s3cr3t&more"),
        fields={"mx_Project": "project_name", "Source": "=Chat"},
    )
    claimed = make_claimed(email="asha@example.com")
    return await send_once(destination, (crm.host,), claimed=claimed)


async def test_the_request_is_a_list_of_attributes_that_searches_by_phone(
    crm: ScriptedCrm,
) -> None:
    result = await send(crm)
    assert (result.outcome, result.remote_id) == ("delivered", "9ab8")
    (request,) = crm.received
    assert (request.method, request.path) == (
        "POST",
        "/v2/LeadManagement.svc/Lead.Capture?accessKey=u%24rinvented&secretKey=s3cr3t%26more",
    )
    assert json.loads(request.body) == [
        {"Attribute": "FirstName", "Value": "Asha"},
        {"Attribute": "LastName", "Value": "Rao"},
        {"Attribute": "EmailAddress", "Value": "asha@example.com"},
        {"Attribute": "Phone", "Value": "+91-9876543210"},
        {"Attribute": "Source", "Value": "Chat"},
        {"Attribute": "mx_Project", "Value": "Palm Grove"},
        {"Attribute": "SearchBy", "Value": "Phone"},
    ]


@pytest.mark.parametrize(
    ("status", "exception", "outcome"),
    [
        (500, "MXMandatoryAttributeMissingException", "permanent"),
        (500, "MXInvalidInputException", "permanent"),
        (200, "MXDuplicateEntryException", "permanent"),
        (500, "MXDatabaseException", "retry"),
        (429, "MXAPIRateLimitExceededException", "retry"),
        (500, "MXAPIRateLimitExceededException", "retry"),
        (401, "MXUnauthorizedAccessException", "permanent"),
        (200, "MXWhateverException", "permanent"),
    ],
)
async def test_exceptions_decide_whatever_the_status(
    crm: ScriptedCrm, status: int, exception: str, outcome: str
) -> None:
    said = {"Status": "Error", "ExceptionType": exception, "ExceptionMessage": "s3cr3t&more"}
    result = await send(crm, status, json.dumps(said).encode())
    assert (result.outcome, result.remote_id) == (outcome, None)
    assert "s3cr3t" not in result.response + result.reason


@pytest.mark.parametrize(
    ("status", "outcome"), [(200, "permanent"), (404, "permanent"), (502, "retry")]
)
async def test_a_page_instead_of_json(crm: ScriptedCrm, status: int, outcome: str) -> None:
    assert (await send(crm, status, b"<html>")).outcome == outcome


async def test_a_limit_is_waited_out_though_the_reply_does_not_say_how_long(
    crm: ScriptedCrm,
) -> None:
    said = json.dumps({"Status": "Error", "ExceptionType": "MXAPIRateLimitExceededException"})
    assert (await send(crm, 500, said.encode())).retry_after_seconds == 5.0
    assert (await send(crm, 429, b"")).retry_after_seconds == 5.0
