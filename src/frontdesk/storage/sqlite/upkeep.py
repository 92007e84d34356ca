"""Turns, and the watch over the sites."""

import json
from collections.abc import Sequence
from datetime import datetime

import apsw

from frontdesk.analytics.model import SiteWatch
from frontdesk.model import Page, Scope
from frontdesk.projects.import_run import ImportRun
from frontdesk.storage import upkeep
from frontdesk.storage.rules import next_turn, sighting_id
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_of_projects
from frontdesk.storage.upkeep import Turn

_PUT = """
    INSERT INTO {} (id, document) SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE TRUE
    ON CONFLICT DO UPDATE SET document = excluded.document
"""


class UpkeepTables:
    _database: Database

    async def take_turn(self, name: str, at: datetime, until: datetime) -> Turn | None:
        def act(connection: apsw.Connection) -> Turn | None:
            turn = next_turn(_find_turn(connection, name), name, at, until)
            if turn is not None:
                connection.execute(_PUT.format("turns"), (json.dumps([[name, dump(turn)]]),))
            return turn

        return await self._database.write(act)

    async def keep_turn(self, turn: Turn, until: datetime) -> Turn | None:
        kept = turn.model_copy(update={"until": until})

        def act(connection: apsw.Connection) -> Turn | None:
            if _find_turn(connection, turn.name) != turn:
                return None
            connection.execute(_PUT.format("turns"), (json.dumps([[turn.name, dump(kept)]]),))
            return kept

        return await self._database.write(act)

    async def save_site_watches(self, watches: Sequence[SiteWatch]) -> None:
        rows = json.dumps([[sighting_id(one), dump(one)] for one in watches])

        def act(connection: apsw.Connection) -> None:
            connection.execute(_PUT.format("site_watches"), (rows,))

        await self._database.write(act)

    async def list_site_watches(
        self, scope: Scope, *, quiet: bool = False, after: str | None = None, limit: int = 50
    ) -> Page[SiteWatch]:
        also = "quiet_since IS NOT NULL" if quiet else "TRUE"
        return await self._database.read(
            lambda connection: list_of_projects(
                connection, "site_watches", SiteWatch, scope, after, limit, also
            )
        )

    async def save_import_run(self, run: ImportRun) -> None:
        rows = json.dumps([[run.id, dump(run)]])

        def act(connection: apsw.Connection) -> None:
            connection.execute(_PUT.format("import_runs"), (rows,))
            connection.execute(
                "DELETE FROM import_runs WHERE id IN"
                " (SELECT id FROM import_runs ORDER BY id DESC LIMIT -1 OFFSET ?)",
                (upkeep.IMPORTS_KEPT,),
            )

        await self._database.write(act)

    async def find_import_run(self, run_id: str) -> ImportRun | None:
        sql = "SELECT document FROM import_runs WHERE id = ?"
        return await self._database.read(
            lambda connection: find(connection, ImportRun, sql, run_id)
        )


def _find_turn(connection: apsw.Connection, name: str) -> Turn | None:
    return find(connection, Turn, "SELECT document FROM turns WHERE id = ?", name)
