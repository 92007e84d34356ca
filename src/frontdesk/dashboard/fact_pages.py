"""A project's facts: what visitors are told beside what its pages say, and deciding which is so."""

from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.fact_rows import Show, ShownRow, choose, find_fact, show_rows
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_faults, tell_invalid
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import path_of, read_project, save_settings
from frontdesk.dashboard.rendering import render, words
from frontdesk.dashboard.undoing import RESTORE, Undo, open_removed, seal_removed
from frontdesk.errors import Conflict, FrontdeskError, Invalid, NotFound, changed_meanwhile
from frontdesk.projects.model import Fact, FactsMode, FactState, Project
from frontdesk.property.advice import NAMES
from frontdesk.property.deciding import Decision, RemovedFacts, Verdict, tell_decisions
from frontdesk.property.model import Method
from frontdesk.property.service import Facts, list_pages

ROWS_PER_PAGE = 20
MODES = {
    FactsMode.PROPOSE: "Everything waits for somebody here",
    FactsMode.APPROVE: "New facts are approved at once, changed ones wait",
    FactsMode.OVERRIDE: "New and changed facts are approved at once",
    FactsMode.OFF: "The site is not read",
}
METHODS = {
    Method.JSON_LD: "structured data",
    Method.MICRODATA: "microdata",
    Method.RDFA: "RDFa",
    Method.VISIBLE: "the visible page",
    Method.META: "meta tags",
    Method.STATE: "data in a script",
}
FIELDS = ("key", "subject", "value", "source", "as_of")


