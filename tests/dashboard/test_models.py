"""What models were not let say, with the way to the missing fact; and what they use by day."""

import re

from frontdesk.accounts.model import Role
from frontdesk.chat.budget import Limits
from frontdesk.chat.grounding import Objection
from frontdesk.dashboard.model_pages import REASONS
from frontdesk.model import Scope
from tests.dashboard.conftest import Desk
from tests.dashboard.filled import Filled
from tests.dashboard.test_pages import words

PATH = "/dashboard/settings/models"


async def test_a_refusal_leads_to_the_missing_fact(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(PATH)
    text = words(page)
    assert "Asked What does a penthouse cost?" in text
    assert "Not said A penthouse costs ₹3.2 crore." in text
    assert "A figure that is not known here" in text
    links = re.findall(r'<p class="row-acts">(.*?)</p>', page)[0]
    paths = [one.replace("&amp;", "&") for one in re.findall('href="([^"#]+)', links)]
    assert len(paths) == 3
    for path in paths:
        assert (await person.get(path)).status_code == 200
    assert 'value="What does a penthouse cost?"' in await person.read(paths[1])


async def test_tokens_are_told_by_day_and_project(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    text = words(await person.read(PATH))
    assert "23 Nov 2,040 22 Nov 5,100 21 Nov 0" in text
    assert "palm-grove 1,240 coral-bay 800" in text
    text = words(await person.read(f"{PATH}?project=coral-bay"))
    assert "23 Nov 800 22 Nov 0" in text
    assert "penthouse" not in text


async def test_a_budget_that_is_used_up_shows(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    assert "used up" not in await person.read(PATH)
    desk.chain.budget.limits = Limits(day_tokens=4_000, project_day_tokens=800)
    page = await person.read(PATH)
    assert re.search(r"5,100<span class=\"unseen\"> used up", page)
    assert 'width="51%"' in page
    assert "4,000 tokens" in page
    assert "used up" in await person.read(f"{PATH}?project=coral-bay")


async def test_only_what_is_in_reach_is_told(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.OWNER, Scope(projects=frozenset({"coral-bay"})))
    page = await person.read(PATH)
    assert "penthouse" not in page
    assert "palm-grove" not in page
    assert "23 Nov 800" in words(page)
    assert (await person.get(f"{PATH}?project=palm-grove")).status_code == 404


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Objection)
