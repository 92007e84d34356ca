"""Leads: captured with their deliveries in one act."""

from collections.abc import Sequence
from datetime import datetime

from frontdesk.delivery.model import Delivery
from frontdesk.errors import NotFound
from frontdesk.leads.model import Capture, Lead
from frontdesk.model import Page, Scope
from frontdesk.storage.base import require_project
from frontdesk.storage.rules import require_text
from frontdesk.storage.sqlite.capturing import Form, capture_forms, find_replay
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_newest
from frontdesk.storage.sqlite.writer import JointAct


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
        require_text(idempotency_key, fingerprint)
        form = Form(lead, dump(lead), tuple(deliveries), idempotency_key, fingerprint, merge_since)
        return await self._database.write(JointAct(capture_forms, form))

    async def find_capture(
        self, project_id: str, *, idempotency_key: str, fingerprint: str
    ) -> Capture | None:
        return await self._database.read(
            lambda connection: find_replay(connection, project_id, idempotency_key, fingerprint)
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
