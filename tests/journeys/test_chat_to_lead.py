"""The main job, end to end: a visitor on a real page becomes a lead in a CRM."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Demo, sign_in, visit

OpenPage = Callable[[], Page]


@pytest.mark.parametrize(
    ("site", "project", "price", "crm_project"),
    [
        ("palmgrove", "Palm Grove", "₹84 lakh", "PG-BANER-01"),
        ("coralbay", "Coral Bay", "₹4.65 crore", "CB-0042"),
        ("urbannest", "Urban Nest", "₹72.5 lakh", "NGI/UN/150"),
    ],
)
def test_a_visitor_becomes_a_lead(
    demo: Demo, open_page: OpenPage, site: str, project: str, price: str, crm_project: str
) -> None:
    name = f"Asha {project}"
    page = open_page()
    visitor = visit(page, demo.site(site), project)
    expect(visitor.log).to_contain_text(project)  # the greeting

    visitor.ask("What is the price?")
    visitor.expect_answer(price)

    visitor.ask("I would like to come for a site visit")
    expect(visitor.panel.get_by_text("Plan a visit")).to_be_visible()
    visitor.fill_form(name, "98765 4321")
    visitor.send_form()
    expect(visitor.panel).to_contain_text("That number has 9 digits; Indian mobiles have 10.")
    expect(visitor.panel.get_by_label("Phone", exact=True)).to_be_focused()

    visitor.panel.get_by_label("Phone", exact=True).fill("98765 43210")
    visitor.send_form()
    visitor.expect_answer("Thank you, Asha.")

    page.reload()
    visitor.open()
    visitor.expect_answer("What is the price?", price, "Thank you, Asha.")

    crm = open_page()
    crm.goto(demo.site("crm"))
    row = crm.get_by_role("row", name=re.compile(name))
    expect(row).to_contain_text(crm_project)
    expect(row).to_contain_text("98765")

    office = open_page()
    sign_in(office, demo)
    office.get_by_role("link", name="Leads", exact=True).click()
    office.get_by_role("link", name=name).click()
    for part in ("What is the price?", price, "Delivered", "+91 98765 43210", "Site visit"):
        expect(office.locator("main")).to_contain_text(part)


def test_a_number_of_another_country_is_taken(demo: Demo, open_page: OpenPage) -> None:
    visitor = visit(open_page(), demo.site("coralbay"), "Coral Bay")
    visitor.ask("Please call me")
    visitor.fill_form("Noor Haddad", "+971 50 123 4567")
    visitor.send_form()
    visitor.expect_answer("Thank you, Noor.")


def test_nothing_is_taken_without_consent(demo: Demo, open_page: OpenPage) -> None:
    visitor = visit(open_page(), demo.site("palmgrove"), "Palm Grove")
    visitor.ask("Please call me")
    visitor.fill_form("Ravi Unwilling", "98765 43211", consent=False)
    visitor.send_form()
    expect(visitor.panel.get_by_role("checkbox")).to_be_focused()

    crm = open_page()
    crm.goto(demo.site("crm"))
    expect(crm.locator("#live")).not_to_have_text("Connecting")
    expect(crm.get_by_text("Ravi Unwilling")).to_have_count(0)


@pytest.mark.parametrize(
    ("path", "project"),
    [
        ("/palm-heights", "Palm Heights"),
        ("/palm-heights/plans", "Palm Heights"),
        ("/lake-terrace", "Lake Terrace"),
        ("/signature", "Signature Row"),
    ],
)
def test_one_host_sells_several_projects(
    demo: Demo, open_page: OpenPage, path: str, project: str
) -> None:
    visitor = visit(open_page(), demo.site("brand", path), project)
    expect(visitor.log).to_contain_text(project)


def test_a_page_of_no_project_has_no_widget(demo: Demo, open_page: OpenPage) -> None:
    page = open_page()
    with page.expect_response(re.compile("/v1/widget")) as settings:
        page.goto(demo.site("brand"))
    assert settings.value.ok
    settings.value.finished()
    expect(page.get_by_role("button", name=re.compile("Ask about"))).to_have_count(0)
