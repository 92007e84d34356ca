"""What people do with a lead after it came: status, somebody to look after it, notes."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.clock import Clock
from frontdesk.delivery.changes import plan_change
from frontdesk.errors import Conflict, FieldError, Invalid, NotFound, changed_meanwhile
from frontdesk.leads.model import Lead, LeadStatus, Note, StatusChange
from frontdesk.model import Model, Scope, new_id
from frontdesk.projects.service import Projects
from frontdesk.storage.accounts import AccountStorage
from frontdesk.storage.base import LeadStorage

_TRIES = 8
NOBODY = ""


class Author(Model):
    """Who did it, as it is shown beside what they did."""

    id: str
    name: str


class LeadChange(Model):
    """What is None stays as it is; an `assignee_id` of "" takes the lead from whoever had it."""

    status: LeadStatus | None = None
    assignee_id: str | None = None


Change = Callable[[Lead, datetime], Lead]


@dataclass(frozen=True, slots=True)
class LeadWork:
    """A change is stored with the webhooks' deliveries that tell of it; then the worker wakes."""

    leads: LeadStorage
    accounts: AccountStorage
    projects: Projects
    clock: Clock
    wake_worker: Callable[[], None]

    async def change(
        self,
        scope: Scope,
        lead_id: str,
        change: LeadChange,
        author: Author,
        version: int | None = None,
    ) -> tuple[Lead, Lead]:
        """The lead before and after.

        Raises NotFound(`lead_not_found`), Invalid(`invalid_assignee`), and
        Conflict(`changed_meanwhile`) where `version` is not the stored one.
        """
        await self._require_assignee(scope, lead_id, change.assignee_id)

        def apply(lead: Lead, at: datetime) -> Lead:
            if version is not None and lead.version != version:
                raise changed_meanwhile()
            return apply_change(lead, change, author, at)

        return await self.alter(scope, lead_id, apply)

    async def change_many(
        self, scope: Scope, lead_ids: Sequence[str], change: LeadChange, author: Author
    ) -> int:
        """How many were changed; those that are nowhere in the scope are passed over.

        Each is whole for itself: where the store fails in between, asking again does the rest.
        Raises Invalid(`invalid_assignee`).
        """
        changed = 0
        for lead_id in dict.fromkeys(lead_ids):
            try:
                await self.change(scope, lead_id, change, author)
            except NotFound:
                continue
            changed += 1
        return changed

    async def add_note(
        self,
        scope: Scope,
        lead_id: str,
        text: str,
        author: Author,
        idempotency_key: str | None = None,
    ) -> Note:
        """With a key that came before from this author, the note that it made.

        Raises NotFound(`lead_not_found`), Invalid(`empty_note`, and `idempotency_mismatch` where
        the key came before with another text), Conflict(`lead_merged`).
        """
        if not text.strip():
            fault = FieldError("text", "empty_note", "Write something first.")
            raise Invalid("empty_note", fault.detail, [fault])
        at = self.clock()
        note_id = new_id("note", at)
        if idempotency_key is not None:
            said = "\0".join((author.id, lead_id, idempotency_key))
            note_id = f"note_{hashlib.sha256(said.encode()).hexdigest()[:32]}"
        note = Note(id=note_id, at=at, author_id=author.id, author_name=author.name, text=text)

        def write_down(lead: Lead, _at: datetime) -> Lead:
            if any(one.id == note.id for one in lead.notes):
                return lead
            return lead.model_copy(update={"notes": (*lead.notes, note)})

        _, lead = await self.alter(scope, lead_id, write_down)
        stored = next(one for one in lead.notes if one.id == note.id)
        if stored.text != note.text:
            raise Invalid("idempotency_mismatch", "This key came before with another text.")
        return stored

    async def alter(self, scope: Scope, lead_id: str, change: Change) -> tuple[Lead, Lead]:
        """Change the stored lead, anew where somebody else was faster; the lead before and after.

        Raises NotFound(`lead_not_found`), Conflict(`lead_merged`, `changed_meanwhile`).
        """
        for _ in range(_TRIES):
            lead = await self.leads.find_lead(scope, lead_id)
            if lead is None:
                raise NotFound("lead_not_found", "There is no such lead.")
            if lead.merged_into:
                raise Conflict("lead_merged", "It was merged into another lead: change that one.")
            at = self.clock()
            changed = change(lead, at)
            if changed == lead:
                return lead, lead
            changed = changed.model_copy(
                update={"version": lead.version + 1, "updated_at": max(at, lead.updated_at)}
            )
            told = plan_change(changed, await self.projects.get(lead.project_id), at)
            if await self.leads.change_lead(lead.project_id, changed, told):
                if told:
                    self.wake_worker()
                return lead, changed
        raise changed_meanwhile()

    async def _require_assignee(self, scope: Scope, lead_id: str, assignee_id: str | None) -> None:
        """Somebody who is in, and reaches the lead's project."""
        if not assignee_id:
            return
        lead = await self.leads.find_lead(scope, lead_id)
        if lead is None:
            raise NotFound("lead_not_found", "There is no such lead.")
        try:
            member = await self.accounts.get_member(assignee_id)
        except NotFound:
            member = None
        if member is None or not member.is_active or not member.scope.allows(lead.project_id):
            fault = FieldError(
                "assignee_id", "invalid_assignee", "This needs a member who reaches the project."
            )
            raise Invalid("invalid_assignee", fault.detail, [fault])


def apply_change(lead: Lead, change: LeadChange, author: Author, at: datetime) -> Lead:
    """The same lead where nothing of it changes."""
    update: dict[str, object] = {}
    if change.status is not None and change.status is not lead.status:
        entry = StatusChange(
            at=at, author_id=author.id, author_name=author.name, status=change.status
        )
        update |= {"status": change.status, "history": (*lead.history, entry)}
    if change.assignee_id is not None and (change.assignee_id or None) != lead.assignee_id:
        update["assignee_id"] = change.assignee_id or None
    return lead.model_copy(update=update) if update else lead


def tell_changes(before: Lead, after: Lead) -> tuple[str, ...]:
    """`status: won instead of new`, for the audit log."""
    told = []
    if before.status is not after.status:
        told.append(f"status: {after.status} instead of {before.status}")
    if before.assignee_id != after.assignee_id:
        told.append(f"assignee: {after.assignee_id or 'nobody'}")
    return tuple(told)
