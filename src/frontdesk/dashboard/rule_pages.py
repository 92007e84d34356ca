"""A project's rules: when it is visited and called, what visitors agree to, how long data is kept.

Each part has a form of its own, so that two who change different parts do not meet.
"""

from datetime import timedelta
from typing import Annotated, Any, NamedTuple
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_invalid
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import fingerprint, path_of, read_project, save_settings
from frontdesk.dashboard.rendering import render
from frontdesk.dashboard.schedule_forms import DAYS, KINDS, fill_schedule, read_schedule
from frontdesk.errors import Conflict, changed_meanwhile
from frontdesk.model import Model
from frontdesk.privacy.service import Privacy
from frontdesk.projects.model import ConsentText, Project, Retention
from frontdesk.projects.schedule import list_slots, next_calls, tell_calls
from frontdesk.projects.service import Projects

SLOTS_SHOWN = 6
MOST_COUNTED = 100


class Expiring(NamedTuple):
    """Leads that a shorter time would remove within the hour."""

    leads: int
    is_more: bool


def add_pages(pages: APIRouter, projects: Projects, privacy: Privacy, allow: Allows) -> None:
    manager = allow(Role.MANAGER)

    def show(
        caller: Caller,
        project: Project,
        *,
        schedule: Form | None = None,
        consent: Form | None = None,
        retention: Form | None = None,
        faults: Faults | None = None,
        conflict: str = "",
        expiring: Expiring | None = None,
        notice: str | None = None,
        status_code: int = 200,
    ) -> Response:
        zone, now = ZoneInfo(project.time_zone), projects.clock()
        calls = next_calls(project.schedule, zone, now)
        return render(
            "rules.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            schedule=schedule or fill_schedule(project.schedule),
            consent=consent or _fill(project.consent),
            retention=retention or _fill(project.retention),
            seen={
                name: fingerprint(getattr(project, name))
                for name in ("schedule", "consent", "retention")
            },
            days=DAYS,
            kinds=KINDS,
            slots=list_slots(project.schedule, zone, now)[:SLOTS_SHOWN],
            calls=tell_calls(calls, now) if calls else "",
            faults=faults or {},
            conflict=conflict,
            expiring=expiring,
            notice=notice,
        )

    @pages.get("/projects/{project_id}/rules")
    async def show_rules(
        project_id: str, caller: Annotated[Caller, Depends(manager)], notice: str | None = None
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        return show(caller, project, notice=notice)

    async def keep(
        caller: Caller, project: Project, part: str, value: Model, form: Form
    ) -> Response:
        """Store the part, where it is still what the form was read of."""
        try:
            if form.text("seen") != fingerprint(getattr(project, part)):
                raise changed_meanwhile()
            await save_settings(projects, caller, project, **{part: value})
        except Conflict as error:
            given: dict[str, Any] = {part: form}
            return show(caller, project, **given, conflict=error.detail, status_code=409)
        return RedirectResponse(path_of(project.id, f"rules?notice={part}#{part}"), 303)

    @pages.post("/projects/{project_id}/rules/schedule")
    async def change_schedule(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        schedule, faults = read_schedule(form)
        if schedule is None:
            return show(caller, project, schedule=form, faults=faults, status_code=422)
        return await keep(caller, project, "schedule", schedule, form)

    @pages.post("/projects/{project_id}/rules/consent")
    async def change_consent(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """Other words need another version, since leads are kept with the version they gave."""
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        said = {
            "version": form.text("version"),
            "text": form.text("text").replace("\r", "").strip(),
        }
        try:
            consent = ConsentText.model_validate(said | {"required": form.has("required")})
        except ValidationError as error:
            told = tell_invalid(error)
            return show(caller, project, consent=form, faults=told, status_code=422)
        before = project.consent
        if consent.text != before.text and consent.version == before.version:
            detail = (
                f"Other words need another version: leads that agreed to version {before.version}"
                " are kept with its text."
            )
            given = form.with_text("version", _next_version(before.version))
            return show(caller, project, consent=given, faults={"version": detail}, status_code=422)
        return await keep(caller, project, "consent", consent, form)

    @pages.post("/projects/{project_id}/rules/retention")
    async def change_retention(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """A shorter time removes what is older, for good: that is said, with a count, first."""
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        said = {name: text for name in Retention.model_fields if (text := form.text(name).strip())}
        try:
            kept = Retention.model_validate(said)
        except ValidationError as error:
            detail = "Write a number of days from 1 to 36500, or nothing to keep it for good."
            told = dict.fromkeys(tell_invalid(error), detail)
            return show(caller, project, retention=form, faults=told, status_code=422)
        if _is_shorter(kept, project.retention) and form.text("act") != "remove":
            expiring = Expiring(
                *await privacy.count_expiring(project.id, kept, timedelta(0), MOST_COUNTED)
            )
            return show(caller, project, retention=form, expiring=expiring)
        return await keep(caller, project, "retention", kept, form)


def _fill(part: ConsentText | Retention) -> Form:
    said = part.model_dump(mode="json", exclude_none=True)
    return Form({name: [str(value)] for name, value in said.items() if value is not False})


def _next_version(version: str) -> str:
    return str(int(version) + 1) if version.isascii() and version.isdigit() else f"{version}.1"


def _is_shorter(kept: Retention, before: Retention) -> bool:
    return any(
        days is not None and (was is None or days < was)
        for days, was in (
            (kept.leads_days, before.leads_days),
            (kept.conversations_days, before.conversations_days),
        )
    )
