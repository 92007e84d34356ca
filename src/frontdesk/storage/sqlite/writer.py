"""The one writer: acts that wait are committed together, so that one fsync serves them all."""

import asyncio
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

import apsw

from frontdesk.errors import FrontdeskError
from frontdesk.storage.rules import closed, unavailable, unstorable_text
from frontdesk.storage.sqlite.connection import connect, disconnect, report, translate

T = TypeVar("T")
Item = TypeVar("Item")
Act = Callable[[apsw.Connection], T]
Together = Callable[[apsw.Connection, Sequence[Item]], Sequence[T | FrontdeskError]]

GROUP_LIMIT = 256


@dataclass(frozen=True, slots=True)
class JointAct(Generic[Item, T]):
    """An act that is done at once for all in a group that have the same `together`.

    It gives a result, or an error of ours, for each item in their order; what it raises itself is
    no one's in particular, and then each is done alone. Worth it for what many callers do at the
    same time: a group costs a handful of statements, and for each of them the interpreter's lock
    changes hands with a busy event loop.
    """

    together: Together[Item, T]
    item: Item

    def __call__(self, connection: apsw.Connection) -> T:
        (result,) = self.together(connection, [self.item])
        if isinstance(result, FrontdeskError):
            raise result
        return result


@dataclass(slots=True)
class _Submission:
    act: Act[Any]
    future: asyncio.Future[Any]
    result: Any = None
    error: Exception | None = None


_Attempt = Callable[[apsw.Connection, list[_Submission]], None]


class _HalfDone(Exception):
    """An act failed and had changed something already, or many did together."""


class _GroupLost(Exception):
    """The transaction that held the whole group is gone."""


