"""The pictures in the documentation: the demo at work, as a visitor and a salesperson see it."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.journeys.conftest import Demo, sign_in, visit
from tests.support.browser import Visitor, run_browser


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as data, Demo(Path(data)) as demo, run_browser() as browser:
        page = open_page(browser, 1280, 800)
        visitor = visit(page, demo.site("palmgrove"), "Palm Grove")
        visitor.ask("Is there a pool, and are pets welcome?")
        visitor.expect_answer("pool", "ets")
        settle(visitor)
        page.screenshot(path=folder / "palm-grove.png")

        phone = open_page(browser, 390, 780, scale=2)
        visitor = visit(phone, demo.site("coralbay"), "Coral Bay")
        visitor.ask("What is the price of a villa?")
        visitor.expect_answer("₹4.65 crore")
        settle(visitor)
        phone.screenshot(path=folder / "coral-bay-phone.png")

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


def open_page(browser: Browser, width: int, height: int, *, scale: float = 1) -> Page:
    return browser.new_context(
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        locale="en-IN",
        timezone_id="Asia/Kolkata",
        reduced_motion="reduce",
    ).new_page()


def send_lead(visitor: Visitor, name: str, phone: str) -> None:
    visitor.fill_form(name, phone)
    visitor.send_form()
    visitor.expect_answer(f"Thank you, {name.partition(' ')[0]}.")


def settle(visitor: Visitor) -> None:
    visitor.panel.get_by_role("button", name="Send", exact=True).wait_for()
    visitor.page.wait_for_load_state("networkidle")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
