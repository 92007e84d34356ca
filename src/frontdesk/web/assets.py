"""The built widget: the tag under its one name, the panel under a name that its content makes.

Read into memory at start with the compressed forms that the build put beside each file.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from starlette.requests import Request
from starlette.responses import Response

from frontdesk.errors import NotFound
from frontdesk.web.routes import Access, PublicRoute

FOLDER = Path(__file__).parent / "assets"
TAG_CACHING = "public, max-age=300, stale-while-revalidate=86400"
HASHED_CACHING = "public, max-age=31536000, immutable"
_PART = re.compile(r"([a-z]+)-[0-9a-f]{12}\.js")
_SUFFIXES = {"br": ".br", "gzip": ".gz", "identity": ""}  # best first


class WidgetNotBuiltError(Exception):
    """The service cannot start without the widget's files."""


class Asset(NamedTuple):
    """`forms` holds the bytes by content coding, best first."""

    forms: Mapping[str, bytes]
    etags: Mapping[str, str]


def load_assets(folder: Path = FOLDER) -> dict[str, Asset]:
    """Every file of the manifest, by name. Raises WidgetNotBuiltError."""
    try:
        manifest = json.loads((folder / "manifest.json").read_bytes())
        return {entry["file"]: _load(folder / entry["file"]) for entry in manifest.values()}
    except (OSError, ValueError, KeyError) as error:
        raise WidgetNotBuiltError(
            f"The widget is not built in {folder}: run script/build-widget."
        ) from error


def routes(assets: Mapping[str, Asset]) -> list[PublicRoute]:
    parts = {part[1]: asset for name, asset in assets.items() if (part := _PART.fullmatch(name))}

    async def serve_tag(request: Request) -> Response:
        return _reply(request, assets["widget.js"], TAG_CACHING)

    async def serve_file(request: Request) -> Response:
        name = request.path_params["file"]
        if name in assets:
            return _reply(request, assets[name], HASHED_CACHING)
        # A browser may run a stale tag once more after an upgrade, and that one names parts of
        # its own time. Today's in their place mostly do; nothing at all never does.
        part = _PART.fullmatch(name)
        if part is None or part[1] not in parts:
            raise NotFound("not_found", "There is no such file.")
        return _reply(request, parts[part[1]], "no-store")

    return [
        PublicRoute(
            "GET",
            "/widget.js",
            serve_tag,
            access=Access.ANYONE,
            summary="The tag",
            reply_type="text/javascript",
        ),
        PublicRoute(
            "GET",
            "/assets/{file}",
            serve_file,
            access=Access.ANYONE,
            summary="What the tag loads",
            reply_type="text/javascript",
            problems={404: ["not_found"]},
        ),
    ]


def _load(path: Path) -> Asset:
    forms = {
        coding: path.with_name(path.name + end).read_bytes() for coding, end in _SUFFIXES.items()
    }
    digest = hashlib.sha256(forms["identity"]).hexdigest()[:20]
    # RFC 9110, 8.8.3.3: each coding is a representation of its own, so each has its own tag.
    return Asset(forms, {coding: f'"{digest}-{coding}"' for coding in forms})


def _reply(request: Request, asset: Asset, caching: str) -> Response:
    coding = choose_coding(request.headers.get("accept-encoding", ""), asset.forms)
    headers = {
        "Cache-Control": caching,
        "ETag": asset.etags[coding],
        "Vary": "Accept-Encoding",
        # Every site's pages load these: as a script, and as a module, which is fetched with CORS.
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if has_matching_etag(request.headers.get("if-none-match", ""), asset.etags[coding]):
        return Response(status_code=304, headers=headers)
    if coding != "identity":
        headers["Content-Encoding"] = coding
    return Response(asset.forms[coding], headers=headers, media_type="text/javascript")


def choose_coding(accept_encoding: str, codings: Iterable[str]) -> str:
    """The coding that the client wants most (RFC 9110, 12.5.3); among equals the first."""
    weights: dict[str, float] = {}
    for part in accept_encoding.lower().split(","):
        name, _, parameter = part.partition(";")
        try:
            weights[name.strip()] = float(parameter.strip().removeprefix("q=") or 1)
        except ValueError:
            weights[name.strip()] = 0.0

    def weight(coding: str) -> float:
        # Not named, identity is still acceptable, and less wanted than whatever is named.
        return weights.get(coding, weights.get("*", 0.0001 if coding == "identity" else 0.0))

    best = max(codings, key=weight)
    return best if weight(best) > 0 else "identity"


def has_matching_etag(if_none_match: str, etag: str) -> bool:
    """RFC 9110, 13.1.2, by weak comparison: a proxy may have weakened our tag."""
    candidates = [part.strip().removeprefix("W/") for part in if_none_match.split(",")]
    return etag in candidates or "*" in candidates
