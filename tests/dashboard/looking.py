"""A browser on the pages, and what makes a page one for everybody."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from tests.dashboard.conftest import Desk
from tests.dashboard.site import EMAIL, PASSWORD, serve

AXE = Path(__file__).parents[2] / "widget" / "node_modules" / "axe-core" / "axe.min.js"
# What can be pressed and is not reached by Tab in its turn. A colour is typed beside its picker.
BY_MOUSE_ALONE = """
[...document.querySelectorAll(
  "a[href], button, input:not([type=hidden]), select, textarea, summary"
)]
  .filter((it) => it.checkVisibility() && !it.disabled && it.tabIndex !== 0 && it.type !== "color")
  .map((it) => it.outerHTML.slice(0, 100))
"""
# What stands out of the window to the right, where the page scrolls sideways for it.
TOO_WIDE = """
document.documentElement.scrollWidth <= document.documentElement.clientWidth ? [] :
  [...document.querySelectorAll("main *")]
    .filter((it) => it.getBoundingClientRect().right > document.documentElement.clientWidth)
    .map((it) => it.outerHTML.slice(0, 100))
    .slice(0, 3)
"""


@asynccontextmanager
async def signed_in(
    desk: Desk,
    browser: Browser,
    *,
    width: int = 1280,
    dark: bool = False,
    scripts: bool = True,
) -> AsyncIterator[tuple[Page, str]]:
    """A page on the overview, and the site's address."""
    async with serve(desk.app) as base_url:
        context = await browser.new_context(
            viewport={"width": width, "height": 800},
            color_scheme="dark" if dark else "light",
            timezone_id="Asia/Kolkata",
            locale="en-IN",
            java_script_enabled=scripts,
            reduced_motion="reduce",  # a colour on its way is no colour to judge
        )
        page = await context.new_page()
        await page.goto(f"{base_url}/dashboard")
        await page.get_by_label("E-mail").fill(EMAIL)
        await page.get_by_label("Password").fill(PASSWORD)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Overview")
        yield page, base_url
        await context.close()


# The ninth row of a list and those after it are made as the eight before them.
REPEATED = "tbody tr:nth-child(n+9), .panel > article:nth-of-type(n+9), .sites li:nth-child(n+9)"
CONTRAST = {"runOnly": ["color-contrast"]}
ALL_BUT_CONTRAST = {"rules": {"color-contrast": {"enabled": False}}}


async def axe_violations(page: Page, options: Mapping[str, object] | None = None) -> list[str]:
    """What axe finds, by all of its rules where none are chosen. The page has `AXE` in it."""
    found = await page.evaluate(
        "([repeated, options]) => axe.run({exclude: [repeated]}, options).then("
        "(it) => it.violations.map((one) =>"
        " one.id + ' ' + one.nodes.map((node) => node.target).join(' | ')))",
        [REPEATED, {"resultTypes": ["violations"], **(options or {})}],
    )
    return [str(one) for one in found]
