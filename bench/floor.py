"""The floor: the least code that answers the hot requests properly, as bare ASGI.

`GET /v1/widget` sends bytes kept in memory; `POST /v1/leads` is durable (WAL, FULL, group commit)
before 201, and so is `POST /v1/events`; `POST /v1/chat` relays a model's stream. No validation, no
guard, no limit: what Frontdesk costs above it is what those cost.
"""

import asyncio
import json
import os
import queue
import threading
import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

import apsw
import httpx2

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

Write = tuple[str, list[tuple[Any, ...]], asyncio.Future[None]]

SETTINGS = json.dumps({"host": "project-1.example", "projects": [{"text": "x" * 900}]}).encode()
MODEL_URL = os.environ.get("BENCH_MODEL_URL", "")


class GroupCommit(threading.Thread):
    """One writer: what waits goes into one transaction, then every caller is woken."""

    def __init__(self, path: str, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(daemon=True)
        self.waiting: queue.SimpleQueue[Write] = queue.SimpleQueue()
        self.loop = loop
        self.database = apsw.Connection(path)
        self.database.execute("PRAGMA journal_mode=WAL")
        self.database.execute("PRAGMA synchronous=FULL")
        self.database.execute("CREATE TABLE IF NOT EXISTS leads (document TEXT NOT NULL)")
        self.database.execute(
            "CREATE TABLE IF NOT EXISTS events"
            " (id TEXT, project TEXT, kind TEXT, at REAL, page TEXT)"
        )

    def run(self) -> None:
        while True:
            group = [self.waiting.get()]
            while len(group) < 512 and not self.waiting.empty():
                group.append(self.waiting.get())
            with self.database:
                for sql, rows, _ in group:
                    self.database.executemany(sql, rows)
            self.loop.call_soon_threadsafe(wake, [future for _, _, future in group])


def wake(futures: list[asyncio.Future[None]]) -> None:
    for future in futures:
        future.set_result(None)


class Floor:
    def __init__(self) -> None:
        self.writer: GroupCommit | None = None
        self.model: httpx2.AsyncClient | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            return
        if self.writer is None:
            self.writer = GroupCommit(os.environ["BENCH_DATABASE"], asyncio.get_running_loop())
            self.writer.start()
            self.model = httpx2.AsyncClient(timeout=30, trust_env=False)
        path = scope["path"]
        if path == "/v1/widget":
            await reply(send, 200, SETTINGS)
        elif path == "/v1/leads":
            document = json.loads(await read(receive))
            await self.write("INSERT INTO leads VALUES (?)", [(json.dumps(document),)])
            await reply(send, 201, b'{"id":"lead_1"}')
        elif path == "/v1/events":
            batch = json.loads(await read(receive))
            at, project, page = time.time(), batch["project"], batch["path"]
            rows = [(one["id"], project, one["kind"], at, page) for one in batch["events"]]
            await self.write("INSERT INTO events VALUES (?, ?, ?, ?, ?)", rows)
            await reply(send, 202, b"{}")
        elif path == "/v1/chat":
            await self.relay(receive, send)
        else:
            await reply(send, 404, b"{}")

    async def write(self, sql: str, rows: list[tuple[Any, ...]]) -> None:
        assert self.writer is not None
        future = asyncio.get_running_loop().create_future()
        self.writer.waiting.put((sql, rows, future))
        await future

    async def relay(self, receive: Receive, send: Send) -> None:
        assert self.model is not None
        question = json.loads(await read(receive))["text"]
        body = {"contents": [{"role": "user", "parts": [{"text": question}]}]}
        await begin(send, 200, b"text/event-stream")
        async with self.model.stream("POST", MODEL_URL, json=body) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    text = json.loads(line[6:])["candidates"][0]["content"]["parts"][0]["text"]
                    delta = b"event: delta\ndata: " + json.dumps({"text": text}).encode() + b"\n\n"
                    await send({"type": "http.response.body", "body": delta, "more_body": True})
        await send({"type": "http.response.body", "body": b"event: done\ndata: {}\n\n"})


async def read(receive: Receive) -> bytes:
    body = b""
    while True:
        message = await receive()
        body += bytes(message.get("body", b""))
        if not message.get("more_body"):
            return body


async def begin(send: Send, status: int, content_type: bytes) -> None:
    headers = [(b"content-type", content_type)]
    await send({"type": "http.response.start", "status": status, "headers": headers})


async def reply(send: Send, status: int, body: bytes) -> None:
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


app = Floor()
