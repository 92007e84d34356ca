"""The wiring: every route is guarded, and the pieces stand where they should."""

from typing import Annotated

import pytest
from fastapi import APIRouter, Depends, FastAPI
from starlette.routing import Mount, Route

from frontdesk.accounts.guard import Guards
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.accounts.unguarded import UnguardedRouteError, refuse_unguarded_routes
from frontdesk.storage.base import Storage
from frontdesk.web.routes import Access, PublicRoute
from tests.support.clock import SteppedClock


async def endpoint() -> str:
    return ""


def refuse(app: FastAPI | None = None, *routers: APIRouter) -> None:
    app = app or FastAPI(openapi_url=None)
    for router in routers:
        app.include_router(router)
    refuse_unguarded_routes(app.routes)


def test_an_admin_route_without_a_guard_stops_the_start() -> None:
    router = APIRouter(prefix="/v1/surprise")
    router.add_api_route("/all", endpoint)
    with pytest.raises(UnguardedRouteError, match="/v1/surprise/all"):
        refuse(None, router)


def test_another_dependency_is_no_guard() -> None:
    router = APIRouter(dependencies=[Depends(endpoint)])
    router.add_api_route("/all", endpoint)
    with pytest.raises(UnguardedRouteError):
        refuse(None, router)


def test_neither_are_bare_routes_mounts_and_fastapis_own_pages() -> None:
    for app in (
        FastAPI(openapi_url=None, routes=[Route("/bare", endpoint)]),
        FastAPI(openapi_url=None, routes=[Mount("/files", app=FastAPI(openapi_url=None))]),
        FastAPI(),
    ):
        with pytest.raises(UnguardedRouteError):
            refuse(app)


def test_guards_and_declared_access_pass(storage: Storage, clock: SteppedClock) -> None:
    allow = Guards(Accounts(storage, clock, 12), secure_cookies=False).allow
    guarded = APIRouter()

    @guarded.get("/declared")
    async def read(caller: Annotated[object, Depends(allow(Role.VIEWER))]) -> None: ...

    by_router = APIRouter(dependencies=[Depends(allow(Role.OWNER))])
    by_router.add_api_route("/by-router", endpoint)
    public = PublicRoute("GET", "/public", endpoint, access=Access.ANYONE, summary="")  # type: ignore[arg-type]
    app = FastAPI(openapi_url=None, routes=[public])
    refuse(app, guarded, by_router)
