"""Leads: captured with their deliveries in one act, which here means in one document.

How each promise is kept without transactions is in `docs/decisions/0008`.
"""

import asyncio
import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pymongo import DESCENDING, ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError, PyMongoError

from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Capture, CaptureOutcome, Counted, Lead, LeadFilter, SiteLead
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.projects.model import Site
from frontdesk.storage.base import EVERY_LEAD, require_project
from frontdesk.storage.mongo.connection import report
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    dump,
    find,
    list_of_projects,
    load,
)
from frontdesk.storage.mongo.documents import require_project_row as require_row
from frontdesk.storage.mongo.lead_lists import count_leads, list_leads
from frontdesk.storage.mongo.lead_rows import row_fields
from frontdesk.storage.mongo.outbox import delivery_row, empty_outbox
from frontdesk.storage.rules import (
    id_taken,
    lead_not_found,
    make_site_lead,
    merge_leads,
    require_fingerprint,
    sighting_id,
)

LONGEST_PAUSE_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class _Form:
    """One call of `capture_lead`. `written_by` tells its own write from everybody else's."""

    lead: Lead
    deliveries: Sequence[Delivery]
    key: str
    fingerprint: str
    merge_since: datetime
    written_by: str

    @property
    def delivery_ids(self) -> list[str]:
        return [delivery.id for delivery in self.deliveries]

    @property
    def entry(self) -> Row:
        """What its lead keeps of it, so that the same form is known again."""
        return {
            "key": self.key,
            "fingerprint": self.fingerprint,
            "enquiry_id": self.lead.enquiries[0].id,
            "written_by": self.written_by,
        }

    def outbox(self, lead_id: str) -> list[Row]:
        return [
            delivery_row(delivery.model_copy(update={"lead_id": lead_id}))
            for delivery in self.deliveries
        ]


