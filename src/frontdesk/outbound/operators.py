"""The way out to servers that the operator's own settings name: model providers.

They may be private (a model server in one's own network), since nobody but the operator writes
them down. Nothing else is reached by this client, whoever brings it an address.
"""

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
        super().__init__(
            timeout=timeout, trust_env=False, transport=_OnlyTo(map(_origin_of, servers), limits)
        )


class _OnlyTo(httpx2.AsyncHTTPTransport):
    def __init__(self, origins: Iterable[_Origin], limits: httpx2.Limits) -> None:
        super().__init__(trust_env=False, limits=limits)
        self._origins = frozenset(origins)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if _origin_of(request.url) not in self._origins:
            raise httpx2.ConnectError("This server is in no setting.", request=request)
        return await super().handle_async_request(request)


def _origin_of(address: str | httpx2.URL) -> _Origin:
    url = httpx2.URL(address)
    return url.scheme, url.host, url.port
