from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, run_crm
from tests.support.samples import make_project


@pytest.fixture
async def crm() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as crm:
        yield crm


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    """Opened and closed by the application of `client`."""
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    tmp_path: Path, clock: SteppedClock, storage: Storage, crm: ScriptedCrm
) -> AsyncIterator[httpx2.AsyncClient]:
    """The whole application, with Palm Grove and its CRM, and Coral Bay, which has none."""
    settings = make_settings(tmp_path, allowed_private_hosts=[crm.host])
    async with run_app(settings, clock, storage) as client:
        palm_grove = make_project(
            destinations=(crm.destination(), crm.destination("off", enabled=False))
        )
        await storage.save_project("palm-grove", palm_grove)
        await storage.save_project("coral-bay", make_project("coral-bay"))
        yield client
