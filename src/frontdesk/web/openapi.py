"""The OpenAPI document: FastAPI's own for the admin routes, with the public routes merged in.

FastAPI knows its routes' models; a PublicRoute declares body, reply, problems and parameters. Both
end in one document, in which every reply that is not a success is a Problem.
"""

from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import BaseModel, Field
from pydantic.json_schema import models_json_schema

from frontdesk.web.problems import MEDIA_TYPE
from frontdesk.web.routes import Access, PublicRoute, is_done_once

VISITOR, OPERATIONS = "visitor", "operations"
FOR_ADMINS = "From a program with an API key, or from the dashboard's session."
# Where a model's schema stands in the document, by model and by "validation" or "serialization".
References = Mapping[tuple[Any, Any], Mapping[str, Any]]
# What any request may meet on its way in, before its route is asked.
_EDGE_PROBLEMS = {
    400: ["malformed_request"],
    408: ["request_timeout"],
    413: ["body_too_large"],
    414: ["url_too_long"],
    431: ["headers_too_large"],
    500: ["internal_error"],
}
_BODY_PROBLEMS = {
    400: ["malformed_json"],
    415: ["wrong_content_type"],
    422: ["invalid_body"],
}
_ADMIN_PROBLEMS = {
    401: ["unauthenticated"],
    403: ["forbidden", "csrf_failed"],
    404: ["not_found"],
    409: ["conflict", "request_in_progress", "already_done"],
    422: ["invalid_body", "invalid_parameters"],
    429: ["rate_limited"],
    503: ["storage_unavailable"],
}
_PROBLEM_HEADERS: dict[str, Any] = {
    "X-Request-ID": {
        "description": "Names this request in the logs.",
        "schema": {"type": "string"},
    }
}
_RETRY_AFTER: dict[str, Any] = {
    "Retry-After": {"description": "Seconds to wait.", "schema": {"type": "integer"}}
}


class ProblemField(BaseModel):
    field: str = Field(description="A dotted path in the body, such as `phone.number`.")
    code: str
    detail: str


class Problem(BaseModel):
    """RFC 9457 problem details."""

    type: str = Field(description="`urn:frontdesk:problem:` and the code.")
    title: str
    status: int
    code: str = Field(description="Stable; for programs.")
    detail: str = Field(description="For people.")
    request_id: str
    errors: list[ProblemField] | None = Field(
        None, description="There when fields are wrong; one for each."
    )


