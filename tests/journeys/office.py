"""An installation of its own: `frontdesk serve`, what it is filled with, and who signs in."""

import asyncio
import csv
import json
from collections.abc import Awaitable, Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx2
from playwright.sync_api import Download, Page, expect

from frontdesk.accounts.model import Role
from frontdesk.accounts.passwords import Passwords
from frontdesk.accounts.service import Accounts
from frontdesk.clock import system_clock
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.model import Project
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.dashboard.site import quick_hasher
from tests.journeys.crm import Crm
from tests.support.server import Server

PASSWORD = "correct horse battery"
PEOPLE = {
    Role.OWNER: "Nandini Kulkarni",
    Role.MANAGER: "Farhan Qureshi",
    Role.SALES: "Leela Menon",
    Role.VIEWER: "Dev Bhatt",
}


class Office(Server):
    """`frontdesk serve` on a free port, which may deliver to the CRM beside it."""

    def __init__(self, folder: Path, crm: Crm | None = None) -> None:
        hosts = json.dumps([crm.host] if crm else [])
        # A thousand sites that report at once come from one address here.
        super().__init__(folder, {"ALLOWED_PRIVATE_HOSTS": hosts, "RATE_LIMIT": "false"})

    @property
    def dashboard(self) -> str:
        return f"{self.base_url}/dashboard"

    def sign_in(self, page: Page, role: Role, password: str = PASSWORD) -> None:
        page.goto(self.dashboard)
        page.get_by_label("E-mail").fill(email_of(role))
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Overview")

    def send_lead(self, project_id: str, name: str, number: str) -> None:
        """As the form on the project's site sends it."""
        origin = f"https://{project_id}.example"
        form = {
            "project": project_id,
            "page": {"url": f"{origin}/", "title": project_id},
            "name": name,
            "phone": {"number": number, "country": "IN"},
            "interest": "call",
            "consent": {"given": True, "version": "1"},
        }
        headers = {"Origin": origin, "Idempotency-Key": f"{project_id}-{number.replace(' ', '')}"}
        reply = httpx2.post(f"{self.base_url}/v1/leads", json=form, headers=headers)
        assert reply.status_code == 201, reply.text


def read_csv(download: Download) -> list[dict[str, str]]:
    return list(csv.DictReader(download.path().read_text("utf-8-sig").splitlines()))


def email_of(role: Role) -> str:
    return f"{role}@agency.example"


def fill(folder: Path, projects: Iterable[Project], reach: dict[Role, Scope] | None = None) -> None:
    """Before the start: projects, and a member of every role with `PASSWORD`."""

    async def put(storage: Storage) -> None:
        for project in projects:
            await storage.save_project(project.id, project)
        accounts = Accounts(storage, system_clock, 12, passwords=Passwords(quick_hasher()))
        for role, name in PEOPLE.items():
            scope = (reach or {}).get(role, EVERY_PROJECT)
            await accounts.add_member(email_of(role), name, role, scope=scope, password=PASSWORD)

    # In a thread of its own: playwright's loop runs in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(asyncio.run, _with_storage(folder, put)).result()


async def _with_storage(folder: Path, act: Callable[[Storage], Awaitable[None]]) -> None:
    storage = SqliteStorage(folder / "frontdesk.db")
    await storage.open()
    try:
        await act(storage)
    finally:
        await storage.close()
