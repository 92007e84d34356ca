"""Pages that ask for a project's widget and are on none of its sites."""

import apsw

from frontdesk.model import Page, Scope
from frontdesk.projects.model import TurnedAway
from frontdesk.storage.base import TURNED_AWAY_KEPT, require_project
from frontdesk.storage.rules import seen_again, turned_away_id
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_of_projects


class TurnedAwayTables:
    _database: Database

    async def record_turned_away(self, project_id: str, seen: TurnedAway) -> None:
        require_project(project_id, seen)
        row_id = turned_away_id(seen)

        def act(connection: apsw.Connection) -> None:
            sql = "SELECT document FROM turned_away WHERE id = ?"
            before = find(connection, TurnedAway, sql, row_id)
            connection.execute(
                "INSERT INTO turned_away (id, document) VALUES (?, ?)"
                " ON CONFLICT DO UPDATE SET document = excluded.document",
                (row_id, dump(seen if before is None else seen_again(before, seen))),
            )
            if before is None:
                connection.execute(
                    "DELETE FROM turned_away WHERE id IN (SELECT id FROM turned_away"
                    " WHERE project_id = ? ORDER BY last_seen_at DESC, id DESC LIMIT -1 OFFSET ?)",
                    (project_id, TURNED_AWAY_KEPT),
                )

        await self._database.write(act)

    async def list_turned_away(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[TurnedAway]:
        return await self._database.read(
            lambda connection: list_of_projects(
                connection, "turned_away", TurnedAway, scope, after, limit
            )
        )
