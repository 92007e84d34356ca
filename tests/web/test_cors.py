"""Which pages may read a reply: those of the projects' sites, and of visitor routes alone."""

from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from frontdesk.errors import Unavailable
from frontdesk.projects.model import Project
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import PUBLIC_URL, make_production_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import make_project

SITE = "https://palm-grove.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST"}
NOT_ALLOWED = [
    "null",
    "https://unknown.example",
    "http://palm-grove.example",
    "https://palm-grove.example:8443",
    "https://palm-grove.example.evil.example",
    "https://evilpalm-grove.example",
    "https://user@palm-grove.example",
    "https://brand.example",
    "http://localhost:3000",
    "",
    "\xff",
]


@pytest.fixture
async def client(tmp_path: Path, clock: SteppedClock) -> AsyncIterator[httpx2.AsyncClient]:
    settings = make_production_settings(tmp_path)
    storage = SqliteStorage(settings.database_path)
    async with run_app(settings, clock, storage) as client:
        client.base_url = httpx2.URL(PUBLIC_URL)
        project = make_project(hosts=("palm-grove.example", "*.brand.example"))
        await storage.save_project(project.id, project)
        yield client


@pytest.mark.parametrize("path", ["/v1/leads", "/v1/conversations", "/v1/conversations/c/messages"])
@pytest.mark.parametrize("origin", [SITE, "https://a.b.brand.example"])
async def test_a_site_may_ask_and_read(client: httpx2.AsyncClient, path: str, origin: str) -> None:
    preflight = await client.options(path, headers={"Origin": origin, **PREFLIGHT})
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == origin
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert preflight.headers["access-control-max-age"] == "7200"
    allowed = preflight.headers["access-control-allow-headers"].split(", ")
    assert {"Authorization", "Content-Type", "Idempotency-Key"} <= set(allowed)
    reply = await client.post(path, headers={"Origin": origin})
    assert reply.headers["access-control-allow-origin"] == origin
    exposed = reply.headers["access-control-expose-headers"].split(", ")
    assert set(exposed) == {"Idempotent-Replayed", "Retry-After", "X-Request-ID"}
    for each in (preflight, reply):
        assert "Origin" in each.headers["vary"]
        assert "access-control-allow-credentials" not in each.headers


@pytest.mark.parametrize("origin", NOT_ALLOWED)
async def test_nobody_else_may(client: httpx2.AsyncClient, origin: str) -> None:
    headers = httpx2.Headers([(b"Origin", origin.encode("latin-1"))])
    wanted = httpx2.Headers({**headers, **PREFLIGHT}, encoding="latin-1")
    preflight = await client.options("/v1/leads", headers=wanted)
    assert (preflight.status_code, preflight.json()["code"]) == (403, "origin_not_allowed")
    reply = await client.post("/v1/leads", headers=headers)
    for each in (preflight, reply):
        assert not [name for name in each.headers if name.startswith("access-control")]
        assert each.headers["vary"] == "Origin"


async def test_without_an_origin_there_is_nothing_to_allow(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/v1/leads")
    assert reply.headers["vary"] == "Origin"
    assert "access-control-allow-origin" not in reply.headers


@pytest.mark.parametrize(
    "path", ["/v1/projects", "/v1/deliveries", "/v1/leads/lead_1", "/metrics", "/dashboard"]
)
async def test_admin_routes_are_never_read_from_another_page(
    client: httpx2.AsyncClient, path: str
) -> None:
    for reply in (
        await client.options(path, headers={"Origin": SITE, **PREFLIGHT}),
        await client.get(path, headers={"Origin": SITE}),
    ):
        assert not [name for name in reply.headers if name.startswith("access-control")]


async def test_an_error_before_the_route_can_be_read_too(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/v1/leads", headers={"Origin": SITE}, content=b"x" * 70_000)
    assert reply.status_code == 413
    assert reply.headers["access-control-allow-origin"] == SITE


async def test_admin_reads_on_a_shared_path_stay_closed(client: httpx2.AsyncClient) -> None:
    """`GET /v1/leads` is the admin's, though `POST /v1/leads` is the visitor's."""
    reply = await client.get("/v1/leads", headers={"Origin": SITE})
    assert reply.status_code == 401
    assert "access-control-allow-origin" not in reply.headers
    preflight = await client.options(
        "/v1/leads", headers={"Origin": SITE, "Access-Control-Request-Method": "GET"}
    )
    assert "GET" not in preflight.headers["access-control-allow-methods"]


async def test_when_storage_fails_no_page_may_read(tmp_path: Path, clock: SteppedClock) -> None:
    class Broken(SqliteStorage):
        async def list_projects_for_hosts(self, hosts: object) -> list[Project]:
            raise Unavailable("storage_unavailable", "Storage does not answer.")

    settings = make_production_settings(tmp_path)
    async with run_app(settings, clock, Broken(settings.database_path)) as client:
        client.base_url = httpx2.URL(PUBLIC_URL)
        reply = await client.options("/v1/leads", headers={"Origin": SITE, **PREFLIGHT})
    assert reply.status_code == 403
