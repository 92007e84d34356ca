"""The list a salesperson lives in: found, filtered, changed many at once."""

import asyncio
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.dashboard.colleagues import list_colleagues, read_change
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.lead_pages import lead_rows, project_names
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Invalid
from frontdesk.leads.model import LeadFilter, LeadStatus
from frontdesk.leads.work import Author, LeadChange, LeadWork
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

LEADS_PATH = "/dashboard/leads"
LEADS_PER_PAGE = 50
# What a line may show beside the name and the time; which ones stands in the address.
COLUMNS = {
    "phone": "Phone",
    "email": "E-mail",
    "asked": "Asked for",
    "project": "Project",
    "source": "Source",
    "status": "Status",
    "with": "With",
    "note": "Last note",
}
USUAL_COLUMNS = ["phone", "asked", "project", "status", "with"]


def add_pages(
    pages: APIRouter,
    storage: Storage,
    projects: Projects,
    accounts: Accounts,
    work: LeadWork,
    allow: Allows,
    tag: str,
) -> None:
    @pages.get("/leads")
    async def list_leads(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        request: Request,
        project: str = "",
        search: str = "",
        status: str = "",
        assignee: str = "",
        after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        scope = caller.scope.within(project) if project else caller.scope
        fits = LeadFilter(
            status=LeadStatus(status) if status in set(LeadStatus) else None,
            assignee_id=assignee or None,
            text=search[:200],
        )
        leads, counted = await asyncio.gather(
            storage.list_leads(scope, fits=fits, after=after, limit=LEADS_PER_PAGE),
            storage.count_leads(scope, fits=fits),
        )
        # A name is no caller's to see outside of their scope, so there it stays the id as asked.
        asked = [project] if project and caller.scope.allows(project) else []
        names = await project_names(asked, projects)
        query = {
            "project": project,
            "search": fits.text,
            "status": fits.status or "",
            "assignee": assignee,
        }
        filters = {name: value for name, value in query.items() if value}
        members = await list_colleagues(accounts, caller)
        columns = read_columns(request.query_params.getlist("column"))
        column_query = ask_columns(columns)
        here = urlencode(filters) + column_query
        return render(
            "leads.html",
            caller=caller,
            place="leads",
            rows=await lead_rows(leads.items, projects),
            counted=counted,
            next_cursor=leads.next_cursor,
            after=after,
            here=f"{LEADS_PATH}?{here.removeprefix('&')}" if here else LEADS_PATH,
            columns=columns,
            every_column=COLUMNS,
            column_query=column_query,
            export=urlencode(filters),
            query=query,
            filters=filters,
            project=project or None,
            project_name=names.get(project, project),
            statuses=list(LeadStatus),
            members=members,
            member_names={member.id: member.name for member in members},
            may_work=caller.role.reaches(Role.SALES),
            notice=notice,
            tag=tag,
        )

    @pages.post("/leads/changes")
    async def change_leads(
        caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        form = await read_form(request)
        change = read_change(form)
        ids = form.all("lead")[:LEADS_PER_PAGE]
        notice = "none_chosen"
        if ids and change != LeadChange():
            try:
                author = Author(id=caller.id, name=caller.name)
                changed = await work.change_many(caller.scope, ids, change, author)
            except Invalid:
                notice = "not_theirs"
            else:
                notice = f"changed_{changed}"
                caller.notes.changes = (f"{changed} leads: {change.model_dump_json()}",)
        kept = {
            name: form.text(f"filter_{name}")
            for name in ("project", "search", "status", "assignee")
        }
        query = {name: value for name, value in kept.items() if value} | {"notice": notice}
        columns = ask_columns(read_columns(form.all("column")))
        return RedirectResponse(f"{LEADS_PATH}?{urlencode(query)}{columns}", 303)


def read_columns(asked: list[str]) -> list[str]:
    """Those that are asked for, in their fixed order; the usual ones where none is."""
    return [one for one in COLUMNS if one in asked] or USUAL_COLUMNS


def ask_columns(columns: list[str]) -> str:
    """`&column=…` for the address; empty where they are the usual ones."""
    if columns == USUAL_COLUMNS:
        return ""
    return "".join(f"&column={one}" for one in columns)
