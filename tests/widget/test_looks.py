"""What a project's settings make of the widget, without a rebuild."""

import threading
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.widget.conftest import ask, host_page, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, make_project, reply
from tests.widget.test_cards import PRICES

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAUNCHER = "Ask about Palm Grove"
COLOUR = "(it) => getComputedStyle(it).backgroundColor"
DARK_PAPER = "rgb(22, 26, 24)"


@pytest.mark.parametrize(
    ("theme", "system", "is_dark"),
    [("auto", "dark", True), ("auto", "light", False), ("light", "dark", False)],
)
async def test_a_theme_is_the_projects_or_the_devices(
    page: Page, stub: Stub, theme: str, system: Any, is_dark: bool
) -> None:
    stub.projects = [make_project(theme=theme, accent_dark="#5c6579")]
    await page.emulate_media(color_scheme=system)
    await page.goto(stub.site())
    dialog = await open_panel(page)
    assert (await dialog.evaluate(COLOUR) == DARK_PAPER) == is_dark
    send = dialog.get_by_role("button", name="Send")
    assert (await send.evaluate(COLOUR) == "rgb(92, 101, 121)") == is_dark


@pytest.mark.parametrize(("size", "launcher", "width"), [("compact", 48, 352), ("large", 64, 440)])
async def test_sizes(page: Page, stub: Stub, size: str, launcher: int, width: int) -> None:
    stub.projects = [make_project(size=size)]
    await page.goto(stub.site())
    box = await page.get_by_role("button", name=LAUNCHER).bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (launcher, launcher)
    panel = await (await open_panel(page)).bounding_box()
    assert panel is not None
    assert panel["width"] == width
    assert panel["y"] + panel["height"] == 800 - 20 - launcher - 12


async def test_a_pill_shows_its_name_until_it_is_open(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(launcher="pill", texts={"launcher": "Ask us"})]
    await page.goto(stub.site())
    launcher = page.get_by_role("button", name="Ask us")
    await expect(launcher.get_by_text("Ask us")).to_be_visible()
    await open_panel(page, "Ask us")
    await expect(launcher.get_by_text("Ask us")).to_be_hidden()


async def test_a_page_that_is_hidden_from_gets_no_widget(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(hidden_paths=["/careers*"])]
    stub.pages["/careers/jobs"] = HostPage(host_page(stub))
    await page.goto(stub.site(path="/careers/jobs"))
    await page.wait_for_load_state("networkidle")
    assert await page.locator("frontdesk-widget").count() == 0
    await page.goto(stub.site())
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()


async def test_outside_office_hours_it_says_when_people_are_back(page: Page, stub: Stub) -> None:
    office = {
        "hours": ["Mo-Fr 10:00-19:00"],
        "greeting": "The team is back {opens}.",
        "line": "Answers in seconds, people {opens}",
    }
    stub.projects = [make_project(office=office)]
    await page.clock.install(time="2026-11-25T20:00:00+05:30")
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await expect(page.get_by_role("log")).to_contain_text("The team is back tomorrow, 10:00 am.")
    await expect(dialog).to_contain_text("Answers in seconds, people tomorrow, 10:00 am")
    await page.clock.set_system_time("2026-11-26T11:00:00+05:30")
    await page.reload()
    dialog = await open_panel(page)
    await expect(dialog).to_contain_text("Answers in seconds, people from 10 to 7")
    await expect(page.get_by_role("log")).to_contain_text("Hello. Ask me anything")


async def test_a_bubble_greets_once_and_is_dismissed_for_the_page(page: Page, stub: Stub) -> None:
    bubble = {"text": "Shall I tell you the prices?", "after_seconds": 20, "on_exit": True}
    stub.projects = [make_project(bubble=bubble)]
    await page.clock.install()
    await page.goto(stub.site())
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    shown = page.get_by_role("status").get_by_text("Shall I tell you")
    await page.clock.run_for(19_000)
    await expect(shown).to_have_count(0)
    await page.clock.run_for(2_000)
    await expect(shown).to_be_visible()
    await page.get_by_role("button", name="Dismiss").click()
    await expect(shown).to_have_count(0)
    await page.evaluate(
        "() => document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))"
    )
    await page.clock.run_for(60_000)
    await expect(shown).to_have_count(0)
    assert await page.evaluate("() => [...Object.keys(localStorage), document.cookie]") == [""]


async def test_a_bubble_comes_on_the_way_out_and_opens_the_panel(page: Page, stub: Stub) -> None:
    bubble = {"text": "Before you go", "after_seconds": None, "on_exit": True}
    stub.projects = [make_project(bubble=bubble)]
    await page.goto(stub.site())
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    await page.evaluate(
        "() => document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))"
    )
    await page.get_by_role("button", name="Before you go").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.get_by_text("Before you go")).to_have_count(0)


@pytest.mark.parametrize("sound", [False, True])
async def test_a_reply_to_a_closed_panel_is_counted_and_heard_where_that_is_wanted(
    page: Page, stub: Stub, sound: bool
) -> None:
    stub.projects = [make_project(sound=sound)]
    fetched: list[str] = []
    page.on("request", lambda it: fetched.append(it.url) if "/chime-" in it.url else None)
    gate = threading.Event()
    stub.replies = [[gate, *reply("2 BHK homes start at ₹84 lakh.")]]
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await page.keyboard.press("Escape")
    gate.set()
    launcher = page.get_by_role("button", name=f"{LAUNCHER}, 1 new")
    await expect(launcher.locator(".badge")).to_have_text("1")
    assert len(fetched) == sound
    await launcher.click()
    await expect(page.locator(".badge")).to_be_hidden()
    await expect(page.get_by_role("button", name=LAUNCHER, exact=True)).to_be_visible()


