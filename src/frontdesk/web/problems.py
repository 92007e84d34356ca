"""Problem documents (RFC 9457): the one form of every reply that is not a success."""

import json
import math
from collections.abc import Callable, Coroutine, Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Scope

from frontdesk.errors import (
    Conflict,
    FieldError,
    Forbidden,
    FrontdeskError,
    Invalid,
    Malformed,
    NotFound,
    TooLarge,
    TooMany,
    TooSlow,
    Unauthenticated,
    Unavailable,
    WrongContentType,
)

MEDIA_TYPE = "application/problem+json"
UNAVAILABLE_RETRY_SECONDS = 5

_STATUSES: Mapping[type[FrontdeskError], int] = {
    Malformed: 400,
    Unauthenticated: 401,
    Forbidden: 403,
    NotFound: 404,
    TooSlow: 408,
    Conflict: 409,
    TooLarge: 413,
    WrongContentType: 415,
    Invalid: 422,
    TooMany: 429,
    Unavailable: 503,
}
_HTTP_ERRORS = {
    404: ("not_found", "There is nothing at this address."),
    405: ("method_not_allowed", "This address does not take that method."),
}
# Python's names for these follow an older RFC than 9110.
_TITLES = {413: "Content Too Large", 414: "URI Too Long", 422: "Unprocessable Content"}


def status_of(error: FrontdeskError) -> int:
    """The HTTP status for an error of ours; a kind without one of its own is our fault: 500."""
    return next((status for kind, status in _STATUSES.items() if isinstance(error, kind)), 500)


def problem_document(
    status: int, code: str, detail: str, request_id: str, fields: Sequence[FieldError] = ()
) -> dict[str, Any]:
    """The document as plain JSON data, also for places that are no reply (the stream's `error`)."""
    document: dict[str, Any] = {
        "type": f"urn:frontdesk:problem:{code}",
        "title": _TITLES.get(status) or HTTPStatus(status).phrase,
        "status": status,
        "code": code,
        "detail": detail,
        "request_id": request_id,
    }
    if fields:
        document["errors"] = [field._asdict() for field in fields]
    return document


def make_problem(
    request_id: str,
    status: int,
    code: str,
    detail: str,
    *,
    fields: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    document = problem_document(status, code, detail, request_id, fields)
    body = json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode(
        "utf-8", "replace"
    )
    return Response(
        body,
        status,
        headers={"Cache-Control": "no-store", **(headers or {})},
        media_type=MEDIA_TYPE,
    )


def problem_response(error: FrontdeskError, request: Request) -> Response:
    """The reply for an error of ours, with the headers its status asks for."""
    headers = {}
    if isinstance(error, TooMany):
        headers["Retry-After"] = str(max(1, math.ceil(error.retry_after_seconds)))
    elif isinstance(error, Unavailable):
        headers["Retry-After"] = str(UNAVAILABLE_RETRY_SECONDS)
    elif isinstance(error, Unauthenticated):
        headers["WWW-Authenticate"] = "Bearer"  # RFC 9110, 11.6.1: a 401 names its scheme
    elif isinstance(error, TooLarge | TooSlow):
        headers["Connection"] = "close"  # the rest of the request must not be taken for the next
    return make_problem(
        request_id_of(request.scope),
        status_of(error),
        error.code,
        error.detail,
        fields=error.fields if isinstance(error, Invalid) else (),
        headers=headers,
    )


async def handle_our_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, FrontdeskError)
    return problem_response(error, request)


async def handle_http_error(request: Request, error: Exception) -> Response:
    """What the frameworks raise themselves: an unknown path, a wrong method, a body cut short."""
    assert isinstance(error, HTTPException)
    if isinstance(error.__cause__, FrontdeskError):  # FastAPI's wrapping of what reading raised
        return problem_response(error.__cause__, request)
    code, detail = _HTTP_ERRORS.get(error.status_code, ("bad_request", "This cannot be read."))
    return make_problem(
        request_id_of(request.scope), error.status_code, code, detail, headers=error.headers
    )


async def handle_wrong_parameters(request: Request, error: Exception) -> Response:
    """FastAPI's validation, in the same words as `read_body`; never with the input in it."""
    assert isinstance(error, RequestValidationError)
    faults = error.errors()
    if any(fault["type"] == "json_invalid" for fault in faults):
        return problem_response(Malformed("malformed_json", "The body is not JSON."), request)
    where = {fault["loc"][0] for fault in faults}
    fields = [
        FieldError(".".join(str(part) for part in fault["loc"][1:]), fault["type"], fault["msg"])
        for fault in faults
    ]
    if where == {"body"}:
        invalid = Invalid("invalid_body", "Some fields are missing or wrong.", fields)
    else:
        invalid = Invalid("invalid_parameters", "Some parameters are missing or wrong.", fields)
    return problem_response(invalid, request)


EXCEPTION_HANDLERS: dict[
    int | type[Exception], Callable[[Request, Any], Coroutine[Any, Any, Response]]
] = {
    FrontdeskError: handle_our_error,
    HTTPException: handle_http_error,
    RequestValidationError: handle_wrong_parameters,
}


def request_id_of(scope: Scope) -> str:
    """The request's id as the edge set it; empty where an application runs without the edge."""
    return str(scope.get("frontdesk.request_id", ""))
