"""One form sent fifty times at once is one lead; another form under its key is refused."""

import asyncio
from collections import Counter

import httpx2
import pytest

from tests.faults.support.leads import check_nothing_lost, phone_of, send_form
from tests.faults.support.place import Place
from tests.support.crm import ScriptedCrm
from tests.support.server import Server

TIMES = 50


async def send_at_once(server: Server) -> dict[str, str]:
    """What was acknowledged. Raises AssertionError unless it was one and the same lead."""
    async with httpx2.AsyncClient(timeout=60) as client:
        replies = await asyncio.gather(*(send_form(client, server, 1) for _ in range(TIMES)))
        other = await send_form(client, server, 1, name="Meera Iyer")
    statuses = Counter(reply.status_code for reply in replies)
    assert set(statuses) <= {200, 201}, statuses
    ids = {reply.json()["id"] for reply in replies}
    assert len(ids) == 1, "one form is one lead"
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    return {phone_of(1): ids.pop()}


async def survive_same_key(place: Place, crm: ScriptedCrm) -> None:
    await place.prepare(crm)
    with place.server(crm) as server:
        acknowledged = await send_at_once(server)
    await check_nothing_lost(acknowledged, place.make_storage())


async def test_one_form_sent_many_times_at_once_is_one_lead(place: Place, crm: ScriptedCrm) -> None:
    await survive_same_key(place, crm)


async def test_the_same_check_catches_a_server_that_forgets_keys(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    await sqlite.prepare(crm)
    with (
        sqlite.server(crm, "--broken", "forgetful") as server,
        pytest.raises(AssertionError, match="one form is one lead"),
    ):
        await send_at_once(server)
