"""The loader on other people's pages: what it loads, touches, stores and survives."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.widget.conftest import ask, host_page, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, make_project

pytestmark = pytest.mark.asyncio(loop_scope="session")

LAUNCHER = "Ask about Palm Grove"


async def talk(page: Page) -> None:
    """A question and its answer: the whole of the panel at work."""
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("2 BHK homes start at ₹84 lakh.")


async def test_two_requests_on_load_and_the_panel_on_intent(page: Page, stub: Stub) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    await page.goto(stub.site())
    launcher = page.get_by_role("button", name=LAUNCHER)
    await expect(launcher).to_be_visible()
    await page.wait_for_load_state("networkidle")
    ours = [url for url in requests if url.startswith(stub.origin)]
    host = f"palmgrove.localhost%3A{stub.port}"
    assert ours == [f"{stub.origin}/widget.js", f"{stub.origin}/v1/widget?host={host}"]

    async with page.expect_request("**/assets/panel-*.js"):
        await launcher.hover()
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_the_tag_reads_no_layout_and_keeps_no_clock(page: Page, stub: Stub) -> None:
    """A read of sizes makes the page lay itself out at once; a clock keeps a phone awake."""
    await page.add_init_script("""
        window.seen = [];
        const note = (owner, name) => {
            const {get, value, ...rest} = Object.getOwnPropertyDescriptor(owner, name);
            const told = (act) => function (...given) {
                seen.push(name);
                return act.apply(this, given);
            };
            const made = get ? {...rest, get: told(get)} : {...rest, value: told(value)};
            Object.defineProperty(owner, name, made);
        };
        for (const name of ['offsetWidth', 'offsetHeight', 'offsetTop', 'offsetParent'])
            note(HTMLElement.prototype, name);
        for (const name of ['clientWidth', 'clientHeight', 'scrollHeight', 'scrollTop',
                            'getBoundingClientRect', 'getClientRects', 'checkVisibility'])
            note(Element.prototype, name);
        for (const name of ['getComputedStyle', 'innerWidth', 'innerHeight', 'scrollY',
                            'setInterval', 'requestAnimationFrame']) note(window, name);
    """)
    await page.goto(stub.site())
    await page.locator("frontdesk-widget").wait_for(state="attached")
    await page.wait_for_load_state("networkidle")
    # Playwright's own looks at the page are in a world of their own.
    assert await page.evaluate("() => seen") == []


async def test_storage_is_not_looked_into_while_the_page_comes_up(page: Page, stub: Stub) -> None:
    """The first look waits for another process and its disk."""
    await page.add_init_script(
        """window.looks = 0;
        const {get} = Object.getOwnPropertyDescriptor(window, 'localStorage');
        Object.defineProperty(window, 'localStorage', {get() { looks++; return get.call(this); }});
        """
    )
    await page.clock.install()
    await page.goto(stub.site(path="/?gclid=abc"))
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    await page.clock.run_for(5_000)
    assert await page.evaluate("() => looks") == 0
    await page.mouse.move(10, 10)
    await page.clock.run_for(100)
    assert await page.evaluate("() => looks") > 0


async def test_the_settings_are_asked_for_from_an_empty_call_stack(page: Page, stub: Stub) -> None:
    """Whoever notes where a request comes from has the browser read each function on it again."""
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Network.enable")
    depths: list[int] = []

    def note(sent: dict[str, Any]) -> None:
        if "/v1/widget?" in sent["request"]["url"]:
            depths.append(len(sent["initiator"]["stack"]["callFrames"]))

    devtools.on("Network.requestWillBeSent", note)
    await page.goto(stub.site())
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    assert depths == [1]


async def test_nothing_is_stored_before_the_visitor_opens_it(page: Page, stub: Stub) -> None:
    await page.goto(stub.site(path="/?utm_source=mail"))
    await page.get_by_role("button", name=LAUNCHER).hover()
    await page.wait_for_load_state("networkidle")
    stored = "() => [Object.keys(localStorage).sort(), {...sessionStorage}, document.cookie]"
    assert await page.evaluate(stored) == [[], {}, ""]
    await open_panel(page)
    assert await page.evaluate(stored) == [["frontdesk:visits"], {}, ""]
    await ask(page, "Hello")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert await page.evaluate(stored) == [["frontdesk:palm-grove", "frontdesk:visits"], {}, ""]
    assert "cookie" not in stub.messages()[0].headers


async def test_the_page_is_left_as_it_was(page: Page, stub: Stub) -> None:
    """One global, no element of the page restyled, no layout shift."""
    body = '<p id="last">The last of its kind.</p>'
    head = "<style>body > :last-child {color: rgb(1, 2, 3)}</style>"
    bare = host_page(stub, head=head, body=body, tag="<script></script>")
    stub.pages["/bare"] = HostPage(bare)
    stub.pages["/"] = HostPage(host_page(stub, head=head, body=body))
    look = """() => [...document.querySelectorAll('head, body, body *')].map(
        (it) => JSON.stringify(Array.from(getComputedStyle(it), (name) =>
            [name, getComputedStyle(it).getPropertyValue(name)])))"""
    await page.goto(stub.site(path="/bare"))
    globals_before = set(await page.evaluate("() => Object.getOwnPropertyNames(window)"))
    look_before = await page.evaluate(look)

    await page.goto(stub.site())
    await expect(page.get_by_role("button", name=LAUNCHER)).to_be_visible()
    assert await page.evaluate(look) == look_before
    globals_after = set(await page.evaluate("() => Object.getOwnPropertyNames(window)"))
    assert globals_after - globals_before == {"Frontdesk"}
    await open_panel(page)
    shift = """() => new Promise((resolve) => new PerformanceObserver((list) => resolve(
        list.getEntries().reduce((sum, it) => sum + it.value, 0)))
        .observe({type: 'layout-shift', buffered: true}) || setTimeout(resolve, 300, 0))"""
    assert await page.evaluate(shift) == 0


async def test_a_second_tag_does_nothing(page: Page, stub: Stub) -> None:
    tag = f'<script async src="{stub.origin}/widget.js"></script>'
    stub.pages["/"] = HostPage(host_page(stub, tag=tag * 2))
    await page.goto(stub.site())
    await open_panel(page)
    await page.wait_for_load_state("networkidle")
    assert await page.locator("frontdesk-widget").count() == 1
    assert len(stub.to("GET", "/v1/widget")) == 1


async def test_an_element_called_frontdesk_does_not_hide_us(page: Page, stub: Stub) -> None:
    stub.pages["/"] = HostPage(host_page(stub, body='<details id="Frontdesk"></details>'))
    await page.goto(stub.site())
    await open_panel(page)


async def test_the_tag_names_the_project(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(), make_project("coral-bay", by_hand=True)]
    tag = '<script async data-project="{}" src="{}/widget.js"></script>'
    stub.pages["/named"] = HostPage(host_page(stub, tag=tag.format("coral-bay", stub.origin)))
    stub.pages["/forged"] = HostPage(host_page(stub, tag=tag.format("urban-nest", stub.origin)))
    await page.goto(stub.site(path="/named"))
    await expect(page.get_by_role("button", name="Ask about Coral Bay")).to_be_visible()
    # On localhost, in development, the service knows the project by this name alone.
    (settings,) = stub.to("GET", "/v1/widget")
    assert settings.query.endswith("&project=coral-bay")
    await page.goto(stub.site(path="/forged"))
    await page.wait_for_load_state("networkidle")
    assert await page.locator("frontdesk-widget").count() == 0


async def test_the_path_picks_the_project(page: Page, stub: Stub) -> None:
    stub.projects = [
        make_project("palm-heights", path_prefix="/palm-heights"),
        make_project("lake-terrace", path_prefix="/lake-terrace"),
    ]
    for path in ("/lake-terrace/plans", "/about"):
        stub.pages[path] = HostPage(host_page(stub))
    await page.goto(stub.site(path="/lake-terrace/plans"))
    await expect(page.get_by_role("button", name="Ask about Lake Terrace")).to_be_visible()
    await page.goto(stub.site(path="/about"))
    await page.wait_for_load_state("networkidle")
    assert await page.locator("frontdesk-widget").count() == 0


async def test_an_unknown_site_gets_no_widget_and_no_error(page: Page, stub: Stub) -> None:
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    stub.projects = []
    await page.goto(stub.site())
    await page.wait_for_load_state("networkidle")
    assert await page.locator("frontdesk-widget").count() == 0
    await page.evaluate("() => Frontdesk.open()")
    assert faults == []


@pytest.mark.parametrize("trusted_types", [False, True])
async def test_a_strict_policy_is_enough(page: Page, stub: Stub, trusted_types: bool) -> None:
    policy = (
        f"default-src 'none'; img-src data:; style-src 'self'; "
        f"script-src 'self' {stub.origin}; connect-src {stub.origin}"
    )
    if trusted_types:
        policy += "; require-trusted-types-for 'script'; trusted-types 'none'"
    stub.pages["/"] = HostPage(host_page(stub), {"Content-Security-Policy": policy})
    refused: list[str] = []
    page.on("console", lambda message: refused.append(message.text))
    await page.goto(stub.site())
    await talk(page)
    await page.get_by_role("button", name="Ask for a call").click()
    await expect(page.get_by_label("Phone")).to_be_visible()
    launcher = page.get_by_role("button", name=LAUNCHER)
    assert (await launcher.bounding_box()) == {"x": 1204, "y": 724, "width": 56, "height": 56}
    assert refused == []


@pytest.mark.parametrize("doctype", ["", "<!doctype html>"])
async def test_quirks_change_nothing(page: Page, stub: Stub, doctype: str) -> None:
    stub.pages["/"] = HostPage(host_page(stub, doctype=doctype))
    await page.goto(stub.site())
    expected = "CSS1Compat" if doctype else "BackCompat"
    assert await page.evaluate("() => document.compatMode") == expected
    await talk(page)
    box = await page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert (box["width"], box["height"]) == (384, 640)


HOSTILE_STYLES = """<style>
* {display: none !important; font-size: 3px !important; color: red !important; all: unset}
html, head, body, main, h1, p, a {display: block !important}
:not(:defined) {visibility: hidden !important; opacity: 0 !important}
frontdesk-widget {position: static !important; width: 1px !important; transform: scale(0)}
button, textarea {display: none !important} body {transform: rotate(3deg)}
html {font-size: 4px; --accent: red; --paper: red; direction: ltr}
</style>"""


async def test_hostile_styles_do_not_reach_us(page: Page, stub: Stub) -> None:
    stub.pages["/"] = HostPage(host_page(stub, head=HOSTILE_STYLES))
    await page.goto(stub.site())
    await talk(page)
    launcher = page.get_by_role("button", name=LAUNCHER)
    assert (await launcher.bounding_box()) == {"x": 1204, "y": 724, "width": 56, "height": 56}
    colour = "(it) => getComputedStyle(it).backgroundColor"
    assert await launcher.evaluate(colour) == "rgb(31, 111, 84)"
    size = await page.get_by_role("log").evaluate("(it) => getComputedStyle(it).fontSize")
    assert size == "15px"


async def test_extended_prototypes_do_no_harm(page: Page, stub: Stub) -> None:
    head = """<script>
      Object.prototype.extend = function () { return this; };
      Object.prototype.texts = {launcher: 'wrong'};
      Array.prototype.toJSON = function () { return 'wrong'; };
      Array.prototype.remove = function () {};
    </script>"""
    stub.pages["/"] = HostPage(host_page(stub, head=head))
    await page.goto(stub.site())
    await talk(page)
    assert stub.messages()[0].body["text"] == "What does a 2 BHK cost?"


async def test_blocked_storage_is_done_without(page: Page, stub: Stub) -> None:
    head = """<script>Object.defineProperty(window, 'localStorage', {
      get() { throw new DOMException('Denied', 'SecurityError'); } });</script>"""
    stub.pages["/"] = HostPage(host_page(stub, head=head))
    await page.goto(stub.site())
    await talk(page)
    await ask(page, "And possession?")
    await expect(page.get_by_role("log").get_by_text("84 lakh")).to_have_count(2)
    assert len(stub.to("POST", "/v1/conversations")) == 1


async def test_a_page_that_replaces_its_body_keeps_us(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await page.evaluate("() => document.body.replaceWith(document.createElement('body'))")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_the_page_can_open_and_close_us(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await page.wait_for_function("() => 'Frontdesk' in window")
    await page.evaluate("() => Frontdesk.open()")
    await expect(page.get_by_role("dialog", name="Palm Grove")).to_be_visible()
    await page.evaluate("() => Frontdesk.close()")
    await expect(page.get_by_role("dialog")).to_be_hidden()


async def test_a_panel_that_did_not_load_says_so_and_can_be_tried_again(
    page: Page, stub: Stub
) -> None:
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    fetched: list[str] = []
    page.on("request", lambda it: fetched.append(it.url) if "/panel-" in it.url else None)
    stub.panel_is_broken = True
    await page.goto(stub.site())
    await page.get_by_role("button", name=LAUNCHER).click()
    await expect(page.get_by_role("alert")).to_have_text("That didn't load. Please try once more.")
    stub.panel_is_broken = False
    await open_panel(page)
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert faults == []
    assert len(fetched) == len(set(fetched)) > 1, "a browser may remember a module that failed"


async def test_settings_place_and_name_it(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(position="left", texts={"launcher": "Talk to {project}"})]
    await page.goto(stub.site())
    launcher = page.get_by_role("button", name="Talk to Palm Grove")
    assert (await launcher.bounding_box()) == {"x": 20, "y": 724, "width": 56, "height": 56}
    await open_panel(page, "Talk to Palm Grove")
    box = await page.get_by_role("dialog").bounding_box()
    assert box is not None
    assert box["x"] == 20
