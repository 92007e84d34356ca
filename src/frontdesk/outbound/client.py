"""The only way out of the process to addresses that members of the installation write down.

Each connection goes to an address that was checked (`outbound.network`). Proxies in the
environment are not asked, and nothing of an exchange is kept for the next one but the connection.
"""

import asyncio
import socket
import ssl
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import cache

import httpcore2
import httpx2

from frontdesk.outbound.network import CheckedNetwork, OutboundError, Resolve

MAX_REPLY_BYTES = 65_536
USER_AGENT = b"Frontdesk"

_RESOLVER_THREADS = 16
_IDLE_CONNECTIONS = 20
_IDLE_SECONDS = 30.0
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


@cache
def _system_trust() -> ssl.SSLContext:
    """Read once: the system's certificates take 20 ms, and nobody changes what is trusted."""
    return ssl.create_default_context()


@dataclass(frozen=True, slots=True)
class Reply:
    """`headers` have lower-case names; `body` is its beginning, MAX_REPLY_BYTES at most."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Fetched:
    """What was found at the end of the redirects, under `url`.

    `body` is unpacked; `is_whole` is false where it was longer than was asked for, broke off or
    took too long.
    """

    url: str
    status_code: int
    headers: Mapping[str, str]
    body: bytes
    is_whole: bool


class Outbound:
    """`allowed_private_hosts` are names (`crm.internal`, `10.0.0.5:8080`) that need no check."""

    def __init__(
        self,
        allowed_private_hosts: Collection[str] = (),
        *,
        resolve: Resolve | None = None,
        ssl_context: ssl.SSLContext | None = None,
    ) -> None:
        self._threads = ThreadPoolExecutor(_RESOLVER_THREADS, thread_name_prefix="resolve")
        self.ssl_context = ssl_context or _system_trust()
        self._network = CheckedNetwork(
            frozenset(host.lower() for host in allowed_private_hosts),
            resolve or self._resolve,
        )
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=self.ssl_context,
            max_connections=None,
            max_keepalive_connections=_IDLE_CONNECTIONS,
            keepalive_expiry=_IDLE_SECONDS,
            network_backend=self._network,
        )

    async def send(
        self,
        method: str,
        url: str,
        *,
        headers: Mapping[str, str],
        content: bytes,
        timeout_seconds: float,
    ) -> Reply:
        """One request and its reply, whatever its status: no redirect is followed.

        Raises OutboundError. `timeout_seconds` bounds the whole exchange. Once the status is there
        it counts: a body that is too long, too slow or broken off is only cut.
        """
        target = _parse(url)
        status_code = 0
        reply_headers: dict[str, str] = {}
        body = bytearray()
        try:
            async with (
                asyncio.timeout(timeout_seconds),
                self._ask(
                    method, target, {"Accept-Encoding": "identity", **headers}, content
                ) as response,
            ):
                status_code = response.status
                reply_headers = _read_headers(response.headers)
                async for part in response.aiter_stream():
                    body += part
                    if len(body) >= MAX_REPLY_BYTES:
                        break
        except (TimeoutError, httpcore2.TimeoutException):
            if not status_code:
                raise OutboundError(_too_late(timeout_seconds)) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            if not status_code:
                raise _explain(error) from None
        return Reply(status_code, reply_headers, bytes(body[:MAX_REPLY_BYTES]))

    async def fetch(
        self,
        url: str,
        *,
        max_bytes: int,
        max_redirects: int = 5,
        timeout_seconds: float = 20.0,
        headers: Mapping[str, str] | None = None,
        before_redirect: Callable[[str], Awaitable[None]] | None = None,
    ) -> Fetched:
        """GET a page as a browser would, redirects followed, each of them checked as `url` is.

        Raises OutboundError, a permanent one after `max_redirects` or where a redirect leads to
        no web address. `max_bytes` bounds the unpacked body, `timeout_seconds` all exchanges
        together. `headers` are for `url`'s own host: another one that is redirected to gets none
        of them, and nobody gets a user name or password out of an address. `before_redirect` is
        called with each address that a redirect leads to, before it is asked; what it raises ends
        the exchange.
        """
        target = _parse(url)
        found: _Page | None = None
        try:
            async with asyncio.timeout(timeout_seconds):
                for _ in range(max_redirects + 1):
                    sent = {"Accept-Encoding": "gzip", **(headers or {})}
                    async with self._ask("GET", target, sent, b"") as response:
                        page = _Page(str(target), response, max_bytes)
                        leads_to = page.headers.get("location")
                        if leads_to is None or response.status not in _REDIRECTS:
                            found = page
                            await found.read(response)
                            return found.close()
                    before, target = target, _follow(target, leads_to)
                    if _origin_of(target) != _origin_of(before):
                        headers = None
                    if before_redirect is not None:
                        await before_redirect(str(target))
        except (TimeoutError, httpcore2.TimeoutException):
            if found is None:
                raise OutboundError(_too_late(timeout_seconds)) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            if found is None:
                raise _explain(error) from None
        if found is None:
            raise OutboundError(f"More than {max_redirects} redirects.", permanent=True)
        return found.close()

    async def find_addresses(self, host: str, port: int) -> list[str]:
        """Where connections to this host may go, for what is not HTTP. Raises OutboundError."""
        return await self._network.find_addresses(host, port)

    async def close(self) -> None:
        await self._pool.aclose()
        self._threads.shutdown(wait=False, cancel_futures=True)

    @asynccontextmanager
    async def _ask(
        self, method: str, target: httpx2.URL, headers: Mapping[str, str], content: bytes
    ) -> AsyncIterator[httpcore2.Response]:
        """Raises OutboundError and httpcore2's own."""
        async with self._pool.stream(
            method,
            httpcore2.URL(
                scheme=target.raw_scheme,
                host=target.raw_host,
                port=target.port,
                target=target.raw_path,
            ),
            # No user name or password: `netloc` is the host and the port.
            headers=[(b"Host", target.netloc), (b"User-Agent", USER_AGENT), *headers.items()],
            content=content,
        ) as response:
            yield response

    async def _resolve(self, host: str, port: int) -> list[str]:
        # Threads of our own: a resolver that hangs must not use up those of the rest of the
        # process (uvloop's look-ups share two).
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _Page:
    """A reply as it arrives."""

    def __init__(self, url: str, response: httpcore2.Response, max_bytes: int) -> None:
        self.headers = _read_headers(response.headers)
        self._url = url
        self._status_code = response.status
        self._max_bytes = max_bytes
        self._body = bytearray()
        self._is_whole = False
        is_packed = self.headers.get("content-encoding", "").strip().lower() in {"gzip", "x-gzip"}
        self._unpacking = zlib.decompressobj(wbits=31) if is_packed else None

    async def read(self, response: httpcore2.Response) -> None:
        """Stops at `max_bytes`, whatever the sender packed into how few bytes."""
        async for part in response.aiter_stream():
            if self._unpacking is None:
                self._body += part
            else:
                room = self._max_bytes + 1 - len(self._body)
                try:
                    self._body += self._unpacking.decompress(part, room)
                except zlib.error:
                    return
            if len(self._body) > self._max_bytes:
                return
        self._is_whole = self._unpacking is None or self._unpacking.eof

    def close(self) -> Fetched:
        body = bytes(self._body[: self._max_bytes])
        return Fetched(self._url, self._status_code, self.headers, body, self._is_whole)


