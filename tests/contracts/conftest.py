"""The storage contract: every test here runs on every engine, and none of them knows which.

An engine joins by one line in `ENGINES`.
"""

from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import pytest
from pymongo import MongoClient
from pymongo.database import Database

from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.mongo import fresh_database
from tests.support.samples import make_project

MakeStorage = Callable[[], Storage]

# Each makes a storage that is not open yet, from the fixture that says where its data is.
ENGINES: dict[str, tuple[str, Callable[..., Storage]]] = {
    "sqlite": ("tmp_path", lambda folder: SqliteStorage(folder / "frontdesk.db")),
    "mongo": ("emptied_mongo_url", lambda url: MongoStorage(url)),
}


@pytest.fixture(scope="session")
def shared_mongo_url(mongo_server_url: str) -> Iterator[str]:
    with fresh_database(mongo_server_url) as url:
        yield url


@pytest.fixture
def emptied_mongo_url(shared_mongo_url: str) -> Iterator[str]:
    """A database without a row in it. Its indexes take longer to make than most tests take."""
    yield shared_mongo_url
    client: MongoClient[dict[str, Any]]
    with MongoClient(shared_mongo_url) as client:
        database: Database[dict[str, Any]] = client.get_default_database()
        for name in database.list_collection_names():
            database[name].delete_many({})


@pytest.fixture(params=ENGINES)
def make_storage(request: pytest.FixtureRequest) -> MakeStorage:
    """One more storage over this test's data, as another process would have it."""
    fixture, make = ENGINES[request.param]
    where = request.getfixturevalue(fixture)
    return lambda: make(where)


@pytest.fixture
async def storage(make_storage: MakeStorage) -> AsyncIterator[Storage]:
    """An open store with two projects in it, `palm-grove` and `coral-bay`."""
    storage = make_storage()
    await storage.open()
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id))
    yield storage
    await storage.close()
