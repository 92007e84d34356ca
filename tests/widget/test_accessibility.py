"""axe finds nothing in any state, and the keyboard alone is enough."""

from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, make_project, problem, reply
from tests.widget.test_cards import BROCHURE, MAP, PRICES, SLOTS

pytestmark = pytest.mark.asyncio(loop_scope="session")

AXE = Path(__file__).parents[2] / "widget/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


async def violations(page: Page) -> list[str]:
    # axe measures contrast below the body only, and the widget stands beside it.
    # Once: what is moved again loses the focus.
    await page.evaluate("""() => {
        const host = document.querySelector('frontdesk-widget');
        if (host.parentNode !== document.body) document.body.append(host);
    }""")
    await page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(
        """(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}})
            .then((result) => result.violations)""",
        RULES,
    )
    return [f"{it['id']}: {it['nodes'][0]['html'][:120]}" for it in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_axe_finds_nothing(browser: Browser, stub: Stub, scheme: Any) -> None:
    bubble = {"text": "Shall I tell you the prices?", "after_seconds": 0, "on_exit": False}
    stub.projects = [make_project(launcher="pill", bubble=bubble)]
    stub.replies = [
        reply("Visits run from 10 to 6.", ("Prices",), cards=[PRICES, MAP, BROCHURE, SLOTS]),
        reply("When?", form="visit"),
    ]
    stub.leads = [problem(503, "unavailable", "")]
    context = await browser.new_context(color_scheme=scheme, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(stub.site())
    await expect(page.get_by_role("button", name="Shall I tell you")).to_be_visible()
    assert await violations(page) == []
    dialog = await open_panel(page)
    assert await violations(page) == []
    await ask(page, "When can I come?")
    await expect(dialog.get_by_role("button", name="Prices")).to_be_visible()
    await expect(dialog.get_by_role("group")).to_be_visible()
    assert await violations(page) == []
    await ask(page, "A visit please")
    form = dialog.get_by_role("form")
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_role("button", name="Send to the team").click()
    assert await violations(page) == []
    await form.get_by_role("button", name="Country code").click()
    await expect(form.get_by_role("option", name="India +91")).to_be_visible()
    assert await violations(page) == []
    await page.keyboard.press("Escape")
    await expect(form.get_by_role("button", name="Country code")).to_be_focused()
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()
    await expect(form.get_by_role("alert")).to_be_visible()
    assert await violations(page) == []
    await form.get_by_role("button", name="Not now").click()
    await context.set_offline(True)
    await ask(page, "Are you there?")
    await expect(page.locator(".waiting")).to_be_visible()
    assert await violations(page) == []
    await context.close()


async def test_axe_finds_nothing_on_a_phone_that_reads_from_the_right(
    browser: Browser, stub: Stub
) -> None:
    stub.projects = [make_project(language="ar")]
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
    )
    page = await context.new_page()
    await page.goto(stub.site())
    dialog = await open_panel(page)
    assert await violations(page) == []
    await dialog.get_by_role("button", name="Ask for a call").click()
    assert await violations(page) == []
    await context.close()


@pytest.mark.parametrize(
    ("rule", "fault"),
    [
        ("button-name", "(it) => it.querySelector('.close').removeAttribute('aria-label')"),
        ("color-contrast", "(it) => it.style.setProperty('--muted', '#a5aea7')"),
    ],
)
async def test_axe_sees_into_the_panel(page: Page, stub: Stub, rule: str, fault: str) -> None:
    """The control: a fault put into the panel is found."""
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.evaluate(fault)
    assert [line.split(":")[0] for line in await violations(page)] == [rule]


async def test_the_keyboard_alone_is_enough(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    launcher = page.get_by_role("button", name="Ask about Palm Grove")
    await expect(launcher).to_have_attribute("aria-expanded", "false")
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Floor plans")).to_be_focused()
    await page.keyboard.press("Tab")
    await expect(launcher).to_be_focused()
    await page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Ask about")
    await expect(box).to_be_focused()
    await expect(launcher).to_have_attribute("aria-expanded", "true")
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    await expect(launcher).to_be_focused()
    await page.keyboard.press("Space")
    await expect(box).to_be_focused()


async def test_tab_goes_through_the_panel_in_reading_order(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await page.get_by_role("button", name="Ask about Palm Grove").focus()
    expected = [
        dialog.get_by_role("button", name="Close"),
        dialog.locator(".talk"),
        *[
            dialog.get_by_role("button", name=name)
            for name in ("Prices", "Sizes", "Possession", "Book a visit")
        ],
        dialog.get_by_role("textbox"),
        dialog.get_by_role("button", name="Send"),
        dialog.get_by_role("button", name="Ask for a call"),
    ]
    for stop in expected:
        await page.keyboard.press("Tab")
        await expect(stop).to_be_focused()


async def test_closing_gives_the_focus_back(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.get_by_role("button", name="Close").click()
    await expect(page.get_by_role("button", name="Ask about Palm Grove")).to_be_focused()


async def test_no_text_is_smaller_than_fourteen_pixels(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.get_by_role("button", name="Ask for a call").click()
    sizes = await dialog.locator("*").evaluate_all(
        "(all) => all.map((it) => parseFloat(getComputedStyle(it).fontSize))"
    )
    assert min(sizes) >= 14
