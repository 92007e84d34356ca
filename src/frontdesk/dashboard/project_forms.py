"""Making and changing one project by hand."""

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Faults, Form, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import PROJECTS_PATH, read_project
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Conflict, changed_meanwhile
from frontdesk.projects.file import ImportFault, write_entry
from frontdesk.projects.importing import ProjectsFile
from frontdesk.projects.model import Knowledge, Project
from frontdesk.projects.service import Projects
from frontdesk.projects.table import read_sites, write_site_line

FIELDS = ("name", "group", "crm_id", "country", "time_zone", "quiet_hours")


def add_pages(pages: APIRouter, projects: Projects, allow: Allows) -> None:
    manager = allow(Role.MANAGER)
    file = ProjectsFile(projects)

    async def show_form(
        caller: Caller,
        form: Form,
        project: Project | None = None,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        return render(
            "project_form.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            form=form,
            faults=faults or {},
            groups=await projects.storage.list_groups(caller.scope),
        )

    @pages.get("/add-project")
    async def add_project(caller: Annotated[Caller, Depends(manager)], site: str = "") -> Response:
        given = {"country": ["IN"], "time_zone": ["Asia/Kolkata"], "sites": [site]}
        return await show_form(caller, Form(given))

    @pages.post("/add-project")
    async def create_project(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        form = await read_form(request)
        project_id = form.text("id").strip()
        is_mine = caller.scope.allows(project_id)
        if is_mine and await projects.find(project_id) is not None:
            faults = {"id": "There is a project with this id already."}
            return await show_form(caller, form, faults=faults, status_code=422)
        caller.notes.targets = {"project_id": project_id}
        try:
            await save(caller, {"id": project_id}, form, expected=None)
        except _RefusedError as refused:
            return await show_form(caller, form, faults=refused.faults, status_code=422)
        return _back_to(project_id)

    @pages.get("/projects/{project_id}/edit")
    async def edit_project(
        project_id: str, caller: Annotated[Caller, Depends(manager)]
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        values = {name: getattr(project, name) for name in FIELDS}
        given = {name: ["" if value is None else str(value)] for name, value in values.items()}
        given["sites"] = ["\n".join(map(write_site_line, project.sites))]
        given["etag"] = [project.etag]
        return await show_form(caller, Form(given), project)

    @pages.post("/projects/{project_id}/edit")
    async def change_project(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        form = await read_form(request)
        project = await read_project(projects, caller.scope, project_id)
        if form.text("etag") != project.etag:
            faults = {"": changed_meanwhile().detail}
            return await show_form(caller, form, project, faults, 409)
        stored = write_entry(project, Knowledge(updated_at=project.updated_at))
        entry = {
            name: value
            for name, value in stored.items()
            if name not in {"facts", "answers", "pages"}
        }
        try:
            await save(caller, entry, form, expected=project)
        except _RefusedError as refused:
            return await show_form(caller, form, project, refused.faults, 422)
        return _back_to(project_id)

    async def save(
        caller: Caller, entry: dict[str, Any], form: Form, expected: Project | None
    ) -> None:
        """The entry as the form changes it. Raises _RefusedError."""
        for name in FIELDS:
            entry.pop(name, None)
            if form.text(name).strip():
                entry[name] = form.text(name).strip()
        lines = read_sites(form.text("sites").replace("\r", ""))
        plan = await file.plan({"projects": [entry | {"sites": lines}]}, caller.scope)
        if plan.faults:
            raise _RefusedError(_by_field(plan.faults, form.text("sites")))
        (change,) = plan.changes
        try:
            await projects.store(change.project, expected=expected)
        except Conflict as error:
            field = "sites" if error.code == "site_taken" else ""
            raise _RefusedError({field: error.detail}) from None
        caller.notes.changes = tuple(map(str, change.differences))


class _RefusedError(Exception):
    def __init__(self, faults: Faults) -> None:
        super().__init__("the form is wrong")
        self.faults = faults


def _by_field(faults: tuple[ImportFault, ...], sites: str) -> dict[str, str]:
    """One text for each field of the form; a site's fault says which line it is about."""
    lines = [line.strip() for line in sites.replace(";", "\n").splitlines() if line.strip()]
    told: dict[str, str] = {}
    for fault in faults:
        name, _, rest = fault.field.partition(".")
        detail = fault.detail
        place = rest.partition(".")[0]
        if name == "sites" and place.isdigit() and int(place) < len(lines):
            line = lines[int(place)]
            detail = detail if line in detail else f"{line}: {detail}"
        field = name if name in {"id", "sites", *FIELDS} else ""
        told[field] = f"{told[field]} {detail}" if field in told else detail
    return told


def _back_to(project_id: str) -> Response:
    return RedirectResponse(f"{PROJECTS_PATH}/{quote(project_id, safe='')}?notice=saved", 303)
