"""A change of many projects' widgets, as it is stored while it is made and after. Plain data."""

import hashlib
from enum import StrEnum

from frontdesk.clock import Instant
from frontdesk.model import Model, Scope
from frontdesk.projects.model import ProjectId, WidgetSettings


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


class ChangeState(StrEnum):
    WAITING = "waiting"  # others are made first
    MAKING = "making"
    MADE = "made"
    UNDOING = "undoing"
    UNDONE = "undone"


OPEN_STATES = (ChangeState.WAITING, ChangeState.MAKING, ChangeState.UNDOING)


class ChangePart(Model):
    """One project of a change. `mark` is of its settings as they were looked at."""

    project_id: ProjectId
    mark: str


class WidgetChange(Model):
    """`done` of its `parts` were looked at so far, in order, on the way there or back.

    `left` are projects that somebody else changed meanwhile: they are as those left them. `kept`
    are those that undoing found changed again since, and left so.
    """

    id: str
    author: str
    wish: Wish
    parts: tuple[ChangePart, ...]
    state: ChangeState = ChangeState.WAITING
    done: int = 0
    left: tuple[ProjectId, ...] = ()
    kept: tuple[ProjectId, ...] = ()
    created_at: Instant
    made_at: Instant | None = None
    undone_by: str | None = None
    undone_at: Instant | None = None
    version: int = 0

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    @property
    def changed(self) -> int:
        """How many projects it has changed so far."""
        done = self.done if self.state in {ChangeState.WAITING, ChangeState.MAKING} else None
        return (len(self.parts) if done is None else done) - len(self.left)

    def is_within(self, scope: Scope) -> bool:
        """Who sees it: those who may change each of its projects."""
        return all(scope.allows(part.project_id) for part in self.parts)


def mark_of(settings: WidgetSettings) -> str:
    return hashlib.sha256(settings.model_dump_json().encode()).hexdigest()[:16]
