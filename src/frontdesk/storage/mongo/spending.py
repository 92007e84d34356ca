"""What models used, by project and day, and what they were not let say."""

from datetime import date

from pymongo import ReturnDocument
from pymongo.errors import DuplicateKeyError

from frontdesk.chat.model import Message, Spending, SpentToday
from frontdesk.model import Page, Scope
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    Rows,
    dump,
    find,
    insert,
    load,
    page_of,
    scope_condition,
)
from frontdesk.storage.rules import ALL_PROJECTS, spending_id


class SpendingCollections:
    _database: Database

    @accepted
    async def spend(self, project_id: str, day: date, tokens: int) -> SpentToday:
        async with self._database.act() as database:
            rows = database["spending"]
            return SpentToday(
                await _add(rows, project_id, day, tokens),
                await _add(rows, ALL_PROJECTS, day, tokens),
            )

    @accepted
    async def get_spent(self, project_id: str, day: date) -> SpentToday:
        async with self._database.act() as database:
            rows = database["spending"]
            return SpentToday(
                await _tokens(rows, project_id, day), await _tokens(rows, ALL_PROJECTS, day)
            )

    @accepted
    async def list_spending(
        self, scope: Scope, since: date, *, after: str | None = None, limit: int = 50
    ) -> Page[Spending]:
        condition = scope_condition(scope) or {"document.project_id": {"$gt": ALL_PROJECTS}}
        condition["document.day"] = {"$gte": since.isoformat()}
        if after is not None:
            day, project_id = decode_cursor(after, 2)
            condition["$or"] = [
                {"document.day": {"$lt": day}},
                {"document.day": day, "document.project_id": {"$lt": project_id}},
            ]
        async with self._database.act() as database:
            rows = await (
                database["spending"]
                .find(condition)
                .sort([("document.day", -1), ("document.project_id", -1)])
                .limit(limit + 1)
                .to_list()
            )
        return page_of(rows, Spending, limit, "document.day", "document.project_id")

    @accepted
    async def list_refusals(
        self, scope: Scope, *, after: str | None = None, limit: int = 50
    ) -> Page[Message]:
        condition: Row = {**scope_condition(scope), "document.refused.reason": {"$exists": True}}
        if after is not None:
            at, last_id = decode_cursor(after, 2)
            condition["$or"] = [
                {"document.at": {"$lt": at}},
                {"document.at": at, "document.id": {"$lt": last_id}},
            ]
        async with self._database.act() as database:
            rows = await (
                database["messages"]
                .find(condition)
                .sort([("document.at", -1), ("document.id", -1)])
                .limit(limit + 1)
                .to_list()
            )
        return page_of(rows, Message, limit, "document.at", "document.id")


async def _add(rows: Rows, project_id: str, day: date, tokens: int) -> int:
    """Count in one row, which is made where it is missing; the tokens it holds then."""
    row_id = spending_id(project_id, day)
    first = Spending(project_id=project_id, day=day, tokens=tokens, replies=1)
    while True:
        row = await rows.find_one_and_update(
            {"_id": row_id},
            {"$inc": {"document.tokens": tokens, "document.replies": 1}},
            return_document=ReturnDocument.AFTER,
        )
        if row is not None:
            return load(Spending, row).tokens
        try:
            await insert(rows, {"_id": row_id, "document": dump(first)})
        except DuplicateKeyError:
            continue  # another made it in between; now there is one to count in
        return tokens


async def _tokens(rows: Rows, project_id: str, day: date) -> int:
    spending = await find(rows, Spending, {"_id": spending_id(project_id, day)})
    return 0 if spending is None else spending.tokens
