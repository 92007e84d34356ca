"""Turns, and the watch over the sites."""

from collections.abc import Sequence
from datetime import datetime

from pymongo import ReplaceOne
from pymongo.errors import DuplicateKeyError

from frontdesk.analytics.model import SiteWatch
from frontdesk.model import Page, Scope
from frontdesk.projects.import_run import ImportRun
from frontdesk.storage import upkeep
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import dump, find, list_of_projects, put
from frontdesk.storage.rules import next_turn, sighting_id
from frontdesk.storage.upkeep import Turn


class UpkeepCollections:
    _database: Database

    @accepted
    async def take_turn(self, name: str, at: datetime, until: datetime) -> Turn | None:
        async with self._database.act() as database:
            turns = database["turns"]
            last = await find(turns, Turn, {"_id": name})
            turn = next_turn(last, name, at, until)
            if turn is None:
                return None
            as_read = {"_id": name, "document": None if last is None else dump(last)}
            try:
                # Where it is not as it was read somebody else has it: this meets the unique id.
                await turns.replace_one(as_read, {"_id": name, "document": dump(turn)}, upsert=True)
            except DuplicateKeyError:
                return None
            return turn

    @accepted
    async def keep_turn(self, turn: Turn, until: datetime) -> Turn | None:
        kept = turn.model_copy(update={"until": until})
        async with self._database.act() as database:
            turns = database["turns"]
            as_read = {"_id": turn.name, "document": dump(turn)}
            await turns.replace_one(as_read, {"_id": turn.name, "document": dump(kept)})
            # Looked at, not counted: the driver may have sent it twice.
            return kept if await find(turns, Turn, {"_id": turn.name}) == kept else None

    @accepted
    async def save_site_watches(self, watches: Sequence[SiteWatch]) -> None:
        writes = [
            ReplaceOne(
                {"_id": sighting_id(one)},
                {"_id": sighting_id(one), "document": dump(one)},
                upsert=True,
            )
            for one in watches
        ]
        if writes:
            async with self._database.act() as database:
                await database["site_watches"].bulk_write(writes, ordered=False)

    @accepted
    async def list_site_watches(
        self, scope: Scope, *, quiet: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[SiteWatch]:
        also = {"document.quiet_since": {"$ne": None}} if quiet else {}
        async with self._database.act() as database:
            return await list_of_projects(
                database["site_watches"], SiteWatch, scope, after, limit, also
            )

    @accepted
    async def save_import_run(self, run: ImportRun) -> None:
        async with self._database.act() as database:
            runs = database["import_runs"]
            await put(runs, {"_id": run.id, "document": dump(run)})
            newest = runs.find({}, {"document.id": 1}).sort("_id", -1)
            old = [one["_id"] async for one in newest.skip(upkeep.IMPORTS_KEPT)]
            if old:
                await runs.delete_many({"_id": {"$in": old}})

    @accepted
    async def find_import_run(self, run_id: str) -> ImportRun | None:
        async with self._database.act() as database:
            return await find(database["import_runs"], ImportRun, {"_id": run_id})
