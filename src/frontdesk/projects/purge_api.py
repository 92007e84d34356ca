"""Telling the CDN by hand, and what became of it, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.errors import Conflict, Forbidden
from frontdesk.model import Model, Page
from frontdesk.projects.model import ProjectId
from frontdesk.projects.purge import Purge
from frontdesk.projects.service import Projects


class PurgeWish(Model):
    """Of one project's hosts, or of everything where `project` is left out."""

    project: ProjectId | None = None


def router(projects: Projects, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/purges", tags=["projects"])
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get("", summary="List what became of telling the CDN, by host")
    async def list_purges(
        caller: Annotated[Caller, manager],
        failed: Annotated[bool, Query(description="Only what was not taken.")] = False,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[Purge]:
        require_everywhere(caller)
        return await projects.storage.list_purges(failed=failed, after=after, limit=limit)

    @router.post(
        "",
        status_code=202,
        summary="Have the CDN ask for settings anew",
        description="The list says what became of it, within seconds where the CDN answers.",
    )
    async def purge(caller: Annotated[Caller, manager], body: PurgeWish) -> PurgeWish:
        await ask_for(projects, caller, body.project)
        return body

    return router


def require_everywhere(caller: Caller) -> None:
    if caller.scope.projects is not None:
        raise Forbidden("forbidden", "This is for those who may see every project.")


async def ask_for(projects: Projects, caller: Caller, project_id: str | None) -> None:
    """Raises Forbidden, NotFound(`project_not_found`) and Conflict(`no_cdn`)."""
    if project_id is None:
        require_everywhere(caller)
    else:
        caller.scope.require(project_id)
        await projects.storage.get_project(project_id)
    if projects.cdn is None:
        raise Conflict("no_cdn", "No CDN is set up here: FRONTDESK_PURGE_URL names none.")
    projects.cdn.ask(None if project_id is None else [project_id])
