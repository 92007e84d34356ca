"""The engine that the settings name. Only `app.py` and `cli` ask."""

from frontdesk.settings import Settings
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage


def make_storage(settings: Settings) -> Storage:
    """Not open yet."""
    if settings.is_sqlite:
        return SqliteStorage(settings.database_path)
    # Imported here: who keeps a file need not load the driver.
    from frontdesk.storage.mongo.engine import MongoStorage

    return MongoStorage(
        settings.storage_url,
        pool_size=settings.mongodb_pool_size,
        timeout_seconds=settings.mongodb_timeout_seconds,
    )
