"""Without a network: what was written waits in the browser, and goes out without being asked."""

import pytest
from playwright.async_api import Page, expect
from starlette.responses import JSONResponse

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, reply

pytestmark = pytest.mark.asyncio(loop_scope="session")

THANKS = "Thank you, Asha. The team will call."


async def fill_form(page: Page) -> None:
    form = page.get_by_role("dialog").get_by_role("form")
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()


async def test_several_messages_wait_and_go_out_in_their_order(page: Page, stub: Stub) -> None:
    stub.replies = [reply("2 BHK homes start at ₹84 lakh."), reply("December 2027.")]
    await page.goto(stub.site())
    await open_panel(page)
    await page.context.set_offline(True)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("alert")).to_contain_text("Your message is kept here")
    await ask(page, "And possession?")
    waiting = page.locator(".waiting")
    await expect(waiting).to_have_count(2)
    await page.context.set_offline(False)
    log = page.get_by_role("log")
    await expect(log).to_contain_text("December 2027.")
    await expect(waiting).to_have_count(0)
    await expect(page.get_by_role("alert")).to_have_count(0)
    asked = [call.body["text"] for call in stub.messages()]
    assert asked == ["What does a 2 BHK cost?", "And possession?"]
    text = await log.inner_text()
    assert text.count("2 BHK cost?") == text.count("And possession?") == 1


async def test_a_message_survives_a_reload_and_is_answered_without_being_opened(
    page: Page, stub: Stub
) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await page.route("**/v1/conversations**", lambda route: route.abort("internetdisconnected"))
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.locator(".waiting")).to_have_count(1)
    await page.reload()
    launcher = page.get_by_role("button", name="Ask about Palm Grove")
    await expect(launcher).to_be_visible()
    assert stub.messages() == []
    await page.unroute("**/v1/conversations**")
    await page.reload()
    await expect(launcher).to_be_visible()
    await page.mouse.move(10, 10)
    await expect(page.get_by_role("button", name="Ask about Palm Grove, 1 new")).to_be_visible()
    (sent,) = stub.messages()
    assert sent.body["text"] == "What does a 2 BHK cost?"
    assert '"waiting"' not in await page.evaluate("() => Object.values(localStorage).join()")
    await open_panel(page)
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    await expect(launcher).to_have_accessible_name("Ask about Palm Grove")


async def test_a_form_survives_a_reload_under_its_key(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await page.route("**/v1/leads", lambda route: route.abort("internetdisconnected"))
    keys: list[str | None] = []
    page.on(
        "request",
        lambda it: keys.append(it.headers.get("idempotency-key")) if "/leads" in it.url else None,
    )
    await dialog.get_by_role("button", name="Ask for a call").click()
    await fill_form(page)
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await page.unroute("**/v1/leads")
    await page.clock.install()
    await page.reload()
    # Nobody moves: then it is the clock that has it sent.
    await expect(page.get_by_role("button", name="Ask about Palm Grove")).to_be_visible()
    assert stub.to("POST", "/v1/leads") == []
    await page.clock.run_for(11_000)
    await expect(page.get_by_role("button", name="Ask about Palm Grove, 1 new")).to_be_visible()
    (lead,) = stub.to("POST", "/v1/leads")
    assert lead.headers["idempotency-key"] == keys[0]
    await open_panel(page)
    await expect(page.get_by_role("log").get_by_text(THANKS)).to_have_count(1)


async def test_who_changes_their_mind_offline_is_not_called(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.get_by_role("button", name="Ask for a call").click()
    await page.context.set_offline(True)
    await fill_form(page)
    await expect(dialog.get_by_role("alert")).to_contain_text("Your details are kept here")
    await dialog.get_by_role("button", name="Not now").click()
    await page.context.set_offline(False)
    await page.reload()
    await open_panel(page)
    await page.wait_for_load_state("networkidle")
    assert stub.to("POST", "/v1/leads") == []


async def test_two_tabs_show_one_conversation(page: Page, stub: Stub) -> None:
    other = await page.context.new_page()
    for tab in (page, other):
        await tab.goto(stub.site())
        await open_panel(tab)
    said = [
        {"id": "m_1", "author": "visitor", "text": "What does a 2 BHK cost?"},
        {"id": "message_1", "author": "desk", "text": "2 BHK homes start at ₹84 lakh."},
    ]
    stub.history = lambda: JSONResponse({"messages": said})
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    log = other.get_by_role("log")
    await expect(log).to_contain_text("What does a 2 BHK cost?")
    await expect(log.get_by_text("84 lakh")).to_have_count(1)
    await ask(other, "And possession?")
    await expect(log.get_by_text("84 lakh")).to_have_count(2)
    assert len(stub.to("POST", "/v1/conversations")) == 1
    assert stub.messages()[1].path == "/v1/conversations/c1/messages"
