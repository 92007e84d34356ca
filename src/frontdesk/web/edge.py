"""The outermost layer: what every request and every reply has, whatever happens further in.

A request id, security headers, one log line, its share of the metrics; and an unexpected exception
becomes a 500 that says nothing. Messages pass one by one: nothing here waits for a whole body.
What can be told from a request's head alone is looked at here too, one check after the other: a
layer of its own around the application costs every message.
"""

import re
import secrets
from collections.abc import Callable, Sequence
from time import perf_counter

import structlog
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.errors import FrontdeskError
from frontdesk.operations.logs import RequestLines, request_id_in_logs
from frontdesk.operations.request_counts import RequestCounts
from frontdesk.web.headers import find_header
from frontdesk.web.problems import make_problem, problem_response
from frontdesk.web.security_headers import SecurityHeaders

NO_ROUTE = "(none)"  # one name for all unknown paths: a scanner must not fill the metrics
QUIET_ROUTES = frozenset({"/health/live", "/health/ready", "/metrics"})
_SANE_ID = re.compile(r"[A-Za-z0-9._-]{8,64}")
_log = structlog.get_logger("frontdesk.access")

# Looks at a request's head, may correct it, and gives the reply where the request goes no further.
Check = Callable[[Scope], Response | None]


class Edge:
    """`checks` are made in their order."""

    def __init__(
        self,
        app: ASGIApp,
        *,
        counts: RequestCounts,
        is_production: bool,
        checks: Sequence[Check] = (),
    ) -> None:
        self._app = app
        self._counts = counts
        self._checks = checks
        self._lines = RequestLines()
        self._security_headers = SecurityHeaders(is_production=is_production)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started_at = perf_counter()
        request_id = incoming_request_id(scope) or secrets.token_hex(16)
        scope["frontdesk.request_id"] = request_id
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = list(message.get("headers", ()))
                headers += self._security_headers.missing_from(headers)
                headers.append((b"x-request-id", request_id.encode()))
                message = {**message, "headers": headers}
            await send(message)

        outside = request_id_in_logs.set(request_id)
        try:
            refusal = self._refuse(scope)
            await (refusal or self._app)(scope, receive, send_with_headers)
        except Exception as error:  # noqa: BLE001 - the last resort
            if status:
                _log.exception("unexpected error", exc_info=error)
                raise UnfinishedReplyError from None  # the server drops the connection
            if isinstance(error, FrontdeskError):  # from the layers between here and the routes
                reply = problem_response(error, Request(scope))
            else:
                _log.exception("unexpected error", exc_info=error)
                reply = make_problem(
                    request_id, 500, "internal_error", "Something went wrong on our side."
                )
            await reply(scope, receive, send_with_headers)
        finally:
            self._record(scope, status, perf_counter() - started_at)
            request_id_in_logs.reset(outside)

    def _refuse(self, scope: Scope) -> Response | None:
        for check in self._checks:
            refusal = check(scope)
            if refusal is not None:
                return refusal
        return None

    def _record(self, scope: Scope, status: int, seconds: float) -> None:
        route = route_template(scope)
        self._counts.count(scope["method"], route, status, seconds)
        # The path itself may hold ids and the query may hold anything: only the template is logged.
        if route not in QUIET_ROUTES:
            self._lines.write(scope["method"], route, status, seconds)


class UnfinishedReplyError(Exception):
    """A reply broke off after its head was sent; the cause stands in the log line before."""


def incoming_request_id(scope: Scope) -> str | None:
    """The caller's own `X-Request-ID`, where it is 8 to 64 of `A-Za-z0-9._-`."""
    sent = find_header(scope, b"x-request-id")
    return sent if sent and _SANE_ID.fullmatch(sent) else None


def route_template(scope: Scope) -> str:
    """`/v1/leads/{lead_id}`, or the mount's path, or NO_ROUTE."""
    route = scope.get("route")
    if route is not None:
        return str(route.path)
    mounted_at = scope.get("root_path", "")
    return f"{mounted_at}/*" if mounted_at else NO_ROUTE
