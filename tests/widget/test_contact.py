"""The contact form: what is sent, what a wrong field looks like, and nothing sent twice."""

import pytest
from playwright.async_api import Locator, Page, expect
from starlette.responses import JSONResponse

from frontdesk.errors import Invalid
from frontdesk.leads.phone import parse_phone
from frontdesk.projects.widget import describe_phone
from tests.widget.conftest import ask, open_panel
from tests.widget.stub import Stub, make_project, problem, reply

pytestmark = pytest.mark.asyncio(loop_scope="session")

NOT_IN_USE = "That doesn't look like an Indian number. Please check the digits."
WRONG_NUMBER = problem(
    422,
    "invalid_phone",
    NOT_IN_USE,
    errors=[{"field": "phone.number", "code": "not_in_use", "detail": NOT_IN_USE}],
)
THANKS = "Thank you, Asha. The team will call."
STORED = JSONResponse({"id": "lead_1", "message": THANKS}, 201)


async def open_form(page: Page, stub: Stub) -> Locator:
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await dialog.get_by_role("button", name="Ask for a call").click()
    form = dialog.get_by_role("form", name="Ask for a call")
    await expect(form.get_by_label("Name")).to_be_focused()
    return form


async def pick_country(form: Locator, wanted: str) -> None:
    """By the keyboard alone: the list opens with the focus in its search."""
    await form.get_by_role("button", name="Country code").press("Enter")
    search = form.get_by_role("combobox", name="Search countries")
    await expect(search).to_be_focused()
    await search.press_sequentially(wanted)
    await search.press("Enter")


async def fill(form: Locator, phone: str = "98765 43210") -> None:
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill(phone)
    await form.get_by_role("checkbox").check()


def submit(form: Locator) -> Locator:
    return form.get_by_role("button", name="Send to the team")


async def test_a_reply_asks_for_the_form_and_the_lead_hangs_on_its_conversation(
    page: Page, stub: Stub
) -> None:
    stub.replies = [reply("Visits run from 10 to 6.", form="visit")]
    await page.goto(f"{stub.site()}?utm_source=google")
    dialog = await open_panel(page)
    await ask(page, "Can I see it?")
    form = dialog.get_by_role("form", name="Plan a visit")
    await fill(form)
    await form.get_by_label("E-mail").fill("asha@buyer.example")
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    await expect(form).to_have_count(0)
    await expect(dialog.get_by_role("button", name="Prices")).to_be_visible()
    await expect(page.get_by_role("textbox", name="Ask about")).to_be_focused()

    (lead,) = stub.to("POST", "/v1/leads")
    assert lead.headers["authorization"] == "Bearer token1"
    assert 16 <= len(lead.headers["idempotency-key"]) <= 255
    address = f"{stub.site()}?utm_source=google"
    came_from = {"landing_page": address, "utm_source": "google"}
    lead.body["attribution"]["first"].pop("at")
    assert lead.body == {
        "project": "palm-grove",
        "page": {"url": address, "title": "Palm Grove"},
        "name": "Asha Rao",
        "phone": {"number": "98765 43210", "country": "IN"},
        "email": "asha@buyer.example",
        "interest": "visit",
        "note": "",
        "consent": {"given": True, "version": "1"},
        "attribution": came_from | {"first": came_from},
    }


