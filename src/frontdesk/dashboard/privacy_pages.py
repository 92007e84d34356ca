"""One person's data found, given out and erased; and what goes because its time is over.

Whose data it is comes in a form's body alone: a number in an address would be in every log.
"""

import asyncio
from collections import Counter
from datetime import timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import Form, read_form, tell_faults
from frontdesk.dashboard.lead_pages import project_names
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Invalid
from frontdesk.privacy.model import PersonExport, PersonQuery
from frontdesk.privacy.service import HOUSEKEEPING, Privacy
from frontdesk.projects.model import Retention
from frontdesk.projects.service import Projects

SOON = timedelta(days=7)
PROJECTS_PER_PAGE = 25
MOST_COUNTED = 20
REMOVALS_SHOWN = 10
CONFIRMATION = "erase"
_COUNTRY = "IN"


class Keeping(NamedTuple):
    """What a project keeps for how long, and how many leads go soon."""

    project_id: str
    name: str
    retention: Retention
    soon: int
    is_more: bool


class Held(NamedTuple):
    """What is stored about a person, by count; `by_project` names projects with their leads."""

    leads: int
    enquiries: int
    deliveries: int
    conversations: int
    messages: int
    by_project: list[tuple[str, int]]


def add_pages(pages: APIRouter, privacy: Privacy, projects: Projects, allow: Allows) -> None:
    manager = Depends(allow(Role.MANAGER))

    async def keeping(caller: Caller, after: str | None) -> tuple[list[Keeping], str | None]:
        page = await privacy.storage.list_projects(
            caller.scope, after=after, limit=PROJECTS_PER_PAGE
        )
        counts = await asyncio.gather(
            *(
                privacy.count_expiring(one.id, one.retention, SOON, MOST_COUNTED)
                for one in page.items
            )
        )
        kept = [
            Keeping(one.id, one.name, one.retention, soon, is_more)
            for one, (soon, is_more) in zip(page.items, counts, strict=True)
        ]
        return kept, page.next_cursor

    async def show(
        caller: Caller, after: str | None = None, status_code: int = 200, **found: object
    ) -> Response:
        (kept, next_cursor), removals = await asyncio.gather(
            keeping(caller, after),
            privacy.storage.list_audit_entries(
                caller.scope, actor_id=HOUSEKEEPING, limit=REMOVALS_SHOWN
            ),
        )
        gone_from = (entry.project_id or "" for entry in removals.items)
        shown: dict[str, object] = {
            "asked": {"phone": "", "country": _COUNTRY, "email": ""},
            "faults": {},
            "held": None,
            "erasure": None,
        }
        return render(
            "privacy.html",
            caller=caller,
            place="settings",
            tab="privacy",
            status_code=status_code,
            kept=kept,
            next_cursor=next_cursor,
            after=after,
            removals=removals.items,
            names=await project_names(gone_from, projects),
            confirmation=CONFIRMATION,
            **shown | found,
        )

    async def answer(caller: Caller, form: Form, fault: str = "") -> Response:
        """What is held about the person of the form; the form again where it names none."""
        asked = read_asked(form)
        try:
            found = await privacy.export(caller.scope, read_query(asked))
        except Invalid as error:
            caller.notes.is_silent = True
            return await show(caller, asked=asked, faults=tell_faults(error), status_code=422)
        faults = {"confirmation": fault} if fault else {}
        return await show(
            caller,
            asked=asked,
            held=await count(found),
            faults=faults,
            status_code=422 if fault else 200,
        )

    async def count(found: PersonExport) -> Held:
        leads = Counter(lead.project_id for lead in found.leads)
        names = await project_names(leads, projects)
        return Held(
            leads=len(found.leads),
            enquiries=sum(len(lead.enquiries) for lead in found.leads),
            deliveries=len(found.deliveries),
            conversations=len(found.conversations),
            messages=len(found.messages),
            by_project=[(names[project_id], number) for project_id, number in leads.items()],
        )

    @pages.get("/settings/privacy")
    async def show_privacy(
        caller: Annotated[Caller, manager], after: str | None = None
    ) -> Response:
        return await show(caller, after)

    @pages.post("/settings/privacy/find")
    async def find_person(caller: Annotated[Caller, manager], request: Request) -> Response:
        return await answer(caller, await read_form(request))

    @pages.post("/settings/privacy/export")
    async def export_person(caller: Annotated[Caller, manager], request: Request) -> Response:
        form = await read_form(request)
        try:
            found = await privacy.export(caller.scope, read_query(read_asked(form)))
        except Invalid:
            return await answer(caller, form)
        return Response(
            found.model_dump_json(indent=2),
            media_type="application/json",
            headers={
                "Content-Disposition": 'attachment; filename="person.json"',
                "Cache-Control": "no-store",
            },
        )

    @pages.post("/settings/privacy/erase")
    async def erase_person(caller: Annotated[Caller, manager], request: Request) -> Response:
        form = await read_form(request)
        asked = read_asked(form)
        if form.text("confirmation").strip().lower() != CONFIRMATION:
            caller.notes.is_silent = True
            fault = f"Type {CONFIRMATION} to do it. Nothing was erased."
            return await answer(caller, form, fault)
        try:
            erasure = await privacy.erase(caller.scope, read_query(asked))
        except Invalid:
            return await answer(caller, form)
        caller.notes.changes = (
            f"{erasure.leads} leads and {erasure.conversations} conversations erased",
        )
        names = await project_names((one.project_id for one in erasure.receivers), projects)
        return await show(caller, erasure=erasure, receiver_names=names)


def read_asked(form: Form) -> dict[str, str]:
    """Whose data the form asks for, as it was typed."""
    return {
        "phone": form.text("phone").strip()[:100],
        "country": form.text("country").strip()[:2] or _COUNTRY,
        "email": form.text("email").strip()[:500],
    }


def read_query(asked: dict[str, str]) -> PersonQuery:
    """Raises Invalid(`invalid_person`) where it names nobody, or a country that is none."""
    country = asked["country"]
    if not (country.isascii() and country.isalpha() and len(country) == 2):
        raise Invalid("invalid_person", "A country has two letters, as in IN.")
    return PersonQuery(phone=asked["phone"] or None, country=country, email=asked["email"] or None)
