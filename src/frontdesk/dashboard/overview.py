"""The first page: what needs a person, then how things stand."""

import asyncio
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Clock
from frontdesk.dashboard.lead_pages import lead_rows
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import MOST_COUNTED, render
from frontdesk.delivery.model import DeliveryState
from frontdesk.model import EVERY_PROJECT, Page
from frontdesk.projects.model import ProjectState, UnknownSite
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

LATEST_LEADS = 8
_LOOKED_AT = 100


def add_pages(
    pages: APIRouter, storage: Storage, projects: Projects, allow: Allows, clock: Clock, tag: str
) -> None:
    @pages.get("")
    async def show_overview(caller: Annotated[Caller, Depends(allow(Role.VIEWER))]) -> Response:
        now = clock()
        counts, waiting, leads, some_projects, unknown, not_live = await asyncio.gather(
            storage.count_deliveries(caller.scope, at_most=MOST_COUNTED + 1),
            storage.list_deliveries(caller.scope, state=DeliveryState.WAITING, limit=_LOOKED_AT),
            storage.list_leads(caller.scope, limit=_LOOKED_AT),
            storage.list_projects(caller.scope, limit=1),
            list_unknown_sites_for(caller, storage, _LOOKED_AT),
            storage.count_projects(
                caller.scope, fits=projects.make_filter(state=ProjectState.NOT_LIVE)
            ),
        )
        has_tags = bool((await storage.list_sightings(caller.scope, limit=1)).items)
        quiet = await storage.list_site_watches(caller.scope, quiet=True, limit=_LOOKED_AT)
        day_ago = now - timedelta(days=1)
        recent = sum(lead.created_at > day_ago for lead in leads.items)
        return render(
            "overview.html",
            caller=caller,
            place="overview",
            dead=counts[DeliveryState.DEAD],
            retrying=sum(bool(delivery.attempts) for delivery in waiting.items),
            retrying_at_least=waiting.next_cursor is not None,
            waiting=counts[DeliveryState.WAITING],
            delivered=counts[DeliveryState.DELIVERED],
            unknown=len(unknown.items),
            unknown_at_least=unknown.next_cursor is not None,
            not_live=not_live,
            quiet=quiet.items,
            quiet_at_least=quiet.next_cursor is not None,
            recent=recent,
            recent_at_least=recent == len(leads.items) and leads.next_cursor is not None,
            latest=await lead_rows(leads.items[:LATEST_LEADS], projects),
            has_projects=bool(some_projects.items),
            has_tags=has_tags,
            tag=tag,
        )


async def list_unknown_sites_for(
    caller: Caller, storage: Storage, limit: int, after: str | None = None
) -> Page[UnknownSite]:
    """They belong to no project, so only who sees every project sees them."""
    if caller.scope != EVERY_PROJECT:
        return Page[UnknownSite](items=())
    return await storage.list_unknown_sites(after=after, limit=limit)
