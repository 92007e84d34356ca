"""Making the file, and bringing its tables up to date by the steps of `schema`."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import apsw
import structlog

from frontdesk.errors import Unavailable
from frontdesk.storage.sqlite.connection import connect
from frontdesk.storage.sqlite.schema import STEPS as STEPS

TELL_EVERY_SECONDS = 5.0
LOOK_EVERY_STEPS = 100_000  # of SQLite's virtual machine: some milliseconds
_log = structlog.get_logger("frontdesk.storage")
APPLICATION_ID = 0x46444553  # "FDES", so that another program's file is never taken for ours


def prepare(path: Path) -> None:
    """Make the file where there is none, and bring its tables up to date.

    Raises Unavailable with a reason for the operator, path included.
    """
    try:
        _create_file(path)
    except OSError as error:
        raise refusal(path, f"it cannot be written ({error.strerror})") from None
    try:
        connection = connect(path)
        try:
            _check_ours(connection, path)
            journal_mode = connection.pragma("journal_mode", "wal")
            if journal_mode != "wal":
                raise refusal(path, "its file system has no write-ahead log for SQLite")
            migrate(connection, path)
        finally:
            connection.close()
    except apsw.Error as error:
        raise refusal(path, explain(error)) from None


def migrate(connection: apsw.Connection, path: Path) -> None:
    """Run the steps that are still missing, all in one transaction. Running it again is no error.

    Raises Unavailable where the file was written by a newer version.
    """
    # IMMEDIATE: of two processes that start together, one migrates and the other waits and looks.
    # One that fails or is refused ends with the connection, which takes it back.
    connection.execute("BEGIN IMMEDIATE")
    done = connection.pragma("user_version")
    if done > len(STEPS):
        raise refusal(path, "a newer version of Frontdesk wrote it; start that one instead")
    for number, step in enumerate(STEPS[done:], start=done + 1):
        with _telling_progress(connection, number) if done else nullcontext():
            connection.execute(step)
        connection.pragma("user_version", number)
    connection.pragma("application_id", APPLICATION_ID)
    connection.execute("COMMIT")


@contextmanager
def _telling_progress(connection: apsw.Connection, number: int) -> Iterator[None]:
    """An index over a million leads takes a minute: whoever waits for the start is told why."""
    began = told = time.monotonic()
    _log.warning("updating the database", step=number, of=len(STEPS))

    def tell() -> bool:
        nonlocal told
        now = time.monotonic()
        if now - told >= TELL_EVERY_SECONDS:
            told = now
            _log.warning("still updating the database", step=number, seconds=round(now - began))
        return False  # go on

    connection.set_progress_handler(tell, LOOK_EVERY_STEPS)
    try:
        yield
    finally:
        connection.set_progress_handler(None)


def _create_file(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # For its owner alone: there are people's phone numbers in it. SQLite's side files copy this.
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))


def is_ours(connection: apsw.Connection) -> bool:
    """Whether Frontdesk made it."""
    return bool(connection.pragma("application_id") == APPLICATION_ID)


def _check_ours(connection: apsw.Connection, path: Path) -> None:
    # In one statement, so that another process that makes the tables now is not between the two.
    application_id, tables = connection.execute(
        "SELECT application_id, (SELECT count(*) FROM sqlite_schema) FROM pragma_application_id"
    ).get
    if tables and application_id != APPLICATION_ID:
        raise refusal(path, "another program made it")


def refusal(path: Path, reason: str) -> Unavailable:
    """Why it cannot be opened, for the operator."""
    return Unavailable("storage_unavailable", f"The database {path} cannot be used: {reason}.")


def explain(error: apsw.Error) -> str:
    """In an operator's words, for what an operator can do something about."""
    match error:
        case apsw.NotADBError():
            return "it is not an SQLite database"
        case apsw.CorruptError():
            return "it is damaged; restore a backup"
        case apsw.BusyError() | apsw.LockedError():
            return "another process has locked it"
        case apsw.FullError():
            return "the disk is full"
        case apsw.ReadOnlyError():
            return "it is read-only"
        case apsw.CantOpenError() | apsw.PermissionsError():
            return "it or its folder cannot be opened for writing"
        case _:
            return f"SQLite reports {type(error).__name__}"
