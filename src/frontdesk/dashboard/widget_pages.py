"""The editor for widget settings: everywhere, for a group and for one project, by versions."""

from collections.abc import Awaitable, Callable
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard import widget_words
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_invalid
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.dashboard.widget_form import (
    CHOICES,
    CONVERSIONS,
    LABELS,
    dump,
    fill,
    find_behind,
    label_of,
    list_versions,
    read_settings,
)
from frontdesk.dashboard.widget_saving import (
    WIDGET_PATH,
    editor_path,
    go_to_editor,
    save_settings,
)
from frontdesk.errors import Conflict, NotFound
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.differences import list_differences
from frontdesk.projects.layer_service import PlaceSettings, WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import ProjectFilter, WidgetSettings
from frontdesk.projects.widget_api import require_place, tell_place, tell_publishing
from frontdesk.web.security_headers import PAGE_POLICY

FRAME_PATH = f"{WIDGET_PATH}/frame"
EDITOR_POLICY = f"{PAGE_POLICY}; frame-src 'self'"
# The frame is an origin of its own that reaches nothing: what is done in it cannot be stored.
FRAME_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: https:; "
    "connect-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'self'; "
    "sandbox allow-scripts"
)
FRAME_HEADERS = {"Content-Security-Policy": FRAME_POLICY, "X-Frame-Options": "SAMEORIGIN"}


class Editing(NamedTuple):
    """A form that did not become what was wanted, and why."""

    form: Form
    faults: Faults
    status_code: int


