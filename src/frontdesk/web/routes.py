"""Public routes: plain Starlette, with what the OpenAPI document and the guards need to know.

A room's `api.py` has `routes(…) -> list[PublicRoute]` for the browser side and
`router(…) -> APIRouter` for the admin side; both get their services as arguments from `app.py`.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from enum import StrEnum
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from frontdesk.errors import FieldError, FrontdeskError, Invalid, Malformed, WrongContentType
from frontdesk.web.problems import problem_response


class Access(StrEnum):
    """Who may call a public route. A route without one cannot be made."""

    ANYONE = "anyone"  # no credential: health, the tag, documents
    SITE = "site"  # pages of a project's sites, by Origin
    CONVERSATION = "conversation"  # whoever holds the conversation's signed token


Endpoint = Callable[[Request], Awaitable[Response]]


class PublicRoute(Route):
    """A route that browsers call from other people's pages.

    `body_bytes` is how large a body may be where that is more than for public routes in general.
    `body` and `reply` are the models shown in the OpenAPI document (the endpoint itself calls
    `read_body`); `reply_type` is the reply's media type; `problems` lists the problem codes it may
    answer with, by status; `headers` and `query` describe parameters by name. Pages for people stay
    out of the document: `include_in_schema=False`.
    """

    def __init__(
        self,
        method: str,
        path: str,
        endpoint: Endpoint,
        *,
        access: Access,
        summary: str,
        description: str = "",
        body: type[BaseModel] | None = None,
        body_bytes: int = 0,
        reply: type[BaseModel] | None = None,
        reply_status: int = 200,
        reply_type: str = "application/json",
        problems: Mapping[int, Sequence[str]] | None = None,
        headers: Mapping[str, str] | None = None,
        query: Mapping[str, str] | None = None,
        include_in_schema: bool = True,
    ) -> None:
        super().__init__(path, endpoint, methods=[method], include_in_schema=include_in_schema)
        self.app = self._answer  # Starlette's own wrapper costs as much as a small endpoint
        self.method = method
        self.access = access
        self.summary = summary
        self.description = description
        self.body = body
        self.body_bytes = body_bytes
        self.reply = reply
        self.reply_status = reply_status
        self.reply_type = reply_type
        self.problems = dict(problems or {})
        self.header_parameters = dict(headers or {})
        self.query_parameters = dict(query or {})

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self  # as FastAPI's routes do: the edge logs the template, not the path
        await super().handle(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope, receive, send)
        try:
            response: Response = await self.endpoint(request)
        except FrontdeskError as error:
            response = problem_response(error, request)
        await response(scope, receive, send)


class PublicRoutes:
    """Answers what a public route is there for; all else goes on to FastAPI.

    FastAPI's layers cost several times what the hot routes do themselves. The routes stand in its
    router too, which says 405 where the path is right and the method is not.
    """

    def __init__(self, app: ASGIApp, *, routes: Sequence[PublicRoute]) -> None:
        self._app = app
        self._by_path = {
            (method, route.path): route
            for route in routes
            if not route.param_convertors
            for method in route.methods or ()
        }
        self._with_parameters = [route for route in routes if route.param_convertors]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        route = self._find(scope) if scope["type"] == "http" else None
        if route is None:
            await self._app(scope, receive, send)
        else:
            scope["route"] = route
            await route.app(scope, receive, send)

    def _find(self, scope: Scope) -> PublicRoute | None:
        route = self._by_path.get((scope["method"], scope["path"]))
        if route is not None:
            return route
        for route in self._with_parameters:
            match, found = route.matches(scope)
            if match is Match.FULL:
                scope.update(found)
                return route
        return None


BodyT = TypeVar("BodyT", bound=BaseModel)


async def read_body(request: Request, model: type[BodyT], *, also: Sequence[str] = ()) -> BodyT:
    """The request's JSON body as `model`; `also` names media types that it may come as.

    Raises WrongContentType(`wrong_content_type`), Malformed(`malformed_json`) and
    Invalid(`invalid_body`) with a FieldError for each wrong field. The size limit is held by the
    middleware.
    """
    media_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if media_type != "application/json" and media_type not in also:
        raise WrongContentType("wrong_content_type", "Send the body as application/json.")
    body = await request.body()
    try:
        return model.model_validate_json(body)
    except ValidationError as error:
        faults = error.errors(include_url=False, include_context=False, include_input=False)
        if any(fault["type"] == "json_invalid" for fault in faults):
            raise Malformed("malformed_json", "The body is not JSON.") from None
        fields = field_errors(faults)
    raise Invalid("invalid_body", "Some fields are missing or wrong.", fields)


def field_errors(faults: Sequence[Any]) -> list[FieldError]:
    """Pydantic's faults as FieldErrors, without the input: it may be somebody's phone number."""
    return [
        FieldError(".".join(str(part) for part in fault["loc"]), fault["type"], fault["msg"])
        for fault in faults
    ]


def is_done_once(method: str, path: str) -> bool:
    """Whether this admin route does once what comes again with the same `Idempotency-Key`
    (`accounts.repeats`).
    """
    about_people = path.startswith(("/v1/leads", "/v1/persons"))
    return method == "POST" and path.startswith("/v1/") and not about_people
