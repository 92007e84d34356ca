"""MongoDB killed and started again under a server that runs on: honest, nothing lost, no help."""

import asyncio
import random
from pathlib import Path

import httpx2
import pytest

from tests.faults.support.leads import VISITORS, Crowd, check_nothing_lost, wait_for_all
from tests.faults.support.place import Place
from tests.support.crm import ScriptedCrm
from tests.support.mongo import MongoServer

RESTARTS = 2
# Short, so that a refusal comes soon.
TIMEOUT_SECONDS = "1"


async def survive_restarts(folder: Path, crm: ScriptedCrm, restarts: int, *broken: str) -> Crowd:
    """Raises AssertionError where a lead was lost or doubled, or a refusal was none."""
    chance = random.Random()
    with MongoServer(folder) as mongo:
        place = Place("mongo", f"{mongo.url}/frontdesk", folder)
        await place.prepare(crm)
        server = place.server(crm, *broken, MONGODB_TIMEOUT_SECONDS=TIMEOUT_SECONDS)
        crowd = Crowd(server)
        with server:
            crowd.is_up.set()
            async with httpx2.AsyncClient(timeout=60) as client:
                visitors = [asyncio.create_task(crowd.visit(client)) for _ in range(VISITORS)]
                for _ in range(restarts):
                    await crowd.wait_for(chance.randint(5, 40))
                    refused = len(crowd.refusals)
                    # What was on its way may still be acknowledged: one form for each visitor.
                    most = len(crowd.acknowledged) + VISITORS
                    mongo.kill()
                    await crowd.wait_until(
                        lambda refused=refused, most=most: (  # type: ignore[misc]
                            len(crowd.refusals) > refused or len(crowd.acknowledged) > most
                        )
                    )
                    assert len(crowd.refusals) > refused, "acknowledged with nowhere to be stored"
                    await asyncio.to_thread(mongo.start)
                await crowd.wait_for(VISITORS)
                crowd.is_closing = True
                await asyncio.gather(*visitors)
            await wait_for_all(crm, crowd)
        await check_nothing_lost(crowd.acknowledged, place.make_storage())
    assert set(crowd.refusals) == {503}
    assert crowd.cut_off == 0, "the server was there all the while"
    return crowd


@pytest.mark.timeout(300)
async def test_a_database_that_is_restarted_loses_nothing(tmp_path: Path, crm: ScriptedCrm) -> None:
    await survive_restarts(tmp_path, crm, RESTARTS)


@pytest.mark.timeout(300)
async def test_the_same_check_catches_a_server_that_acknowledges_what_it_cannot_store(
    tmp_path: Path, crm: ScriptedCrm
) -> None:
    with pytest.raises(AssertionError, match="nowhere to be stored"):
        await survive_restarts(tmp_path, crm, 1, "--broken", "deaf")
