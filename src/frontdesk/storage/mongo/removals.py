"""Removing a thing of several documents so that a crash in between leaves nothing for good."""

from datetime import datetime, timedelta

from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.clock import format_instant
from frontdesk.storage.mongo.documents import Row

FORGOTTEN_AFTER = timedelta(days=1)

# A thing's collection, and where its parts are and what they call it.
_PARTS = {
    "leads": ("deliveries", "document.lead_id"),
    "conversations": ("messages", "document.conversation_id"),
}


async def remove(database: AsyncDatabase[Row], collection: str, as_read: Row) -> bool:
    """Remove the thing that `as_read` names by its `_id` and state, and then its parts.

    False, and nothing removed, where it is not as it was read.
    """
    thing_id = as_read["_id"]
    note = {"_id": f"{collection}/{thing_id}", "collection": collection, "thing_id": thing_id}
    await database["removals"].replace_one({"_id": note["_id"]}, note, upsert=True)
    await database[collection].delete_one(as_read)
    # Looked at, not counted: the driver may have sent it twice.
    return await _finish(database, note)


async def finish_removals(database: AsyncDatabase[Row]) -> None:
    """Remove what a crash has left."""
    for note in await database["removals"].find({}).to_list():
        await _finish(database, note)


async def forget_removals(database: AsyncDatabase[Row], at: datetime) -> None:
    """Drop notes whose thing is still there a day after this first saw it: nobody is at it.

    Whoever takes a removal up again writes the note anew, and its day begins again.
    """
    removals = database["removals"]
    await finish_removals(database)
    await removals.update_many({"seen_at": None}, {"$set": {"seen_at": format_instant(at)}})
    await removals.delete_many({"seen_at": {"$lt": format_instant(at - FORGOTTEN_AFTER)}})


async def _finish(database: AsyncDatabase[Row], note: Row) -> bool:
    """A note whose thing is there stays: somebody is about to remove it, or was."""
    collection, thing_id = note["collection"], note["thing_id"]
    if await database[collection].find_one({"_id": thing_id}) is not None:
        return False
    parts, field = _PARTS[collection]
    await database[parts].delete_many({field: thing_id})
    if collection == "leads":
        await database["site_leads"].update_many(
            {"document.lead_id": thing_id},
            {"$unset": {"document.lead_id": "", "document.page": ""}},
        )
    await database["removals"].delete_one({"_id": note["_id"]})
    return True
