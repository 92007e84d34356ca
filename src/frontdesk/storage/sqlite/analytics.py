"""Events, their counts, and where the tag was seen."""

import itertools
import json
import secrets
from collections.abc import Collection, Sequence
from datetime import date
from typing import Literal, NamedTuple

import apsw

from frontdesk.analytics.model import Event, EventCount, EventTotal, Sighting
from frontdesk.clock import format_instant
from frontdesk.model import Page, Scope
from frontdesk.storage.base import require_project
from frontdesk.storage.rules import count_events, count_id, require_text, sighting_id
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, list_of_projects, scope_condition
from frontdesk.storage.sqlite.rows import Row, write_rows
from frontdesk.storage.sqlite.writer import JointAct

PROCESS = secrets.token_hex(6)
NUMBERS = itertools.count()
# `written_by` tells apart what of a batch is new where some of it was there.
INSERT_EVENTS = """
    INSERT OR IGNORE INTO events
        (day, project_id, id, kind, at, page, milliseconds, written_by) VALUES {}
"""
READ_WRITTEN = """
    SELECT json_group_array(json_array(day, project_id, id)) FROM events
    WHERE written_by = ? AND (day, project_id, id) IN
        (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(?))
"""
INSERT_COUNTS = """
    INSERT INTO event_counts (id, project_id, day, kind, count, measured, milliseconds)
    SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5,
        value ->> 6 FROM json_each(?) WHERE TRUE
"""
ADD_COUNTS = f"""{INSERT_COUNTS} ON CONFLICT DO UPDATE SET count = count + excluded.count,
    measured = measured + excluded.measured, milliseconds = milliseconds + excluded.milliseconds
"""
RECORD_SIGHTINGS = """
    INSERT INTO sightings (id, document)
    SELECT value ->> 0, value ->> 1 FROM json_each(?) WHERE TRUE
    ON CONFLICT DO UPDATE SET
        document = json_set(excluded.document, '$.first_seen_at', document ->> 'first_seen_at')
    WHERE excluded.last_seen_at >= last_seen_at
"""

Key = tuple[str, str, str]


class _Batch(NamedTuple):
    """Events by day, project and id, and a sighting as id and document."""

    events: dict[Key, Event]
    seen: tuple[str, str] | None


class AnalyticsTables:
    _database: Database

    async def record_events(
        self, project_id: str, events: Sequence[Event], sighting: Sighting | None = None
    ) -> int:
        require_project(project_id, *events, *filter(None, (sighting,)))
        require_text(*{event.page for event in events})
        # Of two with one id in a batch the first counts.
        by_key = {(e.day.isoformat(), e.project_id, e.id): e for e in reversed(events)}
        seen = None if sighting is None else (sighting_id(sighting), dump(sighting))
        return await self._database.write(JointAct(_record_together, _Batch(by_key, seen)))

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
        return await self._database.read(
            lambda connection: list_of_projects(
                connection, "sightings", Sighting, scope, after, limit
            )
        )


def count_row(count: EventCount) -> Row:
    """What INSERT_COUNTS takes."""
    return (
        count_id(count),
        count.project_id,
        count.day.isoformat(),
        count.kind.value,
        count.count,
        count.measured,
        count.milliseconds,
    )


def _record_together(connection: apsw.Connection, batches: Sequence[_Batch]) -> list[int]:
    """All batches in three statements, five where some of it came before."""
    owners: dict[Key, int] = {}
    for number, batch in enumerate(batches):
        for key in batch.events:
            owners.setdefault(key, number)
    written_by = f"{PROCESS}-{next(NUMBERS)}"
    rows = [
        (*key, event.kind, format_instant(event.at), event.page, event.milliseconds, written_by)
        for key, event in ((key, batches[number].events[key]) for key, number in owners.items())
    ]
    before = connection.total_changes()
    write_rows(connection, INSERT_EVENTS, rows)
    new: Collection[Key] = owners
    if connection.total_changes() - before < len(rows):
        keys = json.dumps([*owners])
        found = connection.execute(READ_WRITTEN, (written_by, keys)).get
        new = {(day, project_id, event_id) for day, project_id, event_id in json.loads(found)}
    counts = count_events(batches[owners[key]].events[key] for key in new)
    connection.execute(ADD_COUNTS, (json.dumps([*map(count_row, counts)]),))
    seen = [batch.seen for batch in batches if batch.seen is not None]
    if seen:
        connection.execute(RECORD_SIGHTINGS, (json.dumps(seen),))
    added = [0] * len(batches)
    for key in new:
        added[owners[key]] += 1
    return added
