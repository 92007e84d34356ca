"""Whether the CDN was told of what was saved, and telling it by hand."""

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import PROJECTS_PATH
from frontdesk.dashboard.rendering import render
from frontdesk.projects.purge_api import ask_for, require_everywhere
from frontdesk.projects.service import Projects

CDN_PATH = "/dashboard/settings/cdn"
ROWS_PER_PAGE = 50


def add_pages(pages: APIRouter, projects: Projects, allow: Allows) -> None:
    manager = allow(Role.MANAGER)

    @pages.get("/settings/cdn")
    async def show_cdn(
        caller: Annotated[Caller, Depends(manager)],
        state: str = "",
        after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        require_everywhere(caller)
        is_failed = state == "failed"
        found = await projects.storage.list_purges(
            failed=is_failed, after=after, limit=ROWS_PER_PAGE
        )
        failed = await projects.storage.list_purges(failed=True, limit=1)
        return render(
            "cdn.html",
            caller=caller,
            place="settings",
            tab="cdn",
            is_set_up=projects.cdn is not None,
            purges=found.items,
            has_failed=bool(failed.items),
            is_failed=is_failed,
            next_cursor=found.next_cursor,
            after=after,
            notice=notice,
        )

    @pages.post("/settings/cdn/purge")
    async def purge(caller: Annotated[Caller, Depends(manager)], request: Request) -> Response:
        project_id = (await read_form(request)).text("project_id") or None
        await ask_for(projects, caller, project_id)
        if project_id is None:
            return RedirectResponse(f"{CDN_PATH}?notice=asked", 303)
        caller.notes.targets = {"project_id": project_id}
        return RedirectResponse(f"{PROJECTS_PATH}/{quote(project_id, safe='')}?notice=purged", 303)
