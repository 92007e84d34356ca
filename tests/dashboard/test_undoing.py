"""A removal is undone by who made it, exactly, for a quarter of an hour, from the page after it."""

import html
import re
from datetime import timedelta

import pytest

from frontdesk.accounts.audit import RecordChanges
from frontdesk.accounts.guard import Caller
from frontdesk.accounts.model import Role
from frontdesk.dashboard.fact_rows import choice_id
from frontdesk.dashboard.undoing import GOOD_FOR, open_removed, seal_removed
from frontdesk.errors import Conflict
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.destinations import AnyDestination, map_secrets
from frontdesk.projects.masks import list_secrets
from frontdesk.projects.model import Answer, Fact, Project
from frontdesk.projects.secrets import Secret
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.site import PASSWORD
from tests.dashboard.test_projects import read_seen, seal_secrets, send
from tests.support.clock import START
from tests.support.samples import VAULT

PROJECT = "/dashboard/projects/palm-grove"
ANSWERS = f"{PROJECT}/answers"
ANSWER = Answer(question="Is there a gym?", answer="Yes, <b>on</b> the roof.", language="en")
CALLER = Caller("member_1", Role.MANAGER)


def sealed_in(page: str) -> str:
    found = re.search(r'name="restore" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


async def remove_answer(person: Person, question: str) -> str:
    """The page that follows."""
    page = await person.read(ANSWERS)
    name = re.search(rf'answer=(\w+)">Change<span class="unseen">: {re.escape(question)}', page)
    assert name
    status, page = await send(person, f"{ANSWERS}/remove", id=name[1])
    assert status == 200
    return page


async def list_changes(desk: Desk) -> list[str]:
    entries = await desk.storage.list_audit_entries(EVERY_PROJECT)
    return [change for one in entries.items for change in one.changes]


async def test_a_removed_answer_comes_back_as_it_was(desk: Desk, filled: Filled) -> None:
    desk.app.add_middleware(RecordChanges, storage=desk.storage, clock=desk.clock)
    person = await desk.let_in(Role.MANAGER)
    before = (await desk.storage.get_knowledge("palm-grove")).answers
    page = await remove_answer(person, before[1].question)
    assert f'<p role="status">Removed “{html.escape(before[1].question)}”.' in page
    assert f'action="{ANSWERS}/restore"' in page
    assert before[1] not in (await desk.storage.get_knowledge("palm-grove")).answers
    sealed = sealed_in(page)
    assert before[1].answer not in sealed
    assert (await send(person, f"{ANSWERS}/restore", restore=sealed))[0] == 303
    assert (await desk.storage.get_knowledge("palm-grove")).answers == before
    assert "Restored as it was" in await person.read(f"{ANSWERS}?notice=restored")
    changes = await list_changes(desk)
    assert f"removed the answer to: {before[1].question}" in changes
    assert f"restored the answer to: {before[1].question}" in changes
    status, page = await send(person, f"{ANSWERS}/restore", restore=sealed)
    assert (status, "has an answer in this language already" in page) == (409, True)
    assert (await desk.storage.get_knowledge("palm-grove")).answers == before


async def test_another_answer_that_stands_there_now_is_kept(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    question = (await desk.storage.get_knowledge("palm-grove")).answers[0].question
    sealed = sealed_in(await remove_answer(person, question))
    assert (await send(person, f"{ANSWERS}/edit", question=question, answer="No."))[0] == 303
    status, page = await send(person, f"{ANSWERS}/restore", restore=sealed)
    assert (status, "has an answer in this language already" in page) == (409, True)
    assert (await desk.storage.get_knowledge("palm-grove")).answers[0].answer == "No."


async def test_only_who_removed_it_undoes_it_in_time_and_in_its_project(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    before = (await desk.storage.get_knowledge("palm-grove")).answers
    sealed = sealed_in(await remove_answer(person, before[0].question))
    after = (await desk.storage.get_knowledge("palm-grove")).answers

    await desk.add_member(Role.MANAGER, email="other@desk.example")
    other = desk.visit()
    assert (await other.sign_in("other@desk.example", PASSWORD)).status_code == 303
    status, page = await send(other, f"{ANSWERS}/restore", restore=sealed)
    assert (status, "cannot be undone from here" in page) == (409, True)
    elsewhere = "/dashboard/projects/coral-bay/answers/restore"
    assert (await send(person, elsewhere, restore=sealed))[0] == 409
    for changed in (sealed[:-5] + "AAAA=", "", "x", "sealed.1.é"):
        assert (await send(person, f"{ANSWERS}/restore", restore=changed))[0] == 409

    await desk.add_member(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})), "far@x.example")
    far = desk.visit()
    assert (await far.sign_in("far@x.example", PASSWORD)).status_code == 303
    assert (await send(far, f"{ANSWERS}/restore", restore=sealed))[0] == 404

    desk.clock.step(seconds=GOOD_FOR.total_seconds())
    status, page = await send(person, f"{ANSWERS}/restore", restore=sealed)
    assert (status, "can be undone for 15 minutes" in page) == (409, True)
    assert (await desk.storage.get_knowledge("palm-grove")).answers == after


FACTS = f"{PROJECT}/facts"


