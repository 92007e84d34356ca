"""What every engine decides and says in the same words."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypeVar

from frontdesk.accounts.model import ApiKey, KeptReply, Member
from frontdesk.analytics.model import Event, EventCount, EventKind, Sighting, SiteWatch
from frontdesk.clock import as_instant
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.errors import Conflict, Invalid, NotFound, Unavailable
from frontdesk.leads.model import Lead, SiteLead
from frontdesk.projects.model import Project, Site, TurnedAway, UnknownSite
from frontdesk.storage.upkeep import Turn


def unavailable() -> Unavailable:
    """What an act says when the store cannot be read or written; the reason is in the log."""
    return Unavailable("storage_unavailable", "The store does not work now. Please try again.")


def closed() -> Unavailable:
    return Unavailable("storage_closed", "The store is closed.")


def unstorable_text() -> Invalid:
    """For lone surrogates: no UTF-8 exists for them, so no engine could give them back."""
    return Invalid("invalid_text", "The text has characters that cannot be written as UTF-8.")


def require_text(*texts: str) -> None:
    """Raises Invalid(`invalid_text`)."""
    try:
        for text in texts:
            text.encode()
    except UnicodeEncodeError:
        raise unstorable_text() from None


def too_big() -> Invalid:
    return Invalid("too_big", "That is more than one record can hold.")


def id_taken() -> Conflict:
    return Conflict("id_taken", "There is one with this id already.")


def merge_leads(known: Lead, lead: Lead) -> Lead:
    """The known lead with one more enquiry; a form filled in offline may be the older one."""
    return known.model_copy(
        update={
            "enquiries": tuple(sorted(known.enquiries + lead.enquiries, key=lambda one: one.at)),
            "email": known.email or lead.email,
            "updated_at": max(known.updated_at, lead.updated_at),
            "version": known.version + 1,
        }
    )


def require_fingerprint(first: str, fingerprint: str) -> None:
    """Raises Conflict(`idempotency_mismatch`) where a key came before with another body."""
    if first != fingerprint:
        raise Conflict(
            "idempotency_mismatch", "This Idempotency-Key came before with another body."
        )


def require_retryable(delivery: Delivery, at: datetime) -> None:
    """Raises Conflict(`delivery_not_retryable`) where it was delivered or is being sent."""
    if delivery.state is DeliveryState.DELIVERED:
        raise Conflict("delivery_not_retryable", "It was delivered already.")
    if delivery.lease_token and delivery.due_at and delivery.due_at > at:
        raise Conflict("delivery_not_retryable", "It is being sent now.")


def with_switched(
    project: Project,
    destination_id: str,
    at: datetime,
    *,
    enabled: bool | None,
    paused: bool | None,
) -> Project | None:
    """The project with the destination's switches as given; None where that changes nothing."""
    switches = {"enabled": enabled, "paused": paused}
    changes = {name: value for name, value in switches.items() if value is not None}
    destinations = tuple(
        one.model_copy(update=changes) if one.id == destination_id else one
        for one in project.destinations
    )
    if destinations == project.destinations:
        return None
    return project.model_copy(update={"destinations": destinations, "updated_at": as_instant(at)})


def is_valid_key(key: ApiKey, at: datetime) -> bool:
    """Neither expired nor revoked."""
    expired = key.expires_at is not None and at >= key.expires_at
    revoked = key.revoked_at is not None and at >= key.revoked_at
    return not expired and not revoked


def may_be_claimed(kept: KeptReply, at: datetime) -> bool:
    """Whether it ran out, or whoever was doing it is not any more and left no reply."""
    return at >= kept.expires_at or (kept.reply is None and at >= kept.busy_until)


def require_same_email(stored: Member, member: Member) -> None:
    """Raise ValueError where a change would give a member another e-mail."""
    if stored.email != member.email:
        raise ValueError("a member keeps the e-mail")


def member_not_found() -> NotFound:
    return NotFound("member_not_found", "There is no such member.")


def lead_not_found() -> NotFound:
    return NotFound("lead_not_found", "There is no such lead.")


def api_key_not_found() -> NotFound:
    return NotFound("api_key_not_found", "There is no such API key.")


def make_site_lead(lead: Lead, lead_id: str, site: Site) -> SiteLead:
    """Of a lead with one enquiry, which was stored under `lead_id`."""
    (enquiry,) = lead.enquiries
    return SiteLead(
        project_id=lead.project_id,
        host=site.host,
        path_prefix=site.path_prefix,
        at=enquiry.at,
        lead_id=lead_id,
        page=enquiry.page_url.partition("#")[0].partition("?")[0],
    )


Seen = TypeVar("Seen", UnknownSite, TurnedAway)


def seen_again(before: Seen, sighting: Seen) -> Seen:
    """Counted together. Two processes' sightings may arrive out of order."""
    newer = sighting if sighting.last_seen_at >= before.last_seen_at else before
    return newer.model_copy(
        update={
            "count": before.count + sighting.count,
            "first_seen_at": min(before.first_seen_at, sighting.first_seen_at),
        }
    )


def next_turn(last: Turn | None, name: str, at: datetime, until: datetime) -> Turn | None:
    """The turn after `last`; None while that lasts."""
    if last is not None and last.until > at:
        return None
    before = None if last is None else last.taken_at
    return Turn(name=name, taken_at=at, until=until, before=before)


def turned_away_id(seen: TurnedAway) -> str:
    return f"{seen.project_id} {seen.origin}"


def sighting_id(sighting: Sighting | SiteLead | SiteWatch) -> str:
    """No part has a space in it, so the ids are in the order of their parts."""
    return f"{sighting.project_id} {sighting.host} {sighting.path_prefix}"


def count_id(count: EventCount) -> str:
    return f"{count.project_id} {count.day.isoformat()} {count.kind.value}"


def count_events(events: Iterable[Event]) -> list[EventCount]:
    """The events by project, day and kind, in that order."""
    counted: dict[tuple[str, date, EventKind], list[int]] = {}
    for event in events:
        sums = counted.setdefault((event.project_id, event.day, event.kind), [0, 0, 0])
        sums[0] += 1
        if event.milliseconds is not None:
            sums[1] += 1
            sums[2] += event.milliseconds
    return [
        EventCount(
            project_id=project_id,
            day=day,
            kind=kind,
            count=count,
            measured=measured,
            milliseconds=milliseconds,
        )
        for (project_id, day, kind), (count, measured, milliseconds) in sorted(counted.items())
    ]


# What all projects spent on a day is kept beside each one's, under a name no project has.
ALL_PROJECTS = ""


def spending_id(project_id: str, day: date) -> str:
    """Under which a project's spending on a day is kept."""
    return f"{day.isoformat()}/{project_id}"


def list_conversations_of(leads: Iterable[Lead]) -> list[tuple[str, str]]:
    """The conversations that leads came from, each once: project id and conversation id."""
    return list(
        dict.fromkeys(
            (lead.project_id, enquiry.conversation_id)
            for lead in leads
            for enquiry in lead.enquiries
            if enquiry.conversation_id is not None
        )
    )
