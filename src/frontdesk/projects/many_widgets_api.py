"""One change of many projects' widgets, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import Field

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.model import Model
from frontdesk.projects.many_widgets import ManyWidgets, Outcome, Wish
from frontdesk.projects.model import Line, ProjectId, ProjectState


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


class ManyWidgetsChanged(Model):
    """`outcome` is None after a dry run, which says what would change and changes nothing."""

    projects: tuple[ChangedProject, ...]
    outcome: Outcome | None


def router(many: ManyWidgets, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/widget-changes", tags=["projects"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.post(
        "",
        summary="Change the widgets of many projects",
        description="Of the projects that the caller may change. Without `dry_run: false` it only "
        "says what would change. Setting a field again is idempotent.",
    )
    async def change_widgets(
        caller: Annotated[Caller, manager], body: ManyWidgetsChange
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
            return ManyWidgetsChanged(projects=told, outcome=None)
        outcome = await many.apply(planned, caller.name or caller.id)
        caller.notes.changes = tell_change(outcome)
        return ManyWidgetsChanged(projects=told, outcome=outcome)

    @router.get("/{change_id}", summary="Say which projects have a change in force")
    async def get_widget_change(caller: Annotated[Caller, manager], change_id: str) -> Outcome:
        return await many.find(caller.scope, change_id)

    @router.post(
        "/{change_id}/undo",
        summary="Undo a change of many projects",
        description="What was changed again since stays as it is (`left`).",
    )
    async def undo_widget_change(caller: Annotated[Caller, manager], change_id: str) -> Outcome:
        outcome = await many.undo(caller.scope, change_id, caller.name or caller.id)
        caller.notes.changes = (*tell_change(outcome), "undone")
        return outcome

    return router


def tell_change(outcome: Outcome) -> tuple[str, ...]:
    told = (f"change: {outcome.change_id}", f"projects: {', '.join(outcome.changed) or 'none'}")
    return (*told, f"left: {', '.join(outcome.left)}") if outcome.left else told
