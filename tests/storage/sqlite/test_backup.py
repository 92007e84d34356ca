"""Backups of a file that is in use, and a file made from one."""

import asyncio
import stat
import threading
from contextlib import AbstractContextManager
from itertools import count
from pathlib import Path

import apsw
import pytest

from frontdesk.errors import Conflict, Unavailable
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite import backup as backups
from frontdesk.storage.sqlite.backup import back_up, restore
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.capturing import capture, phone, stored_deliveries, stored_leads
from tests.contracts.everything import fill_everything, see_all
from tests.storage.sqlite.disk import Disk
from tests.storage.sqlite.test_schema import read, write
from tests.support.samples import make_lead, make_project

numbers = count()


def silent(done: int, total: int) -> None:
    assert 0 <= done <= total


def refused(
    path: Path, saying: str, error: type[Unavailable | Conflict] = Unavailable
) -> AbstractContextManager[object]:
    return pytest.raises(error, match=f"{path}.*{saying}")


async def fill(storage: Storage, count: int) -> list[str]:
    """Ids of so many new leads."""
    tries = [capture(storage, make_lead(phone=phone(next(numbers)))) for _ in range(count)]
    return [one.lead.id for one in await asyncio.gather(*tries)]


def files(folder: Path, pattern: str) -> list[Path]:
    return [*folder.glob(pattern)]


def damage(path: Path, cut: bool = False) -> None:
    """Overwrite a page in the middle of the file, or end it there."""
    content = path.read_bytes()
    middle = len(content) // 2 // 4096 * 4096
    rest = b"" if cut else b"\xff" * 4096 + content[middle + 4096 :]
    path.write_bytes(content[:middle] + rest)


def move(path: Path, to: Path) -> None:
    path.rename(to)


async def open_copy(path: Path) -> SqliteStorage:
    storage = SqliteStorage(path)
    await storage.open()
    return storage


async def test_everything_comes_back(storage: Storage, path: Path, tmp_path: Path) -> None:
    await storage.save_project("coral-bay", make_project("coral-bay"))
    await fill_everything(storage)
    done = back_up(path, tmp_path / "kept" / "one.db", silent)
    assert files(done.path.parent, "*") == [done.path], "one file and nothing beside it"
    assert stat.S_IMODE(done.path.stat().st_mode) == 0o600
    assert done.counts["leads"] == 3
    assert done.bytes == done.path.stat().st_size
    restored = restore(done.path, tmp_path / "new" / "frontdesk.db", silent)
    assert restored.counts == done.counts
    copy = await open_copy(restored.path)
    assert await see_all(copy) == await see_all(storage)
    await copy.check()
    await copy.close()


async def test_a_backup_is_one_moment_while_leads_arrive(
    storage: Storage, path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "STEP_PAGES", 1)
    halfway = threading.Event()
    go_on = threading.Event()

    def stop_halfway(done: int, total: int) -> None:
        if done * 2 > total and not halfway.is_set():
            halfway.set()
            assert go_on.wait(60)

    acknowledged = await fill(storage, 200)
    copying = asyncio.create_task(
        asyncio.to_thread(back_up, path, tmp_path / "one.db", stop_halfway)
    )
    assert await asyncio.to_thread(halfway.wait, 60)
    await fill(storage, 100)  # nobody waits for the backup, and it does not see them
    go_on.set()
    done = await copying
    assert done.counts["leads"] == done.counts["deliveries"] == 200
    copy = await open_copy(done.path)
    assert {lead.id for lead in await stored_leads(copy)} == {*acknowledged}
    assert {one.lead_id for one in await stored_deliveries(copy)} == {*acknowledged}
    await copy.close()


async def test_nothing_is_replaced(storage: Storage, path: Path, tmp_path: Path) -> None:
    kept = tmp_path / "kept.db"
    write(kept, b"yesterday's")
    with refused(kept, "there already", Conflict):
        back_up(path, kept, silent)
    assert read(kept) == b"yesterday's"
    done = back_up(path, tmp_path / "one.db", silent)
    with refused(path, "there already", Conflict):  # and it is in use, too
        restore(done.path, path, silent)
    await storage.check()
    await storage.close()
    # Moved away alone: another process may have it open, or a crash left its log.
    move(path, tmp_path / "away.db")
    log = path.with_name("frontdesk.db-wal")
    write(log, b"somebody's last leads")
    with refused(log, "there already", Conflict):
        restore(done.path, path, silent)
    assert files(tmp_path, "frontdesk.db*") == [log]
    move(log, tmp_path / "away.db-wal")
    restore(done.path, path, silent)


async def test_what_is_no_whole_backup_is_not_restored(
    storage: Storage, path: Path, tmp_path: Path
) -> None:
    await fill(storage, 300)
    new = tmp_path / "new.db"
    with refused(tmp_path / "nowhere.db", "no such file"):
        restore(tmp_path / "nowhere.db", new, silent)
    (tmp_path / "diary.db").write_bytes(b"Dear diary, " * 1000)
    with refused(tmp_path / "diary.db", "not an SQLite database"):
        restore(tmp_path / "diary.db", new, silent)
    songs = apsw.Connection(str(tmp_path / "songs.db"))
    songs.execute("CREATE TABLE songs (title TEXT)")
    songs.close()
    with refused(tmp_path / "songs.db", "not a database of Frontdesk's"):
        restore(tmp_path / "songs.db", new, silent)
    done = back_up(path, tmp_path / "one.db", silent)
    damage(done.path)
    with refused(done.path, "damaged"):
        restore(done.path, new, silent)
    damage(done.path, cut=True)  # while it was carried about
    with refused(done.path, "damaged"):
        restore(done.path, new, silent)
    newer = apsw.Connection(str(path))
    newer.execute("PRAGMA user_version = 99")
    newer.close()
    with refused(path, "newer version"):
        back_up(path, tmp_path / "two.db", silent)
    assert not files(tmp_path, "new.db*")
    assert not files(tmp_path, "*.part*")


async def test_a_damaged_database_makes_no_backup(
    storage: Storage, path: Path, tmp_path: Path
) -> None:
    await fill(storage, 300)
    await storage.close()
    damage(path)
    with pytest.raises(Unavailable, match="damaged"):
        back_up(path, tmp_path / "one.db", silent)
    assert not files(tmp_path, "one.db*")


async def test_a_full_disk_leaves_no_half_a_backup(
    storage: Storage, path: Path, tmp_path: Path, disk: Disk
) -> None:
    disk.fail_writes = apsw.FullError
    with pytest.raises(Unavailable, match="the disk is full"):
        back_up(path, tmp_path / "one.db", silent)
    assert not files(tmp_path, "one.db*")
    disk.fail_writes = None
    back_up(path, tmp_path / "one.db", silent)
