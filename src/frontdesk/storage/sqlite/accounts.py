"""Members, sessions and API keys."""

from datetime import datetime

import apsw

from frontdesk.accounts.model import ApiKey, Member, Session
from frontdesk.clock import as_instant
from frontdesk.errors import Conflict, NotFound
from frontdesk.storage.rules import is_valid_key
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find


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
            raise NotFound("member_not_found", "There is no such member.")
        return member

    async def find_member(self, email: str) -> Member | None:
        return await self._database.read(lambda connection: _find_member(connection, email))

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


def _find_member(connection: apsw.Connection, email: str) -> Member | None:
    return find(connection, Member, "SELECT document FROM members WHERE email = ?", email)
