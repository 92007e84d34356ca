"""The whole of a first visit on a slow phone: a poor network, a processor four times slower."""

import pytest
from playwright.async_api import Browser, expect

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, make_project, reply
from tests.widget.test_cards import PRICES

pytestmark = pytest.mark.asyncio(loop_scope="session")

# As Chromium's "Slow 4G" has it.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1_600_000 / 8,
    "uploadThroughput": 750_000 / 8,
}


async def test_from_the_first_byte_to_the_thanks(browser: Browser, stub: Stub) -> None:
    """The order of things is what is promised here; how long they take is for the benchmark."""
    stub.projects = [make_project(hidden_paths=["/careers"])]
    talk = {"name": "Asha Rao", "phone": {"number": "+919876543210", "country": "IN"}}
    stub.replies = [
        reply("2 BHK homes start at ₹84 lakh.", ("Book a visit",), cards=[PRICES]),
        reply("Shall the team call you?", form="visit", talk=talk),
    ]
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = await context.new_page()
    cdp = await context.new_cdp_session(page)
    await cdp.send("Network.enable")
    await cdp.send("Network.emulateNetworkConditions", SLOW_4G)
    await cdp.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    faults: list[object] = []
    page.on("pageerror", lambda fault: faults.append(fault))

    await page.goto(stub.site())
    dialog = await open_panel(page)
    await expect(page.get_by_role("log")).to_contain_text("Hello. Ask me anything")
    await ask(page, "What does a 2 BHK cost?")
    log = page.get_by_role("log")
    await expect(log.get_by_role("table", name="Prices at Palm Grove")).to_be_visible()
    await dialog.get_by_role("button", name="Book a visit").tap()
    form = dialog.get_by_role("form", name="Shall we call you on")
    await form.get_by_role("checkbox").tap()
    await form.get_by_role("button", name="Send to the team").tap()
    await expect(log).to_contain_text("Thank you, Asha.")
    await expect(form).to_have_count(0)

    assert faults == []
    calls = [(call.method, call.path) for call in stub.calls if call.path != "/v1/events"]
    messages = ("POST", "/v1/conversations/c1/messages")
    assert calls == [
        ("GET", "/v1/widget"),
        ("POST", "/v1/conversations"),
        messages,
        messages,
        ("POST", "/v1/leads"),
    ]
    await context.close()
