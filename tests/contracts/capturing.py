"""Shorter words for what most contracts do first."""

from collections.abc import Sequence
from datetime import datetime

from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Capture, Lead
from frontdesk.model import EVERY_PROJECT, new_id
from frontdesk.projects.model import Site
from frontdesk.storage.base import Storage
from tests.support.clock import START
from tests.support.samples import later, make_delivery

A_MONTH_BEFORE = later(days=-30)


async def capture(
    storage: Storage,
    lead: Lead,
    deliveries: Sequence[Delivery] | None = None,
    *,
    key: str | None = None,
    fingerprint: str = "one body",
    merge_since: datetime = A_MONTH_BEFORE,
    site: Site | None = None,
) -> Capture:
    """Capture a lead, with one delivery and a key of its own unless told otherwise."""
    return await storage.capture_lead(
        lead.project_id,
        lead,
        [make_delivery(lead)] if deliveries is None else deliveries,
        idempotency_key=new_id("key", START) if key is None else key,
        fingerprint=fingerprint,
        merge_since=merge_since,
        site=site,
    )


async def stored_leads(storage: Storage) -> tuple[Lead, ...]:
    return (await storage.list_leads(EVERY_PROJECT, limit=1000)).items


async def stored_deliveries(storage: Storage) -> tuple[Delivery, ...]:
    return (await storage.list_deliveries(EVERY_PROJECT, limit=1000)).items


def phone(number: int) -> str:
    """A phone number that nobody else in the test has."""
    return f"+91{9_000_000_000 + number}"
