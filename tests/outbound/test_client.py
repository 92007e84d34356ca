"""The way out: public addresses only, the one that was checked, bounded, and nowhere else."""

from collections.abc import AsyncIterator

import pytest

from frontdesk.outbound import network
from frontdesk.outbound.addresses import is_public
from frontdesk.outbound.client import MAX_REPLY_BYTES, Outbound, Reply
from frontdesk.outbound.network import OutboundError
from tests.support.crm import (
    ScriptedCrm,
    answer,
    drip_body,
    drip_head,
    drop,
    flood,
    hang,
    run_crm,
)

PRIVATE = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",  # shared by carriers (RFC 6598)
    "100.100.100.200",  # Alibaba's metadata
    "127.0.0.1",
    "127.255.255.254",
    "168.63.129.16",  # Azure's host
    "169.254.169.254",  # metadata
    "172.16.0.1",
    "192.0.0.192",  # Oracle's metadata
    "192.168.1.1",
    "198.18.0.1",
    "203.0.113.7",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::ffff:0:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:db8::1",
    "2002:7f00:1::",
    "2002:a00:1::",
    "fc00::1",
    "fd00:ec2::254",
    "fe80::1",
    "fe80::1%1",
    "fec0::1",
    "ff02::1",
]
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "::ffff:8.8.8.8",
    "64:ff9b::808:808",
    "2002:808:808::",
    "2606:4700:4700::1111",
    "2a00:1450:4001:80b::200e",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_what_is_not_on_the_internet_is_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_what_is_on_the_internet_is_public(address: str) -> None:
    assert is_public(address)


@pytest.fixture
async def crm() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as crm:
        yield crm


async def send(outbound: Outbound, url: str, timeout_seconds: float = 30.0) -> Reply:
    try:
        return await outbound.send(
            "POST", url, headers={"X-Key": "k"}, content=b"{}", timeout_seconds=timeout_seconds
        )
    finally:
        await outbound.close()


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "0.0.0.0", "127.1"]
)
async def test_no_way_of_writing_this_machine_reaches_it(crm: ScriptedCrm, host: str) -> None:
    with pytest.raises(OutboundError) as refused:
        await send(Outbound(), f"http://{host}:{crm.port}/crm")
    assert "private address" in refused.value.reason
    assert crm.connections == 0


@pytest.mark.parametrize("port_too", [False, True])
async def test_an_operator_may_name_a_private_host(crm: ScriptedCrm, port_too: bool) -> None:
    allowed = crm.host if port_too else "127.0.0.1"
    reply = await send(Outbound((allowed,)), f"http://{crm.host}/crm")
    assert reply.status_code == 201
    assert crm.received[0].headers["host"] == crm.host


async def test_a_named_port_allows_no_other_port(crm: ScriptedCrm) -> None:
    with pytest.raises(OutboundError):
        await send(Outbound(("127.0.0.1:1",)), f"http://{crm.host}/crm")
    assert crm.connections == 0


