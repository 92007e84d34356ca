"""The base of all plain data: frozen, closed, the same in memory, in storage and in the API."""

import hashlib
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import datetime
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from frontdesk.errors import project_not_found


class Model(BaseModel):
    """A value. It is never changed, only replaced (`model_copy(update=…)`)."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Tagged(Model):
    """A value with a tag, by which a change says what it was made from."""

    @property
    def etag(self) -> str:
        """A strong entity tag (RFC 9110, 8.8.3) of the value as it is stored."""
        return f'"{hashlib.sha256(self.model_dump_json().encode()).hexdigest()[:32]}"'


def new_id(kind: str, at: datetime) -> str:
    """`lead_0193…`: the time in milliseconds, then 80 random bits, so ids sort by birth."""
    return f"{kind}_{int(at.timestamp() * 1000):012x}{_random_hex()}"


# Made in advance: each time that the system is asked for some, Python's lock is let go of, and
# a thread that waits for it (the one that writes leads) takes it.
_RANDOM: list[str] = []


def _random_hex() -> str:
    """80 bits."""
    try:
        return _RANDOM.pop()
    except IndexError:
        text = secrets.token_hex(10 * 500)
        _RANDOM.extend(text[start : start + 20] for start in range(20, len(text), 20))
        return text[:20]


T = TypeVar("T")


class Page(Model, Generic[T]):
    """One page of a list; `next_cursor` is opaque, and None on the last page."""

    items: tuple[T, ...]
    next_cursor: str | None = None


class Scope(Model):
    """The projects a caller may see: a set of ids, or every project where `projects` is None."""

    projects: frozenset[str] | None = None

    def allows(self, project_id: str) -> bool:
        return self.projects is None or project_id in self.projects

    def require(self, project_id: str) -> None:
        """Raises NotFound(`project_not_found`): another's project is like one that is nowhere."""
        if not self.allows(project_id):
            raise project_not_found()

    def within(self, project_id: str) -> "Scope":
        """One project of these, or none where it is not among them."""
        return Scope(projects=frozenset({project_id} if self.allows(project_id) else ()))


EVERY_PROJECT = Scope()


class Period(Model):
    """From `since` on, up to `before` and not at it; None is open."""

    since: datetime | None = None
    before: datetime | None = None


ALWAYS = Period()


Item = TypeVar("Item")


async def walk(read: Callable[[str | None], Awaitable[Page[Item]]]) -> AsyncIterator[Item]:
    """Everything of a list that comes by the page; `read` is asked with each cursor."""
    after = None
    while True:
        page = await read(after)
        for item in page.items:
            yield item
        after = page.next_cursor
        if after is None:
            return
