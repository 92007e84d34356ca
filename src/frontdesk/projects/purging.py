"""Tells a CDN that settings were saved, so that it asks for them anew (docs/operations/cdn.md)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

import httpx2
import structlog

from frontdesk.cdn_settings import CdnSettings, read_headers
from frontdesk.outbound.operators import OperatorClient
from frontdesk.projects.service import OtherProcesses

_log = structlog.get_logger("frontdesk.purging")

TIMEOUT_SECONDS = 10
RETRY_SECONDS = (5, 30, 120)
PAUSE_SECONDS = 1.0  # an import saves a thousand times, and the CDN hears of it a few times


@dataclass(slots=True)
class CdnPurge:
    """One request for all that was saved since the last one, tried again where it fails.

    `note` hears of each try whether the CDN took it. Other processes (`also`) are told first: what
    the CDN then asks for has to be new everywhere. What is saved while all tries fail is not lost
    to visitors: the CDN's own time runs out within a minute.
    """

    client: OperatorClient
    url: str
    headers: Mapping[str, str]
    body: str
    note: Callable[[bool], None]
    also: OtherProcesses | None = None
    retry_seconds: Sequence[float] = RETRY_SECONDS
    pause_seconds: float = PAUSE_SECONDS
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    async def tell_others(self) -> None:
        if self.also is not None:
            await self.also.tell_others()
        self._asked.set()

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        """Purges as long as this lasts; what is not told by its end is not told."""
        async with self.client:
            working = asyncio.create_task(self._work(), name="purging")
            try:
                yield
            finally:
                working.cancel()
                with suppress(asyncio.CancelledError):
                    await working

    async def _work(self) -> None:
        while True:
            await self._asked.wait()
            self._asked.clear()
            await self._purge()
            await asyncio.sleep(self.pause_seconds)

    async def _purge(self) -> None:
        for seconds in (*self.retry_seconds, None):
            reason = await self._try()
            self.note(reason is None)
            if reason is None:
                return
            _log.warning("the CDN was not purged", reason=reason, again_in_seconds=seconds)
            if seconds is None:
                return
            await asyncio.sleep(seconds)
            self._asked.clear()  # the next try is for what was saved meanwhile, too

    async def _try(self) -> str | None:
        """None where it was taken; else why not, with nothing of the address or the reply."""
        headers = {"Content-Type": "application/json", **self.headers}
        try:
            reply = await self.client.post(self.url, content=self.body, headers=headers)
        except httpx2.HTTPError as error:
            return type(error).__name__
        return None if reply.is_success else f"status {reply.status_code}"


def make_purge(
    settings: CdnSettings, note: Callable[[bool], None], also: OtherProcesses | None
) -> CdnPurge | None:
    """None where no CDN is to be told."""
    url = settings.purge_url
    if not url:
        return None
    client = OperatorClient([url], timeout=httpx2.Timeout(TIMEOUT_SECONDS))
    headers = read_headers(settings.purge_headers)
    return CdnPurge(client, url, headers, settings.purge_body, note, also)
