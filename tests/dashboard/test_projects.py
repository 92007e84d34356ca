"""Projects by hand and by the thousand: finding, making, changing, importing, assigning."""

import asyncio
import csv
import io
import re
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from frontdesk.accounts.model import Role
from frontdesk.dashboard.import_pages import AT_ONCE
from frontdesk.model import EVERY_PROJECT, Scope
from frontdesk.projects.model import ProjectFilter, Site
from frontdesk.projects.service import Projects
from frontdesk.settings import Environment
from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture
from tests.contracts.test_analytics import make_event, make_sighting
from tests.contracts.test_sites import make_turned_away
from tests.contracts.test_upkeep import make_run, make_watch
from tests.dashboard.conftest import Desk, Person
from tests.dashboard.filled import Filled
from tests.dashboard.known import make_knowledge
from tests.dashboard.site import make_app
from tests.support.clock import START
from tests.support.samples import VAULT, make_lead

IMPORT = "/dashboard/import-projects"


async def names(person: Person, path: str) -> list[str]:
    return re.findall(r'class="row-link[^>]*>([^<]+)</a>', await person.read(path))


async def send(person: Person, path: str, **fields: str) -> tuple[int, str]:
    reply = await person.post(path, fields | {"csrf_token": await person.csrf_token()})
    return reply.status_code, reply.text or reply.headers["location"]


async def seal_secrets(desk: Desk) -> None:
    """As they are where projects came by an import."""
    await Projects(desk.storage, desk.clock, Environment.DEVELOPMENT, VAULT).reseal()


async def read_etag(person: Person, project_id: str) -> str:
    page = await person.read(f"/dashboard/projects/{project_id}/edit")
    found = re.search('name="etag" value="&#34;([0-9a-f]{32})&#34;"', page)
    assert found
    return f'"{found[1]}"'


async def test_projects_are_found_by_text_group_and_state(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    seen = make_sighting("coral-bay")
    await storage.record_events("coral-bay", [make_event(project_id="coral-bay")], seen)
    person = await desk.let_in(Role.VIEWER)
    assert await names(person, "/dashboard/projects?search=palmgrove.ex") == ["Palm Grove"]
    assert await names(person, "/dashboard/projects?group=Sahyadri+Homes") == ["Palm Grove"]
    assert await names(person, "/dashboard/projects?state=live") == ["Coral Bay"]
    assert await names(person, "/dashboard/projects?state=not_live") == ["Palm Grove", "Urban Nest"]
    assert await names(person, "/dashboard/projects?state=no_destination") == ["Urban Nest"]
    assert len(await names(person, "/dashboard/projects?state=anything")) == 3
    assert "No project fits" in await person.read("/dashboard/projects?search=nowhere")
    overview = await person.read("/dashboard")
    assert re.search(r'state=not_live"><span class="number">2<', overview)


async def test_sites_are_told_and_taken_away_by_their_state(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.VIEWER)
    page = await person.read("/dashboard/sites?state=not_live&search=palm")
    assert "*.sahyadri.example/palm-grove" in page
    assert "Coral Bay" not in page
    table = (await person.get("/dashboard/sites.csv?state=not_live")).text
    rows = list(csv.DictReader(io.StringIO(table)))
    assert [row["state"] for row in rows] == ["never_seen"] * 5


async def test_a_project_is_made_by_hand(desk: Desk, storage: Storage) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"id": "sea-view", "name": "Sea View", "country": "IN", "time_zone": "Asia/Kolkata"}
    sites = "seaview.example\r\nbrand.example/both by hand\r\n"
    status, where = await send(person, "/dashboard/add-project", **fields, sites=sites)
    assert (status, where) == (303, "/dashboard/projects/sea-view?notice=saved")
    made = await storage.get_project("sea-view")
    assert made.sites == (
        Site(host="seaview.example"),
        Site(host="brand.example", path_prefix="/both", by_hand=True),
    )
    status, page = await send(person, "/dashboard/add-project", **fields)
    assert (status, "There is a project with this id already." in page) == (422, True)


