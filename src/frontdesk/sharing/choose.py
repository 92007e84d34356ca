"""Whether this process shares anything with others."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from frontdesk.secret_key import read_secret_key
from frontdesk.settings import Settings

if TYPE_CHECKING:
    from frontdesk.sharing.redis import Sharing

ANSWER_SECONDS = 0.5  # a visitor waits for it
COMMAND_SECONDS = 5.0  # an operator does


def make_sharing(
    settings: Settings,
    set_up: Callable[[bool], None] = lambda _: None,
    answer_seconds: float = ANSWER_SECONDS,
) -> "Sharing | None":
    """Through the Redis of the settings, if they name one."""
    if not settings.redis_url:
        return None
    # Imported here: its client takes 5 MB that a single process has no use for.
    from frontdesk.sharing.redis import Sharing

    return Sharing(
        settings.redis_url, read_secret_key(settings), set_up, answer_seconds=answer_seconds
    )


@asynccontextmanager
async def open_sharing(settings: Settings) -> "AsyncIterator[Sharing | None]":
    """For a command: closed when it has done its work."""
    sharing = make_sharing(settings, answer_seconds=COMMAND_SECONDS)
    try:
        yield sharing
    finally:
        if sharing is not None:
            await sharing.close()
