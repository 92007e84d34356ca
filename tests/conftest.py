"""Fixtures that every height uses."""

import gc
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.clock import SteppedClock
from tests.support.model_server import ModelServer, run_model_server
from tests.support.mongo import fresh_database, run_mongo

# No test is decided by timing, and the same commit gives the same result twice.
settings.register_profile("frontdesk", deadline=None, derandomize=True)
settings.load_profile("frontdesk")


def pytest_collection_finish() -> None:
    """What the imports left stays; each application that a test makes had it gone through again."""
    gc.freeze()
    gc.set_threshold(20_000)


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


@pytest.fixture(scope="session")
def model_server_process() -> Iterator[ModelServer]:
    with run_model_server() as server:
        yield server


@pytest.fixture
def model_server(model_server_process: ModelServer) -> ModelServer:
    """llmock without a script and without a memory."""
    model_server_process.reset()
    return model_server_process


@pytest.fixture(scope="session")
def mongo_server_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """One MongoDB server for all tests of this process."""
    with run_mongo(tmp_path_factory.mktemp("mongo")) as url:
        yield url


@pytest.fixture
def mongo_url(mongo_server_url: str) -> Iterator[str]:
    """A database on it for this test alone."""
    with fresh_database(mongo_server_url) as url:
        yield url
