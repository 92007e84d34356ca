"""The pages in Chromium: hostile text, accessibility, times, keyboard, no script at all."""

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from frontdesk.accounts.model import Role
from frontdesk.app import create_app
from frontdesk.dashboard.fact_rows import choice_id
from frontdesk.model import EVERY_PROJECT
from frontdesk.settings import load_settings
from frontdesk.storage.base import Storage
from tests.dashboard.conftest import Desk
from tests.dashboard.filled import Filled
from tests.dashboard.hostile import ACCENT, EMAIL_PAYLOADS, PAYLOADS, Hostile, fill_hostile
from tests.dashboard.looking import AXE, axe_violations, signed_in
from tests.dashboard.site import EMAIL, PASSWORD, make_accounts, serve
from tests.support.clock import SteppedClock

FACT = choice_id("price", "2 BHK", "₹84 lakh onwards")


def main_paths(filled: Filled) -> list[str]:
    return [
        "/dashboard",
        "/dashboard/leads",
        "/dashboard/leads?project=coral-bay",
        f"/dashboard/leads/{filled.talked_lead.id}",
        f"/dashboard/leads/{filled.dead_lead.id}?notice=retrying",
        "/dashboard/projects",
        "/dashboard/projects?state=not_live&search=palm",
        "/dashboard/projects/palm-grove",
        "/dashboard/projects/palm-grove/edit",
        "/dashboard/projects/palm-grove/facts",
        "/dashboard/projects/palm-grove/facts?show=all",
        f"/dashboard/projects/palm-grove/facts/edit?fact={FACT}",
        "/dashboard/projects/palm-grove/answers?question=2+BHK+price",
        "/dashboard/projects/palm-grove/answers/edit",
        "/dashboard/projects/palm-grove/answers/import",
        "/dashboard/projects/palm-grove/rules",
        "/dashboard/projects/palm-grove/assignment",
        "/dashboard/projects/palm-grove/destinations",
        "/dashboard/projects/palm-grove/destinations/crm",
        "/dashboard/projects/palm-grove/add-destination",
        "/dashboard/projects/palm-grove/add-destination?kind=webhook",
        "/dashboard/projects/palm-grove/add-destination?kind=email",
        "/dashboard/add-project",
        "/dashboard/import-projects",
        "/dashboard/widget",
        "/dashboard/projects/palm-grove/widget",
        "/dashboard/change-widgets",
        "/dashboard/widget-changes",
        "/dashboard/widget/words?language=hi",
        "/dashboard/settings/cdn",
        "/dashboard/widget?group=Sahyadri+Homes",
        "/dashboard/sites",
        "/dashboard/assign-site?host=palmgrove-preview.example",
        "/dashboard/deliveries",
        "/dashboard/deliveries?state=dead&project=palm-grove&destination=crm",
        "/dashboard/deliveries?project=a",
        "/dashboard/deliveries/again?state=dead",
        f"/dashboard/deliveries/{filled.dead_delivery.id}",
        "/dashboard/settings",
        "/dashboard/settings/members",
        "/dashboard/settings/keys",
        "/dashboard/settings/privacy",
        "/dashboard/settings/audit",
        "/dashboard/settings/models",
        "/dashboard/nothing",
    ]


