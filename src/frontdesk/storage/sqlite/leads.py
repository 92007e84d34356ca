"""Leads: captured with their deliveries in one act."""

from collections.abc import Sequence
from datetime import datetime

import apsw

from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.errors import NotFound
from frontdesk.leads.model import Capture, CaptureOutcome, Lead
from frontdesk.model import Page, Scope
from frontdesk.storage.base import require_project
from frontdesk.storage.rules import merge_leads, require_fingerprint
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_newest, require_project_row


class LeadTables:
    _database: Database

    async def capture_lead(
        self,
        project_id: str,
        lead: Lead,
        deliveries: Sequence[Delivery],
        *,
        idempotency_key: str,
        fingerprint: str,
        merge_since: datetime,
    ) -> Capture:
        require_project(project_id, lead, *deliveries)
        (enquiry,) = lead.enquiries

        def act(connection: apsw.Connection) -> Capture:
            require_project_row(connection, project_id)
            replay = _find_replay(connection, project_id, idempotency_key, fingerprint)
            if replay is not None:
                return replay
            known = _find_recent(connection, project_id, lead.phone, merge_since)
            if known is None:
                stored, outcome = lead, CaptureOutcome.CREATED
                connection.execute(
                    "INSERT INTO leads (id, document) VALUES (?, ?)", (stored.id, dump(stored))
                )
            else:
                stored, outcome = merge_leads(known, lead), CaptureOutcome.MERGED
                connection.execute(
                    "UPDATE leads SET document = ? WHERE id = ?", (dump(stored), stored.id)
                )
            connection.executemany(
                "INSERT INTO deliveries (id, document) VALUES (?, ?)",
                [(delivery.id, dump(_for_lead(delivery, stored.id))) for delivery in deliveries],
            )
            connection.execute(
                "INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, ?, ?)",
                (
                    project_id,
                    idempotency_key,
                    fingerprint,
                    stored.id,
                    enquiry.id,
                    format_instant(enquiry.at),
                ),
            )
            return Capture(lead=stored, enquiry_id=enquiry.id, outcome=outcome)

        return await self._database.write(act)

    async def find_capture(
        self, project_id: str, *, idempotency_key: str, fingerprint: str
    ) -> Capture | None:
        return await self._database.read(
            lambda connection: _find_replay(connection, project_id, idempotency_key, fingerprint)
        )

    async def get_lead(self, project_id: str, lead_id: str) -> Lead:
        lead = await self.find_lead(Scope(projects=frozenset({project_id})), lead_id)
        if lead is None:
            raise NotFound("lead_not_found", "There is no such lead.")
        return lead

    async def find_lead(self, scope: Scope, lead_id: str) -> Lead | None:
        lead = await self._database.read(
            lambda connection: find(
                connection, Lead, "SELECT document FROM leads WHERE id = ?", lead_id
            )
        )
        return lead if lead is not None and scope.allows(lead.project_id) else None

    async def list_leads(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Lead]:
        return await self._database.read(
            lambda connection: list_newest(connection, "leads", Lead, scope, {}, after, limit)
        )


def _find_replay(
    connection: apsw.Connection, project_id: str, idempotency_key: str, fingerprint: str
) -> Capture | None:
    row = connection.execute(
        "SELECT fingerprint, lead_id, enquiry_id FROM idempotency_keys"
        " WHERE project_id = ? AND key = ?",
        (project_id, idempotency_key),
    ).get
    if row is None:
        return None
    first_fingerprint, lead_id, enquiry_id = row
    require_fingerprint(first_fingerprint, fingerprint)
    lead = find(connection, Lead, "SELECT document FROM leads WHERE id = ?", lead_id)
    assert lead is not None  # stored in the same act as its key
    return Capture(lead=lead, enquiry_id=enquiry_id, outcome=CaptureOutcome.REPLAYED)


def _find_recent(
    connection: apsw.Connection, project_id: str, phone: str, since: datetime
) -> Lead | None:
    return find(
        connection,
        Lead,
        "SELECT document FROM leads WHERE project_id = ? AND phone = ? AND newest_enquiry_at >= ?"
        " ORDER BY newest_enquiry_at DESC LIMIT 1",
        project_id,
        phone,
        format_instant(since),
    )


def _for_lead(delivery: Delivery, lead_id: str) -> Delivery:
    return delivery.model_copy(update={"lead_id": lead_id})
