"""A project's answers over HTTP, one at a time."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any, Self

from fastapi import APIRouter, Depends

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.errors import NotFound
from frontdesk.model import Page
from frontdesk.projects.model import Answer
from frontdesk.property.answers import Answers, answer_id, find_answer


class AnswerView(Answer):
    """`id` is made of all that the answer says, so a changed answer has another one."""

    id: str

    @classmethod
    def of(cls, answer: Answer) -> Self:
        return cls(id=answer_id(answer), **dict(answer))


class AnswerBody(Answer):
    """An answer as somebody writes it. `id` may be sent back as it came; it is not used."""

    id: str | None = None

    def to_answer(self) -> Answer:
        return Answer(**self.model_dump(exclude={"id"}))


def router(answers: Answers, allow: Callable[[Role], Allow]) -> APIRouter:
    router = APIRouter(prefix="/v1/projects/{project_id}/answers", tags=["answers"])
    projects = answers.facts.projects
    viewer: Any = Depends(allow(Role.VIEWER))
    manager: Any = Depends(allow(Role.MANAGER))

    async def require(caller: Caller, project_id: str, wanted: str) -> None:
        """So that a change of what is not there is 404, and 409 only where two people met."""
        caller.scope.require(project_id)
        known = await projects.storage.get_knowledge(project_id)
        if find_answer(known.answers, wanted) is None:
            raise NotFound("answer_not_found", "This answer is not there any more.")

    @router.get(
        "",
        summary="List a project's answers, as they are ordered",
        description="All of them, at most 500. With `valid_on` those alone that hold on that day.",
    )
    async def list_answers(
        caller: Annotated[Caller, viewer], project_id: str, valid_on: date | None = None
    ) -> Page[AnswerView]:
        caller.scope.require(project_id)
        known = await projects.storage.get_knowledge(project_id)
        return Page(
            items=tuple(
                AnswerView.of(one)
                for one in known.answers
                if not (valid_on and one.valid_until and one.valid_until < valid_on)
            ),
        )

    @router.post(
        "",
        status_code=201,
        summary="Add an answer",
        description="409 `answer_there` where the question has one in this language, so that "
        "asking twice adds one.",
    )
    async def add_answer(
        caller: Annotated[Caller, manager], project_id: str, body: AnswerBody
    ) -> AnswerView:
        caller.scope.require(project_id)
        answer = body.to_answer()
        await answers.add(project_id, answer)
        caller.notes.changes = (f"answer to: {answer.question}",)
        return AnswerView.of(answer)

    @router.put(
        "/{answer_id}",
        summary="Change an answer",
        description="The id names the answer as it was read: nobody's change is overwritten. "
        "The reply carries its new id.",
    )
    async def change_answer(
        caller: Annotated[Caller, manager], project_id: str, answer_id: str, body: AnswerBody
    ) -> AnswerView:
        await require(caller, project_id, answer_id)
        answer = body.to_answer()
        await answers.rewrite(project_id, answer_id, answer)
        caller.notes.changes = (f"answer to: {answer.question}",)
        return AnswerView.of(answer)

    @router.delete("/{answer_id}", status_code=204, summary="Remove an answer")
    async def remove_answer(
        caller: Annotated[Caller, manager], project_id: str, answer_id: str
    ) -> None:
        await require(caller, project_id, answer_id)
        removed, _ = await answers.remove(project_id, answer_id)
        caller.notes.changes = (f"removed the answer to: {removed.question}",)

    return router
