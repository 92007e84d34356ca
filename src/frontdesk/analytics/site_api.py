"""Whether a project's sites are live, over HTTP."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from pydantic import StringConstraints

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.analytics.site_checks import SiteCheck, SiteChecks
from frontdesk.analytics.sites import SiteReport
from frontdesk.model import Model


class PageToCheck(Model):
    url: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


def router(checks: SiteChecks, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/projects/{project_id}/sites", tags=["projects"])
    viewer: Any = Depends(allow(Role.VIEWER))
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get("", summary="List a project's sites, and whether they are live")
    async def list_project_sites(
        caller: Annotated[Caller, viewer], project_id: str
    ) -> list[SiteReport]:
        return await checks.list(caller.scope, project_id)

    @router.post(
        "/check",
        summary="Fetch a page of a project's site, and say what is wrong with its tag",
        description="The page is judged as it is served: a tag that a tag manager adds is not "
        "seen. Nothing of it is kept.",
    )
    async def check_site(
        caller: Annotated[Caller, manager], project_id: str, body: PageToCheck
    ) -> SiteCheck:
        return await checks.check(caller.scope, project_id, body.url)

    return router
