"""Everything in the file as records: see `storage.records`."""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, NamedTuple

import apsw

from frontdesk.analytics.model import EventCount, EventKind
from frontdesk.model import Page
from frontdesk.projects.model import Project
from frontdesk.storage.cursors import decode_cursor, encode_cursor
from frontdesk.storage.records import Record
from frontdesk.storage.sqlite.analytics import INSERT_COUNTS, count_row
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.projects import put_project


class Kind(NamedTuple):
    """`table` has the records' ids; `parts` are the tables with what belongs to them."""

    table: str
    parts: tuple[str, ...]
    read: Callable[[apsw.Connection, str, str], dict[str, Any]]
    write: Callable[[apsw.Connection, Record], None]


class RecordTables:
    _database: Database

    async def export_records(
        self, kind: str, *, after: str | None = None, limit: int = 100
    ) -> Page[Record]:
        table, _, read, _ = RECORD_KINDS[kind]
        position = "" if after is None else decode_cursor(after, 1)[0]

        def query(connection: apsw.Connection) -> Page[Record]:
            # One moment for a thing and its parts, whatever is written meanwhile.
            connection.execute("BEGIN")
            try:
                rows: list[Any] = connection.execute(
                    f"SELECT id, document FROM {table}"  # noqa: S608  ours alone
                    " WHERE id > ? ORDER BY id LIMIT ?",
                    (position, limit + 1),
                ).fetchall()
                items = tuple(
                    Record(id=row_id, content=read(connection, row_id, document))
                    for row_id, document in rows[:limit]
                )
            finally:
                connection.execute("ROLLBACK")
            more = len(rows) > limit
            return Page(items=items, next_cursor=encode_cursor(items[-1].id) if more else None)

        return await self._database.read(query)

    async def count_records(self, kind: str) -> int:
        table = RECORD_KINDS[kind].table
        count: int = await self._database.read(
            lambda connection: connection.execute(f"SELECT count(*) FROM {table}").get  # noqa: S608
        )
        return count

    async def import_records(self, kind: str, records: Sequence[Record]) -> None:
        write = RECORD_KINDS[kind].write

        def act(connection: apsw.Connection) -> None:
            for record in records:
                write(connection, record)

        await self._database.write(act)


def _documents(table: str) -> Kind:
    """Things that are one row each, `id` and `document`, and nothing else."""

    def read(_connection: apsw.Connection, _id: str, document: str) -> dict[str, Any]:
        return {"document": json.loads(document)}

    def write(connection: apsw.Connection, record: Record) -> None:
        _put(connection, table, record.id, record.content["document"])

    return Kind(table, (), read, write)


def _put(connection: apsw.Connection, table: str, row_id: str, document: Any) -> None:
    connection.execute(
        f"INSERT INTO {table} (id, document) VALUES (?, ?)"  # noqa: S608  ours alone
        " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
        (row_id, json.dumps(document, ensure_ascii=False, separators=(",", ":"))),
    )


def _read_project(connection: apsw.Connection, row_id: str, document: str) -> dict[str, Any]:
    knowledge = connection.execute("SELECT document FROM knowledge WHERE id = ?", (row_id,)).get
    findings = connection.execute("SELECT document FROM findings WHERE id = ?", (row_id,)).get
    return {
        "document": json.loads(document),
        "knowledge": None if knowledge is None else json.loads(knowledge),
        "findings": None if findings is None else json.loads(findings),
    }


def _write_project(connection: apsw.Connection, record: Record) -> None:
    put_project(connection, Project.model_validate(record.content["document"]))
    # As it stands, also where this version would write it in another way.
    _put(connection, "projects", record.id, record.content["document"])
    for table in ("knowledge", "findings"):
        # A copy that an earlier version made has no findings.
        document = record.content.get(table)
        if document is None:
            connection.execute(f"DELETE FROM {table} WHERE id = ?", (record.id,))  # noqa: S608
        else:
            _put(connection, table, record.id, document)


