"""How every browser test starts Chromium, and how a journey holds a visitor's."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

CHROMIUM_PATH = os.environ.get("FRONTDESK_TEST_CHROMIUM", "/usr/bin/chromium")
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# How long an expectation waits; nothing that works comes near it.
PATIENCE_MILLISECONDS = 30_000


@contextmanager
def run_browser() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE_MILLISECONDS)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM_PATH, args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


class Visitor:
    """Somebody on a property's page. `project` is the name that the page sells under."""

    def __init__(self, page: Page, project: str) -> None:
        self.page = page
        self.project = project
        self.panel: Locator = page.get_by_role("dialog", name=project)
        self.log: Locator = page.get_by_role("log")

    def open(self) -> None:
        self.page.get_by_role("button", name=f"Ask about {self.project}").click()
        expect(self.panel).to_be_visible()

    def ask(self, question: str) -> None:
        """Once the last reply is whole, as people do."""
        expect(self.panel.get_by_role("button", name="Send", exact=True)).to_be_visible()
        box = self.panel.get_by_role("textbox", name=f"Ask about {self.project}")
        box.fill(question)
        box.press("Enter")

    def expect_answer(self, *parts: str) -> None:
        for part in parts:
            expect(self.log).to_contain_text(part)

    def fill_form(self, name: str, phone: str, *, consent: bool = True) -> None:
        self.panel.get_by_label("Name").fill(name)
        self.panel.get_by_label("Phone", exact=True).fill(phone)
        if consent:
            self.panel.get_by_role("checkbox").check()

    def send_form(self) -> None:
        self.panel.get_by_role("button", name="Send to the team").click()
