"""Which leads a list shows, found so that a million cost no more than a page of them.

What few leads have (a name, a number, one of a member's two projects) is found by its own index,
and sorted. What many have is looked for along the order of the list, in an index that has all that
leads are filtered by: the page is full before long, and no lead is read that is not shown.
"""

from typing import Any, NamedTuple

import apsw

from frontdesk.leads.model import Counted, Lead, LeadFilter
from frontdesk.model import Page, Period, Scope
from frontdesk.storage import lead_search
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.lead_search import SearchKeys, read_search
from frontdesk.storage.sqlite.documents import page_of, period_condition, scope_condition

Values = list[str | int]


class Condition(NamedTuple):
    """In SQL, with the values bound in it."""

    text: str
    values: Values


def list_leads(
    connection: apsw.Connection,
    scope: Scope,
    fits: LeadFilter,
    created: Period,
    after: str | None,
    limit: int,
) -> Page[Lead]:
    wanted = _all_of([*_conditions(scope, fits, created), *_behind(after)])
    found = _find_few(connection, scope, fits) or Condition(
        f"SELECT rowid FROM leads INDEXED BY {_order(scope, fits)}"  # noqa: S608  ours alone
        f" WHERE {wanted.text} ORDER BY created_at DESC, id DESC LIMIT ?",
        [*wanted.values, limit + 1],
    )
    rows = connection.execute(
        "SELECT document, created_at, id FROM leads NOT INDEXED"  # noqa: S608  ours alone
        f" WHERE rowid IN ({found.text}) AND {wanted.text}"
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (*found.values, *wanted.values, limit + 1),
    )
    return page_of(rows, Lead, limit)


def count_leads(
    connection: apsw.Connection, scope: Scope, fits: LeadFilter, created: Period
) -> Counted:
    wanted = _all_of(_conditions(scope, fits, created))
    found = _find_few(connection, scope, fits)
    if found is not None:
        number: int = connection.execute(
            "SELECT count(*) FROM leads NOT INDEXED"  # noqa: S608  ours alone
            f" WHERE rowid IN ({found.text}) AND {wanted.text}",
            (*found.values, *wanted.values),
        ).get
        return Counted(number=number, is_all=True)
    # Of the order's beginning alone.
    begins = _all_of(_order_begins(scope, fits))
    looked, number = connection.execute(
        "SELECT count(*), coalesce(sum(fits), 0) FROM"  # noqa: S608  ours alone
        f" (SELECT {wanted.text} AS fits FROM leads INDEXED BY {_order(scope, fits)}"
        f" WHERE {begins.text} ORDER BY created_at DESC, id DESC LIMIT ?)",
        (*wanted.values, *begins.values, lead_search.LOOKED_AT),
    ).get
    return Counted(number=number, is_all=looked < lead_search.LOOKED_AT)


def _conditions(scope: Scope, fits: LeadFilter, created: Period) -> list[Condition]:
    within, values = scope_condition(scope)
    period, bounds = period_condition(created)
    conditions = [
        Condition(" AND ".join(["TRUE", *within, *period]), [*values, *bounds]),
        Condition(f"merged_into IS {'NOT ' if fits.merged else ''}NULL", []),
    ]
    if fits.status is not None:
        conditions.append(Condition("status = ?", [fits.status]))
    if fits.assignee_id is not None:
        conditions.append(Condition("assignee_id = ?", [fits.assignee_id]))
    if fits.text:
        begins = [_begins_with(key, fits.text) for key in SearchKeys._fields]
        text = " OR ".join(f"({one.text})" for one in begins)
        conditions.append(Condition(f"({text})", [value for one in begins for value in one.values]))
    return conditions


def _behind(after: str | None) -> list[Condition]:
    if after is None:
        return []
    return [Condition("(created_at, id) < (?, ?)", [*decode_cursor(after, 2)])]


def _all_of(conditions: list[Condition]) -> Condition:
    text = " AND ".join(["TRUE", *(one.text for one in conditions)])
    return Condition(text, [value for one in conditions for value in one.values])


def _order(scope: Scope, fits: LeadFilter) -> str:
    """The index along which the leads are in the list's order."""
    if scope.projects is not None:
        return "leads_project" if len(scope.projects) == 1 else "leads_created"
    if fits.text or (fits.status is not None and fits.assignee_id is not None):
        return "leads_created"
    if fits.assignee_id is not None:
        return "leads_assignee"
    return "leads_created" if fits.status is None else "leads_status"


def _order_begins(scope: Scope, fits: LeadFilter) -> list[Condition]:
    """What all leads along that index have."""
    match _order(scope, fits):
        case "leads_project":
            (text,), values = scope_condition(scope)
            return [Condition(text, values)]
        case "leads_assignee":
            return [Condition("assignee_id = ?", [fits.assignee_id or ""])]
        case "leads_status":
            return [Condition("status = ?", [fits.status or ""])]
        case _:
            return []


def _find_few(connection: apsw.Connection, scope: Scope, fits: LeadFilter) -> Condition | None:
    """What finds all that may fit, where an index says that those are few."""
    for found in _narrowing(scope, fits):
        number: Any = connection.execute(
            f"SELECT count(*) FROM ({found.text} LIMIT ?)",  # noqa: S608  ours alone
            (*found.values, lead_search.FEW + 1),
        ).get
        if number <= lead_search.FEW:
            return found
    return None


def _narrowing(scope: Scope, fits: LeadFilter) -> list[Condition]:
    found = []
    if fits.text:
        keys = [_begins_with(key, fits.text) for key in SearchKeys._fields]
        text = " UNION ALL ".join(f"SELECT rowid FROM leads WHERE {one.text}" for one in keys)  # noqa: S608
        found.append(Condition(text, [value for one in keys for value in one.values]))
    if scope.projects is not None and len(scope.projects) != 1:
        (text,), values = scope_condition(scope)
        found.append(Condition(f"SELECT rowid FROM leads WHERE {text}", values))  # noqa: S608
    if fits.assignee_id is not None:
        text = "SELECT rowid FROM leads INDEXED BY leads_assignee WHERE assignee_id = ?"
        found.append(Condition(text, [fits.assignee_id]))
    if fits.status is not None:
        text = "SELECT rowid FROM leads INDEXED BY leads_status WHERE status = ?"
        found.append(Condition(text, [fits.status]))
    return found


def _begins_with(key: str, text: str) -> Condition:
    searched = read_search(text)
    return Condition(f"{key} >= ? AND {key} < ?", [searched, searched + "\U0010ffff"])
