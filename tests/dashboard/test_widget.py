"""A colour for a thousand sites: published, told by versions, and rolled back."""

import re

from frontdesk.accounts.model import Role
from frontdesk.model import Scope
from frontdesk.projects.change_work import ChangeWork
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from tests.contracts.test_analytics import make_event, make_sighting
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.test_projects import import_text, names, read_seen, send
from tests.support.samples import VAULT

PATH = "/dashboard/widget"
BOTH = ("palm-grove", "coral-bay")


async def read_accent(desk: Desk, host: str) -> str:
    """As a process that has cached nothing serves it."""
    projects = Projects(desk.storage, desk.clock, Environment.PRODUCTION, VAULT)
    return (await projects.settings_for_host(host)).projects[0].accent


async def test_a_colour_is_changed_everywhere_and_rolled_back(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    group = "Sahyadri Homes"
    assert "None yet" in await person.read(PATH)
    assert (await send(person, PATH, accent="#112233", mark="0"))[0] == 303
    assert await read_accent(desk, "coral-bay.example") == "#112233"
    assert await read_accent(desk, "palmgrove.example") == "#1f6f54", "it has its own"
    fields = {"accent": "#445566", "quick_replies": "Prices\r\nVisit", "mark": "1"}
    assert (await send(person, PATH, **fields))[0] == 303
    page = await person.read(PATH)
    assert '#445566 <span class="was">instead of #112233</span>' in page
    assert "Nandini Kulkarni" in page
    status, where = await send(person, f"{PATH}/roll-back", number="1", mark="2")
    assert (status, where) == (303, f"{PATH}?notice=rolled_back")
    assert await read_accent(desk, "coral-bay.example") == "#112233"
    assert 'placeholder="#112233"' in await person.read(f"{PATH}?group=Sahyadri+Homes")
    assert (await send(person, PATH, group=group, theme="dark", mark="0"))[0] == 303


async def test_nobody_overwrites_what_they_have_not_seen(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    assert (await send(person, PATH, accent="#112233", mark="0"))[0] == 303
    status, page = await send(person, PATH, accent="#445566", mark="0")
    assert (status, "Somebody else changed it meanwhile" in page) == (409, True)
    assert 'value="#445566"' in page, "what was written is not lost"
    assert await read_accent(desk, "coral-bay.example") == "#112233"


async def test_what_is_wrong_stands_beside_its_field(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"accent": "red", "quick_replies": "a\nb\nc\nd\ne", "theme": "pink"}
    status, page = await send(person, PATH, **fields)
    assert status == 422
    assert re.findall('id="fault-([a-z_]+)">[^<]', page) == ["accent", "theme", "quick_replies"]
    assert (await send(person, f"{PATH}/roll-back", number="9"))[0] == 404
    assert (await send(person, PATH, group="Nowhere"))[0] == 404


async def read_mark(person: Person, path: str) -> str:
    found = re.search('name="mark" value="([0-9a-f-]+)"', await person.read(path))
    assert found
    return found[1]


async def test_a_draft_is_seen_by_no_visitor_until_it_is_published(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = "/dashboard/projects/coral-bay/widget"
    fields = {"accent": "#112233", "greeting": "-", "office_hours": "Mo-Fr 10:00-19:00"}
    mark = await read_mark(person, path)
    where = f"{path}?notice=draft"
    assert await send(person, path, act="draft", mark=mark, **fields) == (303, where)
    page = await person.read(path)
    assert "a draft of Nandini Kulkarni" in page
    assert 'value="#112233"' in page
    assert await read_accent(desk, "coral-bay.example") == "#1f6f54"
    assert (await send(person, path, mark=mark, **fields))[0] == 409, "the draft is not overlooked"
    assert (await send(person, f"{path}/discard", mark=await read_mark(person, path)))[0] == 303
    assert 'value="#112233"' not in await person.read(path)
    assert (await send(person, path, act="publish", **fields))[0] == 303
    assert await read_accent(desk, "coral-bay.example") == "#112233"
    assert (await desk.storage.get_project("coral-bay")).widget.greeting == ""


async def test_a_projects_own_settings_have_versions_with_what_an_import_wrote(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"palm-grove"})))
    path = "/dashboard/projects/palm-grove/widget"
    page = await person.read(path)
    assert "None yet" in page
    before = (await desk.storage.get_project("palm-grove")).widget
    assert (await send(person, path, accent="#112233"))[0] == 303
    page = await person.read(f"{path}?since=2&until=1")
    assert "an import or a program" in page
    assert "From version 2 to version 1" in page
    assert (await send(person, f"{path}/roll-back", number="1"))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget == before
    assert (await person.get("/dashboard/projects/coral-bay/widget")).status_code == 404


