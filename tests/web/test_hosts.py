"""Production answers for its own host name alone, and believes no plain HTTP."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.app import create_app
from tests.support.application import client_of, make_production_settings, run_app
from tests.support.clock import SteppedClock


@pytest.fixture
async def client(tmp_path: Path, clock: SteppedClock) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_production_settings(tmp_path), clock) as client:
        yield client


@pytest.mark.parametrize("host", ["desk.example", "DESK.example", "desk.example:443"])
async def test_its_own_host(client: httpx2.AsyncClient, host: str) -> None:
    assert (await client.get("/widget.js", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(
    "host", ["", "evil.example", "desk.example.evil.example", "desk.example:8443", "127.0.0.1"]
)
async def test_another_host(client: httpx2.AsyncClient, host: str) -> None:
    reply = await client.get("/widget.js", headers={"Host": host})
    assert (reply.status_code, reply.json()["code"]) == (421, "wrong_host")
    assert (await client.get("/health/live", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize(("proto", "status"), [("https", 200), ("http", 403)])
async def test_plain_http_behind_a_trusted_proxy(
    tmp_path: Path, clock: SteppedClock, proto: str, status: int
) -> None:
    settings = make_production_settings(tmp_path, trusted_proxies=("127.0.0.1",))
    async with client_of(create_app(settings, clock=clock)) as client:
        headers = {"Host": "desk.example", "X-Forwarded-Proto": proto}
        reply = await client.get("/widget.js", headers=headers)
        assert reply.status_code == status
        # What a caller claims who is no trusted proxy changes nothing.
        strangers = make_production_settings(tmp_path, trusted_proxies=("192.0.2.1",))
    async with client_of(create_app(strangers, clock=clock)) as client:
        assert (await client.get("/widget.js", headers=headers)).status_code == 403
