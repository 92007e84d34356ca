"""The style sheet, script and icon of the dashboard, under names that change with their content."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from frontdesk.errors import NotFound
from frontdesk.web.routes import Access, PublicRoute

STATIC_PATH = "/dashboard/static"
# The preview's frame is an origin of its own, so its parts are fetched from another one.
_FOR_FRAMES = {"preview.css", "preview.js"}
_MEDIA_TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


class StaticFile(NamedTuple):
    served_name: str
    content: bytes
    media_type: str
    is_for_frames: bool


def _load(folder: Path) -> Mapping[str, StaticFile]:
    files = {}
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        digest = hashlib.sha256(content).hexdigest()[:12]
        files[path.name] = StaticFile(
            f"{path.stem}-{digest}{path.suffix}",
            content,
            _MEDIA_TYPES[path.suffix],
            path.name in _FOR_FRAMES,
        )
    return files


_FILES = _load(Path(__file__).parent / "static")
_BY_SERVED_NAME = {file.served_name: file for file in _FILES.values()}


def static_url(name: str) -> str:
    return f"{STATIC_PATH}/{_FILES[name].served_name}"


def route() -> PublicRoute:
    return PublicRoute(
        "GET",
        STATIC_PATH + "/{name}",
        _serve,
        access=Access.ANYONE,
        summary="A file of the dashboard",
        include_in_schema=False,
    )


async def _serve(request: Request) -> Response:
    file = _BY_SERVED_NAME.get(request.path_params["name"])
    if file is None:
        raise NotFound("not_found", "There is no such file.")
    etag = f'"{file.served_name}"'
    headers = {"Cache-Control": "public, max-age=31536000, immutable", "ETag": etag}
    if file.is_for_frames:
        headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    if request.headers.get("if-none-match") == etag:
        return Response(status_code=304, headers=headers)
    return Response(file.content, media_type=file.media_type, headers=headers)
