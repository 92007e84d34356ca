"""A filled store, the pages over it, and a browser."""

import re
from collections.abc import AsyncIterator

import httpx2
import pytest
from playwright.async_api import Browser, async_playwright

from frontdesk.accounts.model import Role
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.dashboard.filled import Filled, fill
from tests.dashboard.site import EMAIL, PASSWORD, make_accounts, make_app, make_chain
from tests.support.browser import CHROMIUM_ARGUMENTS, CHROMIUM_PATH
from tests.support.clock import SteppedClock


class Person:
    """Somebody with a browser that runs no scripts, on the dashboard's pages."""

    def __init__(self, client: httpx2.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str) -> httpx2.Response:
        return await self.client.get(path)

    async def read(self, path: str) -> str:
        reply = await self.client.get(path)
        assert reply.status_code == 200, (path, reply.status_code)
        return reply.text

    async def post(
        self, path: str, fields: dict[str, str], *, site: str = "same-origin"
    ) -> httpx2.Response:
        return await self.client.post(path, data=fields, headers={"Sec-Fetch-Site": site})

    async def sign_in(
        self, email: str = EMAIL, password: str = PASSWORD, next_path: str = ""
    ) -> httpx2.Response:
        fields = {"email": email, "password": password, "next": next_path}
        return await self.post("/dashboard/sign-in", fields)

    async def csrf_token(self) -> str:
        found = re.search(
            r'name="csrf_token" value="([0-9a-f]{64})"', await self.read("/dashboard")
        )
        assert found
        return found[1]


class Desk:
    """The pages and their members."""

    def __init__(self, storage: Storage, clock: SteppedClock) -> None:
        self.storage = storage
        self.clock = clock
        self.woken = 0
        self.chain = make_chain(storage, clock)
        self.app = make_app(storage, clock, wake_worker=self._wake, chain=self.chain)

    def _wake(self) -> None:
        self.woken += 1

    def visit(self, address: str = "192.0.2.1") -> Person:
        transport = httpx2.ASGITransport(app=self.app, client=(address, 50000))
        return Person(httpx2.AsyncClient(transport=transport, base_url="http://desk.example"))

    async def add_member(
        self, role: Role = Role.OWNER, scope: Scope = EVERY_PROJECT, email: str = EMAIL
    ) -> None:
        accounts = make_accounts(self.storage, self.clock)
        await accounts.add_member(email, "Nandini Kulkarni", role, scope=scope, password=PASSWORD)

    async def let_in(self, role: Role = Role.OWNER, scope: Scope = EVERY_PROJECT) -> Person:
        await self.add_member(role, scope)
        person = self.visit()
        assert (await person.sign_in()).status_code == 303
        return person


@pytest.fixture
def desk(storage: Storage, clock: SteppedClock) -> Desk:
    """Empty: no project, no lead, no member."""
    return Desk(storage, clock)


@pytest.fixture
async def filled(storage: Storage) -> Filled:
    return await fill(storage)


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM_PATH, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        await chromium.close()
