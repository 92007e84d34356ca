"""Files of every released schema come forward with everything in them.

`schema_1.sql` was written by the version that had schema 1 alone. The next release adds its own
file; these are never changed.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import apsw
import pytest
from structlog.testing import capture_logs

from frontdesk.delivery.model import DeliveryState
from frontdesk.leads.model import CaptureOutcome, Interest
from frontdesk.model import EVERY_PROJECT
from frontdesk.storage.records import KINDS
from frontdesk.storage.sqlite import migrations
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.contracts.capturing import capture, stored_deliveries, stored_leads
from tests.support.samples import PHONE, later, make_lead, open_headers

FIXTURES = sorted(Path(__file__).parent.glob("schema_*.sql"))


def make(path: Path, script: str) -> None:
    connection = apsw.Connection(str(path))
    connection.execute(script)
    connection.close()


@pytest.fixture(params=FIXTURES, ids=lambda fixture: fixture.stem)
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "old.db"
    make(path, request.param.read_text())
    return path


def documents(path: Path) -> dict[str, list[Any]]:
    """Every document in the file, as text, by table."""
    connection = apsw.Connection(str(path))
    try:
        return {
            table: connection.execute(
                f"SELECT * FROM (SELECT document FROM {table}) ORDER BY 1"
            ).fetchall()
            for table in tables_with_documents(connection)
        }
    finally:
        connection.close()


def tables_with_documents(connection: apsw.Connection) -> Iterator[str]:
    for (table,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_xinfo({table})")]
        if "document" in columns:
            yield str(table)


def schema_of(path: Path) -> set[tuple[object, ...]]:
    connection = apsw.Connection(str(path))
    try:
        return {*connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_schema")}
    finally:
        connection.close()


async def test_nothing_is_lost_and_all_of_it_can_be_read(old: Path) -> None:
    before = documents(old)
    for _ in range(2):  # the second time there is nothing to do
        storage = SqliteStorage(old)
        await storage.open()
        for kind in KINDS:
            await storage.export_records(kind)
        await storage.close()
        after = documents(old)
        assert {table: after[table] for table in before} == before


async def test_what_was_stored_means_the_same(old: Path) -> None:
    storage = SqliteStorage(old)
    await storage.open()
    projects = (await storage.list_projects(EVERY_PROJECT)).items
    assert [project.id for project in projects] == ["coral-bay", "palm-grove"]
    assert open_headers(projects[0]) == {"X-Key": "key-sentinel"}
    hosts = await storage.list_projects_for_hosts(["palm-grove.example"])
    assert [project.id for project in hosts] == ["palm-grove"]
    assert (await storage.get_knowledge("palm-grove")).facts[0].value == "₹84 lakh onwards"
    said = (await storage.list_messages("palm-grove", "conversation_1")).items
    assert [message.id for message in said] == ["m_9", "m_3"]
    leads = {lead.project_id: lead for lead in await stored_leads(storage)}
    assert [lead.phone for lead in leads.values()] == [PHONE, PHONE]
    assert [one.interest for one in leads["palm-grove"].enquiries] == [Interest.VISIT] * 2
    states = {one.id: one.state for one in await stored_deliveries(storage)}
    assert states == {
        "delivery_1": DeliveryState.DELIVERED,
        "delivery_2": DeliveryState.WAITING,
        "delivery_3": DeliveryState.DELIVERED,
    }
    (claimed,) = await storage.claim_deliveries(later(days=1), later(days=2), 9)
    assert claimed.delivery.id == "delivery_2"
    replayed = await capture(storage, make_lead(), key="form-2")
    assert replayed.outcome is CaptureOutcome.REPLAYED
    assert (await capture(storage, make_lead())).outcome is CaptureOutcome.MERGED
    assert (await storage.find_member("meera@example.com")) is not None
    assert (await storage.find_session("5e55", later())) is not None
    assert (await storage.find_api_key("4a54", later())) is not None
    await storage.close()


async def test_an_old_file_ends_up_like_a_new_one(old: Path, tmp_path: Path) -> None:
    for path in (old, tmp_path / "new.db"):
        storage = SqliteStorage(path)
        await storage.open()
        await storage.close()
    assert schema_of(old) == schema_of(tmp_path / "new.db")


async def test_whoever_waits_for_an_update_is_told(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migrations, "TELL_EVERY_SECONDS", 0)
    monkeypatch.setattr(migrations, "LOOK_EVERY_STEPS", 1)
    told = {}
    for path in (old, tmp_path / "new.db"):
        with capture_logs() as logs:
            storage = SqliteStorage(path)
            await storage.open()
            await storage.close()
        told[path.name] = [line for line in logs if "updating the database" in line["event"]]
    begun = [line["step"] for line in told["old.db"] if line["event"] == "updating the database"]
    assert begun == [*range(begun[0], len(migrations.STEPS) + 1)]
    assert any("seconds" in line for line in told["old.db"]), "and how long it has been"
    assert told["new.db"] == [], "there is nothing to wait for"


async def test_every_step_alone_comes_forward(tmp_path: Path) -> None:
    """As if each had been released by itself."""
    for number in range(1, len(migrations.STEPS) + 1):
        path = tmp_path / f"{number}.db"
        made = "".join(migrations.STEPS[:number])
        make(path, f"PRAGMA application_id = {migrations.APPLICATION_ID}; {made}")
        make(path, f"PRAGMA user_version = {number}")
        storage = SqliteStorage(path)
        await storage.open()
        await storage.close()
        assert schema_of(path) == schema_of(tmp_path / "1.db")