def make_openapi(app: FastAPI, public_routes: Iterable[PublicRoute]) -> dict[str, Any]:
    shown = [route for route in public_routes if route.include_in_schema]
    document = get_openapi(
        title=app.title,
        version=app.version,
        description=app.description,
        routes=app.routes,
        webhooks=app.webhooks.routes,
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    admin_tags: dict[str, None] = {}  # in the order of the routes
    for path, path_item in document.get("paths", {}).items():
        for method, operation in path_item.items():
            _finish_admin_operation(operation)
            if is_done_once(method.upper(), path):
                _add_idempotency_key(operation)
            admin_tags |= dict.fromkeys(operation["tags"])
    for path_item in document.get("webhooks", {}).values():
        for operation in path_item.values():
            # FastAPI's own form of refusal; what a receiver answers with is its own affair.
            operation["responses"].pop("422", None)
    references = _add_schemas(shown, schemas)
    for route in shown:
        path_item = document.setdefault("paths", {}).setdefault(route.path, {})
        path_item[route.method.lower()] = _public_operation(route, references)
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    components["securitySchemes"] = {
        "apiKey": {"type": "http", "scheme": "bearer", "description": "`frontdesk keys create`"},
        "session": {"type": "apiKey", "in": "cookie", "name": "frontdesk_session"},
        "conversation": {
            "type": "http",
            "scheme": "bearer",
            "description": "The token that `POST /v1/conversations` gave.",
        },
    }
    document["tags"] = [
        {
            "name": VISITOR,
            "description": "From a visitor's browser, on a page of a project's site.",
        },
        *({"name": name, "description": FOR_ADMINS} for name in admin_tags),
        {"name": OPERATIONS, "description": "For whoever runs it."},
    ]
    return document


def _add_schemas(routes: Iterable[PublicRoute], schemas: dict[str, Any]) -> References:
    wanted: list[tuple[type[BaseModel], Any]] = [(Problem, "serialization")]
    for route in routes:
        wanted += [(route.body, "validation")] if route.body else []
        wanted += [(route.reply, "serialization")] if route.reply else []
    references, definitions = models_json_schema(
        wanted, ref_template="#/components/schemas/{model}"
    )
    schemas.update(definitions.get("$defs", {}))
    return dict(references)


def _public_operation(route: PublicRoute, references: References) -> dict[str, Any]:
    is_operations = route.access is Access.ANYONE and not route.path.startswith("/v1/")
    operation: dict[str, Any] = {
        "tags": [OPERATIONS if is_operations else VISITOR],
        "summary": route.summary,
        "operationId": f"{route.method.lower()}_{route.endpoint.__name__}",
        "parameters": _parameters(route),
        "responses": {},
    }
    if route.description:
        operation["description"] = route.description
    if route.access is Access.CONVERSATION:
        operation["security"] = [{"conversation": []}]
    if route.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": references[route.body, "validation"]}},
        }
    success: dict[str, Any] = {"description": HTTPStatus(route.reply_status).phrase}
    if route.reply is not None:
        success["content"] = {
            route.reply_type: {"schema": references[route.reply, "serialization"]}
        }
    elif route.reply_status != HTTPStatus.NO_CONTENT:
        success["content"] = {route.reply_type: {"schema": {"type": "string"}}}
    success["headers"] = _PROBLEM_HEADERS
    operation["responses"][str(route.reply_status)] = success
    _add_problems(operation, route.problems, _EDGE_PROBLEMS, _BODY_PROBLEMS if route.body else {})
    return operation


def _parameters(route: PublicRoute) -> list[dict[str, Any]]:
    text = {"type": "string"}
    return [
        *(
            {"name": name, "in": "path", "required": True, "schema": text}
            for name in route.param_convertors
        ),
        *(
            {"name": name, "in": "query", "description": description, "schema": text}
            for name, description in route.query_parameters.items()
        ),
        *(
            {"name": name, "in": "header", "description": description, "schema": text}
            for name, description in route.header_parameters.items()
        ),
    ]


def _finish_admin_operation(operation: dict[str, Any]) -> None:
    operation.setdefault("tags", ["admin"])
    operation["security"] = [{"apiKey": []}, {"session": []}]
    operation["responses"].pop("422", None)  # FastAPI's own form, which ours replaces
    bodies = _BODY_PROBLEMS if "requestBody" in operation else {}
    _add_problems(operation, _ADMIN_PROBLEMS, _EDGE_PROBLEMS, bodies)


def _add_idempotency_key(operation: dict[str, Any]) -> None:
    operation.setdefault("parameters", []).append(
        {
            "name": "Idempotency-Key",
            "in": "header",
            "description": "Sent again with the same key within 24 hours it is done once, and "
            "answered as it was, with `Idempotent-Replayed: true`. Another body under it is "
            "refused (`idempotency_mismatch`); while the first is being done, the second gets "
            "`request_in_progress`.",
            "schema": {"type": "string", "minLength": 1, "maxLength": 200},
        }
    )


def _add_problems(operation: dict[str, Any], *problem_codes: Mapping[int, Iterable[str]]) -> None:
    merged: dict[int, list[str]] = {}
    for codes_by_status in problem_codes:
        for status, codes in codes_by_status.items():
            known = merged.setdefault(status, [])
            known += [code for code in codes if code not in known]
    for status, codes in sorted(merged.items()):
        headers = _PROBLEM_HEADERS | (_RETRY_AFTER if status in {429, 503} else {})
        operation["responses"].setdefault(
            str(status),
            {
                "description": ", ".join(f"`{code}`" for code in codes),
                "headers": headers,
                "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
            },
        )
