"""A forgotten password: an address in, and the same words out whoever's it is."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import require_same_origin
from frontdesk.accounts.known_browsers import account_key
from frontdesk.accounts.resets import PasswordResets
from frontdesk.clock import Clock
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import SIGN_IN_PATH, error_page
from frontdesk.dashboard.rendering import render
from frontdesk.errors import FrontdeskError, TooMany
from frontdesk.web.client import client_address
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute

FORGOTTEN_PATH = f"{SIGN_IN_PATH}/forgotten"
BY_ADDRESS = Limit("forgotten_address", per_minute=2, burst=10)
# Nobody's mailbox is filled by others.
BY_ACCOUNT = Limit("forgotten_account", per_minute=0.05, burst=3)


@dataclass(frozen=True)
class Forgotten:
    resets: PasswordResets
    limiter: RateLimiter
    clock: Clock
    _sending: set[asyncio.Task[None]] = field(default_factory=set)

    def routes(self) -> list[PublicRoute]:
        return [
            PublicRoute(
                method,
                FORGOTTEN_PATH,
                endpoint,
                access=Access.ANYONE,
                summary="Ask for a link to a new password",
                include_in_schema=False,
            )
            for method, endpoint in (("GET", self.show), ("POST", self.ask))
        ]

    async def show(self, _request: Request) -> Response:
        return render("forgotten.html", is_sent=False)

    async def ask(self, request: Request) -> Response:
        email = (await read_form(request)).text("email")
        try:
            require_same_origin(request)
            await self.limiter.take(BY_ADDRESS, client_address(request), self.clock())
        except FrontdeskError as error:
            return error_page(error, request)
        try:
            await self.limiter.take(BY_ACCOUNT, account_key(email), self.clock())
        except TooMany:
            pass  # the same words too: who asks often learns nothing
        else:
            # Beside the answer, so that its time does not tell whether there is such a member.
            self._begin(self.resets.send(email))
        return render("forgotten.html", is_sent=True)

    def _begin(self, sending: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(sending)
        self._sending.add(task)
        task.add_done_callback(self._sending.discard)
