"""Models as rows, and lists of them by the page."""

import json
from collections.abc import Iterable
from typing import Any, TypeVar

import apsw
from pydantic import BaseModel
from pydantic_core import PydanticSerializationError

from frontdesk.clock import format_instant
from frontdesk.errors import project_not_found
from frontdesk.model import ALWAYS, Page, Period, Scope
from frontdesk.storage.cursors import decode_cursor, encode_cursor
from frontdesk.storage.rules import unstorable_text

ModelT = TypeVar("ModelT", bound=BaseModel)


def dump(model: BaseModel) -> str:
    """The document of a model. Raises Invalid(`invalid_text`) for text that is not Unicode."""
    try:
        return model.model_dump_json()
    except (PydanticSerializationError, UnicodeEncodeError):
        raise unstorable_text() from None


def find(
    connection: apsw.Connection, model: type[ModelT], sql: str, *values: str | int
) -> ModelT | None:
    """The model in the one document that `sql` selects."""
    document = connection.execute(sql, values).get
    return None if document is None else model.model_validate_json(document)


def require_project_row(connection: apsw.Connection, project_id: str) -> None:
    """Raises NotFound(`project_not_found`)."""
    if not connection.execute("SELECT 1 FROM projects WHERE id = ?", (project_id,)).get:
        raise project_not_found()


def page_of(rows: Iterable[tuple[Any, ...]], model: type[ModelT], limit: int) -> Page[ModelT]:
    """A page of rows `(document, *sort_key)`; a row beyond `limit` says that there are more."""
    rows = list(rows)
    shown = rows[:limit]
    return Page(
        items=tuple(model.model_validate_json(document) for document, *_ in shown),
        next_cursor=encode_cursor(*map(str, shown[-1][1:])) if len(rows) > limit else None,
    )


def scope_condition(scope: Scope, column: str = "project_id") -> tuple[list[str], list[str | int]]:
    """The scope as conditions (none where it is every project) and the values bound in them."""
    if scope.projects is None:
        return [], []
    if len(scope.projects) == 1:  # so that the index gives the rows in order, nothing to sort
        return [f"{column} = ?"], [*scope.projects]
    listed = f"{column} IN (SELECT value FROM json_each(?))"  # noqa: S608  `column` is ours
    return [listed], [json.dumps(sorted(scope.projects))]


def period_condition(created: Period) -> tuple[list[str], list[str | int]]:
    """The period as conditions and the values bound in them."""
    bounds = {"created_at >= ?": created.since, "created_at < ?": created.before}
    given = {condition: at for condition, at in bounds.items() if at is not None}
    return [*given], [format_instant(at) for at in given.values()]


def list_of_projects(
    connection: apsw.Connection,
    table: str,
    model: type[ModelT],
    scope: Scope,
    after: str | None,
    limit: int,
    also: str = "TRUE",
) -> Page[ModelT]:
    """A page of `table` within the scope, in order of id; `also` is a further condition."""
    conditions, values = scope_condition(scope)
    conditions.append(also)
    if after is not None:
        conditions.append("id > ?")
        values.extend(decode_cursor(after, 1))
    where = " AND ".join(conditions)
    rows = connection.execute(
        f"SELECT document, id FROM {table} WHERE {where} ORDER BY id LIMIT ?",  # noqa: S608
        (*values, limit + 1),
    )
    return page_of(rows, model, limit)


def list_newest(
    connection: apsw.Connection,
    table: str,
    model: type[ModelT],
    scope: Scope,
    matches: dict[str, str | None],
    after: str | None,
    limit: int,
    created: Period = ALWAYS,
    narrow: str | None = None,
    index: str | None = None,
) -> Page[ModelT]:
    """A page of `table` within the scope, newest first; a match that is None asks for nothing.

    `narrow` is a further condition that is looked at along the order; `index` is the one to find
    the rows by where the planner would take another.
    """
    conditions, values = scope_condition(scope)
    within, bounds = period_condition(created)
    conditions += within
    values += bounds
    for column, value in matches.items():
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if narrow is not None:
        conditions.append(narrow)
    if after is not None:
        conditions.append("(created_at, id) < (?, ?)")
        values.extend(decode_cursor(after, 2))
    where = " AND ".join(conditions) or "TRUE"
    by = f" INDEXED BY {index}" if index else ""
    # Only names from this package are put into the text; what callers say is bound.
    rows = connection.execute(
        f"SELECT document, created_at, id FROM {table}{by} WHERE {where}"  # noqa: S608
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (*values, limit + 1),
    )
    return page_of(rows, model, limit)
