"""kill -9 while leads come in: nothing acknowledged is lost, nothing is there twice."""

import asyncio
import random
import time
from collections import defaultdict
from collections.abc import Callable

import httpx2
import pytest

from tests.faults.support.leads import VISITORS, Crowd, check_nothing_lost, wait_for_all
from tests.faults.support.place import Place
from tests.faults.support.progress import say_nothing
from tests.support.crm import ScriptedCrm
from tests.support.server import Server

KILLS = {"sqlite": 5, "mongo": 2}


async def kill_and_count(
    server: Server, kills: int, say: Callable[[str], None] = say_nothing
) -> Crowd:
    """Kill and restart the server at random moments while a crowd submits; it is up at the end."""
    chance = random.Random()
    crowd = Crowd(server)
    await asyncio.to_thread(server.start)
    async with httpx2.AsyncClient(timeout=30) as client:
        visitors = [asyncio.create_task(crowd.visit(client)) for _ in range(VISITORS)]
        for done in range(1, kills + 1):
            crowd.is_up.set()
            await crowd.wait_for(chance.randint(1, 40))
            crowd.is_up.clear()
            server.kill()
            began = time.monotonic()
            await asyncio.to_thread(server.start)
            crowd.ready_seconds.append(time.monotonic() - began)
            say(f"{done} of {kills} kills, {len(crowd.acknowledged)} leads")
        crowd.is_up.set()
        crowd.is_closing = True
        await asyncio.gather(*visitors)
    return crowd


async def survive_kills(
    place: Place, crm: ScriptedCrm, kills: int, say: Callable[[str], None] = say_nothing
) -> Crowd:
    """Raises AssertionError where a lead was lost, doubled or not delivered."""
    await place.prepare(crm)
    server = place.server(crm)
    crowd = await kill_and_count(server, kills, say)
    await wait_for_all(crm, crowd)
    assert server.terminate() == 0
    assert crowd.cut_off > 0, "no form was ever cut off: nothing was tried"
    assert crowd.refusals == []
    await check_nothing_lost(crowd.acknowledged, place.make_storage())
    # At least once, and under one name: a receiver that keeps the keys has each lead once.
    keys = defaultdict(set)
    for request in crm.received:
        keys[request.json["phone"]].add(request.headers["idempotency-key"])
        assert request.lead_id == crowd.acknowledged[request.json["phone"]]
    assert {len(each) for each in keys.values()} == {1}
    return crowd


@pytest.mark.timeout(300)
async def test_a_killed_server_loses_no_acknowledged_lead_and_doubles_none(
    place: Place, crm: ScriptedCrm
) -> None:
    await survive_kills(place, crm, KILLS[place.engine])


@pytest.mark.timeout(300)
async def test_the_same_check_catches_a_server_that_acknowledges_too_early(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    await sqlite.prepare(crm)
    server = sqlite.server(crm, "--broken", "early")
    crowd = await kill_and_count(server, kills=1)
    server.kill()
    with pytest.raises(AssertionError, match="what was acknowledged is what is stored"):
        await check_nothing_lost(crowd.acknowledged, sqlite.make_storage())