async def test_a_logo_is_shown_and_where_the_page_refuses_it_a_mark_or_initials(
    page: Page, stub: Stub
) -> None:
    await page.route(
        "https://cdn.example/logo.svg",
        lambda route: route.fulfill(
            content_type="image/svg+xml",
            body='<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
        ),
    )
    stub.projects = [make_project(logo_url="https://cdn.example/logo.svg")]
    await page.goto(stub.site())
    avatar = page.locator(".avatar")
    await open_panel(page)
    await expect(avatar.locator("img")).to_be_visible()

    stub.pages["/"].headers = {"Content-Security-Policy": "img-src 'none'"}
    await page.reload()
    await open_panel(page)
    await expect(avatar).to_have_text("PG")
    stub.projects[0]["logo_path"] = "M12 3v18"
    await page.reload()
    await open_panel(page)
    await expect(avatar.locator("path")).to_have_count(1)
    await expect(avatar.locator("img")).to_have_count(0)


async def test_hindi_has_a_panel_of_its_own_and_a_projects_words_win(
    page: Page, stub: Stub
) -> None:
    texts = {"launcher": "पाम ग्रोव के बारे में पूछिए", "send": "भेजें"}
    stub.projects = [make_project(language="hi", texts=texts)]
    await page.goto(stub.site())
    dialog = await open_panel(page, texts["launcher"])
    await expect(dialog.get_by_role("button", name="भेजें")).to_be_visible()
    await dialog.get_by_role("button", name="कॉल मँगाइए").click()
    form = dialog.get_by_role("form", name="कॉल मँगाइए")
    await form.get_by_role("button", name="टीम को भेजिए").click()
    await expect(form.get_by_text("अपना नाम बताइए।")).to_be_visible()
    await form.get_by_role("button", name="देश का कोड").click()
    await form.get_by_role("combobox").fill("Emirates")
    await expect(form.get_by_role("option")).to_have_text(["AEसंयुक्त अरब अमीरात+971"])


async def test_arabic_reads_from_the_right(browser: Browser, stub: Stub) -> None:
    stub.projects = [
        make_project(language="ar", quick_replies=["الأسعار"], texts={"send": "إرسال"})
    ]
    stub.replies = [reply("2 BHK homes start at ₹84 lakh.", cards=[PRICES])]
    context = await browser.new_context(viewport={"width": 1280, "height": 800})
    page = await context.new_page()
    await page.goto(stub.site())
    dialog = await open_panel(page)
    send = await dialog.get_by_role("button", name="إرسال").bounding_box()
    box = await dialog.get_by_role("textbox").bounding_box()
    replies = await dialog.get_by_role("button", name="الأسعار").bounding_box()
    panel = await dialog.bounding_box()
    assert send is not None
    assert box is not None
    assert replies is not None
    assert panel is not None
    assert send["x"] < box["x"]
    assert replies["x"] > panel["x"] + panel["width"] / 2
    # The launcher's corner is the page's matter, not the language's.
    assert panel["x"] + panel["width"] == 1260
    # What is said in another script keeps its own order.
    await ask(page, "What does a 2 BHK cost?")
    places = await page.get_by_role("cell").first.evaluate("""(cell) => {
        const [text] = cell.childNodes;
        return [0, text.length - 1].map((at) => {
            const range = new Range();
            range.setStart(text, at);
            range.setEnd(text, at + 1);
            return range.getBoundingClientRect().x;
        });
    }""")
    assert places == sorted(places)
    await context.close()


async def test_motion_is_brief_and_off_where_that_is_wanted(browser: Browser, stub: Stub) -> None:
    moving = """(it) => [
        getComputedStyle(it).animationName, getComputedStyle(it).animationDuration,
    ]"""
    cases: tuple[tuple[Any, list[str]], ...] = (
        ("no-preference", ["arrive", "0.16s"]),
        ("reduce", ["none", "0s"]),
    )
    for wanted, motion in cases:
        context = await browser.new_context(reduced_motion=wanted)
        page = await context.new_page()
        await page.goto(stub.site())
        dialog = await open_panel(page)
        assert await dialog.evaluate(moving) == motion
        for button in await dialog.get_by_role("button").all():
            lasts = await button.evaluate("(it) => getComputedStyle(it).transitionDuration")
            assert (lasts == "0s") == (wanted == "reduce")
        await context.close()


async def test_more_contrast_makes_the_quiet_words_ink(browser: Browser, stub: Stub) -> None:
    colours = """(it) => ['p', 'strong'].map((name) =>
        getComputedStyle(it.querySelector(`.head ${name}`)).color)"""
    context = await browser.new_context(contrast="more")
    page = await context.new_page()
    await page.goto(stub.site())
    quiet, ink = await (await open_panel(page)).evaluate(colours)
    assert quiet == ink
    await context.close()


async def test_the_legal_line_is_as_prominent_as_the_line_above_it(page: Page, stub: Stub) -> None:
    """The law in Maharashtra asks for that of a registration number."""
    await page.goto(stub.site())
    dialog = await open_panel(page)
    look = """(it) => {
        const {fontSize, color, fontWeight, opacity} = getComputedStyle(it);
        return [fontSize, color, fontWeight, opacity];
    }"""
    legal = await dialog.get_by_text("MahaRERA P52100000000").evaluate(look)
    contact = await dialog.get_by_text("Answers in seconds, people from 10 to 7").evaluate(look)
    assert legal == contact
