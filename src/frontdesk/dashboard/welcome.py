"""Choosing a password by a link: an invitation, or a reset. It needs no session."""

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import require_same_origin
from frontdesk.accounts.resets import WELCOME_PATH
from frontdesk.accounts.service import Accounts
from frontdesk.clock import Clock
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import SIGN_IN_PATH, error_page
from frontdesk.dashboard.rendering import render
from frontdesk.errors import FrontdeskError, Invalid
from frontdesk.web.client import client_address
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute

# A token has 256 random bits; this keeps the hashing of passwords from being a lever.
BY_ADDRESS = Limit("welcome_address", per_minute=10, burst=20)


def routes(accounts: Accounts, limiter: RateLimiter, clock: Clock) -> list[PublicRoute]:
    async def page(token: str, fault: str = "", status_code: int = 200) -> Response:
        link, member = await accounts.find_link(token)
        return render(
            "welcome.html",
            status_code=status_code,
            token=token,
            member=member,
            purpose=link.purpose,
            fault=fault,
        )

    async def show(request: Request) -> Response:
        try:
            return await page(request.query_params.get("token", ""))
        except FrontdeskError as error:
            return error_page(error, request)

    async def choose(request: Request) -> Response:
        form = await read_form(request)
        token, password = form.text("token"), form.text("password")
        try:
            require_same_origin(request)
            await limiter.take(BY_ADDRESS, client_address(request), clock())
            try:
                require_same(password, form.text("again"))
                await accounts.use_link(token, password)
            except Invalid as error:
                return await page(token, error.detail, 422)
        except FrontdeskError as error:
            return error_page(error, request)
        return RedirectResponse(
            f"{SIGN_IN_PATH}?welcome=1", 303, headers={"Cache-Control": "no-store"}
        )

    return [
        PublicRoute(
            method,
            WELCOME_PATH,
            endpoint,
            access=Access.ANYONE,
            summary="Choose a password by a link",
            include_in_schema=False,
        )
        for method, endpoint in (("GET", show), ("POST", choose))
    ]


def require_same(password: str, again: str) -> None:
    """Raises Invalid(`invalid_password`)."""
    if password != again:
        raise Invalid("invalid_password", "The two passwords are not the same.")
