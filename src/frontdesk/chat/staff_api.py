"""Conversations and models over HTTP, for those who may: what was said and from what, what a model
was not let say, and what models used.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from typing import Annotated, Any, Protocol

from fastapi import APIRouter, Depends, Query

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import Role
from frontdesk.chat.budget import Limits
from frontdesk.chat.links import Link
from frontdesk.chat.model import Message, Spending
from frontdesk.clock import Clock
from frontdesk.errors import NotFound
from frontdesk.model import Model, Page
from frontdesk.storage.base import ChatStorage, ModelStorage

Cursor = Annotated[str | None, Query(max_length=500)]
Limit = Annotated[int, Query(ge=1, le=200)]


class StaffStorage(ChatStorage, ModelStorage, Protocol):
    """What these routes read."""


class ProviderStatus(Model):
    """`resting`: it failed and is left alone for a while, by the process that answers this."""

    kind: str
    model: str
    resting: bool
    under_way: int
    concurrency: int


class ModelStatus(Model):
    """The models that answer, in their order, and the budgets in tokens (0 is no limit)."""

    providers: tuple[ProviderStatus, ...]
    conversation_tokens: int
    project_day_tokens: int
    day_tokens: int


def router(
    storage: StaffStorage,
    links: Sequence[Link],
    limits: Limits,
    clock: Clock,
    allow: Callable[[Role], Allow],
) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["conversations"])
    viewer: Any = Depends(allow(Role.VIEWER))

    @router.get(
        "/projects/{project_id}/conversations/{conversation_id}/messages",
        summary="Read a conversation, with what each reply was made from",
        description="Oldest first. Of a reply: `sources` are the facts and answers it was made "
        "from, with their dates; `refused` is what a model wanted to say and was not let; `model` "
        "and `tokens` are what was asked and what it used.",
    )
    async def list_messages(
        caller: Annotated[Caller, viewer],
        project_id: str,
        conversation_id: str,
        after: Cursor = None,
        limit: Limit = 200,
    ) -> Page[Message]:
        if not caller.scope.allows(project_id):
            raise NotFound("conversation_not_found", "There is no such conversation.")
        return await storage.list_messages(project_id, conversation_id, after=after, limit=limit)

    @router.get(
        "/refusals",
        summary="List replies in which a model was not let say something, newest first",
    )
    async def list_refusals(
        caller: Annotated[Caller, viewer], after: Cursor = None, limit: Limit = 50
    ) -> Page[Message]:
        return await storage.list_refusals(caller.scope, after=after, limit=limit)

    @router.get(
        "/spending",
        summary="List what models used by project and day (UTC), newest day first",
    )
    async def list_spending(
        caller: Annotated[Caller, viewer],
        days: Annotated[int, Query(ge=1, le=400)] = 30,
        after: Cursor = None,
        limit: Limit = 50,
    ) -> Page[Spending]:
        since = clock().astimezone(UTC).date() - timedelta(days=days - 1)
        return await storage.list_spending(caller.scope, since, after=after, limit=limit)

    @router.get(
        "/models",
        summary="Which models answer, how they are, and their budgets",
        dependencies=[viewer],
    )
    async def get_models() -> ModelStatus:
        at = clock()
        return ModelStatus(
            providers=tuple(
                ProviderStatus(
                    kind=link.kind,
                    model=link.provider.name,
                    resting=not link.circuit.is_closed(at),
                    under_way=link.under_way,
                    concurrency=link.concurrency,
                )
                for link in links
            ),
            conversation_tokens=limits.conversation_tokens,
            project_day_tokens=limits.project_day_tokens,
            day_tokens=limits.day_tokens,
        )

    return router
