"""Forms on their way to a server, and what has to be in storage afterwards."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2

from frontdesk.model import EVERY_PROJECT, Page
from frontdesk.storage.base import Storage
from tests.support.crm import ScriptedCrm
from tests.support.server import Server

VISITORS = 12  # who submit at the same time

T = TypeVar("T")


def phone_of(number: int) -> str:
    return f"+9198765{number:05d}"


async def send_form(
    client: httpx2.AsyncClient,
    server: Server,
    number: int,
    project_id: str = "palm-grove",
    **changes: Any,
) -> httpx2.Response:
    """The form of one person; the same key every time. Raises httpx2.TransportError."""
    form = {
        "project": project_id,
        "page": {"url": f"https://{project_id}.example/"},
        "name": "Asha Rao",
        "phone": {"number": phone_of(number), "country": "IN"},
        "consent": {"given": True, "version": "1"},
        **changes,
    }
    headers = {
        "Origin": f"https://{project_id}.example",
        "Idempotency-Key": f"form-{number:020d}",
        # Heeded where the server trusts us as a proxy.
        "X-Forwarded-For": f"198.18.{number // 256 % 256}.{number % 256}",
    }
    return await client.post(f"{server.base_url}/v1/leads", json=form, headers=headers)


async def send_forms(
    server: Server, numbers: Iterable[int], project_id: str = "palm-grove"
) -> dict[str, str]:
    """Each of them acknowledged: lead ids by phone."""
    left = iter(numbers)
    acknowledged: dict[str, str] = {}

    async def visit(client: httpx2.AsyncClient) -> None:
        for number in left:
            reply = await send_form(client, server, number, project_id)
            assert reply.status_code == 201, reply.text
            acknowledged[phone_of(number)] = reply.json()["id"]

    async with httpx2.AsyncClient(timeout=60) as client, asyncio.TaskGroup() as visitors:
        for _ in range(VISITORS):
            visitors.create_task(visit(client))
    return acknowledged


@dataclass
class Crowd:
    """Visitors who send one form after another, each until it is acknowledged, key unchanged.

    `refusals` are the statuses, 5xx all of them, of forms that were not taken.
    """

    server: Server
    acknowledged: dict[str, str] = field(default_factory=dict)  # phone -> lead id
    last_number: int = 0
    cut_off: int = 0
    refusals: list[int] = field(default_factory=list)
    ready_seconds: list[float] = field(default_factory=list)
    is_up: asyncio.Event = field(default_factory=asyncio.Event)
    is_closing: bool = False
    change: asyncio.Condition = field(default_factory=asyncio.Condition)

    async def visit(self, client: httpx2.AsyncClient) -> None:
        while not self.is_closing:
            self.last_number += 1
            number = self.last_number
            while (lead_id := await self._send(client, number)) is None:
                pass
            self.acknowledged[phone_of(number)] = lead_id
            await self._tell()

    async def wait_until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(120), self.change:
            await self.change.wait_for(condition)

    async def wait_for(self, count: int) -> None:
        """So many more are acknowledged."""
        total = len(self.acknowledged) + count
        await self.wait_until(lambda: len(self.acknowledged) >= total)

    async def _send(self, client: httpx2.AsyncClient, number: int) -> str | None:
        await self.is_up.wait()
        try:
            reply = await send_form(client, self.server, number)
        except httpx2.TransportError:
            self.cut_off += 1
            return None  # killed under the form's feet; `is_up` says when to send it again
        if reply.status_code >= 500:
            self.refusals.append(reply.status_code)
            await self._tell()
            return None
        assert reply.status_code == 201, reply.text
        return str(reply.json()["id"])

    async def _tell(self) -> None:
        async with self.change:
            self.change.notify_all()


async def wait_for_all(crm: ScriptedCrm, crowd: Crowd) -> None:
    """The CRM is sent every acknowledged lead, and no other, however many wait.

    Raises AssertionError where no more of them come.
    """

    def has_all() -> bool:
        # Reading them all at every request would take longer than sending them.
        if len(crm.received) < len(crowd.acknowledged):
            return False
        return {request.json["phone"] for request in crm.received} == set(crowd.acknowledged)

    came = -1
    while came < len(crm.received):
        came = len(crm.received)
        with suppress(TimeoutError):
            await crm.wait_until(has_all)
            return
    raise AssertionError(f"{came} requests came for {len(crowd.acknowledged)} acknowledged leads")


async def check_nothing_lost(acknowledged: dict[str, str], storage: Storage) -> None:
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
    assert acknowledged == leads, "what was acknowledged is what is stored"
    assert sorted(delivered) == sorted(leads.values()), "each has one delivery"


async def read_all(read_page: Callable[[str | None], Awaitable[Page[T]]]) -> list[T]:
    page = await read_page(None)
    items = list(page.items)
    while page.next_cursor is not None:
        page = await read_page(page.next_cursor)
        items += page.items
    return items
