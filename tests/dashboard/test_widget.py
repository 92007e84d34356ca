"""A colour for a thousand sites: published, told by versions, and rolled back."""

import re

from frontdesk.accounts.model import Role
from frontdesk.model import Scope
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from tests.contracts.test_analytics import make_event, make_sighting
from tests.dashboard.conftest import Desk
from tests.dashboard.filled import Filled
from tests.dashboard.test_projects import import_text, names, read_seen, send
from tests.support.samples import VAULT

PATH = "/dashboard/widget"


async def read_accent(desk: Desk, host: str) -> str:
    """As a process that has cached nothing serves it."""
    projects = Projects(desk.storage, desk.clock, Environment.PRODUCTION, VAULT)
    return (await projects.settings_for_host(host)).projects[0].accent


async def test_a_colour_is_changed_everywhere_and_rolled_back(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    group = "Sahyadri Homes"
    assert "None yet" in await person.read(PATH)
    assert (await send(person, PATH, accent="#112233", version="0"))[0] == 303
    assert await read_accent(desk, "coral-bay.example") == "#112233"
    assert await read_accent(desk, "palmgrove.example") == "#1f6f54", "it has its own"
    fields = {"accent": "#445566", "quick_replies": "Prices\r\nVisit", "version": "1"}
    assert (await send(person, PATH, **fields))[0] == 303
    page = await person.read(PATH)
    assert '#445566 <span class="muted">instead of #112233</span>' in page
    assert "Nandini Kulkarni" in page
    status, where = await send(person, f"{PATH}/roll-back", number="1", version="2")
    assert (status, where) == (303, f"{PATH}?notice=rolled_back")
    assert await read_accent(desk, "coral-bay.example") == "#112233"
    assert 'placeholder="#112233"' in await person.read(f"{PATH}?group=Sahyadri+Homes")
    assert (await send(person, PATH, group=group, theme="dark", version="0"))[0] == 303


async def test_nobody_overwrites_what_they_have_not_seen(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    assert (await send(person, PATH, accent="#112233", version="0"))[0] == 303
    status, page = await send(person, PATH, accent="#445566", version="0")
    assert (status, "Somebody else changed it meanwhile" in page) == (409, True)
    assert 'value="#445566"' in page, "what was written is not lost"
    assert await read_accent(desk, "coral-bay.example") == "#112233"


async def test_what_is_wrong_stands_beside_its_field(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"accent": "red", "quick_replies": "a\nb\nc\nd\ne", "theme": "pink"}
    status, page = await send(person, PATH, **fields)
    assert status == 422
    assert re.findall('id="fault-([a-z_]+)"', page) == ["accent", "theme", "quick_replies"]
    assert (await send(person, f"{PATH}/roll-back", number="9"))[0] == 404
    assert (await send(person, PATH, group="Nowhere"))[0] == 404


async def test_only_a_manager_of_every_project_changes_it(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    assert (await person.get(PATH)).status_code == 403
    assert (await send(person, PATH, accent="#112233"))[0] == 403
    assert (await send(person, f"{PATH}/roll-back", number="1"))[0] == 403
    assert await read_accent(desk, "coral-bay.example") == "#1f6f54"


async def test_three_of_a_thousand_that_are_not_live_are_found(desk: Desk) -> None:
    person = await desk.let_in(Role.MANAGER)
    lines = [f"tower-{n:04},Tower {n},tower-{n:04}.example" for n in range(1000)]
    text = "\n".join(["id,name,sites", *lines])
    _, page = await import_text(person, text)
    assert "1000 new" in page
    assert (await import_text(person, text, act="apply", seen=read_seen(page)))[0] == 303
    dark = {7, 444, 999}
    for n in set(range(1000)) - dark:
        project_id = f"tower-{n:04}"
        seen = make_sighting(project_id)
        await desk.storage.record_events(project_id, [make_event(project_id=project_id)], seen)
    found = await names(person, "/dashboard/projects?state=not_live")
    assert found == [f"Tower {n}" for n in sorted(dark)]
    assert re.search(r'state=not_live"><span class="number">3<', await person.read("/dashboard"))
