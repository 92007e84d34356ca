"""How a reply goes out: what uvicorn does, in half the time for a short one.

uvicorn checks every line of every head anew and writes head and body apart. Here a line that was
sound once is sound again, and a head waits for its body, so that both are one write. The head of a
stream goes out at once: whoever reads it has to know that there is one.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

from uvicorn._types import ASGISendEvent
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle

# RFC 9110, 5.6.2 and 5.5: a token, and no control character but the tab.
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NO_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
# They differ each time, and one of them is secret: neither is worth remembering.
_NEVER_TWICE = frozenset({b"x-request-id", b"set-cookie"})
_WITHOUT_BODY = frozenset({204, 304})


class Reply(RequestResponseCycle):
    """One request's. Names of headers come in lower case, as Starlette has them."""

    _waiting = b""  # a head whose body is not there yet

    async def send(self, message: ASGISendEvent) -> None:
        if self.flow.write_paused and not self.disconnected:
            await self.flow.drain()
        if self.disconnected:
            return
        if message["type"] == "http.response.start" and not self.response_started:
            self._begin(message["status"], message.get("headers", ()))
        elif message["type"] == "http.response.body" and not self.response_complete:
            if not self.response_started:
                raise RuntimeError("A body without a head.")
            self._go_on(message.get("body", b""), is_last=not message.get("more_body", False))
        else:
            raise RuntimeError(f"{message['type']} cannot be sent now.")

    def _begin(self, status: int, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.response_started = True
        self.waiting_for_100_continue = False
        lines = [STATUS_LINE[status]]
        has_length = says_close = False
        for name, value in headers:
            lines.append(_check(name, value) if name in _NEVER_TWICE else _line(name, value))
            if name == b"content-length":
                self.expected_content_length = int(value)
                has_length = True
            elif name == b"connection" and value.lower() == b"close":
                self.keep_alive = False
                says_close = True
        if not self.keep_alive and not says_close:
            lines.append(b"connection: close\r\n")
        has_body = self.scope["method"] != "HEAD" and status not in _WITHOUT_BODY
        self.chunked_encoding = has_body and not has_length
        if self.chunked_encoding:
            lines.append(b"transfer-encoding: chunked\r\n")
        lines.append(b"\r\n")
        head = b"".join(lines)
        if self.chunked_encoding:
            self.transport.write(head)
        else:
            self._waiting = head

    def _go_on(self, body: bytes, *, is_last: bool) -> None:
        if self.scope["method"] == "HEAD":
            body = b""
            self.expected_content_length = 0
        elif self.chunked_encoding:
            body = b"%x\r\n%b\r\n" % (len(body), body) if body else b""
            if is_last:
                body += b"0\r\n\r\n"
        else:
            self.expected_content_length -= len(body)
            if self.expected_content_length < 0 or (is_last and self.expected_content_length):
                raise RuntimeError("The body is not as long as the reply says.")
        self.transport.write(self._waiting + body)
        self._waiting = b""
        if is_last:
            self.response_complete = True
            self.message_event.set()
            if not self.keep_alive:
                self.transport.close()
            self.on_response()


def _check(name: bytes, value: bytes) -> bytes:
    """A line of a head. Raises RuntimeError for what would be another line, or none."""
    if not _NAME.fullmatch(name) or _NO_VALUE.search(value):
        raise RuntimeError("A header that cannot be sent.")
    return b"%b: %b\r\n" % (name, value)


_line = lru_cache(maxsize=1024)(_check)
