"""The audit log: who changed what, when.

Every change through a guarded route is recorded by itself, so a new route cannot forget to: the
guard leaves the caller in the request's scope, and `RecordChanges`, between the edge and the
routes, writes the entry once the route has answered that it did it, before the answer goes out.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import structlog
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from frontdesk.accounts.model import ActorKind, AuditEntry
from frontdesk.clock import Clock
from frontdesk.errors import FrontdeskError
from frontdesk.model import new_id
from frontdesk.storage.accounts import AccountStorage

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
CALLER = "frontdesk.caller"
_log = structlog.get_logger("frontdesk.audit")


class Actor(Protocol):
    """Who did it, and what they left to be said about it (`accounts.guard.Caller`)."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> ActorKind: ...
    @property
    def notes(self) -> "Notes": ...


@dataclass(slots=True)
class Notes:
    """What a route adds to its entry: ids that its path does not hold, and what changed, in words.

    No personal data: a lead is named by its id.
    """

    project_id: str | None = None
    targets: dict[str, str] | None = None
    changes: tuple[str, ...] = ()
    is_silent: bool = False  # for a POST that changes nothing


def make_entry(actor: Actor, action: str, targets: dict[str, str], at: datetime) -> AuditEntry:
    notes = actor.notes
    targets = {**targets, **(notes.targets or {})}
    return AuditEntry(
        id=new_id("audit", at),
        created_at=at,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        action=action,
        project_id=notes.project_id or targets.get("project_id"),
        targets=targets,
        changes=notes.changes,
    )


class RecordChanges:
    def __init__(self, app: ASGIApp, *, storage: AccountStorage, clock: Clock) -> None:
        self._app = app
        self._storage = storage
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE_METHODS:
            await self._app(scope, receive, send)
            return

        async def send_recorded(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] < 400:
                await self._record(scope)
            await send(message)

        await self._app(scope, receive, send_recorded)

    async def _record(self, scope: Scope) -> None:
        caller: Actor | None = scope.get(CALLER)
        if caller is None or caller.notes.is_silent:
            return
        targets = {name: str(value) for name, value in scope.get("path_params", {}).items()}
        action = getattr(scope.get("route"), "name", "change")
        try:
            await self._storage.add_audit_entry(make_entry(caller, action, targets, self._clock()))
        except FrontdeskError as error:
            # The change itself is done and stored: refusing it now would be a lie.
            _log.error("a change was not recorded", action=action, error=error.code)
