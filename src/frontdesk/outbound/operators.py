"""The way out to servers that the operator's own settings name: model providers.

They may be private (a model server in one's own network), since nobody but the operator writes
them down. Nothing else is reached by this client, whoever brings it an address.
"""

import ssl
from collections.abc import Iterable

import httpx2

_Origin = tuple[str, str, int | None]


class OperatorClient(httpx2.AsyncClient):
    """`servers` are base addresses. Redirects are not followed, proxies of the environment not
    asked: a variable must not send a key somewhere else.

    Another address raises httpx2.ConnectError, as one that cannot be reached does.
    """

    def __init__(
        self, servers: Iterable[str], *, timeout: httpx2.Timeout, max_connections: int = 100
    ) -> None:
        limits = httpx2.Limits(max_connections=max_connections, max_keepalive_connections=20)
        origins = frozenset(map(_origin_of, servers))
        super().__init__(timeout=timeout, trust_env=False, transport=_OnlyTo(origins, limits))


class _OnlyTo(httpx2.AsyncHTTPTransport):
    def __init__(self, origins: frozenset[_Origin], limits: httpx2.Limits) -> None:
        # To ask nobody nobody need be trusted: reading the system's certificates takes 20 ms.
        trust = True if origins else ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        super().__init__(verify=trust, trust_env=False, limits=limits)
        self._origins = origins

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if _origin_of(request.url) not in self._origins:
            raise httpx2.ConnectError("This server is in no setting.", request=request)
        return await super().handle_async_request(request)


def _origin_of(address: str | httpx2.URL) -> _Origin:
    url = httpx2.URL(address)
    return url.scheme, url.host, url.port
