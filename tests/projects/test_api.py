"""Projects over HTTP, through the whole application."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.api import RECORDED, UNKNOWN_PER_ADDRESS
from frontdesk.projects.secrets import MASK
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.samples import open_headers

Headers = dict[str, str]
SignIn = Callable[..., Awaitable[Headers]]

PALM = {
    "id": "palm-grove",
    "name": "Palm Grove",
    "sites": [{"host": "palmgrove.example"}],
    "destinations": [
        {
            "id": "crm",
            "url": "https://crm.example/leads",
            "headers": {"Authorization": "Bearer invented"},
        }
    ],
}
CORAL = {"id": "coral-bay", "name": "Coral Bay", "sites": [{"host": "coralbay.example"}]}


@pytest.fixture
def engine(tmp_path: Path) -> SqliteStorage:
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    tmp_path: Path, engine: SqliteStorage, clock: SteppedClock
) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_settings(tmp_path), clock, engine) as client:
        yield client


@pytest.fixture
def sign_in(client: httpx2.AsyncClient, engine: SqliteStorage, clock: SteppedClock) -> SignIn:
    accounts = Accounts(engine, clock, session_hours=12)

    async def make_headers(role: Role = Role.MANAGER, scope: Scope = EVERY_PROJECT) -> Headers:
        made = await accounts.create_api_key("test", role, scope=scope)
        return {"Authorization": f"Bearer {made.secret}"}

    return make_headers


@pytest.fixture
async def manager(client: httpx2.AsyncClient, sign_in: SignIn) -> Headers:
    """A manager's credential, in a service with two projects."""
    headers = await sign_in()
    for project in (PALM, CORAL):
        reply = await client.put(f"/v1/projects/{project['id']}", json=project, headers=headers)
        assert reply.status_code == 201
    return headers


