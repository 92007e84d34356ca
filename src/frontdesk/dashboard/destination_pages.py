"""Where a project's leads go: each kind set up by its own form, looked at before it is saved, tried
out, paused and taken away."""

import asyncio
import base64
import secrets
from typing import Annotated, Any, NamedTuple
from urllib.parse import quote

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Clock
from frontdesk.dashboard.delivery_filter import DeliveryFilter
from frontdesk.dashboard.destination_forms import (
    by_field,
    fill_form,
    fingerprint,
    read_destination,
    rows_of,
    stored_secrets,
)
from frontdesk.dashboard.destination_kinds import KINDS
from frontdesk.dashboard.forms import Faults, Form, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import path_of, read_project
from frontdesk.dashboard.rendering import render
from frontdesk.dashboard.undoing import RESTORE, Undo, open_removed, seal_removed, undo_not_good
from frontdesk.delivery.mapping import lead_values
from frontdesk.delivery.model import Delivery, DeliveryState
from frontdesk.delivery.service import Deliveries
from frontdesk.delivery.trials import TrialResult, Trials, make_example
from frontdesk.errors import Conflict, Invalid, NotFound, changed_meanwhile
from frontdesk.model import Model, Scope
from frontdesk.projects.destination_checks import WEBHOOK_SECRET_PREFIX
from frontdesk.projects.destinations import AnyDestination, Destination, map_secrets
from frontdesk.projects.lead_fields import LEAD_FIELDS
from frontdesk.projects.masks import mask
from frontdesk.projects.model import Project
from frontdesk.projects.secrets import Secret, UnopenableError

MOST_COUNTED = 100
_SWITCHES = {
    "pause": {"paused": True},
    "resume": {"paused": False},
    "enable": {"enabled": True},
    "disable": {"enabled": False},
}


class Health(NamedTuple):
    """`waiting` and `dead` are counted up to MOST_COUNTED; `last` is the newest with a try."""

    waiting: int
    dead: int
    last: Delivery | None


class ShownDestination(NamedTuple):
    destination: AnyDestination
    kind: str
    health: Health


class RemovedDestination(Model):
    """With its secrets, sealed as they were stored."""

    destination: Destination


