"""After an unclean stop the file is read through, without anybody waiting for it."""

import asyncio
import shutil
from pathlib import Path

import apsw
import pytest
import structlog

from frontdesk.errors import Unavailable
from frontdesk.leads.model import CaptureOutcome
from frontdesk.storage.base import Storage
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.capturing import capture, phone, stored_leads
from tests.storage.sqlite.test_backup import damage, fill
from tests.storage.sqlite.test_schema import list_files
from tests.support.samples import make_lead


@pytest.fixture
async def crashed(storage: Storage, path: Path, tmp_path: Path) -> Path:
    """The file and its log as a kill leaves them: copied while somebody writes.

    200 leads are in the file itself, 20 in the log alone.
    """
    await fill(storage, 200)
    checkpoint(path)
    await fill(storage, 20)
    image = tmp_path / "image" / "frontdesk.db"
    copy(path, image)
    return image


def checkpoint(path: Path) -> None:
    connection = apsw.Connection(str(path))
    connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_RESTART)
    connection.close()


def copy(path: Path, to: Path) -> None:
    to.parent.mkdir()
    for end in ("", "-wal"):
        shutil.copyfile(f"{path}{end}", f"{to}{end}")


async def open_and_wait(path: Path) -> SqliteStorage:
    storage = SqliteStorage(path)
    await storage.open()
    await asyncio.to_thread(storage._database._integrity.wait)
    return storage


async def test_a_whole_file_is_checked_once(crashed: Path) -> None:
    with structlog.testing.capture_logs() as logs:
        storage = await open_and_wait(crashed)
        await storage.check()
        assert len(await stored_leads(storage)) == 220
        await storage.close()
        await (await open_and_wait(crashed)).close()  # stopped cleanly: nothing to look at
    assert [line["event"] for line in logs] == ["the database is whole after an unclean stop"]
    assert list_files(crashed.parent) == [crashed]


async def test_damage_is_told_at_every_start_and_leads_are_taken_all_the_same(
    crashed: Path,
) -> None:
    damage(crashed)
    for number in range(2):
        with structlog.testing.capture_logs() as logs:
            storage = await open_and_wait(crashed)
        assert [(line["event"], line["log_level"]) for line in logs] == [
            ("the database is damaged; restore a backup", "error")
        ]
        with pytest.raises(Unavailable) as caught:
            await storage.check()
        assert caught.value.code == "storage_damaged"
        captured = await capture(storage, make_lead(phone=phone(5000 + number)))
        assert captured.outcome is CaptureOutcome.CREATED
        await storage.close()


async def test_a_check_that_was_cut_off_is_made_up_for(
    crashed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also by a command that only opens and closes the file, and takes the log with it."""
    monkeypatch.setattr("frontdesk.storage.sqlite.integrity.connect", interrupted)
    storage = SqliteStorage(crashed)
    await storage.open()
    await storage.close()
    assert {file.name for file in list_files(crashed.parent)} == {
        "frontdesk.db",
        "frontdesk.db-unchecked",
    }
    monkeypatch.undo()
    with structlog.testing.capture_logs() as logs:
        await (await open_and_wait(crashed)).close()
    assert len(logs) == 1
    assert list_files(crashed.parent) == [crashed]


def interrupted(path: Path, *, readonly: bool) -> apsw.Connection:
    raise apsw.InterruptError
