"""Members, sessions and API keys."""

import secrets
from datetime import datetime

from pymongo.errors import DuplicateKeyError

from frontdesk.accounts.model import ApiKey, AuditEntry, KeptReply, Member, PasswordLink, Session
from frontdesk.clock import format_instant
from frontdesk.errors import Conflict
from frontdesk.model import EVERY_PROJECT, Page, Scope
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import dump, find, insert, list_newest, load, page_of
from frontdesk.storage.mongo.removals import forget_removals
from frontdesk.storage.rules import (
    api_key_not_found,
    is_valid_key,
    may_be_claimed,
    member_not_found,
    require_same_email,
)


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
            raise member_not_found()
        return member

    @accepted
    async def find_member(self, email: str) -> Member | None:
        async with self._database.act() as database:
            return await find(database["members"], Member, {"document.email": email})

    @accepted
    async def save_member(self, member: Member) -> bool:
        async with self._database.act() as database:
            members = database["members"]
            stored = await find(members, Member, {"_id": member.id})
            if stored is None:
                raise member_not_found()
            require_same_email(stored, member)
            if stored.version != member.version - 1:
                return False
            # Members from before versions have none; a null matches what is missing.
            version = [stored.version] if stored.version else [0, None]
            # Who wrote it, because the driver sends a write again when its reply was lost.
            written_by = secrets.token_hex(8)
            await members.update_one(
                {"_id": member.id, "document.version": {"$in": version}},
                {"$set": {"document": dump(member), "written_by": written_by}},
            )
            row = await members.find_one({"_id": member.id})
            return row is not None and row["written_by"] == written_by

    @accepted
    async def list_members(self, *, after: str | None = None, limit: int = 50) -> Page[Member]:
        last = "" if after is None else decode_cursor(after, 1)[0]
        async with self._database.act() as database:
            rows = await (
                database["members"]
                .find({"document.email": {"$gt": last}})
                .sort([("document.email", 1)])
                .limit(limit + 1)
                .to_list()
            )
        return page_of(rows, Member, limit, "document.email")

    @accepted
    async def add_password_link(self, link: PasswordLink) -> None:
        async with self._database.act() as database:
            row = {"_id": link.token_hash, "document": dump(link)}
            await insert(database["password_links"], row)

    @accepted
    async def find_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        async with self._database.act() as database:
            link = await find(database["password_links"], PasswordLink, {"_id": token_hash})
        return link if link is not None and at < link.expires_at else None

    @accepted
    async def take_password_link(self, token_hash: str, at: datetime) -> PasswordLink | None:
        async with self._database.act() as database:
            row = await database["password_links"].find_one_and_delete({"_id": token_hash})
        link = None if row is None else load(PasswordLink, row)
        return link if link is not None and at < link.expires_at else None

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
    async def remove_expired_sign_ins(self, at: datetime) -> int:
        ran_out = {"document.expires_at": {"$lt": format_instant(at)}}
        async with self._database.act() as database:
            await forget_removals(database, at)
            sessions = await database["sessions"].delete_many(ran_out)
            links = await database["password_links"].delete_many(ran_out)
            replies = await database["kept_replies"].delete_many(ran_out)
        return sessions.deleted_count + links.deleted_count + replies.deleted_count

    @accepted
    async def claim_reply(self, claim: KeptReply, at: datetime) -> KeptReply | None:
        async with self._database.act() as database:
            replies = database["kept_replies"]
            # Who loses a race looks again; the act's time-out is the end of it.
            while True:
                try:
                    await insert(replies, {"_id": claim.id, "document": dump(claim)})
                except DuplicateKeyError:
                    kept = await find(replies, KeptReply, {"_id": claim.id})
                else:
                    return None
                if kept is not None and kept.token == claim.token:
                    return None  # the driver sent it twice
                if kept is not None and not may_be_claimed(kept, at):
                    return kept
                if kept is not None:
                    await replies.update_one(
                        {"_id": claim.id, "document.token": kept.token},
                        {"$set": {"document": dump(claim)}},
                    )

    @accepted
    async def keep_reply(self, reply: KeptReply) -> None:
        async with self._database.act() as database:
            await database["kept_replies"].update_one(
                {"_id": reply.id, "document.token": reply.token},
                {"$set": {"document": dump(reply)}},
            )

    @accepted
    async def drop_reply(self, reply_id: str, token: str) -> None:
        async with self._database.act() as database:
            await database["kept_replies"].delete_one({"_id": reply_id, "document.token": token})

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

    @accepted
    async def list_api_keys(self, *, after: str | None = None, limit: int = 50) -> Page[ApiKey]:
        async with self._database.act() as database:
            return await list_newest(database["api_keys"], ApiKey, EVERY_PROJECT, {}, after, limit)

    @accepted
    async def revoke_api_key(self, key_id: str, at: datetime) -> ApiKey:
        async with self._database.act() as database:
            keys = database["api_keys"]
            await keys.update_one(
                {"_id": key_id, "document.revoked_at": None},
                {"$set": {"document.revoked_at": format_instant(at)}},
            )
            key = await find(keys, ApiKey, {"_id": key_id})
        if key is None:
            raise api_key_not_found()
        return key

    @accepted
    async def add_audit_entry(self, entry: AuditEntry) -> None:
        async with self._database.act() as database:
            await insert(database["audit_entries"], {"_id": entry.id, "document": dump(entry)})

    @accepted
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
        async with self._database.act() as database:
            return await list_newest(
                database["audit_entries"], AuditEntry, scope, matches, after, limit
            )
