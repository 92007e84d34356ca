"""Group commit: what waits shares one fsync, and nobody is told of a commit before it."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw
import pytest
import structlog

from frontdesk.errors import Unavailable
from frontdesk.leads.model import Capture, Lead
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from frontdesk.storage.sqlite.readers import READERS
from frontdesk.storage.sqlite.writer import GROUP_LIMIT
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.storage.sqlite.disk import Disk
from tests.support.samples import later, make_lead, make_project


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another process in the middle of its transaction, so that all acts wait for one moment."""
    other = apsw.Connection(str(path))
    other.execute("BEGIN IMMEDIATE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


def count_commits(connections: list[apsw.Connection]) -> list[int]:
    """A list that gets longer by one with every commit of the connections opened so far."""
    commits: list[int] = []

    def note() -> bool:
        commits.append(1)
        return False  # go on

    for connection in connections:
        connection.set_commit_hook(note)
    return commits


async def start_captures(storage: Storage, count: int) -> list[asyncio.Task[Capture]]:
    leads = [make_lead(phone=phone(number)) for number in range(count)]
    tasks = [asyncio.create_task(capture(storage, lead)) for lead in leads]
    await asyncio.sleep(0)  # each has handed its act in
    return tasks


async def test_acts_that_wait_are_committed_together(
    connections: list[apsw.Connection], storage: Storage, path: Path
) -> None:
    commits = count_commits(connections[1:])
    with locked(path):
        tasks = await start_captures(storage, 200)
        assert not commits
    await asyncio.gather(*tasks)
    # The writer took what was there when it began to wait, and then all the rest.
    assert len(commits) <= 2
    assert len(await stored_leads(storage)) == 200
    # The control: one after the other, each has its own.
    commits.clear()
    for number in range(5):
        await capture(storage, make_lead(phone=phone(1000 + number)))
    assert len(commits) == 5


async def test_a_group_is_bounded(
    connections: list[apsw.Connection], storage: Storage, path: Path
) -> None:
    commits = count_commits(connections[1:])
    with locked(path):
        tasks = await start_captures(storage, 2 * GROUP_LIMIT + 1)
    await asyncio.gather(*tasks)
    assert 3 <= len(commits) <= 4


async def test_readers_do_not_wait_for_the_writer(storage: Storage, path: Path) -> None:
    lead = (await capture(storage, make_lead())).lead
    with locked(path):
        (waiting,) = await start_captures(storage, 1)
        assert await stored_leads(storage) == (lead,)
        assert await storage.get_project("palm-grove") == make_project()
        assert not waiting.done()
    await waiting


async def test_every_acknowledged_act_was_synced_first(disk: Disk, path: Path) -> None:
    storage = SqliteStorage(path)
    await storage.open()
    await storage.save_project("palm-grove", make_project())
    for number in range(5):
        before = disk.syncs
        await capture(storage, make_lead(phone=phone(number)))
        assert disk.syncs > before
    await storage.close()


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ("fail_syncs", apsw.IOError),
        ("fail_writes", apsw.IOError),
        ("fail_writes", apsw.FullError),
        ("fail_writes", apsw.ReadOnlyError),
    ],
    ids=["fsync fails", "write fails", "disk full", "read-only"],
)
async def test_a_failed_commit_acknowledges_nobody_and_heals(
    disk: Disk, path: Path, fault: str, error: type[apsw.Error]
) -> None:
    storage = SqliteStorage(path)
    await storage.open()
    await storage.save_project("palm-grove", make_project())
    kept = (await capture(storage, make_lead(phone=phone(999)))).lead
    setattr(disk, fault, error)
    tasks = await start_captures(storage, 20)
    with structlog.testing.capture_logs() as logs:
        results = await asyncio.gather(*tasks, return_exceptions=True)
    assert {type(result) for result in results} == {Unavailable}
    assert not any(str(path.parent) in str(result) for result in results)
    # The operator learns the kind of fault, and nothing else.
    assert {line["error"] for line in logs} == {error.__name__}
    assert {key for line in logs for key in line} == {"event", "error", "result", "log_level"}
    with pytest.raises(Unavailable):
        await storage.check()
    assert await stored_leads(storage) == (kept,)  # reading goes on
    setattr(disk, fault, None)
    await storage.check()
    await asyncio.gather(*await start_captures(storage, 20))
    await storage.close()
    reopened = SqliteStorage(path)
    await reopened.open()
    assert len(await stored_leads(reopened)) == 21
    assert len(await stored_deliveries(reopened)) == 21
    await reopened.close()


async def test_an_act_that_breaks_harms_only_itself(storage: SqliteStorage) -> None:
    """A fault in the code of an act comes out as it is, and the writer lives on."""

    def broken(connection: apsw.Connection) -> None:
        connection.execute("DELETE FROM project_sites")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await storage._database.write(broken)
    assert await storage.list_projects_for_hosts(["palm-grove.example"]) == [make_project()]
    await storage.check()


