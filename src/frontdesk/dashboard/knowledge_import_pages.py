"""Bringing answers, facts and texts into a project from a file or its own page of questions."""

import hashlib
import json
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.forms import read_file, read_form, tell_faults
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import path_of, read_project
from frontdesk.dashboard.rendering import render
from frontdesk.errors import Invalid
from frontdesk.projects.model import Knowledge, KnowledgeDetails, Project
from frontdesk.property.importing import fetch_own
from frontdesk.property.knowledge_file import (
    EntryChange,
    KnowledgeFault,
    list_changes,
    merge_knowledge,
    read_knowledge,
    read_page,
)
from frontdesk.property.service import Facts

SHOWN = 200


def add_pages(pages: APIRouter, facts: Facts, allow: Allows) -> None:
    projects = facts.projects
    manager = allow(Role.MANAGER)

    def show(
        caller: Caller,
        project: Project,
        text: str = "",
        url: str = "",
        changes: Sequence[EntryChange] | None = None,
        faults: Sequence[KnowledgeFault] = (),
        url_fault: str = "",
        status_code: int = 200,
    ) -> Response:
        return render(
            "import_answers.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            text=text,
            url=url,
            changes=changes,
            real=[one for one in changes or () if one.change != "unchanged"],
            wrong=faults,
            faults={"url": url_fault} if url_fault else {},
            seen=_fingerprint(text),
            shown=SHOWN,
        )

    @pages.get("/projects/{project_id}/answers/import")
    async def begin_import(
        project_id: str, caller: Annotated[Caller, Depends(manager)]
    ) -> Response:
        return show(caller, await read_project(projects, caller.scope, project_id))

    @pages.post("/projects/{project_id}/answers/import")
    async def import_answers(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        uploaded = await read_file(request, "file")
        text, url = form.text("text"), form.text("url").strip()
        if uploaded:
            try:
                text = uploaded.decode("utf-8-sig")
            except UnicodeDecodeError:
                detail = "The file is not UTF-8 text. Save it as CSV UTF-8."
                fault = KnowledgeFault(line=1, field="file", detail=detail)
                return show(caller, project, faults=[fault], status_code=422)
        elif url and not text.strip():
            try:
                page = await fetch_own(projects, facts.fetcher, project_id, url)
            except Invalid as error:
                told = tell_faults(error).get("url", error.detail)
                return show(caller, project, url=url, url_fault=told, status_code=422)
            read, faults = read_page(page)
            if faults:
                told = faults[0].detail
                return show(caller, project, url=url, url_fault=told, status_code=422)
            text = _write(read)
        text = text.replace("\r\n", "\n")
        details, wrong = read_knowledge(text, "")
        known = await projects.storage.get_knowledge(project_id)
        if not wrong:
            wrong = list(merge_knowledge(known, details)[1].faults)
        if wrong:
            return show(caller, project, text, faults=wrong, status_code=422)
        # What is stored is what was looked at, also where the text was changed below the changes.
        if form.text("act") != "apply" or form.text("seen") != _fingerprint(text):
            return show(caller, project, text, changes=list(list_changes(known, details)))

        def change(stored: Knowledge) -> Knowledge:
            return stored.model_copy(update=dict(merge_knowledge(stored, details)[0]))

        await facts.change_knowledge(project_id, change)
        counts = merge_knowledge(known, details)[1]
        caller.notes.changes = (f"added: {counts.added}", f"changed: {counts.changed}")
        return RedirectResponse(path_of(project_id, "answers?notice=imported"), 303)


def _write(details: KnowledgeDetails) -> str:
    """As a file has it, so that what a page says can be mended before it is taken."""
    answers = [one.model_dump(mode="json", exclude_none=True) for one in details.answers]
    return json.dumps({"answers": answers}, ensure_ascii=False, indent=2)


def _fingerprint(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:16]
