"""The talk: streamed replies, what is kept over a reload, and what a failure looks like."""

import threading

import pytest
from playwright.async_api import Browser, Page, expect
from starlette.responses import JSONResponse

from tests.widget.conftest import ask, host_page, open_panel
from tests.widget.stub import Page as HostPage
from tests.widget.stub import Stub, event, make_project, problem, reply
from tests.widget.test_cards import PRICES

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_the_panel_greets_and_says_who_answers(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    for line in (
        "Hello. Ask me anything about Palm Grove: prices, sizes, possession, a visit.",
        "Answers in seconds, people from 10 to 7",
        "MahaRERA P52100000000",
    ):
        await expect(dialog.get_by_text(line)).to_be_visible()
    sizes = await dialog.locator(".head p").evaluate_all(
        "(lines) => lines.map((it) => getComputedStyle(it).fontSize)"
    )
    assert sizes == ["14px", "14px"]
    assert await dialog.locator(".replies button").all_inner_texts() == [
        "Prices",
        "Sizes",
        "Possession",
        "Book a visit",
    ]
    assert stub.to("POST", "/v1/conversations") == []


async def test_a_reply_streams_and_reaches_the_log_once_whole(page: Page, stub: Stub) -> None:
    gate = threading.Event()
    first, *rest = reply("2 BHK homes start at ₹84 lakh.", ("Floor plans", "Book a visit"))
    stub.replies = [[first, gate, *rest]]
    await page.goto(f"{stub.site()}?utm_source=google&gclid=abc#plans")
    dialog = await open_panel(page)
    log = page.get_by_role("log")
    await ask(page, "What does a 2 BHK cost?")
    await expect(log).to_contain_text("What does a 2 BHK cost?")
    await expect(dialog.get_by_text("2 BHK homes st")).to_be_visible()
    await expect(log).not_to_contain_text("2 BHK homes")
    await expect(page.locator("[aria-hidden=true]", has_text="2 BHK homes")).to_have_count(1)
    gate.set()
    await expect(log).to_contain_text("2 BHK homes start at ₹84 lakh.")
    await expect(page.locator("[aria-hidden=true]", has_text="2 BHK homes")).to_have_count(0)
    assert await dialog.locator(".replies button").all_inner_texts() == [
        "Floor plans",
        "Book a visit",
    ]

    (started,) = stub.to("POST", "/v1/conversations")
    address = f"{stub.site()}?utm_source=google&gclid=abc"
    came_from = {"landing_page": address, "utm_source": "google", "gclid": "abc"}
    started.body["attribution"]["first"].pop("at")
    assert started.body == {
        "project": "palm-grove",
        "page": {"url": address, "title": "Palm Grove"},
        "language": "en-US",
        "attribution": came_from | {"first": came_from},
    }
    (sent,) = stub.messages()
    assert sent.path == "/v1/conversations/c1/messages"
    assert sent.headers["authorization"] == "Bearer token1"
    assert sent.body["text"] == "What does a 2 BHK cost?"
    assert len(sent.body["id"]) == 34


async def test_the_whole_text_wins_over_what_was_streamed(page: Page, stub: Stub) -> None:
    whole = reply("I don't have that confirmed.")
    stub.replies = [[event("delta", {"text": "It costs ₹1"}), whole[-1]]]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "Price?")
    await expect(page.get_by_role("log")).to_contain_text("I don't have that confirmed.")
    await expect(dialog).not_to_contain_text("It costs")


