"""The engine for many processes: a MongoDB replica set, or a server that speaks its protocol."""

import asyncio

from frontdesk.storage.mongo.accounts import AccountCollections
from frontdesk.storage.mongo.analytics import AnalyticsCollections
from frontdesk.storage.mongo.chat import ChatCollections
from frontdesk.storage.mongo.database import Database
from frontdesk.storage.mongo.deliveries import DeliveryCollections
from frontdesk.storage.mongo.leads import LeadCollections
from frontdesk.storage.mongo.privacy import PrivacyCollections
from frontdesk.storage.mongo.projects import ProjectCollections
from frontdesk.storage.mongo.purges import PurgeCollections
from frontdesk.storage.mongo.records import RecordCollections
from frontdesk.storage.mongo.spending import SpendingCollections
from frontdesk.storage.mongo.turned_away import TurnedAwayCollections
from frontdesk.storage.mongo.upkeep import UpkeepCollections
from frontdesk.storage.mongo.widget_changes import WidgetChangeCollections
from frontdesk.storage.mongo.widget_layers import WidgetCollections

SIGHTINGS_AT_ONCE = 16
LANES = 256


class MongoStorage(
    ProjectCollections,
    WidgetCollections,
    TurnedAwayCollections,
    UpkeepCollections,
    WidgetChangeCollections,
    PurgeCollections,
    ChatCollections,
    SpendingCollections,
    LeadCollections,
    DeliveryCollections,
    AnalyticsCollections,
    AccountCollections,
    PrivacyCollections,
    RecordCollections,
):
    """`Storage` in the database that the URL's path names.

    An act may take `timeout_seconds`; `pool_size` connections at most are held to each server.
    """

    def __init__(self, url: str, *, pool_size: int = 50, timeout_seconds: float = 10.0) -> None:
        self._database = Database(url, pool_size=pool_size, timeout_seconds=timeout_seconds)
        # Strangers make these writes: they get few connections, and wait for those.
        self._sightings = asyncio.Semaphore(SIGHTINGS_AT_ONCE)
        # Forms of one person wait for each other here instead of racing in the database, where
        # those of other processes are kept apart all the same.
        self._lanes = [asyncio.Lock() for _ in range(LANES)]

    async def open(self) -> None:
        await self._database.open()

    async def check(self) -> None:
        await self._database.check()

    async def close(self) -> None:
        await self._database.close()
