"""A lead that people change: a webhook hears of it, nobody else does."""

from frontdesk.delivery.changes import plan_change
from frontdesk.delivery.model import ClaimedDelivery
from frontdesk.leads.model import LeadStatus
from tests.delivery.test_webhook import hook
from tests.delivery.trying import PROJECT, send_once
from tests.support.crm import ScriptedCrm
from tests.support.samples import later, make_lead, make_project


async def test_a_change_is_told_to_webhooks_that_ask_for_it(crm: ScriptedCrm) -> None:
    first, second = make_lead(), make_lead(at=later(days=1))
    lead = first.model_copy(
        update={
            "enquiries": (*first.enquiries, *second.enquiries),
            "status": LeadStatus.CONTACTED,
        }
    )
    destinations = (
        crm.destination(),
        hook(crm).model_copy(update={"id": "asks"}),
        hook(crm, events=("lead.created",)).model_copy(update={"id": "asks-not"}),
        hook(crm, enabled=False).model_copy(update={"id": "off"}),
    )
    at = later(days=2)
    (delivery,) = plan_change(lead, make_project(destinations=destinations), at)
    assert (delivery.destination_id, delivery.due_at) == ("asks", at)
    assert delivery.project_id == PROJECT.id

    await send_once(
        destinations[1], (crm.host,), claimed=ClaimedDelivery(delivery=delivery, lead=lead)
    )
    told = crm.received[0].json
    assert (told["type"], told["timestamp"]) == ("lead.updated", "2026-11-25T09:00:00.000Z")
    assert told["data"]["enquiry"]["id"] == second.enquiries[0].id


async def test_a_change_of_a_new_lead_is_no_creation(crm: ScriptedCrm) -> None:
    lead = make_lead()
    project = make_project(destinations=(hook(crm),))
    (delivery,) = plan_change(lead, project, later(hours=1))
    await send_once(hook(crm), (crm.host,), claimed=ClaimedDelivery(delivery=delivery, lead=lead))
    assert crm.received[0].json["type"] == "lead.updated"
