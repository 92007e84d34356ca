"""One change of the widgets of many projects: looked at first, made as one, undone as one."""

import hashlib
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.model import Model, Scope, new_id
from frontdesk.projects.differences import Difference, list_differences
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place, WidgetLayer
from frontdesk.projects.model import Project, ProjectFilter, ProjectId, WidgetSettings

_AT_ONCE = 200


class Wish(Model):
    """What becomes of each project's own settings: `set` says what it says, `clear` inherits."""

    set: WidgetSettings = WidgetSettings()
    clear: frozenset[str] = frozenset()

    def apply(self, before: WidgetSettings) -> WidgetSettings:
        names = (name for name in WidgetSettings.model_fields if name != "texts")
        said = {name: getattr(self.set, name) for name in names}
        changes = {name: value for name, value in said.items() if value is not None}
        fields = WidgetSettings.model_fields
        cleared = {name: fields[name].get_default(call_default_factory=True) for name in self.clear}
        texts = cleared.pop("texts", before.texts) | self.set.texts
        return before.model_copy(update=cleared | changes | {"texts": texts})


class PlannedChange(NamedTuple):
    project: Project
    settings: WidgetSettings
    differences: list[Difference]


class Outcome(Model):
    """Ids, in order. `left` were changed by somebody else meanwhile, and are as those left them."""

    change_id: str
    changed: tuple[ProjectId, ...]
    left: tuple[ProjectId, ...]


@dataclass(frozen=True, slots=True)
class ManyWidgets:
    """A change's own id stands in the version that it made of each project; so undoing finds them.

    Each project is changed whole or not at all. A crash in the middle leaves the rest as it was:
    making the same change again goes on, and undoing takes back what was made.
    """

    layers: WidgetLayers

    async def plan(
        self, scope: Scope, fits: ProjectFilter, wish: Wish, without: Collection[str] = ()
    ) -> list[PlannedChange]:
        """The projects that it would change, in order of id. Raises Invalid(`unknown_field`)."""
        if wrong := sorted(wish.clear - set(WidgetSettings.model_fields)):
            raise Invalid("unknown_field", f"There is no setting {wrong[0]}.")
        planned = []
        async for projects in self._walk(scope, fits):
            for project in projects:
                after = wish.apply(project.widget)
                if after != project.widget and project.id not in without:
                    was, now = (
                        one.model_dump(mode="json", exclude_none=True)
                        for one in (project.widget, after)
                    )
                    found = PlannedChange(project, after, list_differences(was, now))
                    planned.append(found)
        return planned

    async def apply(self, planned: Sequence[PlannedChange], author: str) -> Outcome:
        change_id = new_id("change", self.layers.projects.clock())
        changed, left = [], []
        for one in planned:
            place = Place(project_id=one.project.id)
            try:
                state = await self.layers.get(place)
                if state.settings != one.project.widget:
                    left.append(one.project.id)
                    continue
                await self.layers.publish(place, one.settings, author, state.mark, change_id)
            except (Conflict, NotFound):
                left.append(one.project.id)
            else:
                changed.append(one.project.id)
        return Outcome(change_id=change_id, changed=tuple(changed), left=tuple(left))

    async def find(self, scope: Scope, change_id: str) -> Outcome:
        """Which projects have it in force, and which were changed again since.

        Raises NotFound(`change_not_found`).
        """
        changed: list[ProjectId] = []
        left: list[ProjectId] = []
        async for project, layer in self._find_layers(scope, change_id):
            is_last = layer.versions[-1].change_id == change_id
            in_force = is_last and layer.settings == project.widget
            (changed if in_force else left).append(project.id)
        if not changed and not left:
            raise NotFound("change_not_found", "There is no such change.")
        return Outcome(change_id=change_id, changed=tuple(changed), left=tuple(left))

    async def undo(self, scope: Scope, change_id: str, author: str) -> Outcome:
        """Publish what each project had before; those that were changed since stay as they are.

        Raises NotFound(`change_not_found`).
        """
        undone, left = [], []
        async for project, layer in self._find_layers(scope, change_id):
            versions = layer.versions
            if versions[-1].change_id != change_id or layer.settings != project.widget:
                left.append(project.id)
                continue
            before = versions[-2].settings if len(versions) > 1 else WidgetSettings()
            place = Place(project_id=project.id)
            try:
                state = await self.layers.get(place)
                if state.layer != layer:
                    left.append(project.id)
                    continue
                await self.layers.publish(place, before, author, state.mark)
            except (Conflict, NotFound):
                left.append(project.id)
            else:
                undone.append(project.id)
        if not undone and not left:
            raise NotFound("change_not_found", "There is no such change.")
        return Outcome(change_id=change_id, changed=tuple(undone), left=tuple(left))

    async def _find_layers(
        self, scope: Scope, change_id: str
    ) -> AsyncIterator[tuple[Project, WidgetLayer]]:
        storage = self.layers.projects.storage
        async for projects in self._walk(scope, ProjectFilter()):
            by_key = {Place(project_id=project.id).key: project for project in projects}
            for layer in await storage.find_widget_layers(sorted(by_key)):
                if any(one.change_id == change_id for one in layer.versions):
                    yield by_key[layer.key], layer

    async def _walk(self, scope: Scope, fits: ProjectFilter) -> AsyncIterator[Sequence[Project]]:
        storage = self.layers.projects.storage
        after = None
        while True:
            page = await storage.list_projects(scope, fits=fits, after=after, limit=_AT_ONCE)
            yield page.items
            after = page.next_cursor
            if after is None:
                return


def fingerprint(planned: Sequence[PlannedChange]) -> str:
    """Of what was looked at, so that nothing else is done."""
    digest = hashlib.sha256()
    for one in planned:
        digest.update(f"{one.project.id} {one.project.widget} {one.settings}\n".encode())
    return digest.hexdigest()[:16]
