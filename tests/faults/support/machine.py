"""What the machine allows: watching a process's system calls, failing them, mounting small disks.

Where it does not the test is skipped, and the run's summary says why.
"""

import os
import re
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.server import Server, wait_until

# Whichever of the two this SQLite is built with.
SYNCS = "fsync,fdatasync"


@contextmanager
def strace(server: Server, *arguments: str) -> Iterator[Path]:
    """Every thread of a running server under strace; gives the file with what it did."""
    program = shutil.which("strace")
    if program is None:
        pytest.skip("NOT PROVEN: there is no strace on this machine")
    record, said = server.folder / "strace.txt", server.folder / "strace.err"
    with said.open("wb") as errors:
        process = subprocess.Popen(
            [
                program,
                *("-f", "-tt", "-s", "32", "-o", str(record)),
                *arguments,
                *("-p", str(server.pid)),
            ],
            stderr=errors,
            start_new_session=True,
        )
    try:
        wait_until(
            lambda: process.poll() is not None or said.read_text().count("attached") >= 1,
            "strace to attach",
        )
        if process.poll() is not None:
            pytest.skip(f"NOT PROVEN: strace may not attach: {said.read_text().strip()}")
        yield record
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        process.wait(30)


@contextmanager
def small_disk(folder: Path, size: str = "8m") -> Iterator[Path]:
    """A file system of its own, in memory, with so much room."""
    folder.mkdir()
    mounted = _mount("-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder))
    if mounted.returncode:
        pytest.skip(f"NOT PROVEN: nothing may be mounted here: {mounted.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def make_read_only(folder: Path) -> None:
    made = _mount("-o", "remount,ro", str(folder))
    assert made.returncode == 0, made.stderr


def fill(path: Path) -> None:
    """Write until there is no room left."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT)
    try:
        for size in (65536, 4096, 1):
            try:
                while True:
                    os.write(descriptor, b"\0" * size)
            except OSError:
                continue
    finally:
        os.close(descriptor)


def read_calls(record: Path) -> Iterator[tuple[int, str, str]]:
    """Thread, call and how it ended, in the order of their ends (strace cuts them in two)."""
    begun: dict[int, str] = {}
    for line in record.read_text(errors="replace").splitlines():
        found = re.match(r"(\d+)\s+[\d:.]+ (.*)", line)
        if found is None:
            continue
        thread, said = int(found[1]), found[2]
        if said.endswith("<unfinished ...>"):
            begun[thread] = said.removesuffix("<unfinished ...>")
            continue
        resumed = re.match(r"<\.\.\. \w+ resumed>(.*)", said)
        if resumed is not None:
            said = begun.pop(thread, "") + resumed[1]
        call, _, ended = said.rpartition(" = ")
        yield thread, call, ended


def _mount(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["mount", *arguments], capture_output=True, text=True, check=False)
