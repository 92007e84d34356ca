"""Events, their counts, and where the tag was seen."""

import json
from collections.abc import Sequence
from datetime import date
from typing import Literal

import apsw

from frontdesk.analytics.model import Event, EventCount, EventTotal, Sighting
from frontdesk.clock import format_instant
from frontdesk.model import Page, Scope
from frontdesk.storage.base import require_project
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.rules import count_events, count_id, sighting_id, unstorable_text
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, page_of, scope_condition

INSERT_COUNT = (
    "INSERT INTO event_counts (id, project_id, day, kind, count, measured, milliseconds)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)


class AnalyticsTables:
    _database: Database

    async def record_events(
        self, project_id: str, events: Sequence[Event], sighting: Sighting | None = None
    ) -> int:
        require_project(project_id, *events, *filter(None, (sighting,)))
        rows = _write_rows(events)
        # Of two with one id in a batch the first is the one that is stored.
        by_id = {(event.day.isoformat(), event.id): event for event in reversed(events)}
        seen = None if sighting is None else (dump(sighting), sighting)

        def act(connection: apsw.Connection) -> int:
            # One statement for the whole batch: each costs as much as several rows.
            new = connection.execute(
                "INSERT INTO events (day, project_id, id, kind, at, page, milliseconds)"
                " SELECT value ->> 0, ?, value ->> 1, value ->> 2, value ->> 3, value ->> 4,"
                " value ->> 5 FROM json_each(?) WHERE TRUE ON CONFLICT DO NOTHING"
                " RETURNING day, id",
                (project_id, rows),
            ).fetchall()
            connection.executemany(
                INSERT_COUNT + " ON CONFLICT DO UPDATE SET"
                " count = count + excluded.count, measured = measured + excluded.measured,"
                " milliseconds = milliseconds + excluded.milliseconds",
                map(
                    count_row,
                    count_events(by_id[str(day), str(one)] for day, one in new),
                ),
            )
            if seen is not None:
                _record_sighting(connection, *seen)
            return len(new)

        return await self._database.write(act)

    async def total_events(
        self, scope: Scope, since: date, until: date, *, by: Literal["day", "project"]
    ) -> list[EventTotal]:
        conditions, values = scope_condition(scope)
        where = " AND ".join([*conditions, "day BETWEEN ? AND ?"])
        key = "day" if by == "day" else "project_id"
        # Only names from this package are put into the text; what callers say is bound.
        sql = (
            f"SELECT {key}, kind, sum(count), sum(measured), sum(milliseconds)"  # noqa: S608
            f" FROM event_counts WHERE {where} GROUP BY {key}, kind ORDER BY {key}, kind"
        )

        def query(connection: apsw.Connection) -> list[EventTotal]:
            found = connection.execute(sql, (*values, since.isoformat(), until.isoformat()))
            names = ("key", "kind", "count", "measured", "milliseconds")
            return [EventTotal.model_validate(dict(zip(names, row, strict=True))) for row in found]

        return await self._database.read(query)

    async def delete_events(self, before: date, limit: int) -> int:
        def act(connection: apsw.Connection) -> int:
            connection.execute(
                "DELETE FROM events WHERE (day, project_id, id) IN"
                " (SELECT day, project_id, id FROM events WHERE day < ? LIMIT ?)",
                (before.isoformat(), limit),
            )
            return connection.changes()

        return await self._database.write(act)

    async def list_sightings(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Sighting]:
        conditions, values = scope_condition(scope)
        if after is not None:
            conditions.append("id > ?")
            values.extend(decode_cursor(after, 1))
        where = " AND ".join(conditions) or "TRUE"

        def query(connection: apsw.Connection) -> Page[Sighting]:
            rows = connection.execute(
                f"SELECT document, id FROM sightings WHERE {where}"  # noqa: S608
                " ORDER BY id LIMIT ?",
                (*values, limit + 1),
            )
            return page_of(rows, Sighting, limit)

        return await self._database.read(query)


def count_row(count: EventCount) -> tuple[str | int, ...]:
    """What INSERT_COUNT binds."""
    return (
        count_id(count),
        count.project_id,
        count.day.isoformat(),
        count.kind.value,
        count.count,
        count.measured,
        count.milliseconds,
    )


def _write_rows(events: Sequence[Event]) -> str:
    rows = [
        (
            one.day.isoformat(),
            one.id,
            one.kind.value,
            format_instant(one.at),
            one.page,
            one.milliseconds,
        )
        for one in events
    ]
    try:
        return json.dumps(rows, ensure_ascii=False).encode().decode()
    except UnicodeEncodeError:
        raise unstorable_text() from None


def _record_sighting(connection: apsw.Connection, document: str, sighting: Sighting) -> None:
    connection.execute(
        "INSERT INTO sightings (id, document) VALUES (?, ?)"
        " ON CONFLICT DO UPDATE SET document = json_set("
        "excluded.document, '$.first_seen_at', document ->> 'first_seen_at')"
        " WHERE excluded.last_seen_at >= last_seen_at",
        (sighting_id(sighting), document),
    )
