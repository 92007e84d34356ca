"""The way out to servers that the operator's own settings name: model providers.

They may be private (a model server in one's own network), since nobody but the operator writes
them down. Nothing else is reached by this client, whoever brings it an address.
"""

from collections.abc import Iterable

import httpx2

from frontdesk.outbound.transport import Http1Transport, Origin, origin_of


class OperatorClient(httpx2.AsyncClient):
    """`servers` are base addresses. Redirects are not followed, proxies of the environment not
    asked: a variable must not send a key somewhere else.

    Another address raises httpx2.ConnectError, as one that cannot be reached does.
    """

    def __init__(self, servers: Iterable[str], *, timeout: httpx2.Timeout) -> None:
        origins = frozenset(map(origin_of, servers))
        super().__init__(timeout=timeout, trust_env=False, transport=_OnlyTo(origins))


class _OnlyTo(Http1Transport):
    def __init__(self, origins: frozenset[Origin]) -> None:
        super().__init__()
        self._origins = origins

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if origin_of(request.url) not in self._origins:
            raise httpx2.ConnectError("This server is in no setting.", request=request)
        return await super().handle_async_request(request)