# Marks what a payload did: a dialog, a call of the marker, or a request to the payloads' host.
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt"]) {
  window[name] = (text) => { window.ran.push(name + ":" + text); };
}
"""


async def run_payloads_seen(page: Page) -> list[str]:
    """What hostile text did on the page; also after every link with a scheme of script."""
    # Images have failed by `load`; what takes the focus does so with the first frames.
    await page.evaluate(
        "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    seen = await page.evaluate("window.ran")
    links = await page.evaluate(
        "[...document.querySelectorAll('a, form, iframe, object')]"
        ".map((it) => it.href ?? it.action ?? it.src ?? it.data ?? '')"
        ".filter((url) => !/^(https?|tel|mailto):/.test(url))"
    )
    return [*seen, *links]


@pytest.mark.parametrize("payload", PAYLOADS[:4])
async def test_the_control_sees_payloads_that_run(browser: Browser, payload: str) -> None:
    page = await browser.new_page()
    await page.add_init_script(WATCH)
    await page.goto("about:blank")
    await page.set_content(f"<!doctype html><body>{payload}</body>")
    assert await run_payloads_seen(page), payload


async def test_hostile_text_is_text_without_any_policy(
    desk: Desk, browser: Browser, storage: Storage, clock: SteppedClock
) -> None:
    hostile: Hostile = await fill_hostile(storage)
    accounts = make_accounts(storage, clock)
    await accounts.add_member(EMAIL, PAYLOADS[0], Role.OWNER, password=PASSWORD)
    strangers: list[str] = []
    async with signed_in(desk, browser) as (page, base_url):
        await page.add_init_script(WATCH)
        page.on(
            "request",
            lambda it: strangers.append(it.url) if not it.url.startswith(base_url) else None,
        )
        shown = ""
        for path in hostile.paths:
            reply = await page.goto(base_url + path)
            assert reply is not None
            assert reply.status == 200, path
            assert "content-security-policy" not in reply.headers, "the policy must not help here"
            for summary in await page.locator("summary:visible").all():
                await summary.click()
            assert await run_payloads_seen(page) == [], path
            shown += await page.locator("body").inner_text()
        for payload in PAYLOADS:
            assert " ".join(payload.split()) in " ".join(shown.split()), payload
    assert strangers == []


async def test_a_hostile_email_is_text_on_the_sign_in_page(desk: Desk, browser: Browser) -> None:
    async with serve(desk.app) as base_url:
        page = await browser.new_page()
        await page.add_init_script(WATCH)
        for payload in EMAIL_PAYLOADS:
            await page.goto(f"{base_url}/dashboard/sign-in?next={payload}")
            await page.locator("form").evaluate("(form) => { form.noValidate = true; }")
            await page.get_by_label("E-mail").evaluate("(it) => { it.type = 'text'; }")
            await page.get_by_label("E-mail").fill(payload)
            await page.get_by_label("Password").fill(payload)
            await page.get_by_role("button", name="Sign in").click()
            await expect(page.get_by_role("alert")).to_be_visible()
            assert await run_payloads_seen(page) == []
            assert await page.get_by_label("E-mail").get_attribute("value") == payload


async def test_a_colour_is_a_colour(desk: Desk, browser: Browser, storage: Storage) -> None:
    await fill_hostile(storage)
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        await page.goto(f"{base_url}/dashboard/projects/hostile")
        assert await page.locator(".swatch rect").get_attribute("fill") == ACCENT


async def test_axe_finds_nothing_on_empty_pages(desk: Desk, browser: Browser) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        for place in ("", "/leads", "/projects", "/deliveries"):
            await page.goto(f"{base_url}/dashboard{place}")
            await page.evaluate(AXE.read_text())
            assert await axe_violations(page) == [], place
        # The control: a button without a name is found.
        await page.evaluate(
            "document.querySelector('main').append(document.createElement('button'))"
        )
        assert await axe_violations(page) != []


async def test_times_are_written_in_the_viewers_zone(
    desk: Desk, browser: Browser, filled: Filled
) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        await page.goto(f"{base_url}/dashboard/leads/{filled.talked_lead.id}")
        received = page.locator("dd time").first
        await expect(received).to_have_attribute("title", "23 Nov 2026, 08:30 UTC")
        text = await received.inner_text()
        assert "14:00" in text


async def test_everything_works_without_a_script(
    desk: Desk, browser: Browser, filled: Filled, storage: Storage
) -> None:
    await desk.add_member()
    async with signed_in(desk, browser, scripts=False) as (page, _):
        await page.get_by_role("link", name="lead has not reached").click()
        await page.get_by_role("link", name="Vikram Shetty").click()
        await expect(page.locator("dd time").first).to_have_text("23 Nov 2026, 06:39 UTC")
        await page.get_by_role("button", name="Send it again").click()
        await expect(page.get_by_role("status")).to_contain_text("It is due now")
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    assert desk.woken == 1


async def test_the_keyboard_reaches_everything(
    desk: Desk, browser: Browser, filled: Filled
) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        await page.goto(f"{base_url}/dashboard/deliveries?state=dead")
        reached = await tab_through(page)
        assert reached[0] == "Skip to the content"
        for name in ("Overview", "Leads", "Projects", "Deliveries", "Sign out", "Vikram Shetty"):
            assert name in reached, name
        assert "Retry now (Vikram Shetty)" in reached
        # A row's action is unseen until the row is pointed at or reached.
        retry = page.get_by_role("button", name="Retry now")
        await retry.focus()
        await expect(page.locator(".retry")).to_have_css("opacity", "1")
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("status")).to_contain_text("It is due now")


async def tab_through(page: Page) -> list[str]:
    reached: list[str] = []
    for _ in range(60):
        await page.keyboard.press("Tab")
        name = await page.evaluate("document.activeElement.textContent.trim()")
        if name in reached[:1] or await page.evaluate("document.activeElement === document.body"):
            break
        reached.append(name)
    return reached


async def test_a_retry_by_mouse_goes_out(
    desk: Desk, browser: Browser, filled: Filled, storage: Storage
) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        await page.goto(f"{base_url}/dashboard/deliveries?state=dead")
        await page.get_by_role("row", name="Vikram Shetty").hover()
        await page.get_by_role("button", name="Retry now").click()
        await expect(page.get_by_role("status")).to_contain_text("It is due now")
        assert page.url.endswith("/dashboard/deliveries?state=dead&notice=retrying"), "as it was"
    counts = await storage.count_deliveries(EVERY_PROJECT)
    assert sum(counts.values()) == 42
    assert desk.woken == 1


async def test_the_service_own_policy_refuses_nothing(
    desk: Desk,
    browser: Browser,
    filled: Filled,
    storage: Storage,
    clock: SteppedClock,
    tmp_path: Path,
) -> None:
    await desk.add_member()
    settings = load_settings(storage_url=f"sqlite:///{tmp_path}/unused.db", secret_key="s" * 32)
    desk.app = create_app(settings, clock=clock, storage=storage)
    refused: list[str] = []
    async with signed_in(desk, browser) as (page, base_url):
        page.on("console", lambda it: refused.append(it.text) if it.type == "error" else None)
        page.on("pageerror", lambda it: refused.append(str(it)))
        for path in main_paths(filled)[:-1]:
            reply = await page.goto(base_url + path)
            assert reply is not None
            assert "script-src 'self'" in reply.headers["content-security-policy"]
            times = page.locator("time:not([data-as-is])")
            if await times.count():
                await expect(times.first).to_have_attribute("title", re.compile("UTC"))
        assert refused == []
        await page.evaluate("document.body.setAttribute('style', 'color: red')")
        assert refused, "the control: the policy is in force, and a refusal is seen"
        await page.get_by_role("button", name="Sign out").click()
        await expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
