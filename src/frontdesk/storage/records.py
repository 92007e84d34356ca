"""Everything that is stored, one thing after the other, in a form that is no engine's own.

`frontdesk storage copy` moves an installation with it, `frontdesk storage check` reads one through.
A new table or collection belongs to a kind here, or the contract's tests name it as forgotten.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any, Protocol

from frontdesk.model import Model, Page

# In the order in which they are copied: what others refer to comes first.
KINDS = (
    "projects",  # with their knowledge and findings
    "unknown_sites",
    "widget_layers",
    "conversations",  # with their messages, in order
    "leads",  # with their idempotency keys and deliveries
    "members",
    "password_links",
    "sessions",
    "api_keys",
    "audit_entries",
    "event_counts",  # the events themselves go within a month
    "sightings",
    "spending",
    "site_leads",
    "turned_away",
    "site_watches",
    "purges",
    "widget_changes",
    "import_runs",
)


class Record(Model):
    """One thing and all that belongs to it; `content` is JSON, the same from every engine."""

    id: str
    content: dict[str, Any]

    @property
    def digest(self) -> str:
        """SHA-256 of the canonical JSON."""
        said = json.dumps(
            [self.id, self.content], sort_keys=True, separators=(",", ":"), ensure_ascii=True
        )
        return hashlib.sha256(said.encode()).hexdigest()


class RecordStorage(Protocol):
    """The operator's acts on a whole installation, beyond all projects."""

    async def export_records(
        self, kind: str, *, after: str | None = None, limit: int = 100
    ) -> Page[Record]:
        """What there is of a kind (`KINDS`), in order of id by code point."""

    async def count_records(self, kind: str) -> int:
        """How many there are of a kind."""

    async def import_records(self, kind: str, records: Sequence[Record]) -> None:
        """Store them under their ids, or put them in the place of what has those ids.

        May stop half-way where it raises; each record is whole, and importing the same records
        again does the rest. Raises Conflict(`site_taken`).
        """
