"""What models used, by project and day, and what they were not let say."""

from datetime import date

import apsw

from frontdesk.chat.model import Message, Spending, SpentToday
from frontdesk.model import Page, Scope
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.rules import ALL_PROJECTS, spending_id
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, page_of, scope_condition


class SpendingTables:
    _database: Database

    async def spend(self, project_id: str, day: date, tokens: int) -> SpentToday:
        def act(connection: apsw.Connection) -> SpentToday:
            return SpentToday(
                _add(connection, project_id, day, tokens),
                _add(connection, ALL_PROJECTS, day, tokens),
            )

        return await self._database.write(act)

    async def get_spent(self, project_id: str, day: date) -> SpentToday:
        def query(connection: apsw.Connection) -> SpentToday:
            return SpentToday(
                _tokens(connection, project_id, day), _tokens(connection, ALL_PROJECTS, day)
            )

        return await self._database.read(query)

    async def list_spending(
        self, scope: Scope, since: date, *, after: str | None = None, limit: int = 50
    ) -> Page[Spending]:
        conditions, values = scope_condition(scope)
        conditions += ["day >= ?", f"project_id > '{ALL_PROJECTS}'"]
        values.append(since.isoformat())
        if after is not None:
            conditions.append("(day, project_id) < (?, ?)")
            values += decode_cursor(after, 2)

        def query(connection: apsw.Connection) -> Page[Spending]:
            # Only names from this package are put into the text; what callers say is bound.
            rows = connection.execute(
                "SELECT document, day, project_id FROM spending"  # noqa: S608
                f" WHERE {' AND '.join(conditions)} ORDER BY day DESC, project_id DESC LIMIT ?",
                (*values, limit + 1),
            )
            return page_of(rows, Spending, limit)

        return await self._database.read(query)

    async def list_refusals(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Message]:
        conditions, values = scope_condition(scope)
        conditions.append("refused IS NOT NULL")
        if after is not None:
            conditions.append("(at, id) < (?, ?)")
            values += decode_cursor(after, 2)

        def query(connection: apsw.Connection) -> Page[Message]:
            rows = connection.execute(
                f"SELECT document, at, id FROM messages WHERE {' AND '.join(conditions)}"  # noqa: S608
                " ORDER BY at DESC, id DESC LIMIT ?",
                (*values, limit + 1),
            )
            return page_of(rows, Message, limit)

        return await self._database.read(query)


def _add(connection: apsw.Connection, project_id: str, day: date, tokens: int) -> int:
    """Count in one row, which is made where it is missing; the tokens it holds then."""
    first = Spending(project_id=project_id, day=day, tokens=tokens, replies=1)
    held: int = connection.execute(
        "INSERT INTO spending (id, document) VALUES (?, ?)"
        " ON CONFLICT (id) DO UPDATE SET document = json_set(document,"
        " '$.tokens', (document ->> 'tokens') + ?, '$.replies', (document ->> 'replies') + 1)"
        " RETURNING document ->> 'tokens'",
        (spending_id(project_id, day), dump(first), tokens),
    ).get
    return held


def _tokens(connection: apsw.Connection, project_id: str, day: date) -> int:
    spending = find(
        connection,
        Spending,
        "SELECT document FROM spending WHERE id = ?",
        spending_id(project_id, day),
    )
    return 0 if spending is None else spending.tokens
