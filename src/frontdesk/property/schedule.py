"""Reading every project's pages again and again, in the worker's process."""

import asyncio
from datetime import timedelta

import structlog

from frontdesk.errors import FrontdeskError
from frontdesk.model import EVERY_PROJECT
from frontdesk.property.service import Facts

log = structlog.get_logger()

LOOK_SECONDS = 60.0  # so that a new project's pages are read within a minute or two


class ReadingSchedule:
    """One project at a time, each `every` so often and after it was changed."""

    def __init__(
        self, facts: Facts, every: timedelta, *, look_seconds: float = LOOK_SECONDS
    ) -> None:
        self._facts = facts
        self._every = every
        self._look_seconds = look_seconds
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        """Until `stop`. Failures are logged and tried again at the next look."""
        while not await self._is_stopped_within(self._look_seconds):
            try:
                await self.look()
            except FrontdeskError:
                log.warning("pages could not be read on schedule; trying again", exc_info=True)
            except Exception:
                log.exception("reading pages on schedule failed")

    async def _is_stopped_within(self, seconds: float) -> bool:
        try:
            async with asyncio.timeout(seconds):
                await self._stopping.wait()
        except TimeoutError:
            return False
        return True

    async def look(self) -> int:
        """Read what is due once; how many projects that were."""
        count = 0
        after = None
        while True:
            page = await self._facts.projects.storage.list_projects(
                EVERY_PROJECT, after=after, limit=50
            )
            for project in page.items:
                if self._stopping.is_set():
                    return count
                count += await self._facts.read_if_due(project, self._every)
            after = page.next_cursor
            if after is None:
                return count

    def stop(self) -> None:
        self._stopping.set()
