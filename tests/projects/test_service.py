"""Projects as a service: a page's project, the widget's reply, saving, the short memory."""

from collections.abc import Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.errors import Conflict, Forbidden, Invalid, NotFound
from frontdesk.projects.destinations import HttpDestination
from frontdesk.projects.layer_service import WidgetLayers
from frontdesk.projects.layers import Place
from frontdesk.projects.model import Fact, Knowledge, Project, Site, WidgetSettings
from frontdesk.projects.secrets import MASK
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.support.clock import START, SteppedClock
from tests.support.samples import VAULT, make_project, open_headers

DEVELOPMENT, PRODUCTION = Environment.DEVELOPMENT, Environment.PRODUCTION


@pytest.fixture
def projects(storage: Storage, clock: SteppedClock) -> Projects:
    return Projects(storage, clock, PRODUCTION, VAULT)


@pytest.fixture
def local_projects(storage: Storage, clock: SteppedClock) -> Projects:
    return Projects(storage, clock, DEVELOPMENT, VAULT)


def on(project_id: str, *sites: Site) -> Project:
    return make_project(project_id, hosts=()).model_copy(update={"sites": sites})


PALM = on(
    "palm-grove",
    Site(host="palmgrove.example"),
    Site(host="brand.example", path_prefix="/palm-grove"),
    Site(host="*.palmgrove.example"),
    Site(host="shared.example", by_hand=True),
    Site(host="palmgrove.localhost"),
)
CORAL = on(
    "coral-bay",
    Site(host="brand.example", path_prefix="/coral-bay"),
    Site(host="shared.example", by_hand=True),
)


@pytest.fixture
async def saved(projects: Projects) -> Projects:
    for project in (PALM, CORAL):
        await projects.save(project)
    return projects


@pytest.mark.parametrize(
    ("page_url", "origin", "host"),
    [
        ("https://palmgrove.example/", "https://palmgrove.example", "palmgrove.example"),
        ("https://palmgrove.example/any?x=1#y", "https://palmgrove.example", "palmgrove.example"),
        ("https://brand.example/palm-grove/x", "https://brand.example", "brand.example"),
        ("https://brand.example//palm%2Dgrove", "https://brand.example", "brand.example"),
        ("https://a.b.palmgrove.example/", "https://a.b.palmgrove.example", "*.palmgrove.example"),
        ("https://shared.example/", "https://shared.example", "shared.example"),
        ("https://palmgrove.example./", "https://palmgrove.example.", "palmgrove.example"),
    ],
)
async def test_a_page_on_a_site_is_let_in(
    saved: Projects, page_url: str, origin: str, host: str
) -> None:
    project, site = await saved.authorize_page("palm-grove", page_url, origin)
    assert (project.id, site.host) == ("palm-grove", host)


PAGE = "https://palmgrove.example/"


@pytest.mark.parametrize(
    "origin",
    [
        None,
        "",
        "null",
        "*",
        "https://evilpalmgrove.example",
        "https://palmgrove.example.evil.example",
        "https://palmgrove.exampl",
        "https://palmgrove.example:8443",
        "https://palmgrove.example:80",
        "http://palmgrove.example",
        "ftp://palmgrove.example",
        "https://user@palmgrove.example",
        "https://palmgrove.example@evil.example",
        "https://evil.example#palmgrove.example",
        "https://evil.example/palmgrove.example",
        "https://palmgrove.example/",
        "https://pаlmgrove.example",  # Cyrillic а
        "https://xn--plmgrove-1fg.example",
        "https://palmgrove.example\x00",
        "https://palmgrove.example\r\n",
        "https://palmgrove.example https://evil.example",
        "https://palmgrove.localhost",
        "http://localhost:8000",
        "https://localhost",
        "https://127.0.0.1",
    ],
)
async def test_a_hostile_origin_is_nobodys_site(saved: Projects, origin: str | None) -> None:
    with pytest.raises(Forbidden) as refusal:
        await saved.authorize_page("palm-grove", PAGE, origin)
    assert refusal.value.code == "origin_not_allowed"
    assert not await saved.is_site_origin(origin or "")


