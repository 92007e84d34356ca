"""A colour changed everywhere and rolled back, as a manager and a visitor see it."""

from collections.abc import Callable

from playwright.sync_api import FrameLocator, Page, expect

from tests.journeys.conftest import Demo, sign_in

INK, INK_RGB = "#112233", "rgb(17, 34, 51)"
VIOLET, VIOLET_RGB = "#6a1b9a", "rgb(106, 27, 154)"


def shown(page: Page) -> FrameLocator:
    """The widget in the preview, once it is the one that is seen."""
    return page.frame_locator(".stage iframe:not(.coming)")


def publish(page: Page) -> None:
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published. Every site has it")).to_be_visible()


def expect_colour(demo: Demo, page: Page, colour: str) -> None:
    """In a browser that has cached nothing."""
    page.goto(demo.site("brand", "/lake-terrace/"))
    button = page.get_by_role("button", name="Ask about")
    expect(button).to_have_css("background-color", colour)


def test_a_colour_is_tried_published_everywhere_and_rolled_back(
    demo: Demo, open_page: Callable[[], Page]
) -> None:
    manager = open_page()
    sign_in(manager, demo)
    manager.goto(f"{demo.dashboard}/projects/lake-terrace/widget")
    manager.get_by_role("button", name="Use inherited for Colour").click()
    publish(manager)
    manager.goto(f"{demo.dashboard}/widget")
    colour = manager.get_by_label("Colour", exact=True)
    colour.fill(INK)
    publish(manager)
    expect_colour(demo, open_page(), INK_RGB)

    asked: list[str] = []
    manager.on("request", lambda request: asked.append(request.url))
    send = shown(manager).get_by_role("button", name="Send", exact=True)
    expect(send).to_have_css("background-color", INK_RGB)
    colour.fill(VIOLET)
    expect(send).to_have_css("background-color", VIOLET_RGB)
    colour.fill("#6a1")
    expect(manager.get_by_text("Write a colour as #rrggbb")).to_be_visible()
    expect(send).to_have_css("background-color", VIOLET_RGB)
    colour.fill(VIOLET)
    shown(manager).get_by_role("textbox").fill("What does it cost?")
    shown(manager).get_by_role("textbox").press("Enter")
    expect(shown(manager).get_by_role("log")).to_contain_text("This is a preview")
    assert not [url for url in asked if "/v1/" in url], "nothing of it is stored"

    publish(manager)
    expect_colour(demo, open_page(), VIOLET_RGB)
    manager.get_by_role("button", name="Roll back to version 1").click()
    expect(manager.get_by_text("Rolled back. Every site has it")).to_be_visible()
    expect_colour(demo, open_page(), INK_RGB)
