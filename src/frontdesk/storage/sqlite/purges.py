"""What became of telling the CDN."""

import json
from collections.abc import Sequence

import apsw

from frontdesk.model import Page
from frontdesk.projects.purge import Purge
from frontdesk.storage import upkeep
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, page_of


class PurgeTables:
    _database: Database

    async def record_purges(self, purges: Sequence[Purge]) -> None:
        rows = json.dumps([[one.host, dump(one)] for one in purges])

        def act(connection: apsw.Connection) -> None:
            connection.execute(
                "INSERT INTO purges (id, document)"
                " SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE TRUE"
                " ON CONFLICT DO UPDATE SET document = excluded.document"
                " WHERE excluded.at >= at",
                (rows,),
            )
            count = connection.execute("SELECT count(*) FROM purges").get
            if count > upkeep.PURGES_KEPT:
                connection.execute(
                    "DELETE FROM purges WHERE id IN"
                    " (SELECT id FROM purges ORDER BY at, id LIMIT ?)",
                    (count - upkeep.PURGES_KEPT,),
                )

        await self._database.write(act)

    async def find_purges(self, hosts: Sequence[str]) -> list[Purge]:
        def query(connection: apsw.Connection) -> list[Purge]:
            rows = connection.execute(
                "SELECT document FROM purges"
                " WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id",
                (json.dumps([*hosts]),),
            )
            return [Purge.model_validate_json(document) for (document,) in rows]

        return await self._database.read(query)

    async def list_purges(
        self, *, failed: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[Purge]:
        conditions = ["NOT is_taken"] if failed else []
        values: list[str] = []
        if after is not None:
            conditions.append("id > ?")
            values.extend(decode_cursor(after, 1))
        where = " AND ".join(conditions) or "TRUE"

        def query(connection: apsw.Connection) -> Page[Purge]:
            rows = connection.execute(
                f"SELECT document, id FROM purges WHERE {where} ORDER BY id LIMIT ?",  # noqa: S608
                (*values, limit + 1),
            )
            return page_of(rows, Purge, limit)

        return await self._database.read(query)
