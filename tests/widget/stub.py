"""A service that says what a test tells it to, and host pages that are not ours.

One server, told apart by host name: `desk.localhost` is the service, every other name is a website.
To a browser they are different origins, as in real life.
"""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import uvicorn
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Host, Route

ASSETS = Path(__file__).parents[2] / "src/frontdesk/web/assets"
EXPIRES_AT = "2099-01-01T00:00:00.000Z"
MESSAGE_ID = "message_N"  # each reply that is sent has a number of its own


def make_project(project_id: str = "palm-grove", **changes: Any) -> dict[str, Any]:
    name = project_id.replace("-", " ").title()
    return {
        "id": project_id,
        "name": name,
        "path_prefix": "/",
        "by_hand": False,
        "language": "en",
        "country": "IN",
        "time_zone": "Asia/Kolkata",
        "phone": {
            "calling_code": "91",
            "digits": [10],
            "mobile_digits": [10],
            "adjective": "Indian",
        },
        "theme": "auto",
        "accent": "#1f6f54",
        "on_accent": "#ffffff",
        "accent_dark": "#2a765d",
        "on_accent_dark": "#ffffff",
        "position": "right",
        "size": "regular",
        "launcher": "circle",
        "logo_url": None,
        "logo_path": None,
        "greeting": f"Hello. Ask me anything about {name}: prices, sizes, possession, a visit.",
        "hours_line": "Answers in seconds, people from 10 to 7",
        "legal_line": "MahaRERA P52100000000",
        "quick_replies": ["Prices", "Sizes", "Possession", "Book a visit"],
        "office": None,
        "bubble": None,
        "hidden_paths": [],
        "sound": False,
        "conversions": [],
        "texts": {},
        "consent": {
            "version": "1",
            "text": "I agree to be called or messaged about this project.",
            "required": True,
        },
    } | changes


def problem(status: int, code: str, detail: str, **more: Any) -> Response:
    document = {"status": status, "code": code, "detail": detail, **more}
    return JSONResponse(document, status, media_type="application/problem+json")


def event(name: str, data: object) -> bytes:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()


def reply(
    text: str,
    quick_replies: tuple[str, ...] = (),
    form: str | None = None,
    *,
    talk: dict[str, Any] | None = None,
    cards: Sequence[dict[str, Any]] = (),
) -> list[bytes | threading.Event]:
    """The chunks of a whole streamed reply, in two deltas."""
    half = len(text) // 2
    at = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    message = {
        "id": MESSAGE_ID,
        "author": "desk",
        "text": text,
        "at": at,
        "source": None,
        "reply_to": None,
        "cards": list(cards),
    }
    done = {
        "message": message,
        "quick_replies": list(quick_replies),
        "form": {"interest": form} if form else None,
        "talk": talk,
    }
    return [
        event("delta", {"text": text[:half]}),
        event("delta", {"text": text[half:]}),
        event("done", done),
    ]


@dataclass
class Call:
    method: str
    path: str
    query: str
    headers: dict[str, str]
    body: Any


