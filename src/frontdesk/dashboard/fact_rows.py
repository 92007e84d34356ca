"""Facts as their page shows them: by what asks for a decision, each value with a short name. Pure.

A form names a value by `choice_id`, so that a page with hundreds of them stays small, and a value
that changed after the page was made is not there any more instead of another one being taken.
"""

import hashlib
from collections.abc import Sequence
from enum import StrEnum
from typing import NamedTuple

from frontdesk.projects.model import Fact, FactState
from frontdesk.property.compare import SPOKEN, Change, FactRow, FoundFact, says_same

WAITING = frozenset({Change.NEW, Change.CHANGED, Change.CONFLICT, Change.GONE})
_FIRST = {Change.CONFLICT: 0, Change.CHANGED: 1, Change.GONE: 2, Change.NEW: 3}


class Show(StrEnum):
    """Which facts a list has."""

    WAITING = "waiting"
    KNOWN = "known"
    REJECTED = "rejected"
    ALL = "all"


class KnownValue(NamedTuple):
    id: str
    fact: Fact


class FoundValue(NamedTuple):
    """What a page says; `is_open` where nobody has decided about it."""

    id: str
    found: FoundFact
    is_open: bool


class ShownRow(NamedTuple):
    row: FactRow
    spoken: tuple[KnownValue, ...]
    rejected: tuple[KnownValue, ...]
    found: tuple[FoundValue, ...]

    @property
    def is_waiting(self) -> bool:
        return self.row.change in WAITING

    @property
    def approvable(self) -> str | None:
        """The one value that can be approved without choosing among several."""
        open_ones = [value.id for value in self.found if value.is_open]
        is_plain = self.row.change in {Change.NEW, Change.CHANGED}
        return open_ones[0] if is_plain and open_ones else None


def choice_id(key: str, subject: str, value: str) -> str:
    return hashlib.sha256("\0".join((key, subject, value)).encode()).hexdigest()[:16]


def show_rows(rows: Sequence[FactRow]) -> list[ShownRow]:
    """What asks for a decision first."""
    shown = [_show(row) for row in rows]
    return sorted(shown, key=lambda one: _FIRST.get(one.row.change, len(_FIRST)))


def choose(rows: Sequence[ShownRow], show: Show) -> list[ShownRow]:
    match show:
        case Show.WAITING:
            return [one for one in rows if one.is_waiting]
        case Show.KNOWN:
            return [one for one in rows if one.spoken]
        case Show.REJECTED:
            return [one for one in rows if one.rejected]
        case Show.ALL:
            return list(rows)


def find_fact(facts: Sequence[Fact], wanted: str) -> Fact | None:
    """By its `choice_id`."""
    return next(
        (one for one in facts if choice_id(one.key, one.subject, one.value) == wanted), None
    )


def _show(row: FactRow) -> ShownRow:
    def known(states: frozenset[FactState]) -> tuple[KnownValue, ...]:
        return tuple(
            KnownValue(choice_id(row.key, row.subject, fact.value), fact)
            for fact in row.known
            if fact.state in states
        )

    found = []
    for one in row.found:
        is_decided = any(
            says_same(row.key, fact.value, one)
            for fact in row.known
            if fact.state in SPOKEN or fact.state is FactState.REJECTED
        )
        found.append(FoundValue(choice_id(row.key, row.subject, one.value), one, not is_decided))
    return ShownRow(row, known(SPOKEN), known(frozenset({FactState.REJECTED})), tuple(found))
