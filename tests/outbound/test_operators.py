"""The way to the operator's own servers leads to them alone."""

from collections.abc import AsyncIterator

import httpx2
import pytest

from frontdesk.outbound.operators import OperatorClient
from tests.support.crm import ScriptedCrm, answer, run_crm

TIMEOUT = httpx2.Timeout(30)


@pytest.fixture
async def model() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as model:
        yield model


async def test_a_private_model_server_is_reached_where_the_operator_names_it(
    model: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    async with OperatorClient([f"http://{model.host}/v1"], timeout=TIMEOUT) as client:
        assert (await client.post(f"http://{model.host}/v1/chat")).status_code == 201


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:{port}", "http://localhost", "https://{host}"]
)
async def test_no_other_address_is(model: ScriptedCrm, address: str) -> None:
    named = f"http://localhost:{model.port}"
    async with OperatorClient([named], timeout=TIMEOUT) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get(address.format(port=model.port, host=f"localhost:{model.port}"))
    assert model.connections == 0


async def test_a_redirect_is_not_followed(model: ScriptedCrm) -> None:
    model.behaviour = answer(307, Location=f"http://{model.host}/elsewhere")
    async with OperatorClient([f"http://{model.host}"], timeout=TIMEOUT) as client:
        assert (await client.get(f"http://{model.host}/")).status_code == 307
    assert len(model.received) == 1
