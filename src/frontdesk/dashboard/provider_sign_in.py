"""Signing in through an OpenID provider: there, and back with the code."""

import hashlib
from dataclasses import dataclass
from typing import NoReturn

from itsdangerous import BadData, URLSafeTimedSerializer
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.openid import Errand, OpenIdSignIn, read_errand, write_errand
from frontdesk.dashboard.page_route import SIGN_IN_PATH, error_page
from frontdesk.dashboard.sign_in import SignIn, safe_next
from frontdesk.errors import FrontdeskError, Unauthenticated
from frontdesk.web.client import client_address
from frontdesk.web.rate_limits import Limit
from frontdesk.web.routes import Access, PublicRoute

BEGIN_PATH = f"{SIGN_IN_PATH}/provider"
CALLBACK_PATH = f"{SIGN_IN_PATH}/callback"
ERRAND_SECONDS = 600
BY_ADDRESS = Limit("openid_address", per_minute=20, burst=40)


@dataclass(frozen=True, slots=True)
class ProviderSignIn:
    openid: OpenIdSignIn
    sign_in: SignIn
    secret: str

    def routes(self) -> list[PublicRoute]:
        return [
            PublicRoute(
                "GET",
                path,
                endpoint,
                access=Access.ANYONE,
                summary="Sign in through a provider",
                include_in_schema=False,
            )
            for path, endpoint in ((BEGIN_PATH, self.begin), (CALLBACK_PATH, self.come_back))
        ]

    async def begin(self, request: Request) -> Response:
        try:
            await self._take_a_try(request)
            next_path = safe_next(request.query_params.get("next"))
            url, errand = await self.openid.begin(next_path)
        except FrontdeskError as error:
            return error_page(error, request)
        response = RedirectResponse(url, 303, headers={"Cache-Control": "no-store"})
        response.set_cookie(
            self._cookie,
            str(self._serializer.dumps(write_errand(errand))),
            max_age=ERRAND_SECONDS,
            path="/",
            secure=self.sign_in.guards.secure_cookies,
            httponly=True,
            samesite="lax",  # strict would keep it from the redirect that comes back
        )
        return response

    async def come_back(self, request: Request) -> Response:
        try:
            await self._take_a_try(request)
            errand = self._read_errand(request)
            if "error" in request.query_params:
                raise Unauthenticated("openid_refused", "The provider did not let you in.")
            query = request.query_params
            member = await self.openid.finish(errand, query.get("state", ""), query.get("code", ""))
        except FrontdeskError as error:
            return error_page(error, request)
        # The provider asked for whatever second factor it wants; ours is beside a password.
        signed_in = await self.sign_in.guards.accounts.start_session(member)
        response = await self.sign_in.let_in(
            request, member.email, signed_in, safe_next(errand.next_path)
        )
        response.delete_cookie(
            self._cookie,
            path="/",
            secure=self.sign_in.guards.secure_cookies,
            httponly=True,
            samesite="lax",
        )
        return response

    async def _take_a_try(self, request: Request) -> None:
        await self.sign_in.limiter.take(BY_ADDRESS, client_address(request), self.sign_in.clock())

    def _read_errand(self, request: Request) -> Errand:
        try:
            value = self._serializer.loads(
                request.cookies.get(self._cookie, ""), max_age=ERRAND_SECONDS
            )
            return read_errand(value)
        except (BadData, ValidationError, UnicodeError, TypeError, ValueError):
            self._begin_again()

    def _begin_again(self) -> NoReturn:
        raise Unauthenticated("openid_refused", "That took too long. Please sign in again.")

    @property
    def _serializer(self) -> URLSafeTimedSerializer:
        return URLSafeTimedSerializer(
            self.secret,
            salt="frontdesk.openid-errand",
            signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256},
        )

    @property
    def _cookie(self) -> str:
        secure = self.sign_in.guards.secure_cookies
        return "__Host-frontdesk_errand" if secure else "frontdesk_errand"
