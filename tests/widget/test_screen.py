"""Small screens and large letters: the way back, where Tab goes, what still fits."""

import threading
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.widget.conftest import host_page, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, make_project, reply
from tests.widget.test_cards import SLOTS

pytestmark = pytest.mark.asyncio(loop_scope="session")

# A page whose router listens for the way back, as they all do, and keeps its state in the history.
ROUTER = """<script>
  window.heard = [];
  history.replaceState({key: 'home'}, '');
  history.pushState({key: 'plans'}, '', '#plans');
  addEventListener('popstate', (event) => heard.push(event.state?.key));
</script>"""
NO_WATCHER = "<script>delete window.CloseWatcher</script>"


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844},
        is_mobile=True,
        has_touch=True,
        reduced_motion="reduce",
    )
    yield await context.new_page()
    await context.close()


async def test_back_closes_the_panel_and_tells_the_router_what_it_knows(
    phone: Page, stub: Stub
) -> None:
    """Chromium calls a window's listeners in turn: at most the router hears its own state."""
    stub.pages["/"] = HostPage(host_page(stub, head=NO_WATCHER + ROUTER))
    await phone.goto(stub.site())
    dialog = await open_panel(phone)
    assert await phone.evaluate("() => history.state") == {"key": "plans", "frontdesk": True}
    await phone.evaluate("() => history.back()")
    await expect(dialog).to_be_hidden()
    assert await phone.evaluate("() => [location.hash, history.state]") == [
        "#plans",
        {"key": "plans"},
    ]

    await open_panel(phone)
    await dialog.get_by_role("button", name="Close").click()
    await phone.wait_for_function("() => !history.state.frontdesk")
    assert await phone.evaluate("() => location.hash") == "#plans"
    assert set(await phone.evaluate("() => heard")) <= {"plans"}
    # The page's own way back is as it was.
    await phone.evaluate("() => history.back()")
    await phone.wait_for_function("() => heard.at(-1) === 'home'")


async def test_where_the_browser_watches_for_back_no_history_is_made(
    phone: Page, stub: Stub
) -> None:
    watcher = """<script>window.CloseWatcher = class {
      constructor() { window.watcher = this; }
      destroy() { window.watcher = null; }
    };</script>"""
    stub.pages["/"] = HostPage(host_page(stub, head=watcher))
    await phone.goto(stub.site())
    dialog = await open_panel(phone)
    length = await phone.evaluate("() => history.length")
    await phone.evaluate("() => watcher.onclose()")
    await expect(dialog).to_be_hidden()
    await open_panel(phone)
    assert await phone.evaluate("() => history.length") == length
    await dialog.get_by_role("button", name="Close").click()
    assert await phone.evaluate("() => window.watcher") is None


async def test_a_wide_screen_has_its_history_for_itself(page: Page, stub: Stub) -> None:
    stub.pages["/"] = HostPage(host_page(stub, head=NO_WATCHER))
    await page.goto(stub.site())
    length = await page.evaluate("() => history.length")
    dialog = await open_panel(page)
    await expect(dialog).not_to_have_attribute("aria-modal", "true")
    assert await page.evaluate("() => history.length") == length


async def test_four_times_zoomed_everything_is_in_reach(browser: Browser, stub: Stub) -> None:
    """1280 by 1024 at 400 % is a page of 320 by 256 (WCAG 2.2, 1.4.10)."""
    stub.projects = [make_project(office=None, quick_replies=["Prices"])]
    context = await browser.new_context(
        viewport={"width": 320, "height": 256}, reduced_motion="reduce"
    )
    page = await context.new_page()
    await page.goto(stub.site())
    dialog = await open_panel(page)
    assert await dialog.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    for name in ("Close", "Prices", "Send", "Ask for a call"):
        button = dialog.get_by_role("button", name=name)
        await button.focus()
        await expect(button).to_be_in_viewport(ratio=1)
    # Tab stays where the visitor can see it.
    await page.keyboard.press("Tab")
    await expect(dialog.get_by_role("button", name="Close")).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(dialog.get_by_role("button", name="Ask for a call")).to_be_focused()
    await dialog.get_by_role("button", name="Ask for a call").click()
    form = dialog.get_by_role("form")
    assert await form.evaluate("(it) => it.scrollWidth <= it.clientWidth")
    for field in ("Name", "Phone", "E-mail"):
        await form.get_by_label(field).focus()
        await expect(form.get_by_label(field)).to_be_in_viewport(ratio=1)
    await context.close()


