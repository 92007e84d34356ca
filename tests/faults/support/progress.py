"""How far something long has come."""

import sys
import time
from collections.abc import Callable

EVERY_SECONDS = 30.0


def say_nothing(_progress: str) -> None:
    """For what takes seconds."""


def say_now_and_then(name: str) -> Callable[[str], None]:
    """Prints to stderr, at most twice a minute; what is said in between is left out."""
    said_at = time.monotonic()

    def say(progress: str) -> None:
        nonlocal said_at
        if time.monotonic() - said_at >= EVERY_SECONDS:
            said_at = time.monotonic()
            print(f"{name}: {progress}", file=sys.stderr, flush=True)

    return say
