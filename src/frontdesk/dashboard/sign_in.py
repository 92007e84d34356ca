"""Signing in and out."""

import math
import re
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Guards, require_same_origin
from frontdesk.accounts.known_browsers import KNOWN_FOR, KnownBrowsers, account_key
from frontdesk.accounts.model import Role, SignedIn
from frontdesk.accounts.service import CodeRequired
from frontdesk.accounts.tickets import CodeTickets
from frontdesk.clock import Clock
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import CODE_PATH, SIGN_IN_PATH
from frontdesk.dashboard.rendering import count_text, render
from frontdesk.errors import FrontdeskError, TooMany, Unauthenticated
from frontdesk.web.client import client_address
from frontdesk.web.problems import status_of
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute

# Each try costs 64 MiB and some 100 ms. A whole office may share an address; an account is guessed
# at from many addresses, so all browsers that never signed in to it share one allowance.
BY_ADDRESS = Limit("sign_in_address", per_minute=10, burst=20)
BY_ACCOUNT = Limit("sign_in_account", per_minute=6, burst=10)
CODES_BY_ACCOUNT = Limit("sign_in_code", per_minute=6, burst=10)
BY_KNOWN_BROWSER = Limit("sign_in_known_browser", per_minute=6, burst=10)

# Only our own pages, written plainly: nothing that a browser could read as another host.
_SAFE_NEXT = re.compile(r"/dashboard(/[A-Za-z0-9_-]+)*(\?[A-Za-z0-9_=&%.-]*)?")


@dataclass(frozen=True, slots=True)
class SignIn:
    """`provider_name` is None where nobody signs in through OpenID Connect; `sends_resets` where
    a forgotten password is helped by mail.
    """

    guards: Guards
    known_browsers: KnownBrowsers
    tickets: CodeTickets
    limiter: RateLimiter
    clock: Clock
    provider_name: str | None = None
    sends_resets: bool = False

    def routes(self) -> list[PublicRoute]:
        return [
            PublicRoute(
                "GET",
                SIGN_IN_PATH,
                self.show,
                access=Access.ANYONE,
                summary="The sign-in page",
                include_in_schema=False,
            ),
            PublicRoute(
                "POST",
                SIGN_IN_PATH,
                self.sign_in,
                access=Access.ANYONE,
                summary="Sign in",
                include_in_schema=False,
            ),
            PublicRoute(
                "POST",
                CODE_PATH,
                self.enter_code,
                access=Access.ANYONE,
                summary="Sign in: the second step",
                include_in_schema=False,
            ),
        ]

    async def show(self, request: Request) -> Response:
        members = await self.guards.accounts.list_members(None, 1)
        return self._page(
            safe_next(request.query_params.get("next")),
            has_chosen="welcome" in request.query_params,
            is_first_start=not members.items,
        )

    async def sign_in(self, request: Request) -> Response:
        form = await read_form(request)
        email, next_path = form.text("email"), safe_next(form.text("next"))
        try:
            require_same_origin(request)
            await self._take_a_try(request, email)
            signed_in = await self.guards.accounts.sign_in(email, form.text("password"))
        except CodeRequired as error:
            return _code_page(self.tickets.issue(error.member), next_path)
        except FrontdeskError as error:
            page = self._page(next_path, email, _explain(error), status_of(error))
            return _with_retry_after(page, error)
        return await self.let_in(request, email, signed_in, next_path)

    async def enter_code(self, request: Request) -> Response:
        """The second step, for a browser whose password held: its ticket says so."""
        form = await read_form(request)
        ticket, next_path = form.text("ticket"), safe_next(form.text("next"))
        try:
            require_same_origin(request)
            member_id, held_at = self.tickets.read(ticket)
            member = await self.guards.accounts.storage.get_member(member_id)
            browser_id = self._known_browser(request, member.email)
            # Guessing six digits is as slow as guessing passwords, for each account; what others
            # guess takes nothing from a browser that the member has used.
            await self.limiter.take(CODES_BY_ACCOUNT, browser_id or member_id, self.clock())
            signed_in = await self.guards.accounts.enter_code(
                member_id, form.text("code"), held_at, is_known=browser_id is not None
            )
        except FrontdeskError as error:
            if error.code == "ticket_not_good":
                return self._page(next_path, "", error.detail, status_of(error))
            page = _code_page(ticket, next_path, _explain(error), status_of(error))
            return _with_retry_after(page, error)
        return await self.let_in(request, member.email, signed_in, next_path)

    async def _take_a_try(self, request: Request, email: str) -> None:
        now = self.clock()
        browser_id = self._known_browser(request, email)
        if browser_id is not None:
            await self.limiter.take(BY_KNOWN_BROWSER, browser_id, now)
        else:
            await self.limiter.take(BY_ADDRESS, client_address(request), now)
            await self.limiter.take(BY_ACCOUNT, account_key(email), now)

    def _known_browser(self, request: Request, email: str) -> str | None:
        return self.known_browsers.find(request.cookies.get(self._browser_cookie, ""), email)

    async def let_in(
        self, request: Request, email: str, signed_in: SignedIn, next_path: str
    ) -> Response:
        """The session in place of the browser's earlier one, and on to where they wanted."""
        earlier = self.guards.session_token(request)
        if earlier:
            await self.guards.accounts.sign_out(earlier)
        response = RedirectResponse(next_path, 303, headers={"Cache-Control": "no-store"})
        secure = self.guards.secure_cookies
        session_seconds = self.guards.accounts.session_hours * 3600
        for name, value, seconds in (
            (self.guards.session_cookie, signed_in.token, session_seconds),
            (
                self._browser_cookie,
                self.known_browsers.issue(email),
                int(KNOWN_FOR.total_seconds()),
            ),
        ):
            response.set_cookie(
                name, value, max_age=seconds, path="/", secure=secure, httponly=True, samesite="lax"
            )
        return response

    def _page(
        self,
        next_path: str,
        email: str = "",
        message: str = "",
        status_code: int = 200,
        *,
        has_chosen: bool = False,
        is_first_start: bool = False,
    ) -> Response:
        return render(
            "sign_in.html",
            status_code=status_code,
            next=next_path,
            email=email,
            message=message,
            has_chosen=has_chosen,
            is_first_start=is_first_start,
            provider_name=self.provider_name,
            sends_resets=self.sends_resets,
        )

    @property
    def _browser_cookie(self) -> str:
        return "__Host-frontdesk_browser" if self.guards.secure_cookies else "frontdesk_browser"


