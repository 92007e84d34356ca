"""One real server for the tests of the wire, and the application in this process for the rest."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx2
import pytest

from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.server import Server


@pytest.fixture
async def client(tmp_path: Path, clock: SteppedClock) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_settings(tmp_path), clock) as client:
        yield client


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """It gives clients one second, and keeps a body to 4,096 bytes."""
    env = {"REQUEST_SECONDS": "1", "MAX_BODY_BYTES": "4096", "MAX_ADMIN_BODY_BYTES": "65536"}
    with Server(tmp_path_factory.mktemp("server"), env) as server:
        yield server
