"""From a lead's outbox to the deliveries.

A lead is stored with its deliveries in one document, since only one document changes at a time.
From there they are moved, by whoever comes first: the capture itself, or after a crash the next who
looks at deliveries. Moving them twice is no different from moving them once.
"""

from collections.abc import Sequence

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError

from frontdesk.delivery.model import Delivery
from frontdesk.storage.mongo.documents import Row, dump, list_duplicates

LEADS_AT_ONCE = 100


def delivery_row(delivery: Delivery) -> Row:
    return {
        "_id": delivery.id,
        "document": dump(delivery),
        "target": target_of(delivery.project_id, delivery.destination_id),
    }


def target_of(project_id: str, destination_id: str) -> str:
    """A destination's name among those of all projects; a project's id has no slash."""
    return f"{project_id}/{destination_id}"


async def empty_outboxes(database: AsyncDatabase[Row]) -> None:
    """Move what a crash has left, or what another process is moving at this moment."""
    waiting = {"outbox._id": {"$gt": ""}}
    while True:
        leads = await database["leads"].find(waiting).limit(LEADS_AT_ONCE).to_list()
        for lead in leads:
            await empty_outbox(database, lead["_id"], lead["outbox"])
        if len(leads) < LEADS_AT_ONCE:
            return


async def empty_outbox(database: AsyncDatabase[Row], lead_id: str, rows: Sequence[Row]) -> None:
    """Move these rows of a lead's outbox. Those that are there already stay as they are."""
    if not rows:
        return
    try:
        await database["deliveries"].insert_many(rows, ordered=False)
    except BulkWriteError as error:
        list_duplicates(error)
    moved = {"_id": {"$in": [row["_id"] for row in rows]}}
    result = await database["leads"].update_one({"_id": lead_id}, {"$pull": {"outbox": moved}})
    if not result.matched_count:  # the lead was erased meanwhile, and these came after it
        await database["deliveries"].delete_many(moved)
