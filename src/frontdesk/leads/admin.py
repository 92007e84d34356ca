"""Leads for those who may: finding, reading, changing, taking away."""

from collections.abc import Callable
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Header, Query
from pydantic import Field, StringConstraints
from starlette.responses import Response, StreamingResponse

from frontdesk.accounts.api import read_version
from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Instant
from frontdesk.delivery.model import Delivery, DeliveryView
from frontdesk.errors import NotFound
from frontdesk.leads.duplicates import Duplicates, Twins
from frontdesk.leads.export import CSV_TYPE, XLSX_TYPE, write_csv, write_xlsx
from frontdesk.leads.model import Counted, Lead, LeadFilter, LeadStatus, Note
from frontdesk.leads.work import Author, LeadChange, LeadWork, tell_changes
from frontdesk.model import Model, Page, Period, Scope
from frontdesk.storage.base import Storage

MANY = 200
A_FILE = {"type": "string", "format": "binary"}


class NewNote(Model):
    text: Annotated[str, StringConstraints(min_length=1, max_length=4000)]


class ManyChanged(Model):
    changed: int


class OtherLead(Model):
    """The lead that is merged, or was."""

    lead_id: Annotated[str, StringConstraints(max_length=100)]


class ManyChange(LeadChange):
    lead_ids: Annotated[tuple[str, ...], Field(min_length=1, max_length=MANY)]


class TranscriptMessage(Model):
    """What was said in the conversation that a lead came from."""

    id: str
    conversation_id: str
    author: str
    text: str
    at: Instant


class LeadDetail(Model):
    """A lead, its deliveries newest first with those of what was merged into it, and its
    conversations oldest message first. `twins` may be the same person.
    """

    lead: Lead
    twins: Twins
    deliveries: tuple[DeliveryView, ...]
    messages: tuple[TranscriptMessage, ...]


def read_filter(
    status: LeadStatus | None = None,
    assignee: Annotated[str | None, Query(max_length=100)] = None,
    search: Annotated[
        str,
        Query(
            max_length=200,
            description="The beginning of a name, of its last word, of an e-mail address or of a "
            "number.",
        ),
    ] = "",
) -> LeadFilter:
    return LeadFilter(status=status, assignee_id=assignee, text=search)


def read_period(since: Instant | None = None, before: Instant | None = None) -> Period:
    return Period(since=since, before=before)


Fits = Annotated[LeadFilter, Depends(read_filter)]
Created = Annotated[Period, Depends(read_period)]
ProjectId = Annotated[str | None, Query(max_length=63)]


