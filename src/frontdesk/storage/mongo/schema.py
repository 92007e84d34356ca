"""The indexes: what is found by them, and what only they can promise."""

from pymongo import ASCENDING, DESCENDING, IndexModel
from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.storage.mongo.connection import refusal
from frontdesk.storage.mongo.documents import Row
from frontdesk.storage.mongo.lead_rows import fill_search
from frontdesk.storage.mongo.removals import finish_removals

VERSION = 1


def index(name: str, *fields: str, unique: bool = False, sparse: bool = False) -> IndexModel:
    """A field that begins with `-` falls."""
    keys = [
        (field.removeprefix("-"), DESCENDING if field.startswith("-") else ASCENDING)
        for field in fields
    ]
    return IndexModel(keys, name=name, unique=unique, sparse=sparse)


def refusals(name: str, *fields: str) -> IndexModel:
    """Of the messages in which a model was not let say something alone. Sparse would not do: over
    several fields that takes in each message which has one of them.
    """
    keys = index(name, *fields).document["key"]
    is_refused = {"document.refused.reason": {"$exists": True}}
    return IndexModel(keys, name=name, partialFilterExpression=is_refused)


CREATED = ("-document.created_at", "-_id")

INDEXES = {
    "projects": [index("hosts", "document.sites.host")],
    "sites": [index("project", "project_id")],
    "unknown_sites": [index("seen", "document.last_seen_at", "_id")],
    "conversations": [index("started", "document.project_id", "document.started_at")],
    "messages": [
        # A visitor's browser makes the ids of messages: unique in their conversation, no further.
        index("id", "document.conversation_id", "document.id", unique=True),
        index("order", "document.conversation_id", "sequence"),
        refusals("refusals", "-document.at", "-document.id"),
        refusals("refusals_project", "document.project_id", "-document.at", "-document.id"),
    ],
    "spending": [
        index("day", "-document.day", "-document.project_id"),
        index("project", "document.project_id", "-document.day"),
    ],
    "leads": [
        index("created", *CREATED),
        index("project", "document.project_id", *CREATED),
        index("person", "document.phone"),
        index("phone", "document.project_id", "document.phone", "-newest_enquiry_at"),
        # Of those who would add a person's next lead at the same time, one does.
        index("turn", "document.project_id", "document.phone", "turn", unique=True),
        index("key", "document.project_id", "captures.key", unique=True),
        index("delivery", "delivery_ids", unique=True, sparse=True),
        index("outbox", "outbox._id", sparse=True),
        index("status", "document.status", *CREATED),
        index("assignee", "document.assignee_id", *CREATED),
        index("search", "search"),
    ],
    "deliveries": [
        index("due", "document.state", "document.due_at"),
        index("created", *CREATED),
        index("state", "document.state", *CREATED),
        index("project", "document.project_id", *CREATED),
        index("project_state", "document.project_id", "document.state", *CREATED),
        index("lead", "document.lead_id", *CREATED),
        # Rising, and read backwards: SecantusDB leaves the first day out where it falls.
        index("destination", "document.destination_id", "document.created_at", "_id"),
    ],
    "events": [index("day", "day")],
    "event_counts": [
        index("project", "document.project_id", "document.day"),
        index("day", "document.day"),
    ],
    "sightings": [index("project", "document.project_id", "_id")],
    "site_leads": [
        index("project", "document.project_id", "_id"),
        index("lead", "document.lead_id", sparse=True),
    ],
    "purges": [
        index("at", "document.at", "_id"),
        index("failed", "document.is_taken", "_id"),
    ],
    "widget_changes": [index("state", "document.state", "_id")],
    "site_watches": [index("project", "document.project_id", "_id")],
    "turned_away": [
        index("project", "document.project_id", "_id"),
        index("seen", "document.project_id", "-document.last_seen_at", "-_id"),
    ],
    "members": [index("email", "document.email", unique=True)],
    "sessions": [index("expires", "document.expires_at")],
    "password_links": [index("expires", "document.expires_at")],
    "kept_replies": [index("expires", "document.expires_at")],
    "api_keys": [
        index("hash", "document.key_hash", unique=True),
        index("created", *CREATED),
    ],
    "audit_entries": [
        index("created", *CREATED),
        index("project", "document.project_id", *CREATED),
        index("actor", "document.actor_id", *CREATED),
        index("action", "document.action", *CREATED),
    ],
}


async def prepare(database: AsyncDatabase[Row]) -> None:
    """Make the indexes that are missing. Running it again, or twice at once, is no error.

    Raises Unavailable where the data was written by a newer version, PyMongoError where an index
    cannot be made.
    """
    schema = await database["schema"].find_one({"_id": "schema"})
    if schema is not None and schema["version"] > VERSION:
        raise refusal("a newer version of Frontdesk wrote it; start that one instead")
    for collection, indexes in INDEXES.items():
        await database[collection].create_indexes(indexes)
    await finish_removals(database)
    await fill_search(database)
    await database["schema"].update_one(
        {"_id": "schema"}, {"$max": {"version": VERSION}}, upsert=True
    )
