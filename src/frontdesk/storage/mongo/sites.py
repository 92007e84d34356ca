"""Which project has a site outright: a row for each, whose id is the site.

A save takes the sites, changes the project, and lets go what the project no longer has. A crash in
between leaves rows of sites that the project does not show: they stay its own until its next save.
`by` is a token of the save that last counted on the row, so that nobody removes what somebody else
has just counted on.
"""

from collections.abc import Sequence

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from frontdesk.errors import Conflict
from frontdesk.projects.model import Project
from frontdesk.storage.mongo.documents import Row


def own_sites(project: Project) -> list[str]:
    """A host has no slash and a path begins with one, so the two make one name."""
    return sorted({f"{s.host}{s.path_prefix}" for s in project.sites if not s.by_hand})


async def list_sites(database: AsyncDatabase[Row], project_id: str) -> list[Row]:
    return await database["sites"].find({"project_id": project_id}).to_list()


async def take_sites(
    database: AsyncDatabase[Row], project_id: str, sites: Sequence[str], by: str
) -> bool:
    """Raises Conflict(`site_taken`) and has taken none; False where one was just let go."""
    taken: list[str] = []
    for site in sites:
        row = {"_id": site, "project_id": project_id, "by": by}
        try:
            await database["sites"].insert_one(row)
        except DuplicateKeyError:
            owner = await database["sites"].find_one({"_id": site})
            if owner is not None and owner["project_id"] != project_id:
                await database["sites"].delete_many({"_id": {"$in": taken}, "by": by})
                raise Conflict("site_taken", f"{site} belongs to another project.") from None
        else:
            taken.append(site)
    result = await database["sites"].update_many(
        {"_id": {"$in": list(sites)}, "project_id": project_id}, {"$set": {"by": by}}
    )
    return result.matched_count == len(sites)


async def let_go(database: AsyncDatabase[Row], rows: Sequence[Row], kept: Sequence[str]) -> None:
    """Remove rows that are as they were read, but for the sites that are kept."""
    for row in rows:
        if row["_id"] not in kept:
            await database["sites"].delete_one({"_id": row["_id"], "by": row["by"]})
