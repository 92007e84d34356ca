"""A browser for the whole run; for each test a stub service and an empty profile."""

from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio
from playwright.async_api import (
    Browser,
    BrowserContext,
    Locator,
    Page,
    async_playwright,
    expect,
)

from tests.support.browser import CHROMIUM_ARGUMENTS, CHROMIUM_PATH
from tests.widget.stub import ASSETS, Stub, serving
from tests.widget.stub import Page as HostPage


@pytest.fixture(scope="session", autouse=True)
def _built_widget() -> None:
    if not (ASSETS / "manifest.json").exists():
        pytest.fail("The widget is not built: run script/build-widget.")


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        chromium = await playwright.chromium.launch(
            executable_path=CHROMIUM_PATH, args=CHROMIUM_ARGUMENTS
        )
        yield chromium
        await chromium.close()


@pytest.fixture
def stub() -> Iterator[Stub]:
    with serving(Stub()) as it:
        it.pages["/"] = HostPage(host_page(it))
        yield it


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    made = await browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="en-US", reduced_motion="reduce"
    )
    yield made
    await made.close()


@pytest_asyncio.fixture(loop_scope="session")
async def page(context: BrowserContext) -> Page:
    return await context.new_page()


def host_page(
    stub: Stub,
    *,
    doctype: str = "<!doctype html>",
    head: str = "",
    body: str = "",
    tag: str | None = None,
) -> str:
    """A plain website with the tag on it."""
    tag = tag or f'<script async src="{stub.origin}/widget.js"></script>'
    return f"""{doctype}
<html lang="en"><head><meta charset="utf-8"><title>Palm Grove</title>
<meta name="viewport" content="width=device-width,initial-scale=1">
<link rel="icon" href="data:,">{head}{tag}</head>
<body><main><h1>Palm Grove</h1><p>Homes beside the river.</p>
<a href="#plans">Floor plans</a>{body}</main></body></html>"""


async def open_panel(page: Page, name: str = "Ask about Palm Grove") -> Locator:
    await page.get_by_role("button", name=name).click()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    return dialog


async def ask(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Ask about").fill(text)
    await page.keyboard.press("Enter")
