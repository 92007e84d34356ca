"""What became of telling the CDN."""

from collections.abc import Sequence

from pymongo import ReplaceOne
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from frontdesk.model import Page
from frontdesk.projects.purge import Purge
from frontdesk.storage import upkeep
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, dump, list_duplicates, load, page_of


class PurgeCollections:
    _database: Database

    @accepted
    async def record_purges(self, purges: Sequence[Purge]) -> None:
        writes = []
        for one in purges:
            document = dump(one)
            as_old = {"_id": one.host, "document.at": {"$lte": document["at"]}}
            row = {"_id": one.host, "document": document}
            writes.append(ReplaceOne(as_old, row, upsert=True))
        if not writes:
            return
        async with self._database.act() as database:
            try:
                await database["purges"].bulk_write(writes, ordered=False)
            except BulkWriteError as error:
                list_duplicates(error)  # of those there is one, and it is later than this
            await _make_room(database)

    @accepted
    async def find_purges(self, hosts: Sequence[str]) -> list[Purge]:
        async with self._database.act() as database:
            found = database["purges"].find({"_id": {"$in": [*hosts]}}).sort("_id", 1)
            return [load(Purge, row) async for row in found]

    @accepted
    async def list_purges(
        self, *, failed: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[Purge]:
        condition: Row = {"document.is_taken": False} if failed else {}
        if after is not None:
            condition["_id"] = {"$gt": decode_cursor(after, 1)[0]}
        async with self._database.act() as database:
            found = database["purges"].find(condition).sort("_id", 1).limit(limit + 1)
            return page_of(await found.to_list(), Purge, limit, "_id")


async def _make_room(database: AsyncDatabase[Row]) -> None:
    purges = database["purges"]
    over = await purges.estimated_document_count() - upkeep.PURGES_KEPT
    if over > 0:
        oldest = [("document.at", 1), ("_id", 1)]
        rows = await purges.find({}, {"document.at": 1}).sort(oldest).limit(over).to_list()
        await purges.delete_many({"_id": {"$in": [row["_id"] for row in rows]}})
