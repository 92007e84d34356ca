"""What each role meets: sales a lead that did not arrive, a viewer everything and no button."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping

import pytest
from playwright.sync_api import Page, expect

from frontdesk.accounts.model import Role
from frontdesk.model import Scope
from frontdesk.projects.destinations import HttpDestination
from tests.journeys.crm import Crm, run_crm
from tests.journeys.office import PEOPLE, Office, fill, read_csv
from tests.support.samples import VAULT, make_project
from tests.support.server import wait_until
from tests.web.asks import EVERY

OpenPage = Callable[[], Page]
# What finds, shows, copies and signs out. Everything else on a page would change something.
LOOKING = re.compile("^(Sign out|Find|Show|Show these|Keys|Copy|Close|See the answer)$")
PLACES = (
    "",
    "/leads",
    "/projects",
    "/projects/palm-grove",
    "/projects/palm-grove/facts",
    "/projects/palm-grove/answers",
    "/projects/palm-grove/destinations",
    "/sites",
    "/deliveries",
    "/deliveries?state=dead",
    "/settings/models",
)


@pytest.fixture(scope="module")
def crm() -> Iterator[Crm]:
    with run_crm() as crm:
        yield crm


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, crm: Crm) -> Iterator[Office]:
    """Two projects with the same sales system. Sales reaches one of them."""
    key = VAULT.seal("Bearer last-years-key")
    destination = HttpDestination(
        id="crm", url=crm.url, headers={"Authorization": key}, fields={"phone": "phone"}
    )
    projects = [
        make_project(name, destinations=(destination,)) for name in ("palm-grove", "coral-bay")
    ]
    folder = tmp_path_factory.mktemp("office")
    fill(folder, projects, {Role.SALES: Scope(projects=frozenset({"palm-grove"}))})
    with Office(folder, crm) as office:
        yield office


def test_a_lead_that_did_not_arrive_is_followed_to_its_cause_and_sent_again(
    office: Office, crm: Crm, open_page: OpenPage
) -> None:
    crm.key, crm.needs = "this-years-key", ("mobile",)
    office.send_lead("palm-grove", "Rohan D'Souza", "98765 43212")
    sales = open_page()
    office.sign_in(sales, Role.SALES)

    see(sales, "has not reached its sales system")
    # What went wrong, in words; and what the other side said, word for word.
    sales.get_by_role("link", name="lead has not reached its sales system").click()
    sales.get_by_role("link", name="Rohan D'Souza").click()
    expect(sales.get_by_text("does not accept the credentials.").first).to_be_visible()
    sales.get_by_text("What it answered").click()
    expect(sales.get_by_label("Answer to try 1")).to_contain_text("This key was withdrawn")
    expect(sales.get_by_role("link", name="Change crm")).to_have_count(0)  # not sales' to mend

    manager = open_page()
    office.sign_in(manager, Role.MANAGER)
    manager.goto(sales.url)
    manager.get_by_role("link", name="Change crm").click()
    manager.get_by_role("textbox", name="Headers").fill("Authorization: Bearer this-years-key")
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_role("status")).to_contain_text("Saved.")

    # The key is right now, and the next cause stands behind it.
    sales.get_by_role("button", name="Send it again").click()
    expect(sales.get_by_role("status")).to_contain_text("It is due now")
    see(sales, "The destination does not understand the lead; look at its field mapping.")
    sales.get_by_text("What it answered").first.click()
    expect(sales.get_by_label("Answer to try 2")).to_contain_text("mobile is missing.")

    manager.get_by_role("link", name="Change crm").click()
    manager.get_by_label("Fields, your name 1").fill("mobile")
    manager.get_by_role("button", name="Save").click()
    expect(manager.get_by_role("status")).to_contain_text("Saved.")
    manager.get_by_role("button", name="Send a test lead").click()
    expect(manager.get_by_role("status")).to_contain_text("The test lead arrived at crm.")

    with sales.expect_navigation():  # its notice may still stand there from the last time
        sales.get_by_role("button", name="Send it again").click()
    see(sales, "It arrived at crm.")
    assert [lead["mobile"] for lead in crm.leads][-1] == "+919876543212"


def see(page: Page, words: str | re.Pattern[str]) -> None:
    """Reload until it is there, as the page says to: the worker has its own pace."""

    def reload() -> bool:
        page.reload()
        return page.get_by_text(words).count() > 0

    wait_until(reload, f"{words}")


def test_sales_works_on_a_lead_and_takes_the_list_away(office: Office, open_page: OpenPage) -> None:
    office.send_lead("palm-grove", "Asha Rao", "98765 43210")
    office.send_lead("coral-bay", "Vikram Shetty", "98765 43211")
    sales = open_page()
    office.sign_in(sales, Role.SALES)
    expect(sales.get_by_text("Vikram Shetty")).to_have_count(0)
    expect(sales.get_by_text("Coral Bay")).to_have_count(0)
    sales.get_by_role("link", name="Asha Rao").click()
    sales.get_by_label("Status").select_option("Contacted")
    sales.get_by_label("Looked after by").select_option(PEOPLE[Role.SALES])
    sales.get_by_role("button", name="Save").click()
    expect(sales.get_by_role("status")).to_contain_text("Saved.")
    sales.get_by_label("A note").fill("Wants the third floor; comes on Saturday.")
    sales.get_by_role("button", name="Write it down").click()
    expect(sales.get_by_role("region", name="Notes")).to_contain_text("Wants the third floor")
    expect(sales.get_by_role("region", name="Notes")).to_contain_text("set it to contacted")

    sales.get_by_role("navigation", name="Dashboard").get_by_role("link", name="Leads").click()
    sales.get_by_label("Looked after by").select_option("With me")
    sales.get_by_role("button", name="Find").click()
    expect(sales.get_by_role("row", name="Asha Rao")).to_contain_text("Contacted")
    with sales.expect_download() as download:
        sales.get_by_role("link", name="CSV").click()
    rows = read_csv(download.value)
    assert [(row["name"], row["status"]) for row in rows] == [("Asha Rao", "contacted")]

    # A colleague with every project sees the other lead as well: it was there.
    manager = open_page()
    office.sign_in(manager, Role.MANAGER)
    expect(manager.get_by_role("row", name="Vikram Shetty")).to_be_visible()
    expect(manager.get_by_role("row", name="Asha Rao")).to_contain_text("Contacted")


def buttons(page: Page) -> set[str]:
    names = page.get_by_role("main").get_by_role("button").all_inner_texts()
    return {name.strip() for name in names}


def open_everything(page: Page, office: Office) -> dict[str, set[str]]:
    """What can be pressed on each page and is no mere looking."""
    found = {}
    paths = list(PLACES)
    for path in paths:
        page.goto(office.dashboard + path)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        found[path] = {name for name in buttons(page) if not LOOKING.match(name)}
        if path in ("/leads", "/deliveries"):
            page.get_by_role("link", name="Meera Nair").click()
            paths.append(page.url.removeprefix(office.dashboard))
    return found


def ask(page: Page, office: Office, route: str, body: object, ids: Mapping[str, str]) -> int:
    """A request by hand with everything the browser has: the session and its token."""
    method, _, template = route.partition(" ")
    path = template.format_map(ids)
    token = page.locator("input[name=csrf_token]").first.get_attribute("value") or ""
    headers = {"Sec-Fetch-Site": "same-origin", "X-CSRF-Token": token}
    url = office.base_url + path
    if path.startswith("/dashboard"):
        fields = {**(body if isinstance(body, dict) else {}), "csrf_token": token}
        return page.request.fetch(url, method=method, headers=headers, form=fields).status
    return page.request.fetch(url, method=method, headers=headers, data=body).status


def test_a_viewer_looks_at_everything_and_changes_nothing(
    office: Office, open_page: OpenPage
) -> None:
    office.send_lead("palm-grove", "Meera Nair", "98765 43213")
    manager, viewer = open_page(), open_page()
    office.sign_in(manager, Role.MANAGER)
    office.sign_in(viewer, Role.VIEWER)

    seen = open_everything(viewer, office)
    assert not any(seen.values()), seen
    offered = set().union(*open_everything(manager, office).values())
    assert {"Save", "Write it down", "Pause crm"} <= offered, "the control: who may is offered it"

    viewer.goto(f"{office.dashboard}/add-project")
    expect(viewer.get_by_role("heading", level=1)).to_have_text("Not for this account")

    viewer.goto(office.dashboard)
    viewer.get_by_role("link", name="Meera Nair").click()
    lead_id = viewer.url.rpartition("/")[2]
    ids = defaultdict(lambda: "x", project_id="palm-grove", destination_id="crm", lead_id=lead_id)
    for route, asked in EVERY.items():
        if asked.least is not Role.VIEWER:
            assert ask(viewer, office, route, asked.body, ids) == 403, route
    see(viewer, re.compile("Not delivered|Delivered"))
    before = viewer.get_by_role("main").inner_text()
    viewer.reload()
    assert viewer.get_by_role("main").inner_text() == before

    manager.goto(viewer.url)
    patch = "PATCH /v1/leads/{lead_id}"
    assert ask(manager, office, patch, EVERY[patch].body, ids) == 200, "the control: it is good"
    viewer.reload()
    expect(viewer.get_by_role("main")).to_contain_text("Contacted")
