"""A store with a project and leads on their way."""

from frontdesk.delivery.model import Delivery
from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.destinations import AnyDestination
from frontdesk.storage.base import Storage
from tests.support.clock import SteppedClock
from tests.support.samples import make_delivery, make_lead, make_project


async def add_project(
    storage: Storage, *destinations: AnyDestination, project_id: str = "palm-grove"
) -> None:
    await storage.save_project(project_id, make_project(project_id, destinations=destinations))


async def add_lead(
    storage: Storage,
    clock: SteppedClock,
    number: int = 0,
    *,
    project_id: str = "palm-grove",
    destination_ids: tuple[str, ...] = ("crm",),
) -> str:
    """Capture a lead of its own phone with a delivery for each destination; returns its id."""
    lead = make_lead(project_id, phone=f"+9198765{43210 + number:05d}", at=clock())
    capture = await storage.capture_lead(
        project_id,
        lead,
        [make_delivery(lead, destination_id=each) for each in destination_ids],
        idempotency_key=lead.id,
        fingerprint="f",
        merge_since=clock(),
    )
    return capture.lead.id


async def list_all(storage: Storage) -> list[Delivery]:
    page = await storage.list_deliveries(EVERY_PROJECT, limit=200)
    assert page.next_cursor is None
    return list(page.items)


async def get_only(storage: Storage) -> Delivery:
    (delivery,) = await list_all(storage)
    return delivery
