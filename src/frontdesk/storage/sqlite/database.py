"""The file as the rooms see it: something to read from, something to write to."""

import asyncio
from pathlib import Path

import apsw

from frontdesk.storage.rules import unavailable
from frontdesk.storage.sqlite.integrity import Integrity
from frontdesk.storage.sqlite.migrations import prepare, refusal
from frontdesk.storage.sqlite.readers import Query, Readers, T
from frontdesk.storage.sqlite.writer import Act, Writer


class Database:
    """One file with its writer and its readers. Many processes may have it open."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._writer = Writer(path)
        self._readers = Readers(path)
        self._integrity = Integrity(path)

    async def open(self) -> None:
        if self._writer.is_running:
            raise ValueError("this store is open already")
        await asyncio.to_thread(self._prepare)
        self._writer.start()
        self._readers.start()
        self._integrity.start()

    def _prepare(self) -> None:
        try:
            self._integrity.note_unclean_stop()
        except OSError as error:
            raise refusal(self._path, f"its folder cannot be used ({error.strerror})") from None
        prepare(self._path)

    async def close(self) -> None:
        await asyncio.to_thread(self._integrity.stop)
        # The writer last: whoever leaves last moves the log into the file, and a reader may not.
        await self._readers.stop()
        await self._writer.stop()

    async def write(self, act: Act[T]) -> T:
        """See `Writer.write`."""
        return await self._writer.write(act)

    async def read(self, query: Query[T]) -> T:
        """See `Readers.read`."""
        return await self._readers.read(query)

    async def check(self) -> None:
        """Count one more check through the writer and see it through a reader."""
        self._integrity.require_whole()
        written = await self.write(_count_check)
        if await self.read(_read_checks) < written:
            raise unavailable()


def _count_check(connection: apsw.Connection) -> int:
    count: int = connection.execute(
        "INSERT INTO health (id, checks) VALUES (1, 1)"
        " ON CONFLICT DO UPDATE SET checks = checks + 1 RETURNING checks"
    ).get
    return count


def _read_checks(connection: apsw.Connection) -> int:
    count: int = connection.execute("SELECT checks FROM health").get
    return count