class LeadCollections:
    _database: Database
    _lanes: Sequence[asyncio.Lock]

    @accepted
    async def capture_lead(
        self,
        project_id: str,
        lead: Lead,
        deliveries: Sequence[Delivery],
        *,
        idempotency_key: str,
        fingerprint: str,
        merge_since: datetime,
        site: Site | None = None,
    ) -> Capture:
        require_project(project_id, lead, *deliveries)
        (_enquiry,) = lead.enquiries
        form = _Form(
            lead,
            deliveries,
            idempotency_key,
            fingerprint,
            merge_since,
            written_by=secrets.token_hex(8),
        )
        lane = self._lanes[hash((project_id, lead.phone)) % len(self._lanes)]
        async with lane, self._database.act() as database:
            await require_row(database, project_id)
            if len({*form.delivery_ids}) < len(deliveries):
                raise id_taken()
            # Who loses a race looks again; the act's time-out is the end of it.
            while True:
                stored = await _find_capture(database, form)
                if stored is None:
                    stored = await _store(database, form)
                if stored is not None:
                    break
                await asyncio.sleep(random.uniform(0, LONGEST_PAUSE_SECONDS))  # noqa: S311
            await _move_deliveries(database, stored)
            if site is not None:
                await _note_last(database, make_site_lead(lead, stored["_id"], site))
        return _capture_of(stored, form)

    @accepted
    async def find_capture(
        self, project_id: str, *, idempotency_key: str, fingerprint: str
    ) -> Capture | None:
        async with self._database.act() as database:
            row = await _find_row(database, project_id, idempotency_key)
        if row is None:
            return None
        entry = _entry_of(row, idempotency_key)
        require_fingerprint(entry["fingerprint"], fingerprint)
        return Capture(
            lead=load(Lead, row), enquiry_id=entry["enquiry_id"], outcome=CaptureOutcome.REPLAYED
        )

    @accepted
    async def list_site_leads(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[SiteLead]:
        async with self._database.act() as database:
            return await list_of_projects(database["site_leads"], SiteLead, scope, after, limit)

    async def get_lead(self, project_id: str, lead_id: str) -> Lead:
        lead = await self.find_lead(Scope(projects=frozenset({project_id})), lead_id)
        if lead is None:
            raise lead_not_found()
        return lead

    @accepted
    async def find_lead(self, scope: Scope, lead_id: str) -> Lead | None:
        async with self._database.act() as database:
            lead = await find(database["leads"], Lead, {"_id": lead_id})
        return lead if lead is not None and scope.allows(lead.project_id) else None

    @accepted
    async def change_lead(
        self, project_id: str, lead: Lead, deliveries: Sequence[Delivery] = ()
    ) -> bool:
        require_project(project_id, lead, *deliveries)
        written_by = secrets.token_hex(8)
        changed: Row = {"$set": {**row_fields(lead), "changed_by": written_by}}
        if deliveries:
            changed["$push"] = {
                "delivery_ids": {"$each": [delivery.id for delivery in deliveries]},
                "outbox": {"$each": [delivery_row(delivery) for delivery in deliveries]},
            }
        async with self._database.act() as database:
            leads = database["leads"]
            row = await leads.find_one({"_id": lead.id, "document.project_id": project_id})
            if row is None:
                raise lead_not_found()
            if load(Lead, row).version != lead.version - 1:
                return False
            stored = await leads.find_one_and_update(
                {"_id": lead.id, "version": row["version"]},
                {**changed, "$inc": {"version": 1}},
                return_document=ReturnDocument.AFTER,
            )
            if stored is None:
                # The driver sends a write again when the reply was lost, and the second finds
                # nothing to change: the row itself says whose it is.
                stored = await leads.find_one({"_id": lead.id, "changed_by": written_by})
            if stored is None:
                return False
            await _move_deliveries(database, stored)
        return True

    @accepted
    async def list_leads(
        self,
        scope: Scope,
        *,
        fits: LeadFilter = EVERY_LEAD,
        created: Period = ALWAYS,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Lead]:
        async with self._database.act() as database:
            return await list_leads(database["leads"], scope, fits, created, after, limit)

    @accepted
    async def count_leads(
        self, scope: Scope, *, fits: LeadFilter = EVERY_LEAD, created: Period = ALWAYS
    ) -> Counted:
        async with self._database.act() as database:
            return await count_leads(database["leads"], scope, fits, created)


async def _find_capture(database: AsyncDatabase[Row], form: _Form) -> Row | None:
    """The row that has the form's key, whoever stored it: the form's first arrival, or this one."""
    row = await _find_row(database, form.lead.project_id, form.key)
    if row is not None:
        require_fingerprint(_entry_of(row, form.key)["fingerprint"], form.fingerprint)
    return row


async def _find_row(database: AsyncDatabase[Row], project_id: str, key: str) -> Row | None:
    row: Row | None = await database["leads"].find_one(
        {"document.project_id": project_id, "captures.key": key}
    )
    return row


async def _store(database: AsyncDatabase[Row], form: _Form) -> Row | None:
    """Store the form in one write and give the row; None where somebody else was quicker."""
    # The last turn is read first: a lead that is added after this has the turn that we would take.
    last = await database["leads"].find_one(_of_person(form.lead), sort=[("turn", DESCENDING)])
    known = await database["leads"].find_one(
        _of_person(form.lead)
        | {
            "newest_enquiry_at": {"$gte": format_instant(form.merge_since)},
            "document.merged_into": None,
        },
        sort=[("newest_enquiry_at", DESCENDING)],
    )
    try:
        if known is None:
            return await _add(database, form, turn=0 if last is None else last["turn"] + 1)
        return await _join(database, form, known)
    except DuplicateKeyError:
        await _refuse_taken_ids(database, form, is_new=known is None)
        return None


async def _add(database: AsyncDatabase[Row], form: _Form, turn: int) -> Row:
    """Raises DuplicateKeyError where the person's next lead, the key or an id is there already."""
    row = {
        "_id": form.lead.id,
        **row_fields(form.lead),
        "turn": turn,
        "version": 1,
        "captures": [form.entry],
        "outbox": form.outbox(form.lead.id),
    }
    if form.delivery_ids:  # an empty list would count as a value, and be unique
        row["delivery_ids"] = form.delivery_ids
    await database["leads"].insert_one(row)
    return row


async def _join(database: AsyncDatabase[Row], form: _Form, known: Row) -> Row | None:
    """Raises DuplicateKeyError where the key or an id is on another lead."""
    # A unique index looks at other documents; what stands in this one is looked at here, and the
    # version says that it is still so.
    if any(entry["key"] == form.key for entry in known["captures"]):
        return None
    if {*form.delivery_ids} & {*known.get("delivery_ids", ())}:
        raise id_taken()
    lead = merge_leads(load(Lead, known), form.lead)
    pushed: Row = {"captures": form.entry}
    if form.deliveries:
        pushed["delivery_ids"] = {"$each": form.delivery_ids}
        pushed["outbox"] = {"$each": form.outbox(lead.id)}
    row: Row | None = await database["leads"].find_one_and_update(
        {"_id": lead.id, "version": known["version"]},
        {
            "$set": row_fields(lead),
            "$push": pushed,
            "$inc": {"version": 1},
        },
        return_document=ReturnDocument.AFTER,
    )
    return row


async def _refuse_taken_ids(database: AsyncDatabase[Row], form: _Form, *, is_new: bool) -> None:
    """Raises Conflict(`id_taken`) where it was an id that was there, and not by this form."""
    leads = database["leads"]
    taken: list[Row] = [{"delivery_ids": {"$in": form.delivery_ids}}]
    if is_new:
        taken.append({"_id": form.lead.id})
    for condition in taken:
        row = await leads.find_one(condition)
        if row is not None and not any(entry["key"] == form.key for entry in row["captures"]):
            raise id_taken()


async def _move_deliveries(database: AsyncDatabase[Row], stored: Row) -> None:
    """The lead is stored with its deliveries; what fails here the next who looks makes up for."""
    try:
        await empty_outbox(database, stored["_id"], stored["outbox"])
    except PyMongoError as error:
        report(error)


async def _note_last(database: AsyncDatabase[Row], last: SiteLead) -> None:
    """A lead is stored also where this fails: the site's next one makes up for it."""
    document = dump(last)
    row_id = sighting_id(last)
    as_old = {"_id": row_id, "document.at": {"$lte": document["at"]}}
    try:
        await database["site_leads"].replace_one(
            as_old, {"_id": row_id, "document": document}, upsert=True
        )
    except DuplicateKeyError:  # there is one, and it is later than this
        return
    except PyMongoError as error:
        report(error)


def _of_person(lead: Lead) -> Row:
    return {"document.project_id": lead.project_id, "document.phone": lead.phone}


def _entry_of(row: Row, key: str) -> Row:
    entry: Row = next(entry for entry in row["captures"] if entry["key"] == key)
    return entry


def _capture_of(row: Row, form: _Form) -> Capture:
    entry = _entry_of(row, form.key)
    if entry["written_by"] != form.written_by:
        outcome = CaptureOutcome.REPLAYED
    elif row["_id"] == form.lead.id:
        outcome = CaptureOutcome.CREATED
    else:
        outcome = CaptureOutcome.MERGED
    return Capture(lead=load(Lead, row), enquiry_id=entry["enquiry_id"], outcome=outcome)
