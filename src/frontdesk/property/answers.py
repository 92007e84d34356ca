"""A project's answers, one at a time. An answer is known by what it says (`answer_id`)."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from frontdesk.errors import Conflict, changed_meanwhile
from frontdesk.projects.model import Answer, Knowledge
from frontdesk.property.service import Facts

MAX_ANSWERS = 500


def answer_id(answer: Answer) -> str:
    """Made of all that the answer says, so whoever changes one says which they have seen."""
    return hashlib.sha256(answer.model_dump_json().encode()).hexdigest()[:16]


def find_answer(answers: Sequence[Answer], wanted: str) -> Answer | None:
    return next((one for one in answers if answer_id(one) == wanted), None)


class RemovedAnswer(NamedTuple):
    """`place` is where it stood among the project's answers, from 0."""

    answer: Answer
    place: int


@dataclass(frozen=True, slots=True)
class Answers:
    facts: Facts

    async def add(self, project_id: str, answer: Answer, place: int = 0) -> None:
        """In front of the others, or at its `place`.

        Raises NotFound(`project_not_found`), Conflict(`answer_there`) where the question has an
        answer in its language, and Conflict(`too_many_answers`).
        """

        def change(known: Knowledge) -> Knowledge:
            _require_new(known.answers, answer)
            if len(known.answers) >= MAX_ANSWERS:
                detail = f"A project has at most {MAX_ANSWERS} answers."
                raise Conflict("too_many_answers", detail)
            answers = (*known.answers[:place], answer, *known.answers[place:])
            return known.model_copy(update={"answers": answers})

        await self.facts.change_knowledge(project_id, change)

    async def rewrite(self, project_id: str, before_id: str, after: Answer) -> None:
        """Raises as `add`, and Conflict(`changed_meanwhile`) where it is not there as it was."""

        def change(known: Knowledge) -> Knowledge:
            before = find_answer(known.answers, before_id)
            if before is None:
                raise changed_meanwhile()
            _require_new([one for one in known.answers if one != before], after)
            answers = tuple(after if one == before else one for one in known.answers)
            return known.model_copy(update={"answers": answers})

        await self.facts.change_knowledge(project_id, change)

    async def remove(self, project_id: str, wanted: str) -> RemovedAnswer:
        """The one that was removed. Raises as `rewrite`."""
        removed: list[RemovedAnswer] = []

        def change(known: Knowledge) -> Knowledge:
            found = find_answer(known.answers, wanted)
            if found is None:
                raise changed_meanwhile()
            removed.append(RemovedAnswer(found, known.answers.index(found)))
            kept = tuple(one for one in known.answers if one != found)
            return known.model_copy(update={"answers": kept})

        await self.facts.change_knowledge(project_id, change)
        return removed[0]


def _require_new(answers: Sequence[Answer], answer: Answer) -> None:
    name = answer.question.casefold(), answer.language
    if any((one.question.casefold(), one.language) == name for one in answers):
        raise Conflict("answer_there", "This question has an answer in this language already.")
