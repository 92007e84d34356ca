"""Many projects at once from a file: first what would change, then the changing."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import read_file, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import PROJECTS_PATH
from frontdesk.dashboard.rendering import render
from frontdesk.projects.file import ImportFault
from frontdesk.projects.import_work import ImportWork
from frontdesk.projects.importing import Plan
from frontdesk.projects.table import MOST_ROWS
from frontdesk.web.spreadsheets import write_csv_row

IMPORT_PATH = "/dashboard/import-projects"
SHOWN = 250  # of thousands; all of them are given as a table
AT_ONCE = 200  # more of them are not waited for
NAMED = 50


def add_pages(pages: APIRouter, work: ImportWork, allow: Allows) -> None:
    manager = allow(Role.MANAGER)
    file = work.file
    projects = file.projects

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
            most=MOST_ROWS,
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
        plan = await file.plan_text(text, caller.scope)
        if form.text("act") == "csv":
            return StreamingResponse(
                write_plan(plan),
                media_type="text/csv; charset=utf-8",
                headers={
                    "Content-Disposition": 'attachment; filename="what-would-change.csv"',
                    "Cache-Control": "no-store",
                },
            )
        if plan.faults:
            return show(caller, text, plan, 422)
        # What is stored is what was looked at, also where the text was changed below the changes.
        if form.text("act") != "apply" or form.text("seen") != _fingerprint(text):
            return show(caller, text, plan)
        report = plan.report
        told = (
            f"created: {_name(report.created)}" if report.created else "",
            f"changed: {_name(report.changed)}" if report.changed else "",
        )
        caller.notes.changes = tuple(filter(None, told))
        if len(plan.real_changes) <= AT_ONCE:
            await file.apply(plan)
            return RedirectResponse(f"{PROJECTS_PATH}?notice=imported", 303)
        run = await work.begin(plan, caller.name or caller.id, caller.scope)
        return RedirectResponse(f"{IMPORT_PATH}/{run.id}", 303)

    @pages.get("/import-projects/{run_id}")
    async def show_import(run_id: str, caller: Annotated[Caller, Depends(manager)]) -> Response:
        run = await work.get(caller.scope, run_id)
        return render(
            "import_run.html",
            caller=caller,
            place="projects",
            run=run,
            has_died=run.has_died(projects.clock()),
        )


def write_plan(plan: Plan) -> Iterator[bytes]:
    """Every change and every fault, as a table."""
    if plan.faults:
        yield write_csv_row(["line", "project", "field", "what is wrong"])
        for fault in plan.faults:
            line = str(fault.line or "")
            yield write_csv_row([line, fault.project, fault.field, fault.detail])
        return
    yield write_csv_row(["project", "change", "field", "after", "before"])
    for change in plan.real_changes:
        for one in change.differences:
            yield write_csv_row([change.project.id, change.kind, one.field, one.after, one.before])


def _name(ids: Sequence[str]) -> str:
    """For the audit log; what is left out stands in the file."""
    more = len(ids) - NAMED
    return ", ".join(ids[:NAMED]) + (f" and {more:,} more" if more > 0 else "")


def _fault(detail: str, line: int | None = None) -> ImportFault:
    return ImportFault(project="", field="", detail=detail, line=line)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
