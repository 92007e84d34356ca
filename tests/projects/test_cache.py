"""Values that were read a short while ago: never too old, never too many, never from before."""

import asyncio
from datetime import timedelta

from frontdesk.projects.cache import RecentCache
from tests.support.clock import SteppedClock


class Source:
    """Counts how often it is read."""

    def __init__(self) -> None:
        self.reads = 0

    async def __call__(self) -> int:
        self.reads += 1
        return self.reads


async def test_a_value_is_read_once_until_it_is_too_old(clock: SteppedClock) -> None:
    cache: RecentCache[str, int] = RecentCache(10, timedelta(seconds=30))
    source = Source()
    assert await cache.get("a", clock(), source) == 1
    clock.step(seconds=29.999)
    assert await cache.get("a", clock(), source) == 1
    clock.step(milliseconds=1)
    assert await cache.get("a", clock(), source) == 2


async def test_a_clock_that_steps_back_keeps_nothing_alive(clock: SteppedClock) -> None:
    cache: RecentCache[str, int] = RecentCache(10, timedelta(seconds=30))
    source = Source()
    await cache.get("a", clock(), source)
    clock.step(hours=-1)
    assert await cache.get("a", clock(), source) == 2


async def test_the_longest_unused_makes_room(clock: SteppedClock) -> None:
    cache: RecentCache[str, int] = RecentCache(2, timedelta(seconds=30))
    source = Source()
    await cache.get("a", clock(), source)
    await cache.get("b", clock(), source)
    await cache.get("a", clock(), source)
    await cache.get("c", clock(), source)
    assert await cache.get("a", clock(), source) == 1
    assert await cache.get("b", clock(), source) == 4


async def test_what_is_not_kept_pushes_nothing_out(clock: SteppedClock) -> None:
    cache: RecentCache[str, int] = RecentCache(
        1, timedelta(seconds=30), is_kept=lambda value: value == 1
    )
    source = Source()
    await cache.get("known", clock(), source)
    for number in range(5):
        await cache.get(f"unknown-{number}", clock(), source)
    assert await cache.get("known", clock(), source) == 1
    assert await cache.get("unknown-0", clock(), source) == 7


async def test_a_read_that_began_before_a_save_is_not_kept(clock: SteppedClock) -> None:
    cache: RecentCache[str, str] = RecentCache(10, timedelta(seconds=30))
    saved = asyncio.Event()

    async def read_old() -> str:
        await saved.wait()
        return "old"

    async def read_new() -> str:
        return "new"

    reading = asyncio.create_task(cache.get("a", clock(), read_old))
    await asyncio.sleep(0)
    cache.clear()
    saved.set()
    assert await reading == "old"
    assert await cache.get("a", clock(), read_new) == "new"
