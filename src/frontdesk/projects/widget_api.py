"""Widget settings by versions over HTTP: everywhere, for a group, and for one project."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from frontdesk.accounts.api import require_every_project
from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.model import Model
from frontdesk.projects.differences import list_differences
from frontdesk.projects.layer_service import PlaceSettings, WidgetLayers
from frontdesk.projects.layers import Place, WidgetDraft, WidgetVersion
from frontdesk.projects.model import WidgetProject, WidgetSettings

Group = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="Left out: what every project inherits."),
]
IfMatch = Annotated[str | None, Header(max_length=100)]
_PUBLISHING = (
    "All of it: what is left out is inherited. Publishing an old version's settings rolls back to "
    "it. With the `ETag` that it was read with as `If-Match`, nothing is published where somebody "
    "else has changed it meanwhile. A draft is given up: it has become these settings, or not."
)


class LayerView(Model):
    """`settings` are in force, `versions` how they came about, `draft` what nobody sees yet.

    A project's own settings may also be written by an import or with the project itself; the next
    publishing notes those as a version too.
    """

    group: str | None
    settings: WidgetSettings
    versions: tuple[WidgetVersion, ...]
    draft: WidgetDraft | None


def router(layers: WidgetLayers, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["projects"])
    _add_routes(
        router,
        "/widget-settings",
        "widget_settings",
        "what widgets inherit",
        layers,
        allow,
        _place_of_group,
    )
    _add_routes(
        router,
        "/projects/{project_id}/widget",
        "project_widget",
        "a project's widget",
        layers,
        allow,
        _place_of,
    )
    return router


async def _place_of_group(group: Group = None) -> Place:
    return Place(group=group)


async def _place_of(project_id: str) -> Place:
    return Place(project_id=project_id)


def _add_routes(
    router: APIRouter,
    path: str,
    noun: str,
    what: str,
    layers: WidgetLayers,
    allow: Callable[[Role], Allow],
    find_place: Callable[..., Any],
) -> None:
    manager: Any = Depends(allow(Role.MANAGER))
    place_of: Any = Depends(find_place)

    @router.get(
        path, operation_id=f"get_{noun}", summary=f"Read {what}, with its versions and draft"
    )
    async def get_widget_layer(
        caller: Annotated[Caller, manager], place: Annotated[Place, place_of], response: Response
    ) -> LayerView:
        require_place(caller, place)
        return _show(response, place, await layers.get(place))

    @router.put(
        path, operation_id=f"publish_{noun}", summary=f"Publish {what}", description=_PUBLISHING
    )
    async def put_widget_layer(
        caller: Annotated[Caller, manager],
        place: Annotated[Place, place_of],
        body: WidgetSettings,
        response: Response,
        if_match: IfMatch = None,
    ) -> LayerView:
        require_place(caller, place)
        before = await layers.get(place)
        state = await layers.publish(place, body, caller.name or caller.id, read_mark(if_match))
        caller.notes.changes = tell_publishing(place, before.settings, body, state)
        return _show(response, place, state)

    @router.put(
        f"{path}/draft",
        operation_id=f"put_{noun}_draft",
        summary=f"Keep a draft of {what}, seen by no visitor",
    )
    async def put_widget_draft(
        caller: Annotated[Caller, manager],
        place: Annotated[Place, place_of],
        body: WidgetSettings,
        response: Response,
        if_match: IfMatch = None,
    ) -> LayerView:
        require_place(caller, place)
        author = caller.name or caller.id
        state = await layers.save_draft(place, body, author, read_mark(if_match))
        caller.notes.changes = (tell_place(place), "a draft saved")
        return _show(response, place, state)

    @router.delete(
        f"{path}/draft", operation_id=f"delete_{noun}_draft", summary=f"Give up the draft of {what}"
    )
    async def delete_widget_draft(
        caller: Annotated[Caller, manager],
        place: Annotated[Place, place_of],
        response: Response,
        if_match: IfMatch = None,
    ) -> LayerView:
        require_place(caller, place)
        state = await layers.discard_draft(place, read_mark(if_match))
        caller.notes.changes = (tell_place(place), "the draft discarded")
        return _show(response, place, state)

    @router.post(
        f"{path}/preview",
        operation_id=f"preview_{noun}",
        summary=f"What a widget would get with these settings as {what}",
        description="Nothing is saved. Without a project, as one gets it that says nothing itself.",
    )
    async def preview_widget(
        caller: Annotated[Caller, manager], place: Annotated[Place, place_of], body: WidgetSettings
    ) -> WidgetProject:
        require_place(caller, place)
        return await layers.preview(place, body)


def require_place(caller: Caller, place: Place) -> None:
    """Raises Forbidden(`forbidden`) and NotFound(`project_not_found`)."""
    if place.project_id is None:
        require_every_project(caller)
    else:
        caller.scope.require(place.project_id)


def tell_place(place: Place) -> str:
    if place.project_id is not None:
        return "this project's widget"
    return f"group: {place.group}" if place.group else "for every project"


def tell_publishing(
    place: Place, before: WidgetSettings, after: WidgetSettings, state: PlaceSettings
) -> tuple[str, ...]:
    was, now = (one.model_dump(mode="json", exclude_none=True) for one in (before, after))
    differences = map(str, list_differences(was, now))
    return (tell_place(place), f"version: {state.layer.newest}", *differences)


def read_mark(if_match: str | None) -> str | None:
    """None without one and for `*` (RFC 9110, 13.1.1)."""
    if if_match is None or if_match.strip() == "*":
        return None
    return if_match.strip().removeprefix('"').removesuffix('"')


def _show(response: Response, place: Place, state: PlaceSettings) -> LayerView:
    response.headers["ETag"] = f'"{state.mark}"'
    layer = state.layer
    return LayerView(
        group=state.project.group if state.project else place.group,
        settings=state.settings,
        versions=layer.versions,
        draft=layer.draft,
    )
