"""uvicorn's HTTP connection with the bounds it lacks: on a request's head, and on a slow reader.

httptools takes heads of any length and waits for them for ever; a reader that stops reading holds
its reply for ever. Thousands of such clients must not cost the honest ones anything.
"""

import asyncio
import json
import secrets
from typing import Any
from urllib.parse import unquote

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from frontdesk.web.problems import MEDIA_TYPE, problem_document
from frontdesk.web.replies import Reply

MAX_HEAD_BYTES = 32_768


def bounded_connection(head_seconds: float, stall_seconds: float) -> type[asyncio.Protocol]:
    """A connection class for uvicorn. `head_seconds` from connecting, or from the first byte of a
    later request, to the end of its head; `stall_seconds` for a reader to take what is waiting.
    """

    class Connection(BoundedConnection):
        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, Any],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(config, server_state, app_state, _loop)
            self.head_seconds = head_seconds
            self.stall_seconds = stall_seconds

    return Connection


class BoundedConnection(HttpToolsProtocol):
    head_seconds: float
    stall_seconds: float
    _head_timer: asyncio.TimerHandle | None = None
    _stall_timer: asyncio.TimerHandle | None = None
    _is_in_head = False
    _head_bytes = 0
    _has_message_ended = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._start_head_timer()

    def connection_lost(self, exc: Exception | None) -> None:
        self._stop_head_timer()
        self._stop_stall_timer()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        self._has_message_ended = False
        super().data_received(data)
        if self.transport.is_closing():
            return
        # Where a message ended in this piece, most of it was not the head that begins behind.
        if self._is_in_head and not self._has_message_ended:
            self._head_bytes += len(data)
            if self._head_bytes > MAX_HEAD_BYTES:
                self._refuse(431, "headers_too_large", "The request's headers are too large.")
                return
        is_idle = self.cycle is None or self.cycle.response_complete  # type: ignore[redundant-expr]
        if is_idle and self._head_timer is None:
            self._start_head_timer()

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self._is_in_head = True
        self._head_bytes = 0

    def on_headers_complete(self) -> None:
        """As uvicorn's, with a Reply, and without what Frontdesk has not: WebSockets, a root path,
        a bound on connections.
        """
        self._is_in_head = False
        self._stop_head_timer()
        url = httptools.parse_url(self.url)
        path = url.path.decode("ascii")
        version = self.parser.get_http_version()
        self.scope["method"] = self.parser.get_method().decode("ascii")
        self.scope["http_version"] = version
        self.scope["path"] = unquote(path) if "%" in path else path
        self.scope["raw_path"] = url.path
        self.scope["query_string"] = url.query or b""
        before = self.cycle
        self.cycle = Reply(
            scope=self.scope,
            transport=self.transport,
            flow=self.flow,
            logger=self.logger,
            access_logger=self.access_logger,
            access_log=False,
            default_headers=[],
            message_event=asyncio.Event(),
            expect_100_continue=self.expect_100_continue,
            keep_alive=version != "1.0" and self.parser.should_keep_alive(),
            on_response=self.on_response_complete,
        )
        # uvicorn types `cycle` without the None that it starts with.
        if before is None or before.response_complete:  # type: ignore[redundant-expr]
            self._start_asgi_task(self.cycle, self.app)
        else:  # pipelined: it waits for its turn
            self.flow.pause_reading()
            self.pipeline.appendleft((self.cycle, self.app))

    def on_message_complete(self) -> None:
        self._has_message_ended = True
        super().on_message_complete()

    def send_400_response(self, msg: str) -> None:
        del msg  # httptools's wording
        self._refuse(400, "malformed_request", "This is not a readable HTTP request.")

    def pause_writing(self) -> None:
        super().pause_writing()
        self._stop_stall_timer()
        self._stall_timer = self.loop.call_later(self.stall_seconds, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_stall_timer()
        super().resume_writing()

    def _start_head_timer(self) -> None:
        self._head_timer = self.loop.call_later(self.head_seconds, self._give_up_on_head)

    def _stop_head_timer(self) -> None:
        if self._head_timer is not None:
            self._head_timer.cancel()
            self._head_timer = None

    def _stop_stall_timer(self) -> None:
        if self._stall_timer is not None:
            self._stall_timer.cancel()
            self._stall_timer = None

    def _give_up_on_head(self) -> None:
        self._head_timer = None
        if self._is_in_head:
            self._refuse(408, "request_timeout", "The request took too long to arrive.")
        else:
            self.transport.close()

    def _refuse(self, status: int, code: str, detail: str) -> None:
        """Reply without the application, which cannot see a request that has no end."""
        if self.transport.is_closing():
            return
        request_id = secrets.token_hex(16)
        body = json.dumps(problem_document(status, code, detail, request_id)).encode()
        head = (
            f"content-type: {MEDIA_TYPE}\r\ncontent-length: {len(body)}\r\n"
            f"cache-control: no-store\r\nx-content-type-options: nosniff\r\n"
            f"x-request-id: {request_id}\r\nconnection: close\r\n\r\n"
        )
        self.transport.write(STATUS_LINE[status] + head.encode() + body)
        self.transport.close()
