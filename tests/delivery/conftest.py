from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, Protocol

import pytest

from frontdesk.delivery.worker import Worker
from frontdesk.outbound.client import Outbound
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.crm import ScriptedCrm, run_crm
from tests.support.samples import VAULT


class MakeWorker(Protocol):
    def __call__(self, over: Any = None, **settings: Any) -> Worker:
        """`over` is a store that fails on purpose. No jitter, unless `chance` is given."""


@pytest.fixture
async def crm() -> AsyncIterator[ScriptedCrm]:
    async with run_crm() as crm:
        yield crm


@pytest.fixture
async def openapi(tmp_path: Path, clock: SteppedClock) -> dict[str, Any]:
    async with run_app(make_settings(tmp_path), clock) as client:
        document: dict[str, Any] = (await client.get("/openapi.json")).json()
    return document


@pytest.fixture
async def make_worker(
    storage: Storage, clock: SteppedClock, crm: ScriptedCrm
) -> AsyncIterator[MakeWorker]:
    outbounds: list[Outbound] = []

    def make(over: Any = None, **settings: Any) -> Worker:
        store = over or storage
        outbounds.append(Outbound((crm.host,)))
        return Worker(
            store,
            Projects(store, clock, Environment.DEVELOPMENT, VAULT),
            outbounds[-1],
            clock,
            **{"chance": lambda: 0.0, **settings},
        )

    yield make
    for outbound in outbounds:
        await outbound.close()
