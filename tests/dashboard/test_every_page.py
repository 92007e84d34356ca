"""Every page there is, with as much in the store as it has to bear."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser

from frontdesk.app import create_app
from frontdesk.settings import load_settings
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk
from tests.dashboard.full import Full, fill_full
from tests.dashboard.looking import (
    ALL_BUT_CONTRAST,
    AXE,
    BY_MOUSE_ALONE,
    CONTRAST,
    TOO_WIDE,
    axe_violations,
    signed_in,
)
from tests.dashboard.markup import Markup
from tests.dashboard.site import make_accounts
from tests.support.clock import SteppedClock
from tests.web.asks import PAGES

MOST_BYTES = 100_000
# What is downloaded is no page, nor is what stands in the preview's frame before the widget does.
NO_PAGE = re.compile(r"\.(csv|json)$|/widget/frame$")
STATES = {
    "/dashboard/leads": ("?column=email&column=source&column=with&column=note",),
    "/dashboard/projects/{project_id}/facts": ("?show=all", "?show=told"),
    "/dashboard/projects/{project_id}/answers": ("?question=price+of+3+BHK",),
    "/dashboard/projects/{project_id}/add-destination": ("?kind=webhook", "?kind=hubspot"),
    "/dashboard/deliveries": ("?state=dead&project=palm-grove", "?state=waiting"),
    "/dashboard/deliveries/again": ("?state=dead",),
}


def every_page(full: Full) -> list[str]:
    """From the table that holds every route, whose own test fails where one is not in it."""
    paths = []
    for route in PAGES:
        method, template = route.split()
        if method == "GET" and not NO_PAGE.search(template):
            path = template.format(**full.ids)
            paths += [path, *(path + query for query in STATES.get(template, ()))]
    return paths


@pytest.fixture
async def full(storage: Storage) -> Full:
    return await fill_full(storage)


@pytest.fixture
async def desk(desk: Desk, storage: Storage, clock: SteppedClock, tmp_path: Path) -> Desk:
    """The whole service, which also has a mail server for forgotten passwords."""
    settings = load_settings(
        storage_url=f"sqlite:///{tmp_path}/unused.db",
        secret_key="s" * 32,
        public_url="https://desk.example",
        smtp_url="smtps://desk:secret@mail.example:465",
        smtp_sender="desk@desk.example",
    )
    desk.app = create_app(settings, clock=clock, storage=storage)
    return desk


async def test_no_page_is_large_or_has_anything_inline(desk: Desk, full: Full) -> None:
    person = await desk.let_in()
    for path in every_page(full):
        reply = await person.get(path)
        if reply.is_redirect:
            continue
        assert reply.status_code == (404 if path.endswith("/nothing") else 200), path
        assert len(reply.content) < MOST_BYTES, (path, len(reply.content))
        assert Markup(reply.text).inline == [], path
        policy = reply.headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy, path
        assert "unsafe" not in policy, path


# Each page is opened once and looked at in three ways. In two parts, one for each processor.
@pytest.mark.parametrize("part", [0, 1])
async def test_every_page_is_for_everybody(
    desk: Desk, browser: Browser, full: Full, storage: Storage, clock: SteppedClock, part: int
) -> None:
    await desk.add_member()
    invitation = (await make_accounts(storage, clock).make_link(full.ids["member_id"])).token
    doors = [
        "/dashboard/sign-in",
        "/dashboard/sign-in/forgotten",
        f"/dashboard/welcome?token={invitation}",
    ]
    faults: list[tuple[str, str, list[str]]] = []
    async with signed_in(desk, browser) as (page, base_url):
        for path in [*doors, *every_page(full)][part::2]:

            def look(how: str, found: list[str], path: str = path) -> None:
                faults.extend([(path, how, found)] if found else [])

            await page.set_viewport_size({"width": 1280, "height": 800})
            await page.emulate_media(color_scheme="light")
            await page.goto(base_url + path)
            for summary in await page.locator("summary:visible").all():
                await summary.click()
            look("by keyboard", await page.evaluate(BY_MOUSE_ALONE))
            await page.evaluate(AXE.read_text())
            look("in light", await axe_violations(page))
            await page.emulate_media(color_scheme="dark")
            look("in the dark", await axe_violations(page, CONTRAST))
            for width in (768, 390):
                await page.set_viewport_size({"width": width, "height": 800})
                look(f"{width} wide", await page.evaluate(TOO_WIDE))
            look("on a phone", await axe_violations(page, ALL_BUT_CONTRAST))
    assert faults == []
