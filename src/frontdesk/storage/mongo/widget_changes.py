"""Changes of many widgets."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError

from frontdesk.errors import changed_meanwhile
from frontdesk.model import Page
from frontdesk.projects.widget_change import OPEN_STATES, WidgetChange
from frontdesk.storage import upkeep
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, dump, find, load, page_of


class WidgetChangeCollections:
    _database: Database

    @accepted
    async def save_widget_change(self, change: WidgetChange) -> None:
        row: Row = {
            "_id": change.id,
            "document": dump(change),
            "written_by": secrets.token_hex(8),
        }
        is_new = change.version == 0
        async with self._database.act() as database:
            changes = database["widget_changes"]
            as_read = {"_id": change.id, "document.version": change.version - 1}
            # A new one has no version before: this meets the id of one that is there.
            with suppress(DuplicateKeyError):
                await changes.replace_one(as_read, row, upsert=is_new)
            # Looked at, not counted: the driver may have sent it twice.
            ours = {"_id": change.id, "written_by": row["written_by"]}
            if await changes.find_one(ours) is None:
                raise changed_meanwhile()
            if is_new:
                newest = changes.find({}, {"document.id": 1}).sort("_id", -1)
                old = [one["_id"] async for one in newest.skip(upkeep.CHANGES_KEPT)]
                if old:
                    await changes.delete_many({"_id": {"$in": old}})

    @accepted
    async def find_widget_change(self, change_id: str) -> WidgetChange | None:
        async with self._database.act() as database:
            return await find(database["widget_changes"], WidgetChange, {"_id": change_id})

    @accepted
    async def find_open_widget_change(self) -> WidgetChange | None:
        states = [state.value for state in OPEN_STATES]
        async with self._database.act() as database:
            row = await database["widget_changes"].find_one(
                {"document.state": {"$in": states}}, sort=[("_id", 1)]
            )
            return None if row is None else load(WidgetChange, row)

    @accepted
    async def list_widget_changes(
        self, *, after: str | None = None, limit: int = 20
    ) -> Page[WidgetChange]:
        condition = {} if after is None else {"_id": {"$lt": decode_cursor(after, 1)[0]}}
        async with self._database.act() as database:
            found = database["widget_changes"].find(condition).sort("_id", -1).limit(limit + 1)
            return page_of(await found.to_list(), WidgetChange, limit, "_id")
