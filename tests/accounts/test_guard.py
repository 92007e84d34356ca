"""Who may call what: every role, every wrong credential, every forged form."""

from collections.abc import AsyncIterator
from typing import Annotated

import httpx2
import pytest
from fastapi import Depends, FastAPI
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Caller, Guards, make_csrf_token
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.errors import FrontdeskError
from frontdesk.model import Scope
from frontdesk.storage.base import Storage
from frontdesk.web.problems import problem_response
from tests.accounts.support import EMAIL, PASSWORD, add_member, make_accounts
from tests.support.clock import SteppedClock

COOKIE = "frontdesk_session"
HOST = "https://desk.example"
SAME_ORIGIN = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def accounts(storage: Storage, clock: SteppedClock) -> Accounts:
    return make_accounts(storage, clock)


@pytest.fixture
async def client(accounts: Accounts) -> AsyncIterator[httpx2.AsyncClient]:
    """`GET` and `POST /{role}` need that role; they answer with the caller's id."""
    app = FastAPI()
    guards = Guards(accounts, secure_cookies=False)

    def add(minimum: Role) -> None:
        async def call(caller: Annotated[Caller, Depends(guards.allow(minimum))]) -> str:
            return caller.id

        app.add_api_route(f"/{minimum}", call, methods=["GET", "POST", "PUT", "DELETE", "PATCH"])

    for role in Role:
        add(role)

    @app.exception_handler(FrontdeskError)
    async def answer(request: Request, error: Exception) -> Response:
        assert isinstance(error, FrontdeskError)
        return problem_response(error, request)

    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url=HOST) as client:
        yield client


async def sign_in(accounts: Accounts, client: httpx2.AsyncClient, role: Role) -> str:
    member = await add_member(accounts, role)
    token = (await accounts.sign_in(member.email, PASSWORD)).token
    client.cookies.set(COOKIE, token)
    return token


def problem(reply: httpx2.Response) -> tuple[int, str]:
    return reply.status_code, reply.json()["code"]


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("by", ["cookie", "key"])
async def test_a_caller_reaches_what_the_role_reaches(
    accounts: Accounts, client: httpx2.AsyncClient, role: Role, by: str
) -> None:
    headers = dict(SAME_ORIGIN)
    if by == "cookie":
        headers["X-CSRF-Token"] = make_csrf_token(await sign_in(accounts, client, role))
    else:
        key = await accounts.create_api_key("sync", role)
        headers["Authorization"] = f"Bearer {key.secret}"
    for minimum in Role:
        for method in ("GET", "POST", "PUT", "PATCH", "DELETE"):
            reply = await client.request(method, f"/{minimum}", headers=headers)
            if role.reaches(minimum):
                assert reply.status_code == 200, (role, minimum, method)
            else:
                assert problem(reply) == (403, "forbidden"), (role, minimum, method)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Bearer"},
        {"Authorization": "Bearer fd_unknown"},
        {"Authorization": f"Basic {PASSWORD}"},
        {"Cookie": f"{COOKIE}="},
        {"Cookie": f"{COOKIE}=unknown"},
        {"Cookie": f"__Host-{COOKIE}=unknown"},
    ],
)
async def test_a_stranger_is_told_to_sign_in(
    client: httpx2.AsyncClient, headers: dict[str, str]
) -> None:
    for method in ("GET", "POST"):
        reply = await client.request(method, "/viewer", headers=headers)
        assert problem(reply) == (401, "unauthenticated")
        assert reply.headers["WWW-Authenticate"] == "Bearer"


async def test_a_dead_key_is_not_saved_by_a_live_cookie(
    accounts: Accounts, client: httpx2.AsyncClient
) -> None:
    await sign_in(accounts, client, Role.OWNER)
    assert (await client.get("/viewer")).status_code == 200
    reply = await client.get("/viewer", headers={"Authorization": "Bearer fd_unknown"})
    assert problem(reply) == (401, "unauthenticated")


