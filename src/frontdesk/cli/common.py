"""What the commands share."""

import argparse
import asyncio
import sys
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import structlog

from frontdesk.clock import system_clock
from frontdesk.projects.secrets import make_vault
from frontdesk.projects.service import Projects
from frontdesk.settings import Settings
from frontdesk.sharing.choose import open_sharing
from frontdesk.storage.base import Storage
from frontdesk.storage.choose import make_storage

DONE, FAILED, WRONG_USE = 0, 1, 2  # exit codes

if TYPE_CHECKING:  # argparse has no public name for what `add_subparsers` gives
    Commands = argparse._SubParsersAction[argparse.ArgumentParser]
else:
    Commands = object


class CommandError(Exception):
    """Told to whoever typed the command, without a traceback."""


def complain(*lines: str) -> None:
    print(*lines, sep="\n", file=sys.stderr)


Work = Callable[[argparse.Namespace, Settings, Storage], Coroutine[Any, Any, int]]


def with_storage(work: Work) -> Callable[[argparse.Namespace, Settings], int]:
    async def run(options: argparse.Namespace, settings: Settings) -> int:
        async with open_storage(settings) as storage:
            return await work(options, settings, storage)

    return lambda options, settings: asyncio.run(run(options, settings))


@asynccontextmanager
async def open_projects(settings: Settings, storage: Storage) -> AsyncIterator[Projects]:
    """Running processes are told of what is changed here, where there is a way to tell them."""
    async with open_sharing(settings) as others:
        yield Projects(storage, system_clock, settings.environment, make_vault(settings), others)


@asynccontextmanager
async def open_storage(settings: Settings) -> AsyncIterator[Storage]:
    # What a command says goes to standard output, for other programs to read; warnings do not.
    structlog.configure(
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger("warning"),
    )
    storage = make_storage(settings)
    try:
        await storage.open()
        yield storage
    finally:
        await storage.close()
