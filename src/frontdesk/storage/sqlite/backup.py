"""A copy of the file while it is in use, and a file put in its place from one.

SQLite's own backup inside one read transaction: the copy is the state of one moment, nobody waits
for it, and the number of rows in it can be held against that same moment.
"""

import os
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from frontdesk.errors import Conflict, Unavailable
from frontdesk.storage.sqlite.connection import connect
from frontdesk.storage.sqlite.migrations import explain, is_ours
from frontdesk.storage.sqlite.schema import STEPS

STEP_PAGES = 2000

Tell = Callable[[int, int], None]  # pages done, pages in all
Counts = dict[str, int]  # rows by table


class BackedUp(NamedTuple):
    path: Path
    bytes: int
    counts: Counts


def back_up(database: Path, backup: Path, tell: Tell) -> BackedUp:
    """Copy the database to the file `backup`, which appears once it is whole and was checked.

    Raises Conflict(`file_exists`), and Unavailable with a reason for the operator.
    """
    if not database.exists():
        raise _unavailable(database, "there is no such file")
    return _copy(database, backup, tell)


def restore(backup: Path, database: Path, tell: Tell) -> BackedUp:
    """Put the backup where the database is to be. Never over one that is there.

    Raises Conflict(`file_exists`), also for a log that a database left or has open, and Unavailable
    where the backup is not whole.
    """
    if not backup.exists():
        raise _unavailable(backup, "there is no such file")
    _refuse_existing(*(database.with_name(database.name + end) for end in ("-wal", "-shm")))
    with _opened(backup) as connection:
        _check_whole(connection, backup)
    return _copy(backup, database, tell)


def _copy(source: Path, target: Path, tell: Tell) -> BackedUp:
    _refuse_existing(target)
    part = target.with_name(f"{target.name}.part-{os.getpid()}")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        try:
            counts = _copy_pages(source, part, tell)
            with _opened(part) as connection:
                _check_whole(connection, part)
                if _count_rows(connection) != counts:
                    raise _unavailable(part, "the copy has other rows than its source")
            _sync(part)
            os.link(part, target)  # unlike a rename this never replaces a file
        finally:
            part.unlink()
        _sync(target.parent)
    except FileExistsError:
        raise _exists(target) from None
    except OSError as error:
        raise _unavailable(target, f"it cannot be written ({error.strerror})") from None
    return BackedUp(target, target.stat().st_size, counts)


def _copy_pages(source: Path, part: Path, tell: Tell) -> Counts:
    with _opened(source) as reading:
        reading.execute("BEGIN")  # the moment that is copied and counted
        try:
            counts = _count_rows(reading)
        except apsw.Error as error:
            raise _unavailable(source, explain(error)) from None
        try:
            with closing(apsw.Connection(str(part))) as writing:
                # Synced once at the end; a copy that was cut off is thrown away.
                writing.pragma("synchronous", "off")
                with writing.backup("main", reading, "main") as backup:
                    while not backup.done:
                        backup.step(STEP_PAGES)
                        tell(backup.page_count - backup.remaining, backup.page_count)
                writing.pragma("journal_mode", "delete")  # one file, without a log beside it
        except apsw.Error as error:
            raise _unavailable(part, explain(error)) from None
    return counts


class _opened:  # noqa: N801  used as a function
    """A read-only connection to a database of ours. Raises Unavailable."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __enter__(self) -> apsw.Connection:
        try:
            self._connection = connect(self._path, readonly=True)
            version = self._connection.pragma("user_version")
            ours = is_ours(self._connection)
        except apsw.Error as error:
            raise _unavailable(self._path, explain(error)) from None
        if not ours:
            self._connection.close()
            raise _unavailable(self._path, "it is not a database of Frontdesk's")
        if version > len(STEPS):
            self._connection.close()
            raise _unavailable(self._path, "a newer version of Frontdesk wrote it")
        return self._connection

    def __exit__(self, *_error: object) -> None:
        self._connection.close()


def _check_whole(connection: apsw.Connection, path: Path) -> None:
    """Every page, every index against its table, every reference. Raises Unavailable."""
    try:
        is_whole = connection.pragma("integrity_check") == "ok"
        has_references = connection.execute("PRAGMA foreign_key_check").get is None
    except apsw.Error as error:
        raise _unavailable(path, explain(error)) from None
    if not (is_whole and has_references):
        raise _unavailable(path, "it is damaged")


def _count_rows(connection: apsw.Connection) -> Counts:
    tables: list[Any] = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " ORDER BY name"
    ).fetchall()
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').get  # noqa: S608  a table's name
        for (name,) in tables
    }


def _refuse_existing(*paths: Path) -> None:
    for path in paths:
        if path.exists():
            raise _exists(path)


def _exists(path: Path) -> Conflict:
    return Conflict("file_exists", f"{path} is there already, and nothing was changed.")


def _unavailable(path: Path, reason: str) -> Unavailable:
    return Unavailable("storage_unavailable", f"{path} cannot be used: {reason}.")


def _sync(path: Path) -> None:
    """A file's content, or a folder's names, onto the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