async def test_an_ended_session_opens_nothing(
    accounts: Accounts, client: httpx2.AsyncClient, clock: SteppedClock
) -> None:
    token = await sign_in(accounts, client, Role.OWNER)
    await accounts.sign_out(token)
    assert problem(await client.get("/viewer")) == (401, "unauthenticated")
    client.cookies.set(COOKIE, (await accounts.sign_in(EMAIL, PASSWORD)).token)
    assert (await client.get("/viewer")).status_code == 200
    clock.step(hours=12)
    assert problem(await client.get("/viewer")) == (401, "unauthenticated")


@pytest.mark.parametrize(
    ("headers", "passes"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Origin": HOST}, True),
        ({}, False),
        ({"Sec-Fetch-Site": "same-site"}, False),
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": HOST}, False),
        ({"Origin": "null"}, False),
        ({"Origin": ""}, False),
        ({"Origin": "https://evil.example"}, False),
        ({"Origin": "https://desk.example.evil.example"}, False),
        ({"Origin": "https://desk.example:8443"}, False),
        ({"Referer": f"{HOST}/dashboard"}, False),
    ],
)
async def test_a_change_by_cookie_comes_from_our_own_page(
    accounts: Accounts, client: httpx2.AsyncClient, headers: dict[str, str], passes: bool
) -> None:
    token = await sign_in(accounts, client, Role.OWNER)
    reply = await client.post("/sales", headers={**headers, "X-CSRF-Token": make_csrf_token(token)})
    assert reply.status_code == 200 if passes else problem(reply) == (403, "csrf_failed")


async def test_a_change_by_cookie_carries_the_token_of_its_session(
    accounts: Accounts, client: httpx2.AsyncClient
) -> None:
    token = await sign_in(accounts, client, Role.OWNER)
    good = make_csrf_token(token)
    other = make_csrf_token((await accounts.sign_in(EMAIL, PASSWORD)).token)
    for wrong in ("", "x", good[:-1], good + "0", good.upper(), other, token):
        reply = await client.post("/sales", headers={**SAME_ORIGIN, "X-CSRF-Token": wrong})
        assert problem(reply) == (403, "csrf_failed"), wrong
        reply = await client.post("/sales", headers=SAME_ORIGIN, data={"csrf_token": wrong})
        assert problem(reply) == (403, "csrf_failed"), wrong
    assert problem(await client.post("/sales", headers=SAME_ORIGIN)) == (403, "csrf_failed")
    json = await client.post("/sales", headers=SAME_ORIGIN, json={"csrf_token": good})
    assert problem(json) == (403, "csrf_failed")
    upload = {"csrf_token": ("a.txt", good.encode())}
    reply = await client.post("/sales", headers=SAME_ORIGIN, files=upload)
    assert problem(reply) == (403, "csrf_failed")
    reply = await client.post("/sales", headers=SAME_ORIGIN, data={"csrf_token": good})
    assert reply.status_code == 200
    reply = await client.post("/sales", headers={**SAME_ORIGIN, "X-CSRF-Token": good})
    assert reply.status_code == 200


async def test_a_program_needs_no_csrf_token(
    accounts: Accounts, client: httpx2.AsyncClient
) -> None:
    key = await accounts.create_api_key("sync", Role.SALES)
    reply = await client.post("/sales", headers={"Authorization": f"Bearer {key.secret}"})
    assert reply.json() == key.key.id


async def test_the_scope_comes_with_the_caller(accounts: Accounts) -> None:
    scope = Scope(projects=frozenset({"palm-grove"}))
    key = await accounts.create_api_key("sync", Role.SALES, scope=scope)
    guard = Guards(accounts, secure_cookies=True).allow(Role.VIEWER)
    headers = [(b"authorization", f"Bearer {key.secret}".encode())]
    request = Request({"type": "http", "method": "GET", "path": "/", "headers": headers})
    caller = await guard(request)
    assert caller.scope == scope


async def test_in_production_only_the_host_cookie_counts(accounts: Accounts) -> None:
    await add_member(accounts)
    token = (await accounts.sign_in(EMAIL, PASSWORD)).token
    guards = Guards(accounts, secure_cookies=True)

    def with_cookie(name: str) -> Request:
        headers = [(b"cookie", f"{name}={token}".encode())]
        return Request({"type": "http", "method": "GET", "path": "/", "headers": headers})

    assert guards.session_token(with_cookie(f"__Host-{COOKIE}")) == token
    assert guards.session_token(with_cookie(COOKIE)) is None
