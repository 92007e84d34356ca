"""Moving an installation between engines: the same at the end, whatever happened on the way."""

from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import pytest

from frontdesk.errors import Conflict, Unavailable
from frontdesk.operations.copying import NotSameError, copy_storage
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.records import KINDS, Record
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.capturing import capture, phone, stored_leads
from tests.contracts.everything import fill_everything, see_all
from tests.support.samples import later, make_lead, make_project


class Cut(SqliteStorage):
    """Fails once `left` imports went through; `imported` counts the records."""

    left = 1000
    imported = 0

    async def import_records(self, kind: str, records: Sequence[Record]) -> None:
        if not self.left:
            raise Unavailable("storage_unavailable", "cut off")
        self.left -= 1
        self.imported += len(records)
        await super().import_records(kind, records)


@pytest.fixture
async def mongo(mongo_url: str) -> AsyncIterator[Storage]:
    storage = MongoStorage(mongo_url)
    await storage.open()
    yield storage
    await storage.close()


@pytest.fixture
async def other(tmp_path: Path) -> AsyncIterator[Cut]:
    storage = Cut(tmp_path / "other.db")
    await storage.open()
    yield storage
    await storage.close()


def silent(kind: str, done: int, total: int) -> None:
    assert 0 <= done <= total


async def fill(storage: Storage) -> None:
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id))
    await fill_everything(storage)


async def test_there_and_back_between_the_engines(
    storage: Storage, mongo: Storage, other: Storage
) -> None:
    await fill(storage)
    there = await copy_storage(storage, mongo, overwrite=False, tell=silent)
    assert await see_all(mongo) == await see_all(storage)
    back = await copy_storage(mongo, other, overwrite=False, tell=silent)
    assert await see_all(other) == await see_all(storage)
    assert there == back
    assert [content.kind for content in there] == [*KINDS]
    assert {content.kind: content.records for content in there}["leads"] == 3
    # And it works on: keys, windows and sites are known.
    for copy in (mongo, other):
        (one, *_) = await stored_leads(copy)
        joined = await capture(copy, make_lead(one.project_id, phone=one.phone))
        assert joined.lead.id == one.id


async def test_started_again_it_goes_on_where_it_was(storage: Storage, other: Cut) -> None:
    await fill(storage)
    for number in range(250):
        await capture(storage, make_lead(phone=phone(1000 + number)))
    other.left = 5
    with pytest.raises(Unavailable):
        await copy_storage(storage, other, overwrite=False, tell=silent)
    first = other.imported
    assert 100 <= await other.count_records("leads") < 253
    other.left = 1000
    contents = await copy_storage(storage, other, overwrite=False, tell=silent)
    assert await see_all(other) == await see_all(storage)
    assert first < other.imported == sum(content.records for content in contents)  # none twice


async def test_a_target_with_something_of_its_own_is_left_alone(
    storage: Storage, other: Storage
) -> None:
    await fill(storage)
    await other.save_project("urban-nest", make_project("urban-nest"))
    for overwrite in (False, True):
        with pytest.raises(Conflict) as caught:
            await copy_storage(storage, other, overwrite=overwrite, tell=silent)
        assert caught.value.code == "target_has_more"
    assert await stored_leads(other) == ()


async def test_what_differs_is_replaced_only_when_told(storage: Storage, other: Storage) -> None:
    await fill(storage)
    await copy_storage(storage, other, overwrite=False, tell=silent)
    await capture(storage, make_lead(at=later(hours=5)))
    before = await see_all(other)
    with pytest.raises(Conflict) as caught:
        await copy_storage(storage, other, overwrite=False, tell=silent)
    assert caught.value.code == "target_differs"
    assert await see_all(other) == before
    await copy_storage(storage, other, overwrite=True, tell=silent)
    assert await see_all(other) == await see_all(storage)


async def test_who_writes_meanwhile_is_noticed(storage: Storage, other: Storage) -> None:
    await fill(storage)

    class Busy(Cut):
        async def import_records(self, kind: str, records: Sequence[Record]) -> None:
            await super().import_records(kind, records)
            if kind == "leads":
                await capture(storage, make_lead(at=later(hours=6)))

    busy = Busy(Path(str(other._database._path)))  # type: ignore[attr-defined]
    await busy.open()
    try:
        with pytest.raises(NotSameError) as caught:
            await copy_storage(storage, busy, overwrite=False, tell=silent)
    finally:
        await busy.close()
    assert caught.value.kinds == ["leads"]
