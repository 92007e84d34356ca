"""Removing a thing of several documents so that a crash in between leaves nothing for good."""

from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.storage.mongo.documents import Row

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


async def _finish(database: AsyncDatabase[Row], note: Row) -> bool:
    """A note whose thing is there stays: somebody is about to remove it, or was."""
    collection, thing_id = note["collection"], note["thing_id"]
    if await database[collection].find_one({"_id": thing_id}) is not None:
        return False
    parts, field = _PARTS[collection]
    await database[parts].delete_many({field: thing_id})
    await database["removals"].delete_one({"_id": note["_id"]})
    return True
