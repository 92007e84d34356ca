"""My own account: the password, and a second factor."""

import math
from typing import Annotated

import segno
from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller, Guards
from frontdesk.accounts.model import ActorKind, Member, Role
from frontdesk.accounts.second_factor import Enrolment, address_of, begin_enrolment
from frontdesk.dashboard.forms import Faults, read_form, tell_faults
from frontdesk.dashboard.page_route import SIGN_IN_PATH
from frontdesk.dashboard.rendering import count_text, render
from frontdesk.dashboard.welcome import require_same
from frontdesk.errors import Forbidden, Invalid, TooMany
from frontdesk.web.rate_limits import Limit, RateLimiter

ACCOUNT_PATH = "/dashboard/settings"


# The present password is asked for; whoever found a browser signed in must not guess at it.
PASSWORD_BY_MEMBER = Limit("present_password", per_minute=2, burst=5)


def add_pages(pages: APIRouter, guards: Guards, limiter: RateLimiter) -> None:
    accounts = guards.accounts
    anyone = guards.allow(Role.VIEWER)

    async def member_of(caller: Caller) -> Member:
        if caller.kind is not ActorKind.MEMBER:
            raise Forbidden("forbidden", "This is for members, not for API keys.")
        return await accounts.storage.get_member(caller.id)

    def slowed(caller: Caller, member: Member, field: str, error: TooMany) -> Response:
        seconds = math.ceil(error.retry_after_seconds)
        wait = count_text(seconds, "second", "seconds")
        faults = {field: f"Too many tries. Try again in {wait}."}
        page = _page(caller, member, faults=faults, status_code=429)
        page.headers["Retry-After"] = str(seconds)
        return page

    @pages.get("/settings")
    async def show_account(
        caller: Annotated[Caller, Depends(anyone)], notice: str | None = None
    ) -> Response:
        return _page(caller, await member_of(caller), notice=notice)

    @pages.post("/settings/password")
    async def change_password(
        caller: Annotated[Caller, Depends(anyone)], request: Request
    ) -> Response:
        member, form = await member_of(caller), await read_form(request)
        try:
            require_same(form.text("password"), form.text("again"))
            await limiter.take(PASSWORD_BY_MEMBER, member.id, accounts.clock())
            await accounts.change_password(member.id, form.text("current"), form.text("password"))
        except Invalid as error:
            return _page(caller, member, faults={"password": error.detail}, status_code=422)
        except TooMany as error:
            return slowed(caller, member, "password", error)
        # Every session has ended, this one too.
        return RedirectResponse(f"{SIGN_IN_PATH}?welcome=1", 303)

    @pages.post("/settings/second-factor/begin")
    async def begin_second_factor(caller: Annotated[Caller, Depends(anyone)]) -> Response:
        caller.notes.is_silent = True  # nothing is kept before the first code
        member = await member_of(caller)
        return _page(caller, member, enrolment=begin_enrolment(member.email))

    @pages.post("/settings/second-factor")
    async def confirm_second_factor(
        caller: Annotated[Caller, Depends(anyone)], request: Request
    ) -> Response:
        member, form = await member_of(caller), await read_form(request)
        secret = form.text("secret")
        try:
            codes = await accounts.confirm_second_factor(member.id, secret, form.text("code"))
        except Invalid as error:
            enrolment = Enrolment(secret, address_of(secret, member.email))
            faults = tell_faults(error)
            return _page(caller, member, enrolment=enrolment, faults=faults, status_code=422)
        return _page(caller, await member_of(caller), recovery_codes=codes)

    @pages.post("/settings/second-factor/end")
    async def end_own_second_factor(
        caller: Annotated[Caller, Depends(anyone)], request: Request
    ) -> Response:
        member, form = await member_of(caller), await read_form(request)
        try:
            await limiter.take(PASSWORD_BY_MEMBER, member.id, accounts.clock())
        except TooMany as error:
            return slowed(caller, member, "factor", error)
        if not await accounts.passwords.hold(member.password_hash, form.text("current")):
            faults = {"factor": "The password is not right."}
            return _page(caller, member, faults=faults, status_code=422)
        await accounts.end_second_factor(member.id)
        return RedirectResponse(f"{ACCOUNT_PATH}?notice=factor_ended", 303)


def _page(
    caller: Caller,
    member: Member,
    *,
    enrolment: Enrolment | None = None,
    recovery_codes: list[str] | None = None,
    faults: Faults | None = None,
    notice: str | None = None,
    status_code: int = 200,
) -> Response:
    return render(
        "account.html",
        caller=caller,
        place="settings",
        status_code=status_code,
        tab="account",
        member=member,
        enrolment=enrolment,
        qr_code=_draw(enrolment.address) if enrolment else None,
        recovery_codes=recovery_codes,
        faults=faults or {},
        notice=notice,
    )


def _draw(address: str) -> str:
    """The QR code as SVG, with attributes and no style: the page's policy allows no inline one."""
    code = segno.make_qr(address, error="m")
    return code.svg_inline(scale=4, border=2, dark="#17201c", light="#ffffff", omitsize=False)
