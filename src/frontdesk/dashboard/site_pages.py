"""Sites: which are live, all of them as CSV, and giving an unknown one to a project."""

from collections.abc import AsyncIterator, Sequence
from typing import Annotated
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response, StreamingResponse

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.analytics.model import SiteWatch
from frontdesk.analytics.sites import SiteReport, report_sites
from frontdesk.clock import format_instant
from frontdesk.dashboard.forms import Faults, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import PROJECTS_PATH, read_project
from frontdesk.dashboard.project_pages import STATES, read_state
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.model import Scope
from frontdesk.projects.addresses import parse_host_and_port
from frontdesk.projects.model import Project, ProjectFilter, Site
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage
from frontdesk.web.spreadsheets import write_csv_row

# A project may have fifty sites: a page is full by its rows.
ROWS_PER_PAGE = 50
_PROJECTS_AT_ONCE = 10
SUGGESTIONS = 8
_EXPORT_PAGE = 200
QUIET = "quiet"
SITE_STATES: dict[str, str] = {QUIET: "Gone quiet"} | {str(it): STATES[it] for it in STATES}
CSV_COLUMNS = (
    "project",
    "name",
    "group",
    "site",
    "state",
    "by_hand",
    "last_seen_at",
    "first_seen_at",
    "page",
    "version",
    "last_lead_at",
    "last_lead",
    "last_lead_page",
    "asked_for_elsewhere",
    "quiet_since",
)


