"""Logs: one JSON object a line, on standard output, with the request's id; nothing personal.

Rooms write `structlog.get_logger(...)` with an event in plain words and ids as fields. An exception
is logged by its type and by where it went, never by its message: that may quote a phone number.
"""

import asyncio
import logging
import sys
import time
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache
from traceback import walk_tb

import structlog
from pydantic_core import to_json
from structlog.typing import EventDict, WrappedLogger

from frontdesk.errors import FrontdeskError

MAX_FRAMES = 30
_LEVELS = {"warn": "warning", "exception": "error"}

# The id of the request that is being answered, for every line written on its way.
request_id_in_logs: ContextVar[str] = ContextVar("request_id_in_logs", default="")


def configure_logging(level: str) -> None:
    """`level` is debug, info, warning or error. Standard `logging` comes out in the same form."""
    number = logging.getLevelNamesMapping()[level.upper()]
    shared: list[structlog.typing.Processor] = [
        add_context,
        describe_exception,
    ]
    structlog.configure(
        processors=[*shared, render_json],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=structlog.WriteLoggerFactory(),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                render_json,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(number)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "uvicorn.asgi"):
        library = logging.getLogger(name)
        library.handlers, library.propagate = [], True
        library.setLevel(logging.NOTSET)
    # Its lines hold addresses and whole URLs; `web/edge.py` writes ours.
    logging.getLogger("uvicorn.access").disabled = True
    logging.getLogger("uvicorn.error").addFilter(_is_no_traceback)
    # An outgoing request's URL may hold a credential or an id; bm25s sets itself to debug.
    for name in ("httpx2", "httpcore2", "bm25s"):
        logging.getLogger(name).setLevel(logging.WARNING)


def add_context(_logger: WrappedLogger, method: str, event: EventDict) -> EventDict:
    """The request's id, the level and the time: in one step, because every request writes a line.

    The level is in the words of `logging`, as `structlog.stdlib.add_log_level` has it.
    """
    request_id = request_id_in_logs.get()
    if request_id:
        event["request_id"] = request_id
    event["level"] = _LEVELS.get(method, method)
    seconds, microseconds = divmod(time.time_ns() // 1000, 1_000_000)
    event["at"] = f"{_format_second(seconds)}.{microseconds:06d}Z"
    return event


@lru_cache(maxsize=1)
def _format_second(seconds: int) -> str:
    """Remembered: the many lines of one second share it, and making it is most of a line's cost."""
    return datetime.fromtimestamp(seconds, UTC).isoformat().removesuffix("+00:00")


class RequestLines:
    """The lines of `info("request", …)` at a fifth of their cost: every request has one.

    They go out once in each round of the event loop: writing costs as much as making one.
    """

    def __init__(self) -> None:
        self._is_flush_due = False

    def write(self, method: str, route: str, status: int, seconds: float) -> None:
        """Only within an event loop."""
        if not logging.getLogger().isEnabledFor(logging.INFO):
            return
        line = {
            "method": method,
            "route": route,
            "status": status,
            "milliseconds": round(seconds * 1000, 1),
            "event": "request",
        }
        sys.stdout.write(to_json(add_context(None, "info", line)).decode() + "\n")
        if not self._is_flush_due:
            self._is_flush_due = True
            asyncio.get_running_loop().call_soon(self._flush)

    def _flush(self) -> None:
        self._is_flush_due = False
        sys.stdout.flush()


def render_json(_logger: WrappedLogger, _method: str, event: EventDict) -> str:
    """As structlog's own renderer does, in a fifth of the time: every request writes a line."""
    return to_json(event, fallback=str).decode()


def _is_no_traceback(record: logging.LogRecord) -> bool:
    """Starlette hands uvicorn a failed start as text; `app.py` has logged it in our form."""
    return not record.getMessage().startswith("Traceback")


def describe_exception(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Replace `exc_info` by `error` (types, outermost first) and `frames`, innermost last."""
    info = event.pop("exc_info", None)
    if info is True:
        info = sys.exc_info()
    error = info[1] if isinstance(info, tuple) else info
    if isinstance(error, BaseException):
        event["error"] = _chain(error)
        event["frames"] = [
            f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
            for frame, line in walk_tb(error.__traceback__)
        ][-MAX_FRAMES:]
    return event


def _chain(error: BaseException) -> list[str]:
    chain: list[str] = []
    current: BaseException | None = error
    while current is not None and len(chain) < MAX_FRAMES:
        name = type(current).__qualname__
        # Ours are written without personal data.
        chain.append(f"{name}: {current}" if isinstance(current, FrontdeskError) else name)
        current = current.__cause__ or (
            None if current.__suppress_context__ else current.__context__
        )
    return chain
