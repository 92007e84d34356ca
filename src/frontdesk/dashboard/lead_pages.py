"""Leads: the list, and one lead with all that is known about it."""

import asyncio
from collections.abc import Iterable, Sequence
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.chat.model import Conversation, Message
from frontdesk.clock import Clock
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import delivery_stage, render
from frontdesk.delivery.service import Deliveries
from frontdesk.errors import Conflict, NotFound
from frontdesk.leads.model import Enquiry, Lead
from frontdesk.model import Page, Scope
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

LEADS_PER_PAGE = 50
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
    allow: Allows,
    clock: Clock,
    tag: str,
) -> None:
    @pages.get("/leads")
    async def list_leads(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        project: str | None = None,
        after: str | None = None,
    ) -> Response:
        scope = caller.scope if project is None else _narrow(caller.scope, project)
        leads = await storage.list_leads(scope, after=after, limit=LEADS_PER_PAGE)
        # A name is no caller's to see outside of their scope, so there it stays the id as asked.
        asked = [project] if project and caller.scope.allows(project) else []
        names = await project_names(asked, projects)
        return render(
            "leads.html",
            caller=caller,
            place="leads",
            rows=await lead_rows(leads.items, projects),
            next_cursor=leads.next_cursor,
            after=after,
            project=project,
            project_name=names.get(project or "", project),
            tag=tag,
        )

    @pages.get("/leads/{lead_id}")
    async def show_lead(
        lead_id: str,
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        messages_after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        lead = await _get_lead(storage, caller.scope, lead_id)
        scope = Scope(projects=frozenset({lead.project_id}))
        sent, talks, names = await asyncio.gather(
            storage.list_deliveries(scope, lead_id=lead.id, limit=DELIVERIES_PER_LEAD),
            _talks(storage, lead, messages_after),
            project_names([lead.project_id], projects),
        )
        now = clock()
        return render(
            "lead.html",
            caller=caller,
            place="leads",
            lead=lead,
            enquiries=lead.enquiries[::-1],
            project_name=names[lead.project_id],
            time_zone=await _time_zone(lead.project_id, projects),
            talks=talks,
            deliveries=[(delivery, delivery_stage(delivery, now)) for delivery in sent.items],
            may_retry=caller.role.reaches(Role.SALES),
            messages_after=messages_after,
            notice=notice,
        )

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
        here = f"/dashboard/leads/{quote(lead_id, safe='')}?notice={notice}#deliveries"
        return RedirectResponse(here, 303)


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


def _narrow(scope: Scope, project_id: str) -> Scope:
    """One project of those a caller may see; none where it is not one of them."""
    return Scope(projects=frozenset({project_id} if scope.allows(project_id) else ()))


async def _get_lead(storage: Storage, scope: Scope, lead_id: str) -> Lead:
    lead = await storage.find_lead(scope, lead_id)
    if lead is None:
        raise NotFound("lead_not_found", "There is no such lead.")
    return lead


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
