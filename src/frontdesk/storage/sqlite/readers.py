"""Readers: a few read-only connections beside the writer, which never wait for it."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import apsw

from frontdesk.storage.rules import closed
from frontdesk.storage.sqlite.connection import connect, disconnect, own_errors

T = TypeVar("T")
Query = Callable[[apsw.Connection], T]

READERS = 4


class Readers:
    """Threads that read; each borrows a connection for one query and puts it back."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: list[apsw.Connection] = []
        self._threads: ThreadPoolExecutor | None = None

    def start(self) -> None:
        self._threads = ThreadPoolExecutor(READERS, thread_name_prefix="sqlite-reader")

    async def stop(self) -> None:
        threads, self._threads = self._threads, None
        if threads is not None:
            await asyncio.to_thread(threads.shutdown)
            while self._idle:
                disconnect(self._idle.pop())

    async def read(self, query: Query[T]) -> T:
        """Run the query on what is committed now. Raises what it raises, driver errors translated.

        The query must fetch all it wants: its connection goes to somebody else afterwards.
        """
        if self._threads is None:
            raise closed()
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._run, query)

    def _run(self, query: Query[T]) -> T:
        with own_errors():
            try:
                connection = self._idle.pop()
            except IndexError:
                connection = connect(self._path, readonly=True)
            try:
                result = query(connection)
            except apsw.Error:
                disconnect(connection)  # the next query begins anew, which is how a fault heals
                raise
            except BaseException:
                self._idle.append(connection)
                raise
            self._idle.append(connection)
            return result
