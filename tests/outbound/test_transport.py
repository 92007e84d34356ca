"""The operator's servers over HTTP/1.1, as they reply well, badly and not at all."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

from frontdesk.outbound import transport
from frontdesk.outbound.operators import OperatorClient
from tests.support.certificates import make_tls

PATIENCE = httpx2.Timeout(30)
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
    b"3\r\none\r\n3\r\ntwo\r\n0\r\nX-Trailer: yes\r\n\r\n"
)


class Last(bytes):
    """A reply after which the server closes the connection."""


@dataclass
class Scripted:
    """One of `replies` for each request, whoever's connection it comes on."""

    replies: list[bytes]
    port: int = 0
    connections: int = 0
    heads: list[bytes] = field(default_factory=list)
    has_closed: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                self.heads.append(head)
                length = head.lower().partition(b"content-length: ")[2].partition(b"\r")[0]
                await reader.readexactly(int(length or 0))
                reply = self.replies.pop(0)
                writer.write(reply)
                await writer.drain()
                if isinstance(reply, Last):
                    break
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()
            self.has_closed.set()


@asynccontextmanager
async def at(
    *replies: bytes, tls: ssl.SSLContext | None = None, patience: httpx2.Timeout = PATIENCE
) -> AsyncIterator[tuple[Scripted, OperatorClient]]:
    """A server, and a client whose base address it is."""
    server = Scripted(list(replies))
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0, ssl=tls)
    server.port = listening.sockets[0].getsockname()[1]
    base_url = f"{'https' if tls else 'http'}://localhost:{server.port}"
    async with listening, OperatorClient([base_url], timeout=patience) as client:
        client.base_url = httpx2.URL(base_url)
        yield server, client


def sized(body: bytes, *headers: bytes) -> bytes:
    head = b"\r\n".join([b"HTTP/1.1 200 OK", b"Content-Length: %d" % len(body), *headers])
    return head + b"\r\n\r\n" + body


async def test_one_connection_brings_one_reply_after_the_other() -> None:
    async with at(sized(b"first"), CHUNKED, sized(b"")) as (server, client):
        texts = [(await client.post("/v1/chat?alt=sse", json={"a": 1})).text for _ in range(3)]
    assert texts == ["first", "onetwo", ""]
    assert server.connections == 1
    head = server.heads[0].lower()
    assert head.startswith(b"post /v1/chat?alt=sse http/1.1\r\n")
    assert b"\r\nhost: localhost:%d\r\n" % server.port in head
    assert b"\r\ncontent-length: 7\r\n" in head


async def test_pieces_that_came_together_are_given_together() -> None:
    async with at(CHUNKED) as (_, client), client.stream("POST", "/") as response:
        assert [part async for part in response.aiter_raw()] == [b"onetwo"]
        assert "x-trailer" not in response.headers


@pytest.mark.parametrize(
    "reply",
    [
        Last(b"HTTP/1.1 200 OK\r\n\r\nall of it"),
        Last(b"HTTP/1.0 200 OK\r\nContent-Length: 9\r\n\r\nall of it"),
        Last(sized(b"all of it", b"Connection: close")),
    ],
)
async def test_a_connection_that_ends_is_not_asked_again(reply: bytes) -> None:
    async with at(reply, sized(b"another")) as (server, client):
        assert (await client.post("/")).text == "all of it"
        assert (await client.post("/")).text == "another"
    assert server.connections == 2


async def test_a_server_may_close_a_connection_that_waits() -> None:
    async with at(Last(sized(b"first")), sized(b"second")) as (server, client):
        assert (await client.post("/")).text == "first"
        await server.has_closed.wait()
        assert (await client.post("/")).text == "second"
    assert server.connections == 2


async def test_a_connection_that_waited_too_long_is_not_asked_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "IDLE_SECONDS", 0.0)
    async with at(sized(b"first"), sized(b"second")) as (server, client):
        for expected in ("first", "second"):
            assert (await client.post("/")).text == expected
    assert server.connections == 2


