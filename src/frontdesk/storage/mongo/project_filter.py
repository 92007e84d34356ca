"""Which projects a filter means.

Whether a project is live is told by two collections, which plain queries do not join: the sites
that were seen are read, then the projects' sites, and what is asked for is their ids.
"""

import re

from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.clock import format_instant
from frontdesk.model import Scope
from frontdesk.projects.model import ProjectFilter, ProjectState
from frontdesk.storage.lead_search import fold
from frontdesk.storage.mongo.documents import Row, scope_condition


async def filter_condition(database: AsyncDatabase[Row], scope: Scope, fits: ProjectFilter) -> Row:
    conditions: list[Row] = []
    if fits.text:
        part = {"$regex": re.escape(fold(fits.text)), "$options": "i"}
        fields = ("document.name", "_id", "document.sites.host")
        conditions.append({"$or": [{field: part} for field in fields]})
    if fits.group is not None:
        conditions.append({"document.group": fits.group})
    if fits.state is ProjectState.NO_DESTINATION:
        conditions.append({"document.destinations.enabled": {"$ne": True}})
    elif fits.state is not None:
        live = await _list_live(database, scope, fits)
        wanted = "$in" if fits.state is ProjectState.LIVE else "$nin"
        conditions.append({"_id": {wanted: live}})
    return {"$and": conditions} if conditions else {}


async def _list_live(database: AsyncDatabase[Row], scope: Scope, fits: ProjectFilter) -> list[str]:
    seen_since = "" if fits.seen_since is None else format_instant(fits.seen_since)
    condition = scope_condition(scope) | {"document.last_seen_at": {"$gte": seen_since}}
    rows = database["sightings"].find(condition, {"document.project_id": 1})
    seen = {row["_id"] async for row in rows}
    projects = database["projects"].find(scope_condition(scope, "_id"), {"document.sites": 1})
    return [
        row["_id"]
        async for row in projects.sort("_id", 1)
        if row["document"]["sites"]
        and all(
            f"{row['_id']} {site['host']} {site['path_prefix']}" in seen
            for site in row["document"]["sites"]
        )
    ]
