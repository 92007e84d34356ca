"""The server goes away and comes back: honest errors between, and nothing acknowledged is lost."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest

from frontdesk.errors import Unavailable
from frontdesk.model import EVERY_PROJECT
from frontdesk.storage.mongo.engine import MongoStorage
from tests.contracts.capturing import capture, phone, stored_deliveries
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.mongo import MongoServer
from tests.support.samples import make_lead, make_project


async def test_readiness_tells_an_outage_and_recovers_by_itself(
    tmp_path: Path, clock: SteppedClock
) -> None:
    with MongoServer(tmp_path) as server:
        settings = make_settings(
            tmp_path, storage_url=f"{server.url}/desk", mongodb_timeout_seconds=1
        )
        async with run_app(settings, clock) as client:
            assert (await client.get("/health/ready")).status_code == 200
            await asyncio.to_thread(server.kill)
            clock.step(seconds=2)
            refused = await client.get("/health/ready")
            assert (refused.status_code, refused.json()["code"]) == (503, "not_ready")
            assert "127.0.0.1" not in refused.text
            await asyncio.to_thread(server.start)
            async with asyncio.timeout(60):
                while (await client.get("/health/ready")).status_code != 200:
                    clock.step(seconds=2)


@pytest.mark.timeout(180)
async def test_leads_survive_a_killed_database_server(tmp_path: Path) -> None:
    with MongoServer(tmp_path) as server:
        storage = MongoStorage(f"{server.url}/desk", timeout_seconds=30)
        await storage.open()
        await storage.save_project("palm-grove", make_project())
        leads = [make_lead(phone=phone(number)) for number in range(120)]
        acknowledged: list[str] = []
        are_some = asyncio.Event()

        async def submit(numbers: range) -> None:
            for number in numbers:
                acknowledged.append(await keep_trying(number))
                if len(acknowledged) == 20:
                    are_some.set()

        async def keep_trying(number: int) -> str:
            while True:
                with suppress(Unavailable):
                    return (await capture(storage, leads[number], key=f"form-{number}")).lead.id

        tasks = [asyncio.create_task(submit(range(n, 120, 8))) for n in range(8)]
        await are_some.wait()
        await asyncio.to_thread(server.kill)
        await asyncio.to_thread(server.start)
        await asyncio.gather(*tasks)
        stored = (await storage.list_leads(EVERY_PROJECT, limit=1000)).items
        deliveries = await stored_deliveries(storage)
        await storage.close()
    assert sorted(lead.id for lead in stored) == sorted(acknowledged)
    assert all(len(lead.enquiries) == 1 for lead in stored)
    assert sorted(one.lead_id for one in deliveries) == sorted(acknowledged)
