"""Backup, restore and copy, as an operator types them."""

import shutil
import sqlite3
from pathlib import Path

import pytest

from tests.support.server import Server


@pytest.fixture
def shell(tmp_path: Path) -> Server:
    server = Server(tmp_path)
    done = server.run("members", "add", "meera@example.com", "--name", "Meera", "--role", "owner")
    assert done.returncode == 0, done.stderr
    return server


def test_a_backup_is_restored_elsewhere(shell: Server, tmp_path: Path) -> None:
    made = shell.run("backup")
    assert made.returncode == 0, made.stderr
    (backup,) = (tmp_path / "backups").iterdir()
    assert str(backup) in made.stdout
    assert shell.run("backup", "named.db").returncode == 0
    refused = shell.run("restore", str(backup))
    assert refused.returncode == 1
    assert "there already" in refused.stderr
    shell.settings["STORAGE_URL"] = f"sqlite:///{tmp_path}/elsewhere/frontdesk.db"
    restored = shell.run("restore", str(backup))
    assert restored.returncode == 0, restored.stderr
    assert restored.stdout.splitlines()[1:] == made.stdout.splitlines()[1:]
    again = shell.run("members", "add", "meera@example.com", "--name", "M", "--role", "owner")
    assert "already" in again.stderr


def test_copying_tells_that_both_are_the_same(shell: Server, mongo_url: str) -> None:
    here = shell.settings["STORAGE_URL"]
    copied = shell.run("storage", "copy", here, mongo_url)
    assert copied.returncode == 0, copied.stderr
    assert copied.stderr == "", "no bar where there is no terminal"
    lines = copied.stdout.splitlines()
    assert lines[0] == "Both hold the same:"
    checked = shell.run("storage", "check", mongo_url)
    assert checked.returncode == 0, checked.stderr
    assert [line.split() for line in checked.stdout.splitlines()] == [
        line.split() for line in lines[1:]
    ]
    assert checked.stdout == shell.run("storage", "check").stdout


def test_a_copy_that_cannot_be_says_why(shell: Server, tmp_path: Path) -> None:
    here = shell.settings["STORAGE_URL"]
    for source, target, why in (
        (here, here, "the same"),
        ("sqlite:///nowhere.db", here, "There is no nowhere.db"),
        (here, "postgres://db", "must be sqlite:///PATH"),
        (here, "env:NOT_SET", "no environment variable NOT_SET"),
    ):
        refused = shell.run("storage", "copy", source, target)
        assert refused.returncode == 1
        assert why in refused.stderr
        assert "Traceback" not in refused.stderr
    shutil.copy(tmp_path / "frontdesk.db", tmp_path / "older.db")
    with sqlite3.connect(tmp_path / "older.db") as older:
        older.execute("UPDATE members SET document = json_set(document, '$.name', 'M')")
    older.close()
    refused = shell.run("storage", "copy", here, "sqlite:///older.db")
    assert refused.returncode == 1
    assert "--overwrite" in refused.stderr
    done = shell.run("storage", "copy", here, "sqlite:///older.db", "--overwrite")
    assert done.returncode == 0, done.stderr


def test_mongodb_has_tools_of_its_own(shell: Server, mongo_url: str) -> None:
    shell.settings["STORAGE_URL"] = mongo_url
    for command, tool in ((["backup"], "mongodump"), (["restore", "x"], "mongorestore")):
        done = shell.run(*command)
        assert done.returncode == 1
        assert tool in done.stderr
