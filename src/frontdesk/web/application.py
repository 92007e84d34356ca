"""FastAPI behind the edge."""

from fastapi import FastAPI
from starlette.middleware.errors import ServerErrorMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send


class Application(FastAPI):
    """`edge` stands before all of FastAPI, and hands on to `inside` what is not the edge's.

    FastAPI puts middleware within its own layers, which cost more than a hot public route does.
    """

    edge: ASGIApp

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.edge(scope, receive, send)

    async def inside(self, scope: Scope, receive: Receive, send: Send) -> None:
        await super().__call__(scope, receive, send)

    def build_middleware_stack(self) -> ASGIApp:
        outermost = super().build_middleware_stack()
        # It would answer an unexpected error before the edge does, and in its own words.
        assert isinstance(outermost, ServerErrorMiddleware)
        return outermost.app
