"""No method reaches another project's data, whatever it is asked.

The methods are found by looking at the protocol: one that takes a `project_id` or a `scope` and has
no attack here fails the suite, and so does one that takes neither and is not named below.
"""

import asyncio
import inspect
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from frontdesk.chat.model import Conversation, Refusal
from frontdesk.delivery.model import DeliveryState
from frontdesk.errors import NotFound
from frontdesk.leads.model import CaptureOutcome, Lead, LeadFilter
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.model import Identity, PersonData, Removed
from frontdesk.projects.model import Fact, Knowledge, Site
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, stored_deliveries
from tests.contracts.test_accounts import make_entry
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_chat import make_conversation, make_message
from tests.contracts.test_deliveries import make_attempt
from tests.contracts.test_findings import make_findings
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_watch
from tests.support.clock import START
from tests.support.samples import later, make_delivery, make_lead, make_project

VICTIM, ATTACKER = "palm-grove", "coral-bay"
VICTIMS_SCOPE = Scope(projects=frozenset({VICTIM}))
ATTACKERS_SCOPE = Scope(projects=frozenset({ATTACKER}))
NOBODYS_SCOPE = Scope(projects=frozenset())

NOT_ABOUT_ONE_PROJECT = {
    "list_projects_for_hosts",  # finds the project
    "record_unknown_site",  # sites of no project
    "list_unknown_sites",
    "find_widget_layers",  # of the installation and of groups
    "save_widget_layer",
    "claim_deliveries",  # the worker's, over all projects
    "find_next_due_at",
    "take_turn",  # the installation's own work
    "keep_turn",
    "save_site_watches",
    "record_purges",  # by host
    "find_purges",
    "list_purges",
    "save_widget_change",  # of many projects
    "find_widget_change",
    "find_open_widget_change",
    "list_widget_changes",
    "save_import_run",
    "find_import_run",
    "delete_events",  # by age, over all projects
    "add_member",  # people and programs, who have a scope themselves
    "get_member",
    "find_member",
    "save_member",
    "list_members",
    "add_password_link",
    "find_password_link",
    "take_password_link",
    "start_session",
    "find_session",
    "end_session",
    "remove_expired_sign_ins",
    "claim_reply",
    "keep_reply",
    "drop_reply",
    "add_api_key",
    "find_api_key",
    "record_api_key_use",
    "list_api_keys",
    "revoke_api_key",
    "add_audit_entry",
    "export_records",  # the operator's, of the whole installation
    "count_records",
    "import_records",
    "open",
    "check",
    "close",
}

Attack = Callable[[Storage, Lead], Awaitable[None]]
ATTACKS: dict[str, Attack] = {}


def methods() -> dict[str, inspect.Signature]:
    return {
        name: inspect.signature(member)
        for name, member in inspect.getmembers(Storage, inspect.isfunction)
        if not name.startswith("_")
    }


def isolated_methods() -> list[str]:
    return [
        name for name, found in methods().items() if {"project_id", "scope"} & {*found.parameters}
    ]


def attack(function: Attack) -> Attack:
    ATTACKS[function.__name__.removeprefix("attack_")] = function
    return function


async def see_victim(storage: Storage) -> list[Any]:
    """All that the victim has."""
    return [
        await storage.get_project(VICTIM),
        await storage.get_knowledge(VICTIM),
        await storage.get_conversation(VICTIM, "conversation_1"),
        await storage.list_messages(VICTIM, "conversation_1"),
        await storage.list_leads(Scope(projects=frozenset({VICTIM}))),
        await storage.list_deliveries(Scope(projects=frozenset({VICTIM}))),
        await storage.list_projects_for_hosts([f"{VICTIM}.example"]),
        await storage.total_events(VICTIMS_SCOPE, START.date(), START.date(), by="day"),
        await storage.list_sightings(VICTIMS_SCOPE),
        await storage.get_findings(VICTIM),
        await storage.list_site_leads(VICTIMS_SCOPE),
        await storage.list_turned_away(VICTIMS_SCOPE),
    ]


