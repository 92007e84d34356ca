"""Members, sessions and API keys."""

from datetime import datetime

from pymongo.errors import DuplicateKeyError

from frontdesk.accounts.model import ApiKey, Member, Session
from frontdesk.clock import format_instant
from frontdesk.errors import Conflict, NotFound
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import dump, find, insert
from frontdesk.storage.rules import is_valid_key


class AccountCollections:
    _database: Database

    @accepted
    async def add_member(self, member: Member) -> None:
        async with self._database.act() as database:
            members = database["members"]
            try:
                await insert(members, {"_id": member.id, "document": dump(member)})
            except DuplicateKeyError:
                if await members.find_one({"document.email": member.email}) is None:
                    raise
                raise Conflict(
                    "email_taken", "There is a member with this e-mail already."
                ) from None

    @accepted
    async def get_member(self, member_id: str) -> Member:
        async with self._database.act() as database:
            member = await find(database["members"], Member, {"_id": member_id})
        if member is None:
            raise NotFound("member_not_found", "There is no such member.")
        return member

    @accepted
    async def find_member(self, email: str) -> Member | None:
        async with self._database.act() as database:
            return await find(database["members"], Member, {"document.email": email})

    @accepted
    async def start_session(self, session: Session) -> None:
        async with self._database.act() as database:
            row = {"_id": session.token_hash, "document": dump(session)}
            await insert(database["sessions"], row)

    @accepted
    async def find_session(self, token_hash: str, at: datetime) -> Session | None:
        async with self._database.act() as database:
            session = await find(database["sessions"], Session, {"_id": token_hash})
        return session if session is not None and at < session.expires_at else None

    @accepted
    async def end_session(self, token_hash: str) -> None:
        async with self._database.act() as database:
            await database["sessions"].delete_one({"_id": token_hash})

    @accepted
    async def add_api_key(self, key: ApiKey) -> None:
        async with self._database.act() as database:
            await insert(database["api_keys"], {"_id": key.id, "document": dump(key)})

    @accepted
    async def find_api_key(self, key_hash: str, at: datetime) -> ApiKey | None:
        async with self._database.act() as database:
            key = await find(database["api_keys"], ApiKey, {"document.key_hash": key_hash})
        return key if key is not None and is_valid_key(key, at) else None

    @accepted
    async def record_api_key_use(self, key_id: str, at: datetime) -> None:
        used_at = format_instant(at)
        is_newer = [
            {"document.last_used_at": None},
            {"document.last_used_at": {"$lt": used_at}},
        ]
        async with self._database.act() as database:
            await database["api_keys"].update_one(
                {"_id": key_id, "$or": is_newer}, {"$set": {"document.last_used_at": used_at}}
            )
