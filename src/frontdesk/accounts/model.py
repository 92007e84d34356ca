"""Who may use the dashboard and the admin API."""

from enum import StrEnum

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


class Member(Model):
    """A person. `email` is lower case and unique; `password_hash` is argon2id's encoded form."""

    id: str
    email: str
    name: str
    role: Role
    scope: Scope = Scope()
    password_hash: str
    created_at: Instant


class Session(Model):
    """A signed-in browser; the cookie's value is kept only as its SHA-256."""

    token_hash: str
    member_id: str
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
