"""The demo as people start it: a process, a port, and everything answers."""

import re
import secrets
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from playwright.sync_api import ConsoleMessage, sync_playwright

from frontdesk.accounts.service import Accounts
from frontdesk.clock import system_clock
from frontdesk.demo.run import EMAIL, FOLDER
from frontdesk.storage.sqlite.engine import SqliteStorage
from tests.demo.test_projects_file import ENTRIES
from tests.support.browser import CHROMIUM_ARGUMENTS, CHROMIUM_PATH
from tests.support.server import Server, wait_until

COMMAND = (sys.executable, "-m", "frontdesk.cli", "demo")
SITES = ("palmgrove", "coralbay", "urbannest", "brand")
# Page, and whom the launcher there speaks for.
LAUNCHERS = {
    "palmgrove.localhost/": "Palm Grove",
    "coralbay.localhost/": "Coral Bay",
    "urbannest.localhost/": "Urban Nest",
    "brand.localhost/": None,
    "brand.localhost/palm-heights": "Palm Heights",
    "brand.localhost/palm-heights/plans": "Palm Heights",
    "brand.localhost/lake-terrace": "Lake Terrace",
    "brand.localhost/lake-terrace/visit": "Lake Terrace",
    "brand.localhost/signature": "Signature Row",
}
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"


def make_demo(folder: Path, *arguments: str, port: int = 0) -> Server:
    # At `info` it logs the port that it took.
    env = {"PORT": str(port), "LOG_LEVEL": "info"}
    return Server(folder, env, command=(*COMMAND, *arguments))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with make_demo(tmp_path_factory.mktemp("demo")) as server:
        yield server


def get(demo: Server, host: str, path: str = "/") -> httpx2.Response:
    # Not every resolver knows the names below .localhost, so the name goes into the header.
    headers = {"Host": f"{host}:{demo.port}"}
    return httpx2.get(demo.base_url + path, headers=headers, timeout=30)


def send_lead(
    demo: Server, project_id: str, name: str = "Asha Rao", number: str = "98765 43210"
) -> None:
    entry = ENTRIES[project_id]
    site = entry["sites"][0]
    page = site if isinstance(site, str) else site["host"] + site["path_prefix"]
    host, _, path = page.partition("/")
    origin = f"http://{host}:{demo.port}"
    reply = httpx2.post(
        f"{demo.base_url}/v1/leads",
        headers={"Origin": origin, "Idempotency-Key": secrets.token_hex(16)},
        json={
            "project": project_id,
            "page": {"url": f"{origin}/{path}", "title": entry["name"]},
            "name": name,
            "phone": {"number": number, "country": "IN"},
            "interest": "visit",
            "consent": {"given": True, "version": entry["consent"]["version"]},
        },
        timeout=30,
    )
    assert reply.status_code == 201, reply.text


def crm_state(demo: Server) -> dict[str, Any]:
    state: dict[str, Any] = get(demo, "crm.localhost", "/state").json()
    return state


def set_crm_mode(demo: Server, mode: str) -> None:
    reply = httpx2.put(f"{demo.base_url}/demo-crm/mode", json={"mode": mode}, timeout=30)
    assert reply.status_code == 204


def shown_password(demo: Server) -> str:
    found = re.search(rf"{re.escape(EMAIL)}  (\S+)", demo.log_text())
    assert found is not None
    return found[1]


def test_every_host_answers(demo: Server) -> None:
    for site in SITES:
        reply = get(demo, f"{site}.localhost")
        assert reply.status_code == 200
        assert f'<script async src="http://localhost:{demo.port}/widget.js"' in reply.text
    assert "demo CRM" in get(demo, "crm.localhost").text
    for host in ("localhost", "127.0.0.1", "elsewhere.example"):
        assert get(demo, host, "/health/ready").status_code == 200
        assert get(demo, host, "/widget.js").status_code == 200
        assert get(demo, host).status_code == 404


def test_says_what_to_open(demo: Server) -> None:
    shown = demo.log_text()
    for host in (*SITES, "crm"):
        assert f"http://{host}.localhost:{demo.port}/" in shown
    assert f"http://localhost:{demo.port}/dashboard" in shown
    assert f"http://localhost:{demo.port}/docs" in shown
    assert len(shown_password(demo)) >= 12


