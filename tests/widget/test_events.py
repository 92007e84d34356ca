"""What the widget tells about a visit: when, how, and never about whom."""

import re
from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.widget.conftest import ask, host_page, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, make_project, problem, reply

pytestmark = pytest.mark.asyncio(loop_scope="session")

# What a browser says when the visitor leaves, for another tab or for good.
LEAVE = """() => {
    Object.defineProperty(document, 'hidden', {value: true, configurable: true});
    document.dispatchEvent(new Event('visibilitychange'));
    delete document.hidden;
}"""


def kinds(events: list[dict[str, Any]]) -> list[str]:
    return [event["kind"] for event in events]


async def see_launcher(page: Page, project: str = "Palm Grove") -> None:
    """Until it was seen, and not only shown."""
    await expect(page.get_by_role("button", name=f"Ask about {project}")).to_be_visible()
    await page.evaluate(
        "() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))"
    )


async def fill_form(page: Page) -> None:
    form = page.get_by_role("form")
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()


async def test_a_visit_is_told_when_the_page_is_left(page: Page, stub: Stub) -> None:
    stub.pages["/next"] = HostPage("<!doctype html><title>Next</title>")
    await page.goto(stub.site(path="/?email=asha@buyer.example"))
    await see_launcher(page)
    await page.wait_for_load_state("networkidle")
    assert stub.to("POST", "/v1/events") == [], "nothing is told while the page loads"
    await page.goto(stub.site(path="/next"))
    assert kinds(await stub.hear()) == ["loaded", "seen"]
    (batch,) = stub.to("POST", "/v1/events")
    assert set(batch.body) == {"project", "path", "version", "events"}
    assert (batch.body["project"], batch.body["path"]) == ("palm-grove", "/")
    assert re.fullmatch("[0-9a-f]{12}", batch.body["version"])
    for event in batch.body["events"]:
        assert set(event) == {"id", "kind", "milliseconds_ago"}
    assert batch.headers["content-type"] == "text/plain;charset=UTF-8"
    assert "cookie" not in batch.headers
    assert not stub.to("OPTIONS", "/v1/events")


async def test_the_way_to_a_lead_is_told_without_a_word_of_it(page: Page, stub: Stub) -> None:
    stub.replies = [reply("Of course. What is your number?", form="visit")]
    await page.goto(stub.site())
    await see_launcher(page)
    await open_panel(page)
    await ask(page, "I am Asha, may I visit?")
    await fill_form(page)
    told = await stub.hear()
    assert kinds(told) == [
        "loaded",
        "seen",
        "opened",
        "asked",
        "answered",
        "form_shown",
        "form_started",
        "sent",
    ]
    assert [kind["kind"] for kind in told if "milliseconds" in kind] == ["answered"]
    assert len({event["id"] for event in told}) == len(told)
    said = str([call.body for call in stub.to("POST", "/v1/events")])
    assert not re.search("Asha|98765|visit\\?", said)

    await page.keyboard.press("Escape")
    await page.evaluate(LEAVE)
    assert kinds(await stub.hear())[8:] == ["closed"]


async def test_what_failed_is_told(page: Page, stub: Stub) -> None:
    stub.replies = [problem(503, "storage_unavailable", "The store does not work now.")]
    await page.goto(stub.site())
    await see_launcher(page)
    await open_panel(page)
    await ask(page, "Hello")
    await expect(page.get_by_role("alert")).to_be_visible()
    await page.evaluate(LEAVE)
    assert kinds(await stub.hear()) == ["loaded", "seen", "opened", "asked", "failed"]


@pytest.mark.parametrize("policy", ["no-referrer", "strict-origin-when-cross-origin"])
async def test_the_site_is_named_whatever_its_referrer_policy(
    page: Page, stub: Stub, policy: str
) -> None:
    stub.pages["/"] = HostPage(host_page(stub), {"Referrer-Policy": policy})
    await page.goto(stub.site())
    await see_launcher(page)
    await page.evaluate(LEAVE)
    await stub.hear()
    (batch,) = stub.to("POST", "/v1/events")
    assert batch.headers["origin"] == stub.site(path="")


