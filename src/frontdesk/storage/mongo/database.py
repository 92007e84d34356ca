"""The database as the rooms see it: acts, each within its time."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from functools import wraps
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

import pymongo
from pymongo import AsyncMongoClient
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import PyMongoError

from frontdesk.storage.mongo.connection import (
    DEFAULT_DATABASE,
    connect,
    explain,
    own_errors,
    refusal,
    report,
)
from frontdesk.storage.mongo.documents import Row
from frontdesk.storage.mongo.schema import prepare
from frontdesk.storage.rules import closed, unavailable

T = TypeVar("T")
P = ParamSpec("P")


class Database:
    """One database of a MongoDB server. Many processes may have it open.

    It belongs to the event loop that opens it.
    """

    def __init__(self, url: str, *, pool_size: int, timeout_seconds: float) -> None:
        self._url = url
        self._pool_size = pool_size
        self._timeout_seconds = timeout_seconds
        self._client: AsyncMongoClient[Row] | None = None
        self._is_open = False
        self._acts: set[asyncio.Task[Any]] = set()

    async def open(self) -> None:
        """Connect and make the indexes. Raises Unavailable with a reason for the operator."""
        if self._is_open:
            raise ValueError("this store is open already")
        client: AsyncMongoClient[Row] | None = None
        try:
            client = connect(
                self._url, pool_size=self._pool_size, timeout_seconds=self._timeout_seconds
            )
            with pymongo.timeout(self._timeout_seconds):
                await client.admin.command("ping")
            await prepare(client.get_default_database(DEFAULT_DATABASE))
        except PyMongoError as error:
            report(error)
            raise refusal(explain(error)) from None
        else:
            self._client, client = client, None
            self._is_open = True
        finally:
            if client is not None:
                await client.close()

    async def close(self) -> None:
        self._is_open = False
        while self._acts:
            await asyncio.wait(self._acts)
        client, self._client = self._client, None
        if client is not None:
            await client.close()

    async def accept(self, work: Coroutine[Any, Any, T]) -> T:
        """Do it in a task of its own: a caller who is cancelled leaves at once and has undone
        nothing. The driver may otherwise take the cancellation for a lost connection.
        """
        if not self._is_open:
            work.close()
            raise closed()
        task = asyncio.create_task(work)
        self._acts.add(task)
        task.add_done_callback(self._acts.discard)
        return await asyncio.shield(task)

    @asynccontextmanager
    async def act(self) -> AsyncIterator[AsyncDatabase[Row]]:
        """What an accepted act works with; only the project's own errors come out.

        All its operations share one time-out. Until it is over the driver sends what may be sent
        again, on a new connection and to a new primary.
        """
        assert self._client is not None  # until every accepted act is done
        with own_errors(), pymongo.timeout(self._timeout_seconds):
            yield self._client.get_default_database(DEFAULT_DATABASE)

    async def check(self) -> None:
        """Count one more check and read it."""
        await self.accept(self._check())

    async def _check(self) -> None:
        async with self.act() as database:
            await database["health"].update_one({"_id": 1}, {"$inc": {"checks": 1}}, upsert=True)
            row = await database["health"].find_one({"_id": 1})
            if row is None:
                raise unavailable()


class HasDatabase(Protocol):
    _database: Database


S = TypeVar("S", bound=HasDatabase)


def accepted(
    method: Callable[Concatenate[S, P], Coroutine[Any, Any, T]],
) -> Callable[Concatenate[S, P], Coroutine[Any, Any, T]]:
    """A method of `Storage` that is an act: see `Database.accept`."""

    @wraps(method)
    async def run(storage: S, /, *arguments: P.args, **named: P.kwargs) -> T:
        return await storage._database.accept(method(storage, *arguments, **named))

    return run
