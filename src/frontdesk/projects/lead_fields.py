"""What a destination can be sent about a lead, and what makes a destination's settings wrong.

It stands with projects, below delivery, so that a wrong mapping is refused when it is saved, not
found out when the first lead is due.
"""

from urllib.parse import urlsplit

from frontdesk.errors import FieldError
from frontdesk.projects.model import Destination

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
}

# These the client writes itself; a second one would make two messages of one.
_RESERVED_HEADERS = {
    "accept-encoding",
    "connection",
    "content-length",
    "content-type",
    "frontdesk-lead-id",
    "host",
    "idempotency-key",
    "transfer-encoding",
    "user-agent",
}
_TOKEN_CHARACTERS = frozenset(
    "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
)


def check_destination(destination: Destination) -> list[FieldError]:
    """Everything that would keep a lead from being sent there; field names as in the model."""
    return [
        *_check_url(destination.url),
        *_check_headers(destination.headers),
        *_check_fields(destination.fields),
    ]


def _check_url(url: str) -> list[FieldError]:
    try:
        parts = urlsplit(url)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        has_host = False
    else:
        if parts.username is not None or parts.password is not None:
            detail = "Put credentials into a header, not into the address."
            return [FieldError("url", "credentials_in_url", detail)]
    if not has_host or any(character <= " " for character in url):
        return [FieldError("url", "invalid_url", "This is not a complete web address.")]
    return []


def _check_headers(headers: dict[str, str]) -> list[FieldError]:
    errors = []
    for name, value in headers.items():
        field = f"headers.{name}"
        if not name or not set(name) <= _TOKEN_CHARACTERS:
            errors.append(FieldError(field, "invalid_header", "No header can have this name."))
        elif name.lower() in _RESERVED_HEADERS:
            errors.append(FieldError(field, "reserved_header", "Frontdesk sets this header."))
        elif not value.isascii() or any(c < " " or c == "\x7f" for c in value):
            detail = "A header's value is one line of plain ASCII."
            errors.append(FieldError(field, "invalid_header", detail))
    return errors


def _check_fields(fields: dict[str, str]) -> list[FieldError]:
    errors = []
    for key, source in fields.items():
        field = f"fields.{key}"
        if not source.startswith("=") and source not in LEAD_FIELDS:
            detail = f"There is no field {source!r}; a fixed text begins with =."
            errors.append(FieldError(field, "unknown_field", detail))
        if not all(key.split(".")):
            errors.append(FieldError(field, "invalid_key", "A part between the dots is empty."))
        elif any(other.startswith(f"{key}.") for other in fields):
            detail = "This cannot be a value and hold others at once."
            errors.append(FieldError(field, "overlapping_key", detail))
    return errors
