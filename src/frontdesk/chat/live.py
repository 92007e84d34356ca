"""A reply while it is being made: written once, followed by as many as ask for it."""

import asyncio
from collections.abc import AsyncIterator
from typing import NamedTuple

from frontdesk.chat.model import Message
from frontdesk.chat.talk import Talk
from frontdesk.errors import FrontdeskError
from frontdesk.leads.model import Interest


class Delta(NamedTuple):
    """The next piece of the reply's text."""

    text: str


class Done(NamedTuple):
    """The reply is whole and stored; what may come next.

    `talk` is what the visitor has said about themselves so far.
    """

    message: Message
    quick_replies: tuple[str, ...]
    form: Interest | None
    talk: Talk | None = None


class Failed(NamedTuple):
    """The reply could not be completed or kept."""

    error: FrontdeskError


class Waiting(NamedTuple):
    """Nothing has happened for a while; keeps the connection open."""


ReplyEvent = Delta | Done | Failed | Waiting


class LiveReply:
    """`accepted` is resolved when the visitor's message is stored, or fails with the reason.

    Its writer goes on when those who follow leave.
    """

    def __init__(self) -> None:
        self.accepted: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._events: list[ReplyEvent] = []
        self._news = asyncio.Event()
        self._ended = False

    def write(self, event: ReplyEvent) -> None:
        self._events.append(event)
        self._ended = isinstance(event, Done | Failed)
        self._news.set()
        self._news = asyncio.Event()

    async def follow(self, idle_seconds: float) -> AsyncIterator[ReplyEvent]:
        """All events from the first on, and Waiting whenever there was none for so long."""
        position = 0
        while True:
            while position < len(self._events):
                yield self._events[position]
                position += 1
            if self._ended:
                return
            try:
                async with asyncio.timeout(idle_seconds):
                    await self._news.wait()
            except TimeoutError:
                yield Waiting()
