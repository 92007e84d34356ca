"""How a talk reads: when things were said, and replies that come faster than a screen can paint."""

import pytest
from playwright.async_api import Page, expect
from starlette.responses import JSONResponse

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, event, reply

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_talk_says_when_it_went_on_and_on_which_day(page: Page, stub: Stub) -> None:
    """The day where it is another one, the time after a pause, nothing in one breath."""
    await page.clock.install(time="2026-11-25T12:00:00")
    await page.goto(stub.site())
    await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    log = page.get_by_role("log")
    await expect(log).to_contain_text("84 lakh")
    said = [
        ("2026-11-20T09:00:00", "Prices?"),
        ("2026-11-20T09:01:00", "And sizes?"),
        ("2026-11-24T18:30:00", "Good evening."),
        ("2026-11-25T10:00:00", "Good morning."),
        ("2026-11-25T10:09:00", "Are you there?"),
        ("2026-11-25T11:30:00", "Back again."),
    ]
    stub.history = lambda: JSONResponse(
        {
            "messages": [
                {"id": str(place), "author": "visitor", "text": text, "at": at}
                for place, (at, text) in enumerate(said)
            ]
        }
    )
    await page.reload()
    await open_panel(page)
    await expect(log.get_by_text("Back again.")).to_be_visible()
    times = ["Fri, 20 Nov, 9:00 am", "Yesterday, 6:30 pm", "Today, 10:00 am", "11:30 am"]
    await expect(log.locator("time")).to_have_text(times)
    assert await log.locator("time").first.get_attribute("datetime") == "2026-11-20T09:00:00"


async def test_pieces_that_come_together_are_painted_once(page: Page, stub: Stub) -> None:
    """A stream that is faster than the screen makes no more work than the screen can show."""
    *_, done = reply("2 BHK homes start at ₹84 lakh. " * 40)
    pieces = b"".join(event("delta", {"text": "word "}) for _ in range(400))
    stub.replies = [[pieces, done]]
    await page.goto(stub.site())
    await open_panel(page)
    await page.evaluate("""() => {
        window.changes = 0;
        const root = document.querySelector('frontdesk-widget').shadowRoot;
        new MutationObserver((all) => { changes += all.length; })
            .observe(root.querySelector('.pending'),
                     {childList: true, characterData: true, subtree: true});
    }""")
    await ask(page, "Tell me everything.")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    assert await page.evaluate("() => changes") < 40