async def not_found(act: Awaitable[Any], same_as: Awaitable[Any]) -> None:
    """Both are refused, and nothing in the refusals tells one from the other."""
    refusals = [*await asyncio.gather(act, same_as, return_exceptions=True)]
    assert [type(refusal) for refusal in refusals] == [NotFound, NotFound]
    assert str(refusals[0]) == str(refusals[1])


@attack
async def attack_save_project(storage: Storage, lead: Lead) -> None:
    with pytest.raises(ValueError, match="another id"):
        await storage.save_project(ATTACKER, make_project(VICTIM))
    await storage.save_project(ATTACKER, make_project(ATTACKER, hosts=("x.example",)))


@attack
async def attack_get_project(storage: Storage, lead: Lead) -> None:
    assert (await storage.get_project(ATTACKER)).id == ATTACKER


@attack
async def attack_list_projects(storage: Storage, lead: Lead) -> None:
    assert [one.id for one in (await storage.list_projects(ATTACKERS_SCOPE)).items] == [ATTACKER]
    assert (await storage.list_projects(NOBODYS_SCOPE)).items == ()


@attack
async def attack_count_projects(storage: Storage, lead: Lead) -> None:
    assert await storage.count_projects(ATTACKERS_SCOPE) == 1
    assert await storage.count_projects(NOBODYS_SCOPE) == 0


@attack
async def attack_list_groups(storage: Storage, lead: Lead) -> None:
    victim = await storage.get_project(VICTIM)
    await storage.save_project(VICTIM, victim.model_copy(update={"group": "Secret"}))
    assert await storage.list_groups(VICTIMS_SCOPE) == ["Secret"]
    assert "Secret" not in await storage.list_groups(ATTACKERS_SCOPE)
    assert await storage.list_groups(NOBODYS_SCOPE) == []
    await storage.save_project(VICTIM, victim)


@attack
async def attack_get_knowledge(storage: Storage, lead: Lead) -> None:
    assert (await storage.get_knowledge(ATTACKER)).facts == ()


@attack
async def attack_save_knowledge(storage: Storage, lead: Lead) -> None:
    await storage.save_knowledge(ATTACKER, Knowledge(updated_at=later()))


@attack
async def attack_get_findings(storage: Storage, lead: Lead) -> None:
    assert (await storage.get_findings(ATTACKER)).pages == ()


@attack
async def attack_save_findings(storage: Storage, lead: Lead) -> None:
    with pytest.raises(ValueError, match="another project"):
        await storage.save_findings(ATTACKER, make_findings(VICTIM))
    await storage.save_findings(ATTACKER, make_findings(ATTACKER))


@attack
async def attack_end_reading(storage: Storage, lead: Lead) -> None:
    assert await storage.begin_reading(VICTIM, later(), later(minutes=5))
    await storage.end_reading(ATTACKER, later(minutes=5), later())
    assert not await storage.begin_reading(VICTIM, later(), later(minutes=5))


@attack
async def attack_begin_reading(storage: Storage, lead: Lead) -> None:
    assert await storage.begin_reading(ATTACKER, later(), later(minutes=5))
    assert await storage.begin_reading(VICTIM, later(), later())  # nobody else's turn was taken


@attack
async def attack_start_conversation(storage: Storage, lead: Lead) -> None:
    with pytest.raises(ValueError, match="another project"):
        await storage.start_conversation(ATTACKER, make_conversation("conversation_9"))


@attack
async def attack_get_conversation(storage: Storage, lead: Lead) -> None:
    await not_found(
        storage.get_conversation(ATTACKER, "conversation_1"),
        storage.get_conversation(ATTACKER, "conversation_0"),
    )


@attack
async def attack_add_message(storage: Storage, lead: Lead) -> None:
    with pytest.raises(ValueError, match="another project"):
        await storage.add_message(ATTACKER, make_message("m_9"))
    await not_found(
        storage.add_message(ATTACKER, make_message("m_9", project_id=ATTACKER)),
        storage.add_message(ATTACKER, make_message("m_9", "conversation_0", ATTACKER)),
    )


@attack
async def attack_list_messages(storage: Storage, lead: Lead) -> None:
    await not_found(
        storage.list_messages(ATTACKER, "conversation_1"),
        storage.list_messages(ATTACKER, "conversation_0"),
    )


