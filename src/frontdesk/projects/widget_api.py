"""What widgets inherit from the installation and from their groups, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from starlette.responses import Response

from frontdesk.accounts.api import read_version, require_every_project
from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.model import Model
from frontdesk.projects.model import WidgetSettings, WidgetVersion, layer_key
from frontdesk.projects.service import Projects

Group = Annotated[
    str | None,
    Query(min_length=1, max_length=200, description="Left out: what every project inherits."),
]


class LayerView(Model):
    """`settings` are in force, those of the last of `versions`; both are empty before the first."""

    group: str | None
    settings: WidgetSettings
    versions: tuple[WidgetVersion, ...]


def router(projects: Projects, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/widget-settings", tags=["projects"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get("", summary="Read what widgets inherit, with its versions")
    async def get_widget_layer(
        caller: Annotated[Caller, manager], response: Response, group: Group = None
    ) -> LayerView:
        require_every_project(caller)
        layer = (await projects.layers_for(group)).get(layer_key(group))
        versions = layer.versions if layer else ()
        return _show(response, group, versions)

    @router.put(
        "",
        summary="Publish what widgets inherit",
        description="All of it: what is left out is inherited. Publishing an old version's "
        "settings rolls back to it. With the `ETag` that it was read with as `If-Match`, nothing "
        "is published where somebody else has meanwhile.",
    )
    async def put_widget_layer(
        caller: Annotated[Caller, manager],
        body: WidgetSettings,
        response: Response,
        group: Group = None,
        if_match: Annotated[str | None, Header(max_length=40)] = None,
    ) -> LayerView:
        require_every_project(caller)
        version = read_version(if_match)
        layer = await projects.publish_layer(group, body, caller.name or caller.id, version=version)
        caller.notes.changes = (
            f"group: {group}" if group else "for every project",
            f"version: {layer.versions[-1].number}",
        )
        return _show(response, group, layer.versions)

    return router


def _show(response: Response, group: str | None, versions: tuple[WidgetVersion, ...]) -> LayerView:
    response.headers["ETag"] = f'"{versions[-1].number if versions else 0}"'
    settings = versions[-1].settings if versions else WidgetSettings()
    return LayerView(group=group, settings=settings, versions=versions)
