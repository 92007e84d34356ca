"""From an installation with nobody in it to the first lead in the sales system."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from frontdesk.accounts.model import Role
from tests.journeys.conftest import visit
from tests.journeys.crm import run_crm
from tests.journeys.office import PEOPLE, Office, email_of
from tests.support.website import serve_page


def test_the_first_start_ends_with_a_lead_in_the_sales_system(
    tmp_path: Path, open_page: Callable[[], Page]
) -> None:
    with run_crm() as crm, Office(tmp_path, crm) as office:
        page = open_page()
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(office.dashboard)
        expect(page.get_by_role("status")).to_contain_text("frontdesk members add")

        name = PEOPLE[Role.OWNER]
        added = office.run(
            "members", "add", email_of(Role.OWNER), "--name", name, "--role", "owner"
        )
        password = re.search(r"Password, shown once: (\S+)", added.stdout)
        assert password, added
        office.sign_in(page, Role.OWNER, password[1])

        page.get_by_role("link", name="Add one by hand").click()
        page.get_by_label(re.compile("^Id")).fill("willow-walk")
        page.get_by_label(re.compile("^Name")).fill("Willow Walk")
        page.get_by_label(re.compile("^Sites")).fill("willowwalk.localhost")
        page.get_by_role("button", name="Add the project").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Willow Walk")

        page.get_by_role("link", name="Say where they go").click()
        page.get_by_role("link", name="Add the sales system").click()
        page.get_by_role("link", name="HTTP").click()
        page.get_by_label(re.compile("^Name")).fill("crm")
        page.get_by_label(re.compile("^Address")).fill(crm.url)
        page.get_by_role("button", name="Add it").click()
        expect(page.get_by_role("status")).to_contain_text("Saved. New leads are sent so.")

        page.get_by_role("link", name="Overview").click()
        page.get_by_role("button", name="Copy").click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        tag = page.evaluate("navigator.clipboard.readText()")
        page.get_by_role("link", name="Leads", exact=True).click()
        expect(page.get_by_role("heading", name="No leads yet")).to_be_visible()

        with serve_page(f"<!doctype html><title>Willow Walk</title><h1>Homes</h1>{tag}") as port:
            visitor = visit(open_page(), f"http://willowwalk.localhost:{port}/", "Willow Walk")
            visitor.ask("What does a 2 BHK cost?")
            visitor.expect_answer("I don't have that confirmed")
            visitor.fill_form("Asha Rao", "98765 43210")
            visitor.send_form()
            visitor.expect_answer("Thank you, Asha.")

        # Nobody reloads.
        page.get_by_role("link", name="Asha Rao").click()
        delivery = page.get_by_role("region", name="Delivery")
        expect(delivery).to_contain_text("Delivered")
        assert [lead["phone"] for lead in crm.leads] == ["+919876543210"]