def add_pages(pages: APIRouter, storage: Storage, projects: Projects, allow: Allows) -> None:
    @pages.get("/sites")
    async def list_sites(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        search: str = "",
        group: str = "",
        state: str = "",
        after: str | None = None,
    ) -> Response:
        if state == QUIET:
            return await list_quiet(caller, after)
        fits = projects.make_filter(search, group or None, read_state(state))
        listed: list[Project] = []
        next_cursor = after
        while sum(max(1, len(project.sites)) for project in listed) < ROWS_PER_PAGE:
            found = await storage.list_projects(
                caller.scope, fits=fits, after=next_cursor, limit=_PROJECTS_AT_ONCE
            )
            listed += found.items
            next_cursor = found.next_cursor
            if next_cursor is None:
                break
        asked = {"search": search, "group": group, "state": state}
        return render(
            "sites.html",
            caller=caller,
            place="projects",
            projects=[project for project in listed if not project.sites],
            sites=await report_sites(storage, listed, projects.clock(), projects.environment),
            count=await storage.count_projects(caller.scope, fits=fits),
            groups=await storage.list_groups(caller.scope),
            states=SITE_STATES,
            asked=asked,
            query=urlencode({name: value for name, value in asked.items() if value}),
            next_cursor=next_cursor,
            after=after,
        )

    async def list_quiet(caller: Caller, after: str | None) -> Response:
        found = await storage.list_site_watches(
            caller.scope, quiet=True, after=after, limit=ROWS_PER_PAGE
        )
        return render(
            "sites.html",
            caller=caller,
            place="projects",
            projects=[],
            sites=await report_quiet(caller, found.items),
            count=None,
            groups=await storage.list_groups(caller.scope),
            states=SITE_STATES,
            asked={"search": "", "group": "", "state": QUIET},
            query=urlencode({"state": QUIET}),
            next_cursor=found.next_cursor,
            after=after,
        )

    async def report_quiet(caller: Caller, watches: Sequence[SiteWatch]) -> list[SiteReport]:
        ids = [one.project_id for one in watches if caller.scope.allows(one.project_id)]
        some = await storage.list_projects(Scope(projects=frozenset(ids)), limit=len(watches) or 1)
        reports = await report_sites(storage, some.items, projects.clock(), projects.environment)
        wanted = {(one.project_id, one.host, one.path_prefix) for one in watches}
        return [it for it in reports if (it.project_id, it.host, it.path_prefix) in wanted]

    @pages.get("/sites.csv")
    async def export_sites(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        search: str = "",
        group: str = "",
        state: str = "",
    ) -> Response:
        fits = projects.make_filter(search, group or None, read_state(state))
        return StreamingResponse(
            write_quiet(caller) if state == QUIET else write(caller, fits),
            media_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="sites.csv"',
                "Cache-Control": "no-store",
            },
        )

    async def write_quiet(caller: Caller) -> AsyncIterator[bytes]:
        yield write_csv_row(CSV_COLUMNS)
        after = None
        while True:
            found = await storage.list_site_watches(
                caller.scope, quiet=True, after=after, limit=_EXPORT_PAGE
            )
            yield b"".join(map(_write_row, await report_quiet(caller, found.items)))
            after = found.next_cursor
            if after is None:
                return

    async def write(caller: Caller, fits: ProjectFilter) -> AsyncIterator[bytes]:
        yield write_csv_row(CSV_COLUMNS)
        after = None
        while True:
            found = await storage.list_projects(
                caller.scope, fits=fits, after=after, limit=_EXPORT_PAGE
            )
            reports = await report_sites(
                storage, found.items, projects.clock(), projects.environment
            )
            yield b"".join(map(_write_row, reports))
            yield b"".join(_write_bare(one) for one in found.items if not one.sites)
            after = found.next_cursor
            if after is None:
                return

    async def show_assigning(
        caller: Caller,
        host: str,
        project_id: str = "",
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        fits = projects.make_filter(_guess(host))
        found = await storage.list_projects(caller.scope, fits=fits, limit=SUGGESTIONS)
        return render(
            "assign_site.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            host=host,
            project_id=project_id,
            suggestions=found.items,
            faults=faults or {},
        )

    @pages.get("/assign-site")
    async def begin_assigning(
        caller: Annotated[Caller, Depends(allow(Role.MANAGER))], host: str = ""
    ) -> Response:
        return await show_assigning(caller, host)

    @pages.post("/assign-site")
    async def assign_site(
        caller: Annotated[Caller, Depends(allow(Role.MANAGER))], request: Request
    ) -> Response:
        form = await read_form(request)
        host, project_id = form.text("host"), form.text("project_id").strip()
        try:
            project = await read_project(projects, caller.scope, project_id)
            # An unknown site is shown with its port, which a project's site never has.
            site = Site(host=parse_host_and_port(host)[0])
            taken = any(one.host == site.host and one.path_prefix == "/" for one in project.sites)
            if not taken:
                changes = {"sites": (*project.sites, site), "updated_at": projects.clock()}
                await projects.save(project.model_copy(update=changes), etag=project.etag)
        except ValueError:
            faults = {"host": "That is not a host name."}
            return await show_assigning(caller, host, project_id, faults, 422)
        except (Conflict, Invalid, NotFound) as error:
            field = "project_id" if isinstance(error, NotFound) else ""
            return await show_assigning(caller, host, project_id, {field: error.detail}, 422)
        caller.notes.targets = {"project_id": project_id}
        caller.notes.changes = (f"sites: {site.host} added",)
        return RedirectResponse(f"{PROJECTS_PATH}/{quote(project_id, safe='')}?notice=saved", 303)


def _guess(host: str) -> str:
    """The part of a host that a project's own name is likely to be in."""
    labels = [label for label in host.partition(":")[0].split(".") if label not in {"www", "m"}]
    return labels[0].split("-")[0] if labels else ""


def _write_row(report: SiteReport) -> bytes:
    first, last = report.first_seen_at, report.last_seen_at
    return write_csv_row(
        [
            report.project_id,
            report.project_name,
            report.group or "",
            report.name,
            report.state,
            "yes" if report.by_hand else "",
            format_instant(last) if last else "",
            format_instant(first) if first else "",
            report.page or "",
            report.version or "",
            format_instant(report.last_lead_at) if report.last_lead_at else "",
            report.last_lead_id or "",
            report.last_lead_page or "",
            " ".join(one.detail for one in report.elsewhere),
            format_instant(report.quiet_since) if report.quiet_since else "",
        ]
    )


def _write_bare(project: Project) -> bytes:
    cells = [project.id, project.name, project.group or "", "", "no_site"]
    return write_csv_row([*cells, *[""] * (len(CSV_COLUMNS) - len(cells))])