def add_pages(pages: APIRouter, layers: WidgetLayers, allow: Allows) -> None:
    manager = allow(Role.MANAGER)
    projects = layers.projects

    async def read_group(text: str) -> Place:
        if text and text not in await projects.storage.list_groups(EVERY_PROJECT):
            raise NotFound("group_not_found", "No project has this group.")
        return Place(group=text or None)

    async def place_in_query(
        caller: Annotated[Caller, Depends(manager)], group: str = ""
    ) -> tuple[Caller, Place]:
        require_place(caller, Place())
        return caller, await read_group(group)

    async def place_in_form(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> tuple[Caller, Place]:
        require_place(caller, Place())
        return caller, await read_group((await read_form(request)).text("group"))

    async def place_in_path(
        caller: Annotated[Caller, Depends(manager)], project_id: str
    ) -> tuple[Caller, Place]:
        place = Place(project_id=project_id)
        require_place(caller, place)
        return caller, place

    @pages.get("/widget/frame", dependencies=[Depends(manager)])
    async def show_frame() -> Response:
        page = render("widget_frame.html")
        page.headers.update(FRAME_HEADERS)
        return page

    widget_words.add_words(pages, "/widget/words", layers, place_in_query, place_in_form)
    widget_words.add_words(
        pages, "/projects/{project_id}/widget/words", layers, place_in_path, place_in_path
    )
    _add_editor(pages, "/widget", layers, place_in_query, place_in_form)
    _add_editor(pages, "/projects/{project_id}/widget", layers, place_in_path, place_in_path)


Located = tuple[Caller, Place]


def _add_editor(
    pages: APIRouter,
    path: str,
    layers: WidgetLayers,
    find_in_address: Callable[..., Awaitable[Located]],
    find_in_form: Callable[..., Awaitable[Located]],
) -> None:
    @pages.get(path)
    async def show_widget(
        located: Annotated[Located, Depends(find_in_address)],
        notice: str | None = None,
        since: int | None = None,
        until: int | None = None,
    ) -> Response:
        caller, place = located
        compared = (since, until) if since is not None and until is not None else None
        return await _show(layers, caller, place, notice=notice, compared=compared)

    @pages.post(path)
    async def save_widget(
        located: Annotated[Located, Depends(find_in_form)], request: Request
    ) -> Response:
        caller, place = located
        form = await read_form(request)
        state = await layers.get(place)
        try:
            settings = read_settings(form, _base(state))
        except ValidationError as error:
            editing = Editing(form, tell_invalid(error), 422)
            return await _show(layers, caller, place, editing)
        try:
            return await save_settings(layers, caller, place, state, settings, form)
        except Conflict as error:
            editing = Editing(form, {"": error.detail}, 409)
            return await _show(layers, caller, place, editing)

    @pages.post(f"{path}/discard")
    async def discard_draft(
        located: Annotated[Located, Depends(find_in_form)], request: Request
    ) -> Response:
        caller, place = located
        form = await read_form(request)
        try:
            await layers.discard_draft(place, form.text("mark") or None)
        except Conflict as error:
            return await _show(layers, caller, place, _refused(error))
        caller.notes.changes = (tell_place(place), "the draft discarded")
        return go_to_editor(place, "discarded")

    @pages.post(f"{path}/roll-back")
    async def roll_back_widget(
        located: Annotated[Located, Depends(find_in_form)], request: Request
    ) -> Response:
        caller, place = located
        form = await read_form(request)
        before = await layers.get(place)
        author, mark = caller.name or caller.id, form.text("mark") or None
        try:
            after = await layers.roll_back(place, form.number("number") or 0, author, mark)
        except Conflict as error:
            return await _show(layers, caller, place, _refused(error))
        caller.notes.changes = tell_publishing(place, before.settings, after.settings, after)
        return go_to_editor(place, "rolled_back")

    @pages.post(f"{path}/preview")
    async def preview_widget(
        located: Annotated[Located, Depends(find_in_form)], request: Request
    ) -> Response:
        """What the frame shows, or by field what is wrong; nothing is saved."""
        _, place = located
        form = await read_form(request)
        state = await layers.get(place)
        try:
            settings = read_settings(form, _base(state))
        except ValidationError as error:
            return JSONResponse({"faults": tell_invalid(error)}, 422)
        language = form.text("shown_language")
        shown = await layers.preview(
            place, settings, language if language in CHOICES["language"] else None
        )
        behind = find_behind(state, settings)
        return JSONResponse(
            {
                "project": shown.model_dump(mode="json"),
                "behind": {name: one.text for name, one in behind.items()},
            }
        )


async def _show(
    layers: WidgetLayers,
    caller: Caller,
    place: Place,
    editing: Editing | None = None,
    *,
    notice: str | None = None,
    compared: tuple[int, int] | None = None,
) -> Response:
    state = await layers.get(place)
    storage = layers.projects.storage
    fits = ProjectFilter(group=place.group)
    layer = state.layer
    edited = _base(state)
    page = render(
        "widget.html",
        caller=caller,
        place="projects",
        status_code=editing.status_code if editing else 200,
        where=place,
        project=state.project,
        path=editor_path(place),
        groups=await storage.list_groups(caller.scope) if place.project_id is None else [],
        count=1 if state.project else await storage.count_projects(EVERY_PROJECT, fits=fits),
        form=fill(edited) if editing is None or not editing.form.has("accent") else editing.form,
        behind=find_behind(state, edited),
        choices=CHOICES,
        labels=LABELS,
        conversions=CONVERSIONS,
        own_texts=len(edited.texts),
        label_of=label_of,
        draft=layer.draft,
        draft_differences=_compare(state.settings, layer.draft.settings) if layer.draft else [],
        versions=list_versions(layer.versions),
        in_force=layer.newest if state.settings == layer.settings else None,
        compared=_find_compared(state, compared),
        mark=state.mark,
        faults=editing.faults if editing else {},
        notice=notice,
        frame_path=FRAME_PATH,
    )
    page.headers["Content-Security-Policy"] = EDITOR_POLICY
    return page


def _base(state: PlaceSettings) -> WidgetSettings:
    """What the editor goes on with: the draft where there is one."""
    return state.layer.draft.settings if state.layer.draft else state.settings


def _compare(before: WidgetSettings, after: WidgetSettings) -> list[object]:
    return list(list_differences(dump(before), dump(after)))


def _find_compared(state: PlaceSettings, numbers: tuple[int, int] | None) -> object:
    """Two versions and what differs; None where one of them is not there."""
    if numbers is None:
        return None
    known = {one.number: one for one in state.layer.versions}
    since, until = (known.get(number) for number in numbers)
    if since is None or until is None:
        return None
    return since, until, _compare(since.settings, until.settings)


def _refused(error: Conflict) -> Editing:
    return Editing(Form({}), {"": error.detail}, 409)
