"""One person's data, given out or erased; and what is older than its project keeps."""

import re
from dataclasses import dataclass
from datetime import timedelta

import structlog

from frontdesk.accounts.model import ActorKind, AuditEntry
from frontdesk.clock import Clock
from frontdesk.delivery.model import Delivery, DeliveryState, DeliveryView
from frontdesk.errors import FieldError, Invalid
from frontdesk.leads.phone import parse_phone
from frontdesk.model import EVERY_PROJECT, Period, Scope, new_id
from frontdesk.privacy.model import (
    Erasure,
    Identity,
    PersonExport,
    PersonQuery,
    Receiver,
    Removed,
    Round,
)
from frontdesk.projects.model import Retention
from frontdesk.storage.base import Storage

# Who the audit log says removed what was kept past its time.
HOUSEKEEPING = "housekeeping"
_log = structlog.get_logger("frontdesk.privacy")
_E164 = re.compile(r"\+[0-9]{6,15}")


@dataclass(frozen=True, slots=True)
class Privacy:
    storage: Storage
    clock: Clock

    async def export(self, scope: Scope, query: PersonQuery) -> PersonExport:
        """Raises Invalid(`invalid_person`, `invalid_phone`)."""
        person = await self.storage.find_person(scope, identify(query))
        return PersonExport(
            leads=person.leads,
            deliveries=tuple(map(DeliveryView.of, person.deliveries)),
            conversations=person.conversations,
            messages=person.messages,
        )

    async def erase(self, scope: Scope, query: PersonQuery) -> Erasure:
        """Durable when it returns. Raises Invalid(`invalid_person`, `invalid_phone`)."""
        at = self.clock()
        person = await self.storage.erase_person(scope, identify(query))

        def is_being_sent(delivery: Delivery) -> bool:
            return bool(delivery.lease_token and delivery.due_at and delivery.due_at > at)

        return Erasure(
            leads=len(person.leads),
            enquiries=sum(len(lead.enquiries) for lead in person.leads),
            deliveries=len(person.deliveries),
            conversations=len(person.conversations),
            messages=len(person.messages),
            receivers=tuple(
                Receiver(
                    project_id=delivery.project_id,
                    destination_id=delivery.destination_id,
                    state=delivery.state,
                    remote_id=delivery.remote_id,
                    is_being_sent=is_being_sent(delivery),
                )
                for delivery in person.deliveries
                # One that failed may have arrived all the same: its reply may have been lost.
                if delivery.attempts
                or delivery.lease_token
                or delivery.state is DeliveryState.DELIVERED
            ),
        )

    async def remove_expired(self) -> Round:
        """Remove what is older than its project keeps, and sign-ins that ran out.

        What fails for one project is logged and keeps no other from its turn. Raises Unavailable
        where storage is away altogether.
        """
        await self.storage.remove_expired_sign_ins(self.clock())
        removed: dict[str, Removed] = {}
        failed: list[str] = []
        cursor = None
        while True:
            page = await self.storage.list_projects(EVERY_PROJECT, after=cursor, limit=200)
            for project in page.items:
                try:
                    gone = await self._remove_expired_of(project.id, project.retention)
                except Exception:  # noqa: BLE001  whatever it was, it is this project's
                    await self.storage.check()
                    _log.exception("what is too old cannot be removed", project_id=project.id)
                    failed.append(project.id)
                    continue
                if gone:
                    removed[project.id] = gone
            cursor = page.next_cursor
            if cursor is None:
                return Round(removed, tuple(failed))

    async def count_expiring(
        self, project_id: str, retention: Retention, within: timedelta, most: int
    ) -> tuple[int, bool]:
        """How many leads have to go within that time, and whether there are more than counted.

        A lead that is on its way to a destination then stays a little longer.
        """
        if retention.leads_days is None:
            return 0, False
        horizon = self.clock() + within - timedelta(days=retention.leads_days)
        page = await self.storage.list_leads(
            Scope(projects=frozenset({project_id})), created=Period(before=horizon), limit=most
        )
        count = sum(lead.enquiries[-1].at < horizon for lead in page.items)
        return count, page.next_cursor is not None

    async def _record_removed(self, project_id: str, gone: Removed) -> None:
        at = self.clock()
        await self.storage.add_audit_entry(
            AuditEntry(
                id=new_id("audit", at),
                created_at=at,
                actor_kind=ActorKind.HOUSEKEEPING,
                actor_id=HOUSEKEEPING,
                actor_name="Frontdesk",
                action="remove_expired",
                project_id=project_id,
                targets={"project_id": project_id},
                changes=(f"{gone.leads} leads and {gone.conversations} conversations removed",),
            )
        )

    async def _remove_expired_of(self, project_id: str, retention: Retention) -> Removed:
        total = Removed()
        if retention == Retention():
            return total
        now = self.clock()
        leads, conversations = (
            None if days is None else now - timedelta(days=days)
            for days in (retention.leads_days, retention.conversations_days)
        )
        while True:
            removed = await self.storage.remove_expired(
                project_id, leads_before=leads, conversations_before=conversations
            )
            if not removed:
                break
            total += removed
        if total:
            await self._record_removed(project_id, total)
        return total


def identify(query: PersonQuery) -> Identity:
    """Raises Invalid(`invalid_person`) unless one of the two is there, Invalid(`invalid_phone`)."""
    if (query.phone is None) == (query.email is None):
        detail = "Name a phone number or an e-mail address, one of the two."
        raise Invalid("invalid_person", detail, [FieldError("phone", "one_of_two", detail)])
    if query.email is not None:
        return Identity(email=query.email.strip())
    typed = re.sub(r"[\s().-]", "", query.phone or "")
    # As it is stored, also where it would not be taken from a form any more.
    if _E164.fullmatch(typed):
        return Identity(phone=typed)
    return Identity(phone=parse_phone(query.phone or "", query.country).e164)
