"""Changes of many widgets."""

import apsw

from frontdesk.errors import changed_meanwhile
from frontdesk.model import Page
from frontdesk.projects.widget_change import WidgetChange
from frontdesk.storage import upkeep
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, page_of

_OPEN = """
    SELECT document FROM widget_changes WHERE state IN ('waiting', 'making', 'undoing')
    ORDER BY id LIMIT 1
"""


class WidgetChangeTables:
    _database: Database

    async def save_widget_change(self, change: WidgetChange) -> None:
        document = dump(change)

        def act(connection: apsw.Connection) -> None:
            stored = _find(connection, change.id)
            if (-1 if stored is None else stored.version) != change.version - 1:
                raise changed_meanwhile()
            connection.execute(
                "INSERT INTO widget_changes (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (change.id, document),
            )
            if stored is None:
                connection.execute(
                    "DELETE FROM widget_changes WHERE id IN"
                    " (SELECT id FROM widget_changes ORDER BY id DESC LIMIT -1 OFFSET ?)",
                    (upkeep.CHANGES_KEPT,),
                )

        await self._database.write(act)

    async def find_widget_change(self, change_id: str) -> WidgetChange | None:
        return await self._database.read(lambda connection: _find(connection, change_id))

    async def find_open_widget_change(self) -> WidgetChange | None:
        return await self._database.read(lambda connection: find(connection, WidgetChange, _OPEN))

    async def list_widget_changes(
        self, *, after: str | None = None, limit: int = 20
    ) -> Page[WidgetChange]:
        where, values = ("TRUE", []) if after is None else ("id < ?", decode_cursor(after, 1))

        def query(connection: apsw.Connection) -> Page[WidgetChange]:
            rows = connection.execute(
                f"SELECT document, id FROM widget_changes WHERE {where}"  # noqa: S608
                " ORDER BY id DESC LIMIT ?",
                (*values, limit + 1),
            )
            return page_of(rows, WidgetChange, limit)

        return await self._database.read(query)


def _find(connection: apsw.Connection, change_id: str) -> WidgetChange | None:
    sql = "SELECT document FROM widget_changes WHERE id = ?"
    return find(connection, WidgetChange, sql, change_id)
