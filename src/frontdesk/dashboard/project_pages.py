"""Projects: the list with unknown sites below it, and one project as it is set up."""

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.overview import list_unknown_sites_for
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import NotFound
from frontdesk.storage.base import Storage

PROJECTS_PER_PAGE = 50
UNKNOWN_SITES_PER_PAGE = 50


def add_pages(pages: APIRouter, storage: Storage, allow: Allows, tag: str) -> None:
    @pages.get("/projects")
    async def list_projects(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        after: str | None = None,
        unknown_after: str | None = None,
    ) -> Response:
        projects, unknown = await asyncio.gather(
            storage.list_projects(caller.scope, after=after, limit=PROJECTS_PER_PAGE),
            list_unknown_sites_for(caller, storage, UNKNOWN_SITES_PER_PAGE, unknown_after),
        )
        return render(
            "projects.html",
            caller=caller,
            place="projects",
            projects=projects.items,
            next_cursor=projects.next_cursor,
            after=after,
            unknown=unknown.items,
            unknown_next_cursor=unknown.next_cursor,
        )

    @pages.get("/projects/{project_id}")
    async def show_project(
        project_id: str, caller: Annotated[Caller, Depends(allow(Role.VIEWER))]
    ) -> Response:
        if not caller.scope.allows(project_id):
            raise NotFound("project_not_found", "There is no such project.")
        project, knowledge = await asyncio.gather(
            storage.get_project(project_id), storage.get_knowledge(project_id)
        )
        return render(
            "project.html",
            caller=caller,
            place="projects",
            project=project,
            knowledge=knowledge,
            tag=tag,
            tag_by_hand=tag.replace("<script ", f'<script data-project="{project.id}" ', 1),
        )
