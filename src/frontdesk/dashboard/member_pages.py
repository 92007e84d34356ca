"""Members: who may come in, inviting, changing and switching off."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.api import require_every_project, tell_changes, view_link
from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_faults
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Conflict, FieldError, Invalid, NotFound
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.service import Projects

MEMBERS_PATH = "/dashboard/settings/members"
MEMBERS_PER_PAGE = 100


def add_pages(
    pages: APIRouter, accounts: Accounts, projects: Projects, allow: Allows, public_url: str
) -> None:
    owner = allow(Role.OWNER)

    async def show_list(
        caller: Caller,
        after: str | None = None,
        form: Form | None = None,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        page = await accounts.list_members(after, MEMBERS_PER_PAGE)
        return render(
            "members.html",
            caller=caller,
            place="settings",
            tab="members",
            status_code=status_code,
            members=page.items,
            next_cursor=page.next_cursor,
            after=after,
            form=form or Form({}),
            faults=faults or {},
            roles=list(Role),
        )

    @pages.get("/settings/members")
    async def list_members(
        caller: Annotated[Caller, Depends(owner)], after: str | None = None
    ) -> Response:
        require_every_project(caller)
        return await show_list(caller, after)

    @pages.post("/settings/members")
    async def invite_member(
        caller: Annotated[Caller, Depends(owner)], request: Request
    ) -> Response:
        require_every_project(caller)
        form = await read_form(request)
        try:
            scope = await read_scope(form, projects)
            role = read_role(form)
            member, made = await accounts.invite(form.text("email"), form.text("name"), role, scope)
        except (Invalid, Conflict) as error:
            return await show_list(caller, form=form, faults=tell_faults(error), status_code=422)
        caller.notes.targets = {"member_id": member.id}
        caller.notes.changes = (f"role: {member.role}",)
        link = view_link(made, public_url)
        return render(
            "member_link.html",
            caller=caller,
            place="settings",
            tab="members",
            member=member,
            link=link,
        )

    @pages.get("/settings/members/{member_id}")
    async def show_member(
        member_id: str, caller: Annotated[Caller, Depends(owner)], notice: str | None = None
    ) -> Response:
        require_every_project(caller)
        member = await accounts.storage.get_member(member_id)
        return render(
            "member.html",
            caller=caller,
            place="settings",
            tab="members",
            member=member,
            roles=list(Role),
            faults={},
            notice=notice,
        )

    @pages.post("/settings/members/{member_id}")
    async def change_member(
        member_id: str, caller: Annotated[Caller, Depends(owner)], request: Request
    ) -> Response:
        require_every_project(caller)
        form = await read_form(request)
        try:
            before, after = await accounts.change_member(
                member_id,
                name=form.text("name") if form.has("name") else None,
                role=read_role(form) if form.has("role") else None,
                scope=await read_scope(form, projects) if form.has("reach") else None,
                is_active=form.text("active") == "yes" if form.has("active") else None,
                version=form.number("version"),
            )
        except (Invalid, Conflict) as error:
            return render(
                "member.html",
                caller=caller,
                place="settings",
                tab="members",
                status_code=422 if isinstance(error, Invalid) else 409,
                member=await accounts.storage.get_member(member_id),
                roles=list(Role),
                faults=tell_faults(error),
                notice=None,
            )
        caller.notes.changes = tell_changes(before, after)
        here = f"{MEMBERS_PATH}/{quote(member_id, safe='')}?notice=saved"
        return RedirectResponse(here, 303)

    @pages.post("/settings/members/{member_id}/link")
    async def make_member_link(
        member_id: str, caller: Annotated[Caller, Depends(owner)]
    ) -> Response:
        require_every_project(caller)
        made = await accounts.make_link(member_id)
        return render(
            "member_link.html",
            caller=caller,
            place="settings",
            tab="members",
            member=await accounts.storage.get_member(member_id),
            link=view_link(made, public_url),
        )

    @pages.post("/settings/members/{member_id}/second-factor/end")
    async def end_second_factor(
        member_id: str, caller: Annotated[Caller, Depends(owner)]
    ) -> Response:
        require_every_project(caller)
        await accounts.end_second_factor(member_id)
        here = f"{MEMBERS_PATH}/{quote(member_id, safe='')}?notice=factor_ended"
        return RedirectResponse(here, 303)


def read_role(form: Form) -> Role:
    """Raises Invalid(`invalid_member`)."""
    try:
        return Role(form.text("role"))
    except ValueError:
        fault = FieldError("role", "invalid_role", "Choose one of the roles.")
        raise Invalid("invalid_member", fault.detail, [fault]) from None


async def read_scope(form: Form, projects: Projects) -> Scope:
    """Every project, or those whose ids stand in the field, apart by commas or spaces.

    Raises Invalid(`invalid_member`).
    """
    if form.text("reach") != "some":
        return EVERY_PROJECT
    ids = frozenset(form.text("projects").replace(",", " ").split())
    fault = None if ids else FieldError("projects", "no_projects", "Name at least one project.")
    for project_id in sorted(ids):
        try:
            await projects.get(project_id)
        except NotFound:
            fault = FieldError("projects", "unknown", f"There is no project “{project_id}”.")
            break
    if fault:
        raise Invalid("invalid_member", fault.detail, [fault])
    return Scope(projects=ids)
