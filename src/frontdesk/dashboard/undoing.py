"""Undoing a removal. What was removed is kept nowhere but in the form that brings it back, sealed:
so a page that is left, or looked at too late, leaves nothing behind.
"""

from datetime import datetime, timedelta
from typing import NamedTuple, TypeVar

from pydantic import ValidationError

from frontdesk.accounts.guard import Caller
from frontdesk.clock import Instant
from frontdesk.errors import Conflict
from frontdesk.model import Model
from frontdesk.projects.secrets import Secret, UnopenableError, Vault

AnyThing = TypeVar("AnyThing", bound=Model)

GOOD_FOR = timedelta(minutes=15)
RESTORE = "restore"  # the form's field


class Undo(NamedTuple):
    """The line on the page after a removal: what is gone, where its form goes, and what it says."""

    name: str
    action: str
    sealed: str


class _Removal(Model):
    """`thing` is the removed one as JSON; `place` is where it stood in its list, from 0."""

    kind: str
    member_id: str
    project_id: str
    at: Instant
    place: int
    thing: str


def seal_removed(
    vault: Vault, caller: Caller, project_id: str, thing: Model, place: int, at: datetime
) -> str:
    """Good for whoever removed it, in this project, for a quarter of an hour."""
    removal = _Removal(
        kind=type(thing).__name__,
        member_id=caller.id,
        project_id=project_id,
        at=at,
        place=place,
        thing=thing.model_dump_json(),
    )
    return vault.seal_text(removal.model_dump_json())


def open_removed(
    vault: Vault, sealed: str, caller: Caller, project_id: str, kind: type[AnyThing], now: datetime
) -> tuple[AnyThing, int]:
    """What was removed and where it stood. Raises Conflict(`undo_over`) and, for what was changed,
    somebody else's, another project's or no removal at all, Conflict(`undo_not_good`)."""
    try:
        if not Secret(sealed).is_sealed:  # the vault would take it as it is
            raise undo_not_good()
        removal = _Removal.model_validate_json(vault.open_text(sealed))
        if (removal.kind, removal.member_id, removal.project_id) != (
            kind.__name__,
            caller.id,
            project_id,
        ):
            raise undo_not_good()
        thing = kind.model_validate_json(removal.thing)
    except (UnopenableError, ValidationError, UnicodeError):
        raise undo_not_good() from None
    if now - removal.at >= GOOD_FOR:
        minutes = int(GOOD_FOR.total_seconds() // 60)
        raise Conflict(
            "undo_over", f"A removal can be undone for {minutes} minutes. Add it again by hand."
        )
    return thing, removal.place


def undo_not_good() -> Conflict:
    return Conflict("undo_not_good", "This removal cannot be undone from here. Add it by hand.")
