"""Leads: the list, and one lead with all that is known about it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Sequence
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.chat.model import Conversation, Message
from frontdesk.clock import Clock
from frontdesk.dashboard.colleagues import list_colleagues, read_change
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import delivery_stage, render
from frontdesk.delivery.model import Delivery
from frontdesk.delivery.service import Deliveries
from frontdesk.errors import Conflict, Invalid, NotFound
from frontdesk.leads.duplicates import Duplicates
from frontdesk.leads.model import Enquiry, Lead, LeadStatus
from frontdesk.leads.work import Author, LeadWork, tell_changes
from frontdesk.model import Page, Scope
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

NOTE_CHARACTERS = 4000
MESSAGES_PER_PAGE = 50
DELIVERIES_PER_LEAD = 50


class LeadRow(NamedTuple):
    """A line of the list; `enquiry` is the newest."""

    lead: Lead
    enquiry: Enquiry
    project_name: str


class Talk(NamedTuple):
    """A conversation and one page of its messages."""

    conversation: Conversation
    messages: Page[Message]


def add_pages(
    pages: APIRouter,
    storage: Storage,
    projects: Projects,
    deliveries: Deliveries,
    accounts: Accounts,
    work: LeadWork,
    allow: Allows,
    clock: Clock,
) -> None:
    duplicates = Duplicates(work)

    async def show(
        caller: Caller,
        lead_id: str,
        *,
        messages_after: str | None = None,
        notice: str | None = None,
        fault: str = "",
        note: str = "",
        status_code: int = 200,
    ) -> Response:
        lead = await _get_lead(storage, caller.scope, lead_id)
        twins = await duplicates.find(caller.scope, lead)
        scope = Scope(projects=frozenset({lead.project_id}))
        sent, talks, names, members = await asyncio.gather(
            _deliveries(storage, scope, [lead.id, *(one.id for one in twins.merged)]),
            _talks(storage, lead, messages_after),
            project_names([lead.project_id, *(one.project_id for one in twins.alike)], projects),
            list_colleagues(accounts, caller),
        )
        now = clock()
        return render(
            "lead.html",
            status_code=status_code,
            caller=caller,
            place="leads",
            lead=lead,
            enquiries=lead.enquiries[::-1],
            project_name=names[lead.project_id],
            project_names=names,
            twins=twins,
            time_zone=await _time_zone(lead.project_id, projects),
            talks=talks,
            deliveries=[(delivery, delivery_stage(delivery, now)) for delivery in sent],
            may_work=caller.role.reaches(Role.SALES),
            statuses=list(LeadStatus),
            members=[one for one in members if one.scope.allows(lead.project_id)],
            member_names={member.id: member.name for member in members},
            messages_after=messages_after,
            notice=notice,
            fault=fault,
            note=note,
        )

    @pages.get("/leads/{lead_id}")
    async def show_lead(
        lead_id: str,
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        messages_after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        lead = await _get_lead(storage, caller.scope, lead_id)
        if lead.merged_into:
            return RedirectResponse(f"{_here(lead.merged_into)}?notice=was_merged", 303)
        return await show(caller, lead_id, messages_after=messages_after, notice=notice)

    @pages.post("/leads/{lead_id}/merge")
    async def merge_lead(
        lead_id: str, caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        return await join(caller, lead_id, request, duplicates.merge, "merged into it")

    @pages.post("/leads/{lead_id}/unmerge")
    async def unmerge_lead(
        lead_id: str, caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        return await join(caller, lead_id, request, duplicates.unmerge, "told apart from it")

    async def join(
        caller: Caller,
        lead_id: str,
        request: Request,
        act: Callable[[Scope, str, str], Awaitable[Lead]],
        told: str,
    ) -> Response:
        other_id = (await read_form(request)).text("other")
        try:
            kept = await act(caller.scope, lead_id, other_id)
        except (Invalid, Conflict) as error:
            code = 422 if isinstance(error, Invalid) else 409
            return await show(caller, lead_id, fault=error.detail, status_code=code)
        caller.notes.project_id = kept.project_id
        caller.notes.changes = (f"{other_id} {told}",)
        notice = "merged" if act == duplicates.merge else "unmerged"
        return RedirectResponse(f"{_here(lead_id)}?notice={notice}#twins", 303)

    @pages.post("/leads/{lead_id}")
    async def change_lead(
        lead_id: str, caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        form = await read_form(request)
        version = form.number("version")
        author = Author(id=caller.id, name=caller.name)
        try:
            before, after = await work.change(
                caller.scope, lead_id, read_change(form), author, version
            )
        except (Invalid, Conflict) as error:
            code = 422 if isinstance(error, Invalid) else 409
            return await show(caller, lead_id, fault=error.detail, status_code=code)
        caller.notes.project_id = after.project_id
        caller.notes.changes = tell_changes(before, after)
        return RedirectResponse(f"{_here(lead_id)}?notice=saved", 303)

    @pages.post("/leads/{lead_id}/notes")
    async def add_note(
        lead_id: str, caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        text = (await read_form(request)).text("text").replace("\r\n", "\n")
        if len(text) > NOTE_CHARACTERS:
            fault = f"A note has at most {NOTE_CHARACTERS:,} characters."
            return await show(caller, lead_id, fault=fault, note=text, status_code=422)
        try:
            await work.add_note(caller.scope, lead_id, text, Author(id=caller.id, name=caller.name))
        except Invalid as error:
            return await show(caller, lead_id, fault=error.detail, status_code=422)
        return RedirectResponse(f"{_here(lead_id)}?notice=noted#notes", 303)

    @pages.post("/leads/{lead_id}/deliveries/{delivery_id}/retry")
    async def retry_delivery(
        lead_id: str,
        delivery_id: str,
        caller: Annotated[Caller, Depends(allow(Role.SALES))],
    ) -> Response:
        try:
            await deliveries.retry(caller.scope, delivery_id)
        except Conflict:
            notice = "not_retryable"
        else:
            notice = "retrying"
        return RedirectResponse(f"{_here(lead_id)}?notice={notice}#deliveries", 303)


def _here(lead_id: str) -> str:
    return f"/dashboard/leads/{quote(lead_id, safe='')}"


async def lead_rows(leads: Sequence[Lead], projects: Projects) -> list[LeadRow]:
    names = await project_names((lead.project_id for lead in leads), projects)
    return [LeadRow(lead, lead.enquiries[-1], names[lead.project_id]) for lead in leads]


async def project_names(project_ids: Iterable[str], projects: Projects) -> dict[str, str]:
    """Names by id; the id itself where the project is gone."""

    async def name(project_id: str) -> str:
        try:
            return (await projects.get(project_id)).name
        except NotFound:
            return project_id

    ids = list(dict.fromkeys(project_ids))
    return dict(zip(ids, await asyncio.gather(*map(name, ids)), strict=True))


async def _time_zone(project_id: str, projects: Projects) -> str:
    """The project's; UTC where it is gone."""
    try:
        return (await projects.get(project_id)).time_zone
    except NotFound:
        return "UTC"


