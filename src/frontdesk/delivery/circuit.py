"""Which destinations are left alone for a while, because they fail one try after the other. Pure.

A dead one would otherwise have every delivery that waits for it tried, each for as long as the
time-out allows. Instead one of them at a time looks whether it is back, less and less often. Each
process knows this for itself and forgets it when it ends.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

# A destination: the ids of its project and of itself.
Key = tuple[str, str]

FAILURES_BEFORE_PAUSE = 5
SHORTEST_PAUSE_SECONDS = 5.0
LONGEST_PAUSE_SECONDS = 300.0


@dataclass(slots=True)
class _Circuit:
    failures: int = 0
    probe_at: datetime | None = None


class Circuits:
    def __init__(self) -> None:
        self._circuits: dict[Key, _Circuit] = {}

    def record_success(self, key: Key) -> None:
        """It answered, if only with a refusal of this lead."""
        self._circuits.pop(key, None)

    def record_failure(
        self, key: Key, at: datetime, *, retry_after_seconds: float | None = None
    ) -> None:
        """A receiver that names a time is left alone at once, one that does not after some more."""
        circuit = self._circuits.setdefault(key, _Circuit())
        circuit.failures += 1
        pause_seconds = retry_after_seconds or 0.0
        doublings = circuit.failures - FAILURES_BEFORE_PAUSE
        if doublings >= 0:
            # 2**10 is past the longest pause; a longer row must not grow into an overflow.
            pause_seconds = max(pause_seconds, SHORTEST_PAUSE_SECONDS * 2 ** min(doublings, 10))
        if pause_seconds:
            circuit.probe_at = at + timedelta(seconds=min(pause_seconds, LONGEST_PAUSE_SECONDS))

    def hold(self, key: Key, until: datetime) -> None:
        """It is paused: look again then, with one delivery."""
        self._circuits.setdefault(key, _Circuit()).probe_at = until

    def is_failing(self, key: Key) -> bool:
        return key in self._circuits

    def list_paused(self, at: datetime, sending: Collection[Key]) -> list[Key]:
        """Those to pass over at `at`: not to be probed yet, or being probed."""
        return [
            key
            for key, circuit in self._circuits.items()
            if circuit.probe_at is not None and (at < circuit.probe_at or key in sending)
        ]

    def find_next_probe_at(self, at: datetime) -> datetime | None:
        """The next time after `at` that one may be probed."""
        times = [c.probe_at for c in self._circuits.values() if c.probe_at and c.probe_at > at]
        return min(times, default=None)
