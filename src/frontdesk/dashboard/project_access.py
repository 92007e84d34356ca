"""A project as a caller may read it, and a change of its settings that overwrites nobody's."""

import hashlib
from datetime import date, datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from frontdesk.accounts.guard import Caller
from frontdesk.errors import Invalid
from frontdesk.model import Model, Scope
from frontdesk.projects.checks import check_details
from frontdesk.projects.differences import list_differences
from frontdesk.projects.file import write_entry
from frontdesk.projects.model import Knowledge, Project
from frontdesk.projects.service import Projects

PROJECTS_PATH = "/dashboard/projects"


def path_of(project_id: str, place: str = "") -> str:
    """`/dashboard/projects/palm-grove/facts`."""
    path = f"{PROJECTS_PATH}/{quote(project_id, safe='')}"
    return f"{path}/{place}" if place else path


def day_at(project: Project, at: datetime) -> date:
    """The day in the project's zone; in UTC where that is none (stored before it was checked)."""
    try:
        return at.astimezone(ZoneInfo(project.time_zone)).date()
    except (KeyError, ValueError, OSError):
        return at.date()


async def read_project(projects: Projects, scope: Scope, project_id: str) -> Project:
    """As it is stored now. Raises NotFound(`project_not_found`), also for what is another's."""
    scope.require(project_id)
    return await projects.storage.get_project(project_id)


def fingerprint(part: Model) -> str:
    """Of a part of a project, so that a form can say which one it was read of."""
    return hashlib.sha256(part.model_dump_json().encode()).hexdigest()[:16]


async def save_settings(
    projects: Projects, caller: Caller, project: Project, **settings: object
) -> None:
    """Change settings that hold no secret of a project as it is stored now.

    Says in the audit log what changed. Raises Invalid(`invalid_project`) and
    Conflict(`changed_meanwhile`).
    """
    changed = project.model_copy(update={**settings, "updated_at": projects.clock()})
    if errors := check_details(changed):
        raise Invalid("invalid_project", "Some of the project's settings are wrong.", errors)
    await projects.store(changed, expected=project)
    nothing = Knowledge(updated_at=project.updated_at)
    found = list_differences(write_entry(project, nothing), write_entry(changed, nothing))
    caller.notes.changes = tuple(map(str, found))
