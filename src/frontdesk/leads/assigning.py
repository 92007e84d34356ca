"""Who looks after a lead that arrives, by the project's rules (`projects.assignment`)."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from frontdesk.errors import FrontdeskError, NotFound
from frontdesk.model import Scope
from frontdesk.projects.assignment import AssignmentRule
from frontdesk.projects.model import Project
from frontdesk.storage.accounts import AccountStorage
from frontdesk.storage.base import LeadStorage

# How far back is looked for who had the last turn, once after a start.
_LOOKED_AT = 20

# The language of a conversation as a tag (BCP 47).
TellLanguage = Callable[[Project, str], Awaitable[str]]


@dataclass(frozen=True, slots=True)
class Assigner:
    """Turns are counted in this process, so that a lead costs no write for them; after a start they
    go on after whoever got the project's last lead. Several processes take turns each for itself.
    """

    leads: LeadStorage
    accounts: AccountStorage
    tell_language: TellLanguage
    _last: dict[tuple[str, AssignmentRule], str] = field(default_factory=dict)

    async def choose(self, project: Project, conversation_id: str | None) -> str | None:
        """The member's id; None where no rule fits, or nobody of it is in and reaches the project.

        No lead is refused for want of somebody: what fails here leaves it to nobody.
        """
        if not project.assignment:
            return None
        try:
            language = await self._find_language(project, conversation_id)
            rule = next((one for one in project.assignment if one.fits(language)), None)
            return None if rule is None else await self._take_turn(project.id, rule)
        except FrontdeskError:
            return None

    async def _find_language(self, project: Project, conversation_id: str | None) -> str:
        if conversation_id is not None and any(rule.languages for rule in project.assignment):
            return await self.tell_language(project, conversation_id)
        return project.widget.language or "en"

    async def _take_turn(self, project_id: str, rule: AssignmentRule) -> str | None:
        key = (project_id, rule)
        if key not in self._last:
            self._last[key] = await self._find_last(project_id, rule)
        member_id = await self._follow(self._last[key], project_id, rule)
        if member_id is not None:
            self._last[key] = member_id
        return member_id

    async def tell_next(self, project_id: str, rule: AssignmentRule) -> str | None:
        """Whose turn it is, by who has the project's last leads; None where nobody may have one."""
        return await self._follow(await self._find_last(project_id, rule), project_id, rule)

    async def _follow(self, last: str, project_id: str, rule: AssignmentRule) -> str | None:
        start = rule.members.index(last) + 1 if last in rule.members else 0
        for member_id in rule.members[start:] + rule.members[:start]:
            if await self._may_have_it(member_id, project_id):
                return member_id
        return None

    async def _find_last(self, project_id: str, rule: AssignmentRule) -> str:
        scope = Scope(projects=frozenset({project_id}))
        page = await self.leads.list_leads(scope, limit=_LOOKED_AT)
        given = (lead.assignee_id for lead in page.items)
        return next((one for one in given if one in rule.members), None) or ""

    async def _may_have_it(self, member_id: str, project_id: str) -> bool:
        try:
            member = await self.accounts.get_member(member_id)
        except NotFound:
            return False
        return member.is_active and member.scope.allows(project_id)
