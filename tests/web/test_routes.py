"""Public routes are answered before FastAPI's layers, and say the same as behind them."""

import httpx2
import pytest
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import Receive, Scope, Send

from frontdesk.errors import Conflict
from frontdesk.web.routes import Access, PublicRoute, PublicRoutes


async def say_which(request: Request) -> Response:
    if request.path_params.get("id") == "wrong":
        raise Conflict("taken", "Somebody has it.")
    return PlainTextResponse(f"{request.scope['route'].path} {request.path_params}")


async def fall_through(scope: Scope, receive: Receive, send: Send) -> None:
    await PlainTextResponse("further in")(scope, receive, send)


ROUTES = [
    PublicRoute("GET", "/things", say_which, access=Access.ANYONE, summary=""),
    PublicRoute("POST", "/things/{id}", say_which, access=Access.ANYONE, summary=""),
]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/things", "/things {}"),
        ("HEAD", "/things", ""),
        ("POST", "/things/7", "/things/{id} {'id': '7'}"),
        ("POST", "/things", "further in"),
        ("GET", "/things/7", "further in"),
        ("POST", "/things/7/8", "further in"),
        ("GET", "/things/", "further in"),
    ],
)
async def test_what_a_route_is_there_for_it_answers(method: str, path: str, expected: str) -> None:
    app = PublicRoutes(fall_through, routes=ROUTES)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as client:
        reply = await client.request(method, f"http://desk.example{path}")
    assert (reply.status_code, reply.text) == (200, expected)


async def test_our_errors_become_problems_here_too() -> None:
    app = PublicRoutes(fall_through, routes=ROUTES)
    async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app=app)) as client:
        reply = await client.post("http://desk.example/things/wrong")
    assert reply.status_code == 409
    assert reply.json()["code"] == "taken"


async def test_a_wrong_method_is_told_the_right_one(client: httpx2.AsyncClient) -> None:
    reply = await client.delete("/v1/widget")
    assert (reply.status_code, reply.json()["code"]) == (405, "method_not_allowed")
    assert "GET" in reply.headers["allow"]


async def test_a_page_may_read_that_its_body_was_too_large(client: httpx2.AsyncClient) -> None:
    headers = {"Origin": "http://localhost:8000", "Content-Type": "application/json"}
    reply = await client.post("/v1/leads", content=b"x" * 1_000_000, headers=headers)
    assert (reply.status_code, reply.json()["code"]) == (413, "body_too_large")
    assert reply.headers["access-control-allow-origin"] == "http://localhost:8000"