async def test_of_a_name_only_the_public_addresses_are_tried(
    crm: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    # 127.0.0.2 stands for a public address; the CRM listens on the private one.
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.2")

    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.1", "127.0.0.2"]

    with pytest.raises(OutboundError) as refused:
        await send(Outbound(resolve=resolve), f"http://crm.example:{crm.port}/crm")
    assert refused.value.reason == "No connection could be made."
    assert crm.connections == 0


async def test_the_address_that_was_checked_is_the_one_connected_to(
    crm: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: the second look-up, were there one, would lead to the private CRM."""
    monkeypatch.setattr(network, "is_public", lambda address: address == "127.0.0.2")
    answers = [["127.0.0.2"], ["127.0.0.1"]]

    async def resolve(host: str, port: int) -> list[str]:
        return answers.pop(0)

    async with run_crm("127.0.0.2", crm.port) as public_crm:
        reply = await send(Outbound(resolve=resolve), f"http://crm.example:{crm.port}/crm")
        assert reply.status_code == 201
        assert [request.headers["host"] for request in public_crm.received] == [
            f"crm.example:{crm.port}"
        ]
    assert crm.connections == 0
    assert answers == [["127.0.0.1"]]


async def test_the_next_address_is_tried_when_one_refuses(crm: ScriptedCrm) -> None:
    async def resolve(host: str, port: int) -> list[str]:
        return ["127.0.0.9", "127.0.0.1"]

    name = f"crm.example:{crm.port}"
    reply = await send(Outbound((name,), resolve=resolve), f"http://{name}/crm")
    assert reply.status_code == 201


async def test_a_redirect_is_a_reply_and_nothing_more(crm: ScriptedCrm) -> None:
    crm.behaviour = answer(302, Location=f"http://{crm.host}/elsewhere")
    reply = await send(Outbound((crm.host,)), f"http://{crm.host}/crm")
    assert reply.status_code == 302
    assert [request.path for request in crm.received] == ["/crm"]


async def test_no_proxy_of_the_environment_is_asked(
    crm: ScriptedCrm, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    reply = await send(Outbound((crm.host,)), f"http://{crm.host}/crm")
    assert reply.status_code == 201


async def test_a_reply_without_end_is_cut(crm: ScriptedCrm) -> None:
    crm.behaviour = flood
    reply = await send(Outbound((crm.host,)), f"http://{crm.host}/crm")
    assert (reply.status_code, len(reply.body)) == (200, MAX_REPLY_BYTES)


async def test_a_status_counts_though_its_body_never_ends(crm: ScriptedCrm) -> None:
    crm.behaviour = drip_body
    reply = await send(Outbound((crm.host,)), f"http://{crm.host}/crm", timeout_seconds=1.0)
    assert reply.status_code == 201
    assert set(reply.body) <= {ord("x")}


@pytest.mark.parametrize("behaviour", [hang, drip_head])
async def test_time_bounds_the_whole_exchange(crm: ScriptedCrm, behaviour: object) -> None:
    crm.behaviour = behaviour  # type: ignore[assignment]
    with pytest.raises(OutboundError) as late:
        await send(Outbound((crm.host,)), f"http://{crm.host}/crm", timeout_seconds=0.5)
    assert late.value.reason == "No reply within 0.5 seconds."
    assert not late.value.permanent


async def test_a_broken_connection_may_be_tried_again(crm: ScriptedCrm) -> None:
    crm.behaviour = drop
    with pytest.raises(OutboundError) as broken:
        await send(Outbound((crm.host,)), f"http://{crm.host}/crm")
    assert broken.value.reason == "The connection broke off before a reply came."
    assert not broken.value.permanent


async def test_a_name_that_does_not_exist_may_be_tried_again() -> None:
    async def resolve(host: str, port: int) -> list[str]:
        raise OSError

    with pytest.raises(OutboundError) as unknown:
        await send(Outbound(resolve=resolve), "https://crm.example/")
    assert unknown.value.reason == "The name crm.example was not found."
    assert not unknown.value.permanent


@pytest.mark.parametrize(
    "url", ["ftp://crm.example/", "crm.example", "http:///x", "http://h:99999/", "http://[::1", ""]
)
async def test_what_is_no_web_address_is_not_tried_again(url: str) -> None:
    with pytest.raises(OutboundError) as wrong:
        await send(Outbound(), url)
    assert wrong.value.permanent


async def test_a_header_that_cannot_be_sent_is_not_tried_again(crm: ScriptedCrm) -> None:
    outbound = Outbound((crm.host,))
    with pytest.raises(OutboundError) as wrong:
        await outbound.send(
            "POST",
            f"http://{crm.host}/crm",
            headers={"X-Key": "a\r\nX-Other: b"},
            content=b"{}",
            timeout_seconds=30.0,
        )
    await outbound.close()
    assert wrong.value.permanent
    assert crm.received == []


async def test_a_connection_is_used_again(crm: ScriptedCrm) -> None:
    outbound = Outbound((crm.host,))
    for _ in range(3):
        await outbound.send(
            "POST", f"http://{crm.host}/crm", headers={}, content=b"{}", timeout_seconds=30.0
        )
    await outbound.close()
    assert (len(crm.received), crm.connections) == (3, 1)
