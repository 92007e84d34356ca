"""Pages that are hard on a guest, one trait each: it works there, and asks for nothing more."""

import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Locator, Page, expect

from tests.widget.conftest import ask, host_page, open_panel
from tests.widget.stub import ASSETS, Stub, make_project, reply
from tests.widget.stub import Page as HostPage

pytestmark = pytest.mark.asyncio(loop_scope="session")

SETTINGS = "GET /v1/widget"
TAG = "GET /widget.js"


@pytest.fixture
def asked(page: Page, stub: Stub) -> list[str]:
    """What the page asked of others than its own site, in order, without queries and hashes."""
    seen: list[str] = []

    def note(method: str, url: str) -> None:
        if not url.startswith((stub.site(path=""), "data:")):
            path = url.removeprefix(stub.origin).partition("?")[0]
            seen.append(f"{method} {'/panel' if path.startswith('/assets/panel-') else path}")

    page.on("request", lambda request: note(request.method, request.url))
    return seen


def projects_by_path() -> list[dict[str, object]]:
    return [
        make_project(path_prefix="/palm"),
        make_project("coral-bay", path_prefix="/coral"),
    ]


def launcher(page: Page, name: str = "Palm Grove") -> Locator:
    return page.get_by_role("button", name=f"Ask about {name}")


# The address changes and nothing loads


@pytest.mark.parametrize("has_navigation", [True, False])
async def test_the_project_follows_the_address(
    page: Page, stub: Stub, asked: list[str], has_navigation: bool
) -> None:
    """As React Router does it; and as the back button does."""
    if not has_navigation:
        await page.add_init_script("delete window.navigation")
    stub.projects = projects_by_path()
    link = """<button onclick="history.pushState({}, '', '/coral/plans')">Coral</button>
        <button onclick="history.replaceState({}, '', '/about')">About</button>"""
    stub.pages["/palm/"] = HostPage(host_page(stub, body=link))
    await page.goto(stub.site(path="/palm/"))
    await open_panel(page)
    await page.get_by_role("button", name="Coral").click()
    await expect(launcher(page, "Coral Bay")).to_be_visible()
    await expect(page.get_by_role("dialog")).to_have_count(0)
    dialog = await open_panel(page, "Ask about Coral Bay")
    await expect(dialog).to_have_accessible_name("Coral Bay")
    await page.go_back()
    await expect(launcher(page)).to_be_visible()
    await page.get_by_role("button", name="About", exact=True).click()
    await expect(page.locator("frontdesk-widget")).to_have_count(0)
    assert asked == [TAG, SETTINGS, "GET /panel"], "the settings at hand were enough"


