"""A project's answers: found, written, removed, and a question tried out."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated, Any, NamedTuple
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.chat.service import Chat
from frontdesk.chat.trying import Tried
from frontdesk.dashboard.fact_rows import choice_id
from frontdesk.dashboard.forms import Faults, Form, read_form, tell_invalid
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.project_access import day_at, path_of, read_project
from frontdesk.dashboard.rendering import render, words
from frontdesk.dashboard.undoing import RESTORE, Undo, open_removed, seal_removed
from frontdesk.errors import Conflict, NotFound
from frontdesk.projects.model import Answer, Knowledge, Project
from frontdesk.property.advice import NAMES
from frontdesk.property.answers import Answers, answer_id, find_answer

ANSWERS_PER_PAGE = 20
MOST_TRIED_CHARACTERS = 500
LANGUAGES = {"en": "English", "hi": "Hindi", "hi-Latn": "Hinglish (Hindi in Latin letters)"}
FIELDS = ("question", "answer", "language", "valid_until")


class ShownAnswer(NamedTuple):
    id: str
    answer: Answer
    is_expired: bool


class Origin(NamedTuple):
    """A fact or an answer that a reply was made from, and where it can be changed."""

    name: str
    value: str
    as_of: date | None
    link: str


def add_pages(pages: APIRouter, answers: Answers, chat: Chat, allow: Allows) -> None:
    projects = answers.facts.projects
    viewer, manager = allow(Role.VIEWER), allow(Role.MANAGER)

    async def show_answers(
        caller: Caller,
        project: Project,
        search: str = "",
        show: str = "",
        page: int = 1,
        notice: str | None = None,
        fault: str = "",
        question: str = "",
        undo: Undo | None = None,
        status_code: int = 200,
    ) -> Response:
        known = await projects.storage.get_knowledge(project.id)
        question = " ".join(question.split())[:MOST_TRIED_CHARACTERS]
        tried = await chat.try_out(project, known, question) if question else None
        listed = _list(known.answers, day_at(project, projects.clock()))
        expired = [one for one in listed if one.is_expired]
        found = _find(expired if show == "expired" else listed, search)
        last_page = max(1, -(-len(found) // ANSWERS_PER_PAGE))
        page = min(max(page, 1), last_page)
        first = (page - 1) * ANSWERS_PER_PAGE
        asked = {"search": search, "show": show if show == "expired" else ""}
        return render(
            "answers.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            listed=found[first : first + ANSWERS_PER_PAGE],
            found=len(found),
            count=len(listed),
            expired=len(expired),
            asked=asked,
            query=urlencode({name: text for name, text in asked.items() if text}),
            page=page,
            last_page=last_page,
            languages=LANGUAGES,
            notice=notice,
            fault=fault,
            undo=undo,
            question=question,
            tried=tried,
            origins=_origins(project, known, tried) if tried else [],
        )

    @pages.get("/projects/{project_id}/answers")
    async def list_answers(
        project_id: str,
        caller: Annotated[Caller, Depends(viewer)],
        search: str = "",
        show: str = "",
        page: int = 1,
        notice: str | None = None,
        question: str = "",
    ) -> Response:
        """With `question`, what a visitor who asks it would be answered."""
        project = await read_project(projects, caller.scope, project_id)
        return await show_answers(caller, project, search, show, page, notice, "", question)

    def show_form(
        caller: Caller,
        project: Project,
        form: Form,
        faults: Faults | None = None,
        status_code: int = 200,
    ) -> Response:
        return render(
            "answer_form.html",
            caller=caller,
            place="projects",
            status_code=status_code,
            project=project,
            form=form,
            faults=faults or {},
            languages=LANGUAGES,
        )

    @pages.get("/projects/{project_id}/answers/edit")
    async def edit_answer(
        project_id: str,
        caller: Annotated[Caller, Depends(manager)],
        answer: str = "",
        question: str = "",
    ) -> Response:
        """Without `answer` a new one, to `question` where it is given."""
        project = await read_project(projects, caller.scope, project_id)
        if not answer:
            return show_form(caller, project, Form({"question": [question], "language": ["en"]}))
        known = find_answer((await projects.storage.get_knowledge(project_id)).answers, answer)
        if known is None:
            raise NotFound("answer_not_found", "This answer is not there any more.")
        given = {name: [str(getattr(known, name) or "")] for name in FIELDS}
        return show_form(caller, project, Form(given | {"id": [answer]}))

    @pages.post("/projects/{project_id}/answers/edit")
    async def write_answer(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        said: dict[str, Any] = {
            name: text for name in FIELDS if (text := form.text(name).replace("\r", "").strip())
        }
        try:
            answer = Answer.model_validate(said)
        except ValidationError as error:
            told = tell_invalid(error)
            return show_form(caller, project, form, told, 422)
        try:
            if before := form.text("id"):
                await answers.rewrite(project_id, before, answer)
            else:
                await answers.add(project_id, answer)
        except Conflict as error:
            field = "question" if error.code == "answer_there" else ""
            return show_form(caller, project, form, {field: error.detail}, 409)
        caller.notes.changes = (f"answer to: {answer.question}",)
        return RedirectResponse(path_of(project_id, "answers?notice=written"), 303)

    @pages.post("/projects/{project_id}/answers/remove")
    async def remove_answer(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        project = await read_project(projects, caller.scope, project_id)
        form = await read_form(request)
        try:
            removed, place = await answers.remove(project_id, form.text("id"))
        except Conflict as error:
            return await show_answers(caller, project, fault=error.detail, status_code=409)
        caller.notes.changes = (f"removed the answer to: {removed.question}",)
        # No redirect: the way back is in this page and nowhere else.
        sealed = seal_removed(projects.vault, caller, project_id, removed, place, projects.clock())
        undo = Undo(removed.question, path_of(project_id, "answers/restore"), sealed)
        return await show_answers(caller, project, undo=undo)

    @pages.post("/projects/{project_id}/answers/restore")
    async def restore_answer(
        project_id: str, caller: Annotated[Caller, Depends(manager)], request: Request
    ) -> Response:
        """The one just removed, as it was and where it stood."""
        project = await read_project(projects, caller.scope, project_id)
        sealed, now = (await read_form(request)).text(RESTORE), projects.clock()
        try:
            removed, place = open_removed(projects.vault, sealed, caller, project_id, Answer, now)
            await answers.add(project_id, removed, place)
        except Conflict as error:
            return await show_answers(caller, project, fault=error.detail, status_code=409)
        caller.notes.changes = (f"restored the answer to: {removed.question}",)
        return RedirectResponse(path_of(project_id, "answers?notice=restored"), 303)


def _list(answers: Sequence[Answer], today: date) -> list[ShownAnswer]:
    return [
        ShownAnswer(answer_id(one), one, one.valid_until is not None and one.valid_until < today)
        for one in answers
    ]


def _find(listed: Sequence[ShownAnswer], search: str) -> list[ShownAnswer]:
    parts = search.casefold().split()
    return [
        one
        for one in listed
        if all(part in f"{one.answer.question} {one.answer.answer}".casefold() for part in parts)
    ]


def _origins(project: Project, known: Knowledge, tried: Tried) -> list[Origin]:
    """What the reply was made from, in its order, each with where it stands."""
    found: list[Origin] = []
    for source in tried.sources:
        if source.kind == "answer":
            answer = next((one for one in known.answers if one.question == source.key), None)
            if answer is not None:
                link = path_of(project.id, f"answers/edit?answer={answer_id(answer)}")
                found.append(Origin(answer.question, answer.answer, None, link))
            continue
        named = source.key, source.subject
        fact = next((one for one in known.facts if (one.key, one.subject) == named), None)
        if fact is not None:
            fact_id = choice_id(fact.key, fact.subject, fact.value)
            link = path_of(project.id, f"facts/edit?fact={fact_id}")
            name = f"{NAMES.get(fact.key, words(fact.key))} {fact.subject}".strip()
            found.append(Origin(name, fact.value, fact.as_of, link))
    return found
