"""A person found, counted, taken away and erased from the dashboard; and what goes by itself."""

import json

import pytest

from frontdesk.accounts.model import Role
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.privacy.service import Privacy
from frontdesk.projects.model import Retention
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk
from tests.dashboard.filled import Filled

PRIVACY = "/dashboard/settings/privacy"
ASHA = {"phone": "98765 43210", "country": "IN"}


async def test_what_is_held_is_shown_by_count_and_taken_away(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    token = {"csrf_token": await person.csrf_token()}
    found = await person.post(f"{PRIVACY}/find", {**token, **ASHA})
    assert found.status_code == 200
    for counted in ("1</span> lead", "2</span> enquiries", "4</span> messages"):
        assert counted in found.text, counted
    file = await person.post(f"{PRIVACY}/export", {**token, **ASHA})
    assert file.headers["content-disposition"] == 'attachment; filename="person.json"'
    (lead,) = json.loads(file.text)["leads"]
    assert lead["id"] == filled.talked_lead.id
    by_mail = await person.post(f"{PRIVACY}/find", {**token, "email": "ASHA@mail.example"})
    assert "2</span> enquiries" in by_mail.text
    nobody = await person.post(f"{PRIVACY}/find", {**token, "email": "nobody@mail.example"})
    assert "Nothing is held" in nobody.text


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "Name a phone number or an e-mail address"),
        ({**ASHA, "email": "a@mail.example"}, "Name a phone number or an e-mail address"),
        ({"phone": "98765", "country": "IN"}, "digits"),
        ({"phone": "98765 43210", "country": "1"}, "A country has two letters"),
    ],
)
async def test_what_names_nobody_is_told_and_nothing_typed_is_lost(
    desk: Desk, filled: Filled, fields: dict[str, str], said: str
) -> None:
    person = await desk.let_in(Role.MANAGER)
    sent = {"csrf_token": await person.csrf_token(), **fields, "confirmation": "erase"}
    for act in ("find", "export", "erase"):
        reply = await person.post(f"{PRIVACY}/{act}", sent)
        assert (reply.status_code, said in reply.text) == (422, True), act
        assert all(f'value="{value}"' in reply.text for value in fields.values())


async def test_erasing_takes_the_typed_word_and_says_where_it_went(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    sent = {"csrf_token": await person.csrf_token(), **ASHA}
    for word in ("", "yes"):
        refused = await person.post(f"{PRIVACY}/erase", {**sent, "confirmation": word})
        assert refused.status_code == 422
        assert "Nothing was erased." in refused.text
        assert "1</span> lead" in refused.text
    assert await storage.find_lead(EVERY_PROJECT, filled.talked_lead.id)
    done = await person.post(f"{PRIVACY}/erase", {**sent, "confirmation": "Erase"})
    assert done.status_code == 200
    assert "CRM-90417" in done.text, "the receivers' name for it"
    assert await storage.find_lead(EVERY_PROJECT, filled.talked_lead.id) is None


async def test_another_projects_people_are_not_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    sent = {"csrf_token": await person.csrf_token(), **ASHA, "confirmation": "erase"}
    assert "Nothing is held" in (await person.post(f"{PRIVACY}/find", sent)).text
    assert "0 leads" in (await person.post(f"{PRIVACY}/erase", sent)).text
    assert "Palm Grove" not in await person.read(PRIVACY)


async def test_retention_is_seen_at_work(desk: Desk, filled: Filled, storage: Storage) -> None:
    async def keep(days: int) -> None:
        project = await storage.get_project("palm-grove")
        kept = project.model_copy(update={"retention": Retention(leads_days=days)})
        await storage.save_project("palm-grove", kept)

    person = await desk.let_in(Role.MANAGER)
    assert "listed here" in await person.read(PRIVACY)
    # Ten of its leads are more than a day old, so they go within a week.
    await keep(8)
    page = await person.read(PRIVACY)
    assert "8 days" in page
    assert "10 leads" in page
    await keep(1)
    await Privacy(storage, desk.clock).remove_expired()
    page = await person.read(PRIVACY)
    assert "10 leads and 0 conversations removed" in page
    log = await person.read("/dashboard/settings/audit?actor=housekeeping")
    assert "Remove expired" in log
    assert "By itself" in log
    await Privacy(storage, desk.clock).remove_expired()
    entries = await storage.list_audit_entries(EVERY_PROJECT, actor_id="housekeeping")
    assert len(entries.items) == 1, "where nothing goes nothing is written"
