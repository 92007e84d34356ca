"""Who gets a new lead: by turns, by project, by the language of the talk."""

from collections import Counter
from collections.abc import Awaitable, Callable

import httpx2
import pytest

from frontdesk.accounts.model import Role
from frontdesk.accounts.service import Accounts
from frontdesk.errors import Unavailable
from frontdesk.leads.assigning import Assigner
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.assignment import AssignmentRule
from frontdesk.projects.model import Project
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone
from tests.leads.form import KEY, make_form, send_form
from tests.support.clock import SteppedClock
from tests.support.samples import later, make_lead, make_project

pytestmark = pytest.mark.usefixtures("client")  # it opens the store

Hire = Callable[..., Awaitable[str]]


@pytest.fixture
def hire(storage: Storage, clock: SteppedClock) -> Hire:
    accounts = Accounts(storage, clock, 12)

    async def hire(name: str, scope: Scope = EVERY_PROJECT) -> str:
        member, _ = await accounts.invite(f"{name}@agency.example", name, Role.SALES, scope)
        return member.id

    return hire


def make_assigner(storage: Storage, language: str = "en") -> Assigner:
    async def tell(_project: Project, _conversation_id: str) -> str:
        return language

    return Assigner(storage, storage, tell)


def with_rules(*rules: AssignmentRule) -> Project:
    return make_project().model_copy(update={"assignment": rules})


async def test_leads_go_round(storage: Storage, hire: Hire) -> None:
    team = [await hire(name) for name in ("asha", "ravi", "meera")]
    project = with_rules(AssignmentRule(members=tuple(team)))
    assigner = make_assigner(storage)
    chosen = [await assigner.choose(project, None) for _ in range(7)]
    assert chosen == [*team, *team, team[0]]


async def test_turns_go_on_after_a_start(storage: Storage, hire: Hire) -> None:
    await storage.save_project("palm-grove", make_project())
    team = [await hire(name) for name in ("asha", "ravi", "meera")]
    lead = make_lead().model_copy(update={"assignee_id": team[1]})
    await capture(storage, lead)
    await capture(storage, make_lead(phone=phone(1), at=later(minutes=1)))  # nobody's
    project = with_rules(AssignmentRule(members=tuple(team)))
    assert await make_assigner(storage).choose(project, None) == team[2]


async def test_the_first_rule_that_fits_the_language_decides(storage: Storage, hire: Hire) -> None:
    hindi, english, rest = [await hire(name) for name in ("h", "e", "r")]
    project = with_rules(
        AssignmentRule(members=(hindi,), languages=("hi",)),
        AssignmentRule(members=(english,), languages=("EN", "fr")),
        AssignmentRule(members=(rest,)),
    )
    for language, who in (
        ("hi", hindi), ("hi-Latn", hindi), ("en", english), ("ar", rest), ("hil", rest)
    ):  # fmt: skip
        assert await make_assigner(storage, language).choose(project, "c_1") == who, language
    assert await make_assigner(storage, "hi").choose(project, None) == english, "the page's"
    only_hindi = with_rules(AssignmentRule(members=(hindi,), languages=("hi",)))
    assert await make_assigner(storage, "en").choose(only_hindi, "c_1") is None


async def test_who_is_gone_or_does_not_reach_the_project_is_passed_over(
    storage: Storage, clock: SteppedClock, hire: Hire
) -> None:
    elsewhere = await hire("elsewhere", Scope(projects=frozenset({"coral-bay"})))
    gone, here = await hire("gone"), await hire("here")
    await Accounts(storage, clock, 12).change_member(gone, is_active=False)
    project = with_rules(AssignmentRule(members=("member_0", elsewhere, gone, here)))
    assigner = make_assigner(storage)
    assert [await assigner.choose(project, None) for _ in range(2)] == [here, here]
    nobody = with_rules(AssignmentRule(members=(gone, elsewhere)))
    assert await assigner.choose(nobody, None) is None


async def test_a_lead_without_rules_asks_nothing_and_faults_refuse_none(storage: Storage) -> None:
    async def fail(_project: Project, _conversation_id: str) -> str:
        raise Unavailable("storage_unavailable", "not now")

    project = with_rules(AssignmentRule(members=("m",), languages=("hi",)))
    broken = Assigner(storage, storage, fail)
    assert await broken.choose(project, "c_1") is None
    assert await broken.choose(make_project(), "c_1") is None


async def test_a_form_over_http_is_given_to_somebody(
    client: httpx2.AsyncClient, storage: Storage, hire: Hire
) -> None:
    team = [await hire(name) for name in ("asha", "ravi")]
    project = await storage.get_project("palm-grove")
    rules = (AssignmentRule(members=tuple(team)),)
    await storage.save_project("palm-grove", project.model_copy(update={"assignment": rules}))
    for number in range(4):
        form = make_form(phone={"number": f"98765 4321{number}", "country": "IN"})
        assert (await send_form(client, form, key=f"{KEY}-{number}")).status_code == 201
    leads = (await storage.list_leads(EVERY_PROJECT)).items
    assert Counter(lead.assignee_id for lead in leads) == {team[0]: 2, team[1]: 2}
    # Whoever asks again stays with whom they were.
    again = make_form(phone={"number": "98765 43210", "country": "IN"})
    assert (await send_form(client, again, key="another-key-of-the-visitor")).status_code == 201
    known = [lead for lead in (await storage.list_leads(EVERY_PROJECT)).items if lead.enquiries[1:]]
    assert [lead.assignee_id for lead in known] == [team[0]]
