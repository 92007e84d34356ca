"""What several processes share: counts of rate limits, and word that settings changed.

Redis never holds the only copy of anything. While it is away each process counts for itself, and
sees what another one saved once what it read is too old (`projects/service.py`).
"""

import asyncio
import hashlib
import secrets
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from redis.asyncio import BlockingConnectionPool, Redis
from redis.asyncio.client import PubSub
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

from frontdesk.web.rate_limits import Limit, MemoryRateLimiter, refuse

CHANGES = "frontdesk:changes"  # the channel; a message is the name of the process that saved
CONNECTIONS = 32
PAUSE = timedelta(seconds=2)  # for which nobody asks a Redis that failed
LISTEN_SECONDS = 10.0

FAULTS = (RedisError, OSError, TimeoutError)

# A token bucket, as in MemoryRateLimiter. Processes' clocks differ a little: the latest counts, or
# the slowest would be given the difference again and again.
_TAKE = """
local burst, per_minute, at = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local tokens = burst
local known = redis.call('HMGET', KEYS[1], 'tokens', 'at_ms')
if known[1] then
  local before = tonumber(known[2])
  at = math.max(at, before)
  tokens = math.min(burst, tonumber(known[1]) + (at - before) / 60000 * per_minute)
end
local taken = tokens >= 1 and 1 or 0
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - taken), 'at_ms', string.format('%.0f', at))
redis.call('PEXPIRE', KEYS[1], math.ceil(burst / per_minute * 60000))
return {taken, tostring(tokens)}
"""

_log = structlog.get_logger("frontdesk.sharing")


class Sharing:
    """A RateLimiter that all processes share, and `tell_others` with its `listen`.

    `secret_key` hides whom a count is of: its key in Redis tells no address. `set_up` is told
    whether Redis answers within `answer_seconds`, each time that changes.
    """

    def __init__(
        self,
        url: str,
        secret_key: str,
        set_up: Callable[[bool], None] = lambda _: None,
        *,
        answer_seconds: float,
        pause: timedelta = PAUSE,
    ) -> None:
        pool = BlockingConnectionPool.from_url(
            url,
            max_connections=CONNECTIONS,
            timeout=answer_seconds,
            socket_timeout=answer_seconds,
            socket_connect_timeout=answer_seconds,
            health_check_interval=LISTEN_SECONDS,
            decode_responses=True,
            # Once more for a connection that Redis has closed meanwhile; then it counts as away.
            retry=Retry(NoBackoff(), 1),
        )
        self._redis = Redis.from_pool(pool)
        self._take = self._redis.register_script(_TAKE)
        self._hidden_by = hashlib.blake2b(secret_key.encode()).digest()
        self._own_limits = MemoryRateLimiter()
        self._set_up = set_up
        self._pause = pause
        self._answer_seconds = answer_seconds
        self._is_up: bool | None = None
        self._failed_at: datetime | None = None
        self._own_name = secrets.token_hex(8)

    async def take(self, limit: Limit, key: str, at: datetime) -> None:
        """Raises TooMany(`rate_limited`) with when to retry."""
        if self._failed_at is not None and timedelta(0) <= at - self._failed_at < self._pause:
            await self._own_limits.take(limit, key, at)
            return
        hidden = hashlib.blake2b(key.encode(), key=self._hidden_by, digest_size=16).hexdigest()
        try:
            async with asyncio.timeout(self._answer_seconds):
                taken, tokens = await self._take(
                    keys=[f"frontdesk:limit:{limit.name}:{hidden}"],
                    args=[limit.burst, limit.per_minute, int(at.timestamp() * 1000)],
                )
        except FAULTS as fault:
            self._failed_at = at
            self._note_down(fault)
            await self._own_limits.take(limit, key, at)
            return
        self._failed_at = None
        self._note_up()
        if not taken:
            refuse(limit, float(tokens))

    async def tell_others(self) -> None:
        """Settings were saved. Where they cannot be told they see it a little later."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                await self._redis.publish(CHANGES, self._own_name)
        except FAULTS as fault:
            self._note_down(fault)
        else:
            self._note_up()

    async def listen(self, forget: Callable[[], None]) -> None:
        """`forget` what was read, each time another process saved; until cancelled.

        And each time that listening begins: what was said before was not heard.
        """
        while True:
            try:
                async with self._redis.pubsub() as channel:
                    await channel.subscribe(CHANGES)
                    await self._hear(channel, forget)
            except FAULTS as fault:
                self._note_down(fault)
            await asyncio.sleep(self._pause.total_seconds())

    async def _hear(self, channel: PubSub, forget: Callable[[], None]) -> None:
        while True:
            message = await channel.get_message(timeout=LISTEN_SECONDS)
            self._note_up()
            if message is not None and message["data"] != self._own_name:
                forget()  # `subscribe` too, which comes after each new connection

    async def find_fault(self) -> str | None:
        """What is wrong with it, for an operator; None where it answers."""
        try:
            async with asyncio.timeout(self._answer_seconds):
                await self._redis.publish(CHANGES, self._own_name)
        except FAULTS as fault:
            return f"does not answer: {type(fault).__name__}"
        return None

    async def close(self) -> None:
        await self._redis.aclose()

    def _note_up(self) -> None:
        if self._is_up is not True:
            self._is_up = True
            self._set_up(True)
            _log.info("redis answers")

    def _note_down(self, fault: Exception) -> None:
        # The fault's own words may have the URL in them.
        if self._is_up is not False:
            self._is_up = False
            self._set_up(False)
            _log.warning("redis does not answer", fault=type(fault).__name__)
