"""One change of the widgets of many projects: looked at first, made as one, undone as one."""

import hashlib
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.model import Model, Page, Scope, new_id, walk
from frontdesk.projects.differences import Difference, list_differences
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import Project, ProjectFilter, ProjectId, WidgetSettings
from frontdesk.projects.widget_change import (
    ChangePart,
    ChangeState,
    WidgetChange,
    Wish,
    mark_of,
)

_AT_ONCE = 200


class PlannedChange(NamedTuple):
    project: Project
    settings: WidgetSettings
    differences: list[Difference]


class InForce(Model):
    """Ids, in order: where a change is in force, and where it is not, or not any more."""

    changed: tuple[ProjectId, ...]
    left: tuple[ProjectId, ...]


def _wake_nobody() -> None:
    """Whoever makes changes looks by themselves."""


@dataclass(frozen=True, slots=True)
class ManyWidgets:
    """A change is stored here and made by `projects.change_work`, which `wake` tells of it.

    Its id stands in the version that it made of each project; so undoing finds them.
    """

    layers: WidgetLayers
    wake: Callable[[], None] = _wake_nobody

    async def plan(
        self, scope: Scope, fits: ProjectFilter, wish: Wish, without: Collection[str] = ()
    ) -> list[PlannedChange]:
        """The projects that it would change, in order of id. Raises Invalid(`unknown_field`)."""
        if wrong := sorted(wish.clear - set(WidgetSettings.model_fields)):
            raise Invalid("unknown_field", f"There is no setting {wrong[0]}.")
        storage = self.layers.projects.storage
        projects = walk(
            lambda after: storage.list_projects(scope, fits=fits, after=after, limit=_AT_ONCE)
        )
        planned = []
        async for project in projects:
            after = wish.apply(project.widget)
            if after != project.widget and project.id not in without:
                was, now = (
                    one.model_dump(mode="json", exclude_none=True)
                    for one in (project.widget, after)
                )
                planned.append(PlannedChange(project, after, list_differences(was, now)))
        return planned

    async def begin(
        self, planned: Sequence[PlannedChange], wish: Wish, author: str
    ) -> WidgetChange:
        """Store what was looked at, to be made after those that wait. Raises Invalid."""
        if not planned:
            raise Invalid("nothing_to_change", "No project would change.")
        at = self.layers.projects.clock()
        change = WidgetChange(
            id=new_id("change", at),
            author=author,
            wish=Wish.model_validate(wish.model_dump(include={"set", "clear"})),
            parts=tuple(
                ChangePart(project_id=one.project.id, mark=mark_of(one.project.widget))
                for one in planned
            ),
            created_at=at,
        )
        await self.layers.projects.storage.save_widget_change(change)
        self.wake()
        return change

    async def list(
        self, scope: Scope, *, after: str | None = None, limit: int = 20
    ) -> Page[WidgetChange]:
        """Newest first. Those of projects that are not all in the scope are left out."""
        storage = self.layers.projects.storage
        page = await storage.list_widget_changes(after=after, limit=limit)
        mine = tuple(change for change in page.items if change.is_within(scope))
        return Page(items=mine, next_cursor=page.next_cursor)

    async def get(self, scope: Scope, change_id: str) -> WidgetChange:
        """Raises NotFound(`change_not_found`)."""
        change = await self.layers.projects.storage.find_widget_change(change_id)
        if change is None or not change.is_within(scope):
            raise NotFound("change_not_found", "There is no such change.")
        return change

    async def find_in_force(self, change: WidgetChange) -> InForce:
        """Where it is in force now, and where not: left, changed again or undone since."""
        storage = self.layers.projects.storage
        ids = [part.project_id for part in change.parts]
        in_force: list[ProjectId] = []
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            scope = Scope(projects=frozenset(some))
            projects = (await storage.list_projects(scope, limit=_AT_ONCE)).items
            keys = [Place(project_id=project.id).key for project in projects]
            layers = {one.key: one for one in await storage.find_widget_layers(keys)}
            for project in projects:
                layer = layers.get(Place(project_id=project.id).key)
                if layer is None or layer.settings != project.widget:
                    continue
                if layer.versions[-1].change_id == change.id:
                    in_force.append(project.id)
        return InForce(
            changed=tuple(in_force), left=tuple(one for one in ids if one not in {*in_force})
        )

    async def undo(self, scope: Scope, change_id: str, author: str) -> WidgetChange:
        """Have each project get what it had; those that were changed since stay as they are.

        Raises NotFound(`change_not_found`) and Conflict(`change_not_made`).
        """
        change = await self.get(scope, change_id)
        if change.state is not ChangeState.MADE:
            raise Conflict(
                "change_not_made",
                "It is undone already, or being undone."
                if change.state in {ChangeState.UNDOING, ChangeState.UNDONE}
                else "It is still being made. Undo it once it is.",
            )
        begun = change.model_copy(
            update={
                "state": ChangeState.UNDOING,
                "done": 0,
                "undone_by": author,
                "version": change.version + 1,
            }
        )
        await self.layers.projects.storage.save_widget_change(begun)
        self.wake()
        return begun


def fingerprint(planned: Sequence[PlannedChange]) -> str:
    """Of what was looked at, so that nothing else is done."""
    digest = hashlib.sha256()
    for one in planned:
        digest.update(f"{one.project.id} {one.project.widget} {one.settings}\n".encode())
    return digest.hexdigest()[:16]


def tell_wish(wish: Wish) -> list[Difference]:
    """What a change sets and clears, field by field."""
    said = wish.set.model_dump(mode="json", exclude_none=True)
    found = list_differences({}, said)
    return [*found, *(Difference(name, "", "") for name in sorted(wish.clear))]