@attack
async def attack_save_summary(storage: Storage, lead: Lead) -> None:
    await not_found(
        storage.save_summary(ATTACKER, "conversation_1", "Wants: it all."),
        storage.save_summary(ATTACKER, "conversation_0", "Wants: it all."),
    )


@attack
async def attack_find_capture(storage: Storage, lead: Lead) -> None:
    assert lead.project_id == VICTIM
    for fingerprint in ("one body", "guess"):
        assert (
            await storage.find_capture(ATTACKER, idempotency_key="form-1", fingerprint=fingerprint)
            is None
        )


@attack
async def attack_list_refusals(storage: Storage, lead: Lead) -> None:
    refused = make_message("m_8", "conversation_8", ATTACKER).model_copy(
        update={"refused": Refusal(reason="figure", text="₹1")}
    )
    await storage.start_conversation(ATTACKER, make_conversation("conversation_8", ATTACKER))
    await storage.add_message(ATTACKER, refused)
    assert (await storage.list_refusals(ATTACKERS_SCOPE)).items == (refused,)
    for scope in (NOBODYS_SCOPE, Scope(projects=frozenset({VICTIM}))):
        assert (await storage.list_refusals(scope)).items == ()


@attack
async def attack_spend(storage: Storage, lead: Lead) -> None:
    await storage.spend(ATTACKER, later().date(), 5)
    assert (await storage.get_spent(VICTIM, later().date())).project_tokens == 0


@attack
async def attack_get_spent(storage: Storage, lead: Lead) -> None:
    await storage.spend(VICTIM, later().date(), 5)
    assert (await storage.get_spent(ATTACKER, later().date())).project_tokens == 0


@attack
async def attack_list_spending(storage: Storage, lead: Lead) -> None:
    await storage.spend(VICTIM, later().date(), 5)
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_spending(scope, later().date())).items == ()


@attack
async def attack_capture_lead(storage: Storage, lead: Lead) -> None:
    for thing, deliveries in (
        (make_lead(VICTIM), []),
        (make_lead(ATTACKER), [make_delivery(make_lead(VICTIM))]),
    ):
        with pytest.raises(ValueError, match="another project"):
            await storage.capture_lead(
                ATTACKER,
                thing,
                deliveries,
                idempotency_key="form-9",
                fingerprint="",
                merge_since=later(),
            )
    # Neither the victim's key nor the victim's lead with the same phone is met.
    captured = await capture(storage, make_lead(ATTACKER), key="form-1", fingerprint="guess")
    assert captured.outcome is CaptureOutcome.CREATED
    assert captured.lead.id != lead.id


@attack
async def attack_get_lead(storage: Storage, lead: Lead) -> None:
    await not_found(storage.get_lead(ATTACKER, lead.id), storage.get_lead(ATTACKER, "lead_0"))


