"""Server-sent events, however the network cuts them; and pieces that wait for nobody."""

import asyncio

import httpx2
import pytest

from frontdesk.llm.base import Chunk, Fault, ProviderError
from frontdesk.llm.events import MAX_EVENT_BYTES, EventReader
from frontdesk.llm.http import make_client, stream_chunks

STREAM = (
    b"data: one\n\n"
    b": a comment\n"
    b"event: note\r\nid: 7\r\ndata:two\r\ndata: lines\r\n\r\n"
    b"retry: 5\n\n"
    b"data\n\n"
    b"data: \xe2\x82\xb9 84 \xc2\x85 lakh\r\r\n"
    b"data: without an end\n"
)
EVENTS = [b"one", b"two\nlines", b"", "₹ 84 \x85 lakh".encode()]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_events_are_the_same_wherever_they_are_cut(size: int) -> None:
    reader = EventReader()
    parts = [STREAM[at : at + size] for at in range(0, len(STREAM), size)]
    assert [event for part in parts for event in reader.feed(part)] == EVENTS


@pytest.mark.parametrize("line", [b"x" * 1000, b"data: " + b"x" * 1000 + b"\n"])
def test_an_event_without_measure_is_refused(line: bytes) -> None:
    reader = EventReader()
    for _ in range(MAX_EVENT_BYTES // len(line) - 10):
        assert reader.feed(line) == []
    with pytest.raises(ProviderError) as caught:
        reader.feed(line * 20)
    assert caught.value.kind is Fault.MALFORMED


async def test_a_piece_is_given_before_the_next_one_is_there() -> None:
    """The server sends the second piece only once the first has been read."""
    has_come = asyncio.Event()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n")
        writer.write(b"data: one\n\ndata: two\n\nda")
        await has_come.wait()
        writer.write(b"ta: three\n\n")
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    texts = []
    async with server, make_client([url], first_token_seconds=30) as client:
        read = lambda data: iter([Chunk(data.decode())])  # noqa: E731
        async for chunk in stream_chunks(client, url, {}, {}, read):
            texts.append(chunk.text)
            has_come.set()
    assert texts == ["onetwo", "three"]


async def test_another_media_type_is_no_stream() -> None:
    reply = httpx2.Response(200, text="data: one\n\n", headers={"Content-Type": "text/html"})
    client = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda _: reply))
    read = lambda data: iter([Chunk(data.decode())])  # noqa: E731
    with pytest.raises(ProviderError) as caught:
        async for _ in stream_chunks(client, "https://model.example", {}, {}, read):  # type: ignore[arg-type]
            pass
    assert caught.value.kind is Fault.UNAVAILABLE
