"""Projects, their sites, their knowledge, and hosts that belong to none."""

import asyncio
import secrets
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from frontdesk.clock import format_instant
from frontdesk.errors import changed_meanwhile, project_not_found
from frontdesk.model import Page, Scope
from frontdesk.projects.model import (
    Knowledge,
    Project,
    ProjectFilter,
    UnknownSite,
)
from frontdesk.property.model import Findings
from frontdesk.storage import base
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    Rows,
    dump,
    find,
    load,
    page_of,
    put,
    require_project_row,
    scope_condition,
)
from frontdesk.storage.mongo.project_filter import filter_condition
from frontdesk.storage.mongo.sites import let_go, list_sites, own_sites, take_sites
from frontdesk.storage.rules import with_switched


class ProjectCollections:
    _database: Database
    _sightings: asyncio.Semaphore

    @accepted
    async def save_project(
        self, project_id: str, project: Project, *, expected: Project | None = None
    ) -> None:
        if project.id != project_id:
            raise ValueError("a project was handed in under another id than its own")
        sites = own_sites(project)
        async with self._database.act() as database:
            while True:
                by = secrets.token_hex(8)
                before = await database["projects"].find_one({"_id": project_id})
                if expected is not None and (before is None or load(Project, before) != expected):
                    raise changed_meanwhile()
                rows = await list_sites(database, project_id)
                if await take_sites(database, project_id, sites, by) and await _save(
                    database["projects"], before, project
                ):
                    await let_go(database, rows, sites)
                    return

    @accepted
    async def switch_destination(
        self,
        project_id: str,
        destination_id: str,
        at: datetime,
        *,
        enabled: bool | None = None,
        paused: bool | None = None,
    ) -> None:
        async with self._database.act() as database:
            while True:
                before = await database["projects"].find_one({"_id": project_id})
                if before is None:
                    raise project_not_found()
                project = load(Project, before)
                changed = with_switched(project, destination_id, at, enabled=enabled, paused=paused)
                if changed is None or await _save(database["projects"], before, changed):
                    return

    @accepted
    async def get_project(self, project_id: str) -> Project:
        async with self._database.act() as database:
            project = await find(database["projects"], Project, {"_id": project_id})
        if project is None:
            raise project_not_found()
        return project

    @accepted
    async def list_projects(
        self,
        scope: Scope,
        *,
        fits: ProjectFilter = base.ANY_PROJECT,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[Project]:
        conditions = [scope_condition(scope, "_id")]
        if after is not None:
            conditions.append({"_id": {"$gt": decode_cursor(after, 1)[0]}})
        async with self._database.act() as database:
            conditions.append(await filter_condition(database, scope, fits))
            found = database["projects"].find({"$and": conditions}).sort("_id", 1).limit(limit + 1)
            return page_of(await found.to_list(), Project, limit, "_id")

    @accepted
    async def count_projects(self, scope: Scope, *, fits: ProjectFilter = base.ANY_PROJECT) -> int:
        async with self._database.act() as database:
            condition = await filter_condition(database, scope, fits)
            conditions = [scope_condition(scope, "_id"), condition]
            return await database["projects"].count_documents({"$and": conditions})

    @accepted
    async def list_groups(self, scope: Scope) -> list[str]:
        async with self._database.act() as database:
            condition = scope_condition(scope, "_id")
            groups = await database["projects"].distinct("document.group", condition)
        return sorted(group for group in groups if group is not None)

    @accepted
    async def list_projects_for_hosts(self, hosts: Sequence[str]) -> list[Project]:
        async with self._database.act() as database:
            condition = {"document.sites.host": {"$in": list(hosts)}}
            rows = await database["projects"].find(condition).sort("_id", 1).to_list()
        return [load(Project, row) for row in rows]

    @accepted
    async def get_knowledge(self, project_id: str) -> Knowledge:
        async with self._database.act() as database:
            project = await find(database["projects"], Project, {"_id": project_id})
            knowledge = await find(database["knowledge"], Knowledge, {"_id": project_id})
        if project is None:
            raise project_not_found()
        return knowledge or Knowledge(updated_at=project.created_at)

    @accepted
    async def save_knowledge(
        self, project_id: str, knowledge: Knowledge, *, expected: Knowledge | None = None
    ) -> None:
        async with self._database.act() as database:
            rows = database["knowledge"]
            project = await find(database["projects"], Project, {"_id": project_id})
            if project is None:
                raise project_not_found()
            by = secrets.token_hex(8)
            row: Row = {"_id": project_id, "document": dump(knowledge), "written_by": by}
            if expected is None:
                await put(rows, row)
                return
            before = await rows.find_one({"_id": project_id})
            empty = Knowledge(updated_at=project.created_at)
            if (load(Knowledge, before) if before else empty) != expected:
                raise changed_meanwhile()
            # What was read is what is replaced, or nobody's row is put in.
            as_read = {"_id": project_id, "written_by": before.get("written_by") if before else by}
            with suppress(DuplicateKeyError):
                await rows.replace_one(as_read, row, upsert=before is None)
            if await rows.find_one({"_id": project_id, "written_by": by}) is None:
                raise changed_meanwhile()

    @accepted
    async def get_findings(self, project_id: str) -> Findings:
        async with self._database.act() as database:
            await require_project_row(database, project_id)
            found = await find(database["findings"], Findings, {"_id": project_id})
        return found or Findings(project_id=project_id)

    @accepted
    async def save_findings(self, project_id: str, findings: Findings) -> None:
        base.require_project(project_id, findings)
        async with self._database.act() as database:
            await require_project_row(database, project_id)
            await put(database["findings"], {"_id": project_id, "document": dump(findings)})

    @accepted
    async def begin_reading(self, project_id: str, at: datetime, until: datetime) -> bool:
        async with self._database.act() as database:
            await require_project_row(database, project_id)
            # The driver sends a write again where the reply was lost: a mark tells ours.
            row: Row = {"until": format_instant(until), "by": secrets.token_hex(8)}
            free = {"_id": project_id, "until": {"$lte": format_instant(at)}}
            with suppress(DuplicateKeyError):  # somebody has it, or this write came twice
                await database["reading_turns"].update_one(free, {"$set": row}, upsert=True)
            stored = await database["reading_turns"].find_one({"_id": project_id})
        return stored is not None and stored["by"] == row["by"]

    @accepted
    async def end_reading(self, project_id: str, until: datetime, at: datetime) -> None:
        async with self._database.act() as database:
            await database["reading_turns"].update_one(
                {"_id": project_id, "until": format_instant(until)},
                {"$set": {"until": format_instant(at)}},
            )

    @accepted
    async def record_unknown_site(self, host: str, path: str, at: datetime) -> None:
        seen_at = format_instant(at)
        count: Row = {"$inc": {"document.count": 1}, "$min": {"document.first_seen_at": seen_at}}
        newest = {"document.host": host, "document.path": path, "document.last_seen_at": seen_at}
        async with self._sightings, self._database.act() as database:
            sites = database["unknown_sites"]
            try:
                result = await sites.update_one(
                    {"_id": host, "document.last_seen_at": {"$lte": seen_at}},
                    count | {"$set": newest},
                    upsert=True,
                )
            except DuplicateKeyError:  # it is there, and has been seen later than this
                await sites.update_one({"_id": host}, count)
            else:
                if result.upserted_id is not None:
                    await _make_room(database)

    @accepted
    async def list_unknown_sites(
        self, *, after: str | None = None, limit: int = 50
    ) -> Page[UnknownSite]:
        position = "" if after is None else decode_cursor(after, 1)[0]
        async with self._database.act() as database:
            condition = {"_id": {"$gt": position}}
            found = database["unknown_sites"].find(condition).sort("_id", 1).limit(limit + 1)
            return page_of(await found.to_list(), UnknownSite, limit, "_id")


async def _save(projects: Rows, before: Row | None, project: Project) -> bool:
    """False where somebody else saved it meanwhile."""
    row: Row = {"_id": project.id, "document": dump(project), "version": 1}
    if before is None:
        try:
            await projects.insert_one(row)
        except DuplicateKeyError:
            return False
        return True
    row["document"]["created_at"] = before["document"]["created_at"]
    row["version"] = before["version"] + 1
    row["written_by"] = secrets.token_hex(8)
    as_read = {"_id": project.id, "version": before["version"]}
    if (await projects.replace_one(as_read, row)).matched_count:
        return True
    # The driver sends a write again where the reply was lost: a mark tells ours.
    ours = {"_id": project.id, "written_by": row["written_by"]}
    return await projects.find_one(ours) is not None


async def _make_room(database: AsyncDatabase[Row]) -> None:
    sites = database["unknown_sites"]
    over = await sites.estimated_document_count() - base.UNKNOWN_SITES_KEPT
    if over > 0:
        oldest = [("document.last_seen_at", 1), ("_id", 1)]
        rows = await sites.find({}, {"document.host": 1}).sort(oldest).limit(over).to_list()
        await sites.delete_many({"_id": {"$in": [row["_id"] for row in rows]}})