async def test_a_site_of_another_is_refused_beside_its_field(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    fields = {"id": "Sea View", "name": "Sea View", "country": "XX", "time_zone": "Asia/Kolkata"}
    sites = "palmgrove.example\nnot a host"
    _, page = await send(person, "/dashboard/add-project", **fields, sites=sites)
    assert re.search('id="fault-id">Use lower-case', page)
    assert re.search('id="fault-sites">not a host: Write a host name', page)
    fields |= {"id": "sea-view", "country": "IN"}
    status, page = await send(person, "/dashboard/add-project", **fields, sites=sites[:17])
    assert status == 422
    assert 'id="fault-sites">palmgrove.example belongs to palm-grove.' in page
    assert 'aria-describedby="fault-sites"' in page


async def test_changing_a_project_keeps_what_the_form_does_not_show(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    await seal_secrets(desk)
    before = await storage.get_project("palm-grove")
    fields = {"name": "Palm Court", "country": "IN", "time_zone": "Asia/Kolkata", "sites": ""}
    etag = await read_etag(person, "palm-grove")
    status, _ = await send(person, "/dashboard/projects/palm-grove/edit", **fields, etag=etag)
    assert status == 303
    after = await storage.get_project("palm-grove")
    assert (after.name, after.group, after.sites) == ("Palm Court", None, ())
    assert (after.destinations, after.widget) == (before.destinations, before.widget)
    assert await storage.get_knowledge("palm-grove") == make_knowledge(START)
    status, page = await send(person, "/dashboard/projects/palm-grove/edit", **fields, etag=etag)
    assert (status, "Somebody else changed it meanwhile" in page) == (409, True)


async def test_destinations_are_switched_and_tried(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    path = "/dashboard/projects/palm-grove/destinations/crm"
    for act, expected in (("pause", (True, True)), ("disable", (False, True))):
        assert (await send(person, f"{path}/switch", act=act))[0] == 303
        (crm,) = (await storage.get_project("palm-grove")).destinations
        assert (crm.enabled, crm.paused) == expected
    status, page = await send(person, f"{path}/test")
    assert (status, "The test lead did not arrive at crm" in page) == (200, True)
    assert (await send(person, f"{path}/switch", act="explode"))[0] == 404


async def import_text(
    person: Person, text: str, *, act: str = "try", seen: str = "", upload: bool = False
) -> tuple[int, str]:
    fields = {"csrf_token": await person.csrf_token(), "act": act, "seen": seen}
    files = {"file": ("projects.csv", text.encode())} if upload else {"file": ("", b"")}
    reply = await person.client.post(
        IMPORT,
        data=fields if upload else fields | {"text": text},
        files=files,
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    return reply.status_code, reply.text or reply.headers["location"]


def read_seen(page: str) -> str:
    found = re.search('name="seen" value="([0-9a-f]{16})"', page)
    assert found
    return found[1]


@pytest.mark.parametrize("upload", [False, True])
async def test_an_import_is_looked_at_and_then_done(
    desk: Desk, filled: Filled, storage: Storage, upload: bool
) -> None:
    person = await desk.let_in(Role.MANAGER)
    text = "id,name,widget.accent\npalm-grove,Palm Court,#112233\nnew-one,New One,\n"
    status, page = await import_text(person, text, upload=upload)
    assert (status, "1 new, 1 changed, 0 as they are" in page) == (200, True)
    assert "#112233" in page
    assert (await storage.get_project("palm-grove")).name == "Palm Grove"
    seen = read_seen(page)
    _, page = await import_text(person, text + "third,Third,\n", act="apply", seen=seen)
    assert "2 new, 1 changed" in page, "what nobody has looked at is shown first"
    assert await storage.count_projects(EVERY_PROJECT) == 3
    status, where = await import_text(person, text, act="apply", seen=seen)
    assert (status, where) == (303, "/dashboard/projects?notice=imported")
    assert (await storage.get_project("palm-grove")).widget.accent == "#112233"
    assert await storage.count_projects(EVERY_PROJECT, fits=ProjectFilter(text="new-one")) == 1


async def test_every_fault_of_an_import_is_told_and_nothing_is_stored(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    text = "id,name,country\na,,IN\nb,B,XX\n"
    status, page = await import_text(person, text, act="apply")
    assert (status, "2 faults" in page) == (422, True)
    assert re.findall('muted">([0-9]+)</td>', page) == ["2", "3"]
    _, page = await import_text(person, '{"projects": [\n{]}')
    assert "From here on it is not JSON." in page
    reply = await person.client.post(
        IMPORT,
        data={"csrf_token": await person.csrf_token()},
        files={"file": ("projects.csv", b"id,name\na,\xff\n")},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert "not UTF-8" in reply.text
    assert await storage.count_projects(EVERY_PROJECT) == 3


async def test_an_import_without_its_proof_is_refused(desk: Desk) -> None:
    person = await desk.let_in(Role.MANAGER)
    for fields in ({}, {"csrf_token": "0" * 64}):
        reply = await person.client.post(
            IMPORT,
            data={"text": "id,name\na,A\n", **fields},
            files={"file": ("", b"")},
            headers={"Sec-Fetch-Site": "same-origin"},
        )
        assert reply.status_code == 403


async def test_an_export_is_imported_unchanged(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.MANAGER)
    await seal_secrets(desk)
    for form in ("csv", "json"):
        exported = (await person.get(f"/dashboard/projects.{form}")).text
        assert "s3cr3t-header" not in exported
        _, page = await import_text(person, exported)
        assert "0 new, 0 changed, 3 as they are" in page, form


async def test_an_unknown_site_is_assigned_with_one_click(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    host = "palmgrove-preview.example"
    page = await person.read(f"/dashboard/assign-site?host={host}")
    assert 'name="project_id" value="palm-grove"' in page
    status, _ = await send(person, "/dashboard/assign-site", host=host, project_id="palm-grove")
    assert status == 303
    (project,) = await storage.list_projects_for_hosts([host])
    assert project.id == "palm-grove"
    for other, project_id in (("x.example", "nowhere"), ("x y", "palm-grove"), (host, "coral-bay")):
        status, _ = await send(person, "/dashboard/assign-site", host=other, project_id=project_id)
        assert status == 422


async def test_projects_of_others_are_neither_shown_nor_changed(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    assert await names(person, "/dashboard/projects") == ["Coral Bay"]
    assert "palm-grove" not in (await person.get("/dashboard/projects.csv")).text
    assert "palm-grove" not in (await person.get("/dashboard/sites.csv")).text
    path = "/dashboard/projects/palm-grove"
    assert (await person.get(f"{path}/edit")).status_code == 404
    assert (await send(person, f"{path}/edit", name="Mine"))[0] == 404
    assert (await send(person, f"{path}/destinations/crm/test"))[0] == 404
    assert (await send(person, f"{path}/destinations/crm/switch", act="pause"))[0] == 404
    _, page = await import_text(person, "id,name\npalm-grove,Mine\n", act="apply")
    assert "This project is not among yours." in page
    assert (
        await send(person, "/dashboard/assign-site", host="x.example", project_id="palm-grove")
    )[0] == 422
    assert (await storage.get_project("palm-grove")).name == "Palm Grove"


async def test_only_managers_write(desk: Desk, filled: Filled) -> None:
    person = await desk.let_in(Role.SALES)
    page = await person.read("/dashboard/projects/palm-grove")
    assert "Send a test lead" not in page
    for path in ("add-project", "import-projects", "projects/palm-grove/edit", "projects.csv"):
        assert (await person.get(f"/dashboard/{path}")).status_code == 403, path
    for path in ("add-project", "import-projects", "assign-site", "projects/palm-grove/edit"):
        assert (await send(person, f"/dashboard/{path}"))[0] == 403, path


class OneSite(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Security-Policy", "connect-src 'none'")
        self.end_headers()
        self.wfile.write(b'<script src="https://desk.example/widget.js"></script>')

    def log_message(self, *_arguments: object) -> None: ...


async def test_a_site_is_checked_on_demand(desk: Desk, filled: Filled, storage: Storage) -> None:
    site = Site(host="127.0.0.1")
    project = await storage.get_project("palm-grove")
    await storage.save_project("palm-grove", project.model_copy(update={"sites": (site,)}))
    server = ThreadingHTTPServer(("127.0.0.1", 0), OneSite)
    thread = Thread(target=server.serve_forever)
    thread.start()
    try:
        url = f"http://127.0.0.1:{server.server_port}/"
        desk.app = make_app(storage, desk.clock, allowed_hosts=[f"127.0.0.1:{server.server_port}"])
        person = await desk.let_in(Role.MANAGER)
        path = "/dashboard/projects/palm-grove/sites/check"
        _, page = await send(person, path, url=url)
        assert "keeps the chat from reaching Frontdesk" in page
        assert "write there: connect-src" in page
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
    _, page = await send(person, path, url=url)
    assert "The page cannot be reached." in page
    for other in ("https://elsewhere.example/", "http://169.254.169.254/", "javascript:1"):
        _, page = await send(person, path, url=other)
        assert "Write the address of a page on one of the project" in page


async def test_pages_that_ask_elsewhere_are_told_and_added(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    seen = make_turned_away("palm-grove", "https://www.palmgrove.example")
    await storage.record_turned_away("palm-grove", seen)
    told = "Pages of www.palmgrove.example ask for the widget"
    page = await person.read("/dashboard/projects/palm-grove")
    assert told in page
    assert "Add www.palmgrove.example</button>" in page
    assert told in await person.read("/dashboard/sites?search=palm")
    assert told in (await person.get("/dashboard/sites.csv")).text
    host = "www.palmgrove.example"
    status, _ = await send(person, "/dashboard/assign-site", host=host, project_id="palm-grove")
    assert status == 303
    assert told not in await person.read("/dashboard/projects/palm-grove")


async def test_a_site_shows_its_last_lead(desk: Desk, filled: Filled, storage: Storage) -> None:
    person = await desk.let_in(Role.MANAGER)
    site = (await storage.get_project("palm-grove")).sites[0]
    lead = make_lead(phone="+919000000077")
    await capture(storage, lead, site=site)
    link = f'href="/dashboard/leads/{lead.id}"'
    assert link in await person.read("/dashboard/sites?search=palm")
    assert "Last lead" in await person.read("/dashboard/projects/palm-grove")
    header, row, *_ = (await person.get("/dashboard/sites.csv?search=palm")).text.splitlines()
    assert f",{lead.id}," in row
    assert header.endswith("last_lead_page,asked_for_elsewhere,quiet_since")


async def test_a_site_that_went_quiet_stands_first(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    site = (await storage.get_project("palm-grove")).sites[0]
    watch = make_watch("palm-grove", site.path_prefix, quiet=True)
    await storage.save_site_watches([watch.model_copy(update={"host": site.host})])
    overview = await person.read("/dashboard")
    assert re.search(r'<li class="danger"><a href="/dashboard/sites\?state=quiet"><span', overview)
    assert re.search(r"needs panel\">\s*<li[^>]*><a href=\"/dashboard/sites", overview)
    page = await person.read("/dashboard/sites?state=quiet")
    assert (page.count("row-link"), page.count("Gone quiet</span>")) == (1, 1)
    rows = (await person.get("/dashboard/sites.csv?state=quiet")).text.splitlines()
    assert len(rows) == 2
    assert "Gone quiet" in await person.read("/dashboard/projects/palm-grove")


async def test_a_site_of_others_that_went_quiet_is_not_shown(
    desk: Desk, filled: Filled, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER, Scope(projects=frozenset({"coral-bay"})))
    await storage.save_site_watches([make_watch("palm-grove", quiet=True)])
    assert "No site has gone quiet" in await person.read("/dashboard/sites?state=quiet")
    assert "gone quiet" not in await person.read("/dashboard")


def many(count: int, colour: str = "#112233") -> str:
    rows = "".join(f"tower-{n:03},Tower {n},tower{n}.example,{colour}\n" for n in range(count))
    return f"id,name,sites,widget.accent\n{rows}"


async def test_a_large_import_is_followed_and_all_of_it_can_be_taken_away(
    desk: Desk, storage: Storage
) -> None:
    person = await desk.let_in(Role.MANAGER)
    text = many(AT_ONCE + 60)
    _, page = await import_text(person, text)
    assert "And 10 more projects" in page
    fields = {"csrf_token": await person.csrf_token(), "text": text, "act": "csv"}
    table = (await person.post(IMPORT, fields)).text.splitlines()
    assert len({line.partition(",")[0] for line in table[1:]}) == AT_ONCE + 60
    status, where = await import_text(person, text, act="apply", seen=read_seen(page))
    assert (status, where.startswith(f"{IMPORT}/import_")) == (303, True)
    async with asyncio.timeout(30):
        while True:
            page = await person.read(where)
            if "data-progress" not in page:
                break
    assert "260 projects are new, 0 changed" in page
    assert await storage.count_projects(EVERY_PROJECT) == AT_ONCE + 60
    assert (await person.get(f"{IMPORT}/import_0")).status_code == 404
    wrong = many(AT_ONCE + 60, "red")
    fields |= {"text": wrong}
    faults = (await person.post(IMPORT, fields)).text.splitlines()
    assert len(faults) == AT_ONCE + 61
    assert faults[1].startswith("2,tower-000,widget.accent,")


async def test_an_import_whose_process_died_says_how_to_go_on(desk: Desk) -> None:
    person = await desk.let_in(Role.MANAGER)
    await desk.storage.save_import_run(make_run(done=5))
    assert "data-progress" in await person.read(f"{IMPORT}/import_1")
    desk.clock.step(minutes=2)
    page = await person.read(f"{IMPORT}/import_1")
    assert ("data-progress" in page, "5 of 9 projects are stored" in page) == (False, True)
    await desk.storage.save_import_run(make_run(finished_at=START, fault="The store fails."))
    assert "The store fails." in await person.read(f"{IMPORT}/import_1")
