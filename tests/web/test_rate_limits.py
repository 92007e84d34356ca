import pytest

from frontdesk.errors import TooMany
from frontdesk.web.rate_limits import Limit, MemoryRateLimiter
from tests.support.clock import SteppedClock

LIMIT = Limit("test", per_minute=60, burst=3)


async def count_allowed(limiter: MemoryRateLimiter, key: str, clock: SteppedClock) -> int:
    allowed = 0
    while True:
        try:
            await limiter.take(LIMIT, key, clock())
        except TooMany:
            return allowed
        allowed += 1


async def test_a_burst_then_the_rate(clock: SteppedClock) -> None:
    limiter = MemoryRateLimiter()
    assert await count_allowed(limiter, "a", clock) == 3
    clock.step(seconds=1)
    assert await count_allowed(limiter, "a", clock) == 1
    clock.step(hours=1)
    assert await count_allowed(limiter, "a", clock) == 3


async def test_it_says_when_to_come_back(clock: SteppedClock) -> None:
    limiter = MemoryRateLimiter()
    await count_allowed(limiter, "a", clock)
    clock.step(milliseconds=400)
    with pytest.raises(TooMany) as caught:
        await limiter.take(LIMIT, "a", clock())
    assert caught.value.code == "rate_limited"
    assert caught.value.retry_after_seconds == pytest.approx(0.6)


async def test_keys_and_limits_are_kept_apart(clock: SteppedClock) -> None:
    limiter = MemoryRateLimiter()
    await count_allowed(limiter, "a", clock)
    await limiter.take(LIMIT, "b", clock())
    await limiter.take(LIMIT._replace(name="other"), "a", clock())


async def test_a_clock_that_steps_back_takes_nothing_away(clock: SteppedClock) -> None:
    limiter = MemoryRateLimiter()
    await limiter.take(LIMIT, "a", clock())
    clock.step(hours=-1)
    assert await count_allowed(limiter, "a", clock) == 2


async def test_memory_is_bounded_and_the_longest_unused_goes_first(clock: SteppedClock) -> None:
    limiter = MemoryRateLimiter(max_keys=2)
    await count_allowed(limiter, "old", clock)
    await count_allowed(limiter, "kept", clock)
    assert await count_allowed(limiter, "old", clock) == 0  # used again: now "kept" is the oldest
    await count_allowed(limiter, "new", clock)
    assert await count_allowed(limiter, "old", clock) == 0
    assert await count_allowed(limiter, "kept", clock) == 3
