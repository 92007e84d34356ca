"""Single destinations over HTTP: trying one out, pausing it and letting it go on."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.delivery.trials import TrialResult, Trials
from frontdesk.model import Model


class DestinationSwitches(Model):
    """`paused` keeps deliveries waiting; without `enabled` there are none."""

    id: str
    enabled: bool
    paused: bool


def router(
    trials: Trials, wake_worker: Callable[[], None], allow: Callable[[Role], Allow]
) -> APIRouter:
    router = APIRouter(
        prefix="/v1/projects/{project_id}/destinations/{destination_id}", tags=["destinations"]
    )
    manager: Any = Depends(allow(Role.MANAGER))

    @router.post(
        "/test",
        summary="Send a test lead to a destination",
        description="An invented lead that says so in its name and note, sent once and at once, "
        "also where the destination is paused or disabled. The reply tells what happened there; "
        "Frontdesk keeps nothing of it. The receiver keeps what it was sent.",
    )
    async def test_destination(
        caller: Annotated[Caller, manager], project_id: str, destination_id: str
    ) -> TrialResult:
        return await trials.test(caller.scope, project_id, destination_id)

    @router.post(
        "/pause",
        summary="Pause a destination",
        description="Leads for it are kept waiting, none of their tries used up. What is being "
        "sent at the moment still arrives.",
    )
    async def pause_destination(
        caller: Annotated[Caller, manager], project_id: str, destination_id: str
    ) -> DestinationSwitches:
        return await switch(caller, project_id, destination_id, paused=True)

    @router.post("/resume", summary="Let a paused destination go on")
    async def resume_destination(
        caller: Annotated[Caller, manager], project_id: str, destination_id: str
    ) -> DestinationSwitches:
        switches = await switch(caller, project_id, destination_id, paused=False)
        wake_worker()
        return switches

    async def switch(
        caller: Caller, project_id: str, destination_id: str, *, paused: bool
    ) -> DestinationSwitches:
        found = await trials.switch(caller.scope, project_id, destination_id, paused=paused)
        return DestinationSwitches(id=found.id, enabled=found.enabled, paused=found.paused)

    return router
