"""Salesforce: upserts, look-ups, Web-to-Lead, and what its codes mean."""

from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import ValidationError

from frontdesk.delivery.model import ClaimedDelivery, SendResult
from frontdesk.projects.destinations import SalesforceDestination, SalesforceWebDestination
from tests.delivery.kinds import make_kinds, token
from tests.delivery.trying import claimed_before, make_claimed, send_once, tried_before
from tests.support.crm import ScriptedCrm, answer, in_turn
from tests.support.samples import VAULT

SF_TOKEN, LEADS = "/services/oauth2/token", "/services/data/v60.0/sobjects/Lead"


@pytest.fixture
def salesforce(crm: ScriptedCrm) -> SalesforceDestination:
    crm.by_path[SF_TOKEN] = in_turn(token("s3ssion-one"), token("s3ssion-two"))
    crm.behaviour = answer(201, b'{"id": "00Q1", "success": true, "errors": []}')
    return SalesforceDestination(
        id="sf", url=f"http://{crm.host}", client_id="3MVG", client_secret=VAULT.seal("sfs3cr3t")
    )


async def test_salesforce_upserts_by_our_id_where_it_has_a_field_for_it(
    crm: ScriptedCrm, salesforce: SalesforceDestination
) -> None:
    claimed = make_claimed()
    by_id = salesforce.model_copy(update={"external_id_field": "Frontdesk_Id__c"})
    result = await send_once(by_id, (crm.host,), claimed=claimed)
    assert (result.outcome, result.remote_id) == ("delivered", "00Q1")
    _, upsert = crm.received
    assert (upsert.method, upsert.path) == (
        "PATCH",
        f"{LEADS}/Frontdesk_Id__c/{claimed.lead.id}",
    )
    assert upsert.headers["authorization"] == "Bearer s3ssion-one"
    assert (upsert.json["LastName"], upsert.json["Company"]) == ("Rao", "Private")


@pytest.mark.parametrize("found", [True, False])
async def test_salesforce_is_asked_first_after_a_try_whose_end_is_unknown(
    crm: ScriptedCrm, salesforce: SalesforceDestination, found: bool
) -> None:
    async def send(claimed: ClaimedDelivery) -> SendResult:
        crm.received.clear()
        return await send_once(salesforce, (crm.host,), claimed=claimed)

    await send(make_claimed())
    assert [request.method for request in crm.received] == ["POST", "POST"], "no look-up"
    records = b'[{"Id": "00Q9"}]' if found else b"[]"
    crm.behaviour = in_turn(
        answer(200, b'{"totalSize": 1, "records": ' + records + b"}"),
        answer(201, b'{"id": "00Q1"}'),
    )
    result = await send(tried_before(make_claimed()))
    assert (result.outcome, result.remote_id) == ("delivered", "00Q9" if found else "00Q1")
    query = parse_qs(urlsplit(crm.received[1].path).query)["q"]
    since = "2026-11-23T08:00:00Z"  # an hour before the delivery was made
    phone = "+919876543210"
    assert query == [
        f"SELECT Id FROM Lead WHERE Phone = '{phone}' AND CreatedDate >= {since} LIMIT 1"
    ]
    assert len(crm.at(LEADS)) == (0 if found else 1)


@pytest.mark.parametrize(
    ("status", "code", "outcome", "wait_seconds"),
    [
        (403, "REQUEST_LIMIT_EXCEEDED", "retry", 3600),
        (400, "UNABLE_TO_LOCK_ROW", "retry", None),
        (503, "SERVER_UNAVAILABLE", "retry", None),
        (400, "REQUIRED_FIELD_MISSING", "permanent", None),
        (400, "DUPLICATES_DETECTED", "permanent", None),
        (401, "INVALID_SESSION_ID", "permanent", None),
        (500, "UNKNOWN_EXCEPTION", "retry", None),
    ],
)
async def test_salesforces_codes(
    crm: ScriptedCrm,
    salesforce: SalesforceDestination,
    status: int,
    code: str,
    outcome: str,
    wait_seconds: float | None,
) -> None:
    crm.behaviour = answer(status, f'[{{"errorCode": "{code}", "message": "m"}}]'.encode())
    result = await send_once(salesforce, (crm.host,))
    assert (result.outcome, result.retry_after_seconds) == (outcome, wait_seconds)


@pytest.mark.parametrize("kind", ["zoho", "hubspot", "salesforce", "leadsquared"])
async def test_a_crash_is_a_doubt_like_a_time_out(crm: ScriptedCrm, kind: str) -> None:
    """A worker took it, and left no record: whoever has a look-up or an upsert makes no second."""
    crm.behaviour = answer(
        200,
        b'{"access_token": "t0ken", "records": [{"Id": "00Q9"}], "results": [{"id": "00Q9"}],'
        b' "id": "00Q9", "Status": "Success", "Message": {"Id": "00Q9"},'
        b' "data": [{"code": "SUCCESS", "details": {"id": "00Q9"}}]}',
    )
    lost = claimed_before(make_claimed())
    assert lost.delivery.may_have_arrived
    result = await send_once(make_kinds(crm.host)[kind], (crm.host,), claimed=lost)
    assert (result.outcome, result.remote_id) == ("delivered", "00Q9")
    creates = {"/services/data/v60.0/sobjects/Lead", "/crm/v3/objects/contacts"}
    assert not creates & {request.path for request in crm.received if request.method == "POST"}


async def test_web_to_lead_is_sent_the_form(crm: ScriptedCrm) -> None:
    result = await send_once(
        web(crm), (crm.host,), claimed=make_claimed(name=f"Asha {'R' * 90}", email="a@example.com")
    )
    assert result.outcome == "delivered"
    assert "does not say" in result.reason
    (request,) = crm.received
    assert urlsplit(request.path).path == "/servlet/servlet.WebToLead"
    assert parse_qs(urlsplit(request.path).query) == {
        "encoding": ["UTF-8"],
        "orgId": ["00D000000000001"],
    }
    form = parse_qs(request.body.decode())
    assert form["oid"] == ["00D000000000001"]
    assert form["last_name"] == ["R" * 80], "more would make no lead"
    assert form["company"] == ["Private"]
    assert form["phone"] == ["+919876543210"]
    assert form["00N000000000001"] == ["Palm Grove"]
    assert "note" not in form["description"][0] or "no note" in form["description"][0]


@pytest.mark.parametrize(
    ("status", "is_processed", "outcome"),
    [
        (200, "true", "delivered"),
        (200, "true Exception:common.exception.SalesforceGenericException", "permanent"),
        (429, "", "retry"),
        (503, "", "retry"),
        (404, "", "permanent"),
    ],
)
async def test_web_to_leads_answers(
    crm: ScriptedCrm, status: int, is_processed: str, outcome: str
) -> None:
    crm.behaviour = answer(status, b"<html></html>", Is_Processed=is_processed)
    assert (await send_once(web(crm), (crm.host,))).outcome == outcome


@pytest.mark.parametrize("organization_id", ["", "00D1", "00X000000000001", "00D00000000000!"])
def test_web_to_lead_needs_an_organisations_id(crm: ScriptedCrm, organization_id: str) -> None:
    with pytest.raises(ValidationError):
        SalesforceWebDestination(id="web", organization_id=organization_id)


def web(crm: ScriptedCrm) -> SalesforceWebDestination:
    return SalesforceWebDestination(
        id="web",
        url=f"http://{crm.host}",
        organization_id="00D000000000001",
        fields={"00N000000000001": "project_name"},
    )
