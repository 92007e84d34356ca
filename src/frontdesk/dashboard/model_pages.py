"""What models were not let say, so that the missing fact is added, and what they use by day."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, timedelta
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from starlette.responses import Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.chat.chain import Chain
from frontdesk.chat.grounding import Objection
from frontdesk.chat.model import Message, Spending
from frontdesk.clock import Clock
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.model import Scope
from frontdesk.storage.base import Storage

DAYS = 14
REFUSALS_PER_PAGE = 20
PROJECTS_SHOWN = 10
MOST_ROWS = 2_000
REASONS = {
    Objection.FIGURE: "A figure that is not known here",
    Objection.NAME: "A name that is not known here",
    Objection.LINK: "A link that nobody approved",
    Objection.MARKUP: "Markup instead of words",
    Objection.SCRIPT: "Letters of another language",
    Objection.GARBLED: "Not whole words",
    Objection.PROMISE: "A promise",
    Objection.PERSON: "It claimed to be a person",
    Objection.INSULT: "An insult",
    Objection.CONTRADICTION: "It contradicts the project's own answer",
    Objection.WORKINGS: "It told how it is made",
    Objection.RIVAL: "It spoke of a competitor",
}
# What a fact or an answer would have made sayable.
MENDED_BY_KNOWING = frozenset(
    {Objection.FIGURE, Objection.NAME, Objection.PROMISE, Objection.CONTRADICTION}
)


class ShownRefusal(NamedTuple):
    reply: Message
    project_name: str
    question: str
    reason: str
    is_mendable: bool


class DaySpent(NamedTuple):
    """`share` is the bar's length in per cent, of the budget or else of the day with the most."""

    day: date
    tokens: int
    replies: int
    share: int
    is_used_up: bool


def add_pages(
    pages: APIRouter, storage: Storage, chain: Chain, allow: Allows, clock: Clock
) -> None:
    async def read_spending(scope: Scope, since: date) -> tuple[list[Spending], bool]:
        """Newest day first; and whether there is more than is looked at."""
        rows: list[Spending] = []
        after = None
        while True:
            page = await storage.list_spending(scope, since, after=after, limit=200)
            rows.extend(page.items)
            after = page.next_cursor
            if after is None or len(rows) >= MOST_ROWS:
                return rows, after is not None

    async def show_refusal(reply: Message) -> ShownRefusal:
        project, messages = await asyncio.gather(
            storage.get_project(reply.project_id),
            storage.list_messages(reply.project_id, reply.conversation_id),
        )
        asked = next((one.text for one in messages.items if one.id == reply.reply_to), "")
        reason = reply.refused.reason if reply.refused else ""
        known = Objection(reason) if reason in set(Objection) else None
        return ShownRefusal(
            reply,
            project.name,
            asked,
            REASONS[known] if known else reason,
            known in MENDED_BY_KNOWING,
        )

    @pages.get("/settings/models")
    async def show_models(
        caller: Annotated[Caller, Depends(allow(Role.VIEWER))],
        project: str = "",
        after: str | None = None,
    ) -> Response:
        if project:
            caller.scope.require(project)
        scope = caller.scope.within(project) if project else caller.scope
        at = clock()
        today = at.astimezone(UTC).date()
        found, (rows, is_cut) = await asyncio.gather(
            storage.list_refusals(scope, after=after, limit=REFUSALS_PER_PAGE),
            read_spending(scope, today - timedelta(days=DAYS - 1)),
        )
        limits = chain.budget.limits
        budget = limits.project_day_tokens if project else limits.day_tokens
        days = _by_day(rows, today, budget)
        newest = sorted((row for row in rows if row.day == today), key=lambda row: -row.tokens)
        return render(
            "models.html",
            caller=caller,
            place="settings",
            tab="models",
            project=project,
            links=[(link, link.circuit.is_closed(at)) for link in chain.links],
            limits=limits,
            budget=budget,
            days=days,
            is_cut=is_cut,
            today=newest[:PROJECTS_SHOWN],
            refusals=await asyncio.gather(*map(show_refusal, found.items)),
            next_cursor=found.next_cursor,
            after=after,
        )


def _by_day(rows: Sequence[Spending], today: date, budget: int) -> list[DaySpent]:
    """The last days, today first, also those without any."""
    days = [today - timedelta(days=ago) for ago in range(DAYS)]
    tokens = {day: sum(row.tokens for row in rows if row.day == day) for day in days}
    replies = {day: sum(row.replies for row in rows if row.day == day) for day in days}
    whole = budget or max(tokens.values()) or 1
    return [
        DaySpent(
            day,
            tokens[day],
            replies[day],
            min(100, round(100 * tokens[day] / whole)),
            bool(budget) and tokens[day] >= budget,
        )
        for day in days
    ]
