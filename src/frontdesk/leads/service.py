"""Taking a lead: checked as a whole, stored with its deliveries in one act, then on its way."""

import hashlib
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from pydantic_core import to_json

from frontdesk.clock import Clock
from frontdesk.delivery.model import Delivery
from frontdesk.errors import Conflict, FieldError, FrontdeskError, Invalid
from frontdesk.leads.contact import (
    NOTE_CHARACTERS,
    check_email,
    check_name,
    clean_line,
    clean_note,
)
from frontdesk.leads.model import (
    Attribution,
    Capture,
    CaptureOutcome,
    Consent,
    Enquiry,
    Interest,
    Lead,
    Qualification,
    Receipt,
    Source,
    Submission,
)
from frontdesk.leads.phone import Phone, parse_phone
from frontdesk.model import new_id
from frontdesk.projects.model import ConsentText, Project
from frontdesk.projects.schedule import (
    check_visit,
    clock_text,
    day_text,
    next_calls,
    tell_calls,
)
from frontdesk.projects.service import Projects
from frontdesk.storage.base import LeadStorage

Checked = TypeVar("Checked")

SUMMARY_CHARACTERS = 1000
_CLEANED = {"name", "phone", "email", "note"}


class _Contact(NamedTuple):
    """A submission's own words, checked and cleaned."""

    name: str
    phone: Phone
    email: str | None
    note: str


Summarise = Callable[[Project, str, Qualification], Awaitable[str]]
Assign = Callable[[Project, str | None], Awaitable[str | None]]


def _uncounted(_outcome: str) -> None:
    """No metrics."""


async def _unassigned(_project: Project, _conversation_id: str | None) -> str | None:
    """No rules."""
    return None


async def _unsummarised(_project: Project, _conversation_id: str, _wanted: Qualification) -> str:
    """No conversations."""
    return ""


@dataclass(frozen=True, slots=True)
class Leads:
    """`wake_worker` is called once a lead and its deliveries are stored.

    `count_capture` is told each outcome, for the metrics. `summarise` gives a conversation in three
    lines, at once and without a network; `assign` says which member looks after a new lead.
    """

    storage: LeadStorage
    projects: Projects
    clock: Clock
    merge_days: int
    wake_worker: Callable[[], None]
    count_capture: Callable[[str], None] = _uncounted
    summarise: Summarise = _unsummarised
    assign: Assign = _unassigned

    async def capture(
        self,
        submission: Submission,
        *,
        idempotency_key: str,
        origin: str | None,
        conversation_id: str | None = None,
    ) -> Receipt:
        """Store the lead with a delivery for each enabled destination; durable when it returns.

        Raises what `Projects.authorize_page` raises, Invalid with a field error for each wrong
        field (`invalid_name`, `invalid_phone`, `invalid_email`, `consent_required`,
        `consent_outdated`, `invalid_visit_time`), Invalid(`idempotency_mismatch`), and Unavailable.
        Then nothing is stored.
        """
        project, site = await self.projects.authorize_page(
            submission.project, submission.page.url, origin
        )
        contact = _check(submission, project.consent)
        fingerprint = _fingerprint(submission, contact)
        try:
            capture = await self._find_late_replay(
                project, submission, idempotency_key, fingerprint
            )
            if capture is None:
                summary = await self._summarise(submission, project, conversation_id)
                lead = self._make_lead(submission, contact, project, conversation_id, summary)
                if project.assignment:
                    assignee_id = await self.assign(project, conversation_id)
                    lead = lead.model_copy(update={"assignee_id": assignee_id})
                capture = await self.storage.capture_lead(
                    project.id,
                    lead,
                    _make_deliveries(lead, project),
                    idempotency_key=idempotency_key,
                    fingerprint=fingerprint,
                    merge_since=lead.created_at - timedelta(days=self.merge_days),
                    site=site,
                )
        except Conflict as conflict:
            raise Invalid(conflict.code, "This key came before with another form.") from None
        self.count_capture(capture.outcome)
        if capture.outcome is not CaptureOutcome.REPLAYED and project.destinations:
            self.wake_worker()
        enquiry = next(e for e in capture.lead.enquiries if e.id == capture.enquiry_id)
        return Receipt(
            id=_lead_id_of(capture.enquiry_id),
            message=thank(contact.name, enquiry, project),
            replayed=capture.outcome is CaptureOutcome.REPLAYED,
        )

    async def _summarise(
        self, submission: Submission, project: Project, conversation_id: str | None
    ) -> str:
        """Empty where there is no talk; nobody's lead is refused for want of a summary."""
        if conversation_id is None:
            return ""
        wanted = submission.qualification or Qualification()
        try:
            return (await self.summarise(project, conversation_id, wanted))[:SUMMARY_CHARACTERS]
        except FrontdeskError:
            return ""

    async def _find_late_replay(
        self, project: Project, submission: Submission, key: str, fingerprint: str
    ) -> Capture | None:
        """Check the time of the visit: the first reply again for a form that was stored before it
        passed. Raises Invalid(`invalid_visit_time`)."""
        visit_at = (submission.qualification or Qualification()).visit_at
        if visit_at is None:
            return None
        try:
            check_visit(project.schedule, ZoneInfo(project.time_zone), visit_at, self.clock())
        except Invalid:
            capture = await self.storage.find_capture(
                project.id, idempotency_key=key, fingerprint=fingerprint
            )
            if capture is None:
                raise
            return capture
        return None

    def _make_lead(
        self,
        submission: Submission,
        contact: _Contact,
        project: Project,
        conversation_id: str | None,
        summary: str,
    ) -> Lead:
        at = self.clock()
        lead_id = new_id("lead", at)
        enquiry = Enquiry(
            id=_enquiry_id_of(lead_id),
            at=at,
            interest=submission.interest,
            note=contact.note,
            page_url=clean_line(submission.page.url),
            conversation_id=conversation_id,
            consent=Consent(
                given=submission.consent.given,
                version=project.consent.version,
                text=project.consent.text,
                at=at,
            ),
            attribution=_clean_attribution(submission.attribution),
            qualification=_clean_qualification(submission.qualification),
            summary=summary,
        )
        return Lead(
            id=lead_id,
            project_id=project.id,
            name=contact.name,
            phone=contact.phone.e164,
            phone_country=contact.phone.country,
            email=contact.email,
            enquiries=(enquiry,),
            created_at=at,
            updated_at=at,
        )


