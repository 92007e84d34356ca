"""Conversations and their messages."""

import apsw

from frontdesk.chat.model import Conversation, Message
from frontdesk.errors import NotFound
from frontdesk.model import Page
from frontdesk.storage.base import require_project
from frontdesk.storage.cursors import decode_cursor
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import dump, find, page_of, require_project_row


class ChatTables:
    _database: Database

    async def start_conversation(self, project_id: str, conversation: Conversation) -> None:
        require_project(project_id, conversation)
        document = dump(conversation)

        def act(connection: apsw.Connection) -> None:
            require_project_row(connection, project_id)
            connection.execute(
                "INSERT INTO conversations (id, document) VALUES (?, ?)",
                (conversation.id, document),
            )

        await self._database.write(act)

    async def get_conversation(self, project_id: str, conversation_id: str) -> Conversation:
        return await self._database.read(
            lambda connection: _get_conversation(connection, project_id, conversation_id)
        )

    async def save_summary(self, project_id: str, conversation_id: str, summary: str) -> None:
        def act(connection: apsw.Connection) -> None:
            conversation = _get_conversation(connection, project_id, conversation_id)
            connection.execute(
                "UPDATE conversations SET document = ? WHERE id = ?",
                (dump(conversation.model_copy(update={"summary": summary})), conversation_id),
            )

        await self._database.write(act)

    async def add_message(self, project_id: str, message: Message) -> bool:
        require_project(project_id, message)
        document = dump(message)

        def act(connection: apsw.Connection) -> bool:
            _get_conversation(connection, project_id, message.conversation_id)
            added = connection.execute(
                "INSERT INTO messages (id, document) VALUES (?, ?)"
                " ON CONFLICT DO NOTHING RETURNING sequence",
                (message.id, document),
            ).get
            return added is not None

        return await self._database.write(act)

    async def list_messages(
        self,
        project_id: str,
        conversation_id: str,
        *,
        after: str | None = None,
        limit: int = 200,
    ) -> Page[Message]:
        # Text against an INTEGER column: SQLite compares it as the number it spells.
        position = "0" if after is None else decode_cursor(after, 1)[0]

        def query(connection: apsw.Connection) -> Page[Message]:
            _get_conversation(connection, project_id, conversation_id)
            rows = connection.execute(
                "SELECT document, sequence FROM messages"
                " WHERE conversation_id = ? AND sequence > ? ORDER BY sequence LIMIT ?",
                (conversation_id, position, limit + 1),
            )
            return page_of(rows, Message, limit)

        return await self._database.read(query)


def _get_conversation(
    connection: apsw.Connection, project_id: str, conversation_id: str
) -> Conversation:
    conversation = find(
        connection,
        Conversation,
        "SELECT document FROM conversations WHERE id = ? AND project_id = ?",
        conversation_id,
        project_id,
    )
    if conversation is None:
        raise NotFound("conversation_not_found", "There is no such conversation.")
    return conversation