class Writer:
    """A thread with a connection of its own; `write` hands it an act and waits for the commit.

    It belongs to the event loop that starts it.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._queue: SimpleQueue[_Submission | None] = SimpleQueue()
        self._gathered: list[_Submission] = []
        self._connection: apsw.Connection | None = None
        self._thread: threading.Thread | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    @property
    def is_running(self) -> bool:
        return self._thread is not None

    def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def stop(self) -> None:
        """Finish what was handed in, then end the thread."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._hand_in()
            self._queue.put(None)
            await asyncio.to_thread(thread.join)

    async def write(self, act: Act[T]) -> T:
        """Run the act in a transaction; its result comes back once it is on the disk.

        Raises what the act raised, of the driver's errors only their translation; Unavailable where
        the commit failed. Either way the act is not to be seen in the store.
        """
        if self._thread is None or self._loop is None:
            raise closed()
        future: asyncio.Future[T] = self._loop.create_future()
        if not self._gathered:
            self._loop.call_soon(self._hand_in)
        self._gathered.append(_Submission(act, future))
        return await future

    def _hand_in(self) -> None:
        """Hand the thread what the loop's last round brought, all at once.

        One by one the first would wake the thread, which takes Python's lock as soon as the loop
        lets go of it for a moment, and commits that one alone while the others are on their way.
        """
        gathered, self._gathered = self._gathered, []
        for submission in gathered:
            self._queue.put(submission)

    def _run(self) -> None:
        while group := self._take_group():
            self._commit(group)
            self._resolve(group)
        if self._connection is None:
            self._tidy()
        self._drop_connection()

    def _tidy(self) -> None:
        """Be the last to leave, where nothing was written: readers may not remove the log."""
        with suppress(apsw.Error):
            self._connection = connect(self._path)
            self._connection.pragma("user_version")

    def _take_group(self) -> list[_Submission]:
        """All that wait, at least one; empty at the end."""
        first = self._queue.get()
        if first is None:
            return []
        group = [first]
        while len(group) < GROUP_LIMIT:
            try:
                submission = self._queue.get_nowait()
            except Empty:
                break
            if submission is None:
                self._queue.put(None)  # the end, for the next round
                break
            group.append(submission)
        return group

    def _commit(self, group: list[_Submission]) -> None:
        try:
            if self._connection is None:
                self._connection = connect(self._path)
            try:
                self._run_group(self._connection, group, _attempt_group)
            except _HalfDone:
                self._connection.execute("ROLLBACK")
                self._run_group(self._connection, group, _attempt_each_apart)
        except Exception as error:  # noqa: BLE001  whatever it was, this thread goes on
            report(error.__cause__ or error)
            self._roll_back()
            for submission in group:
                submission.result, submission.error = None, unavailable()

    def _run_group(
        self, connection: apsw.Connection, group: list[_Submission], attempt: _Attempt
    ) -> None:
        # IMMEDIATE: other processes may write too, and an act must see what it is based on.
        connection.execute("BEGIN IMMEDIATE")
        attempt(connection, group)
        connection.execute("COMMIT")

    def _roll_back(self) -> None:
        """Be ready for the next group, on the same connection if it can be.

        The connection knows where the log ended before the failed commit and writes over it. A new
        one would read the log again, and find a commit in it of which only the sync had failed.
        """
        connection = self._connection
        if connection is not None and connection.in_transaction:
            try:
                connection.execute("ROLLBACK")
            except apsw.Error:
                self._drop_connection()

    def _drop_connection(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            disconnect(connection)

    def _resolve(self, group: list[_Submission]) -> None:
        assert self._loop is not None
        with suppress(RuntimeError):  # the loop has ended: nobody waits any more
            self._loop.call_soon_threadsafe(_hand_over, group)


def _attempt_group(connection: apsw.Connection, group: list[_Submission]) -> None:
    """Run all acts, joint ones together. Who is in a group waits at the same time as the others,
    so that they may be done in any order.
    """
    joint: dict[Together[Any, Any], list[_Submission]] = {}
    for submission in group:
        if isinstance(submission.act, JointAct):
            joint.setdefault(submission.act.together, []).append(submission)
        else:
            _attempt(connection, submission)
    for together, submissions in joint.items():
        _attempt_together(connection, together, submissions)


def _attempt_together(
    connection: apsw.Connection, together: Together[Any, Any], submissions: list[_Submission]
) -> None:
    """Raises _HalfDone where it fails: whose fault it was shows when each is done alone."""
    items = [submission.act.item for submission in submissions]  # type: ignore[attr-defined]
    try:
        results = together(connection, items)
    except Exception as error:  # noqa: BLE001  it belongs to a caller, not to this thread
        _require_transaction(connection, error)
        raise _HalfDone from None
    for submission, result in zip(submissions, results, strict=True):
        if isinstance(result, FrontdeskError):
            submission.error = result
        else:
            submission.result, submission.error = result, None


def _attempt_each_apart(connection: apsw.Connection, group: list[_Submission]) -> None:
    for submission in group:
        _attempt_apart(connection, submission)


def _attempt(connection: apsw.Connection, submission: _Submission) -> None:
    """Run one act. Nearly every act that fails does so before it changed anything.

    Raises _HalfDone where it did not; then the group is run again, each act in a savepoint, which
    costs every act two statements.
    """
    before = connection.total_changes()
    submission.error = None
    try:
        submission.result = submission.act(connection)
    except Exception as error:  # noqa: BLE001  it belongs to the caller, not to this thread
        _require_transaction(connection, error)
        if connection.total_changes() != before:
            raise _HalfDone from None
        submission.error = _own(error)


def _attempt_apart(connection: apsw.Connection, submission: _Submission) -> None:
    """Run one act in a savepoint, so that its failure takes nothing but itself back."""
    connection.execute("SAVEPOINT act")
    submission.error = None
    try:
        submission.result = submission.act(connection)
    except Exception as error:  # noqa: BLE001  it belongs to the caller, not to this thread
        _require_transaction(connection, error)
        connection.execute("ROLLBACK TO act")
        submission.error = _own(error)
    connection.execute("RELEASE act")


def _require_transaction(connection: apsw.Connection, error: Exception) -> None:
    """A full disk or an I/O error may have ended the transaction behind our back."""
    if not connection.in_transaction:
        raise _GroupLost from error


def _own(error: Exception) -> Exception:
    if isinstance(error, apsw.Error):
        return translate(error)
    if isinstance(error, UnicodeEncodeError):
        return unstorable_text()
    return error


def _hand_over(group: list[_Submission]) -> None:
    for submission in group:
        if submission.future.done():  # the caller was cancelled; the act stands
            continue
        if submission.error is None:
            submission.future.set_result(submission.result)
        else:
            submission.future.set_exception(submission.error)
