"""A CRM over real HTTP that does as it is told: takes leads, fails, hangs, drips, drops."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from frontdesk.projects.destinations import HttpDestination

# How long a test waits for a condition; nothing that works comes near it.
PATIENCE_SECONDS = 30.0


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        value = json.loads(self.body)
        assert isinstance(value, dict)
        return value

    @property
    def lead_id(self) -> str:
        return self.headers["frontdesk-lead-id"]


Behaviour = Callable[["ScriptedCrm", asyncio.StreamWriter], Awaitable[None]]


@dataclass
class ScriptedCrm:
    """`behaviour` answers every request, unless `by_path` has another one for its path.

    `received` holds every request that came in whole, whatever was answered.
    """

    port: int = 0
    behaviour: Behaviour = field(default_factory=lambda: answer(201, b'{"id": "crm-1"}'))
    by_path: dict[str, Behaviour] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)
    connections: int = 0
    closing: asyncio.Event = field(default_factory=asyncio.Event)
    _arrived: asyncio.Condition = field(default_factory=asyncio.Condition)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.port}"

    def destination(self, destination_id: str = "crm", **settings: Any) -> HttpDestination:
        """A destination whose path here is its id."""
        return HttpDestination(
            id=destination_id, url=f"http://{self.host}/{destination_id}", **settings
        )

    def at(self, path: str) -> list[Received]:
        return [request for request in self.received if request.path == path]

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        """Wait until requests have made `condition` true. Raises TimeoutError."""
        async with asyncio.timeout(PATIENCE_SECONDS), self._arrived:
            await self._arrived.wait_for(condition)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        try:
            while not self.closing.is_set() and not writer.is_closing():
                request = await _read_request(reader)
                self.received.append(request)
                async with self._arrived:
                    self._arrived.notify_all()
                await self.by_path.get(request.path, self.behaviour)(self, writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()


@asynccontextmanager
async def run_crm(host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[ScriptedCrm]:
    crm = ScriptedCrm()
    tasks: set[asyncio.Task[None]] = set()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        tasks.add(task)
        await crm.serve(reader, writer)

    server = await asyncio.start_server(serve, host, port)
    crm.port = server.sockets[0].getsockname()[1]
    try:
        yield crm
    finally:
        crm.closing.set()
        server.close()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def answer(status: int, body: bytes = b"", **headers: str) -> Behaviour:
    """Reply at once; header names are written with `_` for `-`."""
    lines = [f"HTTP/1.1 {status} Scripted", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"

    async def behave(_crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        writer.write(head + body)
        await writer.drain()

    return behave


def in_turn(*behaviours: Behaviour) -> Behaviour:
    """One after the other; the last one stays."""
    left = list(behaviours)

    async def behave(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
        await (left.pop(0) if len(left) > 1 else left[0])(crm, writer)

    return behave


async def hang(crm: ScriptedCrm, _writer: asyncio.StreamWriter) -> None:
    """Take the request and never reply."""
    await crm.closing.wait()


async def drop(_crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
    """Take the request, which is saved in `received`, and break off without a reply."""
    writer.close()


async def drip_head(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
    """Begin a status line and never end it, a byte now and then."""
    writer.write(b"HTTP/1.1 200 ")
    while not crm.closing.is_set():
        writer.write(b"O")
        await writer.drain()
        await asyncio.sleep(0.02)


async def drip_body(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
    """Say 201 at once, then a body without end, a byte now and then."""
    writer.write(b"HTTP/1.1 201 Created\r\nContent-Length: 1000000\r\n\r\n")
    while not crm.closing.is_set():
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def flood(crm: ScriptedCrm, writer: asyncio.StreamWriter) -> None:
    """Say 200, then send without end, as fast as it is taken."""
    writer.write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
    while not crm.closing.is_set():
        writer.write(b"4000\r\n" + b"x" * 0x4000 + b"\r\n")
        await writer.drain()


async def _read_request(reader: asyncio.StreamReader) -> Received:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
    request_line, *lines = head.strip().split("\r\n")
    method, path, _ = request_line.split(" ")
    headers = {}
    for line in lines:
        name, _, value = line.partition(":")
        headers[name.lower()] = value.strip()
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)