async def test_a_quick_reply_is_asked_as_a_message(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.get_by_role("button", name="Prices").click()
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert [call.body["text"] for call in stub.messages()] == ["Prices"]


async def test_messages_are_text(page: Page, stub: Stub) -> None:
    evil = '<img src=x onerror="window.hurt=1"><script>window.hurt=1</script>[a](javascript:1)'
    stub.projects = [make_project(name=evil[:60], greeting=evil, quick_replies=[evil])]
    stub.replies = [reply(evil, (evil,))]
    await page.goto(stub.site())
    dialog = await open_panel(page, "Ask about")
    await ask(page, evil)
    await expect(page.get_by_role("log").get_by_text(evil)).to_have_count(3)
    assert await dialog.locator("img, script, a").count() == 0
    assert await page.evaluate("() => window.hurt") is None


async def test_a_reload_keeps_the_conversation(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    stub.history = lambda: JSONResponse(
        {
            "messages": [
                {"id": "1", "author": "visitor", "text": "What does a 2 BHK cost?"},
                {
                    "id": "2",
                    "author": "desk",
                    "text": "2 BHK homes start at ₹84 lakh.",
                    "cards": [PRICES],
                },
                {"id": "3", "author": "member", "text": "Meera here. Come on Sunday."},
            ]
        }
    )
    await page.reload()
    assert stub.to("GET", "/v1/conversations/c1/messages") == []
    await open_panel(page)
    log = page.get_by_role("log")
    await expect(log).to_contain_text("What does a 2 BHK cost?")
    await expect(log).to_contain_text("The team: Meera here. Come on Sunday.")
    await expect(log.get_by_role("table", name="Prices at Palm Grove")).to_be_visible()
    await ask(page, "And the 3 BHK?")
    await expect(log.get_by_text("homes start at ₹84 lakh")).to_have_count(2)
    assert len(stub.to("POST", "/v1/conversations")) == 1
    assert stub.messages()[-1].path == "/v1/conversations/c1/messages"


@pytest.mark.parametrize(
    ("status", "code"),
    [(401, "expired_token"), (401, "invalid_token"), (404, "conversation_not_found")],
)
async def test_a_conversation_that_is_over_starts_anew(
    page: Page, stub: Stub, status: int, code: str
) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("84 lakh")
    stub.replies = [
        problem(status, code, "It is over."),
        reply("3 BHK homes start at ₹1.22 crore."),
    ]
    await ask(page, "And the 3 BHK?")
    await expect(log).to_contain_text("₹1.22 crore")
    assert [call.headers["authorization"] for call in stub.messages()] == [
        "Bearer token1",
        "Bearer token1",
        "Bearer token2",
    ]
    assert stub.messages()[1].body == stub.messages()[2].body

    stub.history = lambda: problem(status, code, "It is over.")
    await page.reload()
    dialog = await open_panel(page)
    await expect(dialog.get_by_role("button", name="Prices")).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize(
    "broken",
    [
        [event("delta", {"text": "2 BHK"})],
        [event("delta", {"text": "2 BHK"}), b"event: done\ndata: {"],
        [event("error", {"status": 503, "code": "unavailable", "detail": "Internal."})],
        problem(503, "unavailable", "Internal."),
        JSONResponse({"not": "ours"}, 502),
    ],
    ids=["cut", "cut-in-an-event", "error-event", "refused", "from-a-proxy"],
)
async def test_a_failure_is_said_and_trying_again_asks_the_same(
    page: Page, stub: Stub, broken: object
) -> None:
    stub.replies = [broken, reply("2 BHK homes start at ₹84 lakh.")]  # type: ignore[list-item]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    alert = page.get_by_role("alert")
    await expect(alert).to_contain_text("That didn't reach us.")
    await expect(page.get_by_role("log")).not_to_contain_text("2 BHK homes")
    await dialog.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("log")).to_contain_text("2 BHK homes start at ₹84 lakh.")
    await expect(alert).to_have_count(0)
    first, second = stub.messages()
    assert first.body == second.body
    await expect(page.get_by_role("log").get_by_text("What does a 2 BHK cost?")).to_have_count(1)


async def test_a_refusal_is_shown_in_the_words_of_the_service(page: Page, stub: Stub) -> None:
    stub.replies = [problem(429, "rate_limited", "That was quick. Try again in 20 seconds.")]
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "Hello")
    await expect(page.get_by_role("alert")).to_contain_text("Try again in 20 seconds.")


