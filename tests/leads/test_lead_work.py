"""Leads found, changed, noted on and taken away, over HTTP."""

import csv
import io
from typing import Any

import httpx2
import openpyxl
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from frontdesk.web.spreadsheets import read_cell
from tests.leads.form import KEY, make_form, send_form
from tests.leads.test_admin_api import CORAL_BAY, key_for
from tests.support.clock import SteppedClock

PASSWORD = "correct horse battery"
PHONE_AGAIN = {"number": "98765 43210", "country": "IN"}


async def send(client: httpx2.AsyncClient, number: int = 0, **fields: Any) -> str:
    phone = {"number": f"98765 4321{number}", "country": "IN"}
    reply = await send_form(client, make_form(phone=phone, **fields), key=f"{KEY}-{number}")
    assert reply.status_code == 201
    return str(reply.json()["id"])


async def add_member(storage: Storage, clock: SteppedClock, scope: Scope = EVERY_PROJECT) -> str:
    accounts = Accounts(storage, clock, 12)
    made = await accounts.add_member(
        "ravi@agency.example", "Ravi", Role.SALES, scope=scope, password=PASSWORD
    )
    return made.member.id


async def test_a_lead_is_worked_on(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    lead_id = await send(client)
    headers = await key_for(storage, clock, Role.SALES)
    here = f"/v1/leads/{lead_id}"
    etag = (await client.get(here, headers=headers)).headers["etag"]
    member = await add_member(storage, clock)
    clock.step(minutes=1)
    body = {"status": "contacted", "assignee_id": member}
    changed = await client.patch(here, json=body, headers={**headers, "If-Match": etag})
    assert changed.status_code == 200
    lead = changed.json()
    assert (lead["status"], lead["assignee_id"]) == ("contacted", member)
    assert [(one["status"], one["author_name"]) for one in lead["history"]] == [
        ("contacted", "test")
    ]
    late = await client.patch(here, json={"status": "lost"}, headers={**headers, "If-Match": etag})
    assert (late.status_code, late.json()["code"]) == (409, "changed_meanwhile")

    note = await client.post(f"{here}/notes", json={"text": "Wants a call.\n"}, headers=headers)
    assert (note.status_code, note.json()["text"]) == (201, "Wants a call.")
    empty = await client.post(f"{here}/notes", json={"text": "  "}, headers=headers)
    assert (empty.status_code, empty.json()["code"]) == (422, "empty_note")
    freed = await client.patch(here, json={"assignee_id": ""}, headers=headers)
    assert freed.json()["assignee_id"] is None
    assert len(freed.json()["notes"]) == 1


async def test_nothing_new_is_no_change(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    lead_id = await send(client)
    headers = await key_for(storage, clock, Role.SALES)
    before = (await client.get(f"/v1/leads/{lead_id}", headers=headers)).json()["lead"]
    body = {"status": "new", "assignee_id": ""}
    after = await client.patch(f"/v1/leads/{lead_id}", json=body, headers=headers)
    assert after.json() == before


async def test_a_lead_goes_to_members_who_reach_it(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    lead_id = await send(client)
    headers = await key_for(storage, clock, Role.SALES)
    stranger = await add_member(storage, clock, CORAL_BAY)
    for assignee in (stranger, "member_0"):
        reply = await client.patch(
            f"/v1/leads/{lead_id}", json={"assignee_id": assignee}, headers=headers
        )
        assert (reply.status_code, reply.json()["code"]) == (422, "invalid_assignee")


async def test_many_are_changed_at_once_and_only_ones_own(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    ids = [await send(client, number) for number in range(3)]
    headers = await key_for(storage, clock, Role.SALES)
    body = {"lead_ids": [*ids[:2], ids[0], "lead_0"], "status": "qualified"}
    reply = await client.post("/v1/leads/changes", json=body, headers=headers)
    assert reply.json() == {"changed": 2}
    found = await client.get("/v1/leads?status=qualified", headers=headers)
    assert {lead["id"] for lead in found.json()["items"]} == set(ids[:2])
    foreign = await key_for(storage, clock, Role.SALES, CORAL_BAY)
    reply = await client.post("/v1/leads/changes", json=body, headers=foreign)
    assert reply.json() == {"changed": 0}


@pytest.mark.parametrize("path", ["", "/notes"])
async def test_who_only_looks_changes_nothing(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock, path: str
) -> None:
    lead_id = await send(client)
    viewer = await key_for(storage, clock)
    foreign = await key_for(storage, clock, Role.OWNER, CORAL_BAY)
    method, body = ("POST", {"text": "hello"}) if path else ("PATCH", {"status": "won"})
    here = f"/v1/leads/{lead_id}{path}"
    assert (await client.request(method, here, json=body, headers=viewer)).status_code == 403
    hidden = await client.request(method, here, json=body, headers=foreign)
    nowhere = await client.request(method, f"/v1/leads/lead_0{path}", json=body, headers=foreign)
    assert (hidden.status_code, hidden.json()["code"]) == (404, "lead_not_found")
    assert nowhere.json()["detail"] == hidden.json()["detail"]


HOSTILE: dict[str, Any] = {"name": "=HYPERLINK(1)", "note": "+1-2\n@SUM(A1)"}


async def test_the_csv_holds_no_formula_and_reads_back(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await send(client, **HOSTILE)
    for number in (1, 2):
        await send(client, number)
    headers = await key_for(storage, clock, Role.SALES)
    reply = await client.get("/v1/leads/export?search=%3Dhyper", headers=headers)
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    (row,) = csv.DictReader(io.StringIO(reply.text.removeprefix("\ufeff")))
    assert (row["name"], row["note"][0]) == ("'=HYPERLINK(1)", "'")
    assert read_cell(row["name"]) == HOSTILE["name"]
    assert row["phone"] == "+919876543210", "a number stays one"
    everything = await client.get("/v1/leads/export", headers=headers)
    assert len(everything.text.splitlines()) >= 4


async def test_the_spreadsheet_holds_text_alone(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    await send(client, **HOSTILE)
    headers = await key_for(storage, clock, Role.SALES)
    reply = await client.get("/v1/leads/export?format=xlsx", headers=headers)
    sheet = openpyxl.load_workbook(io.BytesIO(reply.content)).active
    heads, cells = sheet.iter_rows()
    assert {cell.data_type for cell in (*heads, *cells)} <= {"s", "n"}
    values = {head.value: cell for head, cell in zip(heads, cells, strict=True)}
    assert (values["name"].value, values["name"].data_type) == (HOSTILE["name"], "s")
    assert values["phone"].value == "+919876543210"


async def test_the_log_names_leads_by_their_ids(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    lead_id = await send(client)
    headers = await key_for(storage, clock, Role.OWNER)
    await client.patch(f"/v1/leads/{lead_id}", json={"status": "won"}, headers=headers)
    (entry,) = (await client.get("/v1/audit", headers=headers)).json()["items"]
    assert (entry["action"], entry["targets"]) == ("change_lead", {"lead_id": lead_id})
    assert entry["changes"] == ["status: won instead of new"]
    assert entry["project_id"] == "palm-grove"


async def test_a_duplicate_is_merged_and_told_apart_over_http(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    first = await send(client)
    clock.step(days=40)
    reply = await send_form(client, make_form(phone=PHONE_AGAIN), key="another-key-of-this-visitor")
    second = reply.json()["id"]
    headers = await key_for(storage, clock, Role.SALES)
    detail = (await client.get(f"/v1/leads/{second}", headers=headers)).json()
    assert [one["id"] for one in detail["twins"]["same"]] == [first]
    body = {"lead_id": first}
    merged = await client.post(f"/v1/leads/{second}/merge", json=body, headers=headers)
    assert (merged.status_code, len(merged.json()["enquiries"])) == (200, 2)
    listed = (await client.get("/v1/leads", headers=headers)).json()["items"]
    assert [one["id"] for one in listed] == [second]
    gone = (await client.get(f"/v1/leads/{first}", headers=headers)).json()
    assert gone["lead"]["merged_into"] == second
    late = await client.patch(f"/v1/leads/{first}", json={"status": "won"}, headers=headers)
    assert (late.status_code, late.json()["code"]) == (409, "lead_merged")
    clock.step(seconds=1)
    apart = await client.post(f"/v1/leads/{second}/unmerge", json=body, headers=headers)
    assert len(apart.json()["enquiries"]) == 1
    log = await storage.list_audit_entries(EVERY_PROJECT)
    assert [one.action for one in log.items] == ["unmerge_lead", "merge_lead"]
    assert first in log.items[1].changes[0]
    other = await key_for(storage, clock, Role.SALES, CORAL_BAY)
    hidden = await client.post(f"/v1/leads/{second}/merge", json=body, headers=other)
    assert hidden.status_code == 404


async def test_a_note_that_is_sent_again_is_written_once(
    client: httpx2.AsyncClient, storage: Storage, clock: SteppedClock
) -> None:
    path = f"/v1/leads/{await send(client)}/notes"
    headers = await key_for(storage, clock, Role.SALES)
    keyed = {**headers, "Idempotency-Key": "a-try-of-the-crm-sync"}
    body = {"text": "Called, will come on Saturday."}
    replies = []
    for _ in range(2):
        replies.append(await client.post(path, json=body, headers=keyed))
        clock.step(minutes=1)
    assert [reply.status_code for reply in replies] == [201, 201]
    assert replies[0].json() == replies[1].json()
    other = await client.post(path, json={"text": "Something else."}, headers=keyed)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_mismatch")
    # Another's key is their own, and without one each is a note.
    theirs = {
        **await key_for(storage, clock, Role.SALES),
        "Idempotency-Key": "a-try-of-the-crm-sync",
    }
    for given in (theirs, headers, headers):
        assert (await client.post(path, json=body, headers=given)).status_code == 201
    (lead,) = (await storage.list_leads(EVERY_PROJECT)).items
    assert len(lead.notes) == 4
