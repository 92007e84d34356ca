"""The embedded engine: one file, nothing to install."""

from pathlib import Path

from frontdesk.storage.sqlite.accounts import AccountTables
from frontdesk.storage.sqlite.analytics import AnalyticsTables
from frontdesk.storage.sqlite.chat import ChatTables
from frontdesk.storage.sqlite.database import Database
from frontdesk.storage.sqlite.deliveries import DeliveryTables
from frontdesk.storage.sqlite.leads import LeadTables
from frontdesk.storage.sqlite.privacy import PrivacyTables
from frontdesk.storage.sqlite.projects import ProjectTables
from frontdesk.storage.sqlite.purges import PurgeTables
from frontdesk.storage.sqlite.records import RecordTables
from frontdesk.storage.sqlite.spending import SpendingTables
from frontdesk.storage.sqlite.turned_away import TurnedAwayTables
from frontdesk.storage.sqlite.upkeep import UpkeepTables
from frontdesk.storage.sqlite.widget_changes import WidgetChangeTables
from frontdesk.storage.sqlite.widget_layers import WidgetTables


class SqliteStorage(
    ProjectTables,
    WidgetTables,
    TurnedAwayTables,
    UpkeepTables,
    WidgetChangeTables,
    PurgeTables,
    ChatTables,
    SpendingTables,
    LeadTables,
    DeliveryTables,
    AnalyticsTables,
    AccountTables,
    PrivacyTables,
    RecordTables,
):
    """`Storage` in the file at `path`, which is made with its folder where it is not there.

    It belongs to the event loop that opens it.
    """

    def __init__(self, path: Path) -> None:
        self._database = Database(path)

    async def open(self) -> None:
        await self._database.open()

    async def check(self) -> None:
        await self._database.check()

    async def close(self) -> None:
        await self._database.close()
