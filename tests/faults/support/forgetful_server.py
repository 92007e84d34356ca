"""The service with one promise broken: a lead is acknowledged half a second before it is stored.

A control: a check that does not go red against this one checks nothing.
"""

import asyncio
from typing import Any

from frontdesk.app import create_app
from frontdesk.leads.model import Capture, CaptureOutcome, Lead
from frontdesk.operations.logs import configure_logging
from frontdesk.operations.server import bind, serve
from frontdesk.settings import load_settings
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.sqlite.engine import SqliteStorage

LATE_SECONDS = 0.5


class _Forgetful:
    async def capture_lead(
        self, project_id: str, lead: Lead, *arguments: Any, **settings: Any
    ) -> Capture:
        capture = super().capture_lead  # type: ignore[misc]  # the engine's

        async def store_later() -> None:
            await asyncio.sleep(LATE_SECONDS)
            await capture(project_id, lead, *arguments, **settings)

        self._late = {*getattr(self, "_late", ()), asyncio.create_task(store_later())}
        return Capture(lead=lead, enquiry_id=lead.enquiries[0].id, outcome=CaptureOutcome.CREATED)


class ForgetfulSqlite(_Forgetful, SqliteStorage):
    """On a file."""


class ForgetfulMongo(_Forgetful, MongoStorage):
    """On a server."""


def main() -> None:
    settings = load_settings()
    configure_logging(settings.log_level)
    listener = bind(settings.host, settings.port)
    storage: Storage = (
        ForgetfulSqlite(settings.database_path)
        if settings.is_sqlite
        else ForgetfulMongo(settings.storage_url)
    )
    app = create_app(settings, storage=storage)
    serve(app, settings, listener)


if __name__ == "__main__":
    main()
