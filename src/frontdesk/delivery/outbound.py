"""The only way out of the process to addresses that members of the installation write down.

A host's address is looked up, checked, and that same address connected to: a name that resolves
to something else a moment later (DNS rebinding) gains nothing. TLS and Host keep the name.
Redirects are not followed, proxies in the environment are not asked, and nothing of an exchange is
kept for the next one but the connection.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import httpcore2
import httpx2

from frontdesk.delivery.addresses import is_public

# A host name and a port in, addresses out, in the order to try them. Raises OSError.
Resolve = Callable[[str, int], Awaitable[list[str]]]

MAX_REPLY_BYTES = 65_536
USER_AGENT = b"Frontdesk"

_RESOLVER_THREADS = 16
_CONNECT_SECONDS = 5.0
_IDLE_CONNECTIONS = 20
_IDLE_SECONDS = 30.0


class OutboundError(Exception):
    """There was no reply. `reason` is in plain words; `permanent` where trying again is useless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


@dataclass(frozen=True, slots=True)
class Reply:
    """`headers` have lower-case names; `body` is its beginning, MAX_REPLY_BYTES at most."""

    status_code: int
    headers: Mapping[str, str]
    body: bytes


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
        self.ssl_context = ssl_context or ssl.create_default_context()
        self._network = _CheckedNetwork(
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
        """One request and its reply, whatever its status. Raises OutboundError.

        `timeout_seconds` bounds the whole exchange. Once the status is there it counts: a body
        that is too long, too slow or broken off is only cut.
        """
        target = _parse(url)
        status_code = 0
        reply_headers: dict[str, str] = {}
        body = bytearray()
        try:
            async with asyncio.timeout(timeout_seconds):
                async with self._pool.stream(
                    method,
                    httpcore2.URL(
                        scheme=target.raw_scheme,
                        host=target.raw_host,
                        port=target.port,
                        target=target.raw_path,
                    ),
                    headers=[
                        (b"Host", target.netloc),
                        (b"User-Agent", USER_AGENT),
                        (b"Accept-Encoding", b"identity"),
                        *headers.items(),
                    ],
                    content=content,
                ) as response:
                    status_code = response.status
                    reply_headers = _read_headers(response.headers)
                    async for part in response.aiter_stream():
                        body += part
                        if len(body) >= MAX_REPLY_BYTES:
                            break
        except (TimeoutError, httpcore2.TimeoutException):
            if not status_code:
                raise OutboundError(f"No reply within {timeout_seconds:g} seconds.") from None
        except httpcore2.LocalProtocolError:
            reason = "The address or a header of this destination cannot be sent."
            raise OutboundError(reason, permanent=True) from None
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            if not status_code:
                raise OutboundError(_explain(error)) from None
        return Reply(status_code, reply_headers, bytes(body[:MAX_REPLY_BYTES]))

    async def find_addresses(self, host: str, port: int) -> list[str]:
        """Where connections to this host may go, for what is not HTTP. Raises OutboundError."""
        return await self._network.find_addresses(host, port)

    async def close(self) -> None:
        await self._pool.aclose()
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _resolve(self, host: str, port: int) -> list[str]:
        # Threads of our own: a resolver that hangs must not use up those of the rest of the
        # process (uvloop's look-ups share two).
        found = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        )
        return list(dict.fromkeys(str(address[0]) for *_, address in found))


class _CheckedNetwork(httpcore2.AsyncNetworkBackend):
    """Connects to public addresses, and to the private hosts that the operator named."""

    def __init__(self, allowed: frozenset[str], resolve: Resolve) -> None:
        self._allowed = allowed
        self._resolve = resolve
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109
        local_address: str | None = None,
        socket_options: Iterable[httpcore2.SOCKET_OPTION] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        addresses = await self.find_addresses(host, port)
        # One that never answers must leave time for the next; the last may use all there is.
        for address in addresses[:-1]:
            try:
                return await self._network.connect_tcp(
                    address, port, _CONNECT_SECONDS, local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout):
                continue
        return await self._network.connect_tcp(
            addresses[-1], port, timeout, local_address, socket_options
        )

    async def find_addresses(self, host: str, port: int) -> list[str]:
        """At least one. Raises OutboundError."""
        try:
            found = await self._resolve(host, port)
        except (OSError, UnicodeError):
            raise OutboundError(f"The name {host} was not found.") from None
        if host in self._allowed or f"{host}:{port}" in self._allowed:
            return found
        public = [address for address in found if is_public(address)]
        if not public:
            # Not permanent: for a name the answer may be a resolver's bad day.
            raise OutboundError(
                f"{host} is a private address, and deliveries go to public ones. "
                "FRONTDESK_ALLOWED_PRIVATE_HOSTS can name exceptions."
            )
        return public


def _parse(url: str) -> httpx2.URL:
    """Raises OutboundError, a permanent one."""
    try:
        target = httpx2.URL(url)
    except httpx2.InvalidURL:
        target = httpx2.URL()
    is_complete = target.scheme in {"http", "https"} and target.host
    if not is_complete or not 0 < (target.port or 80) < 65_536:
        raise OutboundError("This destination's address is not a web address.", permanent=True)
    return target


def _read_headers(headers: Iterable[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in headers}


def _explain(error: Exception) -> str:
    """In words for the deliveries' page; a driver's own words stay inside."""
    match error.__cause__:
        case ssl.SSLCertVerificationError() as fault:
            return f"The certificate was not accepted: {fault.verify_message}."
        case ssl.SSLError():
            return "No secure connection could be made."
    if isinstance(error, httpcore2.ConnectError):
        return "No connection could be made."
    return "The connection broke off before a reply came."
