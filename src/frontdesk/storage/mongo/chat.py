"""Conversations and their messages."""

from pymongo import ReturnDocument
from pymongo.asynchronous.database import AsyncDatabase
from pymongo.errors import DuplicateKeyError

from frontdesk.chat.model import Conversation, Message
from frontdesk.errors import NotFound
from frontdesk.model import Page
from frontdesk.storage.base import require_project
from frontdesk.storage.cursors import decode_number_cursor
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import (
    Row,
    dump,
    find,
    insert,
    page_of,
    require_project_row,
)


class ChatCollections:
    _database: Database

    @accepted
    async def start_conversation(self, project_id: str, conversation: Conversation) -> None:
        require_project(project_id, conversation)
        async with self._database.act() as database:
            await require_project_row(database, project_id)
            row = {"_id": conversation.id, "document": dump(conversation), "messages": 0}
            await insert(database["conversations"], row)

    @accepted
    async def get_conversation(self, project_id: str, conversation_id: str) -> Conversation:
        async with self._database.act() as database:
            conversation = await find(
                database["conversations"], Conversation, _in_project(project_id, conversation_id)
            )
        if conversation is None:
            raise _not_found()
        return conversation

    @accepted
    async def save_summary(self, project_id: str, conversation_id: str, summary: str) -> None:
        async with self._database.act() as database:
            done = await database["conversations"].update_one(
                _in_project(project_id, conversation_id), {"$set": {"document.summary": summary}}
            )
        if not done.matched_count:
            raise _not_found()

    @accepted
    async def add_message(self, project_id: str, message: Message) -> bool:
        require_project(project_id, message)
        row = {
            "_id": {"conversation_id": message.conversation_id, "id": message.id},
            "document": dump(message),
        }
        async with self._database.act() as database:
            # A number that is taken and not used leaves a gap, and a gap changes no order.
            conversation = await database["conversations"].find_one_and_update(
                _in_project(project_id, message.conversation_id),
                {"$inc": {"messages": 1}},
                return_document=ReturnDocument.AFTER,
            )
            if conversation is None:
                raise _not_found()
            try:
                await insert(database["messages"], row | {"sequence": conversation["messages"]})
            except DuplicateKeyError:
                return False
            await _require_kept(database, message.conversation_id)
            return True

    @accepted
    async def list_messages(
        self,
        project_id: str,
        conversation_id: str,
        *,
        after: str | None = None,
        limit: int = 200,
    ) -> Page[Message]:
        position = 0 if after is None else decode_number_cursor(after)
        async with self._database.act() as database:
            in_project = _in_project(project_id, conversation_id)
            if await database["conversations"].find_one(in_project) is None:
                raise _not_found()
            condition = {
                "document.conversation_id": conversation_id,
                "sequence": {"$gt": position},
            }
            found = database["messages"].find(condition).sort("sequence", 1).limit(limit + 1)
            return page_of(await found.to_list(), Message, limit, "sequence")


async def _require_kept(database: AsyncDatabase[Row], conversation_id: str) -> None:
    """A message that came after its conversation was erased goes too. Raises NotFound."""
    if await database["conversations"].find_one({"_id": conversation_id}) is None:
        await database["messages"].delete_many({"document.conversation_id": conversation_id})
        raise _not_found()


def _in_project(project_id: str, conversation_id: str) -> Row:
    return {"_id": conversation_id, "document.project_id": project_id}


def _not_found() -> NotFound:
    return NotFound("conversation_not_found", "There is no such conversation.")
