"""Pages that ask for a project's widget and are on none of its sites."""

import asyncio

from pymongo.errors import DuplicateKeyError

from frontdesk.model import Page, Scope
from frontdesk.projects.model import TurnedAway
from frontdesk.storage.base import TURNED_AWAY_KEPT, require_project
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, dump, list_of_projects
from frontdesk.storage.rules import turned_away_id


class TurnedAwayCollections:
    _database: Database
    _sightings: asyncio.Semaphore

    @accepted
    async def record_turned_away(self, project_id: str, seen: TurnedAway) -> None:
        require_project(project_id, seen)
        document = dump(seen)
        first_seen_at, count = document.pop("first_seen_at"), document.pop("count")
        seen_at = document["last_seen_at"]
        counted: Row = {
            "$inc": {"document.count": count},
            "$min": {"document.first_seen_at": first_seen_at},
        }
        newest = {f"document.{name}": value for name, value in document.items()}
        row_id = turned_away_id(seen)
        async with self._sightings, self._database.act() as database:
            rows = database["turned_away"]
            try:
                result = await rows.update_one(
                    {"_id": row_id, "document.last_seen_at": {"$lte": seen_at}},
                    counted | {"$set": newest},
                    upsert=True,
                )
            except DuplicateKeyError:  # it is there, and has been seen later than this
                await rows.update_one({"_id": row_id}, counted)
                return
            if result.upserted_id is None:
                return
            newest_first = [("document.last_seen_at", -1), ("_id", -1)]
            over = (
                await rows.find({"document.project_id": project_id}, {"document.path": 1})
                .sort(newest_first)
                .skip(TURNED_AWAY_KEPT)
                .to_list()
            )
            if over:
                await rows.delete_many({"_id": {"$in": [row["_id"] for row in over]}})

    @accepted
    async def list_turned_away(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[TurnedAway]:
        async with self._database.act() as database:
            return await list_of_projects(database["turned_away"], TurnedAway, scope, after, limit)
