"""Reading the file through after an unclean stop, beside the work.

A process that is killed leaves the log behind; a clean stop moves it into the file. SQLite itself
mends what a kill leaves. What it cannot mend, because the machine or the disk went down with it and
lied about what was written, shows in the pages: `quick_check` looks at every one (not at each index
against its table, which takes as long again and is done for every backup).

That takes a second for some hundred megabytes, so nobody waits for it. Damage makes the store say
that it is not well (`Database.check`, and with it `/health/ready`), loudly and at every start; what
can still be read and written is: a lead turned away is lost for certain.
"""

import threading
from contextlib import suppress
from pathlib import Path

import apsw
import structlog

from frontdesk.errors import Unavailable
from frontdesk.storage.sqlite.connection import connect, disconnect

_log = structlog.get_logger("frontdesk.storage")


class Integrity:
    """The check that a file needs, until one has gone through.

    That it needs one is kept in a file beside it: a command that opens and closes the database in
    between leaves no log.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._log_path = path.with_name(f"{path.name}-wal")
        self._mark = path.with_name(f"{path.name}-unchecked")
        self._connection: apsw.Connection | None = None
        self._thread: threading.Thread | None = None
        self._is_stopping = False
        self._is_damaged = False

    def note_unclean_stop(self) -> None:
        """Look, before anybody opens the file. Raises OSError."""
        if self._log_path.exists() and self._log_path.stat().st_size:
            self._mark.touch(mode=0o600)

    def start(self) -> None:
        self._is_stopping = self._is_damaged = False
        if self._mark.exists():
            self._thread = threading.Thread(target=self._run, name="sqlite-check", daemon=True)
            self._thread.start()

    def stop(self) -> None:
        """End it, wherever it is; what was not looked at is looked at after the next start."""
        self._is_stopping = True
        connection = self._connection
        if connection is not None:
            with suppress(apsw.ConnectionClosedError):
                connection.interrupt()
        self.wait()

    def wait(self) -> None:
        """Until it has ended."""
        thread, self._thread = self._thread, None
        if thread is not None:
            thread.join()

    def require_whole(self) -> None:
        """Raises Unavailable(`storage_damaged`) where damage was found."""
        if self._is_damaged:
            raise Unavailable("storage_damaged", "The database is damaged; restore a backup.")

    def _run(self) -> None:
        try:
            self._connection = connect(self._path, readonly=True)
            if self._is_stopping:
                return
            found = self._connection.execute("PRAGMA quick_check(1)").get
        except apsw.CorruptError:
            found = "a page that cannot be read"
        except apsw.Error as error:  # stopped, or the disk does not answer: the next start looks
            if not self._is_stopping:
                _log.warning("the database cannot be checked now", error=type(error).__name__)
            return
        finally:
            if self._connection is not None:
                disconnect(self._connection)
        if found == "ok":
            self._mark.unlink(missing_ok=True)
            _log.info("the database is whole after an unclean stop")
        else:
            self._is_damaged = True
            _log.error("the database is damaged; restore a backup", path=str(self._path))
