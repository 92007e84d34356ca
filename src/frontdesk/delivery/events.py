"""What a webhook tells: the payload's version 1, documented in the OpenAPI document's `webhooks`.

It has models of its own, so that a change within Frontdesk is no change for receivers. Fields may
be added to a version; one that goes or changes its meaning makes the next version.
"""

from typing import Any, Literal

from frontdesk.clock import Instant
from frontdesk.delivery.mapping import lead_values
from frontdesk.delivery.model import ClaimedDelivery, EventType
from frontdesk.model import Model
from frontdesk.projects.model import Project


class EventProject(Model):
    """The project that was asked about; `crm_id` is its id in your CRM."""

    id: str
    name: str
    crm_id: str | None


class EventLead(Model):
    """Who asked; `phone` is E.164."""

    id: str
    name: str
    phone: str
    phone_country: str
    email: str | None
    created_at: Instant


class EventConsent(Model):
    given: bool
    version: str
    text: str
    at: Instant


class EventSource(Model):
    referrer: str | None
    landing_page: str | None
    utm_source: str | None
    utm_medium: str | None
    utm_campaign: str | None
    utm_term: str | None
    utm_content: str | None
    gclid: str | None
    gbraid: str | None
    wbraid: str | None
    fbclid: str | None
    msclkid: str | None


class EventFirstVisit(EventSource):
    at: Instant | None


class EventAttribution(EventSource):
    """The visit of this enquiry; `first` is the earliest that the visitor's browser remembers."""

    first: EventFirstVisit


class EventQualification(Model):
    """What the buyer is looking for; `visit_at` is RFC 3339 in the project's time zone."""

    configuration: str | None
    budget: str | None
    timeline: str | None
    purpose: str | None
    visit_at: str | None
    call_at: str | None


class EventEnquiry(Model):
    """What was asked this time; `summary` is the talk in three lines."""

    id: str
    at: Instant
    interest: str
    note: str | None
    page_url: str
    conversation_id: str | None
    consent: EventConsent
    attribution: EventAttribution
    qualification: EventQualification
    summary: str | None


class EventData(Model):
    project: EventProject
    lead: EventLead
    enquiry: EventEnquiry


class LeadEvent(Model):
    """`timestamp` is when it happened, the same on every try."""

    type: EventType
    timestamp: Instant
    version: Literal[1] = 1
    data: EventData


class EventSite(Model):
    """`page` is where the tag was at work last."""

    host: str
    path_prefix: str
    page: str
    last_seen_at: Instant


class SiteEventData(Model):
    project: EventProject
    site: EventSite


class SiteEvent(Model):
    """A site has gone quiet, or is back; `timestamp` is when that was found out."""

    type: Literal["site.not_live", "site.live"]
    timestamp: Instant
    version: Literal[1] = 1
    data: SiteEventData


def make_event(claimed: ClaimedDelivery, project: Project) -> LeadEvent:
    """`lead.created` for a new lead, `lead.updated` where a known one asked again or was changed.

    A change carries the lead's newest enquiry.
    """
    values: dict[str, Any] = lead_values(claimed, project)
    delivery = claimed.delivery
    event_type, timestamp = delivery.event, delivery.created_at
    if event_type is None:
        event_type = "lead.created" if values["is_new"] else "lead.updated"
        timestamp = values["enquired_at"]
    consent = {name: values[f"consent_{name}"] for name in EventConsent.model_fields}
    first = {name: values[f"first_{name}"] for name in EventSource.model_fields}
    first["at"] = values["first_visit_at"]
    enquiry = {
        "id": values["enquiry_id"],
        "at": values["enquired_at"],
        "consent": consent,
        "attribution": {name: values[name] for name in EventSource.model_fields} | {"first": first},
        "qualification": {name: values[name] for name in EventQualification.model_fields},
        **{
            name: values[name]
            for name in ("interest", "note", "page_url", "conversation_id", "summary")
        },
    }
    lead = {"id": values["lead_id"]} | {
        name: values[name] for name in EventLead.model_fields if name != "id"
    }
    return LeadEvent.model_validate(
        {
            "type": event_type,
            "timestamp": timestamp,
            "data": {
                "project": {
                    "id": project.id,
                    "name": project.name,
                    "crm_id": project.crm_id,
                },
                "lead": lead,
                "enquiry": enquiry,
            },
        }
    )
