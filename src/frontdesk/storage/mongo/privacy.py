"""One person's data, and what is older than its project keeps.

A lead goes first and its deliveries after it: the other way round, whoever empties outboxes would
bring them back (decision 0008). What is about to go is noted in `removals` by its id, so that after
a crash in between somebody finds the rest: the next who removes anything, or who starts.
"""

from datetime import datetime

from pymongo.asynchronous.database import AsyncDatabase

from frontdesk.chat.model import Conversation, Message
from frontdesk.clock import format_instant
from frontdesk.delivery.model import Delivery
from frontdesk.leads.model import Lead, list_joined
from frontdesk.model import Scope
from frontdesk.privacy.model import Identity, PersonData, Removed
from frontdesk.storage.lead_search import fold
from frontdesk.storage.mongo.database import Database, accepted
from frontdesk.storage.mongo.documents import Row, load, scope_condition
from frontdesk.storage.mongo.outbox import empty_outboxes
from frontdesk.storage.mongo.removals import finish_removals, remove
from frontdesk.storage.rules import list_conversations_of


class PrivacyCollections:
    _database: Database

    @accepted
    async def find_person(self, scope: Scope, who: Identity) -> PersonData:
        async with self._database.act() as database:
            await empty_outboxes(database)
            rows = await _find_leads(database, scope, who)
            return await _gather(database, rows)

    @accepted
    async def erase_person(self, scope: Scope, who: Identity) -> PersonData:
        gone = PersonData()
        async with self._database.act() as database:
            await finish_removals(database)
            await empty_outboxes(database)
            # An enquiry that joins meanwhile changes the lead's version: then it is read again.
            while rows := await _find_leads(database, scope, who):
                person = await _gather(database, rows)
                gone = _together(gone, person)
                for conversation in person.conversations:
                    await remove(database, "conversations", {"_id": conversation.id})
                for row in rows:
                    await remove(database, "leads", {"_id": row["_id"], "version": row["version"]})
        return gone

    @accepted
    async def remove_expired(
        self,
        project_id: str,
        *,
        leads_before: datetime | None,
        conversations_before: datetime | None,
        limit: int = 100,
    ) -> Removed:
        async with self._database.act() as database:
            await finish_removals(database)
            await empty_outboxes(database)
            return Removed(
                leads=await _remove_leads(database, project_id, leads_before, limit),
                conversations=await _remove_conversations(
                    database, project_id, conversations_before, limit
                ),
            )


async def _find_leads(database: AsyncDatabase[Row], scope: Scope, who: Identity) -> list[Row]:
    condition = scope_condition(scope)
    if who.phone is not None:
        condition["document.phone"] = who.phone
    else:
        condition["search"] = fold(who.email or "")
    by_birth = [("document.created_at", 1), ("_id", 1)]
    rows = await database["leads"].find(condition).sort(by_birth).to_list()
    if who.email is None:
        return rows
    # Leads are found by names there as well, and those without an e-mail by nothing.
    email = fold(who.email)
    stored = [(row, row["document"].get("email")) for row in rows]
    rows = [row for row, its_email in stored if its_email is not None and fold(its_email) == email]
    return await _with_merged(database, rows)


async def _with_merged(database: AsyncDatabase[Row], rows: list[Row]) -> list[Row]:
    """Also those of the same number that these were merged into, or that were merged into these."""
    found = {row["_id"]: row for row in rows}
    persons = {(row["document"]["project_id"], row["document"]["phone"]) for row in rows}
    for project_id, phone in persons:
        same = await (
            database["leads"]
            .find({"document.project_id": project_id, "document.phone": phone})
            .to_list()
        )
        joined = {lead.id for lead in list_joined(found, [load(Lead, row) for row in same])}
        found |= {row["_id"]: row for row in same if row["_id"] in joined}
    return sorted(found.values(), key=lambda row: (row["document"]["created_at"], row["_id"]))


async def _gather(database: AsyncDatabase[Row], rows: list[Row]) -> PersonData:
    leads = [load(Lead, row) for row in rows]
    deliveries: list[Delivery] = []
    conversations: list[Conversation] = []
    messages: list[Message] = []
    for lead in leads:
        found = database["deliveries"].find({"document.lead_id": lead.id})
        by_birth = [("document.created_at", 1), ("_id", 1)]
        deliveries += [load(Delivery, row) async for row in found.sort(by_birth)]
    for project_id, conversation_id in list_conversations_of(leads):
        row = await database["conversations"].find_one(
            {"_id": conversation_id, "document.project_id": project_id}
        )
        if row is not None:
            conversations.append(load(Conversation, row))
            said = database["messages"].find({"document.conversation_id": conversation_id})
            messages += [load(Message, one) async for one in said.sort("sequence", 1)]
    return PersonData(
        leads=tuple(leads),
        deliveries=tuple(deliveries),
        conversations=tuple(conversations),
        messages=tuple(messages),
    )


def _together(before: PersonData, now: PersonData) -> PersonData:
    """What went in two rounds, as it was at last, each once."""

    def merge(name: str) -> tuple[object, ...]:
        # A visitor's messages have ids of their own only within their conversation.
        key = ("conversation_id", "id") if name == "messages" else ("id",)
        things = (*getattr(before, name), *getattr(now, name))
        return tuple({tuple(getattr(one, part) for part in key): one for one in things}.values())

    return PersonData.model_validate({name: merge(name) for name in PersonData.model_fields})


async def _remove_leads(
    database: AsyncDatabase[Row], project_id: str, before: datetime | None, limit: int
) -> int:
    if before is None:
        return 0
    instant = format_instant(before)
    condition = {
        "document.project_id": project_id,
        "document.created_at": {"$lt": instant},
        "newest_enquiry_at": {"$lt": instant},
    }
    removed = 0
    async for row in database["leads"].find(condition).sort("document.created_at", 1):
        is_waiting = {"document.lead_id": row["_id"], "document.state": "waiting"}
        if await database["deliveries"].find_one(is_waiting) is None:
            as_read = {"_id": row["_id"], "version": row["version"], "outbox": []}
            removed += await remove(database, "leads", as_read)
        if removed == limit:
            break
    return removed


async def _remove_conversations(
    database: AsyncDatabase[Row], project_id: str, before: datetime | None, limit: int
) -> int:
    if before is None:
        return 0
    instant = format_instant(before)
    condition = {"document.project_id": project_id, "document.started_at": {"$lt": instant}}
    removed = 0
    async for row in database["conversations"].find(condition).sort("document.started_at", 1):
        is_recent = {"document.conversation_id": row["_id"], "document.at": {"$gte": instant}}
        if await database["messages"].find_one(is_recent) is None:
            # A message takes its number from the conversation first, so this meets none.
            as_read = {"_id": row["_id"], "messages": row["messages"]}
            removed += await remove(database, "conversations", as_read)
        if removed == limit:
            break
    return removed