@pytest.mark.parametrize("policy", ["no-referrer", ""])
async def test_a_beacon_takes_them_where_fetch_cannot_outlive_the_page(
    page: Page, stub: Stub, policy: str
) -> None:
    stub.pages["/"] = HostPage(host_page(stub), {"Referrer-Policy": policy})
    await page.add_init_script("delete Request.prototype.keepalive; window.fetched = []")
    await page.add_init_script("const old = fetch; fetch = (u, o) => (fetched.push(u), old(u, o))")
    await page.goto(stub.site())
    await see_launcher(page)
    await page.evaluate(LEAVE)
    assert kinds(await stub.hear()) == ["loaded", "seen"]
    assert not [url for url in await page.evaluate("() => fetched") if "events" in url]
    (batch,) = stub.to("POST", "/v1/events")
    assert batch.headers["origin"] == stub.site(path="")


async def test_a_batch_that_did_not_arrive_comes_again_under_the_same_ids(
    page: Page, stub: Stub
) -> None:
    lost: list[str] = []

    async def lose(route: Any) -> None:
        lost.append(route.request.post_data)
        await route.abort()

    await page.route("**/v1/events", lose, times=1)
    await page.goto(stub.site())
    await see_launcher(page)
    async with page.expect_event("requestfailed"):
        await page.evaluate(LEAVE)
    await page.evaluate(LEAVE)
    told = await stub.hear()
    assert kinds(told) == ["loaded", "seen"]
    assert all(event["id"] in lost[0] for event in told)


async def test_a_blocked_request_for_events_breaks_nothing(page: Page, stub: Stub) -> None:
    """As an ad-blocker does it; after three tries it is left alone."""
    tries: list[str] = []
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))

    async def block(route: Any) -> None:
        tries.append(route.request.url)
        await route.abort("blockedbyclient")

    await page.route("**/v1/events", block)
    stub.replies = [reply("Of course.", form="visit")]
    await page.goto(stub.site())
    await see_launcher(page)
    for number in range(1, 6):
        if number <= 3:
            async with page.expect_event("requestfailed"):
                await page.evaluate(LEAVE)
        else:
            await page.evaluate(LEAVE)
    await open_panel(page)
    await ask(page, "May I visit?")
    await fill_form(page)
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")
    await page.wait_for_load_state("networkidle")
    assert (len(tries), faults) == (3, [])


