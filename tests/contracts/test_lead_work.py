"""Leads are found, and changed by people while visitors go on asking."""

import asyncio

import pytest

from frontdesk.errors import NotFound
from frontdesk.leads.model import CaptureOutcome, Counted, Lead, LeadFilter, LeadStatus, Note
from frontdesk.model import EVERY_PROJECT, Period, Scope
from frontdesk.storage import lead_search
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture
from tests.support.samples import later, make_delivery, make_lead, make_project


@pytest.fixture
async def leads(storage: Storage) -> list[Lead]:
    """Four people of two projects, oldest first."""
    for project_id in ("palm-grove", "coral-bay"):
        await storage.save_project(project_id, make_project(project_id))
    people = [
        make_lead(name="Asha Rao", phone="+919876543210", email="Asha@Example.com"),
        make_lead(name="ravi kumar rao", phone="+919812345678", at=later(minutes=1)),
        make_lead("coral-bay", name="मीरा जोशी", phone="+971501234567", at=later(minutes=2)),
        make_lead("coral-bay", name="100% Asha_", phone="+442079460018", at=later(minutes=3)),
    ]
    for number, lead in enumerate(people):
        await capture(storage, lead, key=f"form-{number}-0123456789")
    return people


@pytest.fixture(params=[0, lead_search.FEW], ids=["many", "few"])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to find leads: along the list where they are many, by what they have where few."""
    monkeypatch.setattr(lead_search, "FEW", request.param)


async def found(storage: Storage, scope: Scope = EVERY_PROJECT, **fits: object) -> list[str]:
    page = await storage.list_leads(scope, fits=LeadFilter.model_validate(fits))
    return [lead.name for lead in page.items]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("asha", ["100% Asha_", "Asha Rao"]),
        ("ASHA R", ["Asha Rao"]),
        ("rao", ["ravi kumar rao", "Asha Rao"]),
        ("kumar", []),  # neither the first nor the last word
        ("मीरा", ["मीरा जोशी"]),
        ("जोशी", ["मीरा जोशी"]),
        ("asha@example", ["Asha Rao"]),
        ("98765 43210", ["Asha Rao"]),
        ("98765", ["Asha Rao"]),
        ("+91 98", ["ravi kumar rao", "Asha Rao"]),
        ("+971-50-123", ["मीरा जोशी"]),
        ("100%", ["100% Asha_"]),
        ("%", []),
        ("asha_", ["100% Asha_"]),
        (".*", []),
        ("nobody", []),
    ],
)
async def test_leads_are_found_by_how_names_addresses_and_numbers_begin(
    storage: Storage, leads: list[Lead], few: None, text: str, names: list[str]
) -> None:
    assert await found(storage, text=text) == names


async def test_filters_narrow_each_other(storage: Storage, leads: list[Lead], few: None) -> None:
    changed = leads[0].model_copy(
        update={"status": LeadStatus.CONTACTED, "assignee_id": "member_1", "version": 1}
    )
    assert await storage.change_lead("palm-grove", changed)
    assert await found(storage, status="contacted") == ["Asha Rao"]
    assert await found(storage, assignee_id="member_1") == ["Asha Rao"]
    assert await found(storage, status="new", text="rao") == ["ravi kumar rao"]
    assert await found(storage, status="contacted", assignee_id="member_2") == []
    one = Scope(projects=frozenset({"coral-bay"}))
    assert await found(storage, one, status="contacted") == []
    assert len(await found(storage, one, status="new")) == 2


async def test_a_filtered_list_pages(storage: Storage, leads: list[Lead], few: None) -> None:
    fits = LeadFilter(text="rao")
    first = await storage.list_leads(EVERY_PROJECT, fits=fits, limit=1)
    rest = await storage.list_leads(EVERY_PROJECT, fits=fits, limit=1, after=first.next_cursor)
    assert [lead.name for lead in first.items + rest.items] == ["ravi kumar rao", "Asha Rao"]
    assert rest.next_cursor is None


async def test_leads_are_counted_as_they_are_listed(
    storage: Storage, leads: list[Lead], few: None
) -> None:
    await storage.change_lead(
        "palm-grove", leads[0].model_copy(update={"status": LeadStatus.WON, "version": 1})
    )
    coral_bay = Scope(projects=frozenset({"coral-bay"}))
    both = Scope(projects=frozenset({"coral-bay", "palm-grove"}))
    counts = [
        (EVERY_PROJECT, {}, 4),
        (coral_bay, {}, 2),
        (both, {}, 4),
        (both, {"text": "asha"}, 2),
        (coral_bay, {"text": "asha"}, 1),
        (EVERY_PROJECT, {"status": "won"}, 1),
        (EVERY_PROJECT, {"status": "won", "text": "ravi"}, 0),
        (EVERY_PROJECT, {"assignee_id": "member_1"}, 0),
        (EVERY_PROJECT, {"merged": True}, 0),
        (Scope(projects=frozenset()), {}, 0),
    ]
    for scope, fits, number in counts:
        counted = await storage.count_leads(scope, fits=LeadFilter.model_validate(fits))
        assert counted == Counted(number=number, is_all=True), (scope, fits)
    since = Period(since=later(minutes=2))
    assert (await storage.count_leads(EVERY_PROJECT, created=since)).number == 2


async def test_of_very_many_the_newest_are_counted(
    storage: Storage, leads: list[Lead], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lead_search, "FEW", 0)
    monkeypatch.setattr(lead_search, "LOOKED_AT", 3)
    asked = LeadFilter(text="asha")
    assert await storage.count_leads(EVERY_PROJECT) == Counted(number=3, is_all=False)
    assert await storage.count_leads(EVERY_PROJECT, fits=asked) == Counted(number=1, is_all=False)


async def test_a_change_is_stored_with_the_deliveries_that_tell_of_it(
    storage: Storage, leads: list[Lead]
) -> None:
    note = Note(
        id="note_1", at=later(hours=1), author_id="member_1", author_name="Meera", text="Called."
    )
    changed = leads[0].model_copy(update={"notes": (note,), "version": 1})
    delivery = make_delivery(changed, destination_id="hook")
    assert await storage.change_lead("palm-grove", changed, [delivery])
    assert await storage.get_lead("palm-grove", changed.id) == changed
    sent = await storage.list_deliveries(EVERY_PROJECT, lead_id=changed.id)
    assert delivery in sent.items
    assert {one.destination_id for one in sent.items} == {"crm", "hook"}


async def test_of_those_who_change_a_lead_at_once_one_succeeds(
    storage: Storage, leads: list[Lead]
) -> None:
    changed = [
        leads[0].model_copy(update={"assignee_id": f"member_{number}", "version": 1})
        for number in range(8)
    ]
    deliveries = [make_delivery(lead, destination_id="hook") for lead in changed]
    saved = await asyncio.gather(
        *(
            storage.change_lead("palm-grove", lead, [delivery])
            for lead, delivery in zip(changed, deliveries, strict=True)
        )
    )
    assert sorted(saved) == [False] * 7 + [True]
    assert await storage.get_lead("palm-grove", leads[0].id) == changed[saved.index(True)]
    sent = await storage.list_deliveries(EVERY_PROJECT, lead_id=leads[0].id)
    told = [one for one in sent.items if one.destination_id == "hook"]
    assert told == [deliveries[saved.index(True)]]


async def test_a_further_enquiry_and_a_change_lose_nothing_of_each_other(
    storage: Storage, leads: list[Lead]
) -> None:
    """Whichever comes first: who works on a lead as it was looks again."""
    again = make_lead(at=later(hours=1))
    merged = await capture(storage, again, key="form-again-0123456789")
    assert (merged.outcome, merged.lead.version) == (CaptureOutcome.MERGED, 1)
    late = leads[0].model_copy(update={"status": LeadStatus.WON, "version": 1})
    assert not await storage.change_lead("palm-grove", late)
    fresh = merged.lead.model_copy(update={"status": LeadStatus.WON, "version": 2})
    assert await storage.change_lead("palm-grove", fresh)
    third = await capture(storage, make_lead(at=later(hours=2)), key="form-third-0123456789")
    assert third.lead.status is LeadStatus.WON
    assert len(third.lead.enquiries) == 3


async def test_a_lead_that_is_not_there_is_not_made_by_a_change(storage: Storage) -> None:
    await storage.save_project("palm-grove", make_project())
    with pytest.raises(NotFound) as caught:
        await storage.change_lead("palm-grove", make_lead())
    assert caught.value.code == "lead_not_found"