async def test_a_message_written_offline_goes_out_by_itself(page: Page, stub: Stub) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    await page.context.set_offline(True)
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("alert")).to_contain_text("You're offline.")
    await page.context.set_offline(False)
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert len(stub.messages()) == 1


async def test_a_reply_can_be_stopped(page: Page, stub: Stub) -> None:
    gate = threading.Event()
    first, *rest = reply("2 BHK homes start at ₹84 lakh.")
    stub.replies = [[first, gate, *rest]]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    await expect(dialog.get_by_text("2 BHK homes")).to_be_visible()
    await dialog.get_by_role("button", name="Stop the reply").click()
    await expect(page.get_by_role("log")).to_contain_text("Stopped here.")
    await expect(dialog.get_by_role("button", name="Send")).to_be_visible()
    gate.set()
    stub.replies = [reply("3 BHK homes start at ₹1.22 crore.")]
    await ask(page, "And the 3 BHK?")
    await expect(page.get_by_role("log")).to_contain_text("₹1.22 crore")

    first_asked, _ = (call.body for call in stub.messages())
    whole = {"id": "message_1", "author": "desk", "text": "2 BHK homes start at ₹84 lakh."}
    stub.history = lambda: JSONResponse(
        {"messages": [first_asked | {"author": "visitor"}, whole | {"reply_to": first_asked["id"]}]}
    )
    await page.reload()
    await open_panel(page)
    log = page.get_by_role("log")
    await expect(log).to_contain_text("2 BHK homes")
    await expect(log).to_contain_text("Stopped here.")
    await expect(log).not_to_contain_text("₹84 lakh")


async def test_shift_enter_writes_a_line_and_composing_does_not_send(
    page: Page, stub: Stub
) -> None:
    await page.goto(stub.site())
    await open_panel(page)
    box = page.get_by_role("textbox", name="Ask about")
    await box.press_sequentially("one")
    await page.keyboard.press("Shift+Enter")
    await box.press_sequentially("two")
    composing = "(it) => it.dispatchEvent(new KeyboardEvent('keydown', "
    await box.evaluate(composing + "{key: 'Enter', isComposing: true, bubbles: true}))")
    assert await box.input_value() == "one\ntwo"
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert [call.body["text"] for call in stub.messages()] == ["one\ntwo"]


async def test_the_page_does_not_hear_what_is_typed(page: Page, stub: Stub) -> None:
    head = """<script>window.heard = [];
      document.addEventListener('keydown', (event) => heard.push(event.key));</script>"""
    stub.pages["/"] = HostPage(host_page(stub, head=head))
    await page.goto(stub.site())
    await open_panel(page)
    await page.keyboard.press("s")
    assert await page.evaluate("() => window.heard") == []


async def test_a_phone_shows_the_panel_on_the_whole_screen(browser: Browser, stub: Stub) -> None:
    context = await browser.new_context(
        viewport={"width": 390, "height": 844}, is_mobile=True, has_touch=True
    )
    page = await context.new_page()
    await page.goto(stub.site())
    await page.get_by_role("button", name="Ask about Palm Grove").tap()
    dialog = page.get_by_role("dialog")
    await expect(dialog).to_be_visible()
    box = await dialog.evaluate("""async (it) => {
        await Promise.all(it.getAnimations().map((animation) => animation.finished));
        const {x, y, width, height} = it.getBoundingClientRect();
        return [x, y, width, height];
    }""")
    assert box == [0, 0, 390, 844]
    # The keyboard would cover the greeting.
    await expect(page.get_by_role("textbox", name="Ask about")).not_to_be_focused()
    size = await page.get_by_role("textbox").evaluate("(it) => getComputedStyle(it).fontSize")
    assert size == "16px"
    await dialog.get_by_role("button", name="Close").tap()
    await expect(page.get_by_role("button", name="Ask about Palm Grove")).to_be_focused()
    await context.close()