def thank(name: str, enquiry: Enquiry, project: Project) -> str:
    """What happens next, and when where the project's schedule or its hours line says it."""
    reason = {
        Interest.VISIT: " to arrange your visit",
        Interest.BROCHURE: " about the brochure",
    }.get(enquiry.interest, "")
    visit_at, zone = enquiry.qualification.visit_at, ZoneInfo(project.time_zone)
    if visit_at is not None:
        local = visit_at.astimezone(zone)
        reason = f" to confirm your visit on {day_text(local)} at {clock_text(local)}"
    when = _tell_when(enquiry, project, zone)
    return (
        f"Thank you, {name.split()[0]}. The team has your number and will call you back"
        f"{when}{reason}."
    )


def _tell_when(enquiry: Enquiry, project: Project, zone: ZoneInfo) -> str:
    """From the call windows where there are any; they are counted from when the enquiry came, so
    that a form sent again gets the same words. Otherwise from a line like "people from 10 to 7";
    one that says more than that (at weekends, not on Mondays) is not cut down to hours.
    """
    if project.schedule.calls:
        window = next_calls(project.schedule, zone, enquiry.at)
        return f" {tell_calls(window, enquiry.at)}" if window else ""
    hours = re.search(
        r"(?i)\bpeople from (\d{1,2}(?:[:.]\d\d)?) to (\d{1,2}(?:[:.]\d\d)?)$",
        project.widget.hours_line or "",
    )
    return f" between {hours[1]} and {hours[2]}" if hours else ""


def _check(submission: Submission, consent: ConsentText) -> _Contact:
    """Raises Invalid with everything that is wrong, under the code of what comes first."""
    faults: list[Invalid] = []

    def collect(check: Callable[[], Checked]) -> Checked | None:
        try:
            return check()
        except Invalid as fault:
            faults.append(fault)
            return None

    name = collect(lambda: check_name(submission.name))
    phone = collect(lambda: parse_phone(submission.phone.number, submission.phone.country))
    email = collect(lambda: check_email(submission.email or ""))
    collect(lambda: _check_consent(submission, consent))
    if faults or name is None or phone is None:
        fields = [field for fault in faults for field in fault.fields]
        raise Invalid(faults[0].code, faults[0].detail, fields)
    note = clean_note(submission.note)[:NOTE_CHARACTERS]
    if phone.extension:
        note = f"{note}\nPhone extension: {phone.extension}".strip()
    return _Contact(name=name, phone=phone, email=email, note=note)


def _check_consent(submission: Submission, consent: ConsentText) -> None:
    given = submission.consent
    if consent.required and not given.given:
        detail = "Please agree before sending; the team may not call you otherwise."
        raise Invalid("consent_required", detail, [FieldError("consent.given", "required", detail)])
    if given.given and given.version != consent.version:
        detail = "The consent text has changed. Please read it again."
        raise Invalid(
            "consent_outdated", detail, [FieldError("consent.version", "outdated", detail)]
        )


def _make_deliveries(lead: Lead, project: Project) -> list[Delivery]:
    return [
        Delivery(
            id=new_id("delivery", lead.created_at),
            project_id=project.id,
            lead_id=lead.id,
            enquiry_id=lead.enquiries[0].id,
            destination_id=destination.id,
            created_at=lead.created_at,
            due_at=lead.created_at,
        )
        for destination in project.destinations
        if destination.enabled
    ]


def _fingerprint(submission: Submission, contact: _Contact) -> str:
    """SHA-256 of what the form says, however it was typed; an Idempotency-Key stands for it."""
    # What is not said leaves no trace: a field that an older widget does not know changes nothing.
    form = submission.model_dump_json(exclude=_CLEANED, exclude_none=True)
    return hashlib.sha256(form.encode() + to_json(contact)).hexdigest()


def _clean_qualification(wanted: Qualification | None) -> Qualification:
    if wanted is None:
        return Qualification()
    said = wanted.model_dump(exclude_none=True)
    cleaned = {k: clean_line(v) if isinstance(v, str) else v for k, v in said.items()}
    return Qualification(**{k: v for k, v in cleaned.items() if v})


def _clean_attribution(attribution: Attribution) -> Attribution:
    said = _clean_texts(attribution)
    if attribution.first is not None:
        said["first"] = attribution.first.model_copy(update=_clean_texts(attribution.first))
    return attribution.model_copy(update=said) if said else attribution


def _clean_texts(source: Source) -> dict[str, Any]:
    said = {name: getattr(source, name) for name in source.model_fields_set}
    return {name: clean_line(value) for name, value in said.items() if isinstance(value, str)}


# A lead's first enquiry is named like the lead, so that an enquiry that joins an older lead still
# has a lead id of its own to be answered with (see Receipt).
def _enquiry_id_of(lead_id: str) -> str:
    return f"enquiry_{lead_id.removeprefix('lead_')}"


def _lead_id_of(enquiry_id: str) -> str:
    return f"lead_{enquiry_id.removeprefix('enquiry_')}"
