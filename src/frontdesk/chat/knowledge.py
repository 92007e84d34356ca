"""What of a project's knowledge may be said: the one filter for prompt, retrieval and grounding."""

from datetime import date

from frontdesk.projects.model import FactState, Knowledge

SPEAKABLE = frozenset({FactState.APPROVED, FactState.OVERRIDDEN})


def usable(knowledge: Knowledge, today: date) -> Knowledge:
    """Without facts that nobody approved and answers that have run out on `today`."""
    return knowledge.model_copy(
        update={
            "facts": tuple(fact for fact in knowledge.facts if fact.state in SPEAKABLE),
            "answers": tuple(
                answer
                for answer in knowledge.answers
                if answer.valid_until is None or answer.valid_until >= today
            ),
        }
    )