@attack
async def attack_find_lead(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.find_lead(scope, lead.id) is None
    assert await storage.find_lead(EVERY_PROJECT, lead.id) == lead


@attack
async def attack_change_lead(storage: Storage, lead: Lead) -> None:
    changed = lead.model_copy(update={"name": "Somebody else", "version": lead.version + 1})
    with pytest.raises(ValueError, match="another project"):
        await storage.change_lead(ATTACKER, changed)
    mine = changed.model_copy(update={"project_id": ATTACKER})
    await not_found(
        storage.change_lead(ATTACKER, mine),
        storage.change_lead(ATTACKER, mine.model_copy(update={"id": "lead_0"})),
    )


@attack
async def attack_list_leads(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_leads(scope)).items == ()
    for text in (lead.name, lead.phone):
        fits = LeadFilter(text=text)
        assert (await storage.list_leads(ATTACKERS_SCOPE, fits=fits)).items == ()
        assert (await storage.list_leads(EVERY_PROJECT, fits=fits)).items == (lead,)
    for scope in (EVERY_PROJECT, Scope(projects=frozenset({VICTIM, ATTACKER}))):
        assert (await storage.list_leads(scope)).items == (lead,)


@attack
async def attack_count_leads(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        for fits in (LeadFilter(), LeadFilter(text=lead.name), LeadFilter(status=lead.status)):
            assert (await storage.count_leads(scope, fits=fits)).number == 0
    assert (await storage.count_leads(EVERY_PROJECT)).number == 1


@attack
async def attack_list_audit_entries(storage: Storage, lead: Lead) -> None:
    await storage.add_audit_entry(make_entry("audit_1", project_id=VICTIM))
    await storage.add_audit_entry(make_entry("audit_2", project_id=None))
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_audit_entries(scope)).items == ()
        assert (await storage.list_audit_entries(scope, action="save_project")).items == ()
    assert len((await storage.list_audit_entries(EVERY_PROJECT)).items) == 2


@attack
async def attack_record_attempt(storage: Storage, lead: Lead) -> None:
    (claimed,) = await storage.claim_deliveries(later(), later(minutes=1), 1)
    token = claimed.delivery.lease_token or ""

    def record(project_id: str, delivery_id: str) -> Awaitable[bool]:
        return storage.record_attempt(
            project_id,
            delivery_id,
            token,
            make_attempt(),
            state=DeliveryState.DEAD,
            due_at=None,
        )

    await not_found(record(ATTACKER, claimed.delivery.id), record(ATTACKER, "delivery_0"))
    (untouched,) = await stored_deliveries(storage)
    assert untouched == claimed.delivery
    # So that what was claimed for this attack is as it was before.
    await storage.retry_delivery(VICTIM, claimed.delivery.id, later(minutes=1))


@attack
async def attack_release_delivery(storage: Storage, lead: Lead) -> None:
    (claimed,) = await storage.claim_deliveries(later(), later(minutes=1), 1)
    token = claimed.delivery.lease_token or ""
    await not_found(
        storage.release_delivery(ATTACKER, claimed.delivery.id, token, later()),
        storage.release_delivery(ATTACKER, "delivery_0", token, later()),
    )
    assert await stored_deliveries(storage) == (claimed.delivery,)
    # So that what was claimed for this attack is as it was before.
    await storage.release_delivery(VICTIM, claimed.delivery.id, token, lead.created_at)


@attack
async def attack_retry_delivery(storage: Storage, lead: Lead) -> None:
    (delivery,) = await stored_deliveries(storage)
    await not_found(
        storage.retry_delivery(ATTACKER, delivery.id, later(days=1)),
        storage.retry_delivery(ATTACKER, "delivery_0", later(days=1)),
    )


@attack
async def attack_count_retryable(storage: Storage, lead: Lead) -> None:
    for state in (DeliveryState.WAITING, DeliveryState.DEAD):
        for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
            assert await storage.count_retryable(scope, later(days=1), state=state) == 0


@attack
async def attack_retry_deliveries(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.retry_deliveries(scope, later(days=1)) == 0
        assert (
            await storage.retry_deliveries(scope, later(days=1), state=DeliveryState.WAITING) == 0
        )


@attack
async def attack_switch_destination(storage: Storage, lead: Lead) -> None:
    await storage.switch_destination(ATTACKER, "crm", later(), enabled=False)
    await not_found(
        storage.switch_destination("nobody", "crm", later(), enabled=False),
        storage.switch_destination("nowhere", "crm", later(), enabled=False),
    )


@attack
async def attack_find_person(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.find_person(scope, Identity(phone=lead.phone)) == PersonData()
    assert (await storage.find_person(EVERY_PROJECT, Identity(phone=lead.phone))).leads == (lead,)


@attack
async def attack_erase_person(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.erase_person(scope, Identity(phone=lead.phone)) == PersonData()


@attack
async def attack_remove_expired(storage: Storage, lead: Lead) -> None:
    ever = later(days=9999)
    removed = await storage.remove_expired(ATTACKER, leads_before=ever, conversations_before=ever)
    assert removed == Removed()


@attack
async def attack_find_delivery(storage: Storage, lead: Lead) -> None:
    (delivery,) = await stored_deliveries(storage)
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.find_delivery(scope, delivery.id) is None
    assert await storage.find_delivery(EVERY_PROJECT, delivery.id) == delivery


@attack
async def attack_list_deliveries(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_deliveries(scope)).items == ()
        assert (await storage.list_deliveries(scope, lead_id=lead.id)).items == ()
        assert (await storage.list_deliveries(scope, state=DeliveryState.WAITING)).items == ()
    assert len((await storage.list_deliveries(EVERY_PROJECT, lead_id=lead.id)).items) == 1


@attack
async def attack_count_deliveries(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert set((await storage.count_deliveries(scope)).values()) == {0}
    assert (await storage.count_deliveries(EVERY_PROJECT))[DeliveryState.WAITING] == 1


@attack
async def attack_record_events(storage: Storage, lead: Lead) -> None:
    for event, sighting in (
        (make_event(), None),
        (make_event(project_id=ATTACKER), make_sighting(VICTIM)),
    ):
        with pytest.raises(ValueError, match="another project"):
            await storage.record_events(ATTACKER, [event], sighting)
    # The victim's event with the same id is not met.
    assert await storage.record_events(ATTACKER, [make_event(project_id=ATTACKER)]) == 1


@attack
async def attack_total_events(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert await storage.total_events(scope, START.date(), START.date(), by="day") == []
    assert len(await storage.total_events(EVERY_PROJECT, START.date(), START.date(), by="day")) == 1


@attack
async def attack_list_sightings(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_sightings(scope)).items == ()
    assert len((await storage.list_sightings(EVERY_PROJECT)).items) == 1


@attack
async def attack_list_site_leads(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_site_leads(scope)).items == ()
    assert len((await storage.list_site_leads(EVERY_PROJECT)).items) == 1


@attack
async def attack_record_turned_away(storage: Storage, lead: Lead) -> None:
    with pytest.raises(ValueError, match="another project"):
        await storage.record_turned_away(ATTACKER, make_turned_away(VICTIM))
    # The victim's of the same origin is not met.
    await storage.record_turned_away(ATTACKER, make_turned_away(ATTACKER))
    assert len((await storage.list_turned_away(EVERY_PROJECT)).items) == 2


@attack
async def attack_list_turned_away(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_turned_away(scope)).items == ()
    assert len((await storage.list_turned_away(EVERY_PROJECT)).items) == 1


@attack
async def attack_list_site_watches(storage: Storage, lead: Lead) -> None:
    for scope in (ATTACKERS_SCOPE, NOBODYS_SCOPE):
        assert (await storage.list_site_watches(scope)).items == ()
    assert len((await storage.list_site_watches(EVERY_PROJECT)).items) == 1


@pytest.fixture
async def victims_lead(storage: Storage) -> Lead:
    """The victim has one of everything; the attacker has nothing but a project."""
    await storage.save_knowledge(
        VICTIM, Knowledge(facts=(Fact(key="price", value="₹1 crore"),), updated_at=later())
    )
    conversation: Conversation = make_conversation()
    await storage.start_conversation(VICTIM, conversation)
    await storage.add_message(VICTIM, make_message())
    await storage.record_events(VICTIM, [make_event()], make_sighting())
    await storage.record_turned_away(VICTIM, make_turned_away(VICTIM))
    await storage.save_site_watches([make_watch(VICTIM)])
    site = Site(host=f"{VICTIM}.example")
    return (await capture(storage, make_lead(VICTIM), key="form-1", site=site)).lead


@pytest.mark.parametrize("method", isolated_methods())
async def test_a_method_stays_in_its_project(
    storage: Storage, victims_lead: Lead, method: str
) -> None:
    assert method in ATTACKS, f"{method} takes a project or a scope; write its attack here"
    before = await see_victim(storage)
    await ATTACKS[method](storage, victims_lead)
    after = await see_victim(storage)
    if method == "record_attempt":  # it had to claim, which moves the time it is due
        before[5], after[5] = None, None
    assert after == before


def test_every_method_is_about_a_project_or_named() -> None:
    assert {*methods()} - {*isolated_methods()} == NOT_ABOUT_ONE_PROJECT
    assert {*isolated_methods()} == {*ATTACKS}


def test_a_project_or_a_scope_comes_first() -> None:
    for name in isolated_methods():
        _self, first, *_ = methods()[name].parameters
        assert first in {"project_id", "scope"}, name
