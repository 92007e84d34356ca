"""Deliveries: what waits, what failed and why, what arrived; many sent again at once."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.delivery_filter import NAMES, TABS, DeliveryFilter, zone_of
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.lead_pages import project_names
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import MOST_COUNTED, DeliveryStage, delivery_stage, render
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.delivery.service import Deliveries
from frontdesk.model import Scope
from frontdesk.projects.destinations import AnyDestination
from frontdesk.projects.model import Project
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage

DELIVERIES_PATH = "/dashboard/deliveries"
DELIVERIES_PER_PAGE = 50
# Of so many of the newest that stopped it is told what stopped them.
LOOKED_AT = 200
PROJECTS_OFFERED = 200


class DeliveryRow(NamedTuple):
    delivery: Delivery
    stage: DeliveryStage
    lead_name: str
    project_name: str


class Cause(NamedTuple):
    """What stopped so many deliveries to one destination."""

    project_id: str
    project_name: str
    destination_id: str
    reason: str
    times: int


def add_pages(
    pages: APIRouter, deliveries: Deliveries, projects: Projects, storage: Storage, allow: Allows
) -> None:
    clock = deliveries.clock

    async def chosen(caller: Caller, asked: DeliveryFilter) -> Project | None:
        if not asked.project or not caller.scope.allows(asked.project):
            return None
        return await projects.find(asked.project)

    @pages.get("/deliveries")
    async def list_deliveries(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        request: Request,
        after: str | None = None,
        notice: str | None = None,
    ) -> Response:
        asked = DeliveryFilter.read(request.query_params)
        project = await chosen(caller, asked)
        scope = asked.scope(caller.scope)
        counts, failing, found, offered, causes = await asyncio.gather(
            storage.count_deliveries(scope, at_most=MOST_COUNTED + 1),
            storage.count_retryable(
                scope,
                clock(),
                state=DeliveryState.WAITING,
                tried=True,
                at_most=MOST_COUNTED + 1,
            ),
            storage.list_deliveries(
                scope, **asked.question(zone_of(project)), after=after, limit=DELIVERIES_PER_PAGE
            ),
            storage.list_projects(caller.scope, limit=PROJECTS_OFFERED),
            _causes(storage, projects, scope),
        )
        return render(
            "deliveries.html",
            caller=caller,
            place="deliveries",
            tabs=TABS,
            counts={
                "dead": counts[DeliveryState.DEAD],
                "failing": failing,
                "waiting": counts[DeliveryState.WAITING],
                "delivered": counts[DeliveryState.DELIVERED],
            },
            asked=asked,
            project=project,
            destination=find_destination(project, asked.destination),
            offered=_with(offered.items, project),
            causes=causes if asked.state in ("", "dead") and not asked.destination else [],
            rows=await _rows(found.items, storage, projects, scope, clock()),
            next_cursor=found.next_cursor,
            after=after,
            here=asked.address(DELIVERIES_PATH),
            may_retry=caller.role.reaches(Role.SALES),
            may_switch=caller.role.reaches(Role.MANAGER),
            notice=notice,
        )

    @pages.get("/deliveries/again")
    async def confirm_replay(
        caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        asked = DeliveryFilter.read(request.query_params)
        if not asked.may_be_sent_again:
            return RedirectResponse(asked.address(DELIVERIES_PATH), 303)
        project = await chosen(caller, asked)
        count = await storage.count_retryable(
            asked.scope(caller.scope), clock(), **asked.question(zone_of(project))
        )
        return render(
            "send_again.html",
            caller=caller,
            place="deliveries",
            asked=asked,
            tabs=TABS,
            project=project,
            destination=find_destination(project, asked.destination),
            count=count,
            zone=zone_of(project).key,
            back=asked.address(DELIVERIES_PATH),
        )

    @pages.post("/deliveries/again")
    async def retry_deliveries(
        caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        form = await read_form(request)
        asked = DeliveryFilter.read({name: form.text(name) for name in NAMES})
        if not asked.may_be_sent_again:
            caller.notes.is_silent = True
            return RedirectResponse(asked.address(DELIVERIES_PATH), 303)
        project = await chosen(caller, asked)
        question = asked.question(zone_of(project))
        retried = await deliveries.retry_all(
            caller.scope, project_id=asked.project or None, **question
        )
        caller.notes.project_id = asked.project or None
        told = ", ".join(f"{name} {value}" for name, value in asked.given.items())
        caller.notes.changes = (f"{retried} deliveries sent again: {told}",)
        back = DeliveryFilter(project=asked.project, destination=asked.destination)
        return RedirectResponse(back.address(DELIVERIES_PATH, notice=f"again_{retried}"), 303)


def find_destination(project: Project | None, destination_id: str) -> AnyDestination | None:
    """None where it is gone."""
    destinations = project.destinations if project else ()
    return next((one for one in destinations if one.id == destination_id), None)


def _with(offered: Sequence[Project], project: Project | None) -> list[Project]:
    """The projects to choose from; the chosen one is among them."""
    listed = list(offered)
    if project is not None and all(one.id != project.id for one in listed):
        listed.insert(0, project)
    return listed


async def _causes(storage: Storage, projects: Projects, scope: Scope) -> list[Cause]:
    """What stopped the newest that were not delivered, the commonest first."""
    dead = await storage.list_deliveries(scope, state=DeliveryState.DEAD, limit=LOOKED_AT)
    counted = Counter(
        (one.project_id, one.destination_id, one.attempts[-1].reason)
        for one in dead.items
        if one.attempts
    )
    names = await project_names((project_id for project_id, _, _ in counted), projects)
    return [
        Cause(project_id, names[project_id], destination_id, reason, count)
        for (project_id, destination_id, reason), count in counted.most_common(5)
    ]


async def _rows(
    deliveries: Sequence[Delivery],
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
