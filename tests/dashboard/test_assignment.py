"""Who gets a project's new leads, set up in the dashboard."""

import re
from datetime import timedelta

from frontdesk.accounts.model import Role
from frontdesk.leads.assigning import Assigner
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.assignment import AssignmentRule
from frontdesk.projects.model import Project
from tests.contracts.capturing import capture, phone
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.site import make_accounts
from tests.support.samples import make_lead

PATH = "/dashboard/projects/palm-grove/assignment"


async def change(person: Person, fields: dict[str, str | list[str]], seen: str = "") -> int:
    """The status of a change, sent as the page stands now."""
    page = await person.read(PATH)
    found = re.search(r'name="seen" value="([0-9a-f]+)"', page)
    assert found
    said = {"csrf_token": await person.csrf_token(), "seen": seen or found[1], **fields}
    reply = await person.client.post(PATH, data=said, headers={"Sec-Fetch-Site": "same-origin"})
    return reply.status_code


async def hire(desk: Desk, name: str, scope: Scope = EVERY_PROJECT) -> str:
    accounts = make_accounts(desk.storage, desk.clock)
    member, _ = await accounts.invite(f"{name}@agency.example".lower(), name, Role.SALES, scope)
    return member.id


async def rules_of(desk: Desk) -> tuple[AssignmentRule, ...]:
    return (await desk.storage.get_project("palm-grove")).assignment


async def test_rules_are_made_ordered_paused_and_removed(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    asha, ravi = await hire(desk, "Asha"), await hire(desk, "Ravi")
    assert "No rule yet" in await person.read(PATH)
    assert await change(person, {"act": "add", "member": [asha, ravi]}) == 303
    assert await change(person, {"act": "add", "member": ravi, "languages": "hi, hi-Latn"}) == 303
    everyone = AssignmentRule(members=(asha, ravi))
    hindi = AssignmentRule(members=(ravi,), languages=("hi", "hi-Latn"))
    assert await rules_of(desk) == (everyone, hindi)
    assert await change(person, {"act": "up", "rule": "1"}) == 303
    assert await rules_of(desk) == (hindi, everyone)
    assert await change(person, {"act": f"earlier:{ravi}", "rule": "1"}) == 303
    assert await change(person, {"act": "join", "rule": "0", "member": asha}) == 303
    assert [one.members for one in await rules_of(desk)] == [(ravi, asha), (ravi, asha)]
    assert await change(person, {"act": f"leave:{ravi}", "rule": "0"}) == 303
    assert await change(person, {"act": "languages", "rule": "0", "languages": ""}) == 303
    assert await change(person, {"act": "pause", "rule": "0"}) == 303
    paused, other = await rules_of(desk)
    assert paused == AssignmentRule(members=(asha,), paused=True)
    assert 'class="badge">Paused' in await person.read(PATH)
    assert await change(person, {"act": "remove", "rule": "0"}) == 303
    assert await rules_of(desk) == (other,)


async def test_what_makes_no_rule_changes_nothing(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    asha = await hire(desk, "Asha")
    elsewhere = await hire(desk, "Leela", Scope(projects=frozenset({"coral-bay"})))
    assert await change(person, {"act": "add", "member": asha}) == 303
    before = await rules_of(desk)
    for fields, code in (
        ({"act": "add"}, 422),
        ({"act": "add", "member": elsewhere}, 422),
        ({"act": "add", "member": asha, "languages": "every one!"}, 422),
        ({"act": f"leave:{asha}", "rule": "0"}, 422),
        ({"act": "pause", "rule": "7"}, 409),
    ):
        assert await change(person, dict(fields)) == code, fields
    assert await change(person, {"act": "remove", "rule": "0"}, seen="0" * 16) == 409
    assert await rules_of(desk) == before


async def test_whose_turn_it_is_and_who_got_the_last_stand_there(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    asha, ravi = await hire(desk, "Asha"), await hire(desk, "Ravi")
    await change(person, {"act": "add", "member": [asha, ravi]})
    for number, member in enumerate((ravi, asha)):
        lead = make_lead(phone=phone(900 + number), at=desk.clock() + timedelta(hours=number))
        await capture(desk.storage, lead.model_copy(update={"assignee_id": member}), key=member)
        page = await person.read(PATH)
        (following,) = re.findall(r'<span class="break">(\w+) <span class="badge[^>]*>Next', page)
        assert following == ("Asha" if member == ravi else "Ravi")
    latest = (await person.read(PATH)).split('id="latest"')[1]
    assert latest.index(">Asha<") < latest.index(">Ravi<")


async def test_a_paused_rule_gives_no_lead_away(desk: Desk, filled: Filled) -> None:
    asha = await hire(desk, "Asha")

    async def tell(_project: Project, _conversation_id: str) -> str:
        return "en"

    assigner = Assigner(desk.storage, desk.storage, tell)
    project = await desk.storage.get_project("palm-grove")
    for paused in (False, True):
        rule = AssignmentRule(members=(asha,), paused=paused)
        ruled = project.model_copy(update={"assignment": (rule,)})
        assert await assigner.choose(ruled, None) == (None if paused else asha)
