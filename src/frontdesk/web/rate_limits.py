"""Rate limits: the interface, and the one that keeps its counts in memory.

`sharing.py` has the one whose counts several processes share.
"""

from collections import OrderedDict
from datetime import datetime
from typing import NamedTuple, NoReturn, Protocol

from frontdesk.errors import TooMany


class Limit(NamedTuple):
    """`burst` at once, then `per_minute`, for each key; `name` keeps different limits apart."""

    name: str
    per_minute: float
    burst: int


class RateLimiter(Protocol):
    async def take(self, limit: Limit, key: str, at: datetime) -> None:
        """Take one from the key's allowance. Raises TooMany(`rate_limited`) with when to retry."""


def refuse(limit: Limit, tokens: float) -> NoReturn:
    """Raises TooMany(`rate_limited`) where so much, less than one, is left in a key's bucket."""
    retry_after_seconds = (1 - tokens) / limit.per_minute * 60
    raise TooMany(
        "rate_limited", "Too many requests; try again a little later.", retry_after_seconds
    )


class _Bucket(NamedTuple):
    tokens: float
    at: datetime


class MemoryRateLimiter:
    """A token bucket for each key, in this process.

    It holds `max_keys` buckets and forgets the longest unused first, so a flood of addresses costs
    bounded memory; what is forgotten starts full again.
    """

    def __init__(self, max_keys: int = 100_000) -> None:
        self._max_keys = max_keys
        self._buckets: OrderedDict[tuple[str, str], _Bucket] = OrderedDict()

    async def take(self, limit: Limit, key: str, at: datetime) -> None:
        name = (limit.name, key)
        bucket = self._buckets.pop(name, None)
        tokens = float(limit.burst)
        if bucket is not None:
            # A clock that steps back must not take tokens away.
            minutes = max(0.0, (at - bucket.at).total_seconds() / 60)
            tokens = min(tokens, bucket.tokens + minutes * limit.per_minute)
        is_allowed = tokens >= 1
        self._buckets[name] = _Bucket(tokens - 1 if is_allowed else tokens, at)
        if len(self._buckets) > self._max_keys:
            self._buckets.popitem(last=False)
        if not is_allowed:
            refuse(limit, tokens)


class NoRateLimiter:
    """Limits nothing: for measuring on loopback, by the setting `rate_limit`."""

    async def take(self, limit: Limit, key: str, at: datetime) -> None:  # noqa: ARG002
        return
