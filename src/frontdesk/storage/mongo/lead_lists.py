"""Which leads a list shows, found so that a million cost no more than a page of them.

What few leads have (a name, a number) is found by the index of what they are searched by, and
sorted. What many have is looked for along the order of the list: the page is full before long.
"""

import re

from frontdesk.leads.model import Counted, Lead, LeadFilter
from frontdesk.model import Page, Period, Scope
from frontdesk.storage import lead_search
from frontdesk.storage.lead_search import read_search
from frontdesk.storage.mongo.documents import (
    Row,
    Rows,
    list_newest,
    period_condition,
    scope_condition,
)

_SEARCH = "search"
_NEWEST_FIRST = {"document.created_at": -1, "_id": -1}


async def list_leads(
    rows: Rows, scope: Scope, fits: LeadFilter, created: Period, after: str | None, limit: int
) -> Page[Lead]:
    index = None
    if fits.text:
        index = _SEARCH if await _are_few(rows, fits) else _order(scope)
    return await list_newest(
        rows, Lead, scope, {}, after, limit, created, also=_conditions(fits), index=index
    )


async def count_leads(rows: Rows, scope: Scope, fits: LeadFilter, created: Period) -> Counted:
    wanted = _conditions(fits) | scope_condition(scope) | period_condition(created)
    if fits.text and await _are_few(rows, fits):
        return Counted(number=await rows.count_documents(wanted, hint=_SEARCH), is_all=True)
    # Of the order's beginning alone.
    begins = scope_condition(scope)
    looked_at = await rows.count_documents(begins, limit=lead_search.LOOKED_AT, hint=_order(scope))
    found = await rows.aggregate(
        [
            {"$match": begins},
            {"$sort": _NEWEST_FIRST},
            {"$limit": lead_search.LOOKED_AT},
            {"$match": wanted},
            {"$count": "number"},
        ]
    )
    counted = await found.to_list()
    number = counted[0]["number"] if counted else 0
    return Counted(number=number, is_all=looked_at < lead_search.LOOKED_AT)


async def _are_few(rows: Rows, fits: LeadFilter) -> bool:
    condition = {_SEARCH: _begins_with(fits.text)}
    return (
        await rows.count_documents(condition, limit=lead_search.FEW + 1, hint=_SEARCH)
        <= lead_search.FEW
    )


def _conditions(fits: LeadFilter) -> Row:
    conditions: Row = {"document.merged_into": {"$ne": None} if fits.merged else None}
    if fits.status is not None:
        conditions["document.status"] = fits.status
    if fits.assignee_id is not None:
        conditions["document.assignee_id"] = fits.assignee_id
    if fits.text:
        conditions[_SEARCH] = _begins_with(fits.text)
    return conditions


def _begins_with(text: str) -> Row:
    return {"$regex": f"^{re.escape(read_search(text))}"}


def _order(scope: Scope) -> str:
    """The index along which the leads are in the list's order."""
    return "created" if scope.projects is None or len(scope.projects) != 1 else "project"
