"""Who may use the dashboard and the admin API."""

from enum import StrEnum
from typing import NamedTuple

from pydantic import Field

from frontdesk.clock import Instant
from frontdesk.model import Model, Scope


class Role(StrEnum):
    OWNER = "owner"
    MANAGER = "manager"
    SALES = "sales"
    VIEWER = "viewer"

    def reaches(self, minimum: "Role") -> bool:
        """Viewer < sales < manager < owner: each may do all that those below it may."""
        return _RISING.index(self) >= _RISING.index(minimum)


_RISING = (Role.VIEWER, Role.SALES, Role.MANAGER, Role.OWNER)


class SecondFactor(Model):
    """A code from an app besides the password (TOTP, RFC 6238).

    `secret` is sealed; `last_step` is the latest time step whose code was taken, so that none is
    taken twice. `recovery_hashes` are SHA-256 of the codes left for a lost phone, each good once.
    `wrong_codes` counts what was tried from unknown browsers since the last code that held; until
    `locked_until` they try in vain.
    """

    secret: str
    last_step: int = 0
    recovery_hashes: tuple[str, ...] = ()
    wrong_codes: int = 0
    locked_until: Instant | None = None


class Member(Model):
    """A person. `email` is lower case and unique; `password_hash` is argon2id's encoded form, None
    where no password was chosen yet.

    A session that began before `sessions_from` is over: a new password, or a member switched off,
    ends all of them with one write. `version` rises with each change.
    """

    id: str
    email: str
    name: str
    role: Role
    scope: Scope = Scope()
    password_hash: str | None
    second_factor: SecondFactor | None = None
    is_active: bool = True
    sessions_from: Instant | None = None
    created_at: Instant
    version: int = 0


class Session(Model):
    """A signed-in browser; the cookie's value is kept only as its SHA-256."""

    token_hash: str
    member_id: str
    created_at: Instant
    expires_at: Instant


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


class PasswordLink(Model):
    """Lets whoever holds it choose a member's password, once; kept as its SHA-256."""

    token_hash: str
    member_id: str
    purpose: LinkPurpose
    created_at: Instant
    expires_at: Instant


class ApiKey(Model):
    """A program's credential; shown once, kept as its SHA-256. `hint` is its first characters."""

    id: str
    name: str
    key_hash: str
    hint: str
    role: Role
    scope: Scope = Scope()
    created_at: Instant
    expires_at: Instant | None = None
    revoked_at: Instant | None = None
    last_used_at: Instant | None = None


class KeptReply(Model):
    """What was answered to a request with an `Idempotency-Key`, so that it is done once.

    `id` is made from who asked, the route and the key, `fingerprint` from all else that was asked.
    Whoever has the `token` is doing it, until `busy_until` at most; `reply` is sealed, and None
    until it is done.
    """

    id: str
    fingerprint: str
    token: str
    busy_until: Instant
    expires_at: Instant
    reply: str | None = None


class NewMember(NamedTuple):
    """`password` is the only copy of it; it is None where the caller chose it."""

    member: Member
    password: str | None


class NewLink(NamedTuple):
    """`token` is the only copy of it: it goes into the address that the member opens."""

    link: PasswordLink
    token: str


class NewApiKey(NamedTuple):
    """`secret` is the only copy of it."""

    key: ApiKey
    secret: str


class SignedIn(NamedTuple):
    """`token` is what the browser keeps."""

    token: str
    session: Session


class ActorKind(StrEnum):
    MEMBER = "member"
    API_KEY = "api_key"
    COMMAND_LINE = "command_line"
    HOUSEKEEPING = "housekeeping"  # what Frontdesk does by itself, once an hour


class AuditEntry(Model):
    """Who changed what, when. `action` is a verb (`retry_delivery`), `targets` the ids it was done
    to, by what they are ids of; `changes` says how, in words, without personal data.
    """

    id: str
    created_at: Instant
    actor_kind: ActorKind
    actor_id: str
    actor_name: str
    action: str
    project_id: str | None = None
    targets: dict[str, str] = Field(default_factory=dict)
    changes: tuple[str, ...] = ()
