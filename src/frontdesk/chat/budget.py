"""How many tokens models may use: a brake on what strangers can make an installation pay.

Counted after each reply, so that replies under way at the same time can go over by what they use.
"""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum

import structlog

from frontdesk.chat.model import SpentToday
from frontdesk.errors import Unavailable
from frontdesk.storage.base import ModelStorage

log = structlog.get_logger()


class BudgetScope(StrEnum):
    """What ran out."""

    CONVERSATION = "conversation"
    PROJECT = "project"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Limits:
    """Tokens, prompt and reply together; 0 is no limit. Days are UTC's."""

    conversation_tokens: int = 0
    project_day_tokens: int = 0
    day_tokens: int = 0


@dataclass(slots=True)
class Budget:
    """What this process knows of the day's spending: read once a day for a project, then as each
    `spend` tells, which is what all processes spent.
    """

    storage: ModelStorage
    limits: Limits = Limits()
    _day: date | None = None
    _projects: dict[str, int] = field(default_factory=dict)
    _everything: int = 0

    async def exhausted(
        self, project_id: str, conversation_tokens: int, at: datetime
    ) -> BudgetScope | None:
        """What ran out, if anything. Raises Unavailable."""
        limits = self.limits
        if 0 < limits.conversation_tokens <= conversation_tokens:
            return BudgetScope.CONVERSATION
        if not (limits.project_day_tokens or limits.day_tokens):
            return None
        day = at.astimezone(UTC).date()
        if day != self._day or project_id not in self._projects:
            self._note(project_id, day, await self.storage.get_spent(project_id, day))
        if 0 < limits.project_day_tokens <= self._projects[project_id]:
            return BudgetScope.PROJECT
        if 0 < limits.day_tokens <= self._everything:
            return BudgetScope.DAY
        return None

    async def spend(self, project_id: str, tokens: int, at: datetime) -> None:
        """Count it; a store that cannot is logged, since the reply is there already."""
        if not tokens:
            return
        day = at.astimezone(UTC).date()
        try:
            self._note(project_id, day, await self.storage.spend(project_id, day, tokens))
        except Unavailable:
            log.warning("spending_not_counted", project_id=project_id)

    def _note(self, project_id: str, day: date, spent: SpentToday) -> None:
        if self._day != day:
            self._day = day
            self._projects.clear()
            self._everything = 0
        self._projects[project_id] = spent.project_tokens
        self._everything = max(self._everything, spent.all_tokens)
