"""One of everything that can be stored, and a look at all of it."""

from frontdesk.model import EVERY_PROJECT
from frontdesk.projects.model import Fact, Knowledge, Site
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture
from tests.contracts.test_accounts import (
    make_entry,
    make_key,
    make_link,
    make_member,
    make_session,
)
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import make_attempt
from tests.contracts.test_findings import make_findings
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_change, make_purge, make_run, make_watch
from tests.contracts.test_widget_layers import make_layer
from tests.support.clock import START
from tests.support.samples import later, make_delivery, make_lead


async def fill_everything(storage: Storage) -> None:
    """The projects `palm-grove` and `coral-bay` have to be there."""
    await storage.save_knowledge(
        "palm-grove", Knowledge(facts=(Fact(key="price", value="₹1 crore"),), updated_at=later())
    )
    await storage.save_findings("palm-grove", make_findings())
    await storage.record_unknown_site("stray.example", "/", later())
    await storage.record_turned_away("palm-grove", make_turned_away())
    await storage.save_site_watches([make_watch(), make_watch("coral-bay", quiet=True)])
    await storage.record_purges([make_purge(), make_purge("b.example", reason="status 500")])
    await storage.save_widget_change(make_change())
    await storage.save_import_run(make_run())
    await storage.save_widget_layer(make_layer(), expected=None)
    await storage.start_conversation("palm-grove", make_conversation())
    for number in (9, 3, 6):  # ids that are not in the order they came
        await storage.add_message("palm-grove", make_message(f"m_{number}", text=f"{number} BHK?"))
    await capture(storage, make_lead(), key="form-1", site=Site(host="palm-grove.example"))
    await capture(storage, make_lead(at=later(hours=1)), key="form-2")
    await capture(storage, make_lead("coral-bay"), key="form-1")
    lead = make_lead("coral-bay", phone="+919000000001", email="ravi@example.com")
    deliveries = [make_delivery(lead, destination_id=name) for name in ("crm", "webhook")]
    await capture(storage, lead, deliveries, key="form-2")
    (claimed, _) = await storage.claim_deliveries(later(), later(minutes=1), 2)
    await storage.record_attempt(
        claimed.delivery.project_id,
        claimed.delivery.id,
        claimed.delivery.lease_token or "",
        make_attempt(),
        state=claimed.delivery.state,
        due_at=later(minutes=5),
    )
    await storage.add_member(make_member())
    await storage.start_session(make_session())
    await storage.add_password_link(make_link())
    await storage.add_api_key(make_key())
    await storage.add_audit_entry(make_entry("audit_1"))
    await storage.record_events(
        "palm-grove", [make_event(), make_event("event-002", milliseconds=9)], make_sighting()
    )
    await storage.spend("palm-grove", START.date(), 5)


async def see_all(storage: Storage) -> list[object]:
    return [
        await storage.list_projects(EVERY_PROJECT),
        await storage.list_projects_for_hosts(["palm-grove.example", "coral-bay.example"]),
        await storage.get_knowledge("palm-grove"),
        await storage.get_findings("palm-grove"),
        await storage.list_unknown_sites(),
        await storage.find_widget_layers(["installation"]),
        await storage.get_conversation("palm-grove", "conversation_1"),
        (await storage.list_messages("palm-grove", "conversation_1")).items,
        await storage.list_leads(EVERY_PROJECT),
        await storage.list_deliveries(EVERY_PROJECT),
        await storage.find_member("meera@example.com"),
        await storage.find_session("5e55", later()),
        await storage.find_password_link("11ff", later()),
        await storage.find_api_key("4a54", later()),
        await storage.list_audit_entries(EVERY_PROJECT),
        await storage.total_events(EVERY_PROJECT, START.date(), START.date(), by="day"),
        await storage.list_sightings(EVERY_PROJECT),
        await storage.list_site_leads(EVERY_PROJECT),
        await storage.list_turned_away(EVERY_PROJECT),
        await storage.list_site_watches(EVERY_PROJECT),
        await storage.list_purges(),
        await storage.list_widget_changes(),
        await storage.find_import_run("import_1"),
        await storage.list_spending(EVERY_PROJECT, START.date()),
        await storage.get_spent("palm-grove", START.date()),
    ]
