"""A disk between SQLite and the real one that counts what is synced and fails on demand."""

from collections.abc import Iterator
from contextlib import contextmanager

import apsw
from typing_extensions import Buffer


class Disk:
    """`fail_reads`, `fail_writes` and `fail_syncs` hold the error to raise; None lets through."""

    def __init__(self) -> None:
        self.syncs = 0
        self.fail_reads: type[apsw.Error] | None = None
        self.fail_writes: type[apsw.Error] | None = None
        self.fail_syncs: type[apsw.Error] | None = None


class _File(apsw.VFSFile):
    def __init__(self, disk: Disk, name: str | apsw.URIFilename | None, flags: list[int]) -> None:
        super().__init__("unix", name, flags)
        self._disk = disk

    def xRead(self, amount: int, offset: int) -> bytes:  # noqa: N802
        if self._disk.fail_reads:
            raise self._disk.fail_reads
        return super().xRead(amount, offset)

    def xWrite(self, data: Buffer, offset: int) -> None:  # noqa: N802  SQLite's name
        if self._disk.fail_writes:
            raise self._disk.fail_writes
        super().xWrite(data, offset)

    def xSync(self, flags: int) -> None:  # noqa: N802
        if self._disk.fail_syncs:
            raise self._disk.fail_syncs
        super().xSync(flags)
        self._disk.syncs += 1


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        super().__init__("disk", "unix", makedefault=True)
        self._disk = disk

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:  # noqa: N802
        return _File(self._disk, name, flags)


@contextmanager
def put_between() -> Iterator[Disk]:
    """Every connection opened meanwhile goes through the Disk."""
    disk = Disk()
    vfs = _Vfs(disk)
    try:
        yield disk
    finally:
        vfs.unregister()
