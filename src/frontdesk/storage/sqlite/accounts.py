"""Members, sessions and API keys."""

from datetime import datetime

import apsw

from frontdesk.accounts.model import ApiKey, AuditEntry, KeptReply, Member, PasswordLink, Session
from frontdesk.clock import as_instant, format_instant
from frontdesk.errors import Conflict
from frontdesk.model import EVERY_PROJECT, Page, Scope
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.rules import (
    api_key_not_found,
    is_valid_key,
    may_be_claimed,
    member_not_found,
    require_same_email,
)
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, list_newest, page_of


class AccountTables:
    _database: Database

    async def add_member(self, member: Member) -> None:
        document = dump(member)

        def act(connection: apsw.Connection) -> None:
            if _find_member(connection, member.email) is not None:
                raise Conflict("email_taken", "There is a member with this e-mail already.")
            connection.execute(
                "INSERT INTO members (id, document) VALUES (?, ?)", (member.id, document)
            )

        await self._database.write(act)

    async def get_member(self, member_id: str) -> Member:
        member = await self._database.read(
            lambda connection: find(
                connection, Member, "SELECT document FROM members WHERE id = ?", member_id
            )
        )
        if member is None:
            raise member_not_found()
        return member

    async def find_member(self, email: str) -> Member | None:
        return await self._database.read(lambda connection: _find_member(connection, email))

    async def save_member(self, member: Member) -> bool:
        document = dump(member)

        def act(connection: apsw.Connection) -> bool:
            stored = find(
                connection, Member, "SELECT document FROM members WHERE id = ?", member.id
            )
            if stored is None:
                raise member_not_found()
            require_same_email(stored, member)
            if stored.version != member.version - 1:
                return False
            connection.execute(
                "UPDATE members SET document = ? WHERE id = ?", (document, member.id)
            )
            return True

        return await self._database.write(act)

    async def list_members(self, *, after: str | None = None, limit: int = 50) -> Page[Member]:
        last = "" if after is None else decode_cursor(after, 1)[0]
        return await self._database.read(
            lambda connection: page_of(
                connection.execute(
                    "SELECT document, email FROM members WHERE email > ? ORDER BY email LIMIT ?",
                    (last, limit + 1),
                ),
                Member,
                limit,
            )
        )

    async def add_password_link(self, link: PasswordLink) -> None:
        document = dump(link)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO password_links (id, document) VALUES (?, ?)",
                (link.token_hash, document),
            )
        )

    async def find_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        link = await self._database.read(
            lambda connection: _find_password_link(connection, token_hash)
        )
        return link if link is not None and at < link.expires_at else None

    async def take_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        def act(connection: apsw.Connection) -> PasswordLink | None:
            link = _find_password_link(connection, token_hash)
            connection.execute("DELETE FROM password_links WHERE id = ?", (token_hash,))
            return link if link is not None and at < link.expires_at else None

        return await self._database.write(act)

    async def start_session(self, session: Session) -> None:
        document = dump(session)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO sessions (id, document) VALUES (?, ?)", (session.token_hash, document)
            )
        )

    async def find_session(self, token_hash: str, at: datetime) -> Session | None:
        session = await self._database.read(
            lambda connection: find(
                connection, Session, "SELECT document FROM sessions WHERE id = ?", token_hash
            )
        )
        return session if session is not None and at < session.expires_at else None

    async def end_session(self, token_hash: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM sessions WHERE id = ?", (token_hash,)
            )
        )

    async def remove_expired_sign_ins(self, at: datetime) -> int:
        now = (format_instant(at),)

        def act(connection: apsw.Connection) -> int:
            removed = 0
            for table in ("sessions", "password_links", "kept_replies"):
                connection.execute(f"DELETE FROM {table} WHERE expires_at < ?", now)  # noqa: S608
                removed += connection.changes()
            return removed

        return await self._database.write(act)

    async def claim_reply(self, claim: KeptReply, at: datetime) -> KeptReply | None:
        document = dump(claim)

        def act(connection: apsw.Connection) -> KeptReply | None:
            kept = find(
                connection, KeptReply, "SELECT document FROM kept_replies WHERE id = ?", claim.id
            )
            if kept is not None and not may_be_claimed(kept, at):
                return kept
            connection.execute(
                "INSERT INTO kept_replies (id, document) VALUES (?, ?)"
                " ON CONFLICT (id) DO UPDATE SET document = excluded.document",
                (claim.id, document),
            )
            return None

        return await self._database.write(act)

    async def keep_reply(self, reply: KeptReply) -> None:
        document = dump(reply)
        await self._database.write(
            lambda connection: connection.execute(
                "UPDATE kept_replies SET document = ? WHERE id = ? AND document ->> 'token' = ?",
                (document, reply.id, reply.token),
            )
        )

    async def drop_reply(self, reply_id: str, token: str) -> None:
        await self._database.write(
            lambda connection: connection.execute(
                "DELETE FROM kept_replies WHERE id = ? AND document ->> 'token' = ?",
                (reply_id, token),
            )
        )

    async def add_api_key(self, key: ApiKey) -> None:
        document = dump(key)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO api_keys (id, document) VALUES (?, ?)", (key.id, document)
            )
        )

    async def find_api_key(self, key_hash: str, at: datetime) -> ApiKey | None:
        key = await self._database.read(
            lambda connection: find(
                connection, ApiKey, "SELECT document FROM api_keys WHERE key_hash = ?", key_hash
            )
        )
        return key if key is not None and is_valid_key(key, at) else None

    async def record_api_key_use(self, key_id: str, at: datetime) -> None:
        def act(connection: apsw.Connection) -> None:
            key = find(connection, ApiKey, "SELECT document FROM api_keys WHERE id = ?", key_id)
            if key is not None:
                used_at = as_instant(max(at, key.last_used_at or at))
                used = key.model_copy(update={"last_used_at": used_at})
                connection.execute(
                    "UPDATE api_keys SET document = ? WHERE id = ?", (dump(used), key_id)
                )

        await self._database.write(act)

    async def list_api_keys(self, *, after: str | None = None, limit: int = 50) -> Page[ApiKey]:
        return await self._database.read(
            lambda connection: list_newest(
                connection, "api_keys", ApiKey, EVERY_PROJECT, {}, after, limit
            )
        )

    async def revoke_api_key(self, key_id: str, at: datetime) -> ApiKey:
        def act(connection: apsw.Connection) -> ApiKey:
            key = find(connection, ApiKey, "SELECT document FROM api_keys WHERE id = ?", key_id)
            if key is None:
                raise api_key_not_found()
            if key.revoked_at is not None:
                return key
            revoked = key.model_copy(update={"revoked_at": as_instant(at)})
            connection.execute(
                "UPDATE api_keys SET document = ? WHERE id = ?", (dump(revoked), key_id)
            )
            return revoked

        return await self._database.write(act)

    async def add_audit_entry(self, entry: AuditEntry) -> None:
        document = dump(entry)
        await self._database.write(
            lambda connection: connection.execute(
                "INSERT INTO audit_entries (id, document) VALUES (?, ?)", (entry.id, document)
            )
        )

    async def list_audit_entries(
        self,
        scope: Scope,
        *,
        actor_id: str | None = None,
        action: str | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[AuditEntry]:
        matches = {"actor_id": actor_id, "action": action}
        return await self._database.read(
            lambda connection: list_newest(
                connection, "audit_entries", AuditEntry, scope, matches, after, limit
            )
        )


def _find_password_link(connection: apsw.Connection, token_hash: str) -> PasswordLink | None:
    return find(
        connection, PasswordLink, "SELECT document FROM password_links WHERE id = ?", token_hash
    )


def _find_member(connection: apsw.Connection, email: str) -> Member | None:
    return find(connection, Member, "SELECT document FROM members WHERE email = ?", email)
