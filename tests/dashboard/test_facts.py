"""Facts as a marketer decides about them: approving, rejecting, keeping, writing, reading again."""

import re
from datetime import timedelta

from frontdesk.accounts.model import Role
from frontdesk.model import Scope
from frontdesk.projects.model import Fact, FactsMode, FactState, Knowledge
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.known import HOME, make_findings
from tests.dashboard.test_projects import send

PATH = "/dashboard/projects/palm-grove/facts"


async def told(desk: Desk, key: str) -> list[str]:
    """What visitors are told of it."""
    facts = (await desk.storage.get_knowledge("palm-grove")).facts
    spoken = {FactState.APPROVED, FactState.OVERRIDDEN}
    found = [one for one in facts if one.key == key and one.state in spoken]
    return [f"{one.subject} {one.value}".strip() for one in found]


async def press(person: Person, label: str, show: str = "waiting") -> tuple[int, str]:
    """A button of the list by its name as a screen reader has it."""
    page = await person.read(f"{PATH}?show={show}")
    buttons = re.findall(r'<button[^>]*name="act" value="([^"]+)">(.*?)</button>', page)
    named = {re.sub("<[^>]+>", "", text): value for value, text in buttons}
    return await send(person, PATH, act=named[label], show=show)


async def test_what_waits_stands_first_with_where_it_was_read(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    page = await person.read(PATH)
    order = ["Pages disagree", "Changed on the page", "Gone from the page", "New"]
    places = [page.index(f">{one}<") for one in order]
    assert places == sorted(places)
    text = " ".join(re.sub("<[^>]+>", " ", page).split())
    assert "3 BHK from Rs. 1.18 Cr onwards The visible page, palmgrove.example" in text
    assert "90% sure" in text
    assert "It does not say: possession." in text
    assert "The site answered with 503." in text
    assert "<button" not in page.split("<main")[1], "a viewer changes nothing"


async def test_one_is_approved_rejected_kept_and_taken_back(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    status, where = await press(person, "Approve Price, 3 BHK: ₹1.18 crore onwards")
    assert status == 303
    assert "1 fact is approved" in await person.read(where)
    assert await told(desk, "price") == ["2 BHK ₹84 lakh onwards", "3 BHK ₹1.18 crore onwards"]
    assert (await press(person, "Take this Land: 4.5 acres"))[0] == 303
    assert await told(desk, "land_area") == ["4.5 acres"]
    assert (await press(person, "Reject Developer: Sahyadri Homes"))[0] == 303
    assert "Sahyadri Homes" not in (await person.read(PATH)).split("<main")[1]
    assert (await press(person, "Take back the rejection of Developer", "rejected"))[0] == 200
    assert 'Approve<span class="unseen"> Developer' in await person.read(PATH)
    assert (await press(person, "Keep Maintenance"))[0] == 303
    assert await told(desk, "maintenance") == ["₹3.50 per sq ft"]
    assert "Gone from the page" not in await person.read(PATH)


async def test_all_that_need_no_choice_are_approved_at_once(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(PATH)
    shown = re.findall(r'name="shown" value="(\w+)"', page)
    assert len(shown) == 3
    fields = {"csrf_token": await person.csrf_token(), "act": "approve_shown", "shown": shown}
    reply = await person.client.post(PATH, data=fields, headers={"Sec-Fetch-Site": "same-origin"})
    assert reply.status_code == 303
    assert await told(desk, "developer") == ["Sahyadri Homes"]
    assert await told(desk, "location") == ["Grove Lane, Baner, Pune"]
    assert await told(desk, "land_area") == [], "what contradicts is chosen by nobody but a person"
    status, page = await send(person, PATH, act="approve_chosen")
    assert (status, "Choose the facts to approve first" in page) == (409, True)


async def test_what_the_page_says_no_more_is_not_approved(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(PATH)
    act = re.findall(r'value="(approve:\w+)"', page)[0]
    findings = make_findings(desk.clock())
    await desk.storage.save_findings("palm-grove", findings.model_copy(update={"pages": ()}))
    status, page = await send(person, PATH, act=act)
    assert status == 409
    assert "No page of the project says that any more" in page


async def test_a_fact_is_written_changed_and_removed(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"key": "Possession date", "value": "March 2028", "subject": "Tower B"}
    assert (await send(person, f"{PATH}/edit", **fields))[0] == 303
    assert await told(desk, "possession_date") == ["Tower B March 2028"]
    status, page = await send(person, f"{PATH}/edit", **fields)
    assert (status, "has this fact already" in page) == (409, True)
    status, page = await send(person, f"{PATH}/edit", key="9", value="", as_of="soon")
    assert status == 422
    assert re.findall('id="fault-([a-z_]+)"', page) == ["key", "value", "as_of"]

    page = await person.read(f"{PATH}?show=known")
    edit = re.findall(r'href="([^"]+edit\?fact=(\w+))">Change<span class="unseen"> Price, 2', page)
    (link, name) = edit[0]
    assert "₹84 lakh onwards</textarea>" in await person.read(link)
    fields = {"fact": name, "key": "Price", "subject": "2 BHK", "value": "₹86 lakh onwards"}
    assert (await send(person, f"{PATH}/edit", **fields))[0] == 303
    assert await told(desk, "price") == ["2 BHK ₹86 lakh onwards", "3 BHK ₹1.12 crore onwards"]
    status, page = await send(person, f"{PATH}/edit", **fields | {"value": "₹90 lakh onwards"})
    assert (status, "changed it meanwhile" in page, "₹90 lakh" in page) == (409, True, True)
    page = await person.read(f"{PATH}?show=known")
    name = re.findall(r'edit\?fact=(\w+)">Change<span class="unseen"> Price, 2', page)[0]
    assert (await send(person, PATH, act=f"forget:{name}"))[0] == 200
    assert await told(desk, "price") == ["3 BHK ₹1.12 crore onwards"]


async def test_the_setting_is_kept_and_nobody_is_overwritten(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    assert 'name="seen" value="propose"' in await person.read(PATH)
    fields = {"mode": "override", "seen": "propose"}
    assert (await send(person, f"{PATH}/mode", **fields))[0] == 303
    project = await desk.storage.get_project("palm-grove")
    assert project.facts_mode is FactsMode.OVERRIDE
    status, page = await send(person, f"{PATH}/mode", **fields | {"mode": "off"})
    assert (status, "changed it meanwhile" in page) == (409, True)


async def test_only_pages_of_its_own_sites_are_read(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    status, page = await send(person, f"{PATH}/read", url="https://elsewhere.example/")
    assert status == 422
    assert 'id="fault-url">This is no page on a site of the project' in page
    assert 'value="https://elsewhere.example/"' in page
    at = desk.clock()
    assert await desk.storage.begin_reading("palm-grove", at, at + timedelta(minutes=5))
    status, page = await send(person, f"{PATH}/read", url=HOME)
    assert (status, "being read just now" in page) == (409, True)


async def test_a_page_of_five_hundred_facts_is_small(desk: Desk, filled: Filled) -> None:
    facts = tuple(
        Fact(key="price", subject=f"Tower {n}", value="₹1.12 crore onwards, all taxes included")
        for n in range(500)
    )
    known = Knowledge(facts=facts, updated_at=desk.clock())
    await desk.storage.save_knowledge("palm-grove", known)
    person = await desk.let_in(Role.MANAGER)
    page = await person.read(f"{PATH}?show=all&page=26")
    assert "Tower 499" in page
    assert len(page.encode()) < 100_000
    assert len((await person.read("/dashboard/projects/palm-grove")).encode()) < 100_000


async def test_facts_of_other_projects_are_not_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    for path in (PATH, f"{PATH}/edit", f"{PATH}/edit?fact=0"):
        assert (await person.get(path)).status_code == 404
    for path in (PATH, f"{PATH}/edit", f"{PATH}/mode", f"{PATH}/read"):
        assert (await send(person, path, mode="off", act="reject:x", value="x"))[0] == 404
