"""Every route says who may call it; the service does not start with one that does not."""

from collections.abc import Iterable

from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import BaseRoute

from frontdesk.accounts.guard import Allow
from frontdesk.web.routes import PublicRoute


class UnguardedRouteError(Exception):
    """A route does not say who may call it; the service does not start with one."""


def refuse_unguarded_routes(routes: Iterable[BaseRoute]) -> None:
    """Raises UnguardedRouteError, unless each is a PublicRoute or has an Allow among its
    dependencies.
    """
    for context in iter_route_contexts(list(routes)):
        route = context.original_route
        if isinstance(route, PublicRoute):
            continue
        if isinstance(route, APIRoute) and _has_guard(route.dependant):
            continue
        raise UnguardedRouteError(f"Nobody says who may call {context.path or route!r}.")


def _has_guard(dependant: Dependant) -> bool:
    return isinstance(dependant.call, Allow) or any(map(_has_guard, dependant.dependencies))
