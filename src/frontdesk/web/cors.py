"""CORS (Fetch standard, 3.2) for the visitor routes, bound to the projects' sites.

Admin routes get none, so no page of another origin can read a reply of theirs. Credentials are
never allowed: the visitor's token travels in a header that the page itself sets.
"""

from collections.abc import Awaitable, Callable, Sequence
from re import Pattern

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.errors import Unavailable
from frontdesk.web.problems import make_problem, request_id_of
from frontdesk.web.routes import Access, PublicRoute

NoteRefused = Callable[[str], Awaitable[None]]
IsSiteOrigin = Callable[[str], Awaitable[bool]]

ALLOWED_HEADERS = "Authorization, Content-Type, Idempotency-Key, X-Request-ID"
EXPOSED_HEADERS = "Idempotent-Replayed, Retry-After, X-Request-ID"
MAX_AGE_SECONDS = 7200  # as long as Chromium keeps a preflight


class Cors:
    def __init__(
        self,
        app: ASGIApp,
        *,
        routes: Sequence[PublicRoute],
        is_site_origin: IsSiteOrigin,
        note_refused: NoteRefused | None = None,
    ) -> None:
        """`note_refused` is told the origins that may not send anything."""
        self._app = app
        self._note_refused = note_refused
        self._is_site_origin = is_site_origin
        self._methods_by_path: dict[str, list[str]] = {}
        self._templates: dict[Pattern[str], str] = {}
        for route in routes:
            if route.access in {Access.SITE, Access.CONVERSATION}:
                self._methods_by_path.setdefault(route.path, []).append(route.method)
                if route.param_convertors:
                    self._templates[route.path_regex] = route.path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        methods = self._methods_of(scope["path"]) if scope["type"] == "http" else ()
        # An admin route may have the same path and another method.
        if not methods or scope["method"] not in {*methods, "OPTIONS"}:
            await self._app(scope, receive, send)
            return
        origin = _header(scope, b"origin")
        headers = [(b"vary", b"Origin")]
        is_allowed = origin is not None and await self._allows(origin)
        if origin is not None and is_allowed:
            headers += [
                (b"access-control-allow-origin", origin.encode("latin-1")),
                (b"access-control-expose-headers", EXPOSED_HEADERS.encode()),
            ]

        async def send_with_cors(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": [*message.get("headers", ()), *headers]}
            await send(message)

        if scope["method"] == "OPTIONS" and _header(scope, b"access-control-request-method"):
            if origin is not None and not is_allowed and self._note_refused is not None:
                await self._note_refused(origin)
            reply = _preflight(methods) if is_allowed else _refusal(scope)
            await reply(scope, receive, send_with_cors)
        else:
            await self._app(scope, receive, send_with_cors)

    async def _allows(self, origin: str) -> bool:
        if origin == "null":  # a sandboxed frame, a local file: nobody's site
            return False
        try:
            return await self._is_site_origin(origin)
        except Unavailable:
            return False

    def _methods_of(self, path: str) -> Sequence[str]:
        if path in self._methods_by_path:
            return self._methods_by_path[path]
        for pattern, template in self._templates.items():
            if pattern.match(path):
                return self._methods_by_path[template]
        return ()


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


def _header(scope: Scope, wanted: bytes) -> str | None:
    for name, value in scope["headers"]:
        if name == wanted:
            return str(value, "latin-1")
    return None
