"""Rate limits: the interface, and the one that keeps its counts in memory."""

from datetime import datetime
from typing import NamedTuple, Protocol


class Limit(NamedTuple):
    """`burst` at once, then `per_minute`, for each key; `name` keeps different limits apart."""

    name: str
    per_minute: float
    burst: int


class RateLimiter(Protocol):
    async def take(self, limit: Limit, key: str, at: datetime) -> None:
        """Take one from the key's allowance. Raises TooMany(`rate_limited`) with when to retry."""
