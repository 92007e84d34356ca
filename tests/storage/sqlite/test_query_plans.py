"""Cost does not grow with the number of projects, leads or deliveries: every statement the engine
runs finds its rows by an index."""

from collections.abc import Iterator

import apsw
import pytest

from frontdesk.delivery.model import DeliveryState
from frontdesk.leads.model import LeadFilter
from frontdesk.model import EVERY_PROJECT, Period, Scope
from frontdesk.privacy.model import Identity
from frontdesk.projects.model import Knowledge, Site
from frontdesk.storage.base import Storage
from frontdesk.storage.records import KINDS
from tests.contracts.capturing import capture
from tests.contracts.test_accounts import make_key, make_member, make_session
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import record
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_watch
from tests.support.clock import START
from tests.support.samples import later, make_lead, make_project

ONE = Scope(projects=frozenset({"palm-grove"}))

MAY_READ_ALL = {
    "SCAN health",  # one row
    "SCAN json_each VIRTUAL TABLE INDEX 1:",  # what the caller handed in
    "SCAN CONSTANT ROW",  # and as rows of values
    "SCAN 2 CONSTANT ROWS",
    "SCAN sent",
    "SCAN changed",
    # A page in the order of an index stops when it is full.
    "SCAN projects USING INDEX sqlite_autoindex_projects_1",
    "SCAN sightings USING INDEX sqlite_autoindex_sightings_1",
    "SCAN site_leads USING INDEX sqlite_autoindex_site_leads_1",
    "SCAN turned_away USING INDEX sqlite_autoindex_turned_away_1",
    "SCAN site_watches USING INDEX sqlite_autoindex_site_watches_1",
    "SCAN site_watches USING INDEX site_watches_quiet",
    "SCAN leads USING INDEX leads_created",
    "SCAN deliveries USING INDEX deliveries_created",
    "SCAN messages USING INDEX messages_refused",
    # The first that is not for a busy destination ends it.
    "SCAN deliveries USING INDEX deliveries_due",
    # Counting over the whole installation and making room walk along an index.
    "SCAN deliveries USING INDEX deliveries_state",
    "SCAN unknown_sites USING COVERING INDEX unknown_sites_seen",
}


@pytest.fixture
def statements() -> Iterator[set[str]]:
    """What runs on any connection opened during the test."""
    seen: set[str] = set()

    def note(cursor: apsw.Cursor, sql: str, bindings: object) -> bool:
        seen.add(sql)
        return True

    def watch(connection: apsw.Connection) -> None:
        connection.set_exec_trace(note)

    apsw.connection_hooks.append(watch)
    yield seen
    apsw.connection_hooks.remove(watch)


