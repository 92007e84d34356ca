"""How far the import of many projects is. Plain data."""

from datetime import datetime, timedelta

from frontdesk.clock import Instant
from frontdesk.model import Model, Scope

# Something is stored every few seconds; who says nothing for so long has died.
SILENT_FOR = timedelta(minutes=1)


class ImportRun(Model):
    """`done` of `total` projects are stored so far. It is made by the process that took the file,
    and ends with that: importing the same file again completes it. `scope` is its author's.
    """

    id: str
    author: str
    scope: Scope = Scope()
    total: int
    created: int
    done: int = 0
    started_at: Instant
    touched_at: Instant
    finished_at: Instant | None = None
    fault: str = ""

    def is_within(self, scope: Scope) -> bool:
        """Who sees it: those who may see at least as much as its author."""
        if scope.projects is None or self.scope.projects is None:
            return scope.projects is None
        return self.scope.projects <= scope.projects

    def has_died(self, at: datetime) -> bool:
        return self.finished_at is None and at - self.touched_at > SILENT_FOR