def test_a_lead_of_each_project_arrives_by_its_own_mapping(demo: Server) -> None:
    for project_id in ENTRIES:
        send_lead(demo, project_id, name=f"Asha {project_id}")

    def arrived() -> dict[str, dict[str, str]]:
        rows = [row["columns"] for row in crm_state(demo)["rows"]]
        return {row["project"]: row for row in rows if row["name"].startswith("Asha ")}

    wait_until(lambda: len(arrived()) == len(ENTRIES), "a lead of every project")
    for project_id, entry in ENTRIES.items():
        row = arrived()[entry["crm_id"]]
        assert row["name"] == f"Asha {project_id}"
        assert row["phone"].replace(" ", "").endswith("919876543210")
        assert row["interest"] == "visit"


def test_a_lead_waits_while_the_crm_fails_and_then_arrives(demo: Server) -> None:
    kept = crm_state(demo)["kept"]
    set_crm_mode(demo, "fail")
    try:
        send_lead(demo, "palm-grove", name="Meera Patient", number="98765 43211")
        wait_until(lambda: crm_state(demo)["outside"] == 1, "the CRM to turn the lead away")
        assert crm_state(demo)["kept"] == kept
    finally:
        set_crm_mode(demo, "accept")
    wait_until(lambda: crm_state(demo)["outside"] == 0, "the lead to come again")
    newest = crm_state(demo)["rows"][0]
    assert newest["columns"]["name"] == "Meera Patient"
    assert newest["attempt"] > 1


def test_pages_fit_the_screen_and_the_launcher_speaks_for_the_project(demo: Server) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM_PATH, args=CHROMIUM_ARGUMENTS)
        for width, height in ((1280, 800), (390, 844)):
            page = browser.new_page(viewport={"width": width, "height": height})
            complaints: list[str] = []

            def note(message: ConsoleMessage, found: list[str] = complaints) -> None:
                found.append(message.text)

            page.on("console", note)
            for place, project in LAUNCHERS.items():
                host, _, path = place.partition("/")
                with page.expect_response(lambda reply: "/v1/widget?" in reply.url) as settings:
                    page.goto(f"http://{host}:{demo.port}/{path}", wait_until="load")
                if project is None:
                    settings.value.finished()
                    page.evaluate(TWO_FRAMES)  # time for a launcher to be drawn
                    assert page.get_by_role("button").count() == 0
                else:
                    page.get_by_role("button", name=f"Ask about {project}").wait_for()
                assert page.evaluate("document.documentElement.scrollWidth") <= width, place
                assert page.evaluate(
                    "[...document.images].filter(i => i.complete && !i.naturalWidth).length === 0"
                ), place
            page.goto(f"http://crm.localhost:{demo.port}/", wait_until="load")
            page.get_by_text("Live", exact=True).wait_for()
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert complaints == []
            page.close()
        browser.close()


async def test_keeps_leads_and_login_between_runs_until_told_otherwise(tmp_path: Path) -> None:
    with make_demo(tmp_path) as demo:
        password = shown_password(demo)
        send_lead(demo, "coral-bay", name="Ravi Kept")
        wait_until(lambda: crm_state(demo)["kept"] == 1, "the lead to arrive")
        assert demo.interrupt() == 0
        assert "Traceback" not in demo.log_text()
    await check_login(tmp_path, password)

    with make_demo(tmp_path) as demo:
        assert shown_password(demo) == password
        assert crm_state(demo)["rows"][0]["columns"]["name"] == "Ravi Kept"
        send_lead(demo, "palm-grove")
        wait_until(lambda: crm_state(demo)["kept"] == 2, "a lead on the new port")

    with make_demo(tmp_path, "--fresh") as demo:
        assert shown_password(demo) != password
        assert crm_state(demo)["kept"] == 0


async def check_login(folder: Path, password: str) -> None:
    storage = SqliteStorage(folder / FOLDER / "frontdesk.db")
    await storage.open()
    await Accounts(storage, system_clock, session_hours=1).sign_in(EMAIL, password)
    await storage.close()


def test_a_taken_port_is_said_and_nothing_is_wiped(tmp_path: Path) -> None:
    kept = tmp_path / FOLDER / "crm.jsonl"
    kept.parent.mkdir(parents=True)
    kept.touch()
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = subprocess.run(
            [*COMMAND, "--fresh"],
            env={"FRONTDESK_PORT": str(port)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
    assert ended.returncode == 1
    assert f"Cannot listen on 127.0.0.1:{port}" in ended.stderr
    assert "FRONTDESK_PORT" in ended.stderr
    assert "Traceback" not in ended.stderr
    assert kept.exists()
