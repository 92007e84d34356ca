"""Values that were read a short while ago."""

from collections import OrderedDict
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class RecentCache(Generic[K, V]):
    """Keeps up to `max_size` values for `max_age`; the longest unused makes room.

    What `is_kept` says no to is handed on and not kept, so that a flood of misses pushes nothing
    out.
    """

    def __init__(
        self, max_size: int, max_age: timedelta, is_kept: Callable[[V], bool] = lambda _: True
    ) -> None:
        self._max_size = max_size
        self._max_age = max_age
        self._is_kept = is_kept
        self._entries: OrderedDict[K, tuple[datetime, V]] = OrderedDict()
        self._clearings = 0

    async def get(self, key: K, at: datetime, read: Callable[[], Awaitable[V]]) -> V:
        """The value of a key, read anew where it is missing or too old."""
        entry = self._entries.get(key)
        if entry is not None and timedelta(0) <= at - entry[0] < self._max_age:
            self._entries.move_to_end(key)
            return entry[1]
        clearings = self._clearings
        value = await read()
        # Something was saved while this was read: the value may be from before.
        if clearings == self._clearings and self._is_kept(value):
            self._entries[key] = (at, value)
            self._entries.move_to_end(key)
            if len(self._entries) > self._max_size:
                self._entries.popitem(last=False)
        return value

    def clear(self) -> None:
        self._clearings += 1
        self._entries.clear()
