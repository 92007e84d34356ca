"""Two processes' worth of services over one Redis, which is killed and started again."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
import redis
from structlog.testing import capture_logs

from frontdesk.errors import TooMany
from frontdesk.operations.checks import check_all
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.sharing.redis import Sharing
from frontdesk.storage.base import Storage
from frontdesk.storage.choose import make_storage
from frontdesk.web.rate_limits import Limit
from tests.support.application import make_settings, run_app
from tests.support.clock import SteppedClock
from tests.support.redis import RedisServer
from tests.support.samples import VAULT, make_project

KEY = "a secret of at least thirty-two characters"
LIMIT = Limit("test", per_minute=60, burst=6)
PAUSE = timedelta(milliseconds=50)
PATIENCE_SECONDS = 30.0


@pytest.fixture
def redis_server(tmp_path: Path) -> Iterator[RedisServer]:
    with RedisServer(tmp_path) as server:
        yield server


@asynccontextmanager
async def connect(server: RedisServer) -> AsyncIterator[Sharing]:
    sharing = Sharing(server.url, KEY, answer_seconds=PATIENCE_SECONDS, pause=PAUSE)
    try:
        yield sharing
    finally:
        await sharing.close()


@asynccontextmanager
async def listening(sharing: Sharing, forget: Callable[[], None]) -> AsyncIterator[None]:
    task = asyncio.create_task(sharing.listen(forget))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def count_allowed(take: Callable[[], Awaitable[None]]) -> int:
    allowed = 0
    while True:
        try:
            await take()
        except TooMany:
            return allowed
        allowed += 1


async def test_processes_count_together(redis_server: RedisServer, clock: SteppedClock) -> None:
    async with connect(redis_server) as one, connect(redis_server) as other:
        for _ in range(2):
            await one.take(LIMIT, "a", clock())
        assert await count_allowed(lambda: other.take(LIMIT, "a", clock())) == 4
        assert await count_allowed(lambda: one.take(LIMIT, "a", clock())) == 0
        assert await count_allowed(lambda: one.take(LIMIT, "b", clock())) == 6
        clock.step(seconds=2)
        assert await count_allowed(lambda: one.take(LIMIT, "a", clock())) == 2
        clock.step(milliseconds=400)
        with pytest.raises(TooMany) as caught:
            await other.take(LIMIT, "a", clock())
    assert caught.value.code == "rate_limited"
    assert caught.value.retry_after_seconds == pytest.approx(0.6)


async def test_fifty_at_once_get_no_more_than_the_burst(
    redis_server: RedisServer, clock: SteppedClock
) -> None:
    async with connect(redis_server) as one, connect(redis_server) as other:
        takes = [each.take(LIMIT, "a", clock()) for each in (one, other) for _ in range(25)]
        results = await asyncio.gather(*takes, return_exceptions=True)
    assert sum(result is None for result in results) == LIMIT.burst


async def test_a_clock_that_is_behind_earns_nothing(
    redis_server: RedisServer, clock: SteppedClock
) -> None:
    async with connect(redis_server) as one, connect(redis_server) as behind:
        late = clock() - timedelta(seconds=5)
        assert await count_allowed(lambda: one.take(LIMIT, "a", clock())) == 6
        assert await count_allowed(lambda: behind.take(LIMIT, "a", late)) == 0
        assert await count_allowed(lambda: one.take(LIMIT, "a", clock())) == 0


async def test_redis_is_told_no_address_and_keeps_nothing_for_long(
    redis_server: RedisServer, clock: SteppedClock
) -> None:
    async with connect(redis_server) as one:
        await one.take(LIMIT, "203.0.113.7", clock())
    with redis.Redis.from_url(redis_server.url) as client:
        keys = client.keys()
        assert len(keys) == 1
        assert b"203" not in keys[0]
        assert 0 < client.pttl(keys[0]) <= LIMIT.burst / LIMIT.per_minute * 60_000


async def test_without_redis_each_counts_for_itself_until_it_is_back(
    redis_server: RedisServer, clock: SteppedClock
) -> None:
    async with connect(redis_server) as one, connect(redis_server) as other:
        assert await count_allowed(lambda: one.take(LIMIT, "a", clock())) == 6
        redis_server.kill()
        with capture_logs() as logs:
            for each in (one, other):
                take = partial(each.take, LIMIT, "a", clock())
                assert await count_allowed(take) == 6
        assert [line["event"] for line in logs] == ["redis does not answer"] * 2, "once each"
        assert str(redis_server.port) not in str(logs)

        redis_server.start()
        clock.at += PAUSE
        assert await count_allowed(lambda: one.take(LIMIT, "b", clock())) == 6
        assert await count_allowed(lambda: other.take(LIMIT, "b", clock())) == 0


async def test_what_one_saves_the_other_has_at_once(
    redis_server: RedisServer, storage: Storage, clock: SteppedClock
) -> None:
    """Its clock stands still, so nothing it read grows old; Redis is away for the second change."""
    heard = asyncio.Condition()
    counted = 0

    async def hear() -> None:
        nonlocal counted
        async with heard:
            counted += 1
            heard.notify_all()

    async def wait_for(count: int) -> None:
        async with asyncio.timeout(PATIENCE_SECONDS), heard:
            await heard.wait_for(lambda: counted >= count)

    async with connect(redis_server) as one, connect(redis_server) as other:
        here = Projects(storage, clock, Environment.PRODUCTION, VAULT, one)
        there = Projects(storage, clock, Environment.PRODUCTION, VAULT, other)
        waiting: set[asyncio.Task[None]] = set()

        def forget() -> None:
            there.forget()
            waiting.add(asyncio.create_task(hear()))

        palm = await here.save(make_project("palm-grove"))
        async with listening(other, forget):
            await wait_for(1)  # it listens
            assert (await there.get("palm-grove")).name == palm.name
            await here.save(palm.model_copy(update={"name": "Palm Court"}))
            await wait_for(2)
            assert (await there.get("palm-grove")).name == "Palm Court"

            redis_server.kill()
            await here.save(palm.model_copy(update={"name": "Palm Gardens"}))
            assert (await here.get("palm-grove")).name == "Palm Gardens"
            assert (await there.get("palm-grove")).name == "Palm Court", "nobody could tell it"
            before = counted
            redis_server.start()
            await wait_for(before + 1)
            assert (await there.get("palm-grove")).name == "Palm Gardens"


async def test_the_application_starts_and_works_without_its_redis(
    redis_server: RedisServer, tmp_path: Path, clock: SteppedClock
) -> None:
    redis_server.kill()
    settings = make_settings(tmp_path, redis_url=redis_server.url)
    async with run_app(settings, clock) as client:
        assert (await client.get("/health/ready")).status_code == 200
        assert (await client.get("/v1/widget?host=nobody.example")).status_code == 404
        assert "frontdesk_redis_up 0.0" in (await client.get("/metrics")).text
        redis_server.start()
        async with asyncio.timeout(PATIENCE_SECONDS):
            while "frontdesk_redis_up 1.0" not in (await client.get("/metrics")).text:
                clock.step(seconds=3)
                await client.get("/v1/widget?host=nobody.example")
    async with run_app(make_settings(tmp_path), clock) as client:
        assert "frontdesk_redis_up" not in (await client.get("/metrics")).text


async def test_check_says_whether_it_answers(redis_server: RedisServer, tmp_path: Path) -> None:
    settings = make_settings(tmp_path, redis_url=redis_server.url)

    async def find() -> tuple[bool, str]:
        findings = [each async for each in check_all(settings, make_storage(settings))]
        return next((each.is_ok, each.says) for each in findings if each.subject == "redis")

    assert await find() == (True, "answers")
    redis_server.kill()
    assert await find() == (False, "does not answer: ConnectionError")