async def test_a_page_view_tells_a_hundred_at_most(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await see_launcher(page)
    await open_panel(page)
    await page.evaluate(
        """async () => { for (let i = 0; i < 80; i++) { Frontdesk.close(); Frontdesk.open();
            await new Promise((done) => setTimeout(done)); } }"""
    )
    await page.evaluate(LEAVE)
    await page.wait_for_load_state("networkidle")
    assert len(stub.events()) == 100
    assert max(len(call.body["events"]) for call in stub.to("POST", "/v1/events")) <= 20


SIGNALS = {"doNotTrack": "'1'", "globalPrivacyControl": "true"}


@pytest.mark.parametrize("signal", SIGNALS)
async def test_who_asks_not_to_be_tracked_is_not(page: Page, stub: Stub, signal: str) -> None:
    value = SIGNALS[signal]
    await page.add_init_script(f"Object.defineProperty(navigator, '{signal}', {{value: {value}}})")
    await page.goto(stub.site(path="/?gclid=abc"))
    await see_launcher(page)
    await open_panel(page)
    assert await page.evaluate("() => Object.keys(localStorage)") == []
    await ask(page, "Hello")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    await page.evaluate(LEAVE)
    await page.wait_for_load_state("networkidle")
    assert stub.to("POST", "/v1/events") == []
    (started,) = stub.to("POST", "/v1/conversations")
    assert started.body["attribution"] == {}
    assert started.body["page"]["url"] == stub.site()
    assert await page.evaluate("() => Object.keys(localStorage)") == ["frontdesk:palm-grove"]


async def test_a_banner_decides_where_the_tag_asks_for_consent(page: Page, stub: Stub) -> None:
    tag = f'<script async data-consent="required" src="{stub.origin}/widget.js"></script>'
    stub.pages["/"] = HostPage(host_page(stub, tag=tag))
    await page.goto(stub.site(path="/?gclid=abc"))
    await see_launcher(page)
    await open_panel(page)
    await page.evaluate(LEAVE)
    assert await page.evaluate("() => Object.keys(localStorage)") == []
    await page.evaluate("() => Frontdesk.consent(true)")
    await page.evaluate(LEAVE)
    assert kinds(await stub.hear()) == ["loaded", "seen", "opened"]
    await page.keyboard.press("Escape")
    await open_panel(page)
    assert await page.evaluate("() => Object.keys(localStorage)") == ["frontdesk:visits"]
    await page.evaluate("() => Frontdesk.consent(false)")
    assert await page.evaluate("() => Object.keys(localStorage)") == []
    await page.keyboard.press("Escape")
    await page.evaluate(LEAVE)
    await page.wait_for_load_state("networkidle")
    assert len(stub.to("POST", "/v1/events")) == 1


async def test_the_first_visit_and_the_last_go_with_the_lead(page: Page, stub: Stub) -> None:
    for path in ("/plans", "/prices"):
        stub.pages[path] = HostPage(host_page(stub))
    stub.replies = [reply("Of course.", form="visit")]
    first, last = stub.site(path="/?utm_source=mail"), stub.site(path="/prices?gclid=abc")
    await page.goto(first)
    await open_panel(page)
    await page.goto(last)
    await page.goto(stub.site(path="/plans"), referer=last)
    await open_panel(page)
    await ask(page, "May I visit?")
    await fill_form(page)
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")
    (lead,) = stub.to("POST", "/v1/leads")
    attribution = lead.body["attribution"]
    assert attribution.pop("first").items() >= {"landing_page": first, "utm_source": "mail"}.items()
    assert attribution == {"landing_page": last, "gclid": "abc"}


async def test_a_page_from_the_back_forward_cache_is_a_new_view(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await see_launcher(page)
    await page.evaluate(LEAVE)
    await stub.hear()
    await page.evaluate(
        "() => dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))"
    )
    await page.evaluate(LEAVE)
    assert kinds(await stub.hear()) == ["loaded", "seen"] * 2


async def test_a_page_rendered_ahead_is_told_once_it_is_shown(page: Page, stub: Stub) -> None:
    await page.add_init_script(
        """Object.defineProperty(document, 'prerendering', {value: true, configurable: true});
        window.shown = () => { delete document.prerendering;
            document.dispatchEvent(new Event('prerenderingchange')); };"""
    )
    await page.goto(stub.site())
    await see_launcher(page)
    await page.evaluate(
        "() => { window.heard = []; addEventListener('frontdesk:loaded', () => heard.push(1)); }"
    )
    assert await page.evaluate("() => heard") == []
    await page.evaluate("() => shown()")
    assert await page.evaluate("() => heard") == [1]


async def test_events_of_two_projects_go_apart(page: Page, stub: Stub) -> None:
    stub.projects = [
        make_project(path_prefix="/palm"),
        make_project("coral-bay", path_prefix="/coral"),
    ]
    stub.pages["/palm"] = HostPage(host_page(stub))
    await page.goto(stub.site(path="/palm"))
    await see_launcher(page)
    await page.evaluate("() => history.pushState({}, '', '/coral')")
    await see_launcher(page, "Coral Bay")
    await page.evaluate(LEAVE)
    await stub.hear()
    await page.wait_for_load_state("networkidle")
    batches = {
        call.body["project"]: kinds(call.body["events"]) for call in stub.to("POST", "/v1/events")
    }
    assert batches == {"palm-grove": ["loaded", "seen"], "coral-bay": ["loaded", "seen"]}
