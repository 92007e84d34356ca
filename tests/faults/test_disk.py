"""A disk that is full, fails or refuses: an honest 5xx, no false 201, recovery without a restart.

And no 201 without a completed sync before it, by the writer's thread.
"""

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.faults.support.leads import check_nothing_lost, phone_of, send_form
from tests.faults.support.machine import (
    SYNCS,
    fill,
    make_read_only,
    read_calls,
    small_disk,
    strace,
)
from tests.faults.support.place import Place, sqlite_place
from tests.support.crm import ScriptedCrm
from tests.support.server import Server

ATTEMPTS = 6
ANSWER = '"HTTP/1.1 201 '


# The order on the wire and on the disk


def check_order(record: Path, server_pid: int, answers: int) -> None:
    """Raises AssertionError where a 201 went out without a sync since the one before."""
    synced_by: set[int] = set()
    is_synced, answered = False, 0
    for thread, call, ended in read_calls(record):
        if call.startswith(("fsync(", "fdatasync(")) and ended.startswith("0"):
            is_synced = True
            synced_by.add(thread)
        elif ANSWER in call:
            assert is_synced, "a 201 without a completed sync before it"
            is_synced = False
            answered += 1
    assert answered == answers
    assert server_pid not in synced_by, "the event loop waits for no disk"
    assert len(synced_by) == 1, "one thread writes"


async def watch(place: Place, crm: ScriptedCrm, *broken: str) -> None:
    await place.prepare(crm)
    # Without a worker, so that every sync is for a lead.
    with place.server(crm, "--role", "web", *broken) as server:
        calls = f"trace={SYNCS},write,writev,sendto,sendmsg"
        async with httpx2.AsyncClient(timeout=60) as client:
            with strace(server, "-e", calls) as record:
                for number in range(ATTEMPTS):
                    assert (await send_form(client, server, number)).status_code == 201
        check_order(record, server.pid, ATTEMPTS)


async def test_no_201_leaves_before_the_disk_has_it(sqlite: Place, crm: ScriptedCrm) -> None:
    await watch(sqlite, crm)


async def test_the_same_check_catches_a_server_that_acknowledges_too_early(
    sqlite: Place, crm: ScriptedCrm
) -> None:
    with pytest.raises(AssertionError, match="without a completed sync"):
        await watch(sqlite, crm, "--broken", "early")


# Failing while it runs


@contextmanager
def full(server: Server) -> Iterator[None]:
    filler = server.folder / "disk" / "filler"
    fill(filler)
    yield
    filler.unlink()


def failing_sync(server: Server) -> AbstractContextManager[object]:
    return strace(server, "-e", f"trace={SYNCS}", "-e", f"inject={SYNCS}:error=EIO")


def read_only(server: Server) -> AbstractContextManager[object]:
    """What a file system says that the kernel has made read-only after a fault."""
    return strace(
        server, "-e", "trace=pwrite64,ftruncate", "-e", "inject=pwrite64,ftruncate:error=EROFS"
    )


FAULTS: dict[str, Any] = {"full": full, "failing sync": failing_sync, "read-only": read_only}


async def submit(
    client: httpx2.AsyncClient, server: Server, numbers: range, acknowledged: dict[str, str]
) -> list[int]:
    """The statuses; what was acknowledged is noted, and not sent again."""
    statuses = []
    for number in numbers:
        if phone_of(number) in acknowledged:
            continue
        reply = await send_form(client, server, number)
        statuses.append(reply.status_code)
        if reply.is_success:
            acknowledged[phone_of(number)] = reply.json()["id"]
    return statuses


async def survive_disk(folder: Path, crm: ScriptedCrm, fault: str, *broken: str) -> list[int]:
    """The statuses while the disk failed. Raises AssertionError where a 201 was false."""
    acknowledged: dict[str, str] = {}
    with small_disk(folder / "disk") as disk:
        place = sqlite_place(disk)
        await place.prepare(crm)
        server = Place(place.engine, place.url, folder).server(crm, *broken)
        async with httpx2.AsyncClient(timeout=60) as client:
            with server:
                before = await submit(client, server, range(ATTEMPTS), acknowledged)
                with FAULTS[fault](server):
                    # Larger than what is free in pages that are there already.
                    during = await submit(client, server, range(10, 40), acknowledged)
                after = await submit(client, server, range(10, 46), acknowledged)
        await check_nothing_lost(acknowledged, place.make_storage())
    assert set(before) == {201}
    assert set(during) <= {201, 503}, during
    assert set(after) <= {200, 201}, "it works again, by itself"
    return during


@pytest.mark.parametrize("fault", FAULTS)
async def test_a_failing_disk_is_told_and_outlived(
    tmp_path: Path, crm: ScriptedCrm, fault: str
) -> None:
    during = await survive_disk(tmp_path, crm, fault)
    assert during[-1] == 503


async def test_the_same_check_catches_a_server_that_acknowledges_what_it_cannot_store(
    tmp_path: Path, crm: ScriptedCrm
) -> None:
    with pytest.raises(AssertionError, match="what was acknowledged is what is stored"):
        await survive_disk(tmp_path, crm, "failing sync", "--broken", "deaf")


async def test_a_disk_that_is_read_only_at_the_start_is_said_at_the_start(
    tmp_path: Path, crm: ScriptedCrm
) -> None:
    with small_disk(tmp_path / "disk") as disk:
        place = sqlite_place(disk)
        await place.prepare(crm)
        make_read_only(disk)
        server = Place(place.engine, place.url, tmp_path).server(crm)
        with pytest.raises(AssertionError, match=r"(?i)read-only"):
            server.start()
