"""The widget's look and words for the whole installation and for groups, by versions."""

from collections.abc import Sequence
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.api import require_every_project
from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Faults, Form, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Conflict, NotFound
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects import defaults
from frontdesk.projects.differences import Difference, list_differences
from frontdesk.projects.file import describe
from frontdesk.projects.model import (
    ProjectFilter,
    WidgetLayer,
    WidgetSettings,
    WidgetVersion,
    layer_key,
)
from frontdesk.projects.service import Projects
from frontdesk.projects.widget import inherit

WIDGET_PATH = "/dashboard/widget"
CHOICES = {
    "language": {"en": "English", "hi": "Hindi"},
    "theme": {"auto": "As the visitor's device", "light": "Light", "dark": "Dark"},
    "position": {"right": "Right", "left": "Left"},
    "size": {"compact": "Compact", "regular": "Regular", "large": "Large"},
    "launcher": {"circle": "Circle", "pill": "Pill with words"},
}
LINES = ("accent", "greeting", "hours_line", "legal_line", "logo_url")
LISTS = ("quick_replies",)
FIELDS = (*CHOICES, *LINES, *LISTS)


class ShownVersion(NamedTuple):
    """A version beside what it changed of the one before."""

    version: WidgetVersion
    differences: list[Difference]


def add_pages(pages: APIRouter, projects: Projects, allow: Allows) -> None:
    manager = allow(Role.MANAGER)

    async def show(
        caller: Caller,
        group: str | None,
        form: Form | None = None,
        faults: Faults | None = None,
        notice: str | None = None,
        status_code: int = 200,
    ) -> Response:
        layers = await projects.layers_for(group)
        layer = layers.get(layer_key(group))
        installation = layers.get(layer_key(None)) if group is not None else None
        fits = ProjectFilter(group=group)
        return render(
            "widget.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            group=group,
            groups=await projects.storage.list_groups(caller.scope),
            count=await projects.storage.count_projects(EVERY_PROJECT, fits=fits),
            form=form or _fill(layer),
            inherited=_inherited(installation),
            choices=CHOICES,
            versions=_list_versions(layer.versions) if layer else [],
            newest=layer.versions[-1].number if layer else 0,
            faults=faults or {},
            notice=notice,
        )

    @pages.get("/widget")
    async def show_widget(
        caller: Annotated[Caller, Depends(manager)],
        group: str = "",
        notice: str | None = None,
    ) -> Response:
        require_every_project(caller)
        return await show(caller, await read_group(group), notice=notice)

    @pages.post("/widget")
    async def publish_widget(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        require_every_project(caller)
        form = await read_form(request)
        group = await read_group(form.text("group"))
        layer = (await projects.layers_for(group)).get(layer_key(group))
        try:
            settings = _read_settings(form, layer)
        except ValidationError as error:
            told = {fault.field.partition(".")[0]: fault.detail for fault in describe(error, "")}
            return await show(caller, group, form, told, status_code=422)
        return await publish(caller, group, settings, layer, form, "published")

    @pages.post("/widget/roll-back")
    async def roll_back_widget(
        caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        require_every_project(caller)
        form = await read_form(request)
        group = await read_group(form.text("group"))
        layer = (await projects.layers_for(group)).get(layer_key(group))
        wanted = form.text("number")
        for one in layer.versions if layer else ():
            if str(one.number) == wanted:
                return await publish(caller, group, one.settings, layer, form, "rolled_back")
        raise NotFound("version_not_found", "There is no such version.")

    async def publish(
        caller: Caller,
        group: str | None,
        settings: WidgetSettings,
        before: WidgetLayer | None,
        form: Form,
        notice: str,
    ) -> Response:
        read = form.text("version")
        version = int(read) if read.isascii() and read.isdigit() else None
        author = caller.name or caller.id
        try:
            await projects.publish_layer(group, settings, author, version=version)
        except Conflict as error:
            shown = form if notice == "published" else None
            return await show(caller, group, shown, {"": error.detail}, status_code=409)
        was = before.settings if before else WidgetSettings()
        caller.notes.changes = (
            f"group: {group}" if group else "for every project",
            *map(str, list_differences(_dump(was), _dump(settings))),
        )
        query = {"notice": notice} | ({"group": group} if group else {})
        return RedirectResponse(f"{WIDGET_PATH}?{urlencode(query)}", 303)

    async def read_group(text: str) -> str | None:
        if text and text not in await projects.storage.list_groups(EVERY_PROJECT):
            raise NotFound("group_not_found", "No project has this group.")
        return text or None


def _read_settings(form: Form, layer: WidgetLayer | None) -> WidgetSettings:
    """What the form says over what it does not show. Raises ValidationError."""
    said: dict[str, Any] = _dump(layer.settings) if layer else {}
    for name in FIELDS:
        said.pop(name, None)
        text = form.text(name).replace("\r", "").strip()
        if text:
            lines = [line.strip() for line in text.split("\n") if line.strip()]
            said[name] = lines if name in LISTS else text
    return WidgetSettings.model_validate(said)


def _fill(layer: WidgetLayer | None) -> Form:
    said = _dump(layer.settings) if layer else {}
    texts = {name: said.get(name, "") for name in FIELDS}
    return Form(
        {name: ["\n".join(text) if name in LISTS else text] for name, text in texts.items()}
    )


def _inherited(installation: WidgetLayer | None) -> dict[str, str]:
    """What is in force where the form is left empty, as it is written there."""
    own = inherit(installation.settings) if installation else WidgetSettings()
    language = own.language or defaults.LANGUAGE
    texts = defaults.texts_for(language)
    shipped: dict[str, Any] = {
        "language": defaults.LANGUAGE,
        "theme": defaults.THEME,
        "accent": defaults.ACCENT,
        "position": defaults.POSITION,
        "size": defaults.SIZE,
        "launcher": defaults.LAUNCHER,
        "greeting": texts.greeting,
        "hours_line": texts.hours_line,
        "quick_replies": texts.quick_replies,
    }
    said = shipped | _dump(own)
    return {
        name: "\n".join(said[name]) if name in LISTS else str(said.get(name, "")) for name in FIELDS
    }


def _list_versions(versions: Sequence[WidgetVersion]) -> list[ShownVersion]:
    """The newest first."""
    before: dict[str, Any] = {}
    shown: list[ShownVersion] = []
    for version in versions:
        after = _dump(version.settings)
        # Of the oldest that is kept nobody knows what it changed, unless it was the first.
        is_known = bool(shown) or version.number == 1
        shown.append(ShownVersion(version, list_differences(before, after) if is_known else []))
        before = after
    return shown[::-1]


def _dump(settings: WidgetSettings) -> dict[str, Any]:
    return settings.model_dump(mode="json", exclude_none=True)
