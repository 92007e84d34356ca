"""Cards under a reply, and the form that goes on from what the talk told."""

from typing import Any

import pytest
from playwright.async_api import Page, expect

from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, reply

pytestmark = pytest.mark.asyncio(loop_scope="session")

PRICES: dict[str, Any] = {
    "kind": "prices",
    "title": "Prices at Palm Grove",
    "rows": [
        {"label": "2 BHK", "value": "₹84 lakh onwards", "note": "742 sq ft carpet"},
        {"label": "3 BHK", "value": "₹1.18 crore onwards"},
    ],
    "as_of": "2026-11-01",
}
MAP = {"kind": "map", "title": "Palm Grove", "text": "Baner, Pune", "url": "https://maps.example/p"}
BROCHURE = {"kind": "brochure", "title": "All plans", "url": "https://palmgrove.example/b.pdf"}
SLOTS = {
    "kind": "visit_slots",
    "title": "Visit Palm Grove",
    "time_zone": "Asia/Kolkata",
    "slots": [
        {"start": "2020-11-28T05:30:00Z", "end": "2020-11-28T06:30:00Z"},  # over by now
        {"start": "2099-11-28T05:30:00Z", "end": "2099-11-28T06:30:00Z"},
        {"start": "2099-11-29T09:30:00Z", "end": "2099-11-29T10:30:00Z"},
    ],
}


async def test_a_table_says_what_and_of_when(page: Page, stub: Stub) -> None:
    stub.replies = [reply("2 BHK homes start at ₹84 lakh.", cards=[PRICES])]
    await page.goto(stub.site())
    await open_panel(page)
    fetched: list[str] = []
    page.on("request", lambda it: fetched.append(it.url) if "/cards-" in it.url else None)
    await ask(page, "What does a 2 BHK cost?")
    table = page.get_by_role("log").get_by_role("table", name="Prices at Palm Grove")
    await expect(table.get_by_role("rowheader")).to_have_text(["2 BHK", "3 BHK"])
    await expect(table.get_by_role("cell").first).to_have_text("₹84 lakh onwards742 sq ft carpet")
    await expect(page.get_by_text("As of 1 November 2026")).to_be_visible()
    await expect(page.get_by_text("2 BHK homes start at ₹84 lakh.")).to_be_in_viewport(ratio=1)
    assert len(fetched) == 1


async def test_links_open_beside_the_page_and_tell_nobody_from_where(
    page: Page, stub: Stub
) -> None:
    script = BROCHURE | {"title": "Evil", "url": "javascript:window.hurt=1"}
    unknown = {"kind": "hologram", "title": "Later"}
    stub.replies = [reply("Here.", cards=[MAP, BROCHURE, script, unknown])]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "Where is it?")
    links = dialog.get_by_role("link")
    await expect(links).to_have_count(2)
    for place, card in enumerate((MAP, BROCHURE)):
        link = links.nth(place)
        await expect(link).to_have_attribute("href", card["url"])
        await expect(link).to_have_attribute("target", "_blank")
        await expect(link).to_have_attribute("rel", "noopener noreferrer")
    await expect(dialog).not_to_contain_text("Evil")


async def test_a_chosen_time_goes_with_the_lead(page: Page, stub: Stub) -> None:
    stub.replies = [reply("When would you like to come?", cards=[SLOTS])]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "Can I visit?")
    slots = dialog.get_by_role("group", name="Visit Palm Grove")
    await expect(slots.get_by_role("button", name="Sat 28", pressed=True)).to_be_visible()
    await expect(slots.get_by_role("button", name="11:00 am")).to_be_visible()
    await slots.get_by_role("button", name="Sun 29").click()
    await slots.get_by_role("button", name="Sunday, 29 November, 3:00 pm").click()
    form = dialog.get_by_role("form", name="Plan a visit")
    await expect(form.get_by_text("Your visit: Sunday, 29 November, 3:00 pm")).to_be_visible()
    await expect(form.get_by_label("Name")).to_be_focused()
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")
    (lead,) = stub.to("POST", "/v1/leads")
    assert lead.body["qualification"] == {"visit_at": "2099-11-29T09:30:00Z"}
    assert lead.body["interest"] == "visit"


async def test_what_the_talk_told_stands_in_the_form(page: Page, stub: Stub) -> None:
    talk = {
        "name": "Asha Rao",
        "phone": {"number": "+919876543210", "country": "IN"},
        "email": "asha@buyer.example",
        "qualification": {"configuration": "2 BHK", "budget": "₹90 lakh"},
    }
    stub.replies = [reply("Shall the team call you?", form="call", talk=talk)]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "Call me on 98765 43210, I am Asha")
    form = dialog.get_by_role("form", name="Shall we call you on")
    await expect(form).to_contain_text("+91 98765 43210")
    await expect(form.get_by_label("Name")).to_have_value("Asha Rao")
    await expect(form.get_by_label("Phone")).to_have_value("98765 43210")
    await expect(form.get_by_label("E-mail")).to_have_value("asha@buyer.example")
    await form.get_by_role("checkbox").check()
    await form.get_by_role("button", name="Send to the team").click()
    await expect(page.get_by_role("log")).to_contain_text("Thank you, Asha.")
    (lead,) = stub.to("POST", "/v1/leads")
    assert lead.body["phone"] == {"number": "98765 43210", "country": "IN"}
    assert lead.body["qualification"] == talk["qualification"]


async def test_a_number_from_abroad_keeps_its_country(page: Page, stub: Stub) -> None:
    talk = {"phone": {"number": "+971501234567", "country": "AE"}}
    stub.replies = [reply("Shall the team call you?", form="call", talk=talk)]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "+971 50 123 4567")
    form = dialog.get_by_role("form")
    await expect(form.get_by_role("button", name="AE +971, United Arab Emirates")).to_be_visible()
    await expect(form.get_by_label("Phone")).to_have_value("+971501234567")
