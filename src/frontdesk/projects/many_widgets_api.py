"""One change of many projects' widgets, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Response
from pydantic import Field

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Instant
from frontdesk.model import Model, Page
from frontdesk.projects.many_widgets import InForce, ManyWidgets
from frontdesk.projects.model import Line, ProjectId, ProjectState
from frontdesk.projects.widget_change import ChangeState, WidgetChange, Wish


class ManyWidgetsChange(Wish):
    """Which projects, by the same filter as their list, and what becomes of their settings."""

    search: Annotated[str, Field(max_length=200)] = ""
    group: Line | None = None
    state: ProjectState | None = None
    without: Annotated[tuple[ProjectId, ...], Field(max_length=1000)] = ()
    dry_run: bool = True


class ChangedField(Model):
    field: str
    before: str
    after: str


class ChangedProject(Model):
    id: ProjectId
    differences: tuple[ChangedField, ...]


class ChangeView(Model):
    """A change of many widgets. `done` of `projects` were looked at so far, on the way there or
    (`undoing`) back; `changed` is how many it has changed. `left` were changed by somebody else
    meanwhile, `kept` since: they are as those left them.
    """

    id: str
    author: str
    set: dict[str, Any]
    clear: tuple[str, ...]
    state: ChangeState
    projects: int
    done: int
    changed: int
    left: tuple[ProjectId, ...]
    kept: tuple[ProjectId, ...]
    created_at: Instant
    made_at: Instant | None
    undone_by: str | None
    undone_at: Instant | None


class ManyWidgetsChanged(Model):
    """`change` is None after a dry run, which says what would change and changes nothing.

    Otherwise it is being made: ask for it until its `state` is `made`.
    """

    projects: tuple[ChangedProject, ...]
    change: ChangeView | None


def router(many: ManyWidgets, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/widget-changes", tags=["projects"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.post(
        "",
        summary="Change the widgets of many projects",
        description="Of the projects that the caller may change. Without `dry_run: false` it only "
        "says what would change. Otherwise 202: it is made by the worker, one change after the "
        "other, and `Location` says where to ask. Setting a field again is idempotent.",
        responses={202: {"model": ManyWidgetsChanged, "description": "It is being made."}},
    )
    async def change_widgets(
        caller: Annotated[Caller, manager], body: ManyWidgetsChange, response: Response
    ) -> ManyWidgetsChanged:
        fits = many.layers.projects.make_filter(body.search, body.group, body.state)
        planned = await many.plan(caller.scope, fits, body, body.without)
        told = tuple(
            ChangedProject(
                id=one.project.id,
                differences=tuple(
                    ChangedField(field=it.field, before=it.before, after=it.after)
                    for it in one.differences
                ),
            )
            for one in planned
        )
        if body.dry_run:
            return ManyWidgetsChanged(projects=told, change=None)
        change = await many.begin(planned, body, caller.name or caller.id)
        caller.notes.changes = tell_change(change)
        response.status_code = 202
        response.headers["Location"] = f"/v1/widget-changes/{change.id}"
        return ManyWidgetsChanged(projects=told, change=view(change))

    @router.get("", summary="List changes of many widgets, newest first")
    async def list_widget_changes(
        caller: Annotated[Caller, manager],
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=50)] = 20,
    ) -> Page[ChangeView]:
        page = await many.list(caller.scope, after=after, limit=limit)
        return Page(items=tuple(map(view, page.items)), next_cursor=page.next_cursor)

    @router.get("/{change_id}", summary="Read how far a change of many widgets is")
    async def get_widget_change(caller: Annotated[Caller, manager], change_id: str) -> ChangeView:
        return view(await many.get(caller.scope, change_id))

    @router.get("/{change_id}/in-force", summary="Say which projects have a change in force now")
    async def get_change_in_force(caller: Annotated[Caller, manager], change_id: str) -> InForce:
        return await many.find_in_force(await many.get(caller.scope, change_id))

    @router.post(
        "/{change_id}/undo",
        status_code=202,
        summary="Undo a change of many projects",
        description="What was changed again since stays as it is (`kept`). Ask for the change "
        "until its `state` is `undone`.",
    )
    async def undo_widget_change(caller: Annotated[Caller, manager], change_id: str) -> ChangeView:
        change = await many.undo(caller.scope, change_id, caller.name or caller.id)
        caller.notes.changes = (*tell_change(change), "undone")
        return view(change)

    return router


def view(change: WidgetChange) -> ChangeView:
    return ChangeView(
        id=change.id,
        author=change.author,
        set=change.wish.set.model_dump(mode="json", exclude_defaults=True),
        clear=tuple(sorted(change.wish.clear)),
        state=change.state,
        projects=len(change.parts),
        done=change.done,
        changed=change.changed,
        left=change.left,
        kept=change.kept,
        created_at=change.created_at,
        made_at=change.made_at,
        undone_by=change.undone_by,
        undone_at=change.undone_at,
    )


def tell_change(change: WidgetChange) -> tuple[str, ...]:
    """For the audit log; the projects stand in the change itself."""
    return (f"change: {change.id}", f"projects: {len(change.parts):,}")