async def do_everything(storage: Storage) -> None:
    await storage.check()
    await storage.save_project("palm-grove", make_project(hosts=("a.example", "b.example")))
    await storage.save_knowledge("palm-grove", Knowledge(updated_at=later()))
    await storage.get_knowledge("palm-grove")
    await storage.list_projects_for_hosts(["a.example", "*.example"])
    await storage.record_unknown_site("stray.example", "/", later())
    await storage.list_unknown_sites(after=None)
    turn = await storage.take_turn("work", later(), later(minutes=1))
    assert turn is not None
    await storage.keep_turn(turn, later(minutes=2))
    await storage.save_site_watches([make_watch()])
    await storage.record_turned_away("palm-grove", make_turned_away())
    await storage.start_conversation("palm-grove", make_conversation())
    await storage.add_message("palm-grove", make_message())
    await storage.list_messages("palm-grove", "conversation_1")
    lead = (await capture(storage, make_lead())).lead
    await capture(storage, make_lead(), site=Site(host="a.example"))
    await storage.get_lead("palm-grove", lead.id)
    (claimed, _) = await storage.claim_deliveries(
        later(), later(minutes=1), 9, busy=[("palm-grove", "slow")]
    )
    await record(storage, claimed, DeliveryState.DEAD)
    await storage.retry_delivery("palm-grove", claimed.delivery.id, later())
    await storage.find_delivery(ONE, claimed.delivery.id)
    await storage.find_next_due_at()
    await storage.switch_destination("palm-grove", "crm", later(), enabled=False)
    for scope in (EVERY_PROJECT, ONE):
        await storage.retry_deliveries(scope, later(), destination_id="crm")
        await storage.count_deliveries(scope)
        for state in (DeliveryState.WAITING, DeliveryState.DEAD):
            await storage.count_retryable(scope, later(), state=state, tried=True)
            await storage.list_deliveries(
                scope, state=state, tried=True, created=Period(since=START)
            )
        for after in (None, (await storage.list_deliveries(scope, limit=1)).next_cursor):
            await storage.list_deliveries(scope, after=after, limit=1)
        await storage.list_deliveries(scope, lead_id=lead.id)
        await storage.list_deliveries(scope, state=DeliveryState.DEAD)
        await storage.list_deliveries(scope, destination_id="crm")
        await storage.list_leads(scope)
        for fits in ({"status": "new"}, {"assignee_id": "member_1"}, {"text": "asha"}):
            await storage.list_leads(scope, fits=LeadFilter.model_validate(fits))
        await storage.list_projects(scope, limit=1)
        await storage.list_sightings(scope)
        await storage.list_site_leads(scope)
        await storage.list_turned_away(scope)
        await storage.list_site_watches(scope)
        await storage.list_site_watches(scope, quiet=True)
        await storage.list_refusals(scope)
        await storage.list_spending(scope, later().date())
        for by in ("day", "project"):
            await storage.total_events(scope, START.date(), START.date(), by=by)
    await storage.spend("palm-grove", later().date(), 1)
    await storage.get_spent("palm-grove", later().date())
    await storage.record_events("palm-grove", [make_event()], make_sighting())
    await storage.delete_events(START.date(), 9)
    for who in (Identity(phone=lead.phone), Identity(email="asha@example.com")):
        for scope in (EVERY_PROJECT, ONE):
            await storage.find_person(scope, who)
        await storage.erase_person(ONE, who)
    await storage.remove_expired("palm-grove", leads_before=later(), conversations_before=later())
    for kind in KINDS:
        await storage.export_records(kind)
    await storage.add_member(make_member())
    await storage.get_member("member_1")
    await storage.start_session(make_session())
    await storage.find_session("5e55", later())
    await storage.end_session("5e55")
    await storage.remove_expired_sign_ins(later())
    await storage.list_audit_entries(EVERY_PROJECT, action="save_project")
    await storage.add_api_key(make_key())
    await storage.find_api_key("4a54", later())
    await storage.record_api_key_use("key_1", later())


def plans_of(statements: set[str], connection: apsw.Connection) -> set[tuple[str, str]]:
    """Each step of each statement's plan, with the statement."""
    queries = [sql for sql in statements if sql.startswith(("SELECT", "UPDATE", "DELETE"))]
    return {
        (detail, sql)
        for sql in queries
        for *_, detail in connection.execute("EXPLAIN QUERY PLAN " + sql, (None,) * sql.count("?"))
    }


async def test_every_statement_finds_its_rows_by_an_index(
    statements: set[str], connections: list[apsw.Connection], storage: Storage
) -> None:
    statements.clear()
    await do_everything(storage)
    plans = plans_of(statements, connections[-1])
    assert len({sql for _, sql in plans}) > 20
    scans = {plan for plan in plans if plan[0].startswith("SCAN") and plan[0] not in MAY_READ_ALL}
    assert not scans


async def test_lists_and_claims_need_no_sorting(
    statements: set[str], connections: list[apsw.Connection], storage: Storage
) -> None:
    statements.clear()
    for scope in (ONE, EVERY_PROJECT):
        await storage.list_leads(scope)
        for fits in ({"status": "new"}, {"assignee_id": "member_1"}):
            await storage.list_leads(scope, fits=LeadFilter.model_validate(fits))
        await storage.list_deliveries(scope)
        await storage.list_deliveries(scope, state=DeliveryState.DEAD)
        await storage.list_deliveries(scope, destination_id="crm")
        await storage.list_deliveries(scope, state=DeliveryState.WAITING, tried=True)
        await storage.list_projects(scope)
        await storage.list_refusals(scope)
        await storage.list_spending(scope, later().date())
    await storage.claim_deliveries(later(), later(minutes=1), 9)
    await storage.find_next_due_at()
    plans = plans_of(statements, connections[-1])
    assert plans
    assert not {plan for plan in plans if "TEMP B-TREE" in plan[0]}


async def test_a_name_is_looked_for_by_the_indexes_of_what_leads_are_found_by(
    statements: set[str], connections: list[apsw.Connection], storage: Storage
) -> None:
    """Walking the list until a rare name comes would be slow where there are many leads."""
    statements.clear()
    await storage.list_leads(EVERY_PROJECT, fits=LeadFilter(text="asha"))
    steps = {detail for detail, _ in plans_of(statements, connections[-1])}
    assert "SEARCH leads USING INDEX sqlite_autoindex_leads_1 (id=?)" in steps
    for index in ("leads_name", "leads_last_name", "leads_email", "leads_phone_end"):
        assert any(f"INDEX {index} (" in step for step in steps), index
