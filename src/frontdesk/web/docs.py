"""The API's documentation: the OpenAPI document, and a page that people can read.

The page is rendered here, from the document: it works offline, without a script, under a strict
content security policy.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from frontdesk.web.routes import Access, PublicRoute

HERE = Path(__file__).parent
METHODS = ("get", "post", "put", "patch", "delete")
_BACKTICKED = re.compile("`([^`]+)`")
CACHING = "public, max-age=300"


class Operation(NamedTuple):
    """`id` is its address on the page."""

    id: str
    method: str
    path: str
    described: Mapping[str, Any]


class Property(NamedTuple):
    """One line of a body: `name` is dotted, `[]` stands behind a list's name."""

    name: str
    kind: str
    is_required: bool
    description: str


def routes(make_document: Callable[[], dict[str, Any]]) -> list[PublicRoute]:
    """`make_document` is called once, when somebody first asks."""

    @cache
    def document() -> dict[str, Any]:
        return make_document()

    @cache
    def encoded() -> bytes:
        return json.dumps(document(), ensure_ascii=False, separators=(",", ":")).encode()

    @cache
    def page() -> str:
        return render_page(document())

    async def serve_document(_request: Request) -> Response:
        return Response(
            encoded(), media_type="application/json", headers={"Cache-Control": CACHING}
        )

    async def serve_page(_request: Request) -> Response:
        return HTMLResponse(page(), headers={"Cache-Control": CACHING})

    async def serve_style(_request: Request) -> Response:
        style = (HERE / "static" / "docs.css").read_bytes()
        return Response(style, media_type="text/css", headers={"Cache-Control": CACHING})

    return [
        PublicRoute(
            "GET",
            "/openapi.json",
            serve_document,
            access=Access.ANYONE,
            summary="This document",
        ),
        _page_route("/docs", serve_page),
        _page_route("/docs/style.css", serve_style),
    ]


def _page_route(path: str, endpoint: Callable[[Request], Any]) -> PublicRoute:
    return PublicRoute(
        "GET", path, endpoint, access=Access.ANYONE, summary=path, include_in_schema=False
    )


def render_page(document: Mapping[str, Any]) -> str:
    templates = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters["prose"] = mark_code
    return templates.get_template("docs.html").render(
        info=document["info"],
        groups=[
            (
                tag,
                [
                    operation
                    for operation in list_operations(document)
                    if tag["name"] in operation.described["tags"]
                ],
            )
            for tag in document["tags"]
        ],
        properties=lambda schema: list(list_properties(schema, document)),
        name_type=lambda schema: name_type(schema, document),
    )


def mark_code(text: str) -> Markup:
    """Text with its `backticked` parts as code; everything in it is escaped."""
    return Markup(_BACKTICKED.sub(r"<code>\1</code>", str(escape(text))))  # noqa: S704


def list_operations(document: Mapping[str, Any]) -> list[Operation]:
    return [
        Operation(path_item[method]["operationId"], method.upper(), path, path_item[method])
        for path, path_item in document["paths"].items()
        for method in METHODS
        if method in path_item
    ]


def list_properties(
    schema: Mapping[str, Any], document: Mapping[str, Any], prefix: str = "", depth: int = 3
) -> Iterator[Property]:
    """The fields of a body, nested ones under their dotted names, `depth` levels down."""
    schema = _resolve(schema, document)
    if schema.get("type") == "array":
        schema = _resolve(schema["items"], document)
    required = schema.get("required", ())
    for name, field in schema.get("properties", {}).items():
        resolved = _resolve(field, document)
        description = field.get("description") or resolved.get("description") or ""
        yield Property(
            prefix + name,
            name_type(field, document),
            name in required,
            description.split("\n\n")[0],
        )
        if depth > 1:
            suffix = "[]." if resolved.get("type") == "array" else "."
            yield from list_properties(field, document, f"{prefix}{name}{suffix}", depth - 1)


def name_type(schema: Mapping[str, Any], document: Mapping[str, Any]) -> str:
    """`string`, `list of Message`, `price | visit`, with `or null` where it may be."""
    options = schema.get("anyOf")
    if options:
        names = [name_type(option, document) for option in options]
        return " or ".join(dict.fromkeys(names))
    resolved = _resolve(schema, document)
    if "enum" in resolved:
        return " | ".join(map(str, resolved["enum"]))
    if resolved.get("type") == "array":
        return f"list of {name_type(resolved.get('items', {}), document)}"
    kind = str(resolved.get("type", "any"))
    return f"{kind} ({resolved['format']})" if "format" in resolved else kind


def _resolve(schema: Mapping[str, Any], document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Follow a reference; of alternatives the first that is not null."""
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolve(option, document)
    reference = schema.get("$ref")
    if reference is None:
        return schema
    name = str(reference).rsplit("/", 1)[-1]
    resolved: Mapping[str, Any] = document["components"]["schemas"][name]
    return resolved