def _parse(url: str) -> httpx2.URL:
    """Raises OutboundError, a permanent one."""
    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL:
        target = httpx2.URL()
    is_complete = target.scheme in {"http", "https"} and target.host
    if not is_complete or not 0 < (target.port or 80) < 65_536:
        raise OutboundError("This is not a web address.", permanent=True)
    return target


def _follow(target: httpx2.URL, leads_to: str) -> httpx2.URL:
    """Where a redirect leads. Raises OutboundError, a permanent one."""
    try:
        return _parse(str(target.join(leads_to)))
    except (OutboundError, httpx2.InvalidURL):
        reason = "It redirects to what is not a web address."
        raise OutboundError(reason, permanent=True) from None


def _origin_of(target: httpx2.URL) -> tuple[str, str, int | None]:
    return target.scheme, target.host, target.port


def _read_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _too_late(timeout_seconds: float) -> str:
    return f"No reply within {timeout_seconds:g} seconds."


def _explain(error: Exception) -> OutboundError:
    """In words for the deliveries' page; a driver's own words stay inside."""
    if isinstance(error, httpcore2.LocalProtocolError):
        return OutboundError("The address or a header of it cannot be sent.", permanent=True)
    match error.__cause__:
        case ssl.SSLCertVerificationError() as fault:
            return OutboundError(f"The certificate was not accepted: {fault.verify_message}.")
        case ssl.SSLError():
            return OutboundError("No secure connection could be made.")
    if isinstance(error, httpcore2.ConnectError):
        return OutboundError("No connection could be made.")
    return OutboundError("The connection broke off before a reply came.")
