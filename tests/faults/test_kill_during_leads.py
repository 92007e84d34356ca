"""kill -9 while leads come in: nothing acknowledged is lost, nothing is there twice."""

import asyncio
import random
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import httpx2
import pytest

from frontdesk.model import EVERY_PROJECT, Page
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.faults.support import forgetful_server
from tests.support.crm import ScriptedCrm, run_crm
from tests.support.samples import make_project
from tests.support.server import Server

KILLS = {"sqlite": 12, "mongo": 4}
VISITORS = 12  # who submit at the same time

T = TypeVar("T")


@dataclass
class Crowd:
    """Visitors who send one form after another, each until it is acknowledged, key unchanged."""

    server: Server
    acknowledged: dict[str, str] = field(default_factory=dict)  # phone -> lead id
    last_number: int = 0
    retries: int = 0
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    is_closing: bool = False
    acknowledgement: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def visit(self, client: httpx2.AsyncClient) -> None:
        while not self.is_closing:
            self.last_number += 1
            phone = f"+9198765{self.last_number:05d}"
            key = f"form-{self.last_number:020d}"
            while True:
                await self.is_up.wait()
                lead_id = await self._send(client, phone, key)
                if lead_id is not None:
                    break
                self.retries += 1
            self.acknowledged[phone] = lead_id
            async with self.acknowledgement:
                self.acknowledgement.notify_all()

    async def wait_for(self, count: int) -> None:
        async with asyncio.timeout(60), self.acknowledgement:
            await self.acknowledgement.wait_for(lambda: len(self.acknowledged) >= count)

    async def _send(self, client: httpx2.AsyncClient, phone: str, key: str) -> str | None:
        form = {
            "project": "palm-grove",
            "page": {"url": "https://palm-grove.example/"},
            "name": "Asha Rao",
            "phone": {"number": phone, "country": "IN"},
            "consent": {"given": True, "version": "1"},
        }
        headers = {"Origin": "https://palm-grove.example", "Idempotency-Key": key}
        try:
            reply = await client.post(
                f"{self.server.base_url}/v1/leads", json=form, headers=headers
            )
        except httpx2.TransportError:
            return None  # killed under the form's feet; `is_up` says when to send it again
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])


async def kill_and_count(server: Server, kills: int) -> Crowd:
    """Kill and restart the server at random moments while a crowd submits; it is up at the end."""
    chance = random.Random()
    crowd = Crowd(server)
    await asyncio.to_thread(server.start)
    async with httpx2.AsyncClient(timeout=30) as client:
        visitors = [asyncio.create_task(crowd.visit(client)) for _ in range(VISITORS)]
        for _ in range(kills):
            crowd.is_up.set()
            await crowd.wait_for(len(crowd.acknowledged) + chance.randint(1, 40))
            crowd.is_up.clear()
            server.kill()
            await asyncio.to_thread(server.start)
        crowd.is_up.set()
        crowd.is_closing = True
        await asyncio.gather(*visitors)
    return crowd


async def check_nothing_lost(crowd: Crowd, storage: Storage) -> None:
    """Raises AssertionError unless every acknowledged lead is stored once, with one delivery."""
    await storage.open()
    try:
        leads: dict[str, str] = {}
        for lead in await read_all(lambda after: storage.list_leads(EVERY_PROJECT, after=after)):
            assert lead.phone not in leads, "one person is there twice"
            assert len(lead.enquiries) == 1, "one form counted twice"
            leads[lead.phone] = lead.id
        delivered = [
            delivery.lead_id
            for delivery in await read_all(
                lambda after: storage.list_deliveries(EVERY_PROJECT, after=after)
            )
        ]
    finally:
        await storage.close()
    assert crowd.acknowledged == leads, "what was acknowledged is what is stored"
    assert sorted(delivered) == sorted(leads.values()), "each has one delivery"


async def read_all(read_page: Callable[[str | None], Awaitable[Page[T]]]) -> list[T]:
    page = await read_page(None)
    items = list(page.items)
    while page.next_cursor is not None:
        page = await read_page(page.next_cursor)
        items += page.items
    return items


@dataclass(frozen=True)
class Place:
    """Where an engine keeps its data, and one more storage over it."""

    engine: str
    url: str

    def make_storage(self) -> Storage:
        if self.engine == "mongo":
            return MongoStorage(self.url)
        return SqliteStorage(Path(self.url.removeprefix("sqlite:///")))


@pytest.fixture(params=KILLS)
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Place:
    if request.param == "mongo":
        return Place("mongo", request.getfixturevalue("mongo_url"))
    return Place("sqlite", f"sqlite:///{tmp_path / 'frontdesk.db'}")


def prepare_server(
    folder: Path, place: Place, crm: ScriptedCrm, command: tuple[str, ...] = ()
) -> Server:
    env = {
        "STORAGE_URL": place.url,
        "RATE_LIMIT": "false",
        "ALLOWED_PRIVATE_HOSTS": f'["{crm.host}"]',
        # What a killed worker held comes back after the lease; not a minute in a test.
        "DELIVERY_LEASE_SECONDS": "5",
        "DELIVERY_TIMEOUT_SECONDS": "4",
    }
    return Server(folder, env, command=command) if command else Server(folder, env)


async def prepare_storage(place: Place, crm: ScriptedCrm) -> None:
    storage = place.make_storage()
    await storage.open()
    await storage.save_project("palm-grove", make_project(destinations=(crm.destination(),)))
    await storage.close()


@pytest.mark.timeout(300)
async def test_a_killed_server_loses_no_acknowledged_lead_and_doubles_none(
    tmp_path: Path, place: Place
) -> None:
    async with run_crm() as crm:
        await prepare_storage(place, crm)
        server = prepare_server(tmp_path, place, crm)
        crowd = await kill_and_count(server, KILLS[place.engine])
        await crm.wait_until(
            lambda: {request.json["phone"] for request in crm.received} == set(crowd.acknowledged)
        )
        server.terminate()
        assert crowd.retries > 0, "no form was ever cut off: nothing was tried"
        await check_nothing_lost(crowd, place.make_storage())
        # At least once, and under one name: a receiver that keeps the keys has each lead once.
        keys = defaultdict(set)
        for request in crm.received:
            keys[request.json["phone"]].add(request.headers["idempotency-key"])
            assert request.lead_id == crowd.acknowledged[request.json["phone"]]
        assert {len(each) for each in keys.values()} == {1}


@pytest.mark.timeout(300)
async def test_the_same_check_catches_a_server_that_acknowledges_too_early(
    tmp_path: Path, place: Place
) -> None:
    async with run_crm() as crm:
        await prepare_storage(place, crm)
        command = (sys.executable, str(forgetful_server.__file__))
        server = prepare_server(tmp_path, place, crm, command)
        crowd = await kill_and_count(server, kills=1)
        server.kill()
        with pytest.raises(AssertionError, match="what was acknowledged is what is stored"):
            await check_nothing_lost(crowd, place.make_storage())
