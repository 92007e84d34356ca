"""The Storage protocol and its promises. Every engine keeps all of them; `tests/contracts` checks.

- A method is a whole business act: it happens entirely or not at all, and when it returns it is
  durable (SQLite: fsync; MongoDB: majority).
- Every method on a project's data takes `project_id` (or the caller's `scope`) first and never
  reaches another project's. Named exceptions: `list_projects_for_hosts`, which finds the project,
  the worker's `claim_deliveries` and `find_next_due_at`, `delete_events`, what the installation
  keeps for its own work (`storage.upkeep`), and the operator's `export_records`, `count_records`
  and `import_records`.
- Time is an argument, aware UTC in whole milliseconds.
- `get_` raises NotFound, `find_` returns None, `list_` pages by cursor, newest first unless it says
  otherwise; a row that is there during the whole walk is seen exactly once, whatever arrives.
- What is stored keeps its id for good: making a second thing with an id that is taken raises
  Conflict(`id_taken`), and nothing was stored.
- A thing handed in under another `project_id` than its own is a fault of the caller: ValueError.
- A driver's errors never come out: a store that cannot read or write raises Unavailable, and
  nobody may count on the act. (Where the disk failed in the middle of a commit, a crash may yet
  bring it to light; doing it again with the same ids or key is always safe.)
- A caller who is cancelled has not undone the act.
- Text comes back as it was given, NUL and all; what is not Unicode text (a lone surrogate) raises
  Invalid(`invalid_text`). A cursor that no list gave out raises Invalid(`invalid_cursor`).
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Literal, Protocol

from frontdesk.analytics.model import Event, EventTotal, Sighting
from frontdesk.chat.model import Conversation, Message, Spending, SpentToday
from frontdesk.delivery.model import (
    Delivery,
)
from frontdesk.leads.model import Capture, Counted, Lead, LeadFilter, SiteLead
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.projects.layers import WidgetLayer
from frontdesk.projects.model import (
    Knowledge,
    Project,
    ProjectFilter,
    Site,
    TurnedAway,
    UnknownSite,
)
from frontdesk.property.model import Findings
from frontdesk.storage.accounts import AccountStorage
from frontdesk.storage.deliveries import DeliveryStorage
from frontdesk.storage.privacy import PrivacyStorage
from frontdesk.storage.records import RecordStorage
from frontdesk.storage.upkeep import UpkeepStorage

EVERY_LEAD = LeadFilter()
ANY_PROJECT = ProjectFilter()
UNKNOWN_SITES_KEPT = 10_000
TURNED_AWAY_KEPT = 20  # of each project


class Owned(Protocol):
    """A thing that belongs to a project."""

    @property
    def project_id(self) -> str: ...


def require_project(project_id: str, *things: Owned) -> None:
    """Raise ValueError where one of the things belongs to another project."""
    if any(thing.project_id != project_id for thing in things):
        raise ValueError("a thing was handed in under another project than its own")


class ProjectStorage(Protocol):
    async def save_project(
        self, project_id: str, project: Project, *, expected: Project | None = None
    ) -> None:
        """Create or replace. `created_at` of an existing project is kept.

        Raises Conflict(`site_taken`) where another project has one of its sites (same host and
        path prefix, neither of them `by_hand`), and Conflict(`changed_meanwhile`) where what is
        stored is not the `expected`.
        """

    async def get_project(self, project_id: str) -> Project:
        """Raises NotFound(`project_not_found`)."""

    async def switch_destination(
        self,
        project_id: str,
        destination_id: str,
        at: datetime,
        *,
        enabled: bool | None = None,
        paused: bool | None = None,
    ) -> None:
        """Set what is given, `updated_at` to `at`, and nothing else.

        One that is not there is no error. Raises NotFound(`project_not_found`).
        """

    async def list_projects(
        self,
        scope: Scope,
        *,
        fits: ProjectFilter = ANY_PROJECT,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Project]:
        """In order of id."""

    async def count_projects(self, scope: Scope, *, fits: ProjectFilter = ANY_PROJECT) -> int: ...

    async def list_groups(self, scope: Scope) -> list[str]:
        """The groups that projects have, in order."""

    async def list_projects_for_hosts(self, hosts: Sequence[str]) -> list[Project]:
        """The projects with a site on one of these hosts as written, wildcards included as text.

        One indexed look-up, the same at 10 and 10,000 projects; in order of id.
        """

    async def find_widget_layers(self, keys: Sequence[str]) -> list[WidgetLayer]:
        """Those of these that are there, in order of key; one look-up for all."""

    async def save_widget_layer(self, layer: WidgetLayer, *, expected: WidgetLayer | None) -> None:
        """Create or replace.

        Raises Conflict(`changed_meanwhile`) where what is stored is not the `expected`.
        """

    async def get_knowledge(self, project_id: str) -> Knowledge:
        """Raises NotFound(`project_not_found`).

        A project without any has an empty one, `updated_at` when the project was created.
        """

    async def save_knowledge(
        self, project_id: str, knowledge: Knowledge, *, expected: Knowledge | None = None
    ) -> None:
        """Replace all of it. Raises NotFound(`project_not_found`), and
        Conflict(`changed_meanwhile`) where `get_knowledge` would not give the `expected`.
        """

    async def get_findings(self, project_id: str) -> Findings:
        """None found yet where its pages were never read. Raises NotFound(`project_not_found`)."""

    async def save_findings(self, project_id: str, findings: Findings) -> None:
        """Replace all of them. Raises NotFound(`project_not_found`)."""

    async def begin_reading(self, project_id: str, at: datetime, until: datetime) -> bool:
        """Take the turn at reading the project's pages; False while somebody else has it.

        The turn ends at `until`. Raises NotFound(`project_not_found`).
        """

    async def end_reading(self, project_id: str, until: datetime, at: datetime) -> None:
        """End at `at` the turn that was to last until `until`, if it is still that one."""

    async def record_unknown_site(self, host: str, path: str, at: datetime) -> None:
        """Count a sighting. Beyond `UNKNOWN_SITES_KEPT` the longest unseen host makes room.

        `path` is that of the latest sighting.
        """

    async def list_unknown_sites(
        self, *, after: str | None = None, limit: int = 50
    ) -> Page[UnknownSite]:
        """In order of host."""

    async def record_turned_away(self, project_id: str, seen: TurnedAway) -> None:
        """Count it by project and origin, as `record_unknown_site` does by host.

        Beyond `TURNED_AWAY_KEPT` of a project its longest unseen origin makes room. The project
        need not be there: who calls has just looked.
        """

    async def list_turned_away(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[TurnedAway]:
        """In order of project and origin."""


class ChatStorage(Protocol):
    async def start_conversation(self, project_id: str, conversation: Conversation) -> None:
        """Raises NotFound(`project_not_found`)."""

    async def get_conversation(self, project_id: str, conversation_id: str) -> Conversation:
        """Raises NotFound(`conversation_not_found`)."""

    async def save_summary(self, project_id: str, conversation_id: str, summary: str) -> None:
        """The last one counts. Raises NotFound(`conversation_not_found`)."""

    async def add_message(self, project_id: str, message: Message) -> bool:
        """Store a message once; False where its id was there in this conversation already.

        Raises NotFound(`conversation_not_found`).
        """

    async def list_messages(
        self,
        project_id: str,
        conversation_id: str,
        *,
        after: str | None = None,
        limit: int = 200,
    ) -> Page[Message]:
        """In the order they were added. Raises NotFound(`conversation_not_found`)."""


class ModelStorage(Protocol):
    async def list_refusals(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Message]:
        """Replies in which a model was not let say something (`refused`), by their time."""

    async def spend(self, project_id: str, day: date, tokens: int) -> SpentToday:
        """Count a reply's tokens; what was spent on that day with them.

        A brake and no ledger: where a driver has to send it again it may count twice.
        """

    async def get_spent(self, project_id: str, day: date) -> SpentToday:
        """The same without counting."""

    async def list_spending(
        self, scope: Scope, since: date, *, after: str | None = None, limit: int = 50
    ) -> Page[Spending]:
        """Day by day from the newest back to `since`, each from the last project id."""


class LeadStorage(Protocol):
    async def capture_lead(
        self,
        project_id: str,
        lead: Lead,
        deliveries: Sequence[Delivery],
        *,
        idempotency_key: str,
        fingerprint: str,
        merge_since: datetime,
        site: Site | None = None,
    ) -> Capture:
        """Store a lead and its deliveries, both or neither. `lead` has exactly one enquiry.

        Of the project's `site` it becomes the last lead (`list_site_leads`), unless a later one is
        there. On MongoDB a crash in the middle may leave the one before.

        1. The key is known in this project: with the same `fingerprint` nothing is stored and the
           first result comes back as REPLAYED; with another one, Conflict(`idempotency_mismatch`).
        2. The project has a lead with this phone whose newest enquiry is not before `merge_since`:
           the enquiry joins it (MERGED), the deliveries are stored for that lead's id, a missing
           e-mail is filled in, and nothing else of it changes but `updated_at`.
        3. Otherwise the lead is new (CREATED).

        Raises NotFound(`project_not_found`).
        """

    async def find_capture(
        self, project_id: str, *, idempotency_key: str, fingerprint: str
    ) -> Capture | None:
        """What `capture_lead` gave for this key (REPLAYED), None where it never came.

        Raises Conflict(`idempotency_mismatch`) where it came with another fingerprint.
        """

    async def list_site_leads(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[SiteLead]:
        """The last lead of each site, in order of project, host and path prefix."""

    async def get_lead(self, project_id: str, lead_id: str) -> Lead:
        """Raises NotFound(`lead_not_found`)."""

    async def find_lead(self, scope: Scope, lead_id: str) -> Lead | None:
        """The same for a caller who does not know the project."""

    async def change_lead(
        self, project_id: str, lead: Lead, deliveries: Sequence[Delivery] = ()
    ) -> bool:
        """Replace the lead whose version is one less, and store the deliveries that tell of it.

        False, and nothing stored, where somebody else was faster, a further enquiry included.
        Raises NotFound(`lead_not_found`).
        """

    async def list_leads(
        self,
        scope: Scope,
        *,
        fits: LeadFilter = EVERY_LEAD,
        created: Period = ALWAYS,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Lead]:
        """By when they were created."""

    async def count_leads(
        self, scope: Scope, *, fits: LeadFilter = EVERY_LEAD, created: Period = ALWAYS
    ) -> Counted:
        """How many `list_leads` would give. Not all are looked at where they are very many."""


class AnalyticsStorage(Protocol):
    async def record_events(
        self, project_id: str, events: Sequence[Event], sighting: Sighting | None = None
    ) -> int:
        """Store events and count them by day and kind; how many were new.

        An id that was there on the same day is not counted again. Of sightings of one site the
        latest stays, with the first one's `first_seen_at`. Counting is at most once: SQLite does
        all or nothing; on MongoDB a crash in the middle may leave events that are not counted.
        The project need not be there: who calls has just looked.
        """

    async def total_events(
        self, scope: Scope, since: date, until: date, *, by: Literal["day", "project"]
    ) -> list[EventTotal]:
        """The counts from `since` to `until`, both included, added up by day or by project.

        In order of key and kind; a kind without events is not there.
        """

    async def delete_events(self, before: date, limit: int) -> int:
        """Remove events (not their counts) of days before `before`; how many, `limit` at most."""

    async def list_sightings(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Sighting]:
        """In order of project, host and path prefix."""


class Storage(
    ProjectStorage,
    ChatStorage,
    ModelStorage,
    LeadStorage,
    DeliveryStorage,
    AnalyticsStorage,
    AccountStorage,
    PrivacyStorage,
    UpkeepStorage,
    RecordStorage,
    Protocol,
):
    """All of them in one engine."""

    async def open(self) -> None:
        """Connect and bring the schema up to date. Raises Unavailable with a reason for people.

        Opening what is open already is a fault of the caller: ValueError.
        """

    async def check(self) -> None:
        """Really write and read something. Raises Unavailable."""

    async def close(self) -> None:
        """Finish what was accepted, then let go. Calling it twice is no error."""
