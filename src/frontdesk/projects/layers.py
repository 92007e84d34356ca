"""Widget settings by versions: the installation's, a group's and a project's own. Plain data."""

from typing import Annotated, NamedTuple

from pydantic import StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model
from frontdesk.projects.model import WidgetSettings

# Who is named where an import or a program has written a project's settings meanwhile.
ELSEWHERE = "an import or a program"


class WidgetVersion(Model):
    """Settings as somebody published them; `author` is that member's or API key's name.

    `change_id` is that of the change of many projects at once that made it, if one did.
    """

    number: int
    settings: WidgetSettings
    author: str
    published_at: Instant
    change_id: str | None = None


class WidgetDraft(Model):
    """Settings that somebody keeps to go on with; visitors see nothing of them."""

    settings: WidgetSettings
    author: str
    saved_at: Instant


class WidgetLayer(Model):
    """What is published at one place (`layer_key`), and what is being written there.

    `versions` are in order; of old ones the oldest go. Of the installation and of groups the last
    one is in force. A project's own settings are in force as they stand in the project itself.
    """

    key: Annotated[str, StringConstraints(min_length=1, max_length=210)]
    versions: tuple[WidgetVersion, ...] = ()
    draft: WidgetDraft | None = None

    @property
    def settings(self) -> WidgetSettings:
        return self.versions[-1].settings if self.versions else WidgetSettings()

    @property
    def newest(self) -> int:
        """The number of the last version, 0 where there is none."""
        return self.versions[-1].number if self.versions else 0


INSTALLATION_LAYER = "installation"


def layer_key(group: str | None) -> str:
    return INSTALLATION_LAYER if group is None else f"group:{group}"


class Place(NamedTuple):
    """Where settings are written: for every project, for a group's, or for one project."""

    group: str | None = None
    project_id: str | None = None

    @property
    def key(self) -> str:
        return layer_key(self.group) if self.project_id is None else f"project:{self.project_id}"
