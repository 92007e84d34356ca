"""Capturing leads: all forms of a group in a handful of statements.

Under load the statements, not the disk, decide how many leads are taken: see `JointAct`.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

import apsw

from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.errors import Conflict, FrontdeskError, project_not_found
from frontdesk.leads.model import Capture, CaptureOutcome, Lead
from frontdesk.projects.model import Site
from frontdesk.storage.rules import (
    make_site_lead,
    merge_leads,
    require_fingerprint,
    sighting_id,
)
from frontdesk.storage.sqlite.documents import dump
from frontdesk.storage.sqlite.rows import Row, read_rows, write_rows


class Form(NamedTuple):
    """What `capture_lead` was called with, and the lead's document."""

    lead: Lead
    document: str
    deliveries: tuple[Delivery, ...]
    idempotency_key: str
    fingerprint: str
    merge_since: datetime
    site: Site | None = None


class _Known(NamedTuple):
    """What the store has that concerns a round of forms."""

    projects: set[str]
    leads: dict[tuple[str, str], Lead]  # project, phone


def capture_forms(
    connection: apsw.Connection, forms: Sequence[Form]
) -> list[Capture | FrontdeskError]:
    """For each form what became of it, as `LeadStorage.capture_lead` says."""
    results: dict[int, Capture | FrontdeskError] = {}
    for round_ in _split(forms):
        captured = _capture_round(connection, [forms[place] for place in round_])
        results.update(zip(round_, captured, strict=True))
    return [results[place] for place in range(len(forms))]


def _split(forms: Sequence[Form]) -> Iterator[list[int]]:
    """Rounds of forms (by their place) that have nothing to do with each other: no two have the
    same key or phone, because the second must find what the first left.
    """
    waiting = list(range(len(forms)))
    while waiting:
        taken: set[tuple[str, str, str]] = set()
        now: list[int] = []
        later: list[int] = []
        for place in waiting:
            form = forms[place]
            own = {
                ("key", form.lead.project_id, form.idempotency_key),
                ("phone", form.lead.project_id, form.lead.phone),
            }
            (later if own & taken else now).append(place)
            taken |= own
        yield now
        waiting = later


def _capture_round(
    connection: apsw.Connection, forms: Sequence[Form]
) -> list[Capture | FrontdeskError]:
    known = _look_up(connection, forms)
    taken = _take_keys(connection, forms, known)
    created: list[Row] = []
    merged: list[Row] = []
    deliveries: list[Row] = []
    last_of: dict[tuple[str, str, str], tuple[Lead, str, Site]] = {}

    def capture(form: Form) -> Capture | FrontdeskError:
        (enquiry,) = form.lead.enquiries
        if form.lead.project_id not in known.projects:
            return project_not_found()
        if (form.lead.project_id, form.idempotency_key) not in taken:
            return _replay(connection, form)
        before = known.leads.get((form.lead.project_id, form.lead.phone))
        if before is None:
            stored, outcome = form.lead, CaptureOutcome.CREATED
            created.append((stored.id, form.document))
        else:
            stored, outcome = merge_leads(before, form.lead), CaptureOutcome.MERGED
            merged.append((stored.id, dump(stored)))
        for delivery in form.deliveries:
            own = delivery.model_copy(update={"lead_id": stored.id})
            deliveries.append((own.id, dump(own)))
        if form.site is not None:
            place = form.lead.project_id, form.site.host, form.site.path_prefix
            last = form.lead, stored.id, form.site
            if enquiry.at >= last_of.setdefault(place, last)[0].enquiries[0].at:
                last_of[place] = last
        return Capture(lead=stored, enquiry_id=enquiry.id, outcome=outcome)

    results = [capture(form) for form in forms]
    write_rows(connection, "INSERT OR FAIL INTO leads (id, document) VALUES {}", created)
    write_rows(
        connection,
        "WITH changed (id, document) AS (VALUES {}) UPDATE OR FAIL leads"
        " SET document = changed.document FROM changed WHERE leads.id = changed.id",
        merged,
    )
    write_rows(connection, "INSERT OR FAIL INTO deliveries (id, document) VALUES {}", deliveries)
    site_leads = [make_site_lead(*last) for last in last_of.values()]
    write_rows(
        connection,
        "INSERT OR FAIL INTO site_leads (id, document) VALUES {} ON CONFLICT DO UPDATE"
        " SET document = excluded.document WHERE excluded.at >= at",
        [(sighting_id(last), dump(last)) for last in site_leads],
    )
    return results


def _look_up(connection: apsw.Connection, forms: Sequence[Form]) -> _Known:
    projects = read_rows(
        connection,
        "SELECT id FROM projects WHERE (id) IN (VALUES {})",
        list({(form.lead.project_id,) for form in forms}),
    )
    leads = read_rows(
        connection,
        "WITH sent (project_id, phone, since) AS (VALUES {})"
        " SELECT (SELECT document FROM leads WHERE leads.project_id = sent.project_id"
        "  AND leads.phone = sent.phone AND newest_enquiry_at >= sent.since"
        "  AND document ->> 'merged_into' IS NULL"
        "  ORDER BY newest_enquiry_at DESC LIMIT 1) AS known FROM sent WHERE known IS NOT NULL",
        [
            (form.lead.project_id, form.lead.phone, format_instant(form.merge_since))
            for form in forms
        ],
    )
    found = [Lead.model_validate_json(document) for (document,) in leads]
    return _Known(
        projects={project_id for (project_id,) in projects},
        leads={(lead.project_id, lead.phone): lead for lead in found},
    )


def _take_keys(
    connection: apsw.Connection, forms: Sequence[Form], known: _Known
) -> set[tuple[str, str]]:
    """Write the keys of the forms, each with the lead that it will be answered with; those that
    were not there before.
    """
    rows: list[Row] = []
    for form in forms:
        project_id, (enquiry,) = form.lead.project_id, form.lead.enquiries
        if project_id in known.projects:
            lead = known.leads.get((project_id, form.lead.phone), form.lead)
            at = format_instant(enquiry.at)
            key, fingerprint = form.idempotency_key, form.fingerprint
            rows.append((project_id, key, fingerprint, lead.id, enquiry.id, at))
    taken = read_rows(
        connection,
        "INSERT OR IGNORE INTO idempotency_keys VALUES {} RETURNING project_id, key",
        rows,
    )
    return {(project_id, key) for project_id, key in taken}


def _replay(connection: apsw.Connection, form: Form) -> Capture | FrontdeskError:
    try:
        capture = find_replay(
            connection, form.lead.project_id, form.idempotency_key, form.fingerprint
        )
    except Conflict as conflict:
        return conflict
    assert capture is not None  # its key was found
    return capture


def find_replay(
    connection: apsw.Connection, project_id: str, idempotency_key: str, fingerprint: str
) -> Capture | None:
    """What the key was answered with. Raises Conflict(`idempotency_mismatch`)."""
    # In one statement: between two the lead might be erased.
    row = connection.execute(
        "SELECT fingerprint, enquiry_id, document"
        " FROM idempotency_keys CROSS JOIN leads ON leads.id = lead_id"
        " WHERE idempotency_keys.project_id = ? AND key = ?",
        (project_id, idempotency_key),
    ).get
    if row is None:
        return None
    first_fingerprint, enquiry_id, document = row
    require_fingerprint(first_fingerprint, fingerprint)
    return Capture(
        lead=Lead.model_validate_json(document),
        enquiry_id=enquiry_id,
        outcome=CaptureOutcome.REPLAYED,
    )