async def test_settings_are_cacheable_and_open_to_every_origin(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    reply = await client.get(
        "/v1/widget?host=palmgrove.example", headers={"Origin": "https://palmgrove.example"}
    )
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "application/json"
    assert reply.headers["cache-control"] == "public, max-age=30, stale-while-revalidate=30"
    assert reply.headers.get_list("access-control-allow-origin") == ["*"]
    assert reply.headers["etag"].startswith('"')
    assert "invented" not in reply.text
    (project,) = reply.json()["projects"]
    assert set(project) == {
        "id",
        "name",
        "path_prefix",
        "by_hand",
        "language",
        "country",
        "time_zone",
        "phone",
        "theme",
        "accent",
        "on_accent",
        "accent_dark",
        "on_accent_dark",
        "position",
        "size",
        "launcher",
        "logo_url",
        "logo_path",
        "greeting",
        "hours_line",
        "legal_line",
        "quick_replies",
        "office",
        "bubble",
        "hidden_paths",
        "sound",
        "conversions",
        "snapshot",
        "texts",
        "consent",
    }


async def test_a_tag_that_still_holds_gets_304_until_a_change(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    url = "/v1/widget?host=palmgrove.example"
    etag = (await client.get(url)).headers["etag"]
    for sent in (etag, f'"other", W/{etag}', "*"):
        reply = await client.get(url, headers={"If-None-Match": sent})
        assert (reply.status_code, reply.content) == (304, b"")
        assert reply.headers["etag"] == etag
        assert "max-age" in reply.headers["cache-control"]
    assert (await client.get(url, headers={"If-None-Match": '"other"'})).status_code == 200
    renamed = PALM | {"name": "Palm Court"}
    await client.put("/v1/projects/palm-grove", json=renamed, headers=manager)
    reply = await client.get(url, headers={"If-None-Match": etag})
    assert reply.json()["projects"][0]["name"] == "Palm Court"


@pytest.mark.parametrize(
    ("query", "status", "code"),
    [
        ("", 400, "host_required"),
        ("?host=", 400, "host_required"),
        ("?host=unknown.example", 404, "unknown_site"),
        ("?host=not%20a%20host", 404, "unknown_site"),
        ("?host=palmgrove.example&project=coral-bay", 404, "project_not_found"),
        ("?host=palmgrove.example&project=nobody", 404, "project_not_found"),
        ("?host=localhost:8000&project=nobody", 404, "project_not_found"),
    ],
)
async def test_no_settings_for_strangers(
    client: httpx2.AsyncClient, manager: Headers, query: str, status: int, code: str
) -> None:
    reply = await client.get(f"/v1/widget{query}")
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert reply.headers["content-type"] == "application/problem+json"
    assert "max-age" not in reply.headers.get("cache-control", "")


async def test_an_unknown_site_is_recorded_with_the_page(
    client: httpx2.AsyncClient, manager: Headers, clock: SteppedClock
) -> None:
    for _ in range(3):
        reply = await client.get(
            "/v1/widget?host=new.example", headers={"Referer": "https://new.example/plans?name=x"}
        )
        assert reply.headers["access-control-allow-origin"] == "*"
        clock.step(minutes=1)
    listed = await client.get("/v1/unknown-sites", headers=manager)
    assert listed.json() == {
        "items": [
            {
                "host": "new.example",
                "path": "/plans",
                "count": 3,
                "first_seen_at": "2026-11-23T09:00:00.000Z",
                "last_seen_at": "2026-11-23T09:02:00.000Z",
            }
        ],
        "next_cursor": None,
    }


async def test_one_busy_unknown_host_is_written_now_and_then(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    for _ in range(20):
        assert (await client.get("/v1/widget?host=busy.example")).status_code == 404
    (site,) = (await client.get("/v1/unknown-sites", headers=manager)).json()["items"]
    assert site["count"] == 1


async def test_a_flood_of_unknown_hosts_is_bounded(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    statuses = [
        (await client.get(f"/v1/widget?host=flood-{number}.example")).status_code
        for number in range(UNKNOWN_PER_ADDRESS.burst + 5)
    ]
    assert statuses == [404] * UNKNOWN_PER_ADDRESS.burst + [429] * 5
    listed = await client.get("/v1/unknown-sites?limit=200", headers=manager)
    assert len(listed.json()["items"]) == RECORDED.burst
    assert (await client.get("/v1/widget?host=palmgrove.example")).status_code == 200


async def test_a_project_is_created_replaced_and_read(
    client: httpx2.AsyncClient, manager: Headers, clock: SteppedClock
) -> None:
    clock.step(hours=1)
    url = "/v1/projects/palm-grove"
    read = (await client.get(url, headers=manager)).json()
    reply = await client.put(url, json=read | {"name": "Palm Court"}, headers=manager)
    assert reply.status_code == 200
    assert reply.json() == read | {
        "name": "Palm Court",
        "updated_at": "2026-11-23T10:00:00.000Z",
    }
    assert (await client.get(url, headers=manager)).json() == reply.json()
    listed = await client.get("/v1/projects?limit=1", headers=manager)
    assert [one["id"] for one in listed.json()["items"]] == ["coral-bay"]
    cursor = listed.json()["next_cursor"]
    rest = await client.get("/v1/projects", params={"after": cursor}, headers=manager)
    assert [one["id"] for one in rest.json()["items"]] == ["palm-grove"]


async def test_credentials_go_in_and_never_come_out(
    client: httpx2.AsyncClient, manager: Headers, engine: SqliteStorage
) -> None:
    url = "/v1/projects/palm-grove"
    read = await client.get(url, headers=manager)
    listed = await client.get("/v1/projects", headers=manager)
    written = await client.put(url, json=read.json(), headers=manager)
    for reply in (read, listed, written):
        assert reply.status_code == 200
        assert "invented" not in reply.text
    assert read.json()["destinations"][0]["headers"] == {"Authorization": MASK}
    stored = await engine.get_project("palm-grove")
    assert open_headers(stored) == {"Authorization": "Bearer invented"}


@pytest.mark.parametrize(
    ("change", "status", "code", "fields"),
    [
        ({"id": "other"}, 422, "invalid_body", ["id"]),
        ({"country": "ZZ"}, 422, "invalid_project", ["country"]),
        ({"sites": [{"host": "coralbay.example"}]}, 409, "site_taken", []),
        (
            {"destinations": [{"id": "x", "url": "https://x.example", "headers": {"A": MASK}}]},
            422,
            "invalid_project",
            ["destinations.0.headers.A"],
        ),
    ],
)
async def test_a_wrong_project_is_refused_and_the_old_one_stays(
    client: httpx2.AsyncClient,
    manager: Headers,
    change: dict[str, object],
    status: int,
    code: str,
    fields: list[str],
) -> None:
    url = "/v1/projects/palm-grove"
    before = (await client.get(url, headers=manager)).json()
    reply = await client.put(url, json=PALM | change, headers=manager)
    assert (reply.status_code, reply.json()["code"]) == (status, code)
    assert [fault["field"] for fault in reply.json().get("errors", [])] == fields
    assert (await client.get(url, headers=manager)).json() == before


async def test_a_wrong_host_is_told_at_its_field(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    body = PALM | {"sites": [{"host": "https://palmgrove.example"}]}
    reply = await client.put("/v1/projects/palm-grove", json=body, headers=manager)
    assert reply.status_code == 422
    assert [fault["field"].removeprefix("body.") for fault in reply.json()["errors"]] == [
        "sites.0.host"
    ]


async def test_knowledge_is_not_saved_over_somebody_elses(
    client: httpx2.AsyncClient, manager: Headers
) -> None:
    await client.put("/v1/projects/palm-grove", json=PALM, headers=manager)
    path = "/v1/projects/palm-grove/knowledge"
    read = (await client.get(path, headers=manager)).headers["ETag"]
    body = {"facts": [{"key": "price", "value": "₹1 crore"}], "answers": []}
    as_read = {**manager, "If-Match": read}
    saved = await client.put(path, json=body, headers=as_read)
    assert saved.status_code == 200
    late = await client.put(path, json=body, headers=as_read)
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")
    now = (await client.get(path, headers=manager)).headers["ETag"]
    assert now == saved.headers["ETag"] != read


async def test_knowledge_is_written_and_read(client: httpx2.AsyncClient, manager: Headers) -> None:
    url = "/v1/projects/palm-grove/knowledge"
    body = {
        "facts": [{"key": "price", "value": "₹84 lakh onwards", "as_of": "2026-11-01"}],
        "answers": [{"question": "Parking?", "answer": "Two places for each home."}],
    }
    written = await client.put(url, json=body, headers=manager)
    assert written.status_code == 200
    read = await client.get(url, headers=manager)
    assert read.json() == written.json()
    assert read.json()["facts"][0]["value"] == "₹84 lakh onwards"
    again = await client.put(url, json=read.json(), headers=manager)
    assert again.status_code == 200
    other = await client.get("/v1/projects/coral-bay/knowledge", headers=manager)
    assert other.json()["facts"] == []
    missing = await client.put("/v1/projects/nobody/knowledge", json=body, headers=manager)
    assert missing.json()["code"] == "project_not_found"


ROUTES = [
    ("GET", "/v1/projects/{id}", None),
    ("PUT", "/v1/projects/{id}", "project"),
    ("GET", "/v1/projects/{id}/knowledge", None),
    ("PUT", "/v1/projects/{id}/knowledge", "knowledge"),
]


async def test_another_scope_is_like_nowhere(
    client: httpx2.AsyncClient, manager: Headers, sign_in: SignIn, engine: SqliteStorage
) -> None:
    scoped = await sign_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    for method, path, kind in ROUTES:
        replies = []
        for project_id in ("palm-grove", "nobody"):
            body = {"project": PALM | {"id": project_id}, "knowledge": {}, None: None}[kind]
            url = path.format(id=project_id)
            replies.append(await client.request(method, url, json=body, headers=scoped))
        problems = [reply.json() | {"request_id": ""} for reply in replies]
        assert problems[0] == problems[1]
        assert [reply.status_code for reply in replies] == [404, 404]
        own = {"project": CORAL, "knowledge": {}, None: None}[kind]
        url = path.format(id="coral-bay")
        reply = await client.request(method, url, json=own, headers=scoped)
        assert reply.status_code == 200
    listed = await client.get("/v1/projects", headers=scoped)
    assert [one["id"] for one in listed.json()["items"]] == ["coral-bay"]
    assert (await client.get("/v1/unknown-sites", headers=scoped)).status_code == 403
    assert (await engine.get_project("palm-grove")).name == "Palm Grove"


@pytest.mark.parametrize(
    ("role", "reads", "writes"), [(Role.VIEWER, 200, 403), (Role.SALES, 200, 403), (None, 401, 401)]
)
async def test_reading_needs_a_viewer_and_writing_a_manager(
    client: httpx2.AsyncClient,
    manager: Headers,
    sign_in: SignIn,
    role: Role | None,
    reads: int,
    writes: int,
) -> None:
    headers = {} if role is None else await sign_in(role)
    for path in ("/v1/projects", "/v1/unknown-sites"):
        assert (await client.get(path, headers=headers)).status_code == reads
    for method, path, kind in ROUTES:
        body = {"project": PALM, "knowledge": {}, None: None}[kind]
        url = path.format(id="palm-grove")
        reply = await client.request(method, url, json=body, headers=headers)
        assert reply.status_code == (reads if method == "GET" else writes)


async def test_projects_are_filtered_by_text_group_and_state(
    client: httpx2.AsyncClient, sign_in: SignIn
) -> None:
    headers = await sign_in()
    for body in (PALM, CORAL | {"group": "Bays"}):
        await client.put(f"/v1/projects/{body['id']}", json=body, headers=headers)

    async def find(**query: str) -> list[str]:
        reply = await client.get("/v1/projects", params=query, headers=headers)
        return [project["id"] for project in reply.json()["items"]]

    assert await find(search=" grove") == ["palm-grove"]
    assert await find(group="Bays") == ["coral-bay"]
    assert await find(state="no_destination") == ["coral-bay"]
    assert await find(state="not_live") == ["coral-bay", "palm-grove"]
    assert await find(state="live") == []


async def test_a_project_is_saved_as_it_was_read_or_not_at_all(
    client: httpx2.AsyncClient, sign_in: SignIn
) -> None:
    headers = await sign_in()
    path = "/v1/projects/palm-grove"
    made = await client.put(path, json=PALM, headers=headers)
    assert made.headers["ETag"] == (await client.get(path, headers=headers)).headers["ETag"]
    as_read = headers | {"If-Match": made.headers["ETag"]}
    first = await client.put(path, json=PALM | {"name": "First"}, headers=as_read)
    assert (first.status_code, first.json()["name"]) == (200, "First")
    second = await client.put(path, json=PALM | {"name": "Second"}, headers=as_read)
    assert (second.status_code, second.json()["code"]) == (409, "changed_meanwhile")
    assert (await client.get(path, headers=headers)).json()["name"] == "First"
    anyhow = await client.put(path, json=PALM, headers=headers | {"If-Match": "*"})
    assert anyhow.status_code == 200


async def test_what_widgets_inherit_is_published_by_version(
    client: httpx2.AsyncClient, sign_in: SignIn
) -> None:
    headers, path = await sign_in(), "/v1/widget-settings"
    await client.put("/v1/projects/coral-bay", json=CORAL, headers=headers)
    empty = await client.get(path, headers=headers)
    assert (empty.headers["ETag"], empty.json()["versions"]) == ('"0"', [])
    as_read = headers | {"If-Match": '"0"'}
    first = await client.put(path, json={"accent": "#112233"}, headers=as_read)
    assert (first.status_code, first.headers["ETag"]) == (200, '"1"')
    assert first.json()["versions"][0]["author"] == "test"
    second = await client.put(path, json={"accent": "#445566"}, headers=as_read)
    assert (second.status_code, second.json()["code"]) == (409, "changed_meanwhile")
    shown = await client.get("/v1/widget", params={"host": "coralbay.example"})
    assert shown.json()["projects"][0]["accent"] == "#112233"
    some = await sign_in(scope=Scope(projects=frozenset({"coral-bay"})))
    for method in ("GET", "PUT"):
        reply = await client.request(method, path, headers=some, json={})
        assert reply.status_code == 403
