"""Opening: the tables are brought up to date, and what is not ours or not whole is refused."""

import asyncio
import stat
from pathlib import Path

import apsw
import pytest

from frontdesk.errors import Unavailable
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite import migrations
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.capturing import capture, stored_leads
from tests.support.samples import make_lead, make_project


async def refusal(path: Path) -> str:
    with pytest.raises(Unavailable) as caught:
        await SqliteStorage(path).open()
    assert caught.value.code == "storage_unavailable"
    assert str(path) in caught.value.detail
    return caught.value.detail


def run(path: Path, sql: str) -> object:
    connection = apsw.Connection(str(path))
    try:
        return connection.execute(sql).get
    finally:
        connection.close()


def read(path: Path) -> bytes:
    return path.read_bytes()


def list_files(folder: Path) -> list[Path]:
    return [*folder.iterdir()]


def write(path: Path, content: bytes) -> None:
    path.write_bytes(content)


async def test_the_settings_of_each_connection_are_in_force(
    connections: list[apsw.Connection], storage: Storage
) -> None:
    await asyncio.gather(*(storage.get_project("palm-grove") for _ in range(9)))
    _opening, *in_use = connections
    assert sorted({connection.readonly("main") for connection in in_use}) == [False, True]
    for connection in in_use:
        assert connection.pragma("journal_mode") == "wal"
        assert connection.pragma("synchronous") == 2  # FULL
        assert connection.pragma("foreign_keys") == 1
        assert connection.pragma("trusted_schema") == 0
        assert connection.pragma("busy_timeout") == 5000
    assert sum(not connection.readonly("main") for connection in in_use) == 1


async def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "frontdesk.db"
    storage = SqliteStorage(path)
    await storage.open()
    await storage.check()
    files = [*path.parent.iterdir()]
    assert {file.name for file in files} >= {"frontdesk.db", "frontdesk.db-wal"}
    assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    await storage.close()


async def test_a_clean_stop_leaves_one_file(storage: Storage, path: Path, tmp_path: Path) -> None:
    """The log is gone, so that the file alone may be moved, and its presence tells of a crash."""
    await asyncio.gather(*(capture(storage, make_lead()) for _ in range(5)))
    await asyncio.gather(*(stored_leads(storage) for _ in range(5)))
    await storage.close()
    assert list_files(tmp_path) == [path]


async def test_many_that_open_a_new_file_at_once_agree(path: Path) -> None:
    storages = [SqliteStorage(path) for _ in range(8)]
    await asyncio.gather(*(storage.open() for storage in storages))
    await asyncio.gather(*(storage.check() for storage in storages))
    await asyncio.gather(*(storage.close() for storage in storages))
    assert run(path, "PRAGMA user_version") == len(migrations.STEPS)


async def test_a_newer_schema_is_refused_and_left_alone(storage: Storage, path: Path) -> None:
    await storage.close()
    run(path, "PRAGMA user_version = 999")
    assert "newer version" in await refusal(path)
    assert run(path, "PRAGMA user_version") == 999


async def test_a_new_step_runs_once_over_the_data(
    storage: Storage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lead = (await capture(storage, make_lead())).lead
    await storage.close()
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, "CREATE TABLE added (id TEXT)"))
    for _ in range(2):
        reopened = SqliteStorage(path)
        await reopened.open()
        assert await stored_leads(reopened) == (lead,)
        await reopened.close()
    assert run(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'added'") == 1
    assert run(path, "PRAGMA user_version") == len(migrations.STEPS)


async def test_a_step_that_fails_leaves_nothing_behind(
    storage: Storage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await storage.close()
    before = len(migrations.STEPS)
    with monkeypatch.context() as changed:
        changed.setattr(
            migrations,
            "STEPS",
            (*migrations.STEPS, "CREATE TABLE added (id TEXT)", "UPDATE nowhere"),
        )
        await refusal(path)
    assert run(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'added'") == 0
    assert run(path, "PRAGMA user_version") == before
    reopened = SqliteStorage(path)
    await reopened.open()
    assert await reopened.get_project("palm-grove") == make_project()
    await reopened.close()


async def test_another_programs_database_is_refused_and_left_alone(path: Path) -> None:
    run(path, "CREATE TABLE songs (title TEXT)")
    assert "another program" in await refusal(path)
    assert run(path, "SELECT group_concat(name) FROM sqlite_schema") == "songs"
    assert run(path, "PRAGMA journal_mode") == "delete"


async def test_what_is_no_database_is_refused_and_left_alone(path: Path) -> None:
    write(path, b"Dear diary, " * 1000)
    assert "not an SQLite database" in await refusal(path)
    assert read(path) == b"Dear diary, " * 1000


async def test_a_damaged_file_is_refused(storage: Storage, path: Path) -> None:
    await storage.close()
    content = read(path)
    write(path, content[:100] + b"\xff" * 1900 + content[2000:])
    assert "damaged" in await refusal(path)


async def test_a_folder_that_cannot_be_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert "cannot be written" in await refusal(tmp_path / "file" / "frontdesk.db")
    assert "cannot be written" in await refusal(tmp_path)