async def test_each_field_says_where_its_value_comes_from(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    group = "Sahyadri Homes"
    assert (await send(person, PATH, accent="#112233", theme="dark"))[0] == 303
    assert (await send(person, PATH, group=group, accent="#445566"))[0] == 303
    project = await desk.storage.get_project("coral-bay")
    changed = project.model_copy(update={"group": group})
    await desk.storage.save_project("coral-bay", changed)
    page = await person.read("/dashboard/projects/coral-bay/widget")
    sources = dict(re.findall(r'for="(\w+)">[^<]*</label><span class="inherited">([^<]*)<', page))
    assert sources["accent"] == f"From the group {group}"
    assert sources["theme"] == "From everywhere"
    assert sources["size"] == "Default"


async def test_the_preview_is_what_a_widget_gets_and_saves_nothing(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    token = {"csrf_token": await person.csrf_token()}
    path = "/dashboard/projects/coral-bay/widget"
    said = {"accent": "#ffd400", "greeting": "Hi", "shown_language": "hi"}
    reply = await person.post(f"{path}/preview", token | said)
    shown = reply.json()["project"]
    assert (shown["accent"], shown["on_accent"], shown["greeting"]) == ("#ffd400", "#17201c", "Hi")
    assert shown["quick_replies"][0] == "कीमत"
    refused = await person.post(f"{path}/preview", token | {"accent": "red"})
    assert (refused.status_code, list(refused.json()["faults"])) == (422, ["accent"])
    assert await read_accent(desk, "coral-bay.example") == "#1f6f54"
    frame = await person.get("/dashboard/widget/frame")
    policy = frame.headers["Content-Security-Policy"]
    assert "connect-src 'none'" in policy
    assert "sandbox allow-scripts" in policy
    assert "allow-same-origin" not in policy


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


async def make_changes(desk: Desk) -> int:
    """As the worker's process does; how many were finished."""
    projects = Projects(desk.storage, desk.clock, Environment.DEVELOPMENT, VAULT)
    return await ChangeWork(WidgetLayers(projects)).run_once()


async def test_many_projects_are_changed_as_one_and_undone_as_one(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = "/dashboard/change-widgets"
    before = {one: (await desk.storage.get_project(one)).widget for one in BOTH}
    wish = {"legal_line": "RERA P1", "clear": "accent"}
    status, page = await send(person, path, act="try", **wish)
    assert (status, "Nothing is stored yet" in page) == (200, True)
    assert 'inherited <span class="was">instead of #1f6f54</span>' in page
    assert {one: (await desk.storage.get_project(one)).widget for one in BOTH} == before
    other = {"legal_line": "RERA P2", "seen": read_seen(page)}
    assert "Nothing is stored yet" in (await send(person, path, act="apply", **other))[1]
    status, where = await send(person, path, act="apply", seen=read_seen(page), **wish)
    assert status == 303
    assert "data-progress" in await person.read(where)
    assert await make_changes(desk) == 1
    for one in BOTH:
        widget = (await desk.storage.get_project(one)).widget
        assert (widget.legal_line, widget.accent) == ("RERA P1", None)
    assert "Undo at" in await person.read(where)

    again = "/dashboard/projects/coral-bay/widget"
    assert (await send(person, again, legal_line="Mine"))[0] == 303
    assert (await send(person, f"{where}/undo"))[0] == 303
    assert (await send(person, f"{where}/undo"))[0] == 409
    assert await make_changes(desk) == 1
    assert (await desk.storage.get_project("palm-grove")).widget == before["palm-grove"]
    assert (await desk.storage.get_project("coral-bay")).widget.legal_line == "Mine"
    assert "Not undone: changed again since" in await person.read(where)
    listed = await person.read("/dashboard/widget-changes")
    assert ("RERA P1" in listed, ">Undone<" in listed) == (True, True)


async def test_many_means_those_that_one_may_change(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"palm-grove"})))
    path = "/dashboard/change-widgets"
    status, page = await send(person, path, accent="#112233")
    assert "1 project changes" in page
    assert (await send(person, path, act="apply", accent="#112233", seen=read_seen(page)))[0] == 303
    assert await make_changes(desk) == 1
    assert await read_accent(desk, "coral-bay.example") == "#1f6f54"
    left_out = await send(person, path, accent="#445566", without="palm-grove")
    assert "No project changes" in left_out[1]
    status, page = await send(person, path, accent="red")
    assert (status, 'id="fault-accent"' in page) == (422, True)
    assert (await person.get(f"{path}/change_0")).status_code == 404


async def test_lines_are_changed_by_language_and_say_what_they_inherit(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = "/dashboard/projects/palm-grove/widget/words"
    everywhere = {"language": "hi", "line.send": "सब"}
    assert (await send(person, "/dashboard/widget/words", **everywhere))[0] == 303
    page = await person.read(f"{path}?language=hi")
    assert 'name="line.send" value="" maxlength="500" placeholder="सब"' in page
    assert "From everywhere" in page
    fields = {"language": "hi", "line.send": " भेजो  अब ", "line.close": ""}
    assert (await send(person, path, **fields))[0] == 303
    stored = (await desk.storage.get_project("palm-grove")).widget
    assert stored.texts == {"hi:send": "भेजो अब"}
    assert 'value="भेजो अब"' in await person.read(f"{path}?language=hi")
    assert 'name="line.send" value=""' in await person.read(path)
    assert "1 line is" in await person.read("/dashboard/projects/palm-grove/widget")
    too_long = {"language": "hi", "line.send": "a" * 501}
    status, page = await send(person, path, **too_long)
    assert (status, "too long" in page, "a" * 501 in page) == (422, True, True)
    assert (await send(person, path, **fields, mark="0-000000000000"))[0] == 409
    assert (await send(person, path, language="hi", **{"line.send": ""}))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget.texts == {}


async def test_conversions_are_switches_with_what_they_inherit(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = "/dashboard/projects/palm-grove/widget"
    assert (await send(person, "/dashboard/widget", conversions_own="own", conversions="gtag"))[
        0
    ] == 303
    page = await person.read(path)
    assert "From everywhere: Google&#39;s tag (gtag)" in page
    assert (await send(person, path, conversions_own="own"))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget.conversions == ()
    assert (await send(person, path, conversions_own="own", conversions="fbq"))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget.conversions == ("fbq",)
    # A form that does not show them leaves them as they are.
    assert (await send(person, path, accent="#112233"))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget.conversions == ("fbq",)
    assert (await send(person, path, conversions_own=""))[0] == 303
    assert (await desk.storage.get_project("palm-grove")).widget.conversions is None
