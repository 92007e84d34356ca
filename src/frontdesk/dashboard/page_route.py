"""What every page has in common: errors are pages too, and a stranger is led to the sign-in."""

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.audit import SAFE_METHODS
from frontdesk.accounts.guard import Allow
from frontdesk.accounts.model import Role
from frontdesk.dashboard.rendering import render
from frontdesk.errors import FrontdeskError, NotFound, Unauthenticated
from frontdesk.web.problems import problem_response, status_of

SIGN_IN_PATH = "/dashboard/sign-in"
CODE_PATH = f"{SIGN_IN_PATH}/code"
_TITLES = {
    403: "Not for this account",
    404: "Nothing here",
    409: "Not possible now",
    503: "Not reachable at the moment",
}

Allows = Callable[[Role], Allow]


class PageRoute(APIRoute):
    """A route whose errors come out as pages instead of problem documents."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def handle_page(request: Request) -> Response:
            try:
                return await handle(request)
            except Unauthenticated:
                return RedirectResponse(_sign_in_url(request), 303)
            except FrontdeskError as error:
                return error_page(error, request)
            except RequestValidationError:
                return error_page(NotFound("not_found", "There is no such page."), request)
            finally:
                await request.close()  # a form that came with a file holds it open

        return handle_page


def error_page(error: FrontdeskError, request: Request) -> Response:
    """With the status and the headers that the API gives for the same error."""
    status = status_of(error)
    title = _TITLES.get(status, "That did not work")
    page = render("error.html", status_code=status, title=title, detail=error.detail)
    retry_after = problem_response(error, request).headers.get("Retry-After")
    if retry_after is not None:
        page.headers["Retry-After"] = retry_after
    return page


def add_last_route(pages: APIRouter, allow: Allows) -> None:
    """What no other page took: also behind the sign-in, so that strangers learn no page's name."""

    @pages.get("/{path:path}", dependencies=[Depends(allow(Role.VIEWER))])
    async def find_nothing(path: str) -> Response:
        if not path:
            return RedirectResponse("/dashboard", 308)
        raise NotFound("not_found", "There is no page at this address.")


def _sign_in_url(request: Request) -> str:
    """The sign-in that leads back here; after a form was sent, to the overview."""
    if request.method not in SAFE_METHODS or request.url.path == "/dashboard":
        return SIGN_IN_PATH
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"{SIGN_IN_PATH}?{urlencode({'next': here})}"
