"""Members, sessions, links, API keys and the audit log: what `storage.base` promises of them."""

from datetime import datetime
from typing import Protocol

from frontdesk.accounts.model import ApiKey, AuditEntry, KeptReply, Member, PasswordLink, Session
from frontdesk.model import Page, Scope


class AccountStorage(Protocol):
    async def add_member(self, member: Member) -> None:
        """Raises Conflict(`email_taken`)."""

    async def get_member(self, member_id: str) -> Member:
        """Raises NotFound(`member_not_found`)."""

    async def find_member(self, email: str) -> Member | None: ...

    async def save_member(self, member: Member) -> bool:
        """Replace the one whose version is one less; False where somebody else was faster.

        The e-mail stays as it is. Raises NotFound(`member_not_found`).
        """

    async def list_members(self, *, after: str | None = None, limit: int = 50) -> Page[Member]:
        """In order of e-mail."""

    async def add_password_link(self, link: PasswordLink) -> None: ...

    async def find_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        """Only one that has not expired at `at`."""

    async def take_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        """The same, and it is gone: of several callers one gets it."""

    async def start_session(self, session: Session) -> None: ...

    async def find_session(self, token_hash: str, at: datetime) -> Session | None:
        """Only one that has not expired at `at`."""

    async def end_session(self, token_hash: str) -> None:
        """Ending what is not there is no error."""

    async def remove_expired_sign_ins(self, at: datetime) -> int:
        """Remove sessions, password links and kept replies that ran out before `at`; how many went.

        And what an engine keeps for itself alone and has no use for any more.
        """

    async def claim_reply(self, claim: KeptReply, at: datetime) -> KeptReply | None:
        """Store the claim, and None; or what is there under its id, and nothing is stored.

        What ran out, or was left half-way (no reply, and not busy any more at `at`), is replaced.
        Of many who claim at the same time one gets None.
        """

    async def keep_reply(self, reply: KeptReply) -> None:
        """Put it in the place of its claim. Nothing where somebody else has claimed it since."""

    async def drop_reply(self, reply_id: str, token: str) -> None:
        """Give the claim up, so that it may be claimed again; nothing where it is another's."""

    async def add_api_key(self, key: ApiKey) -> None: ...

    async def find_api_key(self, key_hash: str, at: datetime) -> ApiKey | None:
        """Only one that is neither expired nor revoked at `at`."""

    async def record_api_key_use(self, key_id: str, at: datetime) -> None:
        """Keep when it was last used; callers do this once a minute a key at most.

        A key that is not there is no error.
        """

    async def list_api_keys(self, *, after: str | None = None, limit: int = 50) -> Page[ApiKey]:
        """Those that ran out and were revoked too."""

    async def revoke_api_key(self, key_id: str, at: datetime) -> ApiKey:
        """From `at` on it opens nothing. Revoking again changes nothing.

        Raises NotFound(`api_key_not_found`).
        """

    async def add_audit_entry(self, entry: AuditEntry) -> None: ...

    async def list_audit_entries(
        self,
        scope: Scope,
        *,
        actor_id: str | None = None,
        action: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[AuditEntry]:
        """What was done to projects of the scope; every entry where it is every project."""
