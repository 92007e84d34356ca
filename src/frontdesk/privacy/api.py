"""One person's data over HTTP. POST for both: a phone number in a URL would be in every log."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.privacy.model import Erasure, PersonExport, PersonQuery
from frontdesk.privacy.service import Privacy


def router(privacy: Privacy, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/persons", tags=["persons"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.post(
        "/export",
        summary="Give out everything stored about one person",
        description="By phone number or e-mail address, in the projects that the caller may see. "
        "Nobody found is an empty answer. The audit log keeps that it was asked, not for whom.",
    )
    async def export_person(caller: Annotated[Caller, manager], body: PersonQuery) -> PersonExport:
        return await privacy.export(caller.scope, body)

    @router.post(
        "/erase",
        summary="Erase everything stored about one person",
        description="Leads with their enquiries, idempotency keys and deliveries, and the "
        "conversations they came from. `receivers` says where the data went before: there it has "
        "to be erased too. It cannot be undone. See `docs/operations/privacy.md`.",
    )
    async def erase_person(caller: Annotated[Caller, manager], body: PersonQuery) -> Erasure:
        erasure = await privacy.erase(caller.scope, body)
        caller.notes.changes = (
            f"{erasure.leads} leads and {erasure.conversations} conversations erased",
        )
        return erasure

    return router
