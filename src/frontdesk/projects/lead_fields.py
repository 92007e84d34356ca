"""What a destination can be sent about a lead, and how a mapping names it.

It stands with projects, below delivery, so that a wrong mapping is refused when it is saved, not
found out when the first lead is due.
"""

import re

# The order is that of the table in docs/guide/destinations.md.
LEAD_FIELDS = {
    "lead_id": "our id of the lead, the same on every try",
    "enquiry_id": "our id of this enquiry",
    "delivery_id": "our id of this delivery, the same on every try",
    "attempt": "which try this is, from 1",
    "is_new": "false where a known lead enquired again",
    "project_id": "the project",
    "project_name": "its name",
    "crm_id": "its id in your CRM",
    "name": "the visitor's name as typed",
    "first_name": "its first word",
    "last_name": "the rest of it",
    "phone": "E.164: +919876543210",
    "phone_national": "without the country: 9876543210",
    "phone_calling_code": "the country's calling code: 91",
    "phone_country": "the country's ISO code: IN",
    "email": "e-mail address",
    "interest": "price, visit, call, brochure or other",
    "note": "what the visitor added",
    "configuration": "what they look for: 3 BHK",
    "budget": "what they can spend: up to 1.5 crore",
    "timeline": "when they want it: within 6 months",
    "purpose": "to live in or to invest",
    "visit_at": "when they want to visit, in the project's time zone",
    "call_at": "when they may be called, in their words",
    "summary": "the talk in three lines: wants, budget, next step",
    "page_url": "the page the form was sent from",
    "conversation_id": "the chat it came from",
    "consent_given": "true or false",
    "consent_version": "which consent text",
    "consent_text": "the consent text, word for word",
    "consent_at": "when consent was given",
    "created_at": "when the lead came first",
    "enquired_at": "when this enquiry came",
    "referrer": "the page before the first page",
    "landing_page": "the first page",
    "utm_source": "campaign tag",
    "utm_medium": "campaign tag",
    "utm_campaign": "campaign tag",
    "utm_term": "campaign tag",
    "utm_content": "campaign tag",
    "gclid": "Google Ads click",
    "gbraid": "Google Ads click, app",
    "wbraid": "Google Ads click, web to app",
    "fbclid": "Meta click",
    "msclkid": "Microsoft Ads click",
    "first_visit_at": "when the first remembered visit began",
    "first_referrer": "the page before that visit",
    "first_landing_page": "its first page",
    "first_utm_source": "its campaign tag",
    "first_utm_medium": "its campaign tag",
    "first_utm_campaign": "its campaign tag",
    "first_utm_term": "its campaign tag",
    "first_utm_content": "its campaign tag",
    "first_gclid": "its Google Ads click",
    "first_gbraid": "its Google Ads click, app",
    "first_wbraid": "its Google Ads click, web to app",
    "first_fbclid": "its Meta click",
    "first_msclkid": "its Microsoft Ads click",
}

# `{utm_source|Website}`: a field, and what stands in its place where the lead has no value for it.
PLACEHOLDER = re.compile(r"\{(\w+)(?:\|([^{}]*))?\}")


def list_unknown_names(source: str) -> list[str]:
    """What a mapping's value names and no lead has; see `projects.destinations` for its forms."""
    if source.startswith("="):
        return []
    if "{" in source:
        named = [match[1] for match in PLACEHOLDER.finditer(source)]
        rest = PLACEHOLDER.sub("", source)
        return [name for name in named if name not in LEAD_FIELDS] + [c for c in rest if c in "{}"]
    return [] if source in LEAD_FIELDS else [source]
