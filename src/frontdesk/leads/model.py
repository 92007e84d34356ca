"""Leads: a person's contact details, consent, what they want and where they came from."""

from collections.abc import Collection, Sequence
from enum import StrEnum
from typing import Annotated

from pydantic import StringConstraints

from frontdesk.clock import Instant
from frontdesk.model import Model

Short = Annotated[str, StringConstraints(max_length=500)]
Phrase = Annotated[str, StringConstraints(max_length=200)]
Url = Annotated[str, StringConstraints(max_length=2000)]


class Interest(StrEnum):
    """What the visitor asked for when leaving the number."""

    PRICE = "price"
    VISIT = "visit"
    CALL = "call"
    BROCHURE = "brochure"
    OTHER = "other"


class Source(Model):
    """Where a visitor came from, as the browser tells it: useful, never trusted."""

    referrer: Url | None = None
    landing_page: Url | None = None
    utm_source: Short | None = None
    utm_medium: Short | None = None
    utm_campaign: Short | None = None
    utm_term: Short | None = None
    utm_content: Short | None = None
    gclid: Short | None = None
    gbraid: Short | None = None
    wbraid: Short | None = None
    fbclid: Short | None = None
    msclkid: Short | None = None


class FirstVisit(Source):
    """The earliest visit that the browser remembers, and when that was by its clock."""

    at: Instant | None = None


class Attribution(Source):
    """The visit in which something was sent, and the first one where that is known."""

    first: FirstVisit | None = None


class Consent(Model):
    """The words a visitor agreed to, word for word, and when."""

    given: bool
    version: str
    text: str
    at: Instant


class Qualification(Model):
    """What a buyer is looking for, as they said it; `visit_at` is when they want to come, `call_at`
    when they may be called, in words (`today after 6 pm`)."""

    configuration: Phrase | None = None
    budget: Phrase | None = None
    timeline: Phrase | None = None
    purpose: Phrase | None = None
    visit_at: Instant | None = None
    call_at: Phrase | None = None


class Enquiry(Model):
    """One time that a person asked; a lead has one or more.

    `summary` is the talk in three lines (wants, budget, next step), empty without a talk.
    """

    id: str
    at: Instant
    interest: Interest = Interest.OTHER
    note: str = ""
    page_url: str
    conversation_id: str | None = None
    consent: Consent
    attribution: Attribution = Attribution()
    qualification: Qualification = Qualification()
    summary: Annotated[str, StringConstraints(max_length=1000)] = ""


class LeadStatus(StrEnum):
    NEW = "new"
    CONTACTED = "contacted"
    QUALIFIED = "qualified"
    WON = "won"
    LOST = "lost"


class Note(Model):
    """What a colleague wrote about a lead."""

    id: str
    at: Instant
    author_id: str
    author_name: str
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]


class StatusChange(Model):
    at: Instant
    author_id: str
    author_name: str
    status: LeadStatus


class Lead(Model):
    """`phone` is E.164 (`+919876543210`); `enquiries` stand oldest first and are never empty.

    `assignee_id` is the member who looks after it; `notes` and `history` stand oldest first.
    `version` rises with each change. `merged_into` is the lead that took this one's enquiries; it
    is in no list then, and keeps its deliveries and the keys of its forms.
    """

    id: str
    project_id: str
    name: str
    phone: str
    phone_country: str
    email: str | None = None
    status: LeadStatus = LeadStatus.NEW
    assignee_id: str | None = None
    enquiries: tuple[Enquiry, ...]
    notes: tuple[Note, ...] = ()
    history: tuple[StatusChange, ...] = ()
    created_at: Instant
    updated_at: Instant
    version: int = 0
    merged_into: str | None = None


class LeadFilter(Model):
    """Which leads of a list: those that fit everything that is given.

    `text` is the beginning of the name or of its last word, of the e-mail address, or of the
    number (with its country's code, or of its last ten digits); case does not matter. `merged`
    asks for those that were merged into others, which are left out otherwise.
    """

    status: LeadStatus | None = None
    assignee_id: str | None = None
    text: Annotated[str, StringConstraints(max_length=200, strip_whitespace=True)] = ""
    merged: bool = False


class SiteLead(Model):
    """The last time that somebody asked on a site; `page` is where, without its query.

    Once the lead is removed, only when that was stays.
    """

    project_id: str
    host: str
    path_prefix: str
    at: Instant
    lead_id: str | None = None
    page: str | None = None


class Counted(Model):
    """How many there are: all of them, or as many as were found among the newest; at least so
    many, then.
    """

    number: int
    is_all: bool


class CaptureOutcome(StrEnum):
    CREATED = "created"  # a new lead
    MERGED = "merged"  # one more enquiry on a lead that was there
    REPLAYED = "replayed"  # the same Idempotency-Key came before; nothing was stored


class PageReference(Model):
    """The page that a visitor is on, as the browser tells it."""

    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]
    title: Short = ""


class TypedPhone(Model):
    """A number as typed, and the country (ISO code) that the visitor chose beside it."""

    number: Annotated[str, StringConstraints(max_length=100)]
    country: Annotated[str, StringConstraints(pattern=r"^[A-Za-z]{2}$")]


class GivenConsent(Model):
    given: bool
    version: Annotated[str, StringConstraints(max_length=200)]


class Submission(Model):
    """The contact form as a visitor sent it: readable, and not checked yet.

    The lengths stop nonsense early; what a person may get wrong has its own, friendlier check.
    """

    project: Annotated[str, StringConstraints(min_length=1, max_length=63)]
    page: PageReference
    name: Short
    phone: TypedPhone
    email: Short | None = None
    interest: Interest = Interest.OTHER
    note: Annotated[str, StringConstraints(max_length=4000)] = ""
    consent: GivenConsent
    attribution: Attribution = Attribution()
    qualification: Qualification | None = None


class Receipt(Model):
    """What a visitor gets back; `replayed` where the same form came before.

    `id` names the submission. It is the lead's id too unless the enquiry joined a lead that was
    there: the older id would tell a stranger that this number had asked before, and when.
    """

    id: str
    message: str
    replayed: bool


class Capture(Model):
    """What `capture_lead` did; `lead` is as it stands in storage now."""

    lead: Lead
    enquiry_id: str
    outcome: CaptureOutcome


def list_joined(known: Collection[str], leads: Sequence[Lead]) -> list[Lead]:
    """Those of `leads` that the leads with the `known` ids are merged with, over however many."""
    joined = {*known}
    while True:
        more = {
            lead.id if lead.merged_into in joined else lead.merged_into
            for lead in leads
            if lead.merged_into and (lead.merged_into in joined) != (lead.id in joined)
        }
        if not more:
            return [lead for lead in leads if lead.id in joined]
        joined |= {one for one in more if one}