async def _get_lead(storage: Storage, scope: Scope, lead_id: str) -> Lead:
    lead = await storage.find_lead(scope, lead_id)
    if lead is None:
        raise NotFound("lead_not_found", "There is no such lead.")
    return lead


async def _deliveries(storage: Storage, scope: Scope, lead_ids: list[str]) -> list[Delivery]:
    """Of a lead and of those that were merged into it, newest first."""
    pages = await asyncio.gather(
        *(
            storage.list_deliveries(scope, lead_id=lead_id, limit=DELIVERIES_PER_LEAD)
            for lead_id in lead_ids
        )
    )
    found = [delivery for page in pages for delivery in page.items]
    return sorted(found, key=lambda one: (one.created_at, one.id), reverse=True)


async def _talks(storage: Storage, lead: Lead, messages_after: str | None) -> list[Talk]:
    """The conversations that led to the enquiries, newest first; a cursor is for the newest."""
    ids = dict.fromkeys(
        enquiry.conversation_id for enquiry in reversed(lead.enquiries) if enquiry.conversation_id
    )
    talks: list[Talk] = []
    for conversation_id in ids:
        try:
            conversation = await storage.get_conversation(lead.project_id, conversation_id)
            messages = await storage.list_messages(
                lead.project_id,
                conversation_id,
                after=None if talks else messages_after,
                limit=MESSAGES_PER_PAGE,
            )
        except NotFound:
            continue
        talks.append(Talk(conversation, messages))
    return talks
