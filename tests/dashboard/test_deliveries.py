"""Deliveries: found, explained, sent again one or many at once, their destination paused."""

import re

from frontdesk.accounts.model import Role
from frontdesk.dashboard.delivery_pages import PROJECTS_OFFERED
from frontdesk.delivery.model import DeliveryState
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.support.samples import make_project

DELIVERIES = "/dashboard/deliveries"


def shown(page: str) -> list[str]:
    return re.findall(r'class="row-link" href="/dashboard/deliveries/([^"]+)"', page)


async def send(person: Person, path: str, **fields: str) -> str:
    reply = await person.post(path, {"csrf_token": await person.csrf_token(), **fields})
    assert reply.status_code == 303, (path, reply.status_code)
    return reply.headers["Location"]


async def test_the_list_narrows_to_what_is_asked(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    dead = filled.dead_delivery
    assert shown(await person.read(f"{DELIVERIES}?state=dead")) == [dead.id]
    assert len(shown(await person.read(f"{DELIVERIES}?state=failing"))) == 2
    where = f"project={dead.project_id}&destination=crm"
    assert shown(await person.read(f"{DELIVERIES}?state=dead&{where}")) == [dead.id]
    other = "coral-bay" if dead.project_id == "palm-grove" else "palm-grove"
    assert shown(await person.read(f"{DELIVERIES}?state=dead&project={other}")) == []
    day = dead.created_at.date().isoformat()
    assert dead.id in shown(await person.read(f"{DELIVERIES}?since={day}&until={day}"))
    assert shown(await person.read(f"{DELIVERIES}?until=2001-01-01")) == []
    odd = await person.read(f"{DELIVERIES}?state=made-up&since=tomorrow&destination=crm")
    assert len(shown(odd)) > 30, "what makes no sense asks for nothing"


async def test_a_project_is_found_by_a_part_of_its_name_among_many(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.VIEWER)
    assert '<option value="palm-grove">' in await person.read(DELIVERIES)
    for number in range(PROJECTS_OFFERED):
        name = "Tower 007" if number == 7 else f"Tower 007 wing {number}"
        project = make_project(f"tower-{number}").model_copy(update={"name": name})
        await storage.save_project(project.id, project)
    page = await person.read(DELIVERIES)
    assert "<option value=" not in page[: page.index('type="date"')], "not the first of many"
    for text, meant in (
        ("TOWER 007", "tower-7"),
        ("wing 150", "tower-150"),
        ("lm-grov", "palm-grove"),
    ):
        reply = await person.get(f"{DELIVERIES}?state=dead&destination=x&project={text}")
        assert reply.status_code == 303, text
        assert reply.headers["Location"] == f"{DELIVERIES}?state=dead&project={meant}"
    several = await person.read(f"{DELIVERIES}?state=dead&project=wing%2011")
    assert re.findall(r'state=dead&amp;project=(tower-\d+)"', several) == [
        "tower-11",
        *(f"tower-{number}" for number in range(110, 120)),
    ]
    assert "11 fit “wing 11”" in several
    assert "The first 20 that fit “wing”" in await person.read(f"{DELIVERIES}?project=wing")
    unknown = await person.read(f"{DELIVERIES}?project=%3Cnowhere%3E")
    assert "No project has “&lt;nowhere&gt;” in its name, id or sites." in unknown
    assert shown(unknown) == []
    await desk.add_member(
        Role.VIEWER, Scope(projects=frozenset({"urban-nest"})), email="other@agency.example"
    )
    stranger = desk.visit()
    await stranger.sign_in("other@agency.example")
    for text in ("palm-grove", "wing"):
        assert f"No project has “{text}”" in await stranger.read(f"{DELIVERIES}?project={text}")


async def test_what_stopped_them_is_said_and_leads_there(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    page = await person.read(DELIVERIES)
    causes = page[page.index('id="causes"') : page.index("</ul>", page.index('id="causes"'))]
    assert "The CRM refused the lead: the project is unknown to it." in causes
    link = re.search(r'class="danger" href="([^"]+)"', causes)
    assert link
    assert shown(await person.read(link[1].replace("&amp;", "&"))) == [filled.dead_delivery.id]
    hidden = Scope(projects=frozenset({"urban-nest"}))
    await desk.add_member(Role.VIEWER, hidden, email="other@agency.example")
    stranger = desk.visit()
    await stranger.sign_in("other@agency.example")
    assert "refused the lead" not in await stranger.read(DELIVERIES)


async def test_one_delivery_says_what_becomes_of_it_and_shows_its_request(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    here = f"{DELIVERIES}/{filled.dead_delivery.id}"
    page = await person.read(here)
    assert "nobody sends it by itself any more" in page
    assert page.count("The CRM is not available.") == 2
    assert "Authorization" in page
    assert "••••" in page
    assert "s3cr3t-header" not in page
    assert filled.dead_lead.phone in page, "the request is the lead's own"
    assert "Send it again" in page
    assert await send(person, f"{here}/retry") == f"{here}?notice=retrying"
    assert desk.woken == 1
    stored = await storage.find_delivery(EVERY_PROJECT, filled.dead_delivery.id)
    assert stored
    assert stored.state is DeliveryState.WAITING
    assert await send(person, f"{here}/destination", act="pause") == f"{here}?notice=pause"
    assert "crm is paused, so it waits." in await person.read(here)
    project = await storage.get_project(stored.project_id)
    assert [one.paused for one in project.destinations] == [True]
    await send(person, f"{here}/destination", act="resume")
    assert desk.woken == 2
    assert "The lead is safe and will be sent again" in await person.read(here)
    assert (await person.get(f"{DELIVERIES}/delivery_0")).status_code == 404


async def test_who_may_not_change_projects_does_not_see_whole_addresses(
    desk: Desk, filled: Filled
) -> None:
    person = await desk.let_in(Role.SALES)
    page = await person.read(f"{DELIVERIES}/{filled.dead_delivery.id}")
    assert "https://hooks.crm.example/…" in page
    assert "s3cr3t" not in page
    assert "Pause crm" not in page


async def test_many_are_counted_first_and_then_sent_again(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.SALES)
    ask = await person.read(f"{DELIVERIES}/again?state=failing")
    assert "Send 2 deliveries now" in ask
    assert desk.woken == 0, "asking sends nothing"
    assert "Send 1 delivery now" in await person.read(f"{DELIVERIES}/again?state=dead")
    gone = await send(person, f"{DELIVERIES}/again", state="failing", since="2001-01-01")
    assert gone == f"{DELIVERIES}?notice=again_2"
    dead = await storage.count_deliveries(EVERY_PROJECT)
    assert dead[DeliveryState.DEAD] == 1, "what was not asked for is left alone"
    assert desk.woken == 1
    # Nothing sends what was delivered again, nor everything at once.
    for state in ("", "delivered"):
        assert (await person.get(f"{DELIVERIES}/again?state={state}")).status_code == 303
        await send(person, f"{DELIVERIES}/again", state=state)
    assert desk.woken == 1


async def test_a_destination_is_paused_from_its_deliveries(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    where = f"{DELIVERIES}?project=palm-grove&destination=crm"
    assert "Pause<span" in await person.read(where)
    path = "/dashboard/projects/palm-grove/destinations/crm/switch"
    assert await send(person, path, act="pause", back="deliveries") == f"{where}&notice=pause"
    page = await person.read(where)
    assert "Resume<span" in page
    assert "none of their tries is used up" in page
