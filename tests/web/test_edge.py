"""What every reply has: an id, its security headers, no internals."""

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Scope
from structlog.testing import capture_logs

from frontdesk.app import create_app
from frontdesk.operations.metrics import Metrics
from frontdesk.projects.model import Project
from frontdesk.storage.sqlite.engine import SqliteStorage
from frontdesk.web.edge import incoming_request_id
from frontdesk.web.routes import Access, PublicRoute
from tests.support.application import PUBLIC_URL, make_production_settings, make_settings, run_app
from tests.support.clock import SteppedClock

SENTINEL = "Asha-Sentinel +919876543210 asha@sentinel.example"

DATA = {
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
PAGE = {
    "referrer-policy": "same-origin",
    "x-frame-options": "DENY",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-content-type-options": "nosniff",
}
ASSET = {
    "cross-origin-resource-policy": "cross-origin",
    "access-control-allow-origin": "*",
    "x-content-type-options": "nosniff",
}


class FailingStorage(SqliteStorage):
    """It fails in a way that nobody foresaw, with something personal in the message."""

    async def list_projects_for_hosts(self, hosts: Sequence[str]) -> list[Project]:
        raise RuntimeError(SENTINEL)


@pytest.mark.parametrize(
    ("path", "status", "expected"),
    [
        ("/health/live", 200, DATA),
        ("/nothing/here", 404, DATA),
        ("/v1/leads", 401, DATA),
        ("/metrics", 200, DATA),
        ("/docs", 200, {**PAGE, "cache-control": "public, max-age=300"}),
        ("/dashboard/sign-in", 200, {**PAGE, "cache-control": "no-store"}),
        ("/widget.js", 200, ASSET),
        ("/docs/style.css", 200, {"cross-origin-resource-policy": "same-origin"}),
    ],
)
async def test_headers_by_kind_of_reply(
    client: httpx2.AsyncClient, path: str, status: int, expected: dict[str, str]
) -> None:
    reply = await client.get(path)
    assert reply.status_code == status
    assert {name: reply.headers.get(name) for name in expected} == expected
    assert "strict-transport-security" not in reply.headers
    assert "server" not in reply.headers


@pytest.mark.parametrize("path", ["/docs", "/dashboard/sign-in"])
async def test_pages_run_no_script_and_load_nothing_of_others(
    client: httpx2.AsyncClient, path: str
) -> None:
    reply = await client.get(path)
    directives = {
        directive.split()[0]: directive.split()[1:]
        for directive in reply.headers["content-security-policy"].split(";")
    }
    assert directives["default-src"] == ["'none'"]
    assert directives["script-src"] == ["'self'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["frame-ancestors"] == ["'none'"]
    assert directives["base-uri"] == ["'none'"]
    assert directives["form-action"] == ["'self'"]
    assert "<script>" not in reply.text
    assert "style=" not in reply.text
    assert "//cdn" not in reply.text


async def test_hsts_in_production_on_every_kind(tmp_path: Path, clock: SteppedClock) -> None:
    async with run_app(make_production_settings(tmp_path), clock) as client:
        client.base_url = httpx2.URL(PUBLIC_URL)
        for path in ("/health/live", "/docs", "/widget.js", "/nothing"):
            reply = await client.get(path)
            assert reply.headers["strict-transport-security"] == "max-age=63072000", path


async def test_every_reply_has_an_id_of_its_own(client: httpx2.AsyncClient) -> None:
    ids = {(await client.get("/health/live")).headers["x-request-id"] for _ in range(3)}
    assert len(ids) == 3


async def test_a_sane_id_of_the_caller_is_kept_and_is_in_the_problem(
    client: httpx2.AsyncClient,
) -> None:
    reply = await client.get("/nothing", headers={"X-Request-ID": "trace-1234.5678_9"})
    assert reply.headers.get_list("x-request-id") == ["trace-1234.5678_9"]
    assert reply.json()["request_id"] == "trace-1234.5678_9"


@pytest.mark.parametrize(
    "sent", [b"short", b"x" * 65, b"with space here", b'"quoted-quoted"', b"a\xffbcdefgh", b""]
)
def test_another_id_is_not_taken(sent: bytes) -> None:
    assert incoming_request_id({"headers": [(b"x-request-id", sent)]}) is None


async def test_an_unexpected_error_says_nothing_and_is_logged_by_id(
    tmp_path: Path, clock: SteppedClock
) -> None:
    settings = make_settings(tmp_path)
    storage = FailingStorage(settings.database_path)
    async with run_app(settings, clock, storage) as client:
        with capture_logs() as logs:
            reply = await client.get("/v1/widget?host=palm-grove.example")
    assert reply.status_code == 500
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.headers["x-content-type-options"] == "nosniff"
    problem = reply.json()
    assert problem == {
        "type": "urn:frontdesk:problem:internal_error",
        "title": "Internal Server Error",
        "status": 500,
        "code": "internal_error",
        "detail": "Something went wrong on our side.",
        "request_id": reply.headers["x-request-id"],
    }
    assert any(line["event"] == "unexpected error" for line in logs)


async def test_the_log_names_the_route_and_not_what_stood_in_it(
    client: httpx2.AsyncClient,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("INFO")
    await client.get("/v1/leads/lead_sentinel?name=sentinel", headers={"X-Request-ID": "12345678"})
    await client.get("/sentinel?phone=sentinel")
    await client.get("/v1/widget?host=sentinel.example")
    await client.get("/health/live")  # asked for every few seconds, so it has no line
    output = capsys.readouterr().out
    requests = [json.loads(line) for line in output.splitlines() if '"event":"request"' in line]
    assert [line["route"] for line in requests] == ["/v1/leads/{lead_id}", "(none)", "/v1/widget"]
    assert [line["status"] for line in requests] == [401, 404, 404]
    assert [line["method"] for line in requests] == ["GET"] * 3
    assert {line["level"] for line in requests} == {"info"}
    assert requests[0]["request_id"] == "12345678"
    assert requests[0]["milliseconds"] >= 0
    assert requests[0]["at"].endswith("Z")
    assert "sentinel" not in output


async def test_above_level_info_requests_are_not_logged(
    client: httpx2.AsyncClient,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    caplog.set_level("WARNING")
    await client.get("/v1/widget?host=sentinel.example")
    assert capsys.readouterr().out == ""


async def test_requests_are_counted_by_route_and_status(client: httpx2.AsyncClient) -> None:
    for path in ("/nothing/1", "/nothing/2", "/v1/leads/lead_1"):
        await client.get(path)
    await client.request("BREW", "/nothing/3")
    text = (await client.get("/metrics")).text
    count = 'frontdesk_http_requests_total{method="%s",route="%s",status="%s"} %s\n'
    assert count % ("GET", "(none)", "404", "2.0") in text
    assert count % ("GET", "/v1/leads/{lead_id}", "401", "1.0") in text
    assert count % ("other", "(none)", "404", "1.0") in text
    assert "nothing" not in text


def test_durations_are_counted_up_to_each_bound() -> None:
    metrics = Metrics()
    for seconds in (0.005, 0.0051, 0.4, 31.0):
        metrics.requests.count("GET", "/v1/widget", 200, seconds)
    text = metrics.render().decode()
    name = "frontdesk_http_request_seconds"
    for bound, count in [
        ("0.005", 1),
        ("0.01", 2),
        ("0.25", 2),
        ("0.5", 3),
        ("30.0", 3),
        ("+Inf", 4),
    ]:
        line = f'{name}_bucket{{le="{bound}",method="GET",route="/v1/widget"}} {count}.0'
        assert line in text
    assert f'{name}_count{{method="GET",route="/v1/widget"}} 4.0' in text
    assert f'{name}_sum{{method="GET",route="/v1/widget"}} 31.4101' in text


async def test_a_stream_passes_piece_by_piece(tmp_path: Path, clock: SteppedClock) -> None:
    """The second piece is made only once the first has arrived; a buffer would wait for ever."""
    has_arrived = asyncio.Event()

    async def pieces() -> AsyncIterator[bytes]:
        yield b"first"
        await has_arrived.wait()
        yield b"second"

    async def stream(request: Request) -> Response:
        await request.body()
        return StreamingResponse(pieces(), media_type="text/event-stream")

    app = create_app(make_settings(tmp_path), clock=clock)
    app.router.routes.insert(
        0, PublicRoute("POST", "/stream", stream, access=Access.ANYONE, summary="")
    )
    arrived: list[bytes] = []

    requested = iter([{"type": "http.request", "body": b"", "more_body": False}])

    async def receive() -> Message:
        for message in requested:
            return message
        await asyncio.Event().wait()  # the client stays
        raise AssertionError

    async def send(message: Message) -> None:
        if message.get("body"):
            arrived.append(message["body"])
            has_arrived.set()

    scope: Scope = {
        "type": "http",
        "method": "POST",
        "path": "/stream",
        "raw_path": b"/stream",
        "query_string": b"",
        "headers": [],
        "client": None,
    }
    async with asyncio.timeout(30):
        await app(scope, receive, send)
    assert arrived == [b"first", b"second"]
