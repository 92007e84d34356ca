"""Templates, and how things are written on the dashboard's pages."""

import json
import re
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import phonenumbers
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from frontdesk.accounts.guard import CSRF_FIELD, Caller
from frontdesk.clock import format_instant
from frontdesk.dashboard.static_files import static_url
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.leads.model import Attribution, Counted, Enquiry, Interest, Source
from frontdesk.projects.destinations import AnyDestination
from frontdesk.projects.masks import list_secrets
from frontdesk.projects.schedule import clock_text, day_text
from frontdesk.projects.secrets import MASK

_INTERESTS = {
    Interest.PRICE: "Price",
    Interest.VISIT: "Site visit",
    Interest.CALL: "Call back",
    Interest.BROCHURE: "Brochure",
    Interest.OTHER: "Question",
}
_SOURCES = {
    "referrer": "Came from",
    "landing_page": "Landed on",
    "utm_source": "Source",
    "utm_medium": "Medium",
    "utm_campaign": "Campaign",
    "utm_term": "Term",
    "utm_content": "Content",
    "gclid": "Google click",
    "gbraid": "Google click (app)",
    "wbraid": "Google click (web)",
    "fbclid": "Meta click",
    "msclkid": "Microsoft click",
}

_WISHES = {
    "configuration": "Looks for",
    "budget": "Budget",
    "timeline": "When",
    "purpose": "Purpose",
    "visit_at": "Wants to visit",
    "call_at": "May be called",
}


class DeliveryStage(StrEnum):
    """A delivery as a person sees it: its state, and what is going on in it."""

    WAITING = "waiting"
    SENDING = "sending"
    RETRYING = "retrying"
    DELIVERED = "delivered"
    DEAD = "dead"


def delivery_stage(delivery: Delivery, now: datetime) -> DeliveryStage:
    if delivery.state is DeliveryState.DELIVERED:
        return DeliveryStage.DELIVERED
    if delivery.state is DeliveryState.DEAD:
        return DeliveryStage.DEAD
    if delivery.lease_token and delivery.due_at and delivery.due_at > now:
        return DeliveryStage.SENDING
    return DeliveryStage.RETRYING if delivery.attempts else DeliveryStage.WAITING


def utc_text(at: datetime) -> str:
    """`23 Nov 2026, 09:05 UTC`; a script turns it into the viewer's zone."""
    return f"{at.day} {at:%b %Y, %H:%M} UTC"


def day_of(day: date) -> str:
    """`23 Nov 2026`."""
    return f"{day.day} {day:%b %Y}"


def phone_text(phone: str) -> str:
    """`+91 98765 43210`; as it is where libphonenumber cannot read it."""
    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL))


def phone_link(phone: str) -> str | None:
    """RFC 3966; None for what is not E.164."""
    return f"tel:{phone}" if re.fullmatch(r"\+[0-9]{5,15}", phone) else None


def web_link(url: str | None) -> str | None:
    """The address where it can be followed safely; None for `javascript:` and the like."""
    return url if url and re.match(r"https?://", url, re.IGNORECASE) else None


def masked_url(url: str) -> str:
    """`https://crm.example/…`: paths and queries of destinations often are their secret."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    return f"{parts.scheme}://{host}/" + ("…" if parts.path.strip("/") or parts.query else "")


def address(destination: AnyDestination) -> str:
    """Where leads are sent, and how."""
    url = getattr(destination, "url", None)
    where = masked_url(url) if url else destination.server[-1]
    return f"{getattr(destination, 'method', '')} {where}".strip()


def secret_names(destination: AnyDestination) -> list[str]:
    """`Authorization`, `secrets 1`: what is stored sealed, by name."""
    return [
        f"{field} {key + 1}" if isinstance(key, int) else key or field
        for field, key in list_secrets(destination)
    ]


def sources(attribution: Attribution) -> list[tuple[str, str]]:
    """What is known of where a visitor came from, labelled, in a fixed order."""
    last, first = _values(attribution), _values(attribution.first)
    labelled = [(_SOURCES[name], value) for name, value in last.items()]
    return labelled + [
        (f"{_SOURCES[name]}, first visit", value)
        for name, value in first.items()
        if value != last.get(name)
    ]


def _values(source: Source | None) -> dict[str, str]:
    said = {name: getattr(source, name, None) for name in _SOURCES}
    return {name: value for name, value in said.items() if value}


def wishes(enquiry: Enquiry, time_zone: str) -> list[tuple[str, str]]:
    """What a buyer is looking for, labelled, in a fixed order; the visit in the project's zone."""
    wanted = enquiry.qualification.model_dump()
    if wanted["visit_at"] is not None:
        at = wanted["visit_at"].astimezone(ZoneInfo(time_zone))
        wanted["visit_at"] = f"{day_text(at)} {at.year}, {clock_text(at)} ({time_zone})"
    return [(label, wanted[name]) for name, label in _WISHES.items() if wanted[name]]


def words(name: str) -> str:
    """`payment_plan` as `Payment plan`, `rera` as `RERA`."""
    if name in {"rera", "emi", "nri"}:
        return name.upper()
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def pretty(text: str) -> str:
    """JSON with a line for each value; anything else as it is."""
    try:
        return json.dumps(json.loads(text), ensure_ascii=False, indent=2)
    except (ValueError, RecursionError):
        return text


MOST_COUNTED = 10_000


def number_text(number: int) -> str:
    """`9,999`; `10,000+` for what was counted beyond: nobody counts to a million for a page."""
    return f"{MOST_COUNTED:,}+" if number > MOST_COUNTED else f"{number:,}"


def counted_text(counted: Counted) -> str:
    """`37`, `1,650+` where not all were looked at, and never more than `10,000+`."""
    if counted.is_all or counted.number > MOST_COUNTED:
        return number_text(counted.number)
    return f"{counted.number:,}+"


def count_text(count: int, one: str, many: str, *, at_least: bool = False) -> str:
    """`1 site`, `3 sites`, `50+ sites`."""
    return f"{count:,}{'+' if at_least else ''} {one if count == 1 and not at_least else many}"


def render(
    template: str,
    *,
    caller: Caller | None = None,
    place: str = "",
    status_code: int = 200,
    **context: object,
) -> HTMLResponse:
    """A page. It is never kept by a cache: it shows people's details to whoever is signed in."""
    html = _environment.get_template(template).render(caller=caller, place=place, **context)
    return HTMLResponse(html, status_code, headers={"Cache-Control": "no-store"})


def _make_environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        instant=format_instant,
        utc=utc_text,
        day=day_of,
        phone=phone_text,
        phone_link=phone_link,
        web_link=web_link,
        address=address,
        secret_names=secret_names,
        sources=sources,
        wishes=wishes,
        words=words,
        pretty=pretty,
        masked_url=masked_url,
        interest=_INTERESTS.__getitem__,
    )
    environment.globals.update(
        static_url=static_url,
        count_text=count_text,
        number_text=number_text,
        counted_text=counted_text,
        csrf_field=CSRF_FIELD,
        mask=MASK,
    )
    return environment


_environment = _make_environment()