async def test_a_lock_held_for_long_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("frontdesk.storage.sqlite.connection.BUSY_MILLISECONDS", 20)
    storage = SqliteStorage(path)
    await storage.open()
    with locked(path):
        with pytest.raises(Unavailable):
            await storage.save_project("palm-grove", make_project())
        with pytest.raises(Unavailable) as caught:
            await SqliteStorage(path).open()
        assert "another process has locked it" in caught.value.detail
    await storage.save_project("palm-grove", make_project())
    await storage.close()


async def test_the_writer_does_not_wait_for_readers(storage: SqliteStorage) -> None:
    """As many as there are hold what they see; in a file without a write-ahead log the commit would
    wait for them, and give up.
    """
    reading, go_on = threading.Barrier(READERS + 1), threading.Event()

    def hold(connection: apsw.Connection) -> int:
        connection.execute("BEGIN")
        before: int = connection.execute("SELECT count(*) FROM leads").get
        reading.wait(30)
        go_on.wait(30)
        after: int = connection.execute("SELECT count(*) FROM leads").get
        connection.execute("COMMIT")
        return after - before

    readers = [asyncio.create_task(storage._database.read(hold)) for _ in range(READERS)]
    await asyncio.to_thread(reading.wait, 30)
    await capture(storage, make_lead())
    assert not any(reader.done() for reader in readers)
    go_on.set()
    assert await asyncio.gather(*readers) == [0] * READERS
    assert len(await stored_leads(storage)) == 1


# Joint acts: forms that wait are captured together, and are no worse for it


async def test_a_hundred_forms_that_wait_cost_a_few_statements(
    statements: list[str], storage: Storage, path: Path
) -> None:
    await start_and_finish(storage, path, [make_lead(phone=phone(0))])
    alone = len(statements)
    statements.clear()
    leads = [make_lead(phone=phone(number)) for number in range(1, 101)]
    captured = await start_and_finish(storage, path, leads)
    assert 0 < len(statements) <= 4 * alone  # in portions of 64, 32, 4; the first may go ahead
    assert [one.lead for one in captured if isinstance(one, Capture)] == leads
    assert set(await stored_leads(storage)) >= set(leads)


async def test_in_one_group_each_gets_what_is_its_own(storage: Storage, path: Path) -> None:
    """A new one, the same person twice, a project that is not there, an id that is taken, and the
    same key with the same form and with another: all at the same moment.
    """
    first, again = make_lead(phone=phone(1)), make_lead(phone=phone(1), at=later(hours=1))
    stray, other = make_lead("nowhere", phone=phone(2)), make_lead(phone=phone(3))
    taken = other.model_copy(update={"phone": phone(4)})
    replayed, mismatched = make_lead(phone=phone(5)), make_lead(phone=phone(6))
    with locked(path):
        tasks = [
            asyncio.create_task(capture(storage, lead, key=key, fingerprint=fingerprint))
            for lead, key, fingerprint in [
                (first, "key-first", "a"),
                (again, "key-again", "b"),
                (stray, "key-stray", "c"),
                (other, "key-other", "d"),
                (taken, "key-taken", "e"),
                (replayed, "key-same", "f"),
                (replayed, "key-same", "f"),
                (mismatched, "key-same", "g"),
            ]
        ]
        await asyncio.sleep(0)
    results = await asyncio.gather(*tasks, return_exceptions=True)
    told = [
        result.outcome.value if isinstance(result, Capture) else getattr(result, "code", result)
        for result in results
    ]
    assert told == [
        "created",
        "merged",
        "project_not_found",
        "created",
        "id_taken",
        "created",
        "replayed",
        "idempotency_mismatch",
    ]
    stored = {lead.id: lead for lead in await stored_leads(storage)}
    assert stored.keys() == {first.id, other.id, replayed.id}
    assert stored[first.id].enquiries == (*first.enquiries, *again.enquiries)
    assert stored[other.id] == other


@pytest.fixture
def statements(connections: list[apsw.Connection], storage: Storage) -> list[str]:
    """What runs on the connections opened so far: the writer's among them."""
    seen: list[str] = []

    def note(_cursor: apsw.Cursor, sql: str, _bindings: object) -> bool:
        seen.append(sql)
        return True

    for connection in connections[1:]:
        connection.set_exec_trace(note)
    return seen


async def start_and_finish(
    storage: Storage, path: Path, leads: list[Lead]
) -> list[Capture | BaseException]:
    """Captured in one group, because another process holds the store until all wait."""
    with locked(path):
        tasks = [asyncio.create_task(capture(storage, lead)) for lead in leads]
        await asyncio.sleep(0)
    return await asyncio.gather(*tasks, return_exceptions=True)