def add_pages(
    pages: APIRouter, deliveries: Deliveries, trials: Trials, allow: Allows, clock: Clock
) -> None:
    projects = trials.projects
    viewer, manager = allow(Role.VIEWER), allow(Role.MANAGER)

    async def show_list(
        caller: Caller,
        project: Project,
        notice: str | None = None,
        tested: tuple[str, TrialResult] | None = None,
        made_secret: tuple[str, str] | None = None,
        fault: str = "",
        undo: Undo | None = None,
        status_code: int = 200,
    ) -> Response:
        healths = await asyncio.gather(
            *(read_health(project.id, one.id) for one in project.destinations)
        )
        shown = [
            ShownDestination(one, KINDS[one.kind].name, health)
            for one, health in zip(project.destinations, healths, strict=True)
        ]
        return render(
            "destinations.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            shown=shown,
            most=MOST_COUNTED,
            notice=notice,
            tested=tested,
            made_secret=made_secret,
            fault=fault,
            undo=undo,
        )

    async def read_health(project_id: str, destination_id: str) -> Health:
        async def count(state: DeliveryState) -> int:
            page = await deliveries.storage.list_deliveries(
                scope, destination_id=destination_id, state=state, limit=MOST_COUNTED
            )
            return len(page.items)

        scope = Scope(projects=frozenset({project_id}))
        waiting, dead, newest = await asyncio.gather(
            count(DeliveryState.WAITING),
            count(DeliveryState.DEAD),
            deliveries.storage.list_deliveries(
                scope, destination_id=destination_id, tried=True, limit=1
            ),
        )
        return Health(waiting, dead, newest.items[0] if newest.items else None)

    @pages.get("/projects/{project_id}/destinations")
    async def list_destinations(
        project_id: str, caller: Annotated[Caller, Depends(viewer)], notice: str | None = None
    ) -> Response:
        return await show_list(
            caller, await read_project(projects, caller.scope, project_id), notice
        )

    async def show_form(
        caller: Caller,
        project: Project,
        kind: str,
        form: Form,
        *,
        stored: AnyDestination | None = None,
        written: AnyDestination | None = None,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        """`written` is what the form says; what it would send stands beside it."""
        example = make_example(project, "example", clock())
        return render(
            "destination_form.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            kind=KINDS[kind],
            kind_id=kind,
            form=form,
            stored=stored,
            kept=stored_secrets(stored),
            seen=form.text("seen") or fingerprint(stored),
            rows_of=rows_of,
            requests=await trials.show_example(project, written) if written else (),
            lead_fields=LEAD_FIELDS,
            values=lead_values(example, project),
            faults=faults or {},
        )

    @pages.get("/projects/{project_id}/add-destination")
    async def add_destination(
        project_id: str, caller: Annotated[Caller, Depends(manager)], kind: str = ""
    ) -> Response:
        """Without a kind, all of them to choose from."""
        project = await read_project(projects, caller.scope, project_id)
        if kind not in KINDS:
            return render(
                "destination_kinds.html",
                caller=caller,
                place="projects",
                project=project,
                kinds=KINDS,
            )
        given = {"id": [_free_id(project, kind)], "events": ["lead.created", "lead.updated"]}
        return await show_form(caller, project, kind, Form(given))

    @pages.post("/projects/{project_id}/add-destination")
    async def create_destination(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        kind = form.text("kind")
        if kind not in KINDS:
            raise NotFound("not_found", "There is no such kind of destination.")
        return await take(caller, project, kind, form, None)

    @pages.get("/projects/{project_id}/destinations/{destination_id}")
    async def edit_destination(
        project_id: str, destination_id: str, caller: Annotated[Caller, Depends(manager)]
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        stored = _find(project, destination_id)
        form = fill_form(stored)
        return await show_form(caller, project, stored.kind, form, stored=stored, written=stored)

    @pages.post("/projects/{project_id}/destinations/{destination_id}")
    async def change_destination(
        project_id: str,
        destination_id: str,
        caller: Annotated[Caller, Depends(manager)],
        request: Request,
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        stored = _find(project, destination_id)
        return await take(caller, project, stored.kind, await read_form(request), stored)

    async def take(
        caller: Caller, project: Project, kind: str, form: Form, stored: AnyDestination | None
    ) -> Response:
        """Show what the form would send, or save it."""
        made_secret = ""
        if kind == "webhook" and stored is None and not form.text("secrets").strip():
            made_secret = WEBHOOK_SECRET_PREFIX + base64.b64encode(secrets.token_bytes(32)).decode()
        given = form.with_text("secrets", made_secret) if made_secret else form
        written, faults = read_destination(kind, given, stored)
        ids = {one.id for one in project.destinations}
        if written is not None and stored is None and written.id in ids:
            written, faults = None, {"id": "The project has a destination of this name already."}
        status = 422 if faults else 200
        if written is None or form.text("act") != "save":
            return await show_form(
                caller,
                project,
                kind,
                form,
                stored=stored,
                written=written,
                faults=faults,
                status_code=status,
            )
        try:
            if form.text("seen") != fingerprint(stored):
                raise changed_meanwhile()
            await save(project, written)
        except (Invalid, Conflict) as error:
            faults, status = _tell(error, project, written)
            return await show_form(
                caller, project, kind, form, stored=stored, faults=faults, status_code=status
            )
        caller.notes.targets = {"destination_id": written.id}
        caller.notes.changes = ("changed" if stored else f"added: {kind}",)
        if made_secret:
            project = await projects.storage.get_project(project.id)
            return await show_list(caller, project, "saved", made_secret=(written.id, made_secret))
        return RedirectResponse(path_of(project.id, "destinations?notice=saved"), 303)

    async def save(project: Project, written: AnyDestination) -> None:
        """Put it into the project in the place of the one of its name, or behind the others."""
        others = mask(project)
        ids = [one.id for one in others]
        if written.id in ids:
            place = ids.index(written.id)
            changed = (*others[:place], written, *others[place + 1 :])
        else:
            changed = (*others, written)
        await keep(project, changed)

    async def keep(project: Project, destinations: tuple[AnyDestination, ...]) -> None:
        update: dict[str, Any] = {"destinations": destinations, "updated_at": clock()}
        await projects.save(project.model_copy(update=update), etag=project.etag)

    @pages.post("/projects/{project_id}/destinations/{destination_id}/remove")
    async def remove_destination(
        project_id: str,
        destination_id: str,
        caller: Annotated[Caller, Depends(manager)],
        request: Request,
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        stored = _find(project, destination_id)
        if (await read_form(request)).text("seen") != fingerprint(stored):
            detail = changed_meanwhile().detail
            return await show_list(caller, project, fault=detail, status_code=409)
        await keep(project, tuple(one for one in mask(project) if one.id != destination_id))
        caller.notes.changes = ("removed",)
        # No redirect: the way back is in this page and nowhere else.
        sealed = seal_removed(
            projects.vault,
            caller,
            project_id,
            RemovedDestination(destination=stored),
            project.destinations.index(stored),
            clock(),
        )
        undo = Undo(stored.id, path_of(project_id, "restore-destination"), sealed)
        project = await projects.storage.get_project(project_id)
        return await show_list(caller, project, undo=undo)

    @pages.post("/projects/{project_id}/restore-destination")
    async def restore_destination(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """The one just removed, as it was and where it stood, with its secrets."""
        project = await read_project(projects, caller.scope, project_id)
        sealed = (await read_form(request)).text(RESTORE)
        try:
            removed, place = open_removed(
                projects.vault, sealed, caller, project_id, RemovedDestination, clock()
            )
            await put_back(project, removed.destination, place)
        except (Conflict, Invalid) as error:
            return await show_list(caller, project, fault=error.detail, status_code=409)
        caller.notes.targets = {"destination_id": removed.destination.id}
        caller.notes.changes = ("restored",)
        return RedirectResponse(path_of(project_id, "destinations?notice=restored"), 303)

    async def put_back(project: Project, destination: AnyDestination, place: int) -> None:
        others = mask(project)
        if destination.id in [one.id for one in others]:
            raise Conflict("undo_not_good", "There is one of this name again. It stays.")
        await keep(project, (*others[:place], unseal(destination), *others[place:]))

    def unseal(destination: AnyDestination) -> AnyDestination:
        """To be sealed anew where it is saved, which takes nothing that is sealed already."""
        try:
            return map_secrets(
                destination, lambda _field, _key, secret: Secret(projects.vault.open(secret))
            )
        except UnopenableError:
            raise undo_not_good() from None

    @pages.post("/projects/{project_id}/destinations/{destination_id}/switch")
    async def switch_destination(
        project_id: str,
        destination_id: str,
        caller: Annotated[Caller, Depends(manager)],
        request: Request,
    ) -> Response:
        form = await read_form(request)
        act = form.text("act")
        if act not in _SWITCHES:
            raise NotFound("not_found", "There is no such page.")
        await trials.switch(caller.scope, project_id, destination_id, **_SWITCHES[act])
        if act == "resume":
            deliveries.wake_worker()
        caller.notes.changes = (act,)
        if form.text("back") == "deliveries":
            theirs = DeliveryFilter(project=project_id, destination=destination_id)
            return RedirectResponse(theirs.address("/dashboard/deliveries", notice=act), 303)
        place = f"destinations?notice={act}#{quote(destination_id)}"
        return RedirectResponse(path_of(project_id, place), 303)

    @pages.post("/projects/{project_id}/destinations/{destination_id}/test")
    async def test_destination(
        project_id: str, destination_id: str, caller: Annotated[Caller, Depends(manager)]
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        result = await trials.test(caller.scope, project_id, destination_id)
        return await show_list(caller, project, tested=(destination_id, result))


def _find(project: Project, destination_id: str) -> AnyDestination:
    for one in project.destinations:
        if one.id == destination_id:
            return one
    raise NotFound("destination_not_found", "The project has no such destination.")


def _free_id(project: Project, kind: str) -> str:
    """`crm`, `hubspot`, `hubspot-2`: a name that no other has."""
    taken = {one.id for one in project.destinations}
    name = {"http": "crm", "salesforce_web": "web-to-lead"}.get(kind, kind)
    return next(one for one in (name, *(f"{name}-{n}" for n in range(2, 20))) if one not in taken)


def _tell(
    error: Invalid | Conflict, project: Project, written: AnyDestination
) -> tuple[dict[str, str], int]:
    """The faults of this destination by field; under the empty name what belongs to none."""
    if isinstance(error, Conflict):
        return {"": error.detail}, 409
    ids = [one.id for one in project.destinations]
    place = ids.index(written.id) if written.id in ids else len(ids)
    prefix = f"destinations.{place}."
    own = [
        fault._replace(field=fault.field.removeprefix(prefix))
        for fault in error.fields
        if fault.field.startswith(prefix)
    ]
    return by_field(own) or {"": error.fields[0].detail if error.fields else error.detail}, 422
