"""What is made from a project's knowledge, kept until the knowledge changes."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date, datetime
from threading import Lock
from typing import Generic, TypeVar

from frontdesk.projects.model import Knowledge

Made = TypeVar("Made")


class KnowledgeCache(Generic[Made]):
    """The `size` projects used last. Knowledge is told apart by when it was saved and, because
    answers run out, by the day it is `usable` on. Any thread may ask."""

    def __init__(self, size: int = 256) -> None:
        self._size = size
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[tuple[datetime, date], Made]] = OrderedDict()

    def get(
        self, project_id: str, knowledge: Knowledge, today: date, make: Callable[[], Made]
    ) -> Made:
        revision = (knowledge.updated_at, today)
        known = self._kept.get(project_id)
        if known is None or known[0] != revision:
            known = (revision, make())
        with self._lock:
            self._kept[project_id] = known
            self._kept.move_to_end(project_id)
            if len(self._kept) > self._size:
                self._kept.popitem(last=False)
        return known[1]
