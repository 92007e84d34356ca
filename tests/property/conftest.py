"""A web site on this machine, and the room of facts before it."""

import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from frontdesk.outbound.client import Outbound
from frontdesk.projects.service import Projects
from frontdesk.property.fetching import PageFetcher
from frontdesk.property.service import Facts
from frontdesk.settings import Environment
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.clock import SteppedClock
from tests.support.samples import VAULT, make_project

FLAT = "<h1>3 BHK flat in Baner, Pune</h1><p>Price: {price}</p><p>1,046 sq ft carpet</p>"


@dataclass
class Site:
    """`pages` by path: what is answered, status and body, for a redirect where to; `asked` is each
    path with its headers."""

    port: int = 0
    pages: dict[str, tuple[int, str]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def sells(self, price: str, path: str = "/") -> None:
        self.pages[path] = (200, FLAT.format(price=price))

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@pytest.fixture
def site() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            site.asked.append((self.path, headers))
            status, text = site.pages.get(self.path, (404, "<h1>Not found</h1>"))
            body = text.encode()
            etag = f'"{hash(text)}"'
            if headers.get("if-none-match") == etag:
                status, body = 304, b""
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", etag)
            if 300 < status < 304:
                self.send_header("Location", text)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    site.port = server.server_port
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield site
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
async def fetcher(site: Site) -> AsyncIterator[PageFetcher]:
    outbound = Outbound([f"127.0.0.1:{site.port}"])
    yield PageFetcher(outbound, pause_seconds=0.0)
    await outbound.close()


@pytest.fixture
async def facts(tmp_path: Path, clock: SteppedClock, fetcher: PageFetcher) -> AsyncIterator[Facts]:
    """The project `palm-grove` is on the site."""
    storage = SqliteStorage(tmp_path / "frontdesk.db")
    await storage.open()
    projects = Projects(storage, clock, Environment.DEVELOPMENT, VAULT)
    await storage.save_project("palm-grove", make_project(hosts=("127.0.0.1",)))
    yield Facts(projects, fetcher, clock)
    await storage.close()
