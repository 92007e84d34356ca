"""A closed-loop load: each connection sends its next request when the last is answered."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass

import httptools


@dataclass(frozen=True, slots=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes = b""

    def encode(self, port: int) -> bytes:
        lines = [f"{self.method} {self.path} HTTP/1.1", f"host: 127.0.0.1:{port}"]
        lines += [f"{name}: {value}" for name, value in self.headers.items()]
        if self.body:
            lines += ["content-type: application/json", f"content-length: {len(self.body)}"]
        return "\r\n".join(lines).encode() + b"\r\n\r\n" + self.body


@dataclass(frozen=True, slots=True)
class Load:
    """What one round did: requests answered with 2xx, others, and seconds."""

    answered: int
    refused: int
    seconds: float


class Connection(asyncio.Protocol):
    def __init__(self, port: int, make_request: Callable[[], Request], until: float) -> None:
        self.port = port
        self.make_request = make_request
        self.until = until
        self.answered = self.refused = 0
        self.done = asyncio.get_running_loop().create_future()
        self.parser = httptools.HttpResponseParser(self)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        self.send_next()

    def send_next(self) -> None:
        if time.perf_counter() >= self.until:
            self.transport.close()
        else:
            self.transport.write(self.make_request().encode(self.port))

    def data_received(self, data: bytes) -> None:
        self.parser.feed_data(data)

    def on_message_complete(self) -> None:
        if 200 <= self.parser.get_status_code() < 300:
            self.answered += 1
        else:
            self.refused += 1
        self.parser = httptools.HttpResponseParser(self)
        asyncio.get_running_loop().call_soon(self.send_next)

    def connection_lost(self, _: Exception | None) -> None:
        if not self.done.done():
            self.done.set_result(None)


async def run_load(
    port: int, make_request: Callable[[], Request], *, connections: int, seconds: float
) -> Load:
    loop = asyncio.get_running_loop()
    started = time.perf_counter()
    until = started + seconds
    opened = [
        (
            await loop.create_connection(
                lambda: Connection(port, make_request, until), "127.0.0.1", port
            )
        )[1]
        for _ in range(connections)
    ]
    async with asyncio.timeout(seconds + 60):
        await asyncio.gather(*(connection.done for connection in opened))
    return Load(
        sum(connection.answered for connection in opened),
        sum(connection.refused for connection in opened),
        time.perf_counter() - started,
    )