@pytest.mark.parametrize(
    ("page_url", "origin"),
    [
        ("https://brand.example/", "https://brand.example"),
        ("https://brand.example/coral-bay", "https://brand.example"),
        ("https://brand.example/palm-grove-2", "https://brand.example"),
        ("https://brand.example/palm-grove/../coral-bay", "https://brand.example"),
        ("https://brand.example/palm-grove/%2e%2e/coral-bay", "https://brand.example"),
        ("https://brand.example/palm-grove", "https://palmgrove.example"),
        ("https://palmgrove.example:8443/", "https://palmgrove.example"),
        ("http://palmgrove.example/", "https://palmgrove.example"),
        ("https://evil.example/", "https://palmgrove.example"),
        ("https://palmgrove.example@evil.example/", "https://palmgrove.example"),
        ("https://evil.example\\@palmgrove.example/", "https://palmgrove.example"),
        ("not a page", "https://palmgrove.example"),
        ("", "https://palmgrove.example"),
    ],
)
async def test_a_page_off_the_sites_is_turned_away(
    saved: Projects, page_url: str, origin: str
) -> None:
    with pytest.raises(Forbidden) as refusal:
        await saved.authorize_page("palm-grove", page_url, origin)
    assert refusal.value.code == "page_not_on_site"


async def test_an_unknown_project_is_not_found(saved: Projects) -> None:
    with pytest.raises(NotFound, match="project_not_found"):
        await saved.authorize_page("nobody", PAGE, "https://palmgrove.example")


@pytest.mark.parametrize("host", ["localhost:5173", "127.0.0.1:5173", "[::1]:5173"])
async def test_a_developers_own_pages_may_name_any_project(
    saved: Projects, local_projects: Projects, host: str
) -> None:
    origin = f"http://{host}"
    project, site = await local_projects.authorize_page("coral-bay", f"{origin}/x", origin)
    assert (project.id, site.by_hand) == ("coral-bay", True)
    assert await local_projects.is_site_origin(origin)
    reply = await local_projects.settings_for_host(host, "coral-bay")
    assert [(one.id, one.by_hand) for one in reply.projects] == [("coral-bay", True)]
    with pytest.raises(NotFound, match="unknown_site"):
        await local_projects.settings_for_host(host)
    with pytest.raises(NotFound, match="project_not_found"):
        await local_projects.settings_for_host(host, "nobody")
    with pytest.raises(NotFound, match="unknown_site"):
        await saved.settings_for_host(host, "coral-bay")


async def test_names_below_localhost_take_any_port_and_their_own_projects(
    saved: Projects, local_projects: Projects
) -> None:
    origin = "http://palmgrove.localhost:8000"
    await local_projects.authorize_page("palm-grove", f"{origin}/", origin)
    reply = await local_projects.settings_for_host("palmgrove.localhost:8000")
    assert [one.id for one in reply.projects] == ["palm-grove"]
    with pytest.raises(Forbidden, match="origin_not_allowed"):
        await local_projects.authorize_page("coral-bay", f"{origin}/", origin)


async def test_the_reply_names_every_project_of_a_host(saved: Projects) -> None:
    reply = await saved.settings_for_host("Brand.example")
    assert reply.host == "brand.example"
    assert {(one.id, one.path_prefix, one.by_hand) for one in reply.projects} == {
        ("palm-grove", "/palm-grove", False),
        ("coral-bay", "/coral-bay", False),
    }
    shared = await saved.settings_for_host("shared.example")
    assert {(one.id, one.by_hand) for one in shared.projects} == {
        ("palm-grove", True),
        ("coral-bay", True),
    }


async def test_a_named_project_narrows_the_reply(saved: Projects) -> None:
    reply = await saved.settings_for_host("brand.example", "coral-bay")
    assert [one.id for one in reply.projects] == ["coral-bay"]
    for host, project_id, code in [
        ("palmgrove.example", "coral-bay", "project_not_found"),
        ("palmgrove.example", "nobody", "project_not_found"),
        ("evil.example", "palm-grove", "unknown_site"),
    ]:
        with pytest.raises(NotFound) as missing:
            await saved.settings_for_host(host, project_id)
        assert missing.value.code == code


@pytest.mark.parametrize(
    "host",
    ["evil.example", "palmgrove.example:8443", "palmgrove.localhost", "not a host", "", "*.b.c"],
)
async def test_an_unknown_host_gets_nothing(saved: Projects, host: str) -> None:
    with pytest.raises(NotFound) as missing:
        await saved.settings_for_host(host)
    assert missing.value.code == "unknown_site"


async def test_one_reply_is_built_once_and_sent_to_many(
    saved: Projects, clock: SteppedClock
) -> None:
    reply = await saved.settings_for_host("palmgrove.example")
    assert await saved.settings_for_host("PALMGROVE.example.") is reply
    clock.step(seconds=31)
    again = await saved.settings_for_host("palmgrove.example")
    assert again is not reply
    assert again.etag == reply.etag