async def test_only_so_many_connections_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "IDLE_CONNECTIONS", 1)
    async with at(*[sized(b"ok")] * 4) as (server, client):
        await asyncio.gather(client.post("/"), client.post("/"))
        await asyncio.gather(client.post("/"), client.post("/"))
    assert server.connections == 3


async def test_who_stops_reading_closes_the_connection() -> None:
    async with at(sized(b"x" * 10_000_000), sized(b"second")) as (server, client):
        async with client.stream("POST", "/") as response:
            async for _ in response.aiter_raw():
                break
        await server.has_closed.wait()
        assert (await client.post("/")).text == "second"
    assert server.connections == 2


async def test_an_interim_reply_is_passed_over() -> None:
    interim = b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>\r\n\r\n"
    async with at(interim + interim + sized(b"the reply"), sized(b"second")) as (server, client):
        response = await client.post("/")
        assert (response.status_code, response.text) == (200, "the reply")
        assert "link" not in response.headers
        assert (await client.post("/")).text == "second"
    assert server.connections == 1


@pytest.mark.parametrize(
    "reply",
    [
        Last(b""),
        Last(b"HTTP/1.1 200 OK\r\nContent-Le"),
        Last(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"),
        Last(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nshort\r\n"),
        b"SSH-2.0-OpenSSH_9.6\r\n\r\n",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: other\r\nConnection: upgrade\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        b"HTTP/1.1 200 OK\r\n" + b"X-Header: y\r\n" * 20_000,
        # What nobody asked for, and is no part of the reply before.
        sized(b"mine") + sized(b"not asked for"),
    ],
)
async def test_what_is_no_whole_reply_is_an_error(reply: bytes) -> None:
    async with at(reply, sized(b"second")) as (server, client):
        with pytest.raises(httpx2.RemoteProtocolError):
            await client.post("/")
        assert (await client.post("/")).text == "second"
    assert server.connections == 2


@pytest.mark.parametrize("reply", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort"])
async def test_a_silent_server_is_given_up(reply: bytes) -> None:
    async with at(reply, patience=httpx2.Timeout(30, read=0.05)) as (server, client):
        with pytest.raises(httpx2.ReadTimeout):
            await client.post("/")
        await server.has_closed.wait()


async def test_nobody_there() -> None:
    async with at() as (server, client):
        pass
    async with OperatorClient([f"http://127.0.0.1:{server.port}"], timeout=PATIENCE) as client:
        with pytest.raises(httpx2.ConnectError):
            await client.get(f"http://127.0.0.1:{server.port}/")


@pytest.mark.parametrize(
    "headers", [{"x-key": "a\r\nx-other: b"}, {"x-key\r\nx-other": "b"}, {"x key": "b"}]
)
async def test_a_header_that_would_be_two_is_not_sent(headers: dict[str, str]) -> None:
    async with at() as (server, client):
        with pytest.raises(httpx2.LocalProtocolError):
            await client.post("/", headers=headers)
    assert server.connections == 0


async def test_a_body_without_a_length_is_not_sent() -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"piece"

    async with at() as (server, client):
        with pytest.raises(httpx2.LocalProtocolError):
            await client.post("/", content=pieces())
    assert server.connections == 0


async def test_a_certificate_has_to_be_of_the_host_and_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    right, trusting = make_tls(tmp_path, "localhost")
    wrong, trusting_wrong = make_tls(tmp_path, "other.example")
    for tls, trust in [(right, ssl.create_default_context()), (wrong, trusting_wrong)]:
        monkeypatch.setattr(transport, "system_trust", lambda trust=trust: trust)
        async with at(sized(b"secret"), tls=tls) as (server, client):
            with pytest.raises(httpx2.ConnectError):
                await client.post("/")
        assert server.heads == []
    monkeypatch.setattr(transport, "system_trust", lambda: trusting)
    async with at(sized(b"secret"), sized(b"second"), tls=right) as (server, client):
        assert (await client.post("/")).text == "secret"
        assert (await client.post("/")).text == "second"
    assert server.connections == 1
