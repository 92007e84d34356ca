"""Publishing widget settings by versions: for every project, for a group's, and for one."""

import hashlib
from dataclasses import dataclass

from frontdesk.errors import NotFound, changed_meanwhile
from frontdesk.model import EVERY_PROJECT, Model
from frontdesk.projects.layers import (
    ELSEWHERE,
    Place,
    WidgetDraft,
    WidgetLayer,
    WidgetVersion,
)
from frontdesk.projects.model import Project, Site, WidgetProject, WidgetSettings
from frontdesk.projects.resolve import HostSite
from frontdesk.projects.service import Projects
from frontdesk.projects.widget import make_widget_project

VERSIONS_KEPT = 50


class PlaceSettings(Model):
    """What stands at a place: `settings` are in force, `inherited` go behind them, closest first.

    `mark` names this state: whoever saves says which one they have read.
    """

    key: str
    stored: WidgetLayer | None
    settings: WidgetSettings
    inherited: tuple[tuple[str | None, WidgetSettings], ...]
    project: Project | None = None

    @property
    def layer(self) -> WidgetLayer:
        return self.stored or WidgetLayer(key=self.key)

    @property
    def mark(self) -> str:
        """The newest version's number; with a digest of what else may change at the place."""
        draft = self.layer.draft
        if self.project is None and draft is None:
            return str(self.layer.newest)
        said = self.settings.model_dump_json() + (draft.model_dump_json() if draft else "")
        return f"{self.layer.newest}-{hashlib.sha256(said.encode()).hexdigest()[:12]}"


@dataclass(frozen=True, slots=True)
class WidgetLayers:
    """Every save names the state it was made from (`mark`), None for any.

    Saves raise Conflict(`changed_meanwhile`); for a project that is not there, all raise
    NotFound(`project_not_found`).
    """

    projects: Projects

    async def get(self, place: Place) -> PlaceSettings:
        """As it is stored now."""
        storage = self.projects.storage
        if place.project_id is None:
            layers = await self.projects.layers_for(place.group)
            stored = layers.get(place.key)
            everywhere = layers.get(Place().key)
            inherited = () if place.group is None or not everywhere else ((None, everywhere),)
            return PlaceSettings(
                key=place.key,
                stored=stored,
                settings=stored.settings if stored else WidgetSettings(),
                inherited=tuple((group, one.settings) for group, one in inherited),
            )
        project = await storage.get_project(place.project_id)
        keys = [place.key, Place().key, Place(group=project.group).key]
        found = {one.key: one for one in await storage.find_widget_layers(sorted(set(keys)))}
        groups = (project.group, None) if project.group else (None,)
        behind = [(group, found.get(Place(group=group).key)) for group in groups]
        return PlaceSettings(
            key=place.key,
            stored=found.get(place.key),
            settings=project.widget,
            inherited=tuple((group, layer.settings) for group, layer in behind if layer),
            project=project,
        )

    async def save_draft(
        self, place: Place, settings: WidgetSettings, author: str, mark: str | None
    ) -> PlaceSettings:
        before = await self._read(place, mark)
        draft = WidgetDraft(settings=settings, author=author, saved_at=self.projects.clock())
        return await self._keep(place, before, before.layer.versions, draft)

    async def discard_draft(self, place: Place, mark: str | None) -> PlaceSettings:
        before = await self._read(place, mark)
        if before.layer.draft is None:
            return before
        return await self._keep(place, before, before.layer.versions, None)

    async def publish(
        self,
        place: Place,
        settings: WidgetSettings,
        author: str,
        mark: str | None,
        change_id: str | None = None,
    ) -> PlaceSettings:
        """Put settings in force. A draft has become them, or is given up.

        A project's are stored first and noted as a version then: a crash between the two leaves
        them in force, and the next publishing notes them as somebody else's.
        """
        before = await self._read(place, mark)
        at = self.projects.clock()
        versions = list(before.layer.versions)
        project = before.project
        if project is not None:
            if before.settings != before.layer.settings:
                number = before.layer.newest + 1
                elsewhere = WidgetVersion(
                    number=number,
                    settings=before.settings,
                    author=ELSEWHERE,
                    published_at=project.updated_at,
                )
                versions.append(elsewhere)
            changed = project.model_copy(update={"widget": settings, "updated_at": at})
            await self.projects.store(changed, expected=project)
        number = versions[-1].number + 1 if versions else 1
        published = WidgetVersion(
            number=number, settings=settings, author=author, published_at=at, change_id=change_id
        )
        return await self._keep(place, before, (*versions, published)[-VERSIONS_KEPT:], None)

    async def roll_back(
        self, place: Place, number: int, author: str, mark: str | None
    ) -> PlaceSettings:
        """Publish an old version's settings again. Raises NotFound(`version_not_found`)."""
        for version in (await self._read(place, mark)).layer.versions:
            if version.number == number:
                return await self.publish(place, version.settings, author, mark)
        raise NotFound("version_not_found", "There is no such version.")

    async def preview(
        self, place: Place, settings: WidgetSettings, language: str | None = None
    ) -> WidgetProject:
        """What a widget would get with these settings at the place.

        For every project or a group's, as one of them gets it that says nothing itself.
        """
        state = await self.get(place)
        project = state.project or await self._find_example(place.group)
        said = settings if language is None else settings.model_copy(update={"language": language})
        bare = project.model_copy(update={"widget": said})
        site = Site(host="preview.example")
        found = HostSite(bare, site, by_hand=False)
        return make_widget_project(found, *(layer for _, layer in state.inherited))

    async def _find_example(self, group: str | None) -> Project:
        fits = self.projects.make_filter(group=group)
        page = await self.projects.storage.list_projects(EVERY_PROJECT, fits=fits, limit=1)
        if page.items:
            return page.items[0]
        at = self.projects.clock()
        return Project(id="example", name="Palm Grove", created_at=at, updated_at=at)

    async def _read(self, place: Place, mark: str | None) -> PlaceSettings:
        state = await self.get(place)
        if mark is not None and mark != state.mark:
            raise changed_meanwhile()
        return state

    async def _keep(
        self,
        place: Place,
        before: PlaceSettings,
        versions: tuple[WidgetVersion, ...],
        draft: WidgetDraft | None,
    ) -> PlaceSettings:
        layer = WidgetLayer(key=place.key, versions=versions, draft=draft)
        await self.projects.save_layer(layer, expected=before.stored)
        return await self.get(place)
