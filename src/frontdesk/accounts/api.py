"""Members, API keys and the audit log over HTTP, for owners (and the log for managers)."""

from collections.abc import Awaitable, Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Header, Query
from pydantic import Field, StringConstraints
from starlette.responses import Response

from frontdesk.accounts.guard import Allow, Caller
from frontdesk.accounts.model import ApiKey, AuditEntry, LinkPurpose, Member, NewLink, Role
from frontdesk.accounts.service import Accounts
from frontdesk.clock import Instant
from frontdesk.errors import Forbidden, Malformed
from frontdesk.model import EVERY_PROJECT, Model, Page, Scope

ProjectIds = Annotated[
    frozenset[str] | None,
    Field(description="The projects it reaches; null for every project."),
]
After = Annotated[str | None, Query(max_length=500)]
Limit = Annotated[int, Query(ge=1, le=200)]
Text = Annotated[str, StringConstraints(max_length=254)]


class MemberView(Model):
    """A member without what only signing in needs."""

    id: str
    email: str
    name: str
    role: Role
    projects: ProjectIds
    is_active: bool
    has_password: bool
    has_second_factor: bool
    created_at: Instant
    version: int

    @classmethod
    def of(cls, member: Member) -> "MemberView":
        return cls(
            id=member.id,
            email=member.email,
            name=member.name,
            role=member.role,
            projects=member.scope.projects,
            is_active=member.is_active,
            has_password=member.password_hash is not None,
            has_second_factor=member.second_factor is not None,
            created_at=member.created_at,
            version=member.version,
        )


class Invitation(Model):
    email: Text
    name: Text
    role: Role
    projects: ProjectIds = None


class LinkView(Model):
    """Shown once. Whoever opens `url` chooses the password."""

    purpose: LinkPurpose
    url: str
    expires_at: Instant


class Invited(Model):
    member: MemberView
    link: LinkView


class MemberChange(Model):
    """What is left out stays as it is. `projects` needs `every_project` false where it is given."""

    name: Text | None = None
    role: Role | None = None
    projects: frozenset[str] | None = None
    every_project: bool = False
    is_active: bool | None = None


class ApiKeyView(Model):
    id: str
    name: str
    hint: str
    role: Role
    projects: ProjectIds
    created_at: Instant
    expires_at: Instant | None
    revoked_at: Instant | None
    last_used_at: Instant | None

    @classmethod
    def of(cls, key: ApiKey) -> "ApiKeyView":
        shown = key.model_dump(exclude={"key_hash", "scope"})
        return cls(**shown, projects=key.scope.projects)


class NewKey(Model):
    name: Text
    role: Role
    projects: ProjectIds = None
    expires_at: Instant | None = None


class CreatedKey(Model):
    """`secret` is shown this once."""

    key: ApiKeyView
    secret: str


