"""Projects over HTTP: the widget's settings, and keeping projects for those who may."""

from collections.abc import Callable
from functools import lru_cache
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from starlette.datastructures import QueryParams
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.clock import Clock, Instant
from frontdesk.errors import FieldError, Forbidden, Invalid, Malformed, NotFound, TooMany
from frontdesk.model import Page
from frontdesk.projects.addresses import path_on
from frontdesk.projects.masks import mask
from frontdesk.projects.model import (
    Knowledge,
    KnowledgeDetails,
    Project,
    ProjectDetails,
    ProjectState,
    UnknownSite,
    WidgetReply,
)
from frontdesk.projects.service import Projects
from frontdesk.web.client import client_address
from frontdesk.web.headers import find_header
from frontdesk.web.problems import problem_response
from frontdesk.web.rate_limits import Limit, RateLimiter
from frontdesk.web.routes import Access, PublicRoute

# Only what is not found is limited: it costs a look-up each time, and a write when it is recorded.
UNKNOWN_PER_ADDRESS = Limit("unknown_site_address", per_minute=120, burst=240)
RECORDED_PER_HOST = Limit("unknown_site_host", per_minute=2, burst=1)
RECORDED = Limit("unknown_site", per_minute=120, burst=120)

# Together a minute: then what was published is everywhere, whoever kept what on the way.
CACHE_CONTROL = "public, max-age=30, stale-while-revalidate=30"
# Open to all, so that caches on the way can give one reply to the pages of every site.
OPEN_TO_ALL = {"Access-Control-Allow-Origin": "*"}


class ProjectBody(ProjectDetails):
    """A project as it is written. The times may be sent back as they came; they are not used."""

    created_at: Instant | None = None
    updated_at: Instant | None = None


class KnowledgeBody(KnowledgeDetails):
    """All that is known. `updated_at` may be sent back as it came; it is not used."""

    updated_at: Instant | None = None


def routes(projects: Projects, limiter: RateLimiter, clock: Clock) -> list[PublicRoute]:
    async def read_settings(request: Request) -> Response:
        host, project_id = _read_query(request.scope["query_string"])
        if not host:
            raise Malformed("host_required", "Say for which host: ?host=palmgrove.example")
        try:
            reply = await projects.settings_for_host(host, project_id)
        except NotFound as missing:
            await limiter.take(UNKNOWN_PER_ADDRESS, client_address(request), clock())
            await record(host, project_id, request.headers.get("referer"), missing.code)
            problem = problem_response(missing, request)
            problem.headers.update(OPEN_TO_ALL)
            return problem
        if _is_among(reply.etag, find_header(request.scope, b"if-none-match")):
            return Response(status_code=304, headers=_headers_of(reply.etag))
        return _response_of(reply.etag, reply.encoded)

    async def record(host: str, project_id: str | None, referrer: str | None, code: str) -> None:
        try:
            await limiter.take(RECORDED_PER_HOST, host, clock())
            await limiter.take(RECORDED, "all", clock())
        except TooMany:
            return
        if code == "unknown_site":
            await projects.record_unknown_site(host, referrer)
        if projects.turned_away is not None:
            path = path_on(host.partition(":")[0], referrer)
            await projects.turned_away.note_host(host, project_id, path)

    return [
        PublicRoute(
            "GET",
            "/v1/widget",
            read_settings,
            access=Access.ANYONE,
            summary="Read the settings for the pages of a host",
            description="The page's project is the one that its tag names, otherwise the one with "
            "the longest `path_prefix` that begins the page's path at a segment border, those "
            "`by_hand` left out. A host that belongs to no project is recorded.",
            reply=WidgetReply,
            query={
                "host": "`location.host` of the page.",
                "project": "Only this project; optional.",
            },
            headers={"If-None-Match": "The `ETag` of a reply at hand: 304 where it still holds."},
            problems={
                400: ("host_required",),
                404: ("unknown_site", "project_not_found"),
                429: ("rate_limited",),
                503: ("storage_unavailable",),
            },
        )
    ]


