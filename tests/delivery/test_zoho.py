"""Zoho: access tokens, upserts, and what its codes mean."""

from urllib.parse import parse_qs

import pytest

from frontdesk.delivery.access_tokens import AccessTokens
from frontdesk.delivery.model import SendResult
from frontdesk.projects.destinations import ZohoDestination
from tests.delivery.kinds import token
from tests.delivery.trying import make_claimed, send_once
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, answer, in_turn
from tests.support.samples import VAULT

ZOHO_TOKEN, UPSERT = "/oauth/v2/token", "/crm/v8/Leads/upsert"
ZOHO_TAKEN = b'{"data": [{"code": "SUCCESS", "action": "insert", "details": {"id": "5545"}}]}'


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