async def test_fields_ask_for_the_right_keyboard_and_never_zoom(phone: Page, stub: Stub) -> None:
    await phone.goto(stub.site())
    dialog = await open_panel(phone)
    await expect(dialog).to_have_attribute("aria-modal", "true")
    await dialog.get_by_role("button", name="Ask for a call").click()
    form = dialog.get_by_role("form")
    for label, keyboard, autofill in (
        ("Name", None, "name"),
        ("Phone", "tel", "tel"),
        ("E-mail", "email", "email"),
    ):
        field = form.get_by_label(label)
        assert await field.get_attribute("inputmode") == keyboard
        await expect(field).to_have_attribute("autocomplete", autofill)
        # iOS zooms into what is smaller.
        assert await field.evaluate("(it) => getComputedStyle(it).fontSize") == "16px"


async def test_the_panel_ends_above_the_keyboard(phone: Page, stub: Stub) -> None:
    await phone.goto(stub.site())
    dialog = await open_panel(phone)
    await phone.evaluate("""() => {
        Object.defineProperty(visualViewport, 'height', {value: 400});
        Object.defineProperty(visualViewport, 'offsetTop', {value: 120});
        visualViewport.dispatchEvent(new Event('resize'));
    }""")
    box = await dialog.bounding_box()
    assert box is not None
    assert (box["y"], box["height"]) == (120, 400)


async def test_forced_colours_keep_every_sign(browser: Browser, stub: Stub) -> None:
    """What a background alone told is told by a border or by a colour that stays."""
    gate = threading.Event()
    stub.replies = [[gate, *reply("When would you like to come?", cards=[SLOTS])]]
    context = await browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(stub.site())
    launcher = page.get_by_role("button", name="Ask about Palm Grove")
    icon, ground, border = await launcher.evaluate("""(it) => [
        getComputedStyle(it, '::before').backgroundColor,
        getComputedStyle(it).backgroundColor,
        getComputedStyle(it).borderTopWidth,
    ]""")
    assert icon != ground
    assert border == "2px"
    dialog = await open_panel(page)
    await dialog.get_by_role("textbox").fill("Price?")
    await page.keyboard.press("Enter")
    ground_of = "(it) => getComputedStyle(it).backgroundColor"
    dot = dialog.locator(".dots i").first
    assert await dot.evaluate(ground_of) != await dialog.evaluate(ground_of)
    gate.set()
    chosen = dialog.get_by_role("button", name="Sat 28", pressed=True)
    other = dialog.get_by_role("button", name="Sun 29")
    assert await chosen.evaluate(ground_of) != await other.evaluate(ground_of)
    await dialog.get_by_role("button", name="Ask for a call").click()
    for drawn in (".send", ".primary", ".avatar", ".visitor"):
        box = dialog.locator(drawn)
        assert await box.evaluate("(it) => getComputedStyle(it).borderTopWidth") == "1px", drawn
    await context.close()


async def test_nothing_stands_under_a_notch_or_the_home_bar(phone: Page, stub: Stub) -> None:
    """Insets as of a phone with rounded corners, on a page that uses the whole screen."""
    await phone.goto(stub.site())
    devtools = await phone.context.new_cdp_session(phone)
    insets = {"top": 47, "bottom": 34, "left": 12, "right": 12}
    await devtools.send("Emulation.setSafeAreaInsetsOverride", {"insets": insets})
    launcher = phone.get_by_role("button", name="Ask about Palm Grove")
    box = await launcher.bounding_box()
    assert box is not None
    assert (390 - box["x"] - box["width"], 844 - box["y"] - box["height"]) == (20 + 12, 20 + 34)
    dialog = await open_panel(phone)
    padding = "(it) => { const at = getComputedStyle(it); return [at.padding, at.paddingTop]; }"
    assert (await dialog.evaluate(padding))[0] == "0px 12px"
    assert (await dialog.locator(".head").evaluate(padding))[1] == "47px"
    foot = "(it) => getComputedStyle(it).paddingBottom"
    assert await dialog.locator(".foot").evaluate(foot) == "34px"
