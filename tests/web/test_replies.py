"""What goes over the wire for one request: `web/replies.py` on uvicorn's connection."""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import pytest
from uvicorn.config import Config
from uvicorn.server import ServerState

from frontdesk.web.connection import bounded_connection

Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Answer = Callable[[Send], Awaitable[None]]
GET = b"GET /things?a=%201 HTTP/1.1\r\nHost: a\r\n\r\n"


class Wire(asyncio.Transport):
    """A transport that keeps each write by itself."""

    def __init__(self) -> None:
        super().__init__()
        self.writes: list[bytes] = []
        self.is_closed = False
        self.connection: Any = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.writes.append(bytes(data))

    def is_closing(self) -> bool:
        return self.is_closed

    def close(self) -> None:
        self.is_closed = True

    def pause_reading(self) -> None:
        """There is nothing more to read."""

    resume_reading = pause_reading


async def exchange(answer: Answer, *requests: bytes, wire: Wire | None = None) -> Wire:
    """All that was written when every request has run to its end."""
    wire = wire or Wire()
    state = ServerState()

    async def app(_scope: object, _receive: object, send: Send) -> None:
        await answer(send)

    made: Any = bounded_connection(60, 60)
    connection = made(Config(app, lifespan="off", ws="none", log_config=None), state, {})
    wire.connection = connection
    connection.connection_made(wire)
    connection.data_received(b"".join(requests))
    while state.tasks:
        await asyncio.gather(*state.tasks)
        await asyncio.sleep(0)  # the next one of a pipeline
    is_closed = wire.is_closed
    connection.connection_lost(None)
    wire.is_closed = is_closed
    return wire


def start(*headers: tuple[bytes, bytes], status: int = 200) -> MutableMapping[str, Any]:
    return {"type": "http.response.start", "status": status, "headers": list(headers)}


def body(text: bytes, *, more: bool = False) -> MutableMapping[str, Any]:
    return {"type": "http.response.body", "body": text, "more_body": more}


async def say_hello(send: Send) -> None:
    await send(start((b"content-type", b"text/plain"), (b"content-length", b"5")))
    await send(body(b"hello"))


async def test_head_and_body_are_one_write() -> None:
    wire = await exchange(say_hello, GET)
    head = b"HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\n"
    assert wire.writes == [head + b"hello"]
    assert not wire.is_closed


async def test_the_head_of_a_stream_does_not_wait_for_its_first_piece() -> None:
    wire = Wire()

    async def stream(send: Send) -> None:
        await send(start())
        assert len(wire.writes) == 1
        await send(body(b"first", more=True))
        await send(body(b"", more=True))
        await send(body(b"last"))

    await exchange(stream, GET, wire=wire)
    assert wire.writes[0] == b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n"
    assert b"".join(wire.writes[1:]) == b"5\r\nfirst\r\n4\r\nlast\r\n0\r\n\r\n"
    assert not wire.is_closed


async def test_what_is_sent_to_who_has_left_goes_nowhere() -> None:
    wire = Wire()
    ended = []

    async def stream(send: Send) -> None:
        await send(start())
        await send(body(b"first", more=True))
        wire.connection.connection_lost(None)
        await send(body(b"second", more=True))
        await send(body(b""))
        ended.append(True)

    await exchange(stream, GET, wire=wire)
    assert ended
    assert b"second" not in b"".join(wire.writes)


async def test_head_has_the_length_and_no_body() -> None:
    wire = await exchange(say_hello, GET.replace(b"GET", b"HEAD"))
    assert wire.writes[0].endswith(b"content-length: 5\r\n\r\n")
    assert len(wire.writes) == 1


@pytest.mark.parametrize("status", [204, 304])
async def test_a_status_without_body_has_no_framing(status: int) -> None:
    async def say_nothing(send: Send) -> None:
        await send(start((b"etag", b'"1"'), status=status))
        await send(body(b""))

    wire = await exchange(say_nothing, GET)
    assert re.fullmatch(rb'HTTP/1.1 \d+ [\w ]+\r\netag: "1"\r\n\r\n', b"".join(wire.writes))


async def test_replies_come_in_the_order_of_the_requests() -> None:
    numbers = iter(range(3))

    async def count(send: Send) -> None:
        number = next(numbers)
        for _ in range(3 - number):  # the first one takes longest
            await asyncio.sleep(0)
        await send(start((b"content-length", b"1")))
        await send(body(b"%d" % number))

    wire = await exchange(count, GET, GET, GET)
    assert [written[-1:] for written in wire.writes] == [b"0", b"1", b"2"]


@pytest.mark.parametrize(
    "request_head",
    [GET.replace(b"1.1", b"1.0"), GET.replace(b"Host: a", b"Host: a\r\nConnection: close")],
)
async def test_a_client_that_wants_no_more_is_told_so_and_let_go(request_head: bytes) -> None:
    wire = await exchange(say_hello, request_head)
    assert wire.writes[0].count(b"connection: close\r\n") == 1
    assert wire.is_closed


async def test_a_reply_may_close_the_connection() -> None:
    async def refuse(send: Send) -> None:
        await send(start((b"connection", b"close"), (b"content-length", b"0"), status=413))
        await send(body(b""))

    wire = await exchange(refuse, GET)
    assert wire.writes[0].count(b"connection: close\r\n") == 1
    assert wire.is_closed


@pytest.mark.parametrize(
    "header",
    [
        (b"x-name", b"value\r\nset-cookie: a=b"),
        (b"x-name", b"value\x00"),
        (b"x name", b"value"),
        (b"x-name:", b"value"),
        (b"x-name\r\nset-cookie", b"value"),
        (b"", b"value"),
        (b"set-cookie", b"a=b\nc"),
        (b"x-request-id", b"12345678\r\n"),
    ],
)
async def test_a_header_that_would_be_two_is_never_sent(
    header: tuple[bytes, bytes], caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(send: Send) -> None:
        await send(start((b"content-length", b"5"), header))
        await send(body(b"hello"))

    for _ in range(2):  # a second time too: what is remembered are sound lines alone
        wire = await exchange(answer, GET)
        assert b"value" not in b"".join(wire.writes)
        assert b"a=b" not in b"".join(wire.writes)
        assert wire.is_closed
    assert caplog.text


@pytest.mark.parametrize("text", [b"four", b"longer"])
async def test_a_body_of_another_length_never_goes_out(
    text: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    async def answer(send: Send) -> None:
        await send(start((b"content-length", b"5")))
        await send(body(text))

    wire = await exchange(answer, GET)
    assert (wire.writes, wire.is_closed) == ([], True)
    assert caplog.text


async def test_what_breaks_off_closes_the_connection(caplog: pytest.LogCaptureFixture) -> None:
    async def break_off(send: Send) -> None:
        await send(start())
        await send(body(b"first", more=True))

    wire = await exchange(break_off, GET)
    assert wire.is_closed
    assert not b"".join(wire.writes).endswith(b"0\r\n\r\n")
    assert caplog.text


async def test_nothing_is_sent_out_of_turn(caplog: pytest.LogCaptureFixture) -> None:
    async def begin_with_the_body(send: Send) -> None:
        await send(body(b"hello"))

    async def begin_twice(send: Send) -> None:
        await say_hello(send)
        await send(start())

    wire = await exchange(begin_with_the_body, GET)
    assert wire.writes[0].startswith(b"HTTP/1.1 500 ")
    assert wire.is_closed
    wire = await exchange(begin_twice, GET)
    assert len(wire.writes) == 1
    assert caplog.text
