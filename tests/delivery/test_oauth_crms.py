"""Zoho and Salesforce: access tokens, upserts, and what their codes mean."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from frontdesk.delivery.access_tokens import AccessTokens
from frontdesk.delivery.model import ClaimedDelivery, SendResult
from frontdesk.projects.destinations import SalesforceDestination, ZohoDestination
from tests.delivery.trying import make_claimed, send_once, tried_before
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, answer, in_turn
from tests.support.samples import VAULT

ZOHO_TOKEN, UPSERT = "/oauth/v2/token", "/crm/v8/Leads/upsert"
ZOHO_TAKEN = b'{"data": [{"code": "SUCCESS", "action": "insert", "details": {"id": "5545"}}]}'
SF_TOKEN, LEADS = "/services/oauth2/token", "/services/data/v60.0/sobjects/Lead"


def token(name: str) -> Any:
    return answer(200, f'{{"access_token": "{name}", "expires_in": 3600}}'.encode())


@pytest.fixture
def zoho(crm: ScriptedCrm) -> ZohoDestination:
    crm.by_path[ZOHO_TOKEN] = in_turn(token("t0ken-one"), token("t0ken-two"))
    crm.by_path[UPSERT] = answer(200, ZOHO_TAKEN)
    return ZohoDestination(
        id="zoho",
        url=f"http://{crm.host}",
        accounts_url=f"http://{crm.host}",
        client_id="1000.ID",
        client_secret=VAULT.seal("zs3cr3t"),
        refresh_token=VAULT.seal("1000.refresh"),
    )


@pytest.fixture
def salesforce(crm: ScriptedCrm) -> SalesforceDestination:
    crm.by_path[SF_TOKEN] = in_turn(token("s3ssion-one"), token("s3ssion-two"))
    crm.behaviour = answer(201, b'{"id": "00Q1", "success": true, "errors": []}')
    return SalesforceDestination(
        id="sf", url=f"http://{crm.host}", client_id="3MVG", client_secret=VAULT.seal("sfs3cr3t")
    )


async def test_zoho_is_sent_an_upsert_with_a_fresh_token(
    crm: ScriptedCrm, zoho: ZohoDestination
) -> None:
    result = await send_once(zoho, (crm.host,), claimed=make_claimed(name="Asha"))
    assert (result.outcome, result.remote_id) == ("delivered", "5545")
    asked, upsert = crm.received
    assert parse_qs(asked.body.decode()) == {
        "grant_type": ["refresh_token"],
        "refresh_token": ["1000.refresh"],
        "client_id": ["1000.ID"],
        "client_secret": ["zs3cr3t"],
    }
    assert upsert.headers["authorization"] == "Zoho-oauthtoken t0ken-one"
    assert upsert.json["duplicate_check_fields"] == ["Phone"]
    (record,) = upsert.json["data"]
    assert (record["Last_Name"], record["Phone"]) == ("-", "+919876543210")
    assert "Email" not in record


async def test_a_token_is_kept_until_it_ends_or_is_refused(
    crm: ScriptedCrm, zoho: ZohoDestination, clock: SteppedClock
) -> None:
    tokens = AccessTokens()

    async def send() -> SendResult:
        return await send_once(zoho, (crm.host,), clock=clock, tokens=tokens)

    for _ in range(3):
        await send()
    assert len(crm.at(ZOHO_TOKEN)) == 1
    clock.step(minutes=59)
    await send()
    assert len(crm.at(ZOHO_TOKEN)) == 2
    expired = answer(401, b'{"code": "INVALID_TOKEN", "status": "error"}')
    crm.by_path[UPSERT] = in_turn(expired, answer(200, ZOHO_TAKEN))
    assert (await send()).outcome == "delivered"
    assert len(crm.at(ZOHO_TOKEN)) == 3
    crm.by_path[UPSERT] = expired
    assert (await send()).outcome == "permanent", "a fresh token that is refused ends it"
    renewed = zoho.model_copy(update={"refresh_token": VAULT.seal("1000.other")})
    before = len(crm.at(ZOHO_TOKEN))
    await send_once(renewed, (crm.host,), clock=clock, tokens=tokens)
    assert len(crm.at(ZOHO_TOKEN)) == before + 1, "another credential, another token"


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b'{"error": "invalid_code"}', "permanent"),
        (401, b'{"error": "invalid_client"}', "permanent"),
        (
            400,
            b'{"error": "Access Denied", "error_description": "You have made too many"}',
            "retry",
        ),
        (503, b"", "retry"),
        (429, b"", "retry"),
    ],
)
async def test_no_token_no_lead(
    crm: ScriptedCrm, zoho: ZohoDestination, status: int, body: bytes, outcome: str
) -> None:
    crm.by_path[ZOHO_TOKEN] = answer(status, body)
    assert (await send_once(zoho, (crm.host,))).outcome == outcome
    assert crm.at(UPSERT) == []


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (202, b'{"data": [{"code": "MANDATORY_NOT_FOUND", "status": "error"}]}', "permanent"),
        (202, b'{"data": [{"code": "INVALID_DATA", "status": "error"}]}', "permanent"),
        (400, b'{"code": "TOO_MANY_REQUESTS", "status": "error"}', "retry"),
        (403, b'{"code": "NO_PERMISSION", "status": "error"}', "permanent"),
        (429, b'{"code": "WHATEVER"}', "retry"),
        (500, b'{"code": "INTERNAL_ERROR"}', "retry"),
        (200, b"{}", "permanent"),
    ],
)
async def test_zohos_codes(
    crm: ScriptedCrm, zoho: ZohoDestination, status: int, body: bytes, outcome: str
) -> None:
    crm.by_path[UPSERT] = answer(status, body)
    assert (await send_once(zoho, (crm.host,))).outcome == outcome


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
    assert query == ["SELECT Id FROM Lead WHERE Phone = '+919876543210' LIMIT 1"]
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
