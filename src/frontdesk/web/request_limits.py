"""How much a client may send, and how long it may take.

The head of a request is bounded by `web/connection.py`; here are the URL and the body.
"""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.errors import TooLarge, TooSlow
from frontdesk.web.headers import find_header
from frontdesk.web.problems import make_problem, problem_response, request_id_of

MAX_URL_BYTES = 8192


def refuse_long_url(scope: Scope) -> Response | None:
    """414 for a path and query of more than MAX_URL_BYTES together."""
    if len(scope.get("raw_path") or b"") + len(scope["query_string"]) <= MAX_URL_BYTES:
        return None
    return make_problem(request_id_of(scope), 414, "url_too_long", "The address is too long.")


class LimitBody:
    """Refuses a body over `max_bytes` (413), or one that takes longer than `seconds` (408).

    Past the declared length it raises out of `receive`, so whoever reads the body stops there, and
    what is left of it is never taken: the reply to either error closes the connection.
    """

    def __init__(self, app: ASGIApp, max_bytes: int, seconds: float) -> None:
        self._app = app
        self._max_bytes = max_bytes
        self._seconds = seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        # Nothing reads the body of a GET, and what nobody asks for uvicorn does not take in.
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        if declared_bytes(scope) > self._max_bytes:
            refusal = problem_response(self._too_large(), Request(scope))
            await refusal(scope, receive, send)
            return
        deadline = asyncio.get_running_loop().time() + self._seconds
        received_bytes = 0
        is_complete = False

        async def receive_within_limits() -> Message:
            nonlocal received_bytes, is_complete
            if is_complete:  # now it waits for the client to hang up, which may take its time
                return await receive()
            try:
                async with asyncio.timeout_at(deadline):
                    message = await receive()
            except TimeoutError:
                raise TooSlow("request_timeout", "The request took too long to arrive.") from None
            received_bytes += len(message.get("body", b""))
            if received_bytes > self._max_bytes:
                raise self._too_large()
            is_complete = not message.get("more_body", False)
            return message

        await self._app(scope, receive_within_limits, send)

    def _too_large(self) -> TooLarge:
        return TooLarge("body_too_large", f"The body is larger than {self._max_bytes} bytes.")


def declared_bytes(scope: Scope) -> int:
    """The Content-Length; 0 where there is none. The server refuses one that is no number."""
    return int(find_header(scope, b"content-length") or 0)
