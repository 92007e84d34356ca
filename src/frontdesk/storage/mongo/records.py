"""Everything in the database as records: see `storage.records`.

What this engine keeps beside the documents (versions, turns, numbers) is made anew.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, NamedTuple

from pymongo import DESCENDING
from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Lead
from frontdesk.model import Page
from frontdesk.projects.model import Project
from frontdesk.storage.cursors import decode_cursor, encode_cursor
from frontdesk.storage.lead_search import search_keys
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, escape_names, plain_document, put
from frontdesk.storage.mongo.outbox import delivery_row, empty_outboxes
from frontdesk.storage.mongo.sites import let_go, list_sites, own_sites, take_sites
from frontdesk.storage.records import Record

IMPORTED = "import"  # stands where a row says whose write it was


class Kind(NamedTuple):
    """`collection` has the records' ids; `parts` are those with what belongs to them."""

    collection: str
    parts: tuple[str, ...]
    read: Callable[[AsyncDatabase[Row], Sequence[Row]], Awaitable[list[Record]]]
    write: Callable[[AsyncDatabase[Row], Record], Awaitable[None]]


class RecordCollections:
    _database: Database
    _lanes: Sequence[asyncio.Lock]

    @accepted
    async def export_records(
        self, kind: str, *, after: str | None = None, limit: int = 100
    ) -> Page[Record]:
        collection, _, read, _ = RECORD_KINDS[kind]
        condition = {} if after is None else {"_id": {"$gt": decode_cursor(after, 1)[0]}}
        async with self._database.act() as database:
            if "deliveries" in RECORD_KINDS[kind].parts:
                await empty_outboxes(database)
            found = database[collection].find(condition).sort("_id", 1).limit(limit + 1)
            rows = await found.to_list()
            items = tuple(await read(database, rows[:limit]))
        more = len(rows) > limit
        return Page(items=items, next_cursor=encode_cursor(items[-1].id) if more else None)

    @accepted
    async def count_records(self, kind: str) -> int:
        async with self._database.act() as database:
            return await database[RECORD_KINDS[kind].collection].count_documents({})

    @accepted
    async def import_records(self, kind: str, records: Sequence[Record]) -> None:
        await asyncio.gather(*(self._import(kind, record) for record in records))

    async def _import(self, kind: str, record: Record) -> None:
        # One person's leads one after the other: each takes the turn after the last.
        person = record.content["document"].get("phone", record.id)
        async with self._lanes[hash(person) % len(self._lanes)], self._database.act() as database:
            await RECORD_KINDS[kind].write(database, record)


def _documents(collection: str) -> Kind:
    """Things that are one row each, `_id` and `document`."""

    async def read(_database: AsyncDatabase[Row], rows: Sequence[Row]) -> list[Record]:
        return [_record(row) for row in rows]

    async def write(database: AsyncDatabase[Row], record: Record) -> None:
        await put(database[collection], _row(record))

    return Kind(collection, (), read, write)


def _record(row: Row, **parts: Any) -> Record:
    return Record(id=row["_id"], content={"document": plain_document(row), **parts})


def _row(record: Record, **beside: Any) -> Row:
    document = escape_names(record.content["document"])
    return {"_id": record.id, "document": document, "written_by": IMPORTED, **beside}


async def _group_parts(
    database: AsyncDatabase[Row], collection: str, field: str, rows: Sequence[Row], order: str
) -> dict[str, list[Row]]:
    """The parts of these rows by the id that `field` names, each row's in order."""
    parts: dict[str, list[Row]] = {row["_id"]: [] for row in rows}
    condition = {f"document.{field}": {"$in": [*parts]}}
    async for part in database[collection].find(condition).sort(order, 1):
        parts[part["document"][field]].append(plain_document(part))
    return parts


async def _read_projects(database: AsyncDatabase[Row], rows: Sequence[Row]) -> list[Record]:
    ids = [row["_id"] for row in rows]
    known = await database["knowledge"].find({"_id": {"$in": ids}}).to_list()
    knowledge = {row["_id"]: plain_document(row) for row in known}
    found = await database["findings"].find({"_id": {"$in": ids}}).to_list()
    findings = {row["_id"]: plain_document(row) for row in found}
    return [
        _record(row, knowledge=knowledge.get(row["_id"]), findings=findings.get(row["_id"]))
        for row in rows
    ]


