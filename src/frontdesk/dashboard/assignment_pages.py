"""Who gets a project's new leads: its rules, whose turn it is, and who got the last ones."""

from collections.abc import Sequence
from typing import Annotated, NamedTuple

from fastapi import APIRouter, Depends
from pydantic import TypeAdapter, ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Member, Role
from frontdesk.accounts.service import Accounts
from frontdesk.dashboard.colleagues import list_colleagues
from frontdesk.dashboard.forms import Form, read_form
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import fingerprint, path_of, read_project, save_settings
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Conflict, Invalid, changed_meanwhile
from frontdesk.leads.assigning import Assigner
from frontdesk.model import Model, Scope
from frontdesk.projects.assignment import AssignmentRule, AssignmentRules
from frontdesk.projects.model import Project
from frontdesk.projects.service import Projects

LATEST_LEADS = 12
_LANGUAGES = {
    "en": "English",
    "hi": "Hindi",
    "hi-latn": "Hinglish",
    "ar": "Arabic",
    "mr": "Marathi",
    "ta": "Tamil",
    "te": "Telugu",
    "kn": "Kannada",
    "gu": "Gujarati",
    "bn": "Bengali",
}
_RULES: TypeAdapter[tuple[AssignmentRule, ...]] = TypeAdapter(AssignmentRules)


class ShownRule(NamedTuple):
    """`next_id` is whose turn it is; None where nobody of it may have a lead of this project."""

    rule: AssignmentRule
    next_id: str | None
    away: tuple[str, ...]  # of its members, who may not have one


class _Rules(Model):
    rules: tuple[AssignmentRule, ...]


def add_pages(
    pages: APIRouter, projects: Projects, accounts: Accounts, assigner: Assigner, allow: Allows
) -> None:
    manager = allow(Role.MANAGER)

    async def show(
        caller: Caller,
        project: Project,
        *,
        fault: str = "",
        notice: str | None = None,
        status_code: int = 200,
    ) -> Response:
        colleagues = await list_colleagues(accounts, caller)
        members = [one for one in colleagues if one.scope.allows(project.id)]
        leads = await assigner.leads.list_leads(
            Scope(projects=frozenset({project.id})), limit=LATEST_LEADS
        )
        return render(
            "assignment.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            rules=[await _look_at(assigner, project, members, one) for one in project.assignment],
            members=members,
            names={one.id: one.name for one in colleagues},
            leads=leads.items,
            language_names=name_languages,
            seen=_seen(project),
            fault=fault,
            notice=notice,
        )

    @pages.get("/projects/{project_id}/assignment")
    async def show_assignment(
        project_id: str, caller: Annotated[Caller, Depends(manager)], notice: str | None = None
    ) -> Response:
        return await show(
            caller, await read_project(projects, caller.scope, project_id), notice=notice
        )

    @pages.post("/projects/{project_id}/assignment")
    async def change_assignment(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        try:
            if form.text("seen") != _seen(project):
                raise changed_meanwhile()
            rules = _RULES.validate_python(change_rules(project.assignment, form))
            _require_known(rules, project, await list_colleagues(accounts, caller))
            await save_settings(projects, caller, project, assignment=rules)
        except ValidationError:
            fault = (
                "A rule needs at least one member, and languages as en, hi or hi-Latn; a project"
                " has at most 10 rules."
            )
            return await show(caller, project, fault=fault, status_code=422)
        except (Invalid, Conflict) as error:
            code = 422 if isinstance(error, Invalid) else 409
            return await show(caller, project, fault=error.detail, status_code=code)
        return RedirectResponse(path_of(project.id, "assignment?notice=saved"), 303)


def change_rules(rules: Sequence[AssignmentRule], form: Form) -> list[dict[str, object]]:
    """The rules after what the form asks for, not checked yet: `act` is what to do, `rule` the
    place of the rule that it is done to. Raises Conflict(`changed_meanwhile`) for one that is none.
    """
    after: list[dict[str, object]] = [one.model_dump() for one in rules]
    act, _, member = form.text("act").partition(":")
    if act == "add":
        return [*after, {"members": form.all("member"), "languages": _languages(form)}]
    place = form.number("rule")
    if place is None or place >= len(after):
        raise changed_meanwhile()
    rule, members = after[place], list(rules[place].members)
    if act in {"up", "down"}:
        other = place + (1 if act == "down" else -1)
        if 0 <= other < len(after):
            after[place], after[other] = after[other], after[place]
    elif act == "remove":
        del after[place]
    elif act in {"pause", "resume"}:
        rule["paused"] = act == "pause"
    elif act == "languages":
        rule["languages"] = _languages(form)
    elif act == "join":
        rule["members"] = [*members, *(one for one in form.all("member") if one not in members)]
    elif act == "leave" and member in members:
        rule["members"] = [one for one in members if one != member]
    elif act == "earlier" and member in members[1:]:
        at = members.index(member)
        members[at - 1 : at + 1] = members[at], members[at - 1]
        rule["members"] = members
    return after


async def _look_at(
    assigner: Assigner, project: Project, members: Sequence[Member], rule: AssignmentRule
) -> ShownRule:
    here = {one.id for one in members}
    return ShownRule(
        rule,
        None if rule.paused else await assigner.tell_next(project.id, rule),
        tuple(one for one in rule.members if one not in here),
    )


def name_languages(tags: Sequence[str]) -> list[str]:
    """By the names of those that are known here; the others by their tags."""
    return [_LANGUAGES.get(tag.lower(), tag) for tag in tags]


def _languages(form: Form) -> list[str]:
    return form.text("languages").replace(",", " ").split()


def _seen(project: Project) -> str:
    return fingerprint(_Rules(rules=project.assignment))


def _require_known(
    rules: Sequence[AssignmentRule], project: Project, colleagues: Sequence[Member]
) -> None:
    """Raises Invalid(`invalid_assignee`) for somebody new who does not reach the project; who was
    there before may stay.
    """
    known = {one.id for one in colleagues if one.scope.allows(project.id)}
    known |= {member for rule in project.assignment for member in rule.members}
    if any(member not in known for rule in rules for member in rule.members):
        raise Invalid("invalid_assignee", "This needs a member who reaches the project.")