@dataclass
class Page:
    html: str
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Stub:
    """`replies` and `leads` are used up in turn; the last one stays. `calls` is what came in."""

    origin: str = ""
    port: int = 0
    projects: list[dict[str, Any]] = field(default_factory=lambda: [make_project()])
    replies: list[Response | list[bytes | threading.Event]] = field(
        default_factory=lambda: [reply("2 BHK homes start at ₹84 lakh.")]
    )
    leads: list[Response] = field(
        default_factory=lambda: [
            JSONResponse({"id": "lead_1", "message": "Thank you, Asha. The team will call."}, 201)
        ]
    )
    history: Callable[[], Response] = lambda: JSONResponse({"messages": []})
    pages: dict[str, Page] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    panel_is_broken: bool = False
    told: threading.Event = field(default_factory=threading.Event)

    def to(self, method: str, path: str) -> list[Call]:
        return [call for call in self.calls if (call.method, call.path) == (method, path)]

    async def hear(self) -> list[dict[str, Any]]:
        """Waits for the next batch of events and returns all that were told so far."""
        assert await asyncio.to_thread(self.told.wait, 30), "no events came"
        self.told.clear()
        return self.events()

    def events(self) -> list[dict[str, Any]]:
        """What was told, in the order it came in."""
        batches = self.to("POST", "/v1/events")
        return [event for batch in batches for event in batch.body["events"]]

    def messages(self) -> list[Call]:
        return [call for call in self.calls if call.method == "POST" and "/messages" in call.path]

    def site(self, host: str = "palmgrove.localhost", path: str = "/") -> str:
        return f"http://{host}:{self.port}{path}"

    async def record(self, request: Request) -> None:
        body = await request.body()
        self.calls.append(
            Call(
                request.method,
                request.url.path,
                request.url.query,
                dict(request.headers),
                json.loads(body) if body else None,
            )
        )

    async def settings(self, request: Request) -> Response:
        await self.record(request)
        if not self.projects:
            return problem(404, "unknown_site", "No project has a site on this host.")
        return JSONResponse({"host": request.query_params["host"], "projects": self.projects})

    async def start(self, request: Request) -> Response:
        await self.record(request)
        number = len(self.to("POST", "/v1/conversations"))
        return JSONResponse(
            {"id": f"c{number}", "token": f"token{number}", "expires_at": EXPIRES_AT}, 201
        )

    async def send(self, request: Request) -> Response:
        await self.record(request)
        answer = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(answer, Response):
            return answer

        number = f"message_{len(self.messages())}".encode()

        async def stream() -> AsyncIterator[bytes]:
            for chunk in answer:
                if isinstance(chunk, threading.Event):
                    await asyncio.to_thread(chunk.wait, 30)
                else:
                    yield chunk.replace(MESSAGE_ID.encode(), number)

        return StreamingResponse(stream(), media_type="text/event-stream")

    async def list_messages(self, request: Request) -> Response:
        await self.record(request)
        return self.history()

    async def capture(self, request: Request) -> Response:
        await self.record(request)
        return self.leads.pop(0) if len(self.leads) > 1 else self.leads[0]

    async def take_events(self, request: Request) -> Response:
        await self.record(request)
        self.told.set()
        return Response(status_code=202)

    async def page(self, request: Request) -> Response:
        page = self.pages.get(request.url.path)
        return HTMLResponse(page.html, headers=page.headers) if page else Response(status_code=404)

    async def asset(self, request: Request) -> Response:
        file = request.path_params.get("file", "widget.js")
        if self.panel_is_broken and file != "widget.js":
            return Response(status_code=503)
        return Response((ASSETS / file).read_bytes(), media_type="text/javascript")

    def app(self) -> Starlette:
        service = Starlette(
            routes=[
                Route("/widget.js", self.asset),
                Route("/assets/{file}", self.asset),
                Route("/v1/widget", self.settings),
                Route("/v1/conversations", self.start, methods=["POST"]),
                Route("/v1/conversations/{id}/messages", self.send, methods=["POST"]),
                Route("/v1/conversations/{id}/messages", self.list_messages),
                Route("/v1/leads", self.capture, methods=["POST"]),
                Route("/v1/events", self.take_events, methods=["POST"]),
            ],
            middleware=[
                Middleware(
                    CORSMiddleware, allow_origins=["*"], allow_methods=["*"], allow_headers=["*"]
                )
            ],
        )
        return Starlette(
            routes=[
                Host("desk.localhost", service),
                Route("/{path:path}", self.page),
            ]
        )


@contextmanager
def serving(stub: Stub) -> Iterator[Stub]:
    """Serves the stub on a free port from a thread of its own."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    stub.port = listener.getsockname()[1]
    stub.origin = f"http://desk.localhost:{stub.port}"
    server = uvicorn.Server(uvicorn.Config(stub.app(), log_level="error", lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
    thread.start()
    try:
        yield stub
    finally:
        server.should_exit = True
        server.force_exit = True
        thread.join(20)
        listener.close()
