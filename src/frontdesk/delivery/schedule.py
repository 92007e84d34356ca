"""When a delivery is tried again. Pure: time and chance are arguments."""

from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

# The wait before each try. Together they outlast a receiver that is down for three days.
DELAYS_SECONDS = (0, 5, 300, 1800, 7200, 18_000, 36_000, 50_400, 72_000, 86_400)

# Added, never taken away: the last try must not come before the three days are over.
JITTER = 0.1

MAX_RETRY_AFTER_SECONDS = 86_400


def next_try_at(
    attempts_made: int, at: datetime, *, chance: float, retry_after_seconds: float | None = None
) -> datetime | None:
    """When to try after `attempts_made` tries, the last of which ended at `at`; None: no more.

    `chance` is in [0, 1) and spreads out what failed together. A receiver's Retry-After can make
    the wait longer, up to a day, never shorter.
    """
    if attempts_made >= len(DELAYS_SECONDS):
        return None
    wait_seconds = DELAYS_SECONDS[attempts_made] * (1 + JITTER * chance)
    if retry_after_seconds is not None:
        wait_seconds = max(wait_seconds, min(retry_after_seconds, MAX_RETRY_AFTER_SECONDS))
    return at + timedelta(seconds=wait_seconds)


def read_retry_after(value: str, at: datetime) -> float | None:
    """Retry-After (RFC 9110, 10.2.3: seconds or a date) in seconds from `at`.

    None if unreadable.
    """
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value)
    try:
        until = parsedate_to_datetime(value)
    except ValueError:
        return None
    if until.tzinfo is None:
        return None
    return max(0.0, (until - at).total_seconds())
