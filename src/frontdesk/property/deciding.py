"""Deciding what is so of what pages say: approving and rejecting values, and taking out. Pure."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from frontdesk.errors import Conflict
from frontdesk.model import Model
from frontdesk.projects.model import Fact, FactState
from frontdesk.property.compare import FoundFact, compare
from frontdesk.property.model import Findings


class Verdict(StrEnum):
    APPROVE = "approve"
    REJECT = "reject"


class Decision(NamedTuple):
    """About one value of one thing. What is approved has to be said by a page."""

    verdict: Verdict
    key: str
    subject: str
    value: str


class RemovedFacts(Model):
    """Of one value; mostly one. Each with where it stood among the project's facts, from 0, and
    what else was known of the same thing."""

    placed: tuple[tuple[int, Fact], ...] = ()
    beside: tuple[Fact, ...] = ()


def decide(
    facts: Sequence[Fact], findings: Findings, decisions: Sequence[Decision], today: date
) -> tuple[list[Fact], list[int]]:
    """The facts after the decisions in their order, and the places of those that were left out,
    since no page says what they approve (any more)."""
    said = {
        (row.key, row.subject, one.value): one
        for row in compare(facts, findings)
        for one in row.found
    }
    after, left_out = list(facts), []
    for place, one in enumerate(decisions):
        if one.verdict is Verdict.REJECT:
            after = reject(after, one.key, one.subject, one.value, today)
        elif found := said.get((one.key, one.subject, one.value)):
            after = put(after, fact_of(one.key, one.subject, found))
        else:
            left_out.append(place)
    return after, left_out


def find_clashes(decisions: Sequence[Decision]) -> list[int]:
    """The places of decisions that undo an earlier one of the same list: about the same value, or
    a second value approved for the same thing."""
    seen: set[tuple[str, ...]] = set()
    clashes = []
    for place, one in enumerate(decisions):
        thing = (one.key, one.subject)
        names = {(*thing, one.value), *({thing} if one.verdict is Verdict.APPROVE else ())}
        if seen & names:
            clashes.append(place)
        seen |= names
    return clashes


def tell_decisions(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """For the audit log."""
    past = {Verdict.APPROVE: "approved", Verdict.REJECT: "rejected"}
    return tuple(f"{past[one.verdict]} {one.key}: {one.value}" for one in decisions)


def fact_of(key: str, subject: str, found: FoundFact) -> Fact:
    return Fact(
        key=key,
        subject=subject,
        value=found.value,
        source=found.url[:500],
        as_of=found.read_at.date(),
    )


def put(facts: Sequence[Fact], fact: Fact) -> list[Fact]:
    """The fact in the place of those of its key and subject that visitors get; rejections of other
    values stay."""
    others = [
        one
        for one in facts
        if (one.key, one.subject) != (fact.key, fact.subject)
        or (one.state is FactState.REJECTED and one.value != fact.value)
    ]
    place = next((n for n, one in enumerate(facts) if (one.key, one.subject) == (fact.key, fact.subject)), len(others))  # fmt: skip
    return [*others[:place], fact, *others[place:]]


def reject(facts: Sequence[Fact], key: str, subject: str, value: str, today: date) -> list[Fact]:
    """The facts without the value, which is kept as a rejected one."""
    kept = [one for one in facts if (one.key, one.subject, one.value) != (key, subject, value)]
    return [
        *kept,
        Fact(key=key, subject=subject, value=value, as_of=today, state=FactState.REJECTED),
    ]


def take_out(
    facts: Sequence[Fact], key: str, subject: str, value: str
) -> tuple[tuple[Fact, ...], RemovedFacts]:
    """The facts without those of this value, and these, as `put_back` takes them."""
    name = key, subject, value
    kept = tuple(one for one in facts if (one.key, one.subject, one.value) != name)
    placed = tuple(
        (place, one) for place, one in enumerate(facts) if (one.key, one.subject, one.value) == name
    )
    return kept, RemovedFacts(placed=placed, beside=_about(kept, key, subject))


def put_back(facts: Sequence[Fact], removed: RemovedFacts) -> tuple[Fact, ...]:
    """Raises Conflict(`fact_there`) where something else is known of the same thing by now."""
    after = list(facts)
    for place, one in removed.placed:
        if _about(facts, one.key, one.subject) != removed.beside:
            raise Conflict("fact_there", "What is known of this was changed meanwhile. It stays.")
        after.insert(place, one)
    return tuple(after)


def _about(facts: Sequence[Fact], key: str, subject: str) -> tuple[Fact, ...]:
    return tuple(one for one in facts if (one.key, one.subject) == (key, subject))
