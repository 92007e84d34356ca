"""Fetching pages: redirects followed, each checked; bounded in size, time and number."""

import gzip
from collections.abc import AsyncIterator
from typing import Any

import pytest

from frontdesk.outbound import network
from frontdesk.outbound.client import Fetched, Outbound
from frontdesk.outbound.network import OutboundError
from tests.support.crm import ScriptedCrm, answer, drip_body, drop, flood, hang, run_crm


@pytest.fixture
async def site() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as site:
        yield site


async def fetch(outbound: Outbound, url: str, **limits: Any) -> Fetched:
    try:
        return await outbound.fetch(url, **{"max_bytes": 1000, "timeout_seconds": 30.0, **limits})
    finally:
        await outbound.close()


async def test_a_page_is_fetched_from_where_it_is_now(site: ScriptedCrm) -> None:
    site.by_path["/old"] = answer(301, Location="moved?a=1")
    site.by_path["/moved?a=1"] = answer(307, Location=f"http://{site.host}/new")
    site.by_path["/new"] = answer(200, b"<p>Three bedrooms", Content_Type="text/html")
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/old")
    assert page.url == f"http://{site.host}/new"
    assert (page.status_code, page.body, page.is_whole) == (200, b"<p>Three bedrooms", True)
    assert page.headers["content-type"] == "text/html"
    assert [request.method for request in site.received] == ["GET"] * 3


@pytest.mark.parametrize("status", [404, 500, 304, 300])
async def test_what_is_no_redirect_is_the_answer(site: ScriptedCrm, status: int) -> None:
    site.behaviour = answer(status, Location="/elsewhere")
    assert (await fetch(Outbound((site.host,)), f"http://{site.host}/")).status_code == status
    assert len(site.received) == 1


async def test_a_redirect_to_a_private_address_is_not_followed(
    site: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 127.0.0.2 stands for a public address, whose page wants us to look at a private one.
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.2")
    async with run_crm("127.0.0.2") as public_site:
        public_site.behaviour = answer(302, Location=f"http://{site.host}/metadata")
        with pytest.raises(OutboundError) as refused:
            await fetch(Outbound(), f"http://127.0.0.2:{public_site.port}/")
        assert len(public_site.received) == 1
    assert "private address" in refused.value.reason
    assert site.connections == 0


async def test_a_redirect_back_to_the_same_name_is_looked_up_and_checked_again(
    site: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rebinding between two hops: the connection is closed meanwhile, and the name then private."""
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.2")
    answers = [["127.0.0.2"], ["127.0.0.1"]]

    async def resolve(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async with run_crm("127.0.0.2", site.port) as public_site:
        public_site.behaviour = answer(302, Location="/again", Connection="close")
        with pytest.raises(OutboundError) as refused:
            await fetch(Outbound(resolve=resolve), f"http://shop.example:{site.port}/")
    assert "private address" in refused.value.reason
    assert site.connections == 0
    assert answers == []


@pytest.mark.parametrize(
    "location", ["file:///etc/passwd", "javascript:alert(1)", "ftp://x/", "http://", "http://[::"]
)
async def test_a_redirect_leads_to_web_addresses_only(site: ScriptedCrm, location: str) -> None:
    site.behaviour = answer(302, Location=location)
    with pytest.raises(OutboundError) as wrong:
        await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert wrong.value.permanent


@pytest.mark.parametrize("allowed", [0, 3])
async def test_redirects_come_to_an_end(site: ScriptedCrm, allowed: int) -> None:
    site.behaviour = answer(302, Location="/round")
    with pytest.raises(OutboundError) as endless:
        await fetch(Outbound((site.host,)), f"http://{site.host}/", max_redirects=allowed)
    assert (endless.value.permanent, len(site.received)) == (True, allowed + 1)


async def test_headers_stay_with_the_host_they_are_for(site: ScriptedCrm) -> None:
    async with run_crm() as other:
        site.by_path["/"] = answer(302, Location="/here")
        site.by_path["/here"] = answer(302, Location=f"http://{other.host}/there")
        other.by_path["/there"] = answer(302, Location=f"http://{site.host}/back")
        await fetch(
            Outbound((site.host, other.host)),
            f"http://sales:secret@{site.host}/",
            headers={"Authorization": "Bearer x"},
        )
        assert [request.headers.get("authorization") for request in site.received] == [
            *("Bearer x", "Bearer x"),  # and not again for having come back
            None,
        ]
        (there,) = other.received
    assert "authorization" not in there.headers
    assert "cookie" not in there.headers
    assert "referer" not in there.headers


async def test_a_user_name_in_an_address_goes_nowhere(site: ScriptedCrm) -> None:
    await fetch(Outbound((site.host,)), f"http://sales:secret@{site.host}/")
    (request,) = site.received
    assert request.headers["host"] == site.host
    assert "authorization" not in request.headers


@pytest.mark.parametrize(("size", "is_whole"), [(1000, True), (1001, False)])
@pytest.mark.parametrize("packed", [False, True])
async def test_a_page_is_cut_at_the_size_asked_for(
    site: ScriptedCrm, size: int, is_whole: bool, packed: bool
) -> None:
    body = b"x" * size
    site.behaviour = (
        answer(200, gzip.compress(body), Content_Encoding="gzip") if packed else answer(200, body)
    )
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert (page.body, page.is_whole) == (body[:1000], is_whole)


async def test_a_small_packet_does_not_unpack_into_a_large_one(site: ScriptedCrm) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    site.behaviour = answer(200, bomb, Content_Encoding="gzip")
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert (page.body, page.is_whole) == (b"\0" * 1000, False)


@pytest.mark.parametrize(
    "body",
    [b"not packed at all", gzip.compress(b"x" * 900)[:-9]],
    ids=["not packed", "cut short"],  # gzip writes the time, and processes collect at two times
)
async def test_a_broken_packet_is_no_whole_page(site: ScriptedCrm, body: bytes) -> None:
    site.behaviour = answer(200, body, Content_Encoding="gzip")
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert not page.is_whole


async def test_a_page_without_end_is_cut(site: ScriptedCrm) -> None:
    site.behaviour = flood
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert (page.body, page.is_whole) == (b"x" * 1000, False)


async def test_time_bounds_all_of_it_together(site: ScriptedCrm) -> None:
    site.by_path["/"] = answer(302, Location="/slow")
    site.behaviour = hang
    with pytest.raises(OutboundError) as late:
        await fetch(Outbound((site.host,)), f"http://{site.host}/", timeout_seconds=0.5)
    assert late.value.reason == "No reply within 0.5 seconds."


async def test_a_page_that_drips_is_what_came_in_time(site: ScriptedCrm) -> None:
    site.behaviour = drip_body
    page = await fetch(Outbound((site.host,)), f"http://{site.host}/", timeout_seconds=1.0)
    assert (page.status_code, page.is_whole) == (201, False)


async def test_a_connection_that_breaks_off_is_an_error(site: ScriptedCrm) -> None:
    site.by_path["/"] = answer(302, Location="/next")
    site.behaviour = drop
    with pytest.raises(OutboundError) as broken:
        await fetch(Outbound((site.host,)), f"http://{site.host}/")
    assert not broken.value.permanent
