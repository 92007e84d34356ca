"""The list of leads in Chromium: by keyboard, and new leads as they come."""

from playwright.async_api import Browser, expect

from frontdesk.storage.base import Storage
from tests.contracts.capturing import capture, phone
from tests.dashboard.conftest import Desk
from tests.dashboard.filled import Filled
from tests.dashboard.looking import signed_in
from tests.support.samples import later, make_lead

FOCUSED = "document.activeElement.textContent"


async def test_the_list_is_worked_by_keyboard(desk: Desk, browser: Browser, filled: Filled) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        await page.goto(f"{base_url}/dashboard/leads")
        names = await page.locator(".row-link").all_text_contents()
        for key, name in (("j", names[0]), ("j", names[1]), ("j", names[2]), ("k", names[1])):
            await page.keyboard.press(key)
            assert await page.evaluate(FOCUSED) == name
        await page.keyboard.press("x")
        await page.keyboard.press("j")
        await page.keyboard.press("x")
        await expect(page.locator("[data-chosen]")).to_have_text("2 chosen")
        chosen = page.locator("table input:checked")
        assert await chosen.count() == 2
        await page.keyboard.press("?")
        await expect(page.get_by_role("dialog", name="By keyboard")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("dialog")).to_be_hidden()
        await page.keyboard.press("/")
        await page.keyboard.type("jx?")
        await expect(page.get_by_role("searchbox")).to_have_value("jx?")
        await page.get_by_role("searchbox").fill("")
        await page.locator(".row-link").nth(1).focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(names[1])


async def test_new_leads_appear_without_reloading(
    desk: Desk, browser: Browser, filled: Filled, storage: Storage
) -> None:
    await desk.add_member()
    async with signed_in(desk, browser) as (page, base_url):
        answer = '{"items": [{"id": "another"}]}'  # these pages run without the API
        await page.route("**/v1/leads?**", lambda route: route.fulfill(body=answer))
        await page.goto(f"{base_url}/dashboard/leads")
        await page.locator("table input").nth(0).check()
        at = later(days=1)
        await capture(storage, make_lead(name="Zoya Khan", phone=phone(77), at=at))
        await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
        first = page.locator("tbody tr").first
        await expect(first).to_contain_text("Zoya Khan")
        await expect(page.get_by_role("status")).to_have_text("1 new lead has come.")
        await expect(first.locator("time")).to_have_attribute("title", "24 Nov 2026, 09:00 UTC")
        assert await page.locator("table input:checked").count() == 1, "what was chosen stays so"
        assert "?" not in page.url
