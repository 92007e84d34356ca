"""What widgets inherit from the installation and from their groups."""

from collections.abc import Sequence

from pymongo.errors import DuplicateKeyError

from frontdesk.errors import changed_meanwhile
from frontdesk.projects.layers import WidgetLayer
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, dump, insert, load


class WidgetCollections:
    _database: Database

    @accepted
    async def find_widget_layers(self, keys: Sequence[str]) -> list[WidgetLayer]:
        async with self._database.act() as database:
            found = database["widget_layers"].find({"_id": {"$in": list(keys)}}).sort("_id", 1)
            return [load(WidgetLayer, row) for row in await found.to_list()]

    @accepted
    async def save_widget_layer(self, layer: WidgetLayer, *, expected: WidgetLayer | None) -> None:
        row: Row = {"_id": layer.key, "document": dump(layer)}
        async with self._database.act() as database:
            layers = database["widget_layers"]
            before = await layers.find_one({"_id": layer.key})
            if (None if before is None else load(WidgetLayer, before)) != expected:
                raise changed_meanwhile()
            if before is None:
                try:
                    await insert(layers, row)
                except DuplicateKeyError:
                    raise changed_meanwhile() from None
                return
            document = before["document"]
            as_read = {
                "_id": layer.key,
                "document.versions": document["versions"],
                # Stored before there were drafts it has none: null finds those too.
                "document.draft": document.get("draft"),
            }
            if (await layers.replace_one(as_read, row)).matched_count == 0:
                raise changed_meanwhile()
