"""Sell.do: a form, and errors inside 2xx replies."""

from urllib.parse import parse_qs

import pytest

from frontdesk.delivery.model import SendResult
from frontdesk.projects.destinations import SellDoDestination
from tests.delivery.trying import send_once
from tests.support.crm import ScriptedCrm, answer
from tests.support.samples import VAULT


async def send(crm: ScriptedCrm, status: int, body: bytes) -> SendResult:
    crm.behaviour = answer(status, body)
    destination = SellDoDestination(
        id="selldo",
        url=f"http://{crm.host}",
        api_key=VAULT.seal("k3y-of-selldo"),
        srd="64f0srd",
        fields={"sell_do[form][lead][custom_flat]": "=2 BHK"},
    )
    return await send_once(destination, (crm.host,))


async def test_the_form_has_its_bracketed_names(crm: ScriptedCrm) -> None:
    result = await send(crm, 200, b'{"sell_do_lead_id": 4711, "stage": "incoming"}')
    assert (result.outcome, result.remote_id) == ("delivered", "4711")
    (request,) = crm.received
    assert (request.method, request.path) == ("POST", "/api/leads/create")
    assert parse_qs(request.body.decode()) == {
        "sell_do[form][lead][name]": ["Asha Rao"],
        "sell_do[form][lead][phone]": ["+919876543210"],
        "sell_do[form][note][content]": ["visit: no note (https://palm-grove.example/)"],
        "sell_do[form][lead][custom_flat]": ["2 BHK"],
        "sell_do[campaign][srd]": ["64f0srd"],
        "api_key": ["k3y-of-selldo"],
    }


@pytest.mark.parametrize(
    ("status", "body", "outcome"),
    [
        (200, b'{"error": "Invalid api key"}', "permanent"),
        (200, b'{"errors": ["Phone is invalid"], "sell_do_lead_id": 1}', "permanent"),
        (201, b'{"errors": {"srd": "not found"}}', "permanent"),
        (200, b'{"error": "Rate limit exceeded"}', "retry"),
        (200, b"{}", "permanent"),
        (200, b"OK", "permanent"),
        (200, b'{"error": null, "sell_do_lead_id": "1"}', "delivered"),
        (422, b"{}", "permanent"),
        (429, b"", "retry"),
        (503, b"", "retry"),
    ],
)
async def test_the_body_decides_within_2xx(
    crm: ScriptedCrm, status: int, body: bytes, outcome: str
) -> None:
    assert (await send(crm, status, body)).outcome == outcome
