"""Fixtures that every height uses."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.clock import SteppedClock


@pytest.fixture
def clock() -> SteppedClock:
    return SteppedClock()


@pytest.fixture
async def storage(tmp_path: Path) -> AsyncIterator[Storage]:
    """An open, empty store: SQLite in a temporary folder, the fast one."""
    engine = SqliteStorage(tmp_path / "frontdesk.db")
    await engine.open()
    yield engine
    await engine.close()
