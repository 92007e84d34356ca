"""`POST /v1/events` takes what the tag tells; `/v1/analytics` adds it up."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.analytics.api import PER_ADDRESS
from frontdesk.analytics.model import EventKind
from frontdesk.analytics.service import make_funnel
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import make_settings, run_app
from tests.support.clock import START, SteppedClock
from tests.support.samples import make_project

ORIGIN = "https://palm-grove.example"


@pytest.fixture
def storage(tmp_path: Path) -> Storage:
    return SqliteStorage(tmp_path / "frontdesk.db")


@pytest.fixture
async def client(
    tmp_path: Path, clock: SteppedClock, storage: Storage
) -> AsyncIterator[httpx2.AsyncClient]:
    async with run_app(make_settings(tmp_path, event_days=2), clock, storage) as client:
        for project_id in ("palm-grove", "coral-bay"):
            await storage.save_project(project_id, make_project(project_id))
        yield client


def make_batch(*kinds: str, project: str = "palm-grove", first: int = 0) -> dict[str, Any]:
    events = [{"id": f"event-{first + n:03}", "kind": kind} for n, kind in enumerate(kinds)]
    return {"project": project, "path": "/plans", "version": "v1", "events": events}


async def tell(
    client: httpx2.AsyncClient, batch: object, origin: str = ORIGIN, media_type: str = "text/plain"
) -> httpx2.Response:
    headers = {"origin": origin, "content-type": f"{media_type};charset=UTF-8"}
    return await client.post("/v1/events", content=json.dumps(batch), headers=headers)


async def read(
    client: httpx2.AsyncClient,
    storage: Storage,
    clock: SteppedClock,
    path: str = "/v1/analytics",
    scope: Scope = EVERY_PROJECT,
) -> httpx2.Response:
    made = await Accounts(storage, clock, 12).create_api_key("reader", Role.VIEWER, scope=scope)
    return await client.get(path, headers={"authorization": f"Bearer {made.secret}"})


async def test_a_beacon_is_taken_and_counted(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    batch = make_batch("loaded", "seen", "opened", "asked", "answered", "sent", "closed")
    batch["events"][4]["milliseconds"] = 640
    reply = await tell(client, batch)
    assert reply.status_code == 202
    assert reply.headers["access-control-allow-origin"] == ORIGIN
    assert (await tell(client, batch, media_type="application/json")).status_code == 202

    report = (await read(client, storage, clock)).json()
    assert report["whole"]["counts"] == dict.fromkeys(EventKind, 0) | {
        told["kind"]: 1 for told in batch["events"]
    }
    assert report["whole"]["answered_after_milliseconds"] == 640
    assert [(step["kind"], step["share"]) for step in report["funnel"]] == [
        ("loaded", None),
        ("seen", 1),
        ("opened", 1),
        ("asked", 1),
        ("sent", 1),
    ]
    (day,), (project,) = report["days"], report["projects"]
    assert (day["day"], project["project_id"]) == ("2026-11-23", "palm-grove")


async def test_a_sighting_says_where_the_tag_is_live(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await tell(client, make_batch("loaded"))
    clock.step(seconds=30)
    await tell(client, make_batch("opened", first=1))  # within the minute: not written again
    sites = (await read(client, storage, clock, "/v1/analytics/sites")).json()["items"]
    assert sites == [
        {
            "project_id": "palm-grove",
            "host": "palm-grove.example",
            "path_prefix": "/",
            "page": f"{ORIGIN}/plans",
            "version": "v1",
            "last_event": "loaded",
            "first_seen_at": "2026-11-23T09:00:00.000Z",
            "last_seen_at": "2026-11-23T09:00:00.000Z",
        }
    ]
    clock.step(seconds=31)
    await tell(client, make_batch("sent", first=2))
    (site,) = (await read(client, storage, clock, "/v1/analytics/sites")).json()["items"]
    assert (site["last_event"], site["last_seen_at"]) == ("sent", "2026-11-23T09:01:01.000Z")


async def test_an_event_counts_on_the_day_it_was_where_the_project_is(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    """Half past midnight in Mumbai; an hour ago it was yesterday there."""
    clock.step(hours=10)
    batch = make_batch("loaded", "opened")
    batch["events"][0]["milliseconds_ago"] = 3_600_000
    await tell(client, batch)
    report = (await read(client, storage, clock, "/v1/analytics?until=2026-11-24")).json()
    counted = [
        (day["day"], day["counts"]["loaded"], day["counts"]["opened"]) for day in report["days"]
    ]
    assert counted == [("2026-11-23", 1, 0), ("2026-11-24", 0, 1)]


@pytest.mark.parametrize(
    ("origin", "change", "expected"),
    [
        ("https://coral-bay.example", {}, (403, "origin_not_allowed")),
        ("null", {}, (403, "origin_not_allowed")),
        (ORIGIN, {"project": "nowhere"}, (404, "project_not_found")),
        (ORIGIN, {"path": "/plans?name=Asha"}, (422, "invalid_body")),
        (ORIGIN, {"visitor": "1"}, (422, "invalid_body")),
        (ORIGIN, {"events": []}, (422, "invalid_body")),
        (ORIGIN, {"events": [{"id": "event-001", "kind": "phoned"}]}, (422, "invalid_body")),
        (
            ORIGIN,
            {"events": [{"id": "event-001", "kind": "sent", "text": "hi"}]},
            (422, "invalid_body"),
        ),
        (
            ORIGIN,
            {"events": [{"id": f"event-{n}", "kind": "seen"} for n in range(51)]},
            (422, "invalid_body"),
        ),
    ],
)
async def test_what_is_no_batch_of_this_page_is_refused(
    client: httpx2.AsyncClient,
    storage: Storage,
    clock: SteppedClock,
    origin: str,
    change: dict[str, Any],
    expected: tuple[int, str],
) -> None:
    reply = await tell(client, make_batch("loaded") | change, origin)
    assert (reply.status_code, reply.json()["code"]) == expected
    assert (await read(client, storage, clock)).json()["projects"] == []


async def test_a_flood_from_one_address_is_refused(client: httpx2.AsyncClient) -> None:
    replies = [await tell(client, {}) for _ in range(PER_ADDRESS.burst + 1)]
    assert [reply.status_code for reply in replies[-2:]] == [422, 429]


async def test_a_caller_sees_the_projects_of_their_scope(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await tell(client, make_batch("loaded"))
    other = Scope(projects=frozenset({"coral-bay"}))
    for path in ("/v1/analytics", "/v1/analytics?project=palm-grove"):
        report = (await read(client, storage, clock, path, other)).json()
        assert (report["days"], report["projects"]) == ([], [])
    sites = await read(client, storage, clock, "/v1/analytics/sites?project=palm-grove", other)
    assert sites.json()["items"] == []
    assert (await client.get("/v1/analytics")).status_code == 401


async def test_a_range_has_an_end(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    for query in ("since=2026-11-24&until=2026-11-23", "since=2020-01-01&until=2026-01-01"):
        reply = await read(client, storage, clock, f"/v1/analytics?{query}")
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid_range")
    earliest = await read(client, storage, clock, "/v1/analytics?until=0001-01-05")
    assert earliest.status_code == 200


async def test_old_events_go_and_their_counts_stay(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await tell(client, make_batch("loaded"))
    clock.step(days=4)
    await tell(client, make_batch("opened", first=1))
    gone = await storage.delete_events(START.date() + timedelta(days=1), 10)
    assert gone == 0, "the second batch took the old event along"
    report = (await read(client, storage, clock)).json()
    assert report["whole"]["counts"]["loaded"] == 1


async def test_more_old_events_than_go_at_once_go_with_the_next_batches(
    client: httpx2.AsyncClient,
    storage: Storage,
    clock: SteppedClock,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("frontdesk.analytics.service.CLEARED_AT_ONCE", 2)
    await tell(client, make_batch("loaded", "seen", "opened"))
    clock.step(days=4)
    for number in (10, 20):
        await tell(client, make_batch("opened", first=number))
    assert await storage.delete_events(START.date() + timedelta(days=1), 10) == 0


def test_a_step_without_visitors_has_no_share_after_it() -> None:
    counts = dict.fromkeys(EventKind, 0) | {EventKind.LOADED: 4, EventKind.SEEN: 2}
    assert [step.share for step in make_funnel(counts)] == [None, 0.5, 0, None, None]