def add_pages(pages: APIRouter, facts: Facts, allow: Allows) -> None:
    projects = facts.projects
    viewer, manager = allow(Role.VIEWER), allow(Role.MANAGER)

    async def show_facts(
        caller: Caller,
        project: Project,
        show: str = "",
        page: int = 1,
        notice: str | None = None,
        count: int = 0,
        faults: Faults | None = None,
        url: str = "",
        undo: Undo | None = None,
        status_code: int = 200,
    ) -> Response:
        report = await facts.report(project.id)
        rows = show_rows(report.rows)
        counts = {one: len(choose(rows, one)) for one in Show}
        default = Show.WAITING if counts[Show.WAITING] else Show.KNOWN
        shown = Show(show) if show in set(Show) else default
        chosen = choose(rows, shown)
        last_page = max(1, -(-len(chosen) // ROWS_PER_PAGE))
        page = min(max(page, 1), last_page)
        first = (page - 1) * ROWS_PER_PAGE
        return render(
            "facts.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            report=report,
            rows=chosen[first : first + ROWS_PER_PAGE],
            has_any=bool(rows),
            counts=counts,
            show=shown,
            page=page,
            last_page=last_page,
            can_read=bool(list_pages(project, projects.environment)),
            modes=MODES,
            methods=METHODS,
            names=NAMES,
            notice=notice,
            count=count,
            faults=faults or {},
            url=url,
            undo=undo,
        )

    @pages.get("/projects/{project_id}/facts")
    async def list_facts(
        project_id: str,
        caller: Annotated[Caller, Depends(viewer)],
        show: str = "",
        page: int = 1,
        notice: str | None = None,
        count: int = 0,
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        return await show_facts(caller, project, show, page, notice, count)

    @pages.post("/projects/{project_id}/facts")
    async def decide_facts(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        try:
            if form.text("act").startswith("forget:"):
                return await forget(caller, project, form)
            notice, count = await decide(caller, project, form)
        except (Conflict, Invalid) as error:
            return await show_facts(
                caller, project, form.text("show"), faults={"": error.detail}, status_code=409
            )
        return _back(project.id, notice, form, count)

    async def decide(caller: Caller, project: Project, form: Form) -> tuple[str, int]:
        """What was done, and to how many facts. The button says which value it is about."""
        act, _, wanted = form.text("act").partition(":")
        rows = show_rows((await facts.report(project.id)).rows)
        if act in {"approve_chosen", "approve_shown"}:
            ids = form.all("choose" if act == "approve_chosen" else "shown")
            if not ids:
                raise Invalid("nothing_chosen", "Choose the facts to approve first.")
            choices = [_found(rows, one) for one in dict.fromkeys(ids)]
            known = [one for one in choices if one is not None]
            decisions = [Decision(Verdict.APPROVE, *one) for one in known]
            left_out = await facts.decide(project.id, decisions)
            done = len(decisions) - len(left_out)
            caller.notes.changes = tell_decisions(
                [one for place, one in enumerate(decisions) if place not in left_out]
            )
            if done < len(choices):
                raise Conflict(
                    "changed_meanwhile",
                    f"{done} approved. The others are not so any more; look at them again.",
                )
            return "approved", done
        if act == "approve":
            choice = _found(rows, wanted)
            if choice is None:
                raise Conflict("not_found_there", "No page of the project says that any more.")
            await facts.approve(project.id, *choice)
        elif act == "reject":
            choice = _found(rows, wanted) or _known(rows, wanted)
            if choice is None:
                raise changed_meanwhile()
            await facts.reject(project.id, *choice)
        elif act == "keep":
            before = _spoken(rows, wanted)
            if before is None:
                raise changed_meanwhile()
            choice = before.key, before.subject, before.value
            after = before.model_copy(update={"state": FactState.OVERRIDDEN})
            await facts.rewrite(project.id, before, after)
        else:
            raise NotFound("not_found", "There is no such page.")
        caller.notes.changes = (f"{act} {choice[0]}: {choice[2]}",)
        return {"approve": "approved", "reject": "rejected"}.get(act, "kept"), 1

    async def forget(caller: Caller, project: Project, form: Form) -> Response:
        """The list without it. No redirect: the way back is in this page and nowhere else."""
        rows = show_rows((await facts.report(project.id)).rows)
        choice = _known(rows, form.text("act").removeprefix("forget:"))
        if choice is None:
            raise changed_meanwhile()
        key, subject, value = choice
        removed = await facts.take_out(project.id, key, subject, value)
        if not removed.placed:
            raise changed_meanwhile()
        caller.notes.changes = (f"forget {key}: {value}",)
        sealed = seal_removed(projects.vault, caller, project.id, removed, 0, projects.clock())
        name = f"{words(NAMES.get(key, key))} {subject}".strip()
        is_rejection = all(one.state is FactState.REJECTED for _, one in removed.placed)
        undo = Undo(
            f"{'Rejection of ' if is_rejection else ''}{name}: {value}",
            path_of(project.id, "facts/restore"),
            sealed,
        )
        return await show_facts(caller, project, form.text("show"), undo=undo)

    @pages.post("/projects/{project_id}/facts/restore")
    async def restore_fact(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """The one just removed, as it was and where it stood."""
        project = await read_project(projects, caller.scope, project_id)
        sealed, now = (await read_form(request)).text(RESTORE), projects.clock()
        try:
            removed, _ = open_removed(projects.vault, sealed, caller, project_id, RemovedFacts, now)
            await facts.put_back(project_id, removed)
        except Conflict as error:
            return await show_facts(caller, project, faults={"": error.detail}, status_code=409)
        caller.notes.changes = tuple(
            f"restored {one.key}: {one.value}" for _, one in removed.placed
        )
        is_rejection = all(one.state is FactState.REJECTED for _, one in removed.placed)
        show = Show.REJECTED if is_rejection else Show.KNOWN
        return RedirectResponse(path_of(project_id, f"facts?show={show}&notice=restored"), 303)

    @pages.post("/projects/{project_id}/facts/read")
    async def read_site(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """Its own pages and, where the form names one, another page of its sites."""
        project = await read_project(projects, caller.scope, project_id)
        url = (await read_form(request)).text("url").strip()
        try:
            await facts.detect(project_id, [url] if url else [])
        except (Conflict, Invalid) as error:
            told = {"url": tell_faults(error).get("urls.0", error.detail)}
            status = 409 if isinstance(error, Conflict) else 422
            return await show_facts(caller, project, faults=told, url=url, status_code=status)
        return RedirectResponse(path_of(project_id, "facts?notice=read"), 303)

    @pages.post("/projects/{project_id}/facts/mode")
    async def set_mode(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        if form.text("mode") not in set(FactsMode):
            raise NotFound("not_found", "There is no such page.")
        try:
            if form.text("seen") != project.facts_mode:
                raise changed_meanwhile()
            mode = FactsMode(form.text("mode"))
            await save_settings(projects, caller, project, facts_mode=mode)
        except Conflict as error:
            return await show_facts(caller, project, faults={"": error.detail}, status_code=409)
        return RedirectResponse(path_of(project_id, "facts?notice=mode"), 303)

    def show_form(
        caller: Caller,
        project: Project,
        form: Form,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        return render(
            "fact_form.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            form=form,
            faults=faults or {},
            names=NAMES,
        )

    @pages.get("/projects/{project_id}/facts/edit")
    async def edit_fact(
        project_id: str, caller: Annotated[Caller, Depends(manager)], fact: str = "", key: str = ""
    ) -> Response:
        """Without `fact` a new one."""
        project = await read_project(projects, caller.scope, project_id)
        if not fact:
            return show_form(caller, project, Form({"key": [words(key) if key else ""]}))
        known = find_fact((await projects.storage.get_knowledge(project_id)).facts, fact)
        if known is None:
            raise NotFound("fact_not_found", "This fact is not there any more.")
        given = {name: [str(getattr(known, name) or "")] for name in FIELDS}
        given |= {"key": [words(known.key)], "fact": [fact]}
        return show_form(caller, project, Form(given))

    @pages.post("/projects/{project_id}/facts/edit")
    async def write_fact(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        said: dict[str, Any] = {
            name: text for name in FIELDS if (text := form.text(name).replace("\r", "").strip())
        }
        said["key"] = "_".join(said.get("key", "").lower().replace("-", " ").split())
        said.setdefault("as_of", projects.clock().date().isoformat())
        try:
            fact = Fact.model_validate(said | {"state": FactState.OVERRIDDEN})
        except ValidationError as error:
            told = tell_invalid(error)
            return show_form(caller, project, form, told, 422)
        try:
            if wanted := form.text("fact"):
                before = find_fact((await projects.storage.get_knowledge(project_id)).facts, wanted)
                if before is None:
                    raise changed_meanwhile()
                await facts.rewrite(project_id, before, fact)
                caller.notes.changes = (f"{fact.key}: {fact.value} instead of {before.value}",)
            else:
                await facts.add(
                    project_id, fact.key, fact.subject, fact.value, fact.source, fact.as_of
                )
                caller.notes.changes = (f"added {fact.key}: {fact.value}",)
        except FrontdeskError as error:
            return show_form(caller, project, form, {"": error.detail}, 409)
        return RedirectResponse(path_of(project_id, "facts?show=known&notice=written"), 303)


def _found(rows: list[ShownRow], wanted: str) -> tuple[str, str, str] | None:
    for one in rows:
        for value in one.found:
            if value.id == wanted:
                return one.row.key, one.row.subject, value.found.value
    return None


def _known(rows: list[ShownRow], wanted: str) -> tuple[str, str, str] | None:
    for one in rows:
        for value in (*one.spoken, *one.rejected):
            if value.id == wanted:
                return one.row.key, one.row.subject, value.fact.value
    return None


def _spoken(rows: list[ShownRow], wanted: str) -> Fact | None:
    return next((value.fact for one in rows for value in one.spoken if value.id == wanted), None)


def _back(project_id: str, notice: str, form: Form, count: int) -> Response:
    query = {"notice": notice, "count": count}
    if form.text("show") in set(Show):
        query["show"] = form.text("show")
    return RedirectResponse(path_of(project_id, f"facts?{urlencode(query)}"), 303)
