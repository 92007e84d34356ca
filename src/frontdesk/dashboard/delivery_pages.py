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
# Offered while they are all of them; where there are more, what is typed is searched for.
PROJECTS_OFFERED = 200
FITTING_SHOWN = 20


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

    async def find_fitting(caller: Caller, text: str) -> list[Project]:
        """What a text in the place of an id may mean: the only project of that name, otherwise
        those that have it in their name, id or sites, of that name first."""
        fits = projects.make_filter(text)
        found = await storage.list_projects(caller.scope, fits=fits, limit=PROJECTS_OFFERED)
        named = [one for one in found.items if one.name.casefold() == text.casefold()]
        others = [one for one in found.items if one not in named]
        return named if len(named) == 1 else [*named, *others]

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
        # What was sent for a project that is gone by now is still found by its id.
        is_unknown = bool(asked.project) and project is None and not any(counts.values())
        fitting = await find_fitting(caller, asked.project) if is_unknown else []
        if len(fitting) == 1:
            meant = asked.address(DELIVERIES_PATH, project=fitting[0].id, destination="")
            return RedirectResponse(meant, 303)
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
            offered=offered.items if offered.next_cursor is None else [],
            is_unknown=is_unknown,
            fitting=fitting[:FITTING_SHOWN],
            more_fit=len(fitting) > FITTING_SHOWN,
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
