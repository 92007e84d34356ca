"""Many rows in one statement.

For each statement the interpreter's lock changes hands with a busy event loop, so that a group of
acts should cost few of them. Rows are bound as they are: as JSON they cost three times as much.
"""

from collections.abc import Iterator, Sequence
from typing import Any

import apsw

Row = Sequence[str | int | None]
MOST_ROWS = 256


def read_rows(connection: apsw.Connection, sql: str, rows: Sequence[Row]) -> list[tuple[Any, ...]]:
    """What `sql` gives with placeholders for the rows' values where it has `{}`."""
    found: list[tuple[Any, ...]] = []
    for portion in _portions(rows):
        placeholders = ", ".join([f"({', '.join('?' * len(portion[0]))})"] * len(portion))
        values = [value for row in portion for value in row]
        found += connection.execute(sql.format(placeholders), values).fetchall()
    return found


def write_rows(connection: apsw.Connection, sql: str, rows: Sequence[Row]) -> None:
    """The same for a statement that gives nothing.

    Let it be one that does not undo by itself what came before a fault in it (`OR FAIL`,
    `OR IGNORE`): otherwise SQLite keeps each page as it was, which costs as much as the writing,
    and an act that fails is undone whole by whoever runs it.
    """
    read_rows(connection, sql, rows)


def _portions(rows: Sequence[Row]) -> Iterator[Sequence[Row]]:
    """By powers of two: few enough texts that all of them stay prepared."""
    start = 0
    while start < len(rows):
        size = min(MOST_ROWS, 1 << (len(rows) - start).bit_length() - 1)
        yield rows[start : start + size]
        start += size
