"""A driver's error never comes out, of whatever method: found by looking at the protocol."""

import asyncio
import inspect
from collections.abc import AsyncIterator, Collection, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any, get_type_hints

import apsw
import pytest

from frontdesk.accounts.model import ApiKey, AuditEntry, KeptReply, Member, PasswordLink, Session
from frontdesk.analytics.model import Event, Sighting, SiteWatch
from frontdesk.chat.model import Conversation, Message
from frontdesk.delivery.model import Attempt, Delivery, DeliveryState
from frontdesk.errors import Unavailable
from frontdesk.leads.model import Lead
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.model import Identity
from frontdesk.projects.import_run import ImportRun
from frontdesk.projects.layers import WidgetLayer
from frontdesk.projects.model import Knowledge, Project, TurnedAway
from frontdesk.projects.purge import Purge
from frontdesk.projects.widget_change import WidgetChange
from frontdesk.property.model import Findings
from frontdesk.storage.base import Storage
from frontdesk.storage.mongo.engine import MongoStorage
from frontdesk.storage.records import Record
from frontdesk.storage.sqlite.engine import SqliteStorage
from frontdesk.storage.upkeep import Turn
from tests.contracts.test_accounts import (
    make_claim,
    make_entry,
    make_key,
    make_link,
    make_member,
    make_session,
)
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import make_attempt
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_change, make_purge, make_run, make_turn, make_watch
from tests.contracts.test_widget_layers import make_layer
from tests.storage.sqlite.disk import put_between
from tests.support.mongo import MongoServer
from tests.support.samples import PHONE, later, make_delivery, make_lead, make_project

LEAD = make_lead()
SAMPLES: dict[Any, Any] = {
    str: "palm-grove",
    int: 1,
    datetime: later(),
    date: later().date(),
    Scope: EVERY_PROJECT,
    Project: make_project(),
    Knowledge: Knowledge(updated_at=later()),
    Conversation: make_conversation(),
    Message: make_message(),
    Lead: LEAD,
    Delivery: make_delivery(LEAD),
    DeliveryState: DeliveryState.DEAD,
    Attempt: make_attempt(),
    Member: make_member(),
    Session: make_session(),
    ApiKey: make_key(),
    PasswordLink: make_link(),
    AuditEntry: make_entry("audit_1"),
    KeptReply: make_claim(),
    Event: make_event(),
    Sighting: make_sighting(),
    SiteWatch: make_watch(),
    Purge: make_purge(),
    WidgetChange: make_change(),
    ImportRun: make_run(),
    Turn: make_turn(),
    TurnedAway: make_turned_away(),
    Findings: Findings(project_id="palm-grove"),
    WidgetLayer: make_layer(),
    Identity: Identity(phone=PHONE),
    Record: Record(id="member_1", content={"document": make_member().model_dump(mode="json")}),
}
BY_NAME = {"kind": "members", "by": "day"}
NO_ACTS = {"open", "close"}


def sample(name: str, hint: Any) -> Any:
    if name in BY_NAME:
        return BY_NAME[name]
    arguments: tuple[Any, ...] = getattr(hint, "__args__", ())
    if getattr(hint, "__origin__", None) in (Sequence, Collection):
        return [sample(name, arguments[0])]
    for kind in (hint, *arguments):  # the first that a union or an annotated type stands for
        if kind in SAMPLES:
            return SAMPLES[kind]
    raise AssertionError(f"write a sample for {name}: {hint}")


def make_arguments() -> dict[str, dict[str, Any]]:
    """For a call of every method; those with a default are left out."""
    arguments = {}
    for name, method in inspect.getmembers(Storage, inspect.isfunction):
        if name.startswith("_") or name in NO_ACTS:
            continue
        hints = get_type_hints(method)
        arguments[name] = {
            parameter.name: sample(parameter.name, hints[parameter.name])
            for parameter in inspect.signature(method).parameters.values()
            if parameter.name != "self" and parameter.default is parameter.empty
        }
    return arguments


@pytest.fixture(params=["sqlite", "mongo"])
async def broken(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Storage]:
    """A store that was opened, and whose disk or server is gone since."""
    if request.param == "sqlite":
        with put_between() as disk:
            storage: Storage = SqliteStorage(tmp_path / "frontdesk.db")
            await storage.open()
            disk.fail_reads = apsw.IOError
            yield storage
            await storage.close()
    else:
        with MongoServer(tmp_path) as server:
            storage = MongoStorage(f"{server.url}/desk", timeout_seconds=1)
            await storage.open()
            await asyncio.to_thread(server.kill)
            yield storage
            await storage.close()


async def test_every_method_says_unavailable(broken: Storage) -> None:
    acts = {
        name: getattr(broken, name)(**arguments) for name, arguments in make_arguments().items()
    }
    assert len(acts) > 40
    results = await asyncio.gather(*acts.values(), return_exceptions=True)
    others = {
        name: repr(result)
        for name, result in zip(acts, results, strict=True)
        if type(result) is not Unavailable
    }
    assert others == {}
    assert {result.code for result in results if isinstance(result, Unavailable)} == {
        "storage_unavailable"
    }