async def test_a_save_shows_at_once_here_and_within_half_a_minute_elsewhere(
    saved: Projects, storage: Storage, clock: SteppedClock
) -> None:
    elsewhere = Projects(storage, clock, PRODUCTION, VAULT)
    before = await elsewhere.settings_for_host("palmgrove.example")
    await elsewhere.get("palm-grove")
    await saved.settings_for_host("palmgrove.example")
    await saved.save(PALM.model_copy(update={"name": "Palm Court"}))
    here = await saved.settings_for_host("palmgrove.example")
    assert here.projects[0].name == "Palm Court"
    assert here.etag != before.etag
    assert (await saved.get("palm-grove")).name == "Palm Court"
    assert await elsewhere.settings_for_host("palmgrove.example") is before
    clock.step(seconds=30)
    there = await elsewhere.settings_for_host("palmgrove.example")
    assert there.etag == here.etag
    assert (await elsewhere.get("palm-grove")).name == "Palm Court"


async def test_a_new_site_is_known_at_once(saved: Projects) -> None:
    assert not await saved.is_site_origin("https://new.example")
    await saved.save(on("new", Site(host="new.example")))
    assert await saved.is_site_origin("https://new.example")


async def test_knowledge_is_kept_with_its_project(saved: Projects) -> None:
    assert (await saved.knowledge("palm-grove")).facts == ()
    knowledge = Knowledge(facts=(Fact(key="price", value="₹84 lakh"),), updated_at=START)
    await saved.save(PALM, knowledge)
    assert await saved.knowledge("palm-grove") == knowledge
    await saved.save(PALM)
    assert await saved.knowledge("palm-grove") == knowledge
    assert (await saved.knowledge("coral-bay")).facts == ()
    with pytest.raises(NotFound):
        await saved.save_knowledge("nobody", knowledge)


@pytest.mark.parametrize(
    ("host", "referrer", "recorded"),
    [
        ("New.example", "https://new.example/plans/?name=x", ("new.example", "/plans")),
        ("new.example", "https://new.example/", ("new.example", "/")),
        ("new.example", "https://other.example/plans", ("new.example", "/")),
        ("new.example", None, ("new.example", "/")),
        ("new.example", "nonsense", ("new.example", "/")),
        ("new.example:8443", None, ("new.example:8443", "/")),
        ("new.localhost:8000", None, ("new.localhost:8000", "/")),
        ("localhost:8000", None, None),
        ("not a host", None, None),
    ],
)
async def test_unknown_sites_are_counted_by_host_and_path(
    projects: Projects,
    storage: Storage,
    host: str,
    referrer: str | None,
    recorded: tuple[str, str] | None,
) -> None:
    await projects.record_unknown_site(host, referrer)
    sites = (await storage.list_unknown_sites()).items
    assert [(site.host, site.path) for site in sites] == ([recorded] if recorded else [])


def sending_to(url: str, **headers: str) -> Project:
    destination = HttpDestination(id="crm", url=url, headers=headers, fields={"mobile": "phone"})
    return make_project(destinations=(destination,))


async def test_a_masked_header_keeps_the_stored_value(projects: Projects) -> None:
    await projects.save(sending_to("https://crm.example/leads", Authorization="Bearer invented"))
    again = await projects.save(
        sending_to("https://crm.example/v2/leads", authorization=MASK, Accept="text/plain")
    )
    assert open_headers(again) == {
        "authorization": "Bearer invented",
        "Accept": "text/plain",
    }
    gone = await projects.save(sending_to("https://crm.example/leads"))
    assert open_headers(gone) == {}


@pytest.mark.parametrize(
    "url",
    [
        "https://evil.example/leads",
        "http://crm.example/leads",
        "https://crm.example:8443/leads",
        "https://crm.example.evil.example/leads",
    ],
)
async def test_a_credential_does_not_move_to_another_server(projects: Projects, url: str) -> None:
    await projects.save(sending_to("https://crm.example/leads", Authorization="Bearer invented"))
    with pytest.raises(Invalid) as refusal:
        await projects.save(sending_to(url, Authorization=MASK))
    assert [fault.code for fault in refusal.value.fields] == ["masked_value"]
    (kept,) = (await projects.get("palm-grove")).destinations
    assert kept.server == ("https", "crm.example")


