"""Events, their counts, and where the tag was seen."""

from collections.abc import Sequence
from datetime import date
from typing import Literal

from pymongo import UpdateOne
from pymongo.errors import BulkWriteError, DuplicateKeyError

from frontdesk.analytics.model import Event, EventTotal, Sighting
from frontdesk.clock import format_instant
from frontdesk.model import Page, Scope
from frontdesk.storage.base import require_project
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    Rows,
    dump,
    list_duplicates,
    list_of_projects,
    scope_condition,
)
from frontdesk.storage.rules import count_events, count_id, sighting_id

SUMS = ("count", "measured", "milliseconds")


class AnalyticsCollections:
    _database: Database

    @accepted
    async def record_events(
        self, project_id: str, events: Sequence[Event], sighting: Sighting | None = None
    ) -> int:
        require_project(project_id, *events, *filter(None, (sighting,)))
        async with self._database.act() as database:
            new = await _insert_new(database["events"], events)
            counts = [
                UpdateOne(
                    {"_id": count_id(one)},
                    {
                        "$set": {
                            "document.project_id": one.project_id,
                            "document.day": one.day.isoformat(),
                            "document.kind": one.kind.value,
                        },
                        "$inc": {f"document.{name}": getattr(one, name) for name in SUMS},
                    },
                    upsert=True,
                )
                for one in count_events(new)
            ]
            if counts:
                await _count(database["event_counts"], counts)
            if sighting is not None:
                await _record_sighting(database["sightings"], sighting)
            return len(new)

    @accepted
    async def total_events(
        self, scope: Scope, since: date, until: date, *, by: Literal["day", "project"]
    ) -> list[EventTotal]:
        condition = scope_condition(scope)
        condition["document.day"] = {"$gte": since.isoformat(), "$lte": until.isoformat()}
        key = "$document.day" if by == "day" else "$document.project_id"
        sums = {name: {"$sum": f"$document.{name}"} for name in SUMS}
        pipeline: list[Row] = [
            {"$match": condition},
            {"$group": {"_id": {"key": key, "kind": "$document.kind"}, **sums}},
        ]
        async with self._database.act() as database:
            found = await database["event_counts"].aggregate(pipeline)
            totals = [
                EventTotal.model_validate({**row.pop("_id"), **row})
                for row in await found.to_list()
            ]
        return sorted(totals, key=lambda one: (one.key, one.kind))

    @accepted
    async def delete_events(self, before: date, limit: int) -> int:
        async with self._database.act() as database:
            condition = {"day": {"$lt": before.isoformat()}}
            rows = await database["events"].find(condition, {"day": 1}).limit(limit).to_list()
            ids = [row["_id"] for row in rows]
            return (await database["events"].delete_many({"_id": {"$in": ids}})).deleted_count

    @accepted
    async def list_sightings(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Sighting]:
        async with self._database.act() as database:
            return await list_of_projects(database["sightings"], Sighting, scope, after, limit)


async def _insert_new(rows: Rows, events: Sequence[Event]) -> list[Event]:
    """Those that were not there."""
    by_id = {f"{one.day.isoformat()} {one.project_id} {one.id}": one for one in reversed(events)}
    documents = [
        {
            "_id": row_id,
            "day": one.day.isoformat(),
            "kind": one.kind.value,
            "at": format_instant(one.at),
            "page": one.page,
            "milliseconds": one.milliseconds,
        }
        for row_id, one in by_id.items()
    ]
    try:
        await rows.insert_many(documents, ordered=False)
    except BulkWriteError as error:
        known = {documents[place]["_id"] for place in list_duplicates(error)}
        return [one for row_id, one in by_id.items() if row_id not in known]
    return [*by_id.values()]


async def _count(rows: Rows, counts: list[UpdateOne]) -> None:
    try:
        await rows.bulk_write(counts, ordered=False)
    except BulkWriteError as error:
        # Two made the same row at once; those that lost find it there now.
        lost = [counts[place] for place in list_duplicates(error)]
        await rows.bulk_write(lost, ordered=False)


async def _record_sighting(rows: Rows, sighting: Sighting) -> None:
    document = dump(sighting)
    first_seen_at = document.pop("first_seen_at")
    row_id = sighting_id(sighting)
    try:
        await rows.update_one(
            {"_id": row_id, "document.last_seen_at": {"$lte": document["last_seen_at"]}},
            {
                "$set": {f"document.{name}": value for name, value in document.items()},
                "$setOnInsert": {"document.first_seen_at": first_seen_at},
            },
            upsert=True,
        )
    except DuplicateKeyError:  # it is there, and has been seen later than this
        return