async def _write_project(database: AsyncDatabase[Row], record: Record) -> None:
    sites = own_sites(Project.model_validate(record.content["document"]))
    before = await list_sites(database, record.id)
    await take_sites(database, record.id, sites, IMPORTED)
    stored = await database["projects"].find_one({"_id": record.id})
    version = 1 if stored is None else stored["version"] + 1
    await put(database["projects"], _row(record, version=version))
    await let_go(database, before, sites)
    for collection in ("knowledge", "findings"):
        # A copy that an earlier version made has no findings.
        content = record.content.get(collection)
        if content is not None:
            await put(database[collection], {"_id": record.id, "document": escape_names(content)})
        elif stored is not None:
            await database[collection].delete_one({"_id": record.id})


async def _read_conversations(database: AsyncDatabase[Row], rows: Sequence[Row]) -> list[Record]:
    messages = await _group_parts(database, "messages", "conversation_id", rows, "sequence")
    return [_record(row, messages=messages[row["_id"]]) for row in rows]


async def _write_conversation(database: AsyncDatabase[Row], record: Record) -> None:
    messages = record.content["messages"]
    await put(database["conversations"], _row(record, messages=len(messages)))
    await database["messages"].delete_many({"document.conversation_id": record.id})
    if messages:
        await database["messages"].insert_many(
            [
                {
                    "_id": {"conversation_id": record.id, "id": message["id"]},
                    "document": escape_names(message),
                    "sequence": number,
                    "written_by": IMPORTED,
                }
                for number, message in enumerate(messages, start=1)
            ]
        )


async def _read_leads(database: AsyncDatabase[Row], rows: Sequence[Row]) -> list[Record]:
    deliveries = await _group_parts(database, "deliveries", "lead_id", rows, "_id")
    return [
        _record(row, captures=_plain_captures(row), deliveries=deliveries[row["_id"]])
        for row in rows
    ]


def _plain_captures(row: Row) -> list[Row]:
    names = ("key", "fingerprint", "enquiry_id")
    return sorted(
        ({name: capture[name] for name in names} for capture in row["captures"]),
        key=lambda capture: (capture["key"], capture["enquiry_id"]),
    )


async def _write_lead(database: AsyncDatabase[Row], record: Record) -> None:
    lead, deliveries = record.content["document"], record.content["deliveries"]
    stored = await database["leads"].find_one({"_id": record.id})
    if stored is None:
        person = {
            "document.project_id": lead["project_id"],
            "document.phone": lead["phone"],
        }
        last = await database["leads"].find_one(person, sort=[("turn", DESCENDING)])
        turn, version = (0 if last is None else last["turn"] + 1), 1
    else:
        turn, version = stored["turn"], stored["version"] + 1
    row = _row(
        record,
        newest_enquiry_at=lead["enquiries"][-1]["at"],
        search=[*search_keys(Lead.model_validate(lead))],
        turn=turn,
        version=version,
        captures=[{**capture, "written_by": IMPORTED} for capture in record.content["captures"]],
        outbox=[],
    )
    if deliveries:  # an empty list would count as a value, and be unique
        row["delivery_ids"] = [delivery["id"] for delivery in deliveries]
    await put(database["leads"], row)
    kept = [delivery["id"] for delivery in deliveries]
    await database["deliveries"].delete_many({"document.lead_id": record.id, "_id": {"$nin": kept}})
    for delivery in deliveries:
        # As it stands, also where this version would write it in another way.
        row = delivery_row(Delivery.model_validate(delivery))
        await put(database["deliveries"], {**row, "document": escape_names(delivery)})


RECORD_KINDS = {
    "projects": Kind(
        "projects",
        ("knowledge", "findings", "reading_turns", "sites"),
        _read_projects,
        _write_project,
    ),
    "unknown_sites": _documents("unknown_sites"),
    "widget_layers": _documents("widget_layers"),
    "conversations": Kind("conversations", ("messages",), _read_conversations, _write_conversation),
    "leads": Kind("leads", ("deliveries",), _read_leads, _write_lead),
    "members": _documents("members"),
    "password_links": _documents("password_links"),
    "sessions": _documents("sessions"),
    "api_keys": _documents("api_keys"),
    "audit_entries": _documents("audit_entries"),
    "event_counts": _documents("event_counts"),
    "sightings": _documents("sightings"),
    "spending": _documents("spending"),
    "site_leads": _documents("site_leads"),
    "turned_away": _documents("turned_away"),
    "site_watches": _documents("site_watches"),
    "purges": _documents("purges"),
    "widget_changes": _documents("widget_changes"),
    "import_runs": _documents("import_runs"),
}
