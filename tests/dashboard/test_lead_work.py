"""The list found, filtered and changed; a lead's status, person and notes."""

import re
from datetime import timedelta

import pytest

from frontdesk.accounts.model import Role
from frontdesk.dashboard.rendering import counted_text
from frontdesk.leads.model import Counted, Interest, LeadFilter, LeadStatus
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled, make_enquiry

LEADS = "/dashboard/leads"


def shown(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/dashboard/leads/[^"]+">([^<]+)<', page)


async def send(person: Person, path: str, **fields: str) -> str:
    reply = await person.post(path, {"csrf_token": await person.csrf_token(), **fields})
    assert reply.status_code == 303, (path, reply.status_code)
    return reply.headers["Location"]


async def test_the_list_is_found_through_and_keeps_its_filters(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    page = await person.read(f"{LEADS}?search=asha&status=new")
    assert set(shown(page)) == {"Asha Rao"}
    assert 'value="asha"' in page
    assert f'href="{LEADS}?status=new"' in page, "each filter can be taken off by itself"
    assert "/v1/leads/export?format=csv&amp;search=asha&amp;status=new" in page
    nobody = await person.read(f"{LEADS}?search=zzz")
    assert "No lead fits." in nobody
    strange = await person.read(f"{LEADS}?status=made-up")
    assert len(shown(strange)) > 1, "what is no status asks for nothing"


async def test_many_are_changed_and_the_filters_kept(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in()
    ids = [lead.id for lead in (await storage.list_leads(EVERY_PROJECT, limit=2)).items]
    token = await person.csrf_token()
    sent = {"csrf_token": token, "lead": ids, "status": "lost", "filter_search": "a b"}
    reply = await person.client.post(
        f"{LEADS}/changes", data=sent, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert reply.headers["Location"] == f"{LEADS}?search=a+b&notice=changed_2"
    lost = await storage.list_leads(EVERY_PROJECT, fits=LeadFilter(status=LeadStatus.LOST))
    assert {lead.id for lead in lost.items} == set(ids)
    assert "2 leads changed." in await person.read(f"{LEADS}?notice=changed_2")
    assert (await send(person, f"{LEADS}/changes", status="won")).endswith("none_chosen")


async def test_a_lead_gets_a_status_somebody_and_notes(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in()
    await desk.add_member(Role.SALES, email="ravi@agency.example")
    ravi = await storage.find_member("ravi@agency.example")
    assert ravi
    here = f"{LEADS}/{filled.talked_lead.id}"
    version = str((await storage.get_lead("palm-grove", filled.talked_lead.id)).version)
    await send(person, here, status="qualified", assignee=ravi.id, version=version)
    await send(person, f"{here}/notes", text="Wants a corner flat.\r\n<b>Saturday</b>")
    lead = await storage.get_lead("palm-grove", filled.talked_lead.id)
    assert (lead.status, lead.assignee_id) == (LeadStatus.QUALIFIED, ravi.id)
    assert lead.notes[0].text == "Wants a corner flat.\n<b>Saturday</b>"
    page = await person.read(here)
    assert "&lt;b&gt;Saturday&lt;/b&gt;" in page
    assert "set it to qualified" in page
    token = await person.csrf_token()
    late = await person.post(here, {"csrf_token": token, "status": "won", "version": version})
    assert (late.status_code, "changed it meanwhile" in late.text) == (409, True)
    for odd in ("²", "9" * 5000, "-1", ""):
        fields = {"csrf_token": token, "status": "qualified", "version": odd}
        assert (await person.post(here, fields)).status_code == 303, odd
    empty = await person.post(f"{here}/notes", {"csrf_token": token, "text": " "})
    assert (empty.status_code, "Write something first." in empty.text) == (422, True)
    long = await person.post(f"{here}/notes", {"csrf_token": token, "text": "x" * 4001})
    assert (long.status_code, "x" * 4001 in long.text) == (422, True), "nothing typed is lost"
    mine = await person.read(f"{LEADS}?assignee={ravi.id}")
    assert shown(mine) == [lead.name]


@pytest.mark.parametrize("path", ["", "/notes"])
async def test_who_only_looks_is_offered_nothing_and_changes_nothing(
    desk: Desk, filled: Filled, path: str
) -> None:
    viewer = await desk.let_in(Role.VIEWER)
    here = f"{LEADS}/{filled.talked_lead.id}"
    page = await viewer.read(here)
    assert "Where it stands" not in page
    assert "<textarea" not in page
    assert 'name="lead"' not in await viewer.read(LEADS)
    fields = {"csrf_token": await viewer.csrf_token(), "status": "won", "text": "hello"}
    assert (await viewer.post(here + path, fields)).status_code == 403


async def test_another_projects_lead_is_not_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.SALES, Scope(projects=frozenset({"urban-nest"})))
    here = f"{LEADS}/{filled.talked_lead.id}"
    fields = {"csrf_token": await person.csrf_token(), "status": "won", "text": "hello"}
    for path in (here, f"{here}/notes"):
        assert (await person.post(path, fields)).status_code == 404


async def test_duplicates_are_seen_merged_and_told_apart(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    old = filled.talked_lead.model_copy(
        update={
            "id": "lead_00000000old",
            "name": "Asha R",
            "enquiries": (make_enquiry(desk.clock() - timedelta(days=400), Interest.CALL),),
            "created_at": desk.clock() - timedelta(days=400),
        }
    )
    await storage.capture_lead(
        "palm-grove", old, [], idempotency_key="old", fingerprint="f", merge_since=desk.clock()
    )
    person = await desk.let_in(Role.SALES)
    here = f"{LEADS}/{filled.talked_lead.id}"
    assert "Merge into this" in await person.read(here)
    assert await send(person, f"{here}/merge", other=old.id) == f"{here}?notice=merged#twins"
    page = await person.read(here)
    assert "Call back" in page
    assert "Undo<span" in page
    gone = await person.get(f"{LEADS}/{old.id}")
    assert gone.headers["Location"] == f"{here}?notice=was_merged"
    assert "Asha R<" not in await person.read(f"{LEADS}?search=asha")
    assert await send(person, f"{here}/unmerge", other=old.id) == f"{here}?notice=unmerged#twins"
    assert "Call back" not in await person.read(here)
    token = await person.csrf_token()
    odd = await person.post(f"{here}/merge", {"csrf_token": token, "other": filled.dead_lead.id})
    assert (odd.status_code, "with the same number" in odd.text) == (422, True)


async def test_columns_are_chosen_in_the_address_and_kept(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in()
    usual = await person.read(LEADS)
    assert ">Phone</th>" in usual
    assert ">E-mail</th>" not in usual
    page = await person.read(f"{LEADS}?search=asha&column=email&column=source&column=made-up")
    assert ">Phone</th>" not in page
    assert "asha@mail.example" in page
    assert "diwali-2026" in page
    assert f'href="{LEADS}?column=email&amp;column=source"' in page, "without the other filter"
    kept = "search=asha&amp;column=email&amp;column=source"
    assert 'name="column" value="email" checked' in page
    ids = {"lead": filled.talked_lead.id, "status": "won", "filter_search": "asha"}
    sent = {"csrf_token": await person.csrf_token(), **ids, "column": "email"}
    reply = await person.post(f"{LEADS}/changes", sent)
    assert reply.headers["Location"] == f"{LEADS}?search=asha&notice=changed_1&column=email"
    assert kept not in usual


@pytest.mark.parametrize(
    ("number", "is_all", "told"),
    [
        (0, True, "0"),
        (10_000, True, "10,000"),
        (10_001, True, "10,000+"),
        (1650, False, "1,650+"),
        (20_000, False, "10,000+"),
    ],
)
def test_very_many_leads_are_at_least_so_many(number: int, is_all: bool, told: str) -> None:
    assert counted_text(Counted(number=number, is_all=is_all)) == told


async def test_how_many_leads_fit_stands_beside_the_list(desk: Desk, filled: Filled) -> None:
    sales = await desk.let_in(Role.SALES)
    everybody = (await desk.storage.list_leads(EVERY_PROJECT, limit=1000)).items
    new = [lead for lead in everybody if lead.status is LeadStatus.NEW]
    assert new
    for path, number in {"": len(everybody), "?status=new": len(new)}.items():
        page = await sales.read(f"/dashboard/leads{path}")
        assert f'<h1>Leads</h1><span class="muted figures">{number}</span>' in page
