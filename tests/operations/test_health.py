"""Live, ready and metrics."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from frontdesk.app import create_app
from frontdesk.errors import Unavailable
from frontdesk.operations.health import Readiness
from frontdesk.operations.metrics import Metrics
from frontdesk.settings import ProcessRole
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.support.application import (
    PUBLIC_URL,
    client_of,
    make_production_settings,
    make_settings,
    run_app,
)
from tests.support.clock import SteppedClock

SECRET_REASON = "cannot reach db.internal as admin"


class CountingStorage(SqliteStorage):
    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.checks = 0
        self.fails = False
        self.hangs = False

    async def check(self) -> None:
        self.checks += 1
        if self.fails:
            raise Unavailable("storage_unavailable", SECRET_REASON)
        if self.hangs:
            await asyncio.Event().wait()
        await super().check()


@pytest.fixture
async def counting(tmp_path: Path) -> CountingStorage:
    return CountingStorage(tmp_path / "frontdesk.db")


async def test_ready_really_asks_storage_once_a_second(
    tmp_path: Path, clock: SteppedClock, counting: CountingStorage
) -> None:
    async with run_app(make_settings(tmp_path), clock, counting) as client:
        for _ in range(5):
            assert (await client.get("/health/ready")).json() == {"status": "ready"}
        assert counting.checks == 1
        clock.step(seconds=1)
        await client.get("/health/ready")
        assert counting.checks == 2
        clock.step(hours=-1)
        await client.get("/health/ready")
        assert counting.checks == 3


async def test_failing_storage_is_not_ready_and_says_no_more(
    tmp_path: Path, clock: SteppedClock, counting: CountingStorage
) -> None:
    async with run_app(make_settings(tmp_path), clock, counting) as client:
        counting.fails = True
        reply = await client.get("/health/ready")
        assert (reply.status_code, reply.json()["code"]) == (503, "not_ready")
        assert int(reply.headers["retry-after"]) > 0
        assert "internal" not in reply.text
        assert (await client.get("/health/live")).status_code == 200
        counting.fails = False
        clock.step(seconds=1)
        assert (await client.get("/health/ready")).status_code == 200


async def test_hanging_storage_is_not_ready_in_time(
    clock: SteppedClock, counting: CountingStorage
) -> None:
    counting.hangs = True
    readiness = Readiness(counting, lambda: True, clock, storage_seconds=0.01)
    with pytest.raises(Unavailable) as caught:
        await readiness.check()
    assert caught.value.code == "not_ready"


async def test_a_dead_worker_is_not_ready(storage: Storage, clock: SteppedClock) -> None:
    is_alive = True
    readiness = Readiness(storage, lambda: is_alive, clock)
    await readiness.check()
    is_alive = False
    clock.step(seconds=1)
    with pytest.raises(Unavailable):
        await readiness.check()


async def test_what_each_role_serves(tmp_path: Path, clock: SteppedClock) -> None:
    served = {}
    for role in ProcessRole:
        app = create_app(make_settings(tmp_path), clock=clock, role=role)
        async with app.router.lifespan_context(app), client_of(app) as client:
            paths = ("/health/ready", "/metrics", "/widget.js")
            served[role] = [(await client.get(path)).status_code for path in paths]
    assert served == {
        ProcessRole.ALL: [200, 200, 200],
        ProcessRole.WEB: [200, 200, 200],
        ProcessRole.WORKER: [200, 200, 404],
    }


@pytest.mark.parametrize(
    ("token", "sent", "status"),
    [
        ("", None, 404),
        ("a-metrics-token", None, 404),
        ("a-metrics-token", "Bearer wrong", 404),
        ("a-metrics-token", "Bearer a-metrics-token", 200),
    ],
)
async def test_metrics_in_production_need_the_token(
    tmp_path: Path, clock: SteppedClock, token: str, sent: str | None, status: int
) -> None:
    settings = make_production_settings(tmp_path, metrics_token=token)
    async with run_app(settings, clock) as client:
        client.base_url = httpx2.URL(PUBLIC_URL)
        headers = {} if sent is None else {"Authorization": sent}
        assert (await client.get("/metrics", headers=headers)).status_code == status


async def test_metrics_count_deliveries_by_state(tmp_path: Path, clock: SteppedClock) -> None:
    async with run_app(make_settings(tmp_path), clock) as client:
        text = (await client.get("/metrics")).text
    for state in ("waiting", "delivered", "dead"):
        assert f'frontdesk_deliveries{{state="{state}"}} 0.0\n' in text


def test_what_rooms_count() -> None:
    metrics = Metrics()
    metrics.count_capture("created")
    metrics.count_attempt("retry")
    metrics.count_attempt("retry")
    metrics.count_answer("knowledge")
    text = metrics.render().decode()
    assert 'frontdesk_leads_captured_total{outcome="created"} 1.0\n' in text
    assert 'frontdesk_delivery_attempts_total{outcome="retry"} 2.0\n' in text
    assert 'frontdesk_answers_total{source="knowledge"} 1.0\n' in text
    assert "} 1.0" not in Metrics().render().decode()  # each has its own registry