@pytest.mark.parametrize("key", ["price", "maintenance"])
async def test_a_removed_fact_comes_back_as_it_was(desk: Desk, filled: Filled, key: str) -> None:
    desk.app.add_middleware(RecordChanges, storage=desk.storage, clock=desk.clock)
    person = await desk.let_in(Role.MANAGER)
    before = (await desk.storage.get_knowledge("palm-grove")).facts
    fact = next(one for one in before if one.key == key)
    act = f"forget:{choice_id(fact.key, fact.subject, fact.value)}"
    status, page = await send(person, FACTS, act=act, show="known")
    assert (status, f"Removed “{key.capitalize()}" in page) == (200, True)
    assert (await desk.storage.get_knowledge("palm-grove")).facts == tuple(
        one for one in before if one != fact
    )
    sealed = sealed_in(page)
    status, where = await send(person, f"{FACTS}/restore", restore=sealed)
    assert status == 303
    assert (await desk.storage.get_knowledge("palm-grove")).facts == before
    assert "Restored as it was" in await person.read(where)
    changes = await list_changes(desk)
    assert {f"forget {key}: {fact.value}", f"restored {key}: {fact.value}"} <= set(changes)
    status, page = await send(person, f"{FACTS}/restore", restore=sealed)
    assert (status, "was changed meanwhile" in page) == (409, True)


async def test_a_fact_that_says_something_else_now_stays(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fact = (await desk.storage.get_knowledge("palm-grove")).facts[0]
    act = f"forget:{choice_id(fact.key, fact.subject, fact.value)}"
    sealed = sealed_in((await send(person, FACTS, act=act))[1])
    fields = {"key": fact.key, "subject": fact.subject, "value": "₹1 crore"}
    assert (await send(person, f"{FACTS}/edit", **fields))[0] == 303
    after = (await desk.storage.get_knowledge("palm-grove")).facts
    status, page = await send(person, f"{FACTS}/restore", restore=sealed)
    assert (status, "was changed meanwhile" in page) == (409, True)
    assert (await send(person, f"{ANSWERS}/restore", restore=sealed))[0] == 409
    desk.clock.step(minutes=15)
    status, page = await send(person, f"{FACTS}/restore", restore=sealed)
    assert (status, "can be undone for 15 minutes" in page) == (409, True)
    assert (await desk.storage.get_knowledge("palm-grove")).facts == after


async def test_a_removed_destination_comes_back_with_its_secrets(
    desk: Desk, filled: Filled
) -> None:
    await seal_secrets(desk)
    person = await desk.let_in(Role.MANAGER)

    def opened(project: Project) -> list[AnyDestination]:
        def unseal(_field: str, _key: str | int, secret: Secret) -> Secret:
            return Secret(VAULT.open(secret))

        return [map_secrets(one, unseal) for one in project.destinations]

    before = opened(await desk.storage.get_project("palm-grove"))
    seen = read_seen(await person.read(f"{PROJECT}/destinations/crm"))
    status, page = await send(person, f"{PROJECT}/destinations/crm/remove", seen=seen)
    assert (status, "Removed “crm”." in page) == (200, True)
    assert opened(await desk.storage.get_project("palm-grove")) == before[1:]
    sealed = sealed_in(page)
    path = f"{PROJECT}/restore-destination"
    assert (await send(person, path, restore=sealed[:-5] + "AAAA="))[0] == 409
    assert (await send(person, path, restore=sealed))[0] == 303
    after = await desk.storage.get_project("palm-grove")
    assert opened(after) == before
    assert [secret.is_sealed for secret in list_secrets(after.destinations[0]).values()] == [True]
    status, page = await send(person, path, restore=sealed)
    assert (status, "There is one of this name again" in page) == (409, True)
    desk.clock.step(minutes=15)
    status, page = await send(person, path, restore=sealed)
    assert (status, "can be undone for 15 minutes" in page) == (409, True)


def open_at(sealed: str, minutes: float, caller: Caller = CALLER) -> tuple[Answer, int]:
    at = START + timedelta(minutes=minutes)
    return open_removed(VAULT, sealed, caller, "palm-grove", Answer, at)


def test_what_is_sealed_opens_for_a_quarter_of_an_hour_and_is_of_one_kind() -> None:
    sealed = seal_removed(VAULT, CALLER, "palm-grove", ANSWER, 3, START)
    assert open_at(sealed, 14.9) == (ANSWER, 3)
    with pytest.raises(Conflict, match="undo_over"):
        open_at(sealed, 15)
    with pytest.raises(Conflict, match="undo_not_good"):
        open_at(sealed, 1, Caller("member_2", Role.OWNER))
    with pytest.raises(Conflict, match="undo_not_good"):
        open_at(VAULT.open_text(sealed), 1)  # what was never sealed
    with pytest.raises(Conflict, match="undo_not_good"):
        open_at(VAULT.seal_text("a password"), 1)
    with pytest.raises(Conflict, match="undo_not_good"):
        open_removed(VAULT, sealed, CALLER, "palm-grove", Fact, START)
    with pytest.raises(Conflict, match="undo_not_good"):
        open_removed(VAULT, sealed, CALLER, "coral-bay", Answer, START)
