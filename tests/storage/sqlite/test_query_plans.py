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
from frontdesk.storage import lead_search
from frontdesk.storage.base import Storage
from frontdesk.storage.lead_search import SearchKeys
from frontdesk.storage.records import KINDS
from tests.contracts.capturing import capture
from tests.contracts.test_accounts import make_claim, make_key, make_member, make_session
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import record
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_change, make_purge, make_run, make_watch
from tests.support.clock import START
from tests.support.samples import later, make_lead, make_project

ONE = Scope(projects=frozenset({"palm-grove"}))
TWO = Scope(projects=frozenset({"palm-grove", "coral-bay"}))
FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"status": "new"},
    {"assignee_id": "member_1"},
    {"status": "new", "assignee_id": "member_1"},
    {"text": "asha"},
    {"text": "asha", "status": "new"},
)

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
    "SCAN purges USING INDEX sqlite_autoindex_purges_1",
    "SCAN purges USING INDEX purges_failed",
    "SCAN import_runs USING COVERING INDEX sqlite_autoindex_import_runs_1",
    "SCAN widget_changes USING INDEX sqlite_autoindex_widget_changes_1",
    "SCAN widget_changes USING COVERING INDEX sqlite_autoindex_widget_changes_1",
    "SCAN widget_changes USING INDEX widget_changes_open",
    "SCAN purges USING COVERING INDEX purges_at",
    "SCAN purges USING COVERING INDEX sqlite_autoindex_purges_1",
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
    await storage.record_purges([make_purge()])
    await storage.find_purges(["a.example"])
    await storage.save_import_run(make_run())
    await storage.find_import_run("import_1")
    await storage.save_widget_change(make_change())
    await storage.find_widget_change("change_1")
    await storage.find_open_widget_change()
    await storage.list_widget_changes()
    await storage.list_purges()
    await storage.list_purges(failed=True)
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
        for fits in ({}, {"status": "new"}, {"assignee_id": "member_1"}, {"text": "asha"}):
            await storage.list_leads(scope, fits=LeadFilter.model_validate(fits))
            await storage.count_leads(scope, fits=LeadFilter.model_validate(fits))
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
    await storage.claim_reply(make_claim(), later())
    await storage.keep_reply(make_claim())
    await storage.drop_reply("reply_1", "token")
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
    scans = {
        plan
        for plan in plans
        if plan[0].startswith("SCAN")
        and plan[0] not in MAY_READ_ALL
        # What is counted was found in a way of its own, and never more than the limit.
        and not (plan[0].startswith("SCAN (subquery") and plan[1].endswith("LIMIT ?)"))
    }
    assert not scans


async def test_lists_and_claims_need_no_sorting(
    statements: set[str], connections: list[apsw.Connection], storage: Storage
) -> None:
    statements.clear()
    for scope in (ONE, EVERY_PROJECT):
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


@pytest.mark.parametrize("few", [0, lead_search.FEW])
async def test_leads_are_found_by_what_few_have_or_along_the_list(
    statements: set[str],
    connections: list[apsw.Connection],
    storage: Storage,
    monkeypatch: pytest.MonkeyPatch,
    few: int,
) -> None:
    """No lead is read that is not shown: what is filtered by stands in the index of the order."""
    monkeypatch.setattr(lead_search, "FEW", few)
    await storage.save_project("palm-grove", make_project())
    await capture(storage, make_lead())
    found_by: set[str] = set()
    for scope in (ONE, TWO, EVERY_PROJECT):
        for fits in FILTERS:
            statements.clear()
            await storage.list_leads(scope, fits=LeadFilter.model_validate(fits))
            (shown,) = {sql for sql in statements if sql.startswith("SELECT document")}
            steps = [detail for detail, _ in plans_of({shown}, connections[-1])]
            assert "SEARCH leads USING INTEGER PRIMARY KEY (rowid=?)" in steps
            found_by |= {step for step in steps if " leads USING INDEX " in step}
            # The rows that are shown are sorted; what they are found in is walked along as it is.
            assert steps.count("USE TEMP B-TREE FOR ORDER BY") == 1, shown
    names = ("leads_name", "leads_last_name", "leads_email", "leads_phone (", "leads_phone_end")
    for index in names if few else ("leads_created", "leads_status", "leads_assignee"):
        assert any(f"INDEX {index}" in step for step in found_by), index


async def test_a_leads_deliveries_are_found_by_the_lead(
    statements: set[str], connections: list[apsw.Connection], storage: Storage
) -> None:
    """Not along all of its project, which may have a million."""
    for scope in (ONE, EVERY_PROJECT):
        statements.clear()
        await storage.list_deliveries(scope, lead_id="lead_1")
        steps = {detail for detail, _ in plans_of(statements, connections[-1])}
        assert "SEARCH deliveries USING INDEX deliveries_lead (lead_id=?)" in steps


def test_the_order_of_leads_has_what_they_are_filtered_by(
    connections: list[apsw.Connection], storage: Storage
) -> None:
    """As the engine runs them, not as it plans them: a lead's document is never opened."""
    connection = connections[-1]
    keys = ", ".join(SearchKeys._fields)
    for index in ("leads_created", "leads_project"):
        program = connection.execute(
            f"EXPLAIN SELECT rowid FROM leads INDEXED BY {index} WHERE (project_id, merged_into,"
            f" status, assignee_id, {keys}) = (1, 2, 3, 4, 5, 6, 7, 8, 9) ORDER BY created_at, id"
        ).fetchall()
        called = " ".join(str(step[5]) for step in program)
        assert "->>" not in called, index
