"""What makes a destination's settings wrong, beyond the form of its fields. Pure.

Secrets are looked at as they are written; the mask and what is sealed are left alone.
"""

import base64
import binascii
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

from frontdesk.errors import FieldError
from frontdesk.projects.destinations import (
    AnyDestination,
    EmailDestination,
    HttpDestination,
    HubSpotDestination,
    LeadSquaredDestination,
    SalesforceDestination,
    SalesforceWebDestination,
    SellDoDestination,
    WebhookDestination,
    ZohoDestination,
)
from frontdesk.projects.lead_fields import list_unknown_names
from frontdesk.projects.secrets import Secret

CrmDestination = (
    LeadSquaredDestination
    | SellDoDestination
    | HubSpotDestination
    | ZohoDestination
    | SalesforceDestination
    | SalesforceWebDestination
)

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
# Standard Webhooks 1.0: 24 to 64 random bytes, in base64 behind this prefix.
WEBHOOK_SECRET_PREFIX = "whsec_"  # noqa: S105


def check_destination(destination: AnyDestination) -> list[FieldError]:
    """Everything that would keep a lead from being sent there; field names as in the model."""
    match destination:
        case HttpDestination():
            return [*_check_url(destination.url), *_check_http(destination)]
        case WebhookDestination():
            return [*_check_url(destination.url), *_check_webhook_secrets(destination.secrets)]
        case EmailDestination():
            return _check_email(destination)
        case ZohoDestination():
            accounts = [
                fault._replace(field="accounts_url")
                for fault in _check_url(destination.accounts_url)
            ]
            return [*accounts, *_check_url(destination.url), *_check_crm_fields(destination)]
        case _:
            return [*_check_url(destination.url), *_check_crm_fields(destination)]


def _check_email(destination: EmailDestination) -> list[FieldError]:
    errors = _check_sources("fields", destination.fields)
    if "{" in destination.subject and list_unknown_names(destination.subject):
        errors.append(FieldError("subject", "unknown_field", "A name in braces is not known."))
    if (destination.username is None) != (destination.password is None):
        detail = "A user name and a password go together."
        errors.append(FieldError("password", "incomplete_credentials", detail))
    if destination.security == "none" and destination.password is not None:
        detail = "A password is sent over an encrypted connection alone: starttls or tls."
        errors.append(FieldError("security", "unsafe", detail))
    return errors


def _check_crm_fields(destination: CrmDestination) -> list[FieldError]:
    return [
        *_check_sources("fields", destination.fields),
        *(
            FieldError("fields.", "invalid_key", "This has no name.")
            for key in destination.fields
            if not key
        ),
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


def _check_http(destination: HttpDestination) -> list[FieldError]:
    errors = [
        *_check_header_names("headers", destination.headers),
        *_check_header_values(destination.headers),
        *_check_header_names("header_fields", destination.header_fields),
        *_check_sources("header_fields", destination.header_fields),
        *_check_sources("query_fields", destination.query_fields),
        *_check_sources("fields", destination.fields),
        *_check_keys("fields", [*destination.fields, *destination.body]),
    ]
    if destination.method == "GET" and (destination.fields or destination.body):
        detail = "A GET has no body. Use query_fields, or another method."
        errors.append(FieldError("method", "no_body", detail))
    return errors


def _check_header_names(field: str, names: Iterable[str]) -> list[FieldError]:
    errors = []
    for name in names:
        if not name or not set(name) <= _TOKEN_CHARACTERS:
            detail = "No header can have this name."
            errors.append(FieldError(f"{field}.{name}", "invalid_header", detail))
        elif name.lower() in _RESERVED_HEADERS:
            detail = "Frontdesk sets this header."
            errors.append(FieldError(f"{field}.{name}", "reserved_header", detail))
    return errors


def _check_header_values(headers: Mapping[str, Secret]) -> list[FieldError]:
    detail = "A header's value is one line of plain ASCII."
    return [
        FieldError(f"headers.{name}", "invalid_header", detail)
        for name, secret in headers.items()
        if not secret.is_mask and not secret.is_line_of_ascii
    ]


def _check_sources(field: str, mapping: Mapping[str, str]) -> list[FieldError]:
    return [
        FieldError(
            f"{field}.{key}",
            "unknown_field",
            f"There is no field {name!r}; a fixed text begins with =.",
        )
        for key, source in mapping.items()
        for name in list_unknown_names(source)[:1]
    ]


def _check_keys(field: str, keys: list[str]) -> list[FieldError]:
    """Dotted keys of one JSON body."""
    errors = []
    for key in dict.fromkeys(keys):
        if not all(key.split(".")):
            detail = "A part between the dots is empty."
            errors.append(FieldError(f"{field}.{key}", "invalid_key", detail))
        elif keys.count(key) > 1 or any(other.startswith(f"{key}.") for other in keys):
            detail = "This cannot be a value and hold others at once, nor be there twice."
            errors.append(FieldError(f"{field}.{key}", "overlapping_key", detail))
    return errors


def _check_webhook_secrets(secrets: Iterable[Secret]) -> list[FieldError]:
    detail = "A webhook's secret is whsec_ and 24 to 64 random bytes in base64."
    return [
        FieldError(f"secrets.{place}", "invalid_secret", detail)
        for place, secret in enumerate(secrets)
        if not secret.is_mask and not secret.is_sealed and not _is_webhook_secret(secret.text)
    ]


def _is_webhook_secret(text: str) -> bool:
    if not text.startswith(WEBHOOK_SECRET_PREFIX):
        return False
    try:
        key = base64.b64decode(text.removeprefix(WEBHOOK_SECRET_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return False
    return 24 <= len(key) <= 64
