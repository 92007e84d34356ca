"""The audit log: who changed what, readable and to take away."""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.responses import Response, StreamingResponse

from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import AuditEntry, Role
from frontdesk.accounts.service import Accounts
from frontdesk.clock import format_instant
from frontdesk.dashboard.page_route import Allows
from frontdesk.dashboard.rendering import render
from frontdesk.web.spreadsheets import write_csv_row

ENTRIES_PER_PAGE = 50
_EXPORT_PAGE = 200


def add_pages(pages: APIRouter, accounts: Accounts, allow: Allows) -> None:
    manager = allow(Role.MANAGER)

    @pages.get("/settings/audit")
    async def list_audit_entries(
        caller: Annotated[Caller, Depends(manager)],
        actor: str | None = None,
        action: str | None = None,
        after: str | None = None,
    ) -> Response:
        page = await accounts.storage.list_audit_entries(
            caller.scope, actor_id=actor, action=action, after=after, limit=ENTRIES_PER_PAGE
        )
        return render(
            "audit.html",
            caller=caller,
            place="settings",
            tab="audit",
            entries=page.items,
            next_cursor=page.next_cursor,
            after=after,
            actor=actor,
            action=action,
        )

    @pages.get("/settings/audit.csv")
    async def export_audit_entries(caller: Annotated[Caller, Depends(manager)]) -> Response:
        return StreamingResponse(
            _write_csv(accounts, caller),
            media_type="text/csv; charset=utf-8",
            headers={
                "Content-Disposition": 'attachment; filename="audit.csv"',
                "Cache-Control": "no-store",
            },
        )


async def _write_csv(accounts: Accounts, caller: Caller) -> AsyncIterator[bytes]:
    yield write_csv_row(["at", "who", "kind", "id", "did", "to", "project", "changes"])
    after = None
    while True:
        page = await accounts.storage.list_audit_entries(
            caller.scope, after=after, limit=_EXPORT_PAGE
        )
        yield b"".join(map(_row, page.items))
        after = page.next_cursor
        if after is None:
            return


def _row(entry: AuditEntry) -> bytes:
    return write_csv_row(
        [
            format_instant(entry.created_at),
            entry.actor_name,
            entry.actor_kind,
            entry.actor_id,
            entry.action,
            json.dumps(entry.targets, ensure_ascii=False) if entry.targets else "",
            entry.project_id or "",
            "; ".join(entry.changes),
        ]
    )
