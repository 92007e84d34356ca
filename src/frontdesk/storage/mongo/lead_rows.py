"""A lead as a row: its document, and what this engine finds it by."""

import structlog
from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.clock import format_instant
from frontdesk.leads.model import Lead
from frontdesk.storage.lead_search import search_keys
from frontdesk.storage.mongo.documents import Row, dump, load

TELL_EVERY = 10_000
_log = structlog.get_logger("frontdesk.storage")


def row_fields(lead: Lead) -> Row:
    return {
        "document": dump(lead),
        "newest_enquiry_at": format_instant(lead.enquiries[-1].at),
        "search": [*search_keys(lead)],
    }


async def fill_search(database: AsyncDatabase[Row]) -> None:
    """Give the keys to rows from before there were any. Running it again is no error."""
    leads = database["leads"]
    filled = 0
    async for row in leads.find({"search": {"$exists": False}}):
        if filled % TELL_EVERY == 0:
            _log.warning("updating the leads so that they can be searched for", done=filled)
        filled += 1
        keys = [*search_keys(load(Lead, row))]
        await leads.update_one(
            {"_id": row["_id"], "version": row["version"]}, {"$set": {"search": keys}}
        )
