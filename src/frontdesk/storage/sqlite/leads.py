"""Leads: captured with their deliveries in one act."""

from collections.abc import Sequence
from datetime import datetime

import apsw

from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Capture, Counted, Lead, LeadFilter, SiteLead
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.projects.model import Site
from frontdesk.storage.base import EVERY_LEAD, require_project
from frontdesk.storage.rules import lead_not_found, require_text
from frontdesk.storage.sqlite.capturing import Form, capture_forms, find_replay
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_of_projects
from frontdesk.storage.sqlite.lead_lists import count_leads, list_leads
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
        site: Site | None = None,
    ) -> Capture:
        require_project(project_id, lead, *deliveries)
        require_text(idempotency_key, fingerprint)
        document, key = dump(lead), idempotency_key
        form = Form(lead, document, tuple(deliveries), key, fingerprint, merge_since, site)
        return await self._database.write(JointAct(capture_forms, form))

    async def find_capture(
        self, project_id: str, *, idempotency_key: str, fingerprint: str
    ) -> Capture | None:
        return await self._database.read(
            lambda connection: find_replay(connection, project_id, idempotency_key, fingerprint)
        )

    async def list_site_leads(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[SiteLead]:
        return await self._database.read(
            lambda connection: list_of_projects(
                connection, "site_leads", SiteLead, scope, after, limit
            )
        )

    async def get_lead(self, project_id: str, lead_id: str) -> Lead:
        lead = await self.find_lead(Scope(projects=frozenset({project_id})), lead_id)
        if lead is None:
            raise lead_not_found()
        return lead

    async def find_lead(self, scope: Scope, lead_id: str) -> Lead | None:
        lead = await self._database.read(
            lambda connection: find(
                connection, Lead, "SELECT document FROM leads WHERE id = ?", lead_id
            )
        )
        return lead if lead is not None and scope.allows(lead.project_id) else None

    async def change_lead(
        self, project_id: str, lead: Lead, deliveries: Sequence[Delivery] = ()
    ) -> bool:
        require_project(project_id, lead, *deliveries)
        document = dump(lead)

        def act(connection: apsw.Connection) -> bool:
            stored = find(connection, Lead, "SELECT document FROM leads WHERE id = ?", lead.id)
            if stored is None or stored.project_id != project_id:
                raise lead_not_found()
            if stored.version != lead.version - 1:
                return False
            connection.execute("UPDATE leads SET document = ? WHERE id = ?", (document, lead.id))
            connection.executemany(
                "INSERT INTO deliveries (id, document) VALUES (?, ?)",
                [(delivery.id, dump(delivery)) for delivery in deliveries],
            )
            return True

        return await self._database.write(act)

    async def list_leads(
        self,
        scope: Scope,
        *,
        fits: LeadFilter = EVERY_LEAD,
        created: Period = ALWAYS,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Lead]:
        return await self._database.read(
            lambda connection: list_leads(connection, scope, fits, created, after, limit)
        )

    async def count_leads(
        self, scope: Scope, *, fits: LeadFilter = EVERY_LEAD, created: Period = ALWAYS
    ) -> Counted:
        return await self._database.read(
            lambda connection: count_leads(connection, scope, fits, created)
        )
