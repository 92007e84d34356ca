"""What a change of a lead sends: a webhook's `lead.updated`. Pure.

The CRMs are not told: they have the lead, and people change it there.
"""

from datetime import datetime

from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Lead
from frontdesk.model import new_id
from frontdesk.projects.destinations import WebhookDestination
from frontdesk.projects.model import Project


def plan_change(lead: Lead, project: Project, at: datetime) -> list[Delivery]:
    """The deliveries that tell of a change to `lead`, as it is now, to whoever asks for it.

    To be stored in the same act as the change, both or neither, and the worker woken after it.
    """
    return [
        Delivery(
            id=new_id("delivery", at),
            project_id=project.id,
            lead_id=lead.id,
            enquiry_id=lead.enquiries[-1].id,
            destination_id=destination.id,
            event="lead.updated",
            created_at=at,
            due_at=at,
        )
        for destination in project.destinations
        if isinstance(destination, WebhookDestination)
        and destination.enabled
        and "lead.updated" in destination.events
    ]
