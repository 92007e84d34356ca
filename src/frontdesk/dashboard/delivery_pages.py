"""Deliveries: what waits, what failed and why, what arrived."""

import asyncio
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Clock
from frontdesk.dashboard.lead_pages import project_names
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import DeliveryStage, delivery_stage, render
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.model import Scope
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

DELIVERIES_PER_PAGE = 50


class DeliveryRow(NamedTuple):
    delivery: Delivery
    stage: DeliveryStage
    lead_name: str
    project_name: str


def add_pages(
    pages: APIRouter, storage: Storage, projects: Projects, allow: Allows, clock: Clock
) -> None:
    @pages.get("/deliveries")
    async def list_deliveries(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        state: DeliveryState | None = None,
        after: str | None = None,
    ) -> Response:
        counts, deliveries = await asyncio.gather(
            storage.count_deliveries(caller.scope),
            storage.list_deliveries(
                caller.scope, state=state, after=after, limit=DELIVERIES_PER_PAGE
            ),
        )
        return render(
            "deliveries.html",
            caller=caller,
            place="deliveries",
            counts=counts,
            state=state,
            rows=await _rows(deliveries.items, storage, projects, caller.scope, clock()),
            next_cursor=deliveries.next_cursor,
            after=after,
            may_retry=caller.role.reaches(Role.SALES),
        )


async def _rows(
    deliveries: tuple[Delivery, ...],
    storage: Storage,
    projects: Projects,
    scope: Scope,
    now: datetime,
) -> list[DeliveryRow]:
    lead_ids = list(dict.fromkeys(delivery.lead_id for delivery in deliveries))
    leads = await asyncio.gather(*(storage.find_lead(scope, lead_id) for lead_id in lead_ids))
    lead_names = {lead.id: lead.name for lead in leads if lead is not None}
    names = await project_names((delivery.project_id for delivery in deliveries), projects)
    return [
        DeliveryRow(
            delivery,
            delivery_stage(delivery, now),
            lead_names.get(delivery.lead_id, "Lead"),
            names[delivery.project_id],
        )
        for delivery in deliveries
    ]
