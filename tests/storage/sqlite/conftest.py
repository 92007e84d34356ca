"""What only SQLite's tests need: its file, its connections, its commits and its disk."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import apsw
import pytest

from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.storage.sqlite.disk import Disk, put_between
from tests.support.samples import make_project


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "frontdesk.db"


@pytest.fixture
def connections() -> Iterator[list[apsw.Connection]]:
    """Every connection that is opened during the test, in that order."""
    opened: list[apsw.Connection] = []
    apsw.connection_hooks.append(opened.append)
    yield opened
    apsw.connection_hooks.remove(opened.append)


@pytest.fixture
def disk() -> Iterator[Disk]:
    with put_between() as disk:
        yield disk


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[Storage]:
    """An open store with the project `palm-grove`."""
    storage = SqliteStorage(path)
    await storage.open()
    await storage.save_project("palm-grove", make_project())
    yield storage
    await storage.close()
