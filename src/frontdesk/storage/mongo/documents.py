"""Models as documents, and lists of them by the page.

A row is `_id`, the `document` (the model's JSON, instants as text, which is the only truth about
the thing), and beside it what this engine needs to find it or to keep a promise.
"""

import secrets
from collections.abc import Sequence
from typing import Any, TypeAlias, TypeVar
from urllib.parse import unquote

from pydantic import BaseModel
from pymongo.asynchronous.collection import AsyncCollection
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import BulkWriteError, DuplicateKeyError

from frontdesk.clock import format_instant
from frontdesk.errors import project_not_found
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.storage.cursors import decode_cursor, encode_cursor

ModelT = TypeVar("ModelT", bound=BaseModel)
Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = AsyncCollection[Row]

# Names that a marketer chooses (`contact.mobile`) may hold what MongoDB keeps for itself, and NUL,
# which no BSON name can hold.
_ESCAPES = {"%": "%25", ".": "%2E", "$": "%24", "\0": "%00"}
_DUPLICATE_KEY = 11000


def dump(model: BaseModel) -> Row:
    """The document of a model."""
    return escape_names(model.model_dump(mode="json"))


def load(model: type[ModelT], row: Row) -> ModelT:
    """The model in a row."""
    return model.model_validate(plain_document(row))


def escape_names(document: Row) -> Row:
    """A model's JSON as it may be stored."""
    return _rename(document, _escape)  # type: ignore[no-any-return]


def plain_document(row: Row) -> Row:
    """The model's JSON in a row."""
    return _rename(row["document"], unquote)  # type: ignore[no-any-return]


async def find(rows: Rows, model: type[ModelT], condition: Row) -> ModelT | None:
    """The model in the one row that meets the condition."""
    row = await rows.find_one(condition)
    return None if row is None else load(model, row)


async def insert(rows: Rows, row: Row) -> None:
    """Add a row. Raises DuplicateKeyError where a unique value of it is taken.

    The driver sends a write again when the reply was lost, and meets its own row then: the row
    says who wrote it.
    """
    written_by = secrets.token_hex(8)
    try:
        await rows.insert_one({**row, "written_by": written_by})
    except DuplicateKeyError:
        stored = await rows.find_one({"_id": row["_id"]})
        if stored is None or stored["written_by"] != written_by:
            raise


def list_duplicates(error: BulkWriteError) -> list[int]:
    """Which of the rows or writes, by their place, met what is there; raises where it was more."""
    faults = error.details["writeErrors"]
    if error.details["writeConcernErrors"] or any(
        fault["code"] != _DUPLICATE_KEY for fault in faults
    ):
        raise error
    return [fault["index"] for fault in faults]


async def put(rows: Rows, row: Row) -> None:
    """Add a row or replace the one that has its id."""
    try:
        await rows.replace_one({"_id": row["_id"]}, row, upsert=True)
    except DuplicateKeyError:  # two added it at once; now there is one to replace
        await rows.replace_one({"_id": row["_id"]}, row, upsert=True)


async def require_project_row(database: AsyncDatabase[Row], project_id: str) -> None:
    """Raises NotFound(`project_not_found`)."""
    if await database["projects"].find_one({"_id": project_id}, {"document.id": 1}) is None:
        raise project_not_found()


def scope_condition(scope: Scope, field: str = "document.project_id") -> Row:
    """The scope as a condition, empty where it is every project."""
    if scope.projects is None:
        return {}
    if len(scope.projects) == 1:  # so that the index gives the rows in order, nothing to sort
        return {field: next(iter(scope.projects))}
    return {field: {"$in": sorted(scope.projects)}}


def period_condition(created: Period) -> Row:
    """The period as a condition, empty where it is always."""
    bounds = {"$gte": created.since, "$lt": created.before}
    given = {name: format_instant(at) for name, at in bounds.items() if at is not None}
    return {"document.created_at": given} if given else {}


def page_of(rows: Sequence[Row], model: type[ModelT], limit: int, *key: str) -> Page[ModelT]:
    """A page; a row beyond `limit` says that there are more. `key` names what they are sorted by,
    as dotted paths.
    """
    shown = rows[:limit]
    return Page(
        items=tuple(load(model, row) for row in shown),
        next_cursor=encode_cursor(*(str(_at(shown[-1], path)) for path in key))
        if len(rows) > limit
        else None,
    )


async def list_of_projects(
    rows: Rows,
    model: type[ModelT],
    scope: Scope,
    after: str | None,
    limit: int,
    also: Row | None = None,
) -> Page[ModelT]:
    """A page within the scope, in order of id; `also` is a further condition."""
    condition = scope_condition(scope) | (also or {})
    if after is not None:
        condition["_id"] = {"$gt": decode_cursor(after, 1)[0]}
    found = rows.find(condition).sort("_id", 1).limit(limit + 1)
    return page_of(await found.to_list(), model, limit, "_id")


async def list_newest(
    rows: Rows,
    model: type[ModelT],
    scope: Scope,
    matches: dict[str, str | None],
    after: str | None,
    limit: int,
    created: Period = ALWAYS,
    also: Row | None = None,
    index: str | None = None,
) -> Page[ModelT]:
    """A page of rows within the scope, newest first; a match that is None asks for nothing.

    `also` is a further condition, `index` the one to find the rows by.
    """
    condition = scope_condition(scope) | period_condition(created) | (also or {})
    for field, value in matches.items():
        if value is not None:
            condition[f"document.{field}"] = value
    if after is not None:
        created_at, last_id = decode_cursor(after, 2)
        condition["$or"] = [
            {"document.created_at": {"$lt": created_at}},
            {"document.created_at": created_at, "_id": {"$lt": last_id}},
        ]
    found = await (
        rows.find(condition, hint=index)
        .sort([("document.created_at", -1), ("_id", -1)])
        .limit(limit + 1)
        .to_list()
    )
    return page_of(found, model, limit, "document.created_at", "_id")


def _at(row: Row, path: str) -> Any:
    value: Any = row
    for name in path.split("."):
        value = value[name]
    return value


def _escape(name: str) -> str:
    for character, escape in _ESCAPES.items():
        name = name.replace(character, escape)
    return name


def _rename(value: Any, rename: Any) -> Any:
    """The value with every name in it, however deep, run through `rename`."""
    if isinstance(value, dict):
        return {rename(name): _rename(inner, rename) for name, inner in value.items()}
    if isinstance(value, list):
        return [_rename(inner, rename) for inner in value]
    return value
