"""What widgets inherit from the installation and from their groups."""

import json
from collections.abc import Sequence

import apsw

from frontdesk.errors import changed_meanwhile
from frontdesk.projects.layers import WidgetLayer
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find


class WidgetTables:
    _database: Database

    async def find_widget_layers(self, keys: Sequence[str]) -> list[WidgetLayer]:
        def query(connection: apsw.Connection) -> list[WidgetLayer]:
            rows = connection.execute(
                "SELECT document FROM widget_layers"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps(list(keys)),),
            )
            return [WidgetLayer.model_validate_json(document) for (document,) in rows]

        return await self._database.read(query)

    async def save_widget_layer(self, layer: WidgetLayer, *, expected: WidgetLayer | None) -> None:
        document = dump(layer)

        def act(connection: apsw.Connection) -> None:
            sql = "SELECT document FROM widget_layers WHERE id = ?"
            if find(connection, WidgetLayer, sql, layer.key) != expected:
                raise changed_meanwhile()
            connection.execute(
                "INSERT INTO widget_layers (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (layer.key, document),
            )

        await self._database.write(act)
