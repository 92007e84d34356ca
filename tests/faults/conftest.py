from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.support.place import Place, sqlite_place
from tests.support.crm import ScriptedCrm, run_crm


@pytest.fixture
async def crm() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as crm:
        yield crm


@pytest.fixture
def sqlite(tmp_path: Path) -> Place:
    return sqlite_place(tmp_path)


@pytest.fixture(params=["sqlite", "mongo"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "mongo":
        return Place("mongo", request.getfixturevalue("mongo_url"), tmp_path)
    return sqlite_place(tmp_path)
