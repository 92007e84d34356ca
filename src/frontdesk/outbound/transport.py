"""HTTP/1.1 to the operator's servers: a transport for httpx2's client.

httpx2's own reads a reply in Python, chunk by chunk through ten layers: a model's reply of twenty
pieces took 1.3 ms of CPU with it, and takes a third with this. What is delicate is left to those
who do it well: replies are read by llhttp (`httptools`, which reads requests too), connections,
TLS and time-outs are httpcore2's.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from typing import NamedTuple

import httpcore2
import httptools
import httpx2

from frontdesk.outbound.trust import system_trust

Origin = tuple[str, str, int | None]

MAX_HEAD_BYTES = 65_536
READ_BYTES = 65_536
IDLE_SECONDS = 30.0
IDLE_CONNECTIONS = 20
# RFC 9110, 5.6.2 and 5.5.
_NAME = re.compile(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_NO_VALUE = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_HTTP_ERROR = (httpcore2.TimeoutException, httpcore2.NetworkError)


def origin_of(address: str | httpx2.URL) -> Origin:
    url = httpx2.URL(address)
    return url.scheme, url.host, url.port


class _Idle(NamedTuple):
    stream: httpcore2.AsyncNetworkStream
    until: float  # by the event loop's clock


class Http1Transport(httpx2.AsyncBaseTransport):
    """Bodies are sent whole. How many requests are under way is for those who make them."""

    def __init__(self) -> None:
        self._network = httpcore2.AnyIOBackend()
        self._idle: dict[Origin, list[_Idle]] = {}

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        head = _make_head(request)
        body = await request.aread()
        seconds = request.extensions.get("timeout", {})
        with _as_httpx2(request):
            stream = await self._find_idle(request) or await self._connect(request, seconds)
            exchange = _Exchange(self, request, stream, seconds.get("read"))
            try:
                await stream.write(head + body, timeout=seconds.get("write"))
                await exchange.read_head()
            except BaseException:
                await stream.aclose()
                raise
        return httpx2.Response(exchange.status, headers=exchange.headers, stream=exchange)

    async def aclose(self) -> None:
        for idle in self._idle.values():
            for connection in idle:
                await connection.stream.aclose()
        self._idle.clear()

    async def _find_idle(self, request: httpx2.Request) -> httpcore2.AsyncNetworkStream | None:
        now = asyncio.get_running_loop().time()
        idle = self._idle.get(origin_of(request.url), [])
        while idle:
            connection = idle.pop()
            # What can be read of one where nothing was asked is its end.
            if now < connection.until and not connection.stream.get_extra_info("is_readable"):
                return connection.stream
            await connection.stream.aclose()
        return None

    async def _connect(
        self, request: httpx2.Request, seconds: dict[str, float | None]
    ) -> httpcore2.AsyncNetworkStream:
        scheme, host, port = origin_of(request.url)
        is_secure = scheme == "https"
        port = port or (443 if is_secure else 80)
        stream = await self._network.connect_tcp(host, port, timeout=seconds.get("connect"))
        if is_secure:
            stream = await stream.start_tls(system_trust(), host, timeout=seconds.get("connect"))
        return stream

    async def keep(self, request: httpx2.Request, stream: httpcore2.AsyncNetworkStream) -> None:
        """A connection whose reply was read to its end may bring the next one."""
        idle = self._idle.setdefault(origin_of(request.url), [])
        if len(idle) >= IDLE_CONNECTIONS:
            await stream.aclose()
            return
        idle.append(_Idle(stream, asyncio.get_running_loop().time() + IDLE_SECONDS))


class _Exchange(httpx2.AsyncByteStream):
    """One reply as it arrives, by llhttp's callbacks; pieces that came together are given together.

    An interim reply (1xx) is passed over.
    """

    def __init__(
        self,
        transport: Http1Transport,
        request: httpx2.Request,
        stream: httpcore2.AsyncNetworkStream,
        read_seconds: float | None,
    ) -> None:
        self.status = 0
        self.headers: list[tuple[bytes, bytes]] = []
        self._transport = transport
        self._request = request
        self._stream = stream
        self._read_seconds = read_seconds
        self._parser = httptools.HttpResponseParser(self)
        self._pieces: list[bytes] = []
        self._is_whole = False
        self._may_keep = False
        self._has_ended = False

    async def read_head(self) -> None:
        head_bytes = 0
        while not self.status:
            head_bytes += await self._read()
            if head_bytes > MAX_HEAD_BYTES + READ_BYTES:
                raise httpx2.RemoteProtocolError("A head without end.", request=self._request)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _as_httpx2(self._request):
            while True:
                if self._pieces:
                    pieces, self._pieces = self._pieces, []
                    yield b"".join(pieces)
                elif self._is_whole:
                    return
                else:
                    await self._read()

    async def aclose(self) -> None:
        if self._has_ended:
            return
        self._has_ended = True
        if self._is_whole and self._may_keep:
            await self._transport.keep(self._request, self._stream)
        else:
            await self._stream.aclose()

    async def _read(self) -> int:
        data = await self._stream.read(READ_BYTES, timeout=self._read_seconds)
        if data:
            try:
                self._parser.feed_data(data)
            except (httptools.HttpParserError, httptools.HttpParserUpgrade):
                raise httpx2.RemoteProtocolError(
                    "This is not HTTP.", request=self._request
                ) from None
        elif self.status and not self._says_its_length():
            self._is_whole = True
        else:
            raise httpx2.RemoteProtocolError("The reply broke off.", request=self._request)
        return len(data)

    def _says_its_length(self) -> bool:
        """Otherwise it ends where the connection does (RFC 9112, 6.3)."""
        names = {name.lower() for name, _ in self.headers}
        return not names.isdisjoint({b"content-length", b"transfer-encoding"})

    def on_message_begin(self) -> None:
        if self._is_whole:
            raise ValueError("nobody asked for a second reply")
        self.headers = []

    def on_header(self, name: bytes, value: bytes) -> None:
        if not self.status:  # no trailers
            self.headers.append((name, value))

    def on_headers_complete(self) -> None:
        status = self._parser.get_status_code()
        self.status = status if status >= 200 else 0

    def on_body(self, body: bytes) -> None:
        self._pieces.append(body)

    def on_message_complete(self) -> None:
        self._is_whole = bool(self.status)
        self._may_keep = self._parser.should_keep_alive()


def _make_head(request: httpx2.Request) -> bytes:
    lines = [b"%b %b HTTP/1.1\r\n" % (request.method.encode(), request.url.raw_path)]
    for name, value in request.headers.raw:
        if not _NAME.fullmatch(name) or _NO_VALUE.search(value):
            raise httpx2.LocalProtocolError("A header that cannot be sent.", request=request)
        if name.lower() == b"transfer-encoding":
            raise httpx2.LocalProtocolError("A body is sent whole.", request=request)
        lines.append(b"%b: %b\r\n" % (name, value))
    lines.append(b"\r\n")
    return b"".join(lines)


@contextmanager
def _as_httpx2(request: httpx2.Request) -> Iterator[None]:
    """The errors of the connection by the names that httpx2 has for them, which are the same."""
    try:
        yield
    except _HTTP_ERROR as error:
        kind: type[httpx2.TransportError] = getattr(httpx2, type(error).__name__)
        raise kind(str(error), request=request) from error
