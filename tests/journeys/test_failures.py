"""What breaks on the way, as the visitor, the salesperson and the operator see it."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, sign_in, visit
from tests.support.model_server import run_model_server

OpenPage = Callable[[], Page]


def test_a_lead_waits_for_a_crm_that_is_down_and_then_arrives(
    tmp_path: Path, open_page: OpenPage
) -> None:
    with Demo(tmp_path) as demo:
        crm = open_page()
        crm.goto(demo.site("crm"))
        crm.get_by_label(re.compile("Fails")).check()

        visitor = visit(open_page(), demo.site("palmgrove"), "Palm Grove")
        visitor.ask("Please call me")
        visitor.fill_form("Meera Patient", "98765 43210")
        visitor.send_form()
        visitor.expect_answer("Thank you, Meera.")

        office = open_page()
        sign_in(office, demo)
        office.goto(f"{demo.dashboard}/leads")
        office.get_by_role("link", name="Meera Patient").click()
        deliveries = office.get_by_role("region", name="Delivery")
        expect(deliveries.get_by_role("listitem").first).to_contain_text("500")
        expect(crm.get_by_role("row", name=re.compile("Meera"))).to_have_count(0)

        # It outlives the process, too.
        demo.kill()
        demo.settings["PORT"] = str(demo.port)
        demo.start()

        crm.goto(demo.site("crm"))
        crm.get_by_label(re.compile("Works")).check()
        office.reload()
        # It may just have gone again by itself: that happens after 5 s, then 5 min, 30 min, …
        retry = office.get_by_role("button", name=re.compile("Retry now"))
        expect(retry.or_(deliveries.get_by_text("Delivered")).first).to_be_visible()
        if retry.is_visible():
            retry.click()
        expect(crm.get_by_role("row", name=re.compile("Meera"))).to_be_visible()

        office.reload()
        expect(deliveries).to_contain_text("Delivered")


def test_a_failing_model_is_not_noticed(tmp_path: Path, open_page: OpenPage) -> None:
    with (
        run_model_server() as model,
        Demo(tmp_path, GEMINI_API_KEY="test", GEMINI_BASE_URL=model.base_url) as demo,
    ):
        model.script({"type": "fail", "status": 500}, {"type": "fail", "status": 429})
        visitor = visit(open_page(), demo.site("palmgrove"), "Palm Grove")
        visitor.ask("What does a 2 BHK cost?")
        visitor.expect_answer("₹84 lakh")
        visitor.ask("When is possession?")
        visitor.expect_answer("December 2027")
        assert model.requests()  # it was asked
        expect(visitor.panel.get_by_role("alert")).to_have_count(0)
