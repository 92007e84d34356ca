"""One delivery: what becomes of it and why, each try, the exact request, and what can be done."""

from datetime import datetime
from typing import Annotated, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.delivery_filter import NAMES, DeliveryFilter
from frontdesk.dashboard.delivery_pages import DELIVERIES_PATH, find_destination
from frontdesk.dashboard.forms import read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import DeliveryStage, delivery_stage, render
from frontdesk.delivery.model import Delivery
from frontdesk.delivery.rehearsal import RequestView
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import Trials
from frontdesk.errors import Conflict, FrontdeskError, NotFound
from frontdesk.projects.destinations import AnyDestination
from frontdesk.projects.model import Project
from frontdesk.projects.service import Projects
from frontdesk.storage.base import Storage


class Outlook(NamedTuple):
    """What happens next, and what somebody has to do about it. `kind` is a notice's."""

    kind: str
    text: str
    at: datetime | None = None


def add_pages(
    pages: APIRouter,
    deliveries: Deliveries,
    trials: Trials,
    projects: Projects,
    storage: Storage,
    allow: Allows,
) -> None:
    async def find(caller: Caller, delivery_id: str) -> Delivery:
        delivery = await storage.find_delivery(caller.scope, delivery_id)
        if delivery is None:
            raise NotFound("delivery_not_found", "There is no such delivery.")
        return delivery

    @pages.get("/deliveries/{delivery_id}")
    async def show_delivery(
        delivery_id: str,
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        notice: str | None = None,
    ) -> Response:
        delivery = await find(caller, delivery_id)
        project = await projects.find(delivery.project_id)
        lead = await storage.find_lead(caller.scope, delivery.lead_id)
        destination = find_destination(project, delivery.destination_id)
        requests: tuple[RequestView, ...] = ()
        fault = ""
        try:
            requests = await trials.show_request(caller.scope, delivery_id)
        except FrontdeskError as error:
            fault = error.detail
        stage = delivery_stage(delivery, deliveries.clock())
        return render(
            "delivery.html",
            caller=caller,
            place="deliveries",
            delivery=delivery,
            stage=stage,
            lead=lead,
            project=project,
            destination=destination,
            outlook=tell_outlook(delivery, stage, project, destination),
            requests=requests,
            # What follows the server's name is often a secret itself.
            sees_address=caller.role.reaches(Role.MANAGER),
            request_fault=fault,
            may_retry=caller.role.reaches(Role.SALES) and stage in _RETRYABLE,
            may_switch=caller.role.reaches(Role.MANAGER) and destination is not None,
            notice=notice,
        )

    @pages.post("/deliveries/{delivery_id}/retry")
    async def retry_one_delivery(
        delivery_id: str, caller: Annotated[Caller, Depends(allow(Role.SALES))], request: Request
    ) -> Response:
        form = await read_form(request)
        try:
            delivery = await deliveries.retry(caller.scope, delivery_id)
        except Conflict:
            notice = "not_retryable"
        else:
            caller.notes.project_id = delivery.project_id
            notice = "retrying"
        if form.text("back") == "list":
            asked = DeliveryFilter.read({name: form.text(name) for name in NAMES})
            return RedirectResponse(asked.address(DELIVERIES_PATH, notice=notice), 303)
        return RedirectResponse(f"{here(delivery_id)}?notice={notice}", 303)

    @pages.post("/deliveries/{delivery_id}/destination")
    async def switch_its_destination(
        delivery_id: str, caller: Annotated[Caller, Depends(allow(Role.MANAGER))], request: Request
    ) -> Response:
        delivery = await find(caller, delivery_id)
        act = (await read_form(request)).text("act")
        if act not in ("pause", "resume"):
            raise NotFound("not_found", "There is no such page.")
        await trials.switch(
            caller.scope, delivery.project_id, delivery.destination_id, paused=act == "pause"
        )
        if act == "resume":
            deliveries.wake_worker()
        caller.notes.project_id = delivery.project_id
        caller.notes.targets = {"destination_id": delivery.destination_id}
        caller.notes.changes = (act,)
        return RedirectResponse(f"{here(delivery_id)}?notice={act}", 303)


_RETRYABLE = (DeliveryStage.WAITING, DeliveryStage.RETRYING, DeliveryStage.DEAD)


def here(delivery_id: str) -> str:
    return f"{DELIVERIES_PATH}/{quote(delivery_id, safe='')}"


def tell_outlook(
    delivery: Delivery,
    stage: DeliveryStage,
    project: Project | None,
    destination: AnyDestination | None,
) -> Outlook:
    """In plain words: where the lead is, what happens by itself, and what does not."""
    name = delivery.destination_id
    last = delivery.attempts[-1] if delivery.attempts else None
    if stage is DeliveryStage.DELIVERED:
        return Outlook("", f"It arrived at {name}.", last.finished_at if last else None)
    if stage is DeliveryStage.SENDING:
        return Outlook("", f"It is being sent to {name} at this moment. Reload to see how it went.")
    if stage is DeliveryStage.DEAD:
        why = last.reason if last else "It was stopped."
        return Outlook(
            "danger",
            f"{why} The lead is safe here, and nobody sends it by itself any more: "
            "mend the cause, then send it again.",
        )
    if project is None or destination is None:
        return Outlook("warning", f"The project has no destination {name} any more.")
    if not destination.enabled:
        return Outlook("warning", f"{name} is switched off. Switch it on before it is sent.")
    if destination.paused:
        return Outlook(
            "warning", f"{name} is paused, so it waits. None of its tries is used up meanwhile."
        )
    if last is not None:
        return Outlook(
            "warning", f"{last.reason} The lead is safe and will be sent again", delivery.due_at
        )
    return Outlook("", "It waits for its turn and goes out", delivery.due_at)
