"""The storage contract: every test here runs on every engine, and none of them knows which.

An engine joins by one line in `ENGINES`.
"""

from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.samples import make_project

MakeStorage = Callable[[], Storage]


class Engine(NamedTuple):
    """`make` gives a storage that is not open yet, each time over the same data in `folder`."""

    name: str
    make: Callable[[Path], Storage]


ENGINES = [Engine("sqlite", lambda folder: SqliteStorage(folder / "frontdesk.db"))]


@pytest.fixture(params=ENGINES, ids=lambda engine: engine.name)
def make_storage(request: pytest.FixtureRequest, tmp_path: Path) -> MakeStorage:
    """One more storage over this test's data, as another process would have it."""
    engine: Engine = request.param
    return lambda: engine.make(tmp_path)


@pytest.fixture
async def storage(make_storage: MakeStorage) -> AsyncIterator[Storage]:
    """An open store with two projects in it, `palm-grove` and `coral-bay`."""
    storage = make_storage()
    await storage.open()
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id))
    yield storage
    await storage.close()
