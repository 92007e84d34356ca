"""Connections to addresses that were checked: the one that was looked at is the one connected to.

A name that resolves to something else a moment later (DNS rebinding) gains nothing, since it is
looked up once. TLS and Host keep the name.
"""

from collections.abc import Awaitable, Callable, Iterable

import httpcore2

from frontdesk.outbound.addresses import is_public

# A host name and a port in, addresses out, in the order to try them. Raises OSError.
Resolve = Callable[[str, int], Awaitable[list[str]]]

_CONNECT_SECONDS = 5.0


class OutboundError(Exception):
    """There was no reply. `reason` is in plain words; `permanent` where trying again is useless."""

    def __init__(self, reason: str, *, permanent: bool = False) -> None:
        super().__init__(reason)
        self.reason = reason
        self.permanent = permanent


class CheckedNetwork(httpcore2.AsyncNetworkBackend):
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
                f"{host} is a private address, and only public ones are connected to. "
                "FRONTDESK_ALLOWED_PRIVATE_HOSTS can name exceptions."
            )
        return public
