"""A server over a store of its own, ready to be broken."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.faults.support import faulty_server
from tests.support.crm import ScriptedCrm
from tests.support.samples import make_project
from tests.support.server import Server


@dataclass(frozen=True)
class Place:
    """Where an engine keeps its data; `folder` is for the server's log."""

    engine: str
    url: str
    folder: Path

    def make_storage(self) -> Storage:
        if self.engine == "mongo":
            return MongoStorage(self.url)
        return SqliteStorage(Path(self.url.removeprefix("sqlite:///")))

    async def prepare(self, crm: ScriptedCrm, *project_ids: str) -> None:
        """Each project sends to the CRM, under its own id as the path."""
        storage = self.make_storage()
        await storage.open()
        for project_id in project_ids or ("palm-grove",):
            project = make_project(project_id, destinations=(crm.destination(project_id),))
            await storage.save_project(project_id, project)
        await storage.close()

    def server(self, crm: ScriptedCrm, *arguments: str, **settings: str) -> Server:
        """With arguments, the one of `faulty_server`. What a killed worker held comes back after
        five seconds, and not after a minute as usual.
        """
        env = {
            "STORAGE_URL": self.url,
            "RATE_LIMIT": "false",
            "ALLOWED_PRIVATE_HOSTS": f'["{crm.host}"]',
            "DELIVERY_LEASE_SECONDS": "5",
            "DELIVERY_TIMEOUT_SECONDS": "4",
            **settings,
        }
        if not arguments:
            return Server(self.folder, env)
        command = (sys.executable, str(faulty_server.__file__), *arguments)
        return Server(self.folder, env, command=command)


@contextmanager
def ended(server: Server) -> Iterator[Server]:
    """Whatever fails in between, no server stays behind. It is not started here."""
    try:
        yield server
    finally:
        server.__exit__(None, None, None)


def sqlite_place(folder: Path) -> Place:
    return Place("sqlite", f"sqlite:///{folder / 'frontdesk.db'}", folder)
