"""CORS (Fetch standard, 3.2) for the visitor routes, bound to the projects' sites.

Admin routes get none, so no page of another origin can read a reply of theirs. Credentials are
never allowed: the visitor's token travels in a header that the page itself sets.
"""

from collections.abc import Awaitable, Callable, Sequence
from re import Pattern

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.errors import Unavailable
from frontdesk.web.headers import find_header
from frontdesk.web.problems import make_problem, request_id_of
from frontdesk.web.routes import Access, PublicRoute

NoteRefused = Callable[[str], Awaitable[None]]
IsSiteOrigin = Callable[[str], Awaitable[bool]]

ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-Request-ID"
EXPOSED_HEADERS = "Idempotent-Replayed, Retry-After, X-Request-ID"
MAX_AGE_SECONDS = 7200  # as long as Chromium keeps a preflight


def is_for_sites(route: PublicRoute) -> bool:
    return route.access in {Access.SITE, Access.CONVERSATION}


class Cors:
    """Around a visitor route: the pages of projects' sites may read its replies, errors too."""

    def __init__(self, app: ASGIApp, is_site_origin: IsSiteOrigin) -> None:
        self._app = app
        self._is_site_origin = is_site_origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = await _headers_for(find_header(scope, b"origin"), self._is_site_origin)

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *headers]}
            await send(message)

        await self._app(scope, receive, send_with_cors)


class Preflights:
    """Answers what a browser asks before it sends a page's request to a visitor route.

    `note_refused` is told the origins that may not send anything.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Sequence[PublicRoute],
        is_site_origin: IsSiteOrigin,
        note_refused: NoteRefused | None = None,
    ) -> None:
        self._app = app
        self._note_refused = note_refused
        self._is_site_origin = is_site_origin
        self._methods_by_path: dict[Pattern[str], list[str]] = {}
        for route in filter(is_for_sites, routes):
            self._methods_by_path.setdefault(route.path_regex, []).append(route.method)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_preflight = (
            scope["type"] == "http"
            and scope["method"] == "OPTIONS"
            and find_header(scope, b"access-control-request-method")
        )
        methods = self._methods_of(scope["path"]) if is_preflight else ()
        if not methods:
            await self._app(scope, receive, send)
            return
        origin = find_header(scope, b"origin")
        headers = await _headers_for(origin, self._is_site_origin)
        is_allowed = len(headers) > 1
        if origin is not None and not is_allowed and self._note_refused is not None:
            await self._note_refused(origin)
        reply = _preflight(methods) if is_allowed else _refusal(scope)
        reply.raw_headers += headers
        await reply(scope, receive, send)

    def _methods_of(self, path: str) -> Sequence[str]:
        for pattern, methods in self._methods_by_path.items():
            if pattern.match(path):
                return methods
        return ()


async def _headers_for(
    origin: str | None, is_site_origin: IsSiteOrigin
) -> list[tuple[bytes, bytes]]:
    """Only `Vary` where this origin may read nothing."""
    headers = [(b"vary", b"Origin")]
    if origin is not None and await _allows(origin, is_site_origin):
        headers += [
            (b"access-control-allow-origin", origin.encode("latin-1")),
            (b"access-control-expose-headers", EXPOSED_HEADERS.encode()),
        ]
    return headers


async def _allows(origin: str, is_site_origin: IsSiteOrigin) -> bool:
    if origin == "null":  # a sandboxed frame, a local file: nobody's site
        return False
    try:
        return await is_site_origin(origin)
    except Unavailable:
        return False


def _preflight(methods: Sequence[str]) -> Response:
    return Response(
        status_code=204,
        headers={
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": ALLOWED_HEADERS,
            "Access-Control-Max-Age": str(MAX_AGE_SECONDS),
        },
    )


def _refusal(scope: Scope) -> Response:
    return make_problem(
        request_id_of(scope), 403, "origin_not_allowed", "This page is not on a project's site."
    )