def router(
    accounts: Accounts,
    get_project: Callable[[str], Awaitable[object]],
    allow: Callable[[Role], Allow],
    public_url: str,
) -> APIRouter:
    """`get_project` raises NotFound where an id is no project's."""

    async def require_projects(project_ids: frozenset[str] | None) -> None:
        for project_id in project_ids or ():
            await get_project(project_id)

    router = APIRouter()
    owner: Any = Depends(allow(Role.OWNER))
    manager: Any = Depends(allow(Role.MANAGER))

    @router.get("/v1/members", tags=["members"], summary="List members, in order of e-mail")
    async def list_members(
        caller: Annotated[Caller, owner], after: After = None, limit: Limit = 50
    ) -> Page[MemberView]:
        require_every_project(caller)
        page = await accounts.list_members(after, limit)
        return Page(items=tuple(map(MemberView.of, page.items)), next_cursor=page.next_cursor)

    @router.post("/v1/members", tags=["members"], summary="Invite a member", status_code=201)
    async def invite_member(caller: Annotated[Caller, owner], body: Invitation) -> Invited:
        require_every_project(caller)
        await require_projects(body.projects)
        scope = Scope(projects=body.projects)
        member, link = await accounts.invite(body.email, body.name, body.role, scope)
        caller.notes.targets = {"member_id": member.id}
        caller.notes.changes = (f"role: {member.role}",)
        return Invited(member=MemberView.of(member), link=view_link(link, public_url))

    @router.get("/v1/members/{member_id}", tags=["members"], summary="Read one member")
    async def get_member(
        caller: Annotated[Caller, owner], member_id: str, response: Response
    ) -> MemberView:
        require_every_project(caller)
        member = await accounts.storage.get_member(member_id)
        response.headers["ETag"] = f'"{member.version}"'
        return MemberView.of(member)

    @router.patch("/v1/members/{member_id}", tags=["members"], summary="Change a member")
    async def change_member(
        caller: Annotated[Caller, owner],
        member_id: str,
        body: MemberChange,
        response: Response,
        if_match: Annotated[str | None, Header(max_length=40)] = None,
    ) -> MemberView:
        require_every_project(caller)
        await require_projects(body.projects)
        scope = EVERY_PROJECT if body.every_project else None
        if body.projects is not None:
            scope = Scope(projects=body.projects)
        before, after = await accounts.change_member(
            member_id,
            name=body.name,
            role=body.role,
            scope=scope,
            is_active=body.is_active,
            version=read_version(if_match),
        )
        caller.notes.changes = tell_changes(before, after)
        response.headers["ETag"] = f'"{after.version}"'
        return MemberView.of(after)

    @router.post(
        "/v1/members/{member_id}/link",
        tags=["members"],
        summary="Make a link to choose a password by",
        status_code=201,
    )
    async def make_member_link(caller: Annotated[Caller, owner], member_id: str) -> LinkView:
        require_every_project(caller)
        return view_link(await accounts.make_link(member_id), public_url)

    @router.delete(
        "/v1/members/{member_id}/second-factor",
        tags=["members"],
        summary="Let a member sign in without a code again",
        status_code=204,
    )
    async def end_second_factor(caller: Annotated[Caller, owner], member_id: str) -> None:
        require_every_project(caller)
        await accounts.end_second_factor(member_id)

    @router.get("/v1/api-keys", tags=["API keys"], summary="List API keys, newest first")
    async def list_api_keys(
        caller: Annotated[Caller, owner], after: After = None, limit: Limit = 50
    ) -> Page[ApiKeyView]:
        require_every_project(caller)
        page = await accounts.list_api_keys(after, limit)
        return Page(items=tuple(map(ApiKeyView.of, page.items)), next_cursor=page.next_cursor)

    @router.post("/v1/api-keys", tags=["API keys"], summary="Make an API key", status_code=201)
    async def create_api_key(caller: Annotated[Caller, owner], body: NewKey) -> CreatedKey:
        require_every_project(caller)
        await require_projects(body.projects)
        made = await accounts.create_api_key(
            body.name, body.role, scope=Scope(projects=body.projects), expires_at=body.expires_at
        )
        caller.notes.targets = {"key_id": made.key.id}
        caller.notes.changes = (f"role: {made.key.role}",)
        return CreatedKey(key=ApiKeyView.of(made.key), secret=made.secret)

    @router.delete("/v1/api-keys/{key_id}", tags=["API keys"], summary="Revoke an API key")
    async def revoke_api_key(caller: Annotated[Caller, owner], key_id: str) -> ApiKeyView:
        require_every_project(caller)
        return ApiKeyView.of(await accounts.revoke_api_key(key_id))

    @router.get("/v1/audit", tags=["audit"], summary="List who changed what, newest first")
    async def list_audit_entries(
        caller: Annotated[Caller, manager],
        actor: Annotated[str | None, Query(max_length=100)] = None,
        action: Annotated[str | None, Query(max_length=100)] = None,
        after: After = None,
        limit: Limit = 50,
    ) -> Page[AuditEntry]:
        return await accounts.storage.list_audit_entries(
            caller.scope, actor_id=actor, action=action, after=after, limit=limit
        )

    return router


def require_every_project(caller: Caller) -> None:
    """People and keys belong to the installation. Raises Forbidden(`forbidden`)."""
    if caller.scope != EVERY_PROJECT:
        raise Forbidden("forbidden", "This needs an owner of every project.")


def view_link(made: NewLink, public_url: str) -> LinkView:
    url = f"{public_url}/dashboard/welcome?token={made.token}"
    return LinkView(purpose=made.link.purpose, url=url, expires_at=made.link.expires_at)


def read_version(if_match: str | None) -> int | None:
    """The version that an `If-Match` names (RFC 9110, 13.1.1); None without one or for `*`.

    Raises Malformed(`malformed_if_match`).
    """
    if if_match is None or if_match.strip() == "*":
        return None
    text = if_match.strip().removeprefix('"').removesuffix('"')
    if not text.isascii() or not text.isdigit():
        raise Malformed("malformed_if_match", "If-Match has to be the ETag as it was given.")
    return int(text)


def tell_changes(before: Member, after: Member) -> tuple[str, ...]:
    """`role: manager instead of sales`; a name is personal data and only said to have changed."""
    told = []
    if before.name != after.name:
        told.append("name: changed")
    if before.role != after.role:
        told.append(f"role: {after.role} instead of {before.role}")
    if before.scope != after.scope:
        told.append(f"projects: {_name_scope(after)} instead of {_name_scope(before)}")
    if before.is_active != after.is_active:
        told.append("switched on" if after.is_active else "switched off")
    return tuple(told)


def _name_scope(member: Member) -> str:
    projects = member.scope.projects
    return "every project" if projects is None else ", ".join(sorted(projects)) or "none"