def _read_conversation(connection: apsw.Connection, row_id: str, document: str) -> dict[str, Any]:
    messages = connection.execute(
        "SELECT document FROM messages WHERE conversation_id = ? ORDER BY sequence", (row_id,)
    )
    return {
        "document": json.loads(document),
        "messages": [json.loads(message) for (message,) in messages],
    }


def _write_conversation(connection: apsw.Connection, record: Record) -> None:
    _put(connection, "conversations", record.id, record.content["document"])
    connection.execute("DELETE FROM messages WHERE conversation_id = ?", (record.id,))
    connection.executemany(
        "INSERT INTO messages (id, document) VALUES (?, ?)",
        [
            (message["id"], json.dumps(message, ensure_ascii=False))
            for message in record.content["messages"]
        ],
    )


def _read_lead(connection: apsw.Connection, row_id: str, document: str) -> dict[str, Any]:
    keys = connection.execute(
        "SELECT key, fingerprint, enquiry_id FROM idempotency_keys"
        " WHERE lead_id = ? ORDER BY key, enquiry_id",
        (row_id,),
    )
    captures = [
        {"key": key, "fingerprint": fingerprint, "enquiry_id": enquiry_id}
        for key, fingerprint, enquiry_id in keys
    ]
    deliveries = connection.execute(
        "SELECT document FROM deliveries WHERE lead_id = ? ORDER BY id", (row_id,)
    )
    return {
        "document": json.loads(document),
        "captures": captures,
        "deliveries": [json.loads(delivery) for (delivery,) in deliveries],
    }


def _write_lead(connection: apsw.Connection, record: Record) -> None:
    lead = record.content["document"]
    _put(connection, "leads", record.id, lead)
    asked_at = {enquiry["id"]: enquiry["at"] for enquiry in lead["enquiries"]}
    connection.execute("DELETE FROM idempotency_keys WHERE lead_id = ?", (record.id,))
    connection.executemany(
        "INSERT INTO idempotency_keys VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                lead["project_id"],
                capture["key"],
                capture["fingerprint"],
                record.id,
                capture["enquiry_id"],
                asked_at[capture["enquiry_id"]],
            )
            for capture in record.content["captures"]
        ],
    )
    connection.execute("DELETE FROM deliveries WHERE lead_id = ?", (record.id,))
    for delivery in record.content["deliveries"]:
        _put(connection, "deliveries", delivery["id"], delivery)


def _read_count(_connection: apsw.Connection, _id: str, document: str) -> dict[str, Any]:
    return {"document": json.loads(document)}


def _write_count(connection: apsw.Connection, record: Record) -> None:
    connection.execute("DELETE FROM event_counts WHERE id = ?", (record.id,))
    said = record.content["document"]
    count = EventCount(
        **{**said, "day": date.fromisoformat(said["day"]), "kind": EventKind(said["kind"])}
    )
    connection.execute(INSERT_COUNTS, (json.dumps([count_row(count)]),))


RECORD_KINDS = {
    "projects": Kind(
        "projects",
        ("knowledge", "findings", "reading_turns", "project_sites"),
        _read_project,
        _write_project,
    ),
    "unknown_sites": _documents("unknown_sites"),
    "widget_layers": _documents("widget_layers"),
    "conversations": Kind("conversations", ("messages",), _read_conversation, _write_conversation),
    "leads": Kind("leads", ("idempotency_keys", "deliveries"), _read_lead, _write_lead),
    "members": _documents("members"),
    "password_links": _documents("password_links"),
    "sessions": _documents("sessions"),
    "api_keys": _documents("api_keys"),
    "audit_entries": _documents("audit_entries"),
    "event_counts": Kind("event_counts", (), _read_count, _write_count),
    "sightings": _documents("sightings"),
    "spending": _documents("spending"),
    "site_leads": _documents("site_leads"),
    "turned_away": _documents("turned_away"),
    "site_watches": _documents("site_watches"),
    "purges": _documents("purges"),
    "widget_changes": _documents("widget_changes"),
    "import_runs": _documents("import_runs"),
}
