"""The pictures in the documentation: the demo at work, as a visitor and a salesperson see it."""

import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Browser, FloatRect, Page, Route

from tests.journeys.conftest import Demo, sign_in, visit
from tests.support.browser import Visitor, run_browser

MARGIN_PX = 28

# A language by configuration: nothing of it is shipped.
ARABIC: Mapping[str, Any] = {
    "name": "بالم غروف",
    "language": "ar",
    "greeting": "أهلاً بك. اسألني عن بالم غروف: الأسعار، المساحات، موعد التسليم، أو زيارة الموقع.",
    "hours_line": "الرد خلال ثوانٍ، والفريق من ١٠ إلى ٧",
    "quick_replies": ["الأسعار", "المساحات", "موعد التسليم", "حجز زيارة"],
    "consent": {
        "version": "1",
        "text": "أوافق على الاتصال بي أو مراسلتي بخصوص هذا المشروع.",
        "required": True,
    },
    "texts": {
        "launcher": "اسأل عن بالم غروف",
        "write": "اسأل عن بالم غروف",
        "call_back": "تفضّل المكالمة؟ اطلب اتصالاً",
        "call_title": "اطلب مكالمة",
        "call_next": "اترك رقمك ويتصل بك الفريق.",
        "name": "الاسم",
        "phone": "الهاتف",
        "email": "البريد الإلكتروني (اختياري)",
        "submit": "أرسل إلى الفريق",
        "not_now": "ليس الآن",
    },
}


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Demo(Path(data)) as demo, run_browser() as browser:
        visitor = visit_as(open_page(browser, 1280, 800), demo.site("palmgrove"), "Palm Grove")
        visitor.ask("What are the prices?")
        visitor.expect_answer("₹84 lakh")
        take(visitor, folder / "palm-grove.png")

        dark = open_page(browser, 1280, 800, scheme="dark")
        visitor = visit_as(dark, demo.site("palmgrove"), "Palm Grove")
        visitor.ask("Can I come and see it?")
        visitor.panel.get_by_role("group").wait_for()
        take(visitor, folder / "widget-visit-dark.png", zoom=True)

        visitor = visit_as(open_page(browser, 1280, 800), demo.site("urbannest"), "Urban Nest")
        visitor.panel.get_by_role("button", name="Ask for a call").click()
        visitor.panel.get_by_label("Phone", exact=True).fill("98765 4321")
        visitor.send_form()
        take(visitor, folder / "widget-form.png", zoom=True)

        visitor = visit_as(
            open_page(browser, 390, 780, scale=2), demo.site("palmgrove"), ARABIC["name"], ARABIC
        )
        visitor.panel.get_by_role("button", name="اطلب").click()
        take(visitor, folder / "widget-arabic-phone.png")

        page = open_page(browser, 1280, 800)
        page.goto(demo.site("palmgrove"))
        page.get_by_role("button", name="Ask about Palm Grove").wait_for()
        page.mouse.move(600, 300)
        page.evaluate("() => document.documentElement.dispatchEvent(new MouseEvent('mouseleave'))")
        page.get_by_role("button", name="Dismiss").wait_for()
        page.screenshot(path=folder / "widget-bubble.png")

        phone = open_page(browser, 390, 780, scale=2)
        visitor = visit_as(phone, demo.site("coralbay"), "Coral Bay")
        visitor.ask("What is the price of a villa?")
        visitor.expect_answer("₹4.65 crore")
        take(visitor, folder / "coral-bay-phone.png")

        send_lead(visitor, "Asha Rao", "98765 43210")
        for site, project, name in (
            ("urbannest", "Urban Nest", "Imran Sheikh"),
            ("palmgrove", "Palm Grove", "Meera Iyer"),
        ):
            other = visit(open_page(browser, 1280, 800), demo.site(site), project)
            other.ask("Please call me about the price")
            send_lead(other, name, "98765 43211")

        office = open_page(browser, 1280, 800)
        sign_in(office, demo)
        office.screenshot(path=folder / "dashboard.png")
        office.get_by_role("link", name="Asha Rao").click()
        office.get_by_text("Delivered").first.wait_for()
        office.screenshot(path=folder / "lead.png")


def open_page(
    browser: Browser,
    width: int,
    height: int,
    *,
    scale: float = 1,
    scheme: Literal["light", "dark"] = "light",
) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        color_scheme=scheme,
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        reduced_motion="reduce",
    ).new_page()


def send_lead(visitor: Visitor, name: str, phone: str) -> None:
    visitor.fill_form(name, phone)
    visitor.send_form()
    visitor.expect_answer(f"Thank you, {name.partition(' ')[0]}.")


def visit_as(
    page: Page, url: str, project: str, changes: Mapping[str, object] | None = None
) -> Visitor:
    """At an hour when people answer, whatever the clock says, and with other settings if given."""

    def answer(route: Route) -> None:
        reply = route.fetch()
        settings = reply.json()
        for shown in settings["projects"]:
            shown |= {"office": None, **(changes or {})}
        route.fulfill(response=reply, json=settings)

    page.route("**/v1/widget?*", answer)
    page.goto(url)
    page.locator("frontdesk-widget .launcher").click()
    visitor = Visitor(page, project)
    visitor.panel.wait_for()
    return visitor


def take(visitor: Visitor, path: Path, *, zoom: bool = False) -> None:
    """The page as it stands, or the panel and what is round it."""
    if visitor.panel.get_by_role("button", name="Send", exact=True).count():
        settle(visitor)
    clip = round_the_panel(visitor) if zoom else None
    visitor.page.screenshot(path=path, clip=clip)


def round_the_panel(visitor: Visitor) -> FloatRect:
    box = visitor.panel.bounding_box()
    assert box is not None
    left, top = box["x"] - MARGIN_PX, max(0, box["y"] - MARGIN_PX)
    return {"x": left, "y": top, "width": 1280 - left, "height": 800 - top}


def settle(visitor: Visitor) -> None:
    visitor.panel.get_by_role("button", name="Send", exact=True).wait_for()
    visitor.page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
