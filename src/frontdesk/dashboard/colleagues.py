"""Who may look after a lead, and what a form says to change of one."""

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Member
from frontdesk.accounts.service import Accounts
from frontdesk.dashboard.forms import Form
from frontdesk.leads.model import LeadStatus
from frontdesk.leads.work import LeadChange

MEMBERS_SHOWN = 200


async def list_colleagues(accounts: Accounts, caller: Caller) -> list[Member]:
    """Who may look after a lead of this caller's: who is in, and shares a project."""
    page = await accounts.list_members(None, MEMBERS_SHOWN)
    return [
        member
        for member in page.items
        if member.is_active
        and (
            caller.scope.projects is None
            or member.scope.projects is None
            or caller.scope.projects & member.scope.projects
        )
    ]


def read_change(form: Form) -> LeadChange:
    """What the form says to change; `nobody` takes leads from whoever has them."""
    status, assignee = form.text("status"), form.text("assignee")
    return LeadChange(
        status=LeadStatus(status) if status in set(LeadStatus) else None,
        assignee_id="" if assignee == "nobody" else assignee or None,
    )
