"""What the worker process does once an hour: remove what is older than its project keeps."""

import asyncio
from collections.abc import Callable
from contextlib import suppress

import structlog

from frontdesk.privacy.service import Privacy

# Periods are in days; an hour is soon enough, and asks little of a thousand projects.
EVERY_SECONDS = 3600.0
TOO_OLD_REMAINS = "what is too old could not be removed; the log says where"

_log = structlog.get_logger("frontdesk.privacy")


class Housekeeping:
    """`run` works until `stop`; several processes may do it beside each other.

    `is_failing` after a round in which something could not be removed; `count_failure` is called
    for each such round.
    """

    def __init__(
        self,
        privacy: Privacy,
        every_seconds: float = EVERY_SECONDS,
        count_failure: Callable[[], None] = lambda: None,
    ) -> None:
        self._privacy = privacy
        self._every_seconds = every_seconds
        self._count_failure = count_failure
        self.is_failing = False
        self._stopping = asyncio.Event()

    async def run(self) -> None:
        while not self._stopping.is_set():
            await self.run_once()
            with suppress(TimeoutError):
                async with asyncio.timeout(self._every_seconds):
                    await self._stopping.wait()

    async def run_once(self) -> None:
        """Nothing that storage does ends the loop; what is left goes next time."""
        try:
            removed, failed = await self._privacy.remove_expired()
        except Exception:  # noqa: BLE001  whatever it was, it is tried again
            _log.exception("what is too old cannot be removed")
            removed, failed = {}, ("storage",)
        self.is_failing = bool(failed)
        if self.is_failing:
            self._count_failure()
        for project_id, gone in removed.items():
            _log.info(
                "removed what is too old",
                project_id=project_id,
                leads=gone.leads,
                conversations=gone.conversations,
            )

    def stop(self) -> None:
        self._stopping.set()
