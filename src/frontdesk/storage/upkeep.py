"""What the installation keeps for its own work: turns, the watch over the sites, purges,
changes of many widgets, and how far imports are.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from frontdesk.analytics.model import SiteWatch
from frontdesk.clock import Instant
from frontdesk.model import Model, Page, Scope
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.purge import Purge
from frontdesk.projects.widget_change import WidgetChange

PURGES_KEPT = 20_000
CHANGES_KEPT = 500
IMPORTS_KEPT = 100


class Turn(Model):
    """Of several processes one has the turn at a piece of work, until `until`.

    `before` is when the turn before it was taken, None for the first one.
    """

    name: str
    taken_at: Instant
    until: Instant
    before: Instant | None = None


class UpkeepStorage(Protocol):
    async def take_turn(self, name: str, at: datetime, until: datetime) -> Turn | None:
        """None while another has it."""

    async def keep_turn(self, turn: Turn, until: datetime) -> Turn | None:
        """The same turn, lasting until then (`at` ends it); None where it is another's now."""

    async def save_site_watches(self, watches: Sequence[SiteWatch]) -> None:
        """Put each in the place of the one of its site. May stop half-way where it raises."""

    async def list_site_watches(
        self, scope: Scope, *, quiet: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[SiteWatch]:
        """In order of project, host and path prefix; with `quiet` those that have gone quiet."""

    async def record_purges(self, purges: Sequence[Purge]) -> None:
        """Put each in the place of the one of its host, unless that is later.

        Beyond `PURGES_KEPT` the oldest go. May stop half-way where it raises.
        """

    async def find_purges(self, hosts: Sequence[str]) -> list[Purge]:
        """Those of these hosts that there are, in order of host."""

    async def list_purges(
        self, *, failed: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[Purge]:
        """In order of host; with `failed` those that were not taken."""

    async def save_widget_change(self, change: WidgetChange) -> None:
        """Store a new one (`version` 0), or replace the one whose version is one less.

        Beyond `CHANGES_KEPT` the oldest go. Raises Conflict(`changed_meanwhile`).
        """

    async def find_widget_change(self, change_id: str) -> WidgetChange | None: ...

    async def find_open_widget_change(self) -> WidgetChange | None:
        """The oldest that is to be made, or undone, still."""

    async def list_widget_changes(
        self, *, after: str | None = None, limit: int = 20
    ) -> Page[WidgetChange]:
        """Newest first."""

    async def save_import_run(self, run: ImportRun) -> None:
        """Put it in the place of the one with its id. Beyond `IMPORTS_KEPT` the oldest go."""

    async def find_import_run(self, run_id: str) -> ImportRun | None: ...
