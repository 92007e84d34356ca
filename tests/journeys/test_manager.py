"""A thousand projects from a file, and the three of them whose sites are not live."""

import csv
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPConnection
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from frontdesk.accounts.model import Role
from tests.journeys.office import Office, fill, read_csv

COUNT = 1_000
NOT_LIVE = (141, 592, 653)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    fill(tmp_path, ())
    with Office(tmp_path) as office:
        yield office


def project_id(number: int) -> str:
    return f"project-{number:04d}"


def write_projects(path: Path, *, broken_line: int | None = None) -> Path:
    with path.open("w", newline="") as file:
        table = csv.writer(file)
        table.writerow(["id", "name", "group", "crm_id", "sites"])
        for number in range(1, COUNT + 1):
            host = "not a host" if number + 1 == broken_line else f"{project_id(number)}.example"
            group = f"Brand {number % 7}"
            table.writerow([project_id(number), f"Tower {number}", group, f"SRD-{number}", host])
    return path


def open_every_site_but(office: Office, left_out: tuple[int, ...]) -> None:
    """What each site's tag tells when a visitor has opened a page of it."""

    def tell(numbers: range) -> None:
        connection = HTTPConnection("127.0.0.1", office.port)
        for number in numbers:
            if number in left_out:
                continue
            event = {"id": f"event-{number:08d}", "kind": "loaded"}
            batch = {"project": project_id(number), "path": "/", "version": "1", "events": [event]}
            origin = f"https://{project_id(number)}.example"
            headers = {"Origin": origin, "Content-Type": "text/plain"}
            connection.request("POST", "/v1/events", json.dumps(batch), headers)
            reply = connection.getresponse()
            assert reply.status < 300, reply.read()
            reply.read()
        connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(tell, [range(first, COUNT + 1, 8) for first in range(1, 9)]))


def test_a_thousand_projects_are_imported_and_the_three_not_live_are_found(
    office: Office, open_page: Callable[[], Page], tmp_path: Path
) -> None:
    page = open_page()
    office.sign_in(page, Role.MANAGER)
    page.get_by_role("link", name="import many from a file").click()
    file = page.get_by_label(re.compile("^File CSV"))
    file.set_input_files(write_projects(tmp_path / "broken.csv", broken_line=500))
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("alert")).to_contain_text("1 fault. Nothing was imported")
    expect(page.get_by_role("row", name="project-0499")).to_contain_text("500")

    file.set_input_files(write_projects(tmp_path / "projects.csv"))
    page.get_by_role("button", name="See what would change").click()
    expect(page.get_by_role("status")).to_contain_text("1000 new, 0 changed")
    expect(page.get_by_role("status")).to_contain_text("Nothing is stored yet.")
    page.get_by_role("button", name="Import 1,000 projects").click()
    # It goes on by itself, and the page follows it.
    expect(page.get_by_role("heading", name="Imported")).to_be_visible(timeout=60_000)
    expect(page.get_by_text("1,000 projects are new, 0 changed")).to_be_visible()
    page.get_by_role("link", name="See the projects").click()
    expect(page.get_by_text("1,000 projects", exact=False).first).to_be_visible()

    open_every_site_but(office, NOT_LIVE)

    page.get_by_role("link", name="Overview").click()
    page.get_by_role("link", name="projects are not live").click()
    expect(page.get_by_text("3 projects found.")).to_be_visible()
    names = page.get_by_role("table", name="Projects").get_by_role("rowheader")
    expect(names).to_have_text([f"Tower {number}{project_id(number)}" for number in NOT_LIVE])

    page.get_by_role("link", name="Is it live?").click()
    page.get_by_label("State").select_option("Not live")
    page.get_by_role("button", name="Find").click()
    expect(page.get_by_role("row", name="Never seen")).to_have_count(len(NOT_LIVE))
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert [(row["site"], row["state"]) for row in read_csv(download.value)] == [
        (f"{project_id(number)}.example", "never_seen") for number in NOT_LIVE
    ]