async def test_every_fault_is_told_and_nothing_stored(projects: Projects) -> None:
    wrong = sending_to("https://crm.example", Host="x", Accept=MASK).model_copy(
        update={
            "country": "XX",
            "time_zone": "Asia/Atlantis",
            "sites": (Site(host="a.example"), Site(host="A.example", by_hand=True)),
        }
    )
    doubled = wrong.model_copy(update={"destinations": wrong.destinations * 2})
    with pytest.raises(Invalid) as refusal:
        await projects.save(doubled)
    assert {(fault.field, fault.code) for fault in refusal.value.fields} == {
        ("country", "unknown_country"),
        ("time_zone", "unknown_time_zone"),
        ("sites.1", "duplicate_site"),
        ("destinations.0.headers.Host", "reserved_header"),
        ("destinations.0.headers.Accept", "masked_value"),
        ("destinations.1.headers.Host", "reserved_header"),
        ("destinations.1.headers.Accept", "masked_value"),
        ("destinations.1.id", "duplicate_destination"),
    }
    assert await projects.find("palm-grove") is None


async def test_a_taken_site_is_a_conflict(saved: Projects) -> None:
    with pytest.raises(Conflict, match="site_taken"):
        await saved.save(on("thief", Site(host="palmgrove.example")))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    host=st.text(max_size=30),
    origin=st.text(max_size=30),
    page_url=st.text(max_size=30),
)
async def test_any_text_gets_an_answer_of_ours(
    saved: Projects, host: str, origin: str, page_url: str
) -> None:
    with pytest.raises(NotFound):
        await saved.settings_for_host(host)
    with pytest.raises(Forbidden):
        await saved.authorize_page("palm-grove", page_url, origin)
    assert not await saved.is_site_origin(origin)


async def test_a_host_costs_one_look_up_however_many_projects_there_are(
    saved: Projects, storage: Storage, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Sequence[str]] = []
    look_up = storage.list_projects_for_hosts

    async def count(hosts: Sequence[str]) -> list[Project]:
        asked.append([*hosts])
        return await look_up(hosts)

    monkeypatch.setattr(storage, "list_projects_for_hosts", count)
    for _ in range(3):
        await saved.settings_for_host("a.palmgrove.example")
        await saved.settings_for_host("a.palmgrove.example", "palm-grove")
        await saved.is_site_origin("https://a.palmgrove.example")
    assert asked == [["a.palmgrove.example", "*.palmgrove.example", "*.example"]]


async def test_a_widget_inherits_from_its_group_and_from_the_installation(
    storage: Storage, clock: SteppedClock
) -> None:
    projects = Projects(storage, clock, Environment.PRODUCTION, VAULT)
    sites = (Site(host="inherits.example"),)
    own = WidgetSettings(position="left", texts={"send": "Go"})
    changes = {"group": "Towers", "sites": sites, "widget": own}
    await projects.save(make_project("inherits").model_copy(update=changes))
    everywhere = WidgetSettings(
        accent="#112233", position="right", theme="dark", texts={"send": "x", "more": "y"}
    )
    layers = WidgetLayers(projects)
    await layers.publish(Place(), everywhere, "Nandini", "0")
    await layers.publish(Place("Towers"), WidgetSettings(accent="#445566"), "Nandini", "0")
    await layers.publish(Place("Villas"), WidgetSettings(theme="light"), "Nandini", "0")

    async def read() -> tuple[str, str, str]:
        (one,) = (await projects.settings_for_host("inherits.example")).projects
        assert (one.texts["send"], one.texts["more"]) == ("Go", "y")
        return one.accent, one.position, one.theme

    assert await read() == ("#445566", "left", "dark")
    await layers.publish(Place("Towers"), WidgetSettings(), "Nandini", "1")
    assert await read() == ("#112233", "left", "dark")
    with pytest.raises(Conflict):
        await layers.publish(Place("Towers"), WidgetSettings(), "Ravi", "1")


async def test_what_another_process_publishes_is_everywhere_within_a_minute(
    storage: Storage, clock: SteppedClock
) -> None:
    here, there = (Projects(storage, clock, Environment.PRODUCTION, VAULT) for _ in range(2))
    await here.save(make_project("far").model_copy(update={"sites": (Site(host="far.example"),)}))
    before = await there.settings_for_host("far.example")
    await WidgetLayers(here).publish(Place(), WidgetSettings(accent="#112233"), "Nandini", None)
    clock.step(seconds=60)
    after = await there.settings_for_host("far.example")
    assert after.projects[0].accent == "#112233"
    assert after.etag != before.etag