async def test_a_page_within_the_project_leaves_the_panel_open(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await page.evaluate("() => history.pushState({}, '', '/plans')")
    await page.evaluate("() => history.replaceState({}, '', '/prices#top')")
    await expect(page.get_by_role("dialog")).to_be_visible()
    await expect(page.locator("frontdesk-widget")).to_have_count(1)


async def test_a_swap_of_the_whole_document_keeps_the_conversation(page: Page, stub: Stub) -> None:
    """As a client-side router with view transitions may do it: a new <html>, nothing kept."""
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    await page.evaluate(
        """() => {
            const next = new DOMParser().parseFromString(
                '<!doctype html><title>Next</title><body>The next page.', 'text/html');
            document.startViewTransition?.(() => document.replaceChild(
                document.adoptNode(next.documentElement), document.documentElement));
        }"""
    )
    await expect(page.get_by_text("The next page.")).to_be_visible()
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    box = await launcher(page).bounding_box()
    assert box == {"x": 1204, "y": 724, "width": 56, "height": 56}


async def test_a_page_that_throws_us_out_again_and_again_wins(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await expect(launcher(page)).to_be_visible()
    await page.evaluate(
        """() => new MutationObserver(() => document.querySelector('frontdesk-widget')?.remove())
            .observe(document.documentElement, {childList: true})"""
    )
    await page.evaluate("() => document.querySelector('frontdesk-widget').remove()")
    await expect(page.locator("frontdesk-widget")).to_have_count(0)
    await page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
    )
    await expect(page.locator("frontdesk-widget")).to_have_count(0)


# Where the page stands


async def test_a_page_in_a_frame(page: Page, stub: Stub, asked: list[str]) -> None:
    stub.pages["/outer"] = HostPage(
        f'<!doctype html><link rel="icon" href="data:,">'
        f'<iframe src="{stub.site()}" width="800" height="700"></iframe>'
    )
    await page.goto(stub.site(host="other.localhost", path="/outer"))
    frame = page.frame_locator("iframe")
    await frame.get_by_role("button", name="Ask about Palm Grove").click()
    await frame.get_by_role("textbox", name="Ask about").fill("What does a 2 BHK cost?")
    await page.keyboard.press("Enter")
    await expect(frame.get_by_role("log")).to_contain_text("84 lakh")
    outer = f"GET {stub.site(host='other.localhost', path='/outer')}"
    assert asked[:3] == [outer, TAG, SETTINGS]


async def test_a_sandboxed_frame_has_no_storage_and_no_origin(page: Page, stub: Stub) -> None:
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))
    stub.pages["/outer"] = HostPage(
        f'<!doctype html><iframe sandbox="allow-scripts" src="{stub.site()}" width="800" '
        'height="700"></iframe>'
    )
    await page.goto(stub.site(path="/outer"))
    frame = page.frame_locator("iframe")
    await frame.get_by_role("button", name="Ask about Palm Grove").click()
    await frame.get_by_role("textbox", name="Ask about").fill("What does a 2 BHK cost?")
    await page.keyboard.press("Enter")
    await expect(frame.get_by_role("log")).to_contain_text("84 lakh")
    assert faults == []


async def test_nothing_of_it_is_printed(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await page.emulate_media(media="print")
    await expect(launcher(page)).to_be_hidden()
    await expect(page.get_by_role("dialog")).to_be_hidden()


# Who listens and who blocks


async def test_names_that_common_block_lists_look_for_are_not_ours() -> None:
    """Words that EasyList and EasyPrivacy have rules for; `/v1/events` is the contract's own."""
    source = "".join(file.read_text("utf-8") for file in ASSETS.glob("*.js"))
    words = "analytics beacon. /collect pixel /track telemetry livechat chat-widget chatwidget"
    words += " chat_widget /ads advert affiliate banner"
    assert not [word for word in words.split() if word in source.lower()]
    assert json.loads((ASSETS / "manifest.json").read_text("utf-8"))["widget.js"]["file"]


async def test_the_whole_talk_asks_for_these_and_nothing_else(
    page: Page, stub: Stub, asked: list[str]
) -> None:
    stub.replies = [reply("Of course.", form="visit")]
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "May I visit?")
    form = page.get_by_role("form")
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")
    await stub.hear()
    await page.wait_for_load_state("networkidle")
    assert asked == [
        TAG,
        SETTINGS,
        "GET /panel",
        "POST /v1/conversations",
        "POST /v1/conversations/c1/messages",
        "POST /v1/leads",
        "POST /v1/events",
    ]


# The panel is there before the finger is


@pytest_asyncio.fixture(loop_scope="session")
async def phone(browser: Browser) -> AsyncIterator[Page]:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True, locale="en-US"
    )
    yield await context.new_page()
    await context.close()


async def test_the_first_touch_anywhere_fetches_the_panel(phone: Page, stub: Stub) -> None:
    fetched: list[str] = []
    phone.on("request", lambda it: fetched.append(it.url) if "/panel-" in it.url else None)
    await phone.goto(stub.site())
    await expect(launcher(phone)).to_be_visible()
    await phone.wait_for_load_state("networkidle")
    assert fetched == [], "a page that is only loaded does not pay for it"
    async with phone.expect_request("**/assets/panel-*.js"):
        await phone.get_by_role("heading").tap()
    await launcher(phone).tap()
    await expect(phone.get_by_role("dialog")).to_be_visible()
    assert len(fetched) == 1


