"""From talk to lead: what is taken from what visitors write, and what is not."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from frontdesk.chat.talk import Line, Talk, complete, find_phone, listen
from frontdesk.leads.model import Qualification
from frontdesk.projects.model import Project
from frontdesk.projects.schedule import Opening, Schedule, Weekday
from tests.support.samples import make_project

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)  # Wednesday, 10:30 in India
ASHA = {"number": "+919876543210", "country": "IN"}


def hear(*texts: str, project: Project | None = None) -> dict[str, Any]:
    heard = listen(project or make_project(), [Line(text, NOW) for text in texts], NOW)
    return {} if heard.talk is None else heard.talk.model_dump(mode="json", exclude_none=True)


def wants(*texts: str, project: Project | None = None) -> dict[str, Any]:
    found: dict[str, Any] = hear(*texts, project=project).get("qualification", {})
    return found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("my name is asha rao and my number is 98765 43210", {"name": "Asha Rao", "phone": ASHA}),
        ("Asha, 98765-43210", {"name": "Asha", "phone": ASHA}),
        ("9876543210", {"phone": ASHA}),
        ("call me on +91 (98765) 43210 please", {"phone": ASHA}),
        ("मेरा नाम आशा है और नंबर ९८७६५४३२१०", {"name": "आशा", "phone": ASHA}),
        ("mera naam Rahul hai, number 09876543210", {"name": "Rahul", "phone": ASHA}),
        ("+971 50 123 4567", {"phone": {"number": "+971501234567", "country": "AE"}}),
        ("I am Rohan Mehta from Pune", {"name": "Rohan Mehta"}),
        ("this is Meera here", {"name": "Meera"}),
        ("write to asha.rao@Example.com.", {"email": "asha.rao@example.com"}),
        ("Asha Rao asha@example.com", {"name": "Asha Rao", "email": "asha@example.com"}),
    ],
)
def test_contact_details_are_heard(text: str, found: dict[str, Any]) -> None:
    assert {k: v for k, v in hear(text).items() if k != "qualification"} == found


@pytest.mark.parametrize(
    "text",
    [
        "RERA P52100099001",
        "is it 12,00,000?",
        "budget 12000000",
        "price of 2 bhk is 8400000?",
        "25-12-2026",
        "2027-2028",
        "I will pay 5000000",
        "area 1200 1300 sq ft",
        "411045",
        "I'm Interested",
        "I am looking for a flat",
        "this is confusing",
        "this is too Expensive",
        "what is your name",
        "name of the builder?",
        "who is this confusing person",
        "a@b",
        "",
    ],
)
def test_what_is_no_contact_is_not_taken_for_one(text: str) -> None:
    assert not {"name", "phone", "email"} & set(hear(text))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("98765 4321", "That number has 9 digits; Indian mobiles have 10."),
        ("my number is 12345", "That number has 5 digits; Indian mobiles have 10."),
        ("call me on 98765 432109", "That number has 11 digits; Indian mobiles have 10."),
        ("5012345678", "That doesn't look like an Indian number. Please check the digits."),
        ("call me on 98765 43210", ""),
        ("call me tomorrow at 5", ""),
    ],
)
def test_a_wrong_number_is_told_what_is_wrong(text: str, fault: str) -> None:
    phone, told, _ = find_phone(text, "IN")
    assert told == fault
    assert (phone is None) or not fault


def test_a_number_is_no_part_of_the_question() -> None:
    heard = listen(make_project(), [Line("2 BHK price? 98765 43210, asha@example.com", NOW)], NOW)
    assert heard.rest.split() == ["2", "BHK", "price?", ","]
    assert heard.gave_phone


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "looking for 3 bhk under 1.5 cr for self use within 6 months",
            {
                "configuration": "3 BHK",
                "budget": "up to 1.5 crore",
                "timeline": "within 6 months",
                "purpose": "to live in",
            },
        ),
        ("2 BHK or 3 BHK?", {"configuration": "2 BHK or 3 BHK"}),
        ("3 bhk nahi, 2 bhk chahiye", {"configuration": "2 BHK"}),
        ("not a 4 BHK", {}),
        ("do bedroom chahiye", {"configuration": "2 BHK"}),
        ("I want a plot", {"configuration": "plot"}),
        ("3 bhk villa price", {"configuration": "3 BHK villa"}),
        ("मुझे 3 बीएचके चाहिए", {"configuration": "3 BHK"}),
        ("80 se 90 lakh ka budget hai", {"budget": "80 to 90 lakh"}),
        ("my budget is AED 1.2 million", {"budget": "AED 1.2 million"}),
        ("around £450,000", {"budget": "around £450,000"}),
        ("एक करोड़ तक", {"budget": "up to 1 crore"}),
        ("can I get a loan of up to 50 lakh", {}),
        ("84 lakh is too high", {}),
        ("the metro is within 2 km?", {}),
        ("6 mahine mein lena hai", {"timeline": "within 6 months"}),
        ("need it immediately", {"timeline": "immediately"}),
        ("turant chahiye", {"timeline": "immediately"}),
        ("will it be ready within 6 months?", {}),
        ("investment ke liye", {"purpose": "to invest"}),
        ("for my parents", {"purpose": "to live in"}),
        ("Is it good for investment?", {}),
        ("रहने के लिए", {"purpose": "to live in"}),
    ],
)
def test_wishes_are_heard_and_none_guessed(text: str, found: dict[str, str]) -> None:
    assert wants(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("I want to visit on Saturday at 11", {"visit_at": "2026-11-28T05:30:00.000Z"}),
        ("kal shaam 5 baje site visit", {"visit_at": "2026-11-26T11:30:00.000Z"}),
        ("28 November 4 pm visit", {"visit_at": "2026-11-28T10:30:00.000Z"}),
        ("परसों सुबह 11 बजे देखने आना है", {"visit_at": "2026-11-27T05:30:00.000Z"}),
        ("can I come this sunday 11:30 am", {"visit_at": "2026-11-29T06:00:00.000Z"}),
        ("can I visit today at 9 am", {}),
        ("can I visit on Saturday", {}),
        ("visit on 31 February at 5 pm", {}),
        ("call me tomorrow after 6 pm", {"call_at": "tomorrow after 6 pm"}),
        ("call between 11 and 1 pm", {"call_at": "between 11 am and 1 pm"}),
        ("call me in the evening", {"call_at": "in the evening"}),
        ("kal subah call karo", {"call_at": "tomorrow morning"}),
        ("Saturday at 5?", {}),
    ],
)
def test_times_are_read_as_people_say_them(text: str, found: dict[str, str]) -> None:
    assert wants(text) == found


def test_the_talk_adds_up_and_the_last_word_counts() -> None:
    said = wants(
        "Can I visit?", "Saturday at 11", "budget 80 lakh", "make that a budget of 90 lakh"
    )
    assert said == {"visit_at": "2026-11-28T05:30:00.000Z", "budget": "90 lakh"}


def test_a_visit_outside_the_hours_is_left_to_the_slots() -> None:
    hours = Opening(days=(Weekday.SATURDAY,), opens="10:00", closes="13:00")
    schedule = Schedule(visits=(hours,), holidays=(date(2026, 12, 5),))
    project = make_project().model_copy(update={"schedule": schedule})
    assert "visit_at" in wants("visit on Saturday at 11", project=project)
    assert "visit_at" not in wants("visit on Saturday at 5", project=project)


def test_a_model_fills_gaps_and_replaces_nothing() -> None:
    rules = Talk(name="Asha", qualification=Qualification(budget="up to 1 crore"))
    model = Talk(
        name="Anita", email="a@b.example", qualification=Qualification(budget="2", purpose="live")
    )
    assert complete(rules, model) == Talk(
        name="Asha",
        email="a@b.example",
        qualification=Qualification(budget="up to 1 crore", purpose="live"),
    )
    assert complete(None, model) == model
    assert complete(rules, None) == rules


@pytest.mark.parametrize(
    ("text", "rest", "gave_email", "stated"),
    [
        ("I'm Meera", "", False, False),
        ("my email is asha@example.com", "", True, False),
        ("we want to move in within 3 months", "we want to move in within 3 months", False, True),
        ("is there a lift", "is there a lift", False, False),
    ],
)
def test_a_message_is_told_apart_by_what_it_holds(
    text: str, rest: str, gave_email: bool, stated: bool
) -> None:
    heard = listen(make_project(), [Line(text, NOW)], NOW)
    assert (heard.rest, heard.gave_email, heard.stated) == (rest, gave_email, stated)