async def test_the_fields_keep_to_the_forms_margins(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    card = await form.bounding_box()
    assert card is not None
    for label in ("Name", "E-mail"):
        box = await form.get_by_label(label).bounding_box()
        assert box is not None
        left = box["x"] - card["x"]
        right = card["x"] + card["width"] - box["x"] - box["width"]
        assert abs(left - right) < 1, label


async def test_a_form_with_a_reply_leaves_the_reply_in_sight(page: Page, stub: Stub) -> None:
    stub.replies = [reply("2 BHK homes start at ₹84 lakh.", form="price")]
    await page.goto(stub.site())
    dialog = await open_panel(page)
    await ask(page, "What does a 2 BHK cost?")
    form = dialog.get_by_role("form", name="Prices from the team")
    await expect(form).to_be_visible()
    await expect(page.get_by_role("log").get_by_text("84 lakh")).to_be_in_viewport(ratio=1)
    await expect(page.get_by_role("textbox", name="Ask about")).to_be_focused()


async def test_a_call_can_be_asked_for_without_a_conversation(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await pick_country(form, "emirates")
    await expect(form.get_by_role("button", name="AE +971, United Arab Emirates")).to_be_focused()
    await fill(form, "50 123 4567")
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    (lead,) = stub.to("POST", "/v1/leads")
    assert "authorization" not in lead.headers
    assert lead.body["phone"] == {"number": "50 123 4567", "country": "AE"}
    assert lead.body["interest"] == "call"
    assert lead.body["email"] is None
    assert stub.to("POST", "/v1/conversations") == []


async def test_a_wrong_number_is_told_beside_its_field(page: Page, stub: Stub) -> None:
    stub.leads = [WRONG_NUMBER, STORED]
    form = await open_form(page, stub)
    await fill(form, "12345 67890")
    await submit(form).click()
    phone = form.get_by_label("Phone")
    await expect(phone).to_have_accessible_description(NOT_IN_USE)
    await expect(phone).to_be_focused()
    await expect(phone).to_have_attribute("aria-invalid", "true")
    await phone.fill("98765 43210")
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    first, second = stub.to("POST", "/v1/leads")
    assert first.headers["idempotency-key"] != second.headers["idempotency-key"]


async def test_what_is_missing_is_asked_for_before_anything_is_sent(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await submit(form).click()
    await expect(form.get_by_label("Name")).to_be_focused()
    await expect(form.get_by_text("Please say what to call you.")).to_be_visible()
    await expect(form.get_by_text("The team needs a number to reach you.")).to_be_visible()
    await expect(form.get_by_role("checkbox")).to_have_accessible_description(
        "Please agree first; nobody calls without it."
    )
    assert stub.to("POST", "/v1/leads") == []


async def test_a_short_number_and_missing_consent_are_told_at_once(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await form.get_by_label("Name").fill("Asha Rao")
    phone = form.get_by_label("Phone")
    for number in ("9", "98765 4321"):
        with pytest.raises(Invalid) as caught:
            parse_phone(number, "IN")
        await phone.fill(number)
        await submit(form).click()
        # One voice: what the service would say.
        await expect(phone).to_have_accessible_description(caught.value.fields[0].detail)
    await expect(form.get_by_role("checkbox")).to_have_attribute("aria-invalid", "true")
    assert stub.to("POST", "/v1/leads") == []


@pytest.mark.parametrize(
    ("country", "wanted"), [("DE", "German mobiles have 10 or 11."), ("NZ", "have 8 to 10.")]
)
async def test_a_country_of_several_lengths_has_one_wording(
    page: Page, stub: Stub, country: str, wanted: str
) -> None:
    phone = describe_phone(country)
    stub.projects = [make_project(country=country, phone=phone.model_dump())]
    form = await open_form(page, stub)
    with pytest.raises(Invalid) as caught:
        parse_phone("12", country)
    await form.get_by_label("Phone").fill("12")
    await submit(form).click()
    said = caught.value.fields[0].detail
    assert said.endswith(wanted)
    await expect(form.get_by_label("Phone")).to_have_accessible_description(said)


async def test_consent_is_asked_for_and_not_required_where_the_project_says_so(
    page: Page, stub: Stub
) -> None:
    stub.projects = [make_project(consent={"version": "7", "text": "Call me.", "required": False})]
    form = await open_form(page, stub)
    await expect(form.get_by_role("checkbox", name="Call me.")).not_to_be_checked()
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765 43210")
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    assert stub.to("POST", "/v1/leads")[0].body["consent"] == {"given": False, "version": "7"}


async def test_a_failed_form_repeats_itself_under_the_same_key(page: Page, stub: Stub) -> None:
    stub.leads = [problem(503, "unavailable", "Internal."), STORED]
    form = await open_form(page, stub)
    await fill(form)
    await submit(form).click()
    await expect(form.get_by_role("alert")).to_contain_text("That didn't reach us.")
    await form.get_by_role("button", name="Try again").click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    first, second = stub.to("POST", "/v1/leads")
    assert first.headers["idempotency-key"] == second.headers["idempotency-key"]
    assert first.body == second.body


async def test_a_form_filled_offline_goes_out_by_itself(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await fill(form)
    await page.context.set_offline(True)
    await submit(form).click()
    await expect(form.get_by_role("alert")).to_contain_text("You're offline.")
    await page.context.set_offline(False)
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    assert len(stub.to("POST", "/v1/leads")) == 1


async def test_new_consent_words_are_shown_and_agreed_to_again(page: Page, stub: Stub) -> None:
    stub.leads = [problem(422, "consent_outdated", "These words have changed."), STORED]
    form = await open_form(page, stub)
    await fill(form)
    stub.projects = [make_project(consent={"version": "2", "text": "New words.", "required": True})]
    await submit(form).click()
    box = form.get_by_role("checkbox", name="New words.")
    await expect(box).not_to_be_checked()
    await expect(box).to_have_accessible_description("These words have changed.")
    await box.check()
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    assert stub.to("POST", "/v1/leads")[1].body["consent"] == {"given": True, "version": "2"}
    assert stub.to("GET", "/v1/widget")[1].query.endswith("&project=palm-grove")


async def test_who_left_a_number_need_not_type_it_again(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await fill(form)
    await submit(form).click()
    await expect(page.get_by_role("log")).to_contain_text(THANKS)
    form = await open_form(page, stub)
    await expect(form.get_by_label("Name")).to_have_value("Asha Rao")
    await expect(form.get_by_label("Phone")).to_have_value("98765 43210")
    await expect(form.get_by_role("checkbox")).not_to_be_checked()


async def test_a_question_in_between_does_not_empty_the_form(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await form.get_by_label("Name").fill("Asha Rao")
    await form.get_by_label("Phone").fill("98765")
    await ask(page, "What does a 2 BHK cost?")
    await expect(page.get_by_role("log")).to_contain_text("84 lakh")
    await page.get_by_role("button", name="Ask for a call").click()
    await expect(form.get_by_label("Name")).to_have_value("Asha Rao")
    await expect(form.get_by_label("Phone")).to_have_value("98765")


async def test_not_now_goes_back_to_the_talk(page: Page, stub: Stub) -> None:
    form = await open_form(page, stub)
    await form.get_by_role("button", name="Not now").click()
    await expect(form).to_have_count(0)
    await expect(page.get_by_role("button", name="Prices")).to_be_visible()
    assert await page.evaluate("() => Object.keys(localStorage)") == ["frontdesk:visits"]


@pytest.mark.parametrize("asked_first", [True, False])
async def test_a_reload_keeps_the_thanks_in_their_place(
    page: Page, stub: Stub, asked_first: bool
) -> None:
    if asked_first:
        stub.replies = [reply("Of course.", form="visit")]
        await page.goto(stub.site())
        dialog = await open_panel(page)
        await ask(page, "Book a visit")
        form = dialog.get_by_role("form")
        history = [("1", "visitor", "Book a visit"), ("message_1", "desk", "Of course.")]
    else:
        form = await open_form(page, stub)
        history = []
    await fill(form)
    await submit(form).click()
    log = page.get_by_role("log")
    await expect(log).to_contain_text(THANKS)
    history.append(("2", "visitor", "See you"))
    stub.history = lambda: JSONResponse(
        {"messages": [{"id": id_, "author": author, "text": text} for id_, author, text in history]}
    )
    await page.reload()
    await open_panel(page)
    await expect(log.get_by_text(THANKS)).to_have_count(1)
    if asked_first:
        await expect(log).to_contain_text("See you")
        text = await log.inner_text()
        assert text.index("Of course.") < text.index(THANKS) < text.index("See you")