def router(projects: Projects, allow: Callable[[Role], Allow]) -> APIRouter:
    """Reading and writing projects. What is in another scope is not found, like what is nowhere."""
    router = APIRouter(prefix="/v1", tags=["projects"])
    storage = projects.storage
    viewer: Any = Depends(allow(Role.VIEWER))
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get("/projects", summary="List projects, in order of id")
    async def list_projects(
        caller: Annotated[Caller, viewer],
        search: Annotated[
            str, Query(max_length=200, description="A part of a name, an id or a site's host.")
        ] = "",
        group: Annotated[str | None, Query(max_length=200)] = None,
        state: Annotated[
            ProjectState | None,
            Query(
                description="`live`: the tag was at work on each of its sites within 7 days; "
                "`not_live`: all others; `no_destination`: its leads are sent nowhere."
            ),
        ] = None,
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[Project]:
        fits = projects.make_filter(search, group, state)
        page = await storage.list_projects(caller.scope, fits=fits, after=after, limit=limit)
        return Page(items=tuple(map(_show, page.items)), next_cursor=page.next_cursor)

    @router.get("/projects/{project_id}", summary="Read a project")
    async def get_project(
        caller: Annotated[Caller, viewer], project_id: str, response: Response
    ) -> Project:
        caller.scope.require(project_id)
        project = await storage.get_project(project_id)
        response.headers["ETag"] = project.etag
        return _show(project)

    @router.put(
        "/projects/{project_id}",
        summary="Create or replace a project",
        description="All of it: what is left out goes back to its default. A secret that is sent "
        "back masked (`••••`) keeps the stored one, as long as its destination stays on the same "
        "server. 201 where the project is new. With the `ETag` that it was read with as "
        "`If-Match`, nothing is saved where somebody else changed it meanwhile.",
        responses={201: {"model": Project, "description": "The project is new."}},
    )
    async def put_project(
        caller: Annotated[Caller, manager],
        project_id: str,
        body: ProjectBody,
        response: Response,
        if_match: Annotated[str | None, Header(max_length=100)] = None,
    ) -> Project:
        caller.scope.require(project_id)
        if body.id != project_id:
            fault = FieldError("id", "id_mismatch", "This has to be the id in the address.")
            raise Invalid("invalid_body", "Some fields are missing or wrong.", [fault])
        before = await projects.find(project_id)
        at = projects.clock()
        written = body.model_copy(update={"created_at": at, "updated_at": at})
        saved = await projects.save(Project(**dict(written)), etag=_read_etag(if_match))
        if before is None:
            response.status_code = 201
        response.headers["ETag"] = saved.etag
        return _show(saved)

    @router.get("/projects/{project_id}/knowledge", summary="Read what is known about a project")
    async def get_knowledge(
        caller: Annotated[Caller, viewer], project_id: str, response: Response
    ) -> Knowledge:
        caller.scope.require(project_id)
        knowledge = await storage.get_knowledge(project_id)
        response.headers["ETag"] = knowledge.etag
        return knowledge

    @router.put(
        "/projects/{project_id}/knowledge",
        summary="Replace what is known about a project",
        description="With the `ETag` that it was read with as `If-Match`, nothing is saved where "
        "somebody else changed it meanwhile.",
    )
    async def put_knowledge(
        caller: Annotated[Caller, manager],
        project_id: str,
        body: KnowledgeBody,
        response: Response,
        if_match: Annotated[str | None, Header(max_length=100)] = None,
    ) -> Knowledge:
        caller.scope.require(project_id)
        knowledge = Knowledge(
            facts=body.facts, answers=body.answers, pages=body.pages, updated_at=projects.clock()
        )
        await projects.save_knowledge(project_id, knowledge, etag=_read_etag(if_match))
        response.headers["ETag"] = knowledge.etag
        return knowledge

    @router.get("/unknown-sites", summary="List hosts that carry the tag and have no project")
    async def list_unknown_sites(
        caller: Annotated[Caller, viewer],
        after: Annotated[str | None, Query(max_length=500)] = None,
        limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Page[UnknownSite]:
        if caller.scope.projects is not None:
            raise Forbidden("forbidden", "This is for those who may see every project.")
        return await storage.list_unknown_sites(after=after, limit=limit)

    return router


@lru_cache(maxsize=2048)
def _read_query(query: bytes) -> tuple[str | None, str | None]:
    """Host and project. Remembered, because reading them takes longer than all the rest does."""
    parameters = QueryParams(query)
    return parameters.get("host"), parameters.get("project")


def _headers_of(etag: str) -> dict[str, str]:
    return {"Cache-Control": CACHE_CONTROL, "ETag": etag, **OPEN_TO_ALL}


@lru_cache(maxsize=2048)
def _response_of(etag: str, encoded: bytes) -> Response:
    """One for all who ask: nothing in it is the caller's own, and nobody changes it."""
    return Response(encoded, media_type="application/json", headers=_headers_of(etag))


def _show(project: Project) -> Project:
    return project.model_copy(update={"destinations": mask(project)})


def _read_etag(if_match: str | None) -> str | None:
    """None without one and for `*` (RFC 9110, 13.1.1)."""
    return None if if_match is None or if_match.strip() == "*" else if_match.strip()


def _is_among(etag: str, if_none_match: str | None) -> bool:
    """RFC 9110, 13.1.2: any of the listed tags, compared weakly, or `*`."""
    if if_none_match is None:
        return False
    tags = [tag.strip().removeprefix("W/") for tag in if_none_match.split(",")]
    return etag in tags or tags == ["*"]
