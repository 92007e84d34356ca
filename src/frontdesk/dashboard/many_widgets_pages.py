"""Changing the widgets of many projects at once: chosen by filter, looked at, made, undone."""

from typing import Annotated

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_invalid
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_pages import STATES, read_state
from frontdesk.dashboard.rendering import render
from frontdesk.dashboard.widget_form import CHOICES, FIELDS, label_of, read_settings
from frontdesk.projects.many_widgets import (
    ManyWidgets,
    PlannedChange,
    fingerprint,
    tell_wish,
)
from frontdesk.projects.many_widgets_api import tell_change
from frontdesk.projects.model import ProjectFilter, WidgetSettings
from frontdesk.projects.widget_change import WidgetChange, Wish

MANY_PATH = "/dashboard/change-widgets"
SHOWN = 500
CHANGES_PER_PAGE = 20


def add_pages(pages: APIRouter, many: ManyWidgets, allow: Allows) -> None:
    manager = allow(Role.MANAGER)
    projects = many.layers.projects

    def read_filter(form: Form) -> ProjectFilter:
        state = read_state(form.text("state"))
        return projects.make_filter(form.text("search"), form.text("group") or None, state)

    async def show(
        caller: Caller,
        form: Form,
        planned: list[PlannedChange] | None = None,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        fits = read_filter(form)
        return render(
            "change_widgets.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            form=form,
            chosen=form.all("clear"),
            left_out=form.all("without"),
            groups=await projects.storage.list_groups(caller.scope),
            states=STATES,
            count=await projects.storage.count_projects(caller.scope, fits=fits),
            choices=CHOICES,
            fields=FIELDS,
            label_of=label_of,
            planned=planned,
            seen=fingerprint(planned) if planned else "",
            shown=SHOWN,
            faults=faults or {},
        )

    @pages.get("/change-widgets")
    async def begin_change(
        caller: Annotated[Caller, Depends(manager)],
        search: str = "",
        group: str = "",
        state: str = "",
    ) -> Response:
        return await show(caller, Form({"search": [search], "group": [group], "state": [state]}))

    @pages.post("/change-widgets")
    async def change_widgets(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        form = await read_form(request)
        try:
            settings = read_settings(form, WidgetSettings())
        except ValidationError as error:
            told = tell_invalid(error)
            return await show(caller, form, faults=told, status_code=422)
        wish = Wish(set=settings, clear=frozenset(form.all("clear")) & frozenset(FIELDS))
        planned = await many.plan(caller.scope, read_filter(form), wish, form.all("without"))
        # What is done is what was looked at, also where something changed below it.
        if form.text("act") != "apply" or form.text("seen") != fingerprint(planned):
            return await show(caller, form, planned)
        if not planned:
            return await show(caller, form, planned)
        change = await many.begin(planned, wish, caller.name or caller.id)
        caller.notes.changes = tell_change(change)
        return _go_to(change)

    @pages.get("/widget-changes")
    async def list_changes(
        caller: Annotated[Caller, Depends(manager)], after: str | None = None
    ) -> Response:
        found = await many.list(caller.scope, after=after, limit=CHANGES_PER_PAGE)
        return render(
            "widget_changes.html",
            caller=caller,
            place="projects",
            changes=found.items,
            tell_wish=tell_wish,
            label_of=label_of,
            next_cursor=found.next_cursor,
            after=after,
        )

    @pages.get("/change-widgets/{change_id}")
    async def show_change(change_id: str, caller: Annotated[Caller, Depends(manager)]) -> Response:
        change = await many.get(caller.scope, change_id)
        return render(
            "widget_change.html",
            caller=caller,
            place="projects",
            change=change,
            said=tell_wish(change.wish),
            label_of=label_of,
            in_force=None if change.is_open else await many.find_in_force(change),
        )

    @pages.post("/change-widgets/{change_id}/undo")
    async def undo_change(change_id: str, caller: Annotated[Caller, Depends(manager)]) -> Response:
        change = await many.undo(caller.scope, change_id, caller.name or caller.id)
        caller.notes.changes = (*tell_change(change), "undone")
        return _go_to(change)


def _go_to(change: WidgetChange) -> Response:
    return RedirectResponse(f"{MANY_PATH}/{change.id}", 303)
