"""Projects: the list with unknown sites below it, one of them, and all of them as a file."""

import asyncio
import json
from collections.abc import AsyncIterator
from itertools import groupby
from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.analytics.site_checks import SiteCheck, SiteChecks
from frontdesk.analytics.sites import find_elsewhere, is_live, report_sites
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.overview import list_unknown_sites_for
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Invalid
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.model import Project, ProjectState
from frontdesk.projects.purge import EVERYTHING, Purge
from frontdesk.projects.service import Projects
from frontdesk.projects.table import COLUMNS, write_row
from frontdesk.storage.base import Storage
from frontdesk.web.spreadsheets import write_csv_row

PROJECTS_PER_PAGE = 50
UNKNOWN_SITES_PER_PAGE = 50
STATES = {
    ProjectState.LIVE: "Live",
    ProjectState.NOT_LIVE: "Not live",
    ProjectState.NO_DESTINATION: "Without a destination",
}


def read_state(text: str) -> ProjectState | None:
    """A filter in an address bar may say anything; what is none asks for nothing."""
    return next((state for state in ProjectState if state == text), None)


def add_pages(
    pages: APIRouter,
    storage: Storage,
    projects: Projects,
    site_checks: SiteChecks,
    allow: Allows,
    tag: str,
) -> None:
    file = ProjectsFile(projects)

    @pages.get("/projects")
    async def list_projects(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        search: str = "",
        group: str = "",
        state: str = "",
        after: str | None = None,
        unknown_after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        fits = projects.make_filter(search, group or None, read_state(state))
        found, count, groups, unknown = await asyncio.gather(
            storage.list_projects(caller.scope, fits=fits, after=after, limit=PROJECTS_PER_PAGE),
            storage.count_projects(caller.scope, fits=fits),
            storage.list_groups(caller.scope),
            list_unknown_sites_for(caller, storage, UNKNOWN_SITES_PER_PAGE, unknown_after),
        )
        reports = await report_sites(storage, found.items, projects.clock())
        by_project = groupby(reports, key=lambda report: report.project_id)
        asked = {"search": search, "group": group, "state": state}
        return render(
            "projects.html",
            caller=caller,
            place="projects",
            projects=found.items,
            count=count,
            live={project_id for project_id, sites in by_project if is_live(sites)},
            groups=groups,
            states=STATES,
            asked=asked,
            query=urlencode({name: value for name, value in asked.items() if value}),
            next_cursor=found.next_cursor,
            after=after,
            unknown=unknown.items,
            unknown_next_cursor=unknown.next_cursor,
            notice=notice,
        )

    @pages.get("/projects.csv")
    async def export_table(
        caller: Annotated[Caller, Depends(allow(Role.MANAGER))],
    ) -> Response:
        async def write() -> AsyncIterator[bytes]:
            yield write_csv_row(COLUMNS)
            async for project in projects.walk(caller.scope):
                yield write_row(project)

        return StreamingResponse(
            write(), media_type="text/csv; charset=utf-8", headers=_attached("projects.csv")
        )

    @pages.get("/projects.json")
    async def export_file(caller: Annotated[Caller, Depends(allow(Role.MANAGER))]) -> Response:
        text = json.dumps(await file.export(caller.scope), ensure_ascii=False, indent=2) + "\n"
        return Response(text, media_type="application/json", headers=_attached("projects.json"))

    async def show(
        caller: Caller,
        project_id: str,
        notice: str | None = None,
        checked: SiteCheck | None = None,
        check_fault: str = "",
    ) -> Response:
        caller.scope.require(project_id)
        project, knowledge = await asyncio.gather(
            storage.get_project(project_id), storage.get_knowledge(project_id)
        )
        return render(
            "project.html",
            caller=caller,
            place="projects",
            project=project,
            knowledge=knowledge,
            sites=await report_sites(storage, [project], projects.clock(), projects.environment),
            purges=await find_purges(projects, project),
            elsewhere=await find_elsewhere(storage, project, projects.environment),
            tag=tag,
            tag_by_hand=tag.replace("<script ", f'<script data-project="{project.id}" ', 1),
            notice=notice,
            checked=checked,
            check_fault=check_fault,
        )

    @pages.get("/projects/{project_id}")
    async def show_project(
        project_id: str,
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        notice: str | None = None,
    ) -> Response:
        return await show(caller, project_id, notice)

    @pages.post("/projects/{project_id}/sites/check")
    async def check_site(
        project_id: str,
        caller: Annotated[Caller, Depends(allow(Role.MANAGER))],
        request: Request,
    ) -> Response:
        url = (await read_form(request)).text("url")
        try:
            checked = await site_checks.check(caller.scope, project_id, url)
        except Invalid as error:
            return await show(caller, project_id, check_fault=error.detail)
        return await show(caller, project_id, checked=checked)


async def find_purges(projects: Projects, project: Project) -> list[Purge]:
    """What the CDN was told last of this project; nothing where none is told."""
    if projects.cdn is None:
        return []
    hosts = [EVERYTHING, *(site.host for site in project.sites)]
    return await projects.storage.find_purges(hosts)


def _attached(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
