"""Is the process alive, and can it take work? And the metrics, for whoever may see them."""

import asyncio
import hmac
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog
from prometheus_client import CONTENT_TYPE_LATEST
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from frontdesk.clock import Clock
from frontdesk.delivery.model import DeliveryState
from frontdesk.errors import NotFound, Unavailable
from frontdesk.model import EVERY_PROJECT, Model, walk
from frontdesk.operations.metrics import Metrics
from frontdesk.projects.cache import RecentCache
from frontdesk.storage.base import Storage
from frontdesk.web.routes import Access, PublicRoute
from frontdesk.web.tokens import bearer_token

STORAGE_SECONDS = 2.0
KEPT_FOR = timedelta(seconds=1)
COUNTS_KEPT_FOR = timedelta(seconds=10)
_log = structlog.get_logger("frontdesk.health")


class Health(Model):
    """`warnings` is there where something needs an operator and every request is answered."""

    status: str
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Readiness:
    """Whether storage really writes and reads, and the worker runs.

    A result is kept for a second, so that no flood of checks becomes a flood of writes.
    `is_worker_alive` is true where this process runs no worker. `list_warnings` says what an
    operator should look at, though every request can be answered.
    """

    storage: Storage
    is_worker_alive: Callable[[], bool]
    clock: Clock
    storage_seconds: float = STORAGE_SECONDS
    list_warnings: Callable[[], tuple[str, ...]] = tuple
    _checked_at: datetime | None = None
    _failure: str | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def check(self) -> None:
        """Raises Unavailable(`not_ready`), which does not say why; the log does."""
        async with self._lock:
            now = self.clock()
            if self._checked_at is None or not now - KEPT_FOR < self._checked_at <= now:
                self._failure = await self._find_failure()
                self._checked_at = now
            failure = self._failure
        if failure is not None:
            _log.error("not ready", reason=failure)
            raise Unavailable("not_ready", "The service is not ready.")

    async def _find_failure(self) -> str | None:
        if not self.is_worker_alive():
            return "the delivery worker has stopped"
        try:
            async with asyncio.timeout(self.storage_seconds):
                await self.storage.check()
        except Unavailable as error:
            return error.detail
        except TimeoutError:
            return "storage does not answer in time"
        return None


def routes(
    readiness: Readiness, metrics: Metrics, storage: Storage, metrics_token: str, *, is_open: bool
) -> list[PublicRoute]:
    """`/metrics` asks for `metrics_token` where one is set; without one it answers if `is_open`."""

    # Counting walks along every delivery there is: once for all who ask within some seconds.
    counts: RecentCache[None, dict[DeliveryState, int]] = RecentCache(1, COUNTS_KEPT_FOR)

    async def count_deliveries() -> dict[DeliveryState, int]:
        return await storage.count_deliveries(EVERY_PROJECT)

    quiet: RecentCache[None, int] = RecentCache(1, COUNTS_KEPT_FOR)

    async def count_quiet_sites() -> int:
        watches = storage.list_site_watches
        found = walk(lambda after: watches(EVERY_PROJECT, quiet=True, after=after, limit=1000))
        return len([one async for one in found])

    async def say_live(_request: Request) -> Response:
        return JSONResponse({"status": "live"})

    async def say_ready(_request: Request) -> Response:
        await readiness.check()
        warnings = readiness.list_warnings()
        return JSONResponse({"status": "ready"} | ({"warnings": warnings} if warnings else {}))

    async def show_metrics(request: Request) -> Response:
        sent = bearer_token(request) or ""
        may_see = (
            hmac.compare_digest(sent.encode(), metrics_token.encode()) if metrics_token else is_open
        )
        if not may_see:
            raise NotFound("not_found", "There is nothing at this address.")
        for state, count in (await counts.get(None, readiness.clock(), count_deliveries)).items():
            metrics.set_deliveries(state, count)
        metrics.set_sites_not_live(await quiet.get(None, readiness.clock(), count_quiet_sites))
        return Response(metrics.render(), media_type=CONTENT_TYPE_LATEST)

    return [
        PublicRoute(
            "GET",
            "/health/live",
            say_live,
            access=Access.ANYONE,
            summary="Is the process alive?",
            reply=Health,
        ),
        PublicRoute(
            "GET",
            "/health/ready",
            say_ready,
            access=Access.ANYONE,
            summary="Can it take work?",
            description="Storage really writes and reads, and the delivery worker runs.",
            reply=Health,
            problems={503: ["not_ready"]},
        ),
        PublicRoute(
            "GET",
            "/metrics",
            show_metrics,
            access=Access.ANYONE,
            summary="Metrics in Prometheus's text form",
            description="With `Authorization: Bearer` and `FRONTDESK_METRICS_TOKEN`, where it is "
            "set. Not served in production without one.",
            reply_type="text/plain",
            problems={404: ["not_found"], 503: ["storage_unavailable"]},
        ),
    ]
