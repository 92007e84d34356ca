"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

from frontdesk.clock import as_instant

START = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


class SteppedClock:
    """Call it for the time; `step` moves it on."""

    def __init__(self, start: datetime = START) -> None:
        self.at = as_instant(start)

    def __call__(self) -> datetime:
        return self.at

    def step(self, **delta: float) -> datetime:
        self.at = as_instant(self.at + timedelta(**delta))
        return self.at
