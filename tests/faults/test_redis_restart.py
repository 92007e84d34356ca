"""Redis killed and started again under a server that runs on: nobody notices, nothing is lost."""

import asyncio
import random
from pathlib import Path

import httpx2
import pytest

from tests.faults.support.leads import VISITORS, Crowd, check_nothing_lost, wait_for_all
from tests.faults.support.place import sqlite_place
from tests.support.crm import ScriptedCrm
from tests.support.redis import RedisServer
from tests.support.server import Server, wait_until

RESTARTS = 2
UP, DOWN = "frontdesk_redis_up 1.0", "frontdesk_redis_up 0.0"


async def wait_for_metric(server: Server, line: str) -> None:
    def is_there() -> bool:
        return line in httpx2.get(f"{server.base_url}/metrics").text.splitlines()

    await asyncio.to_thread(wait_until, is_there, f"the metric to be {line}")


async def survive_redis(folder: Path, crm: ScriptedCrm, restarts: int) -> Crowd:
    """Raises AssertionError where a lead was lost, doubled or refused."""
    chance = random.Random()
    place = sqlite_place(folder)
    await place.prepare(crm)
    with RedisServer(folder) as redis:
        settings = {
            "REDIS_URL": redis.url,
            "RATE_LIMIT": "true",
            "TRUSTED_PROXIES": '["127.0.0.1"]',
        }
        server = place.server(crm, **settings)
        crowd = Crowd(server)
        with server:
            crowd.is_up.set()
            async with httpx2.AsyncClient(timeout=60) as client:
                visitors = [asyncio.create_task(crowd.visit(client)) for _ in range(VISITORS)]
                for _ in range(restarts):
                    await wait_for_metric(server, UP)
                    await crowd.wait_for(chance.randint(5, 40))
                    redis.kill()
                    await wait_for_metric(server, DOWN)
                    await crowd.wait_for(VISITORS)
                    redis.start()
                await wait_for_metric(server, UP)
                await crowd.wait_for(VISITORS)
                crowd.is_closing = True
                await asyncio.gather(*visitors)
            await wait_for_all(crm, crowd)
        await check_nothing_lost(crowd.acknowledged, place.make_storage())
    assert crowd.refusals == []
    assert crowd.cut_off == 0, "the server was there all the while"
    return crowd


@pytest.mark.timeout(300)
async def test_a_redis_that_is_restarted_costs_nothing(tmp_path: Path, crm: ScriptedCrm) -> None:
    await survive_redis(tmp_path, crm, RESTARTS)
