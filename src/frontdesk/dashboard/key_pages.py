"""API keys: made, shown once, revoked."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.api import require_every_project
from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import NewApiKey, Role
from frontdesk.accounts.service import Accounts
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_faults
from frontdesk.dashboard.member_pages import read_role, read_scope
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Invalid
from frontdesk.projects.service import Projects

KEYS_PATH = "/dashboard/settings/keys"
KEYS_PER_PAGE = 100
GOOD_FOR_DAYS = {"30": "30 days", "90": "90 days", "365": "A year", "": "No end"}


def add_pages(pages: APIRouter, accounts: Accounts, projects: Projects, allow: Allows) -> None:
    owner = allow(Role.OWNER)

    async def show_list(
        caller: Caller,
        after: str | None = None,
        form: Form | None = None,
        faults: Faults | None = None,
        made: NewApiKey | None = None,
        status_code: int = 200,
    ) -> Response:
        page = await accounts.list_api_keys(after, KEYS_PER_PAGE)
        return render(
            "keys.html",
            caller=caller,
            place="settings",
            tab="keys",
            status_code=status_code,
            keys=page.items,
            next_cursor=page.next_cursor,
            after=after,
            form=form or Form({}),
            faults=faults or {},
            made=made,
            roles=list(Role),
            ends=GOOD_FOR_DAYS,
            now=accounts.clock(),
        )

    @pages.get("/settings/keys")
    async def list_api_keys(
        caller: Annotated[Caller, Depends(owner)], after: str | None = None
    ) -> Response:
        require_every_project(caller)
        return await show_list(caller, after)

    @pages.post("/settings/keys")
    async def create_api_key(
        caller: Annotated[Caller, Depends(owner)], request: Request
    ) -> Response:
        require_every_project(caller)
        form = await read_form(request)
        days = form.text("days")
        until = (
            accounts.clock() + timedelta(days=int(days)) if days in GOOD_FOR_DAYS and days else None
        )
        try:
            made = await accounts.create_api_key(
                form.text("name"),
                read_role(form),
                scope=await read_scope(form, projects),
                expires_at=until,
            )
        except Invalid as error:
            return await show_list(caller, form=form, faults=tell_faults(error), status_code=422)
        caller.notes.targets = {"key_id": made.key.id}
        caller.notes.changes = (f"role: {made.key.role}",)
        return await show_list(caller, made=made)

    @pages.post("/settings/keys/{key_id}/revoke")
    async def revoke_api_key(key_id: str, caller: Annotated[Caller, Depends(owner)]) -> Response:
        require_every_project(caller)
        await accounts.revoke_api_key(key_id)
        return RedirectResponse(KEYS_PATH, 303)
