"""Everything from one store to another, and whether two stores hold the same."""

import hashlib
from collections.abc import AsyncIterator, Callable
from typing import NamedTuple

from frontdesk.errors import Conflict
from frontdesk.storage.records import KINDS, Record, RecordStorage

PAGE = 100

Tell = Callable[[str, int, int], None]  # the kind, how many of it are done, how many there are


class Content(NamedTuple):
    """What a store has of a kind: SHA-256 over its records in order of id."""

    kind: str
    records: int
    digest: str


class NotSameError(Exception):
    """The two stores differ after copying; `kinds` says where."""

    def __init__(self, kinds: list[str]) -> None:
        super().__init__(", ".join(kinds))
        self.kinds = kinds


async def copy_storage(
    source: RecordStorage, target: RecordStorage, *, overwrite: bool, tell: Tell
) -> list[Content]:
    """Bring to `target` what it lacks, then read both through and compare.

    Started again after it was cut off it goes on: what is there already and the same is left alone.
    Raises Conflict(`target_has_more`) where the target has what the source has not, and
    Conflict(`target_differs`), unless `overwrite`, where something is there with another content;
    in both cases before anything is changed. Raises NotSameError where they differ at the end,
    which says that somebody wrote to one of them meanwhile.
    """
    await _refuse_foreign(source, target, overwrite=overwrite)
    for kind in KINDS:
        await _copy_kind(source, target, kind, tell)
    theirs = [await describe(source, kind, tell) for kind in KINDS]
    ours = [await describe(target, kind, tell) for kind in KINDS]
    different = [mine.kind for mine, other in zip(ours, theirs, strict=True) if mine != other]
    if different:
        raise NotSameError(different)
    return ours


async def describe(storage: RecordStorage, kind: str, tell: Tell) -> Content:
    """Read all of a kind."""
    total = await storage.count_records(kind)
    count, digest = 0, hashlib.sha256()
    async for record in _walk(storage, kind):
        count += 1
        digest.update(record.digest.encode())
        tell(kind, count, max(count, total))
    return Content(kind, count, digest.hexdigest())


async def _refuse_foreign(source: RecordStorage, target: RecordStorage, *, overwrite: bool) -> None:
    for kind in KINDS:
        if not await target.count_records(kind):
            continue
        async for ours, theirs in _pair(source, target, kind):
            if ours is None:
                raise Conflict(
                    "target_has_more",
                    f"The target has {kind} that the source has not. Copy into an empty one.",
                )
            if theirs is not None and ours != theirs and not overwrite:
                raise Conflict(
                    "target_differs",
                    f"The target has some of the same {kind} with another content. If it is an "
                    "older copy of the source, and nobody uses it, add --overwrite.",
                )


async def _copy_kind(source: RecordStorage, target: RecordStorage, kind: str, tell: Tell) -> None:
    total, done = await source.count_records(kind), 0
    missing: list[Record] = []
    async for ours, theirs in _pair(source, target, kind):
        if ours is None:
            continue  # one of those that were just copied
        done += 1
        if ours != theirs:
            missing.append(ours)
        if len(missing) == PAGE:
            await target.import_records(kind, missing)
            missing = []
            tell(kind, done, max(done, total))
    await target.import_records(kind, missing)
    tell(kind, done, max(done, total))


async def _walk(storage: RecordStorage, kind: str) -> AsyncIterator[Record]:
    cursor = None
    while True:
        page = await storage.export_records(kind, after=cursor, limit=PAGE)
        for record in page.items:
            yield record
        cursor = page.next_cursor
        if cursor is None:
            return


async def _pair(
    source: RecordStorage, target: RecordStorage, kind: str
) -> AsyncIterator[tuple[Record | None, Record | None]]:
    """All records of both side by side, None where one has no record of that id."""
    sources, targets = _walk(source, kind), _walk(target, kind)
    ours, theirs = await anext(sources, None), await anext(targets, None)
    while ours is not None or theirs is not None:
        if theirs is None or (ours is not None and ours.id < theirs.id):
            yield ours, None
            ours = await anext(sources, None)
        elif ours is None or theirs.id < ours.id:
            yield None, theirs
            theirs = await anext(targets, None)
        else:
            yield ours, theirs
            ours, theirs = await anext(sources, None), await anext(targets, None)
