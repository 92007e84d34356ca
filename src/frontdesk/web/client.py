"""Who is calling, as far as the network tells; and which proxies are believed about it."""

from collections.abc import Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.requests import Request
from starlette.types import Scope

UNKNOWN_ADDRESS = "unknown"


def client_address(request: Request) -> str:
    """The caller's address, as a key for limits. An IPv6 one is its /64: a home has a whole one."""
    return UNKNOWN_ADDRESS if request.client is None else _limit_key(request.client.host)


@lru_cache(maxsize=4096)
def _limit_key(host: str) -> str:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return UNKNOWN_ADDRESS
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped is not None:
            return str(address.ipv4_mapped)
        return str(IPv6Network((address, 64), strict=False).network_address)
    return str(address)


class TrustedProxies:
    """Puts the caller's real address and scheme into the scope when a trusted proxy tells them.

    `X-Forwarded-For` is read from the right: each trusted hop vouches for the one before it, and
    the first that is not trusted is the caller. What stands further left the caller can invent.
    """

    def __init__(self, proxies: Sequence[str]) -> None:
        self._networks = tuple(ip_network(proxy, strict=False) for proxy in proxies)

    def __call__(self, scope: Scope) -> None:
        if scope["client"] is None:
            return
        peer = scope["client"][0]
        if not is_in(self._networks, peer):
            return
        headers = scope["headers"]
        scope["client"] = (self._find_caller(peer, _values(headers, b"x-forwarded-for")), 0)
        proto = _values(headers, b"x-forwarded-proto")
        if proto and proto[-1] in {"http", "https"}:
            scope["scheme"] = proto[-1]

    def _find_caller(self, peer: str, hops: list[str]) -> str:
        caller = peer
        for hop in reversed(hops):
            try:
                caller = str(ip_address(hop))
            except ValueError:
                break
            if not is_in(self._networks, caller):
                break
        return caller


def is_in(networks: Sequence[IPv4Network | IPv6Network], host: str) -> bool:
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return any(address in network for network in networks)


def _values(headers: Sequence[tuple[bytes, bytes]], wanted: bytes) -> list[str]:
    """All values of a comma-separated header, in order, also from several lines of it."""
    return [
        part.strip().lower()
        for name, value in headers
        if name == wanted
        for part in value.decode("latin-1").split(",")
        if part.strip()
    ]