def add_sign_out(pages: APIRouter, guards: Guards) -> None:
    @pages.post("/sign-out", dependencies=[Depends(guards.allow(Role.VIEWER))])
    async def sign_out(request: Request) -> Response:
        token = guards.session_token(request)
        if token is None:
            raise Unauthenticated("unauthenticated", "There is no session to end.")
        await guards.accounts.sign_out(token)
        response = RedirectResponse(SIGN_IN_PATH, 303, headers={"Cache-Control": "no-store"})
        response.delete_cookie(
            guards.session_cookie,
            path="/",
            secure=guards.secure_cookies,
            httponly=True,
            samesite="lax",
        )
        return response


def safe_next(path: str | None) -> str:
    return path if path and _SAFE_NEXT.fullmatch(path) else "/dashboard"


def _explain(error: FrontdeskError) -> str:
    if not isinstance(error, TooMany) or error.code == "code_locked":
        return error.detail
    seconds = count_text(_wait_seconds(error), "second", "seconds")
    return f"Too many tries. Try again in {seconds}."


def _with_retry_after(page: Response, error: FrontdeskError) -> Response:
    if isinstance(error, TooMany):
        page.headers["Retry-After"] = str(_wait_seconds(error))
    return page


def _wait_seconds(error: TooMany) -> int:
    return max(1, math.ceil(error.retry_after_seconds))


def _code_page(ticket: str, next_path: str, message: str = "", status_code: int = 200) -> Response:
    return render(
        "code.html", status_code=status_code, ticket=ticket, next=next_path, message=message
    )
