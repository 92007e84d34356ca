"""One person's data, and what is older than its project keeps."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

import apsw

from frontdesk.chat.model import Conversation, Message
from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Lead, list_joined
from frontdesk.model import Scope
from frontdesk.privacy.model import Identity, PersonData, Removed
from frontdesk.storage.rules import list_conversations_of
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.documents import ModelT, find, scope_condition


class PrivacyTables:
    _database: Database

    async def find_person(self, scope: Scope, who: Identity) -> PersonData:
        return await self._database.read(lambda connection: _find_person(connection, scope, who))

    async def erase_person(self, scope: Scope, who: Identity) -> PersonData:
        def act(connection: apsw.Connection) -> PersonData:
            person = _find_person(connection, scope, who)
            with _overwriting(connection):
                for lead in person.leads:
                    _remove_lead(connection, lead.id)
                for conversation in person.conversations:
                    _remove_conversation(connection, conversation.id)
            return person

        return await self._database.write(act)

    async def remove_expired(
        self,
        project_id: str,
        *,
        leads_before: datetime | None,
        conversations_before: datetime | None,
        limit: int = 100,
    ) -> Removed:
        def act(connection: apsw.Connection) -> Removed:
            leads = _list_expired_leads(connection, project_id, leads_before, limit)
            conversations = _list_expired_conversations(
                connection, project_id, conversations_before, limit
            )
            with _overwriting(connection):
                for lead_id in leads:
                    _remove_lead(connection, lead_id)
                for conversation_id in conversations:
                    _remove_conversation(connection, conversation_id)
            return Removed(leads=len(leads), conversations=len(conversations))

        return await self._database.write(act)


def _find_person(connection: apsw.Connection, scope: Scope, who: Identity) -> PersonData:
    conditions, values = scope_condition(scope)
    if who.phone is not None:
        conditions.append("phone = ?")
        values.append(who.phone)
    else:
        conditions.append("lower(document ->> 'email') = lower(?)")
        values.append(who.email or "")
    leads = _read(
        connection,
        Lead,
        "SELECT document FROM leads WHERE "  # noqa: S608  ours alone
        f"{' AND '.join(conditions)} ORDER BY created_at, id",
        *values,
    )
    if who.phone is None:
        leads = _with_merged(connection, leads)
    deliveries: list[Delivery] = []
    for lead in leads:
        of_lead = "SELECT document FROM deliveries WHERE lead_id = ? ORDER BY created_at, id"
        deliveries += _read(connection, Delivery, of_lead, lead.id)
    conversations: list[Conversation] = []
    messages: list[Message] = []
    for project_id, conversation_id in list_conversations_of(leads):
        conversation = find(
            connection,
            Conversation,
            "SELECT document FROM conversations WHERE id = ? AND project_id = ?",
            conversation_id,
            project_id,
        )
        if conversation is not None:
            conversations.append(conversation)
            in_order = "SELECT document FROM messages WHERE conversation_id = ? ORDER BY sequence"
            messages += _read(connection, Message, in_order, conversation_id)
    return PersonData(
        leads=tuple(leads),
        deliveries=tuple(deliveries),
        conversations=tuple(conversations),
        messages=tuple(messages),
    )


def _with_merged(connection: apsw.Connection, leads: list[Lead]) -> list[Lead]:
    """Also those of the same number that these were merged into, or that were merged into these."""
    found = {lead.id: lead for lead in leads}
    for project_id, phone in {(lead.project_id, lead.phone) for lead in leads}:
        of_person = "SELECT document FROM leads WHERE project_id = ? AND phone = ?"
        same = _read(connection, Lead, of_person, project_id, phone)
        found |= {lead.id: lead for lead in list_joined(found, same)}
    return sorted(found.values(), key=lambda lead: (lead.created_at, lead.id))


def _read(
    connection: apsw.Connection, model: type[ModelT], sql: str, *values: str | int
) -> list[ModelT]:
    rows = connection.execute(sql, values)
    return [model.model_validate_json(document) for (document,) in rows]


def _list_expired_leads(
    connection: apsw.Connection, project_id: str, before: datetime | None, limit: int
) -> list[str]:
    if before is None:
        return []
    limits = (project_id, format_instant(before), format_instant(before), limit)
    rows = connection.execute(
        "SELECT id FROM leads WHERE project_id = ? AND created_at < ? AND newest_enquiry_at < ?"
        " AND NOT EXISTS (SELECT 1 FROM deliveries WHERE lead_id = leads.id AND state = 'waiting')"
        " ORDER BY created_at, id LIMIT ?",
        limits,
    )
    return [str(lead_id) for (lead_id,) in rows]


def _list_expired_conversations(
    connection: apsw.Connection, project_id: str, before: datetime | None, limit: int
) -> list[str]:
    if before is None:
        return []
    limits = (project_id, format_instant(before), format_instant(before), limit)
    rows = connection.execute(
        "SELECT id FROM conversations WHERE project_id = ? AND document ->> 'started_at' < ?"
        " AND NOT EXISTS (SELECT 1 FROM messages"
        "  WHERE conversation_id = conversations.id AND document ->> 'at' >= ?)"
        " ORDER BY document ->> 'started_at' LIMIT ?",
        limits,
    )
    return [str(conversation_id) for (conversation_id,) in rows]


def _remove_lead(connection: apsw.Connection, lead_id: str) -> None:
    connection.execute("DELETE FROM idempotency_keys WHERE lead_id = ?", (lead_id,))
    connection.execute("DELETE FROM deliveries WHERE lead_id = ?", (lead_id,))
    connection.execute("DELETE FROM leads WHERE id = ?", (lead_id,))
    connection.execute(
        "UPDATE site_leads SET document = json_remove(document, '$.lead_id', '$.page')"
        " WHERE lead_id = ?",
        (lead_id,),
    )


def _remove_conversation(connection: apsw.Connection, conversation_id: str) -> None:
    connection.execute("DELETE FROM messages WHERE conversation_id = ?", (conversation_id,))
    connection.execute("DELETE FROM conversations WHERE id = ?", (conversation_id,))


@contextmanager
def _overwriting(connection: apsw.Connection) -> Iterator[None]:
    """What is deleted meanwhile is overwritten with zeros, instead of staying in unused pages."""
    connection.pragma("secure_delete", True)
    try:
        yield
    finally:
        connection.pragma("secure_delete", False)