@pytest.mark.parametrize("connection", ["{saveData: true}", "{effectiveType: '2g'}"])
async def test_a_touch_fetches_nothing_where_data_is_dear(
    phone: Page, stub: Stub, connection: str
) -> None:
    fetched: list[str] = []
    phone.on("request", lambda it: fetched.append(it.url) if "/panel-" in it.url else None)
    await phone.add_init_script(
        f"Object.defineProperty(navigator, 'connection', {{value: {connection}}})"
    )
    await phone.goto(stub.site())
    await expect(launcher(phone)).to_be_visible()
    await phone.get_by_role("heading").tap()
    await phone.wait_for_load_state("networkidle")
    assert fetched == []
    await launcher(phone).tap()
    await expect(phone.get_by_role("dialog")).to_be_visible()


# The page's own scripts


async def test_calls_from_before_the_tag_are_kept(page: Page, stub: Stub) -> None:
    head = """<script>
      window.heard = [];
      (window.Frontdesk ||= []).push((desk) => desk.on('loaded', (it) => heard.push(it.project)));
      (window.Frontdesk ||= []).push((desk) => desk.ask('What does a 2 BHK cost?'));
    </script>"""
    stub.pages["/"] = HostPage(host_page(stub, head=head))
    await page.goto(stub.site())
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert stub.messages()[0].body["text"] == "What does a 2 BHK cost?"
    assert await page.evaluate("() => heard") == ["palm-grove"]
    await page.evaluate("() => Frontdesk.push((desk) => desk.close(), () => heard.push(2))")
    await expect(page.get_by_role("dialog")).to_be_hidden()
    assert (await page.evaluate("() => heard"))[1:] == [2]