def router(
    storage: Storage, work: LeadWork, duplicates: Duplicates, allow: Callable[[Role], Allow]
) -> APIRouter:
    """What is in another scope is not found, like what is nowhere."""
    router = APIRouter(prefix="/v1/leads", tags=["leads"])
    viewer: Any = Depends(allow(Role.VIEWER))
    sales: Any = Depends(allow(Role.SALES))

    @router.get("", summary="List leads, newest first")
    async def list_leads(
        caller: Annotated[Caller, viewer],
        fits: Fits,
        created: Created,
        project: ProjectId = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[Lead]:
        scope = caller.scope if project is None else caller.scope.within(project)
        return await storage.list_leads(scope, fits=fits, created=created, after=after, limit=limit)

    @router.get(
        "/count",
        summary="Count leads",
        description="The same filters as the list. Where they are very many only the newest are "
        "looked at: `is_all` is false then, and there are at least so many.",
    )
    async def count_leads(
        caller: Annotated[Caller, viewer], fits: Fits, created: Created, project: ProjectId = None
    ) -> Counted:
        scope = caller.scope if project is None else caller.scope.within(project)
        return await storage.count_leads(scope, fits=fits, created=created)

    @router.get(
        "/export",
        summary="Take leads away as CSV or XLSX",
        description="The same filters as the list, without its limit. No cell of it is a formula.",
        response_class=Response,
        responses={
            200: {
                "content": {CSV_TYPE: {"schema": A_FILE}, XLSX_TYPE: {"schema": A_FILE}},
                "description": "The file.",
            }
        },
    )
    async def export_leads(
        caller: Annotated[Caller, sales],
        fits: Fits,
        created: Created,
        project: ProjectId = None,
        form: Annotated[Literal["csv", "xlsx"], Query(alias="format")] = "csv",
    ) -> Response:
        scope = caller.scope if project is None else caller.scope.within(project)
        write, media_type = (write_csv, CSV_TYPE) if form == "csv" else (write_xlsx, XLSX_TYPE)
        return StreamingResponse(
            write(storage, scope, fits, created),
            media_type=media_type,
            headers={
                "Content-Disposition": f'attachment; filename="leads.{form}"',
                "Cache-Control": "no-store",
            },
        )

    @router.post("/changes", summary="Change many leads at once")
    async def change_leads(caller: Annotated[Caller, sales], body: ManyChange) -> ManyChanged:
        change = LeadChange(status=body.status, assignee_id=body.assignee_id)
        changed = await work.change_many(caller.scope, body.lead_ids, change, _author(caller))
        caller.notes.changes = (f"{changed} leads: {change.model_dump_json(exclude_none=True)}",)
        return ManyChanged(changed=changed)

    @router.get("/{lead_id}", summary="Read one lead with its deliveries and conversations")
    async def get_lead(
        caller: Annotated[Caller, viewer], lead_id: str, response: Response
    ) -> LeadDetail:
        lead = await storage.find_lead(caller.scope, lead_id)
        if lead is None:
            raise NotFound("lead_not_found", "There is no such lead.")
        twins = await duplicates.find(caller.scope, lead)
        deliveries = [
            delivery
            for one in (lead, *twins.merged)
            for delivery in await _list_deliveries(storage, caller.scope, one.id)
        ]
        deliveries.sort(key=lambda one: (one.created_at, one.id), reverse=True)
        response.headers["ETag"] = f'"{lead.version}"'
        return LeadDetail(
            lead=lead,
            twins=twins,
            deliveries=tuple(DeliveryView.of(delivery) for delivery in deliveries),
            messages=tuple(await _read_transcript(storage, lead)),
        )

    @router.patch("/{lead_id}", summary="Change a lead's status or who looks after it")
    async def change_lead(
        caller: Annotated[Caller, sales],
        lead_id: str,
        body: LeadChange,
        response: Response,
        if_match: Annotated[str | None, Header(max_length=40)] = None,
    ) -> Lead:
        before, after = await work.change(
            caller.scope, lead_id, body, _author(caller), read_version(if_match)
        )
        caller.notes.project_id = after.project_id
        caller.notes.changes = tell_changes(before, after)
        response.headers["ETag"] = f'"{after.version}"'
        return after

    @router.post(
        "/{lead_id}/merge",
        summary="Merge another lead of the same project and number into this one",
        description="This one gets its enquiries, notes and history. The other keeps its "
        "deliveries, is in no list any more, and names this one as `merged_into`. Its data in a "
        "CRM are not touched. `unmerge` undoes it.",
    )
    async def merge_lead(
        caller: Annotated[Caller, sales], lead_id: str, body: OtherLead, response: Response
    ) -> Lead:
        kept = await duplicates.merge(caller.scope, lead_id, body.lead_id)
        return told(caller, kept, f"{body.lead_id} merged into it", response)

    @router.post("/{lead_id}/unmerge", summary="Undo the merging of another lead into this one")
    async def unmerge_lead(
        caller: Annotated[Caller, sales], lead_id: str, body: OtherLead, response: Response
    ) -> Lead:
        kept = await duplicates.unmerge(caller.scope, lead_id, body.lead_id)
        return told(caller, kept, f"{body.lead_id} told apart from it", response)

    def told(caller: Caller, lead: Lead, change: str, response: Response) -> Lead:
        caller.notes.project_id = lead.project_id
        caller.notes.changes = (change,)
        response.headers["ETag"] = f'"{lead.version}"'
        return lead

    @router.post(
        "/{lead_id}/notes",
        summary="Write a note on a lead",
        description="Sent again with the same `Idempotency-Key`, it is written once.",
        status_code=201,
    )
    async def add_note(
        caller: Annotated[Caller, sales],
        lead_id: str,
        body: NewNote,
        idempotency_key: Annotated[str | None, Header(min_length=1, max_length=200)] = None,
    ) -> Note:
        author = _author(caller)
        return await work.add_note(caller.scope, lead_id, body.text, author, idempotency_key)

    return router


def _author(caller: Caller) -> Author:
    return Author(id=caller.id, name=caller.name)


async def _list_deliveries(storage: Storage, scope: Scope, lead_id: str) -> list[Delivery]:
    deliveries: list[Delivery] = []
    after = None
    while True:
        page = await storage.list_deliveries(scope, lead_id=lead_id, after=after)
        deliveries.extend(page.items)
        after = page.next_cursor
        if after is None:
            return deliveries


async def _read_transcript(storage: Storage, lead: Lead) -> list[TranscriptMessage]:
    conversation_ids = dict.fromkeys(
        enquiry.conversation_id for enquiry in lead.enquiries if enquiry.conversation_id
    )
    transcript: list[TranscriptMessage] = []
    for conversation_id in conversation_ids:
        with suppress(NotFound):  # kept for fewer days than its lead
            transcript += await _read_conversation(storage, lead.project_id, conversation_id)
    return transcript


async def _read_conversation(
    storage: Storage, project_id: str, conversation_id: str
) -> list[TranscriptMessage]:
    messages: list[TranscriptMessage] = []
    after = None
    while True:
        page = await storage.list_messages(project_id, conversation_id, after=after)
        messages.extend(
            TranscriptMessage(
                id=message.id,
                conversation_id=conversation_id,
                author=message.author,
                text=message.text,
                at=message.at,
            )
            for message in page.items
        )
        after = page.next_cursor
        if after is None:
            return messages
