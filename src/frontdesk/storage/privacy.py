"""What every engine promises about one person's data and about age: part of `storage.base`."""

from datetime import datetime
from typing import Protocol

from frontdesk.model import Scope
from frontdesk.privacy.model import Identity, PersonData, Removed


class PrivacyStorage(Protocol):
    async def find_person(self, scope: Scope, who: Identity) -> PersonData: ...

    async def erase_person(self, scope: Scope, who: Identity) -> PersonData:
        """Remove leads, their keys and deliveries, their conversations and messages; what went.

        A worker that is sending one of the deliveries finds nothing to record the attempt in. May
        stop half-way where it raises Unavailable; asking again does the rest.
        """

    async def remove_expired(
        self,
        project_id: str,
        *,
        leads_before: datetime | None,
        conversations_before: datetime | None,
        limit: int = 100,
    ) -> Removed:
        """Remove up to `limit` leads, and as many conversations, from before these instants.

        A lead counts by its newest enquiry, a conversation by its last message; None removes none.
        A lead that is still on its way to a destination stays until it has arrived or is dead.
        """
