"""Tells a CDN that settings were saved, so that it asks for them anew (docs/operations/cdn.md)."""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote

import httpx2
import structlog

from frontdesk.cdn_settings import CdnSettings, read_headers
from frontdesk.clock import Clock
from frontdesk.errors import FrontdeskError
from frontdesk.model import EVERY_PROJECT, Scope, walk
from frontdesk.outbound.operators import OperatorClient
from frontdesk.projects.purge import EVERYTHING, Purge
from frontdesk.storage.base import Storage

_log = structlog.get_logger("frontdesk.purging")

HOST = "{host}"
TIMEOUT_SECONDS = 10
RETRY_SECONDS = (5, 30, 120)
PAUSE_SECONDS = 1.0  # an import saves a thousand times, and the CDN hears of it a few times
AT_ONCE = 4
_PAGE = 200


@dataclass(slots=True)
class CdnPurge:
    """One request for all that was saved since the last one, tried again where it fails; one for
    each host, where address or body have `{host}` in them.

    `note` hears of each try whether the CDN took it, and storage keeps the last result. What is
    saved while all tries fail is not lost to visitors: the CDN's own time runs out.
    """

    storage: Storage
    clock: Clock
    client: OperatorClient
    url: str
    headers: Mapping[str, str]
    body: str
    note: Callable[[bool], None] = lambda _: None
    retry_seconds: Sequence[float] = RETRY_SECONDS
    pause_seconds: float = PAUSE_SECONDS
    _asked: asyncio.Event = field(default_factory=asyncio.Event)
    _projects: set[str] = field(default_factory=set)
    _hosts: set[str] = field(default_factory=set)
    _is_all_asked: bool = False

    @property
    def is_by_host(self) -> bool:
        return HOST in self.url or HOST in self.body

    def ask(self, project_ids: Collection[str] | None = None, hosts: Collection[str] = ()) -> None:
        """Of these projects, or of all; `hosts` are such as they had before. Waits for nothing."""
        if project_ids is None:
            self._is_all_asked = True
        self._projects.update(project_ids or ())
        self._hosts.update(hosts)
        self._asked.set()

    async def purge(self, project_ids: Collection[str] | None) -> list[Purge]:
        """Once and now, without another try; what became of it."""
        return await self._tell(await self._list_hosts(project_ids), 1)

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
            await self._tell_asked()
            await asyncio.sleep(self.pause_seconds)

    async def _tell_asked(self) -> None:
        left: set[str] = set()
        for tries, seconds in enumerate((*self.retry_seconds, None), start=1):
            # What was saved meanwhile goes with this try.
            left |= await self._take_asked()
            done = await self._tell(left, tries)
            left = {one.host for one in done if not one.is_taken}
            if not left or seconds is None:
                return
            _log.warning(
                "the CDN was not purged",
                reason=next(one.reason for one in done if not one.is_taken),
                hosts=len(left),
                again_in_seconds=seconds,
            )
            await asyncio.sleep(seconds)

    async def _take_asked(self) -> set[str]:
        self._asked.clear()
        asked, self._projects = self._projects, set()
        hosts, self._hosts = self._hosts, set()
        is_all, self._is_all_asked = self._is_all_asked, False
        if not is_all and not asked and not hosts:
            return set()
        try:
            found = await self._list_hosts(None if is_all else asked)
        except FrontdeskError:
            _log.warning("the CDN was not purged", reason="storage does not work")
            return set()
        return found | (hosts if self.is_by_host else set())

    async def _list_hosts(self, project_ids: Collection[str] | None) -> set[str]:
        if not self.is_by_host:
            return {EVERYTHING}
        scope = EVERY_PROJECT if project_ids is None else Scope(projects=frozenset(project_ids))
        projects = walk(lambda after: self.storage.list_projects(scope, after=after, limit=_PAGE))
        return {site.host async for project in projects for site in project.sites}

    async def _tell(self, hosts: Collection[str], tries: int) -> list[Purge]:
        places = asyncio.Semaphore(AT_ONCE)

        async def tell(host: str) -> Purge:
            async with places:
                reason = await self._try(host)
            self.note(reason is None)
            return Purge(
                host=host,
                at=self.clock(),
                is_taken=reason is None,
                reason=reason or "",
                tries=tries,
            )

        done = await asyncio.gather(*(tell(host) for host in sorted(hosts)))
        try:
            await self.storage.record_purges(done)
        except FrontdeskError:
            _log.warning("what became of a purge was not kept", hosts=len(done))
        return done

    async def _try(self, host: str) -> str | None:
        """None where it was taken; else why not, with nothing of the address or the reply."""
        headers = {"Content-Type": "application/json", **self.headers}
        url = self.url.replace(HOST, quote(host, safe=""))
        body = self.body.replace(HOST, host)
        try:
            reply = await self.client.post(url, content=body, headers=headers)
        except httpx2.HTTPError as error:
            return type(error).__name__
        return None if reply.is_success else f"status {reply.status_code}"


def make_purge(
    settings: CdnSettings,
    storage: Storage,
    clock: Clock,
    note: Callable[[bool], None] = lambda _: None,
) -> CdnPurge | None:
    """None where no CDN is to be told."""
    url = settings.purge_url
    if not url:
        return None
    timeout = httpx2.Timeout(TIMEOUT_SECONDS)
    client = OperatorClient([url], timeout=timeout, max_connections=1)
    headers = read_headers(settings.purge_headers)
    return CdnPurge(storage, clock, client, url, headers, settings.purge_body, note)
