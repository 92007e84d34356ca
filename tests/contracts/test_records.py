"""Everything as records: nothing is left out, and bringing it in twice changes nothing."""

import ast
from pathlib import Path

import pytest

from frontdesk.errors import Conflict
from frontdesk.leads.model import CaptureOutcome
from frontdesk.storage import mongo
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.records import RECORD_KINDS as MONGO_KINDS
from frontdesk.storage.records import KINDS, Record
from frontdesk.storage.sqlite.records import RECORD_KINDS as SQLITE_KINDS
from frontdesk.storage.sqlite.schema import STEPS
from tests.contracts.capturing import capture, stored_leads
from tests.contracts.everything import fill_everything, see_all
from tests.support.samples import later, make_lead, make_project

# Hold nothing that anybody would miss: what events add up to is copied.
ENGINES_OWN = {"health", "kept_replies", "turns", "schema", "removals", "events"}


async def export(storage: Storage) -> dict[str, list[Record]]:
    return {kind: [*(await storage.export_records(kind, limit=1000)).items] for kind in KINDS}


async def import_all(storage: Storage, records: dict[str, list[Record]]) -> None:
    for kind in KINDS:
        await storage.import_records(kind, records[kind])


async def test_importing_what_is_there_changes_nothing(storage: Storage) -> None:
    await fill_everything(storage)
    before, seen = await export(storage), await see_all(storage)
    assert all(before.values()), "the sample has to have one of each kind"
    for kind in KINDS:
        assert await storage.count_records(kind) == len(before[kind])
    for _ in range(2):
        await import_all(storage, before)
        assert await export(storage) == before
        assert await see_all(storage) == seen
    # What is kept beside the documents is right too: each of these would fail or double.
    replayed = await capture(storage, make_lead(), key="form-2")
    assert replayed.outcome is CaptureOutcome.REPLAYED
    joined = await capture(storage, make_lead(at=later(hours=2)))
    assert joined.outcome is CaptureOutcome.MERGED
    alone = await capture(storage, make_lead(at=later(days=90)), merge_since=later(days=80))
    assert alone.outcome is CaptureOutcome.CREATED
    await storage.save_project("palm-grove", make_project())


async def test_what_is_imported_takes_the_place_of_what_was_there(storage: Storage) -> None:
    await fill_everything(storage)
    before = await export(storage)
    await capture(storage, make_lead(at=later(hours=3)), key="form-3")
    await storage.save_project("palm-grove", make_project(hosts=("other.example",)))
    assert await export(storage) != before
    await import_all(storage, before)
    assert await export(storage) == before
    assert (await capture(storage, make_lead(), key="form-3")).outcome is CaptureOutcome.MERGED
    await storage.save_project("heir", make_project("heir", hosts=("other.example",)))


async def test_a_site_of_another_project_is_not_taken_over(storage: Storage) -> None:
    (coral, palm) = (await storage.export_records("projects")).items
    stolen = coral.model_copy(
        update={
            "content": {**palm.content, "document": {**palm.content["document"], "id": "coral-bay"}}
        }
    )
    with pytest.raises(Conflict) as caught:
        await storage.import_records("projects", [stolen])
    assert caught.value.code == "site_taken"
    assert [*(await storage.export_records("projects")).items] == [coral, palm]


async def test_records_of_an_earlier_version_stay_as_they_are(storage: Storage) -> None:
    """A copy is compared with its source: filled-in defaults would make the two differ."""
    await capture(storage, make_lead())
    (record,) = (await storage.export_records("leads")).items
    content = record.model_copy(deep=True).content
    for name in ("event", "claims"):
        del content["deliveries"][0][name]
    for name in ("version", "notes", "history", "assignee_id"):
        del content["document"][name]
    older = record.model_copy(update={"content": content})
    await storage.import_records("leads", [older])
    assert (await storage.export_records("leads")).items == (older,)
    (claimed,) = await storage.claim_deliveries(later(), later(minutes=1), 9)
    assert (claimed.delivery.claims, claimed.lead.version) == (1, 0)


async def test_the_digest_tells_any_difference(storage: Storage) -> None:
    await fill_everything(storage)
    (record, *_) = (await storage.export_records("leads")).items
    changed = {**record.content, "captures": []}
    assert record.digest == Record.model_validate_json(record.model_dump_json()).digest
    assert record.digest != record.model_copy(update={"content": changed}).digest
    assert len(await stored_leads(storage)) == await storage.count_records("leads")


def test_no_table_is_forgotten() -> None:
    created = {
        line.split()[2]
        for step in STEPS
        for line in step.splitlines()
        if line.strip().startswith("CREATE TABLE")
    }
    copied = {table for kind in SQLITE_KINDS.values() for table in (kind.table, *kind.parts)}
    assert created - ENGINES_OWN == copied, "storage/sqlite/records.py does not know all tables"
    assert [*SQLITE_KINDS] == [*KINDS]


def test_no_collection_is_forgotten() -> None:
    used = {
        node.slice.value
        for file in Path(mongo.__path__[0]).glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Subscript)
        and isinstance(node.value, ast.Name)
        and node.value.id == "database"
        and isinstance(node.slice, ast.Constant)
    }
    copied = {name for kind in MONGO_KINDS.values() for name in (kind.collection, *kind.parts)}
    assert used - ENGINES_OWN == copied, "storage/mongo/records.py does not know all collections"
    assert [*MONGO_KINDS] == [*KINDS]
