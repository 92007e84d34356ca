"""Connections to the file, and what the driver's errors mean to everybody else."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw
import structlog

from frontdesk.errors import FrontdeskError
from frontdesk.storage.rules import id_taken, too_big, unavailable, unstorable_text

_log = structlog.get_logger("frontdesk.storage")

BUSY_MILLISECONDS = 5000
WAL_LIMIT_BYTES = 64 * 1024 * 1024

_TAKEN = {apsw.SQLITE_CONSTRAINT_PRIMARYKEY, apsw.SQLITE_CONSTRAINT_UNIQUE}


def connect(path: Path, *, readonly: bool = False) -> apsw.Connection:
    """A connection to a file that is there. Raises apsw.Error."""
    access = apsw.SQLITE_OPEN_READONLY if readonly else apsw.SQLITE_OPEN_READWRITE
    connection = apsw.Connection(str(path), flags=access)
    connection.set_busy_timeout(BUSY_MILLISECONDS)
    # FULL syncs the log at every commit, so "returned" means "survives a power cut". fullfsync asks
    # macOS for the same, whose plain fsync leaves the data in the drive's cache.
    connection.execute(
        f"""
        PRAGMA synchronous = FULL;
        PRAGMA fullfsync = ON;
        PRAGMA foreign_keys = ON;
        PRAGMA trusted_schema = OFF;
        PRAGMA temp_store = MEMORY;
        PRAGMA journal_size_limit = {WAL_LIMIT_BYTES};
        """
    )
    return connection


def disconnect(connection: apsw.Connection) -> None:
    """Let go, whatever state it is in; what was not committed is gone.

    The last to leave moves the log into the file. Where the disk refuses that, the log stays, and
    whoever opens the file next reads it.
    """
    with suppress(apsw.Error):
        connection.close()


def translate(error: apsw.Error) -> FrontdeskError:
    """A driver's error as the project's own. Its text stays inside: it may quote data."""
    if getattr(error, "extendedresult", None) in _TAKEN:
        return id_taken()
    if isinstance(error, apsw.TooBigError):
        return too_big()
    report(error)
    return unavailable()


def report(error: BaseException) -> None:
    """Leave the driver's reason in the log: its kind and SQLite's result code, never its text."""
    _log.error(
        "the store does not work",
        error=type(error).__name__,
        result=getattr(error, "extendedresult", None),
    )


@contextmanager
def own_errors() -> Iterator[None]:
    """Let only the project's own errors out."""
    try:
        yield
    except apsw.Error as error:
        raise translate(error) from None
    except UnicodeEncodeError:
        raise unstorable_text() from None
