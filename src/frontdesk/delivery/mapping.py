"""A lead's values, and what a destination's mapping makes of them. Pure.

The forms of a mapping stand in `frontdesk.projects.destinations`.
"""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

import phonenumbers

from frontdesk.clock import format_instant
from frontdesk.delivery.model import ClaimedDelivery
from frontdesk.projects.lead_fields import PLACEHOLDER
from frontdesk.projects.model import Project

Values = Mapping[str, Any]


def lead_values(claimed: ClaimedDelivery, project: Project) -> dict[str, Any]:
    """A value, or None, for every name in LEAD_FIELDS."""
    lead, delivery = claimed.lead, claimed.delivery
    enquiry = next(each for each in lead.enquiries if each.id == delivery.enquiry_id)
    first_name, _, last_name = lead.name.partition(" ")
    source = enquiry.attribution.model_dump(mode="json")
    first = source.pop("first") or {}
    phone = phonenumbers.parse(lead.phone)
    wanted = enquiry.qualification
    visit_at = wanted.visit_at and wanted.visit_at.astimezone(ZoneInfo(project.time_zone))
    return {
        **source,
        **{f"first_{name}": first.get(name) for name in source},
        "first_visit_at": first.get("at"),
        **wanted.model_dump(),
        "lead_id": lead.id,
        "enquiry_id": enquiry.id,
        "delivery_id": delivery.id,
        "attempt": len(delivery.attempts) + 1,
        "is_new": enquiry == lead.enquiries[0],
        "project_id": project.id,
        "project_name": project.name,
        "crm_id": project.crm_id,
        "name": lead.name,
        "first_name": first_name,
        "last_name": last_name or None,
        "phone": lead.phone,
        "phone_national": phonenumbers.national_significant_number(phone),
        "phone_calling_code": str(phone.country_code),
        "phone_country": lead.phone_country,
        "email": lead.email,
        "interest": enquiry.interest,
        "note": enquiry.note or None,
        "visit_at": visit_at and visit_at.isoformat(timespec="seconds"),
        "summary": enquiry.summary or None,
        "page_url": enquiry.page_url,
        "conversation_id": enquiry.conversation_id,
        "consent_given": enquiry.consent.given,
        "consent_version": enquiry.consent.version,
        "consent_text": enquiry.consent.text,
        "consent_at": format_instant(enquiry.consent.at),
        "created_at": format_instant(lead.created_at),
        "enquired_at": format_instant(enquiry.at),
    }


def resolve(source: str, values: Values) -> Any:
    """The value of one mapping: `=text`, a text with `{names}`, or a name."""
    if source.startswith("="):
        return source[1:]
    if "{" in source:
        return PLACEHOLDER.sub(lambda match: as_text(values[match[1]]) or match[2] or "", source)
    return values[source]


def nest(fields: Mapping[str, str], values: Values) -> dict[str, Any]:
    """A JSON object: dotted names make objects in it."""
    body: dict[str, Any] = {}
    for key, source in fields.items():
        put(body, key, resolve(source, values))
    return body


def put(body: dict[str, Any], key: str, value: Any) -> None:
    *parents, last = key.split(".")
    holder = body
    for parent in parents:
        holder = holder.setdefault(parent, {})
    holder[last] = value


def flatten(fields: Mapping[str, str], values: Values) -> dict[str, str]:
    """The fields of a form or a query; those without a value are left out."""
    texts = {key: as_text(resolve(source, values)) for key, source in fields.items()}
    return {key: text for key, text in texts.items() if text}


def as_text(value: Any) -> str:
    """As a form writes it: nothing for None, `true` and `false`."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)
