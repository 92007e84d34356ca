"""The demo as a person has it: a process, a browser, everything for real."""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.support.browser import PATIENCE_MILLISECONDS, Visitor, run_browser
from tests.support.server import Server

COMMAND = (sys.executable, "-m", "frontdesk.cli", "demo")
EMAIL = "demo@frontdesk.example"


class Demo(Server):
    """`frontdesk demo` on a free port."""

    def __init__(self, folder: Path, **env: str) -> None:
        # At `info` it logs the port that it took.
        super().__init__(folder, {"PORT": "0", "LOG_LEVEL": "info", **env}, command=COMMAND)

    def site(self, name: str, path: str = "/") -> str:
        return f"http://{name}.localhost:{self.port}{path}"

    @property
    def dashboard(self) -> str:
        return f"http://localhost:{self.port}/dashboard"

    @property
    def password(self) -> str:
        found = re.search(rf"{EMAIL}\s+(\S+)", self.log_text())
        assert found
        return found[1]

    def log_lines(self) -> list[dict[str, object]]:
        raise NotImplementedError("the demo's log begins with what it tells people")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with run_browser() as browser:
        yield browser


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[[], Page]]:
    """Each page has a profile of its own, as another person's browser has."""
    contexts = []

    def open_one() -> Page:
        context = browser.new_context(
            viewport={"width": 1280, "height": 860}, locale="en-IN", reduced_motion="reduce"
        )
        context.set_default_timeout(PATIENCE_MILLISECONDS)
        contexts.append(context)
        return context.new_page()

    yield open_one
    for context in contexts:
        context.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    with Demo(tmp_path_factory.mktemp("demo")) as demo:
        yield demo


def visit(page: Page, url: str, project: str) -> Visitor:
    page.goto(url)
    visitor = Visitor(page, project)
    visitor.open()
    return visitor


def sign_in(page: Page, demo: Demo) -> None:
    page.goto(demo.dashboard)
    page.get_by_label("E-mail").fill(EMAIL)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(f"{demo.dashboard}**")