async def test_what_the_page_knows_fills_the_form(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await page.evaluate(
        "() => Frontdesk.set({name: 'Asha Rao', phone: '98765 43210', country: 'IN'})"
    )
    await page.evaluate("() => Frontdesk.set({email: 'asha@buyer.example'})")
    await open_panel(page)
    await page.get_by_role("button", name="Ask for a call").click()
    form = page.get_by_role("form")
    await expect(form.get_by_label("Name")).to_have_value("Asha Rao")
    await expect(form.get_by_label("Phone")).to_have_value("98765 43210")
    await expect(form.get_by_label("E-mail")).to_have_value("asha@buyer.example")
    assert stub.to("POST", "/v1/leads") == []


async def test_listeners_hear_until_they_end(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await expect(launcher(page)).to_be_visible()
    await page.evaluate(
        """() => {
            window.heard = [];
            const end = Frontdesk.on('opened', () => { heard.push('own'); end(); });
            Frontdesk.on('opened', () => { throw new Error('theirs'); });
            addEventListener('frontdesk:opened', ({detail}) => heard.push(detail.project));
        }"""
    )
    dialog = await open_panel(page)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await open_panel(page)
    heard = await page.evaluate("() => heard")
    assert sorted(heard) == ["own", "palm-grove", "palm-grove"]


MEASURING = """<script>
  window.told = [];
  window.dataLayer = {push: (entry) => told.push(['dataLayer', entry])};
  window.gtag = (...said) => told.push(['gtag', ...said]);
  window.fbq = (...said) => told.push(['fbq', ...said]);
</script>"""


async def leave_number(page: Page, stub: Stub) -> None:
    stub.replies = [reply("Of course.", form="visit")]
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "May I visit?")
    form = page.get_by_role("form")
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")


async def test_the_sites_measuring_is_told_where_the_settings_say_so(
    page: Page, stub: Stub
) -> None:
    stub.projects = [make_project(conversions=["data_layer", "gtag", "fbq"])]
    stub.pages["/"] = HostPage(host_page(stub, head=MEASURING))
    await leave_number(page, stub)
    assert await page.evaluate("() => told") == [
        ["dataLayer", {"event": "frontdesk_opened", "project": "palm-grove"}],
        ["dataLayer", {"event": "frontdesk_asked", "project": "palm-grove"}],
        ["dataLayer", {"event": "frontdesk_form_shown", "project": "palm-grove"}],
        ["dataLayer", {"event": "frontdesk_sent", "project": "palm-grove"}],
        ["gtag", "event", "generate_lead", {"project": "palm-grove"}],
        ["fbq", "track", "Lead", {"content_name": "palm-grove"}],
    ]


@pytest.mark.parametrize("case", ["not allowed", "refused"])
async def test_the_sites_measuring_is_left_alone_otherwise(
    page: Page, stub: Stub, case: str
) -> None:
    if case == "refused":
        stub.projects = [make_project(conversions=["data_layer", "gtag", "fbq"])]
        await page.add_init_script(
            "Object.defineProperty(navigator, 'globalPrivacyControl', {value: true})"
        )
    stub.pages["/"] = HostPage(host_page(stub, head=MEASURING))
    await leave_number(page, stub)
    assert await page.evaluate("() => told") == []


# What the page says

READABLE = """<meta name="description" content="Homes beside the river."><meta property="og:title"
content="Palm Grove"><script type="application/ld+json">{"@type": "Residence"}</script>
<style>.gone {display: none}</style>"""
WORDS = """<table><tr><th>Home</th><th>Price</th></tr>
<tr><td>2 BHK</td><td>₹84 <b>lakh</b></td></tr></table>
<p hidden>Not this</p><p class="gone">Nor this</p><p aria-hidden="true">Nor that</p>
<script>var secret = 1</script><ul><li>Pool</li><li>Garden</li></ul>"""


async def test_a_conversation_begins_with_what_the_page_says(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(snapshot=True)]
    stub.pages["/"] = HostPage(host_page(stub, head=READABLE, body=WORDS))
    await page.goto(stub.site())
    async with page.expect_request_finished(lambda it: "/snapshot-" in it.url):
        await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    (started,) = stub.to("POST", "/v1/conversations")
    snapshot = started.body["page"]["snapshot"]
    assert snapshot["title"] == "Palm Grove"
    assert snapshot["meta"]["description"] == "Homes beside the river."
    assert snapshot["meta"]["og:title"] == "Palm Grove"
    assert snapshot["json_ld"] == ['{"@type": "Residence"}']
    assert snapshot["text"].splitlines() == [
        "Palm Grove",
        "Homes beside the river.",
        "Floor plans",
        "Home\tPrice",
        "2 BHK\t₹84 lakh",
        "Pool",
        "Garden",
    ]


async def test_a_page_without_end_is_cut(page: Page, stub: Stub) -> None:
    stub.projects = [make_project(snapshot=True)]
    head = "".join(
        f'<meta name="m{n}" content="{"x" * 900}"><script type="application/ld+json">'
        f'{{"n": "{"y" * 19_000}"}}</script>'
        for n in range(90)
    )
    body = f"<p>{'घर ' * 40_000}</p>"
    stub.pages["/"] = HostPage(host_page(stub, head=head, body=body))
    await page.goto(stub.site())
    async with page.expect_request_finished(lambda it: "/snapshot-" in it.url):
        await open_panel(page)
    await ask(page, "Hello")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    snapshot = stub.to("POST", "/v1/conversations")[0].body["page"]["snapshot"]
    assert len(snapshot["meta"]) <= 60
    assert max(map(len, snapshot["meta"].values())) <= 500
    assert 1000 < len(snapshot["text"]) <= 12_000
    written = json.dumps(snapshot, ensure_ascii=False, separators=(",", ":"))
    assert len(written.encode()) <= 48_000


async def test_no_snapshot_where_the_project_does_not_want_one(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "Hello")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert set(stub.to("POST", "/v1/conversations")[0].body["page"]) == {"url", "title"}
