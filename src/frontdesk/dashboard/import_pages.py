"""Many projects at once from a file: first what would change, then the changing."""

import hashlib
import json
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import read_file, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import PROJECTS_PATH
from frontdesk.dashboard.rendering import render
from frontdesk.model import Scope
from frontdesk.projects.file import ImportFault
from frontdesk.projects.importing import Plan, ProjectsFile
from frontdesk.projects.service import Projects

SHOWN = 1_000


def add_pages(pages: APIRouter, projects: Projects, allow: Allows) -> None:
    manager = allow(Role.MANAGER)
    file = ProjectsFile(projects)

    def show(
        caller: Caller, text: str = "", plan: Plan | None = None, status_code: int = 200
    ) -> Response:
        return render(
            "import_projects.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            text=text,
            plan=plan,
            report=plan.report if plan else None,
            seen=_fingerprint(text),
            shown=SHOWN,
        )

    @pages.get("/import-projects")
    async def begin_import(caller: Annotated[Caller, Depends(manager)]) -> Response:
        return show(caller)

    @pages.post("/import-projects")
    async def import_projects(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        form = await read_form(request)
        uploaded = await read_file(request, "file")
        try:
            text = uploaded.decode("utf-8-sig") if uploaded else form.text("text")
        except UnicodeDecodeError:
            fault = _fault("The file is not UTF-8 text. Save it as CSV UTF-8.")
            return show(caller, plan=Plan((), (fault,)), status_code=422)
        text = text.replace("\r\n", "\n")
        plan = await make_plan(text, caller.scope)
        if plan.faults:
            return show(caller, text, plan, 422)
        # What is stored is what was looked at, also where the text was changed below the changes.
        if form.text("act") != "apply" or form.text("seen") != _fingerprint(text):
            return show(caller, text, plan)
        await file.apply(plan)
        report = plan.report
        caller.notes.changes = (
            f"created: {', '.join(report.created)}" if report.created else "",
            f"changed: {', '.join(report.changed)}" if report.changed else "",
        )
        caller.notes.changes = tuple(filter(None, caller.notes.changes))
        return RedirectResponse(f"{PROJECTS_PATH}?notice=imported", 303)

    async def make_plan(text: str, scope: Scope) -> Plan:
        if not text.lstrip().startswith("{"):
            return await file.plan_table(text, scope)
        try:
            data = json.loads(text)
        except (ValueError, RecursionError) as error:  # nested deeper than anybody writes
            line = getattr(error, "lineno", None)
            return Plan((), (_fault("From here on it is not JSON.", line),))
        return await file.plan(data, scope)


def _fault(detail: str, line: int | None = None) -> ImportFault:
    return ImportFault(project="", field="", detail=detail, line=line)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
