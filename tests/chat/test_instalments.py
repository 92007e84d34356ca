"""The monthly instalment of a loan: worked out where all is said, asked for where it is not."""

import pytest

from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.instalments import Instalment, read_instalment, write_amount
from frontdesk.chat.retrieval.replying import KnowledgeReply
from tests.chat.evaluation.run import TODAY, load_projects

DESK = KnowledgeDesk()


def ask(text: str, *history: str, project_id: str = "saffron-heights") -> KnowledgeReply:
    project, knowledge = load_projects()[project_id]
    return DESK.reply(project, knowledge, text, history=history, today=TODAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "emi for 80 lakh at 8.5 percent 20 years?",
            (
                "A loan of ₹80 lakh at 8.5% over 20 years comes to about ₹69,426 a month. "
                "That is an estimate; the bank's figure counts."
            ),
        ),
        ("emi kitni hogi 50 lakh 9% 15 saal", "₹50,713"),
        ("50 लाख की ईएमआई 20 साल 8.5% पर", "₹43,391"),
        ("emi for 1.12 crore 240 months 9 pc", "₹1,00,769"),
    ],
)
def test_an_instalment_is_worked_out_where_all_is_said(text: str, expected: str) -> None:
    reply = ask(text)
    assert expected in reply.text
    assert reply.source is ReplySource.KNOWLEDGE
    assert not reply.wants_model, "a model could only do worse than arithmetic"


def test_the_currency_is_the_projects_where_the_visitor_names_none() -> None:
    assert (
        "AED 10,557"
        in ask("monthly payment on 2 million at 4% over 25 years", project_id="verano-villas").text
    )
    assert (
        "£1,086"
        in ask("monthly mortgage on £200,000 at 5.1% 30 years", project_id="tanners-wharf").text
    )


@pytest.mark.parametrize(
    ("text", "missing", "not_asked"),
    [
        ("emi for 40 lakh", "the interest rate and the number of years", "loan amount"),
        ("emi at 9% for 40 lakh", "the number of years", "interest rate"),
        ("what is the emi", "the loan amount, the interest rate and the number of", "lakh"),
        ("emi 40 lakh ke loan pe kitni hogi", "interest rate aur kitne saal", "rakam"),
    ],
)
def test_what_is_missing_is_asked_for(text: str, missing: str, not_asked: str) -> None:
    reply = ask(text).text
    assert missing in reply
    assert not_asked not in reply.split("need")[-1]


def test_a_homes_price_is_what_it_is_of_and_the_talk_goes_on() -> None:
    first = ask("emi for 3bhk").text
    assert "₹1.12 crore" in first
    assert "the interest rate and the number of years" in first
    assert "₹97,196" in ask("8.5% 20 years", "emi for 3bhk").text
    assert "₹47,910" in ask("8.4 % for 25 years", "what is the emi", "60 lakh").text


@pytest.mark.parametrize(
    "text",
    ["can i pay in emi", "I have 80 lakh", "20 years", "price of 3 bhk", "is emi facility there"],
)
def test_what_is_no_question_about_a_loan_is_left_alone(text: str) -> None:
    assert read_instalment(text, ()) is None
    assert read_instalment(text, ("2 bhk price",)) is None


@pytest.mark.parametrize(
    "text",
    [
        "can I visit on Friday at 4",
        "call me @ 5",
        "my number is 9876543210",
        "+91 98765 43210",
        "saturday at 11 works",
    ],
)
def test_a_visit_or_a_number_after_a_loan_is_no_loan(text: str) -> None:
    assert read_instalment(text, ("emi for 80 lakh at 8.5 percent 20 years?",)) is None
    assert "A loan of" not in ask(text, "emi for 80 lakh at 8.5 percent 20 years?").text


def test_the_projects_own_word_on_instalments_comes_first() -> None:
    assert "13,000" in ask("what would be my emi", project_id="jan-awas").text


def test_an_instalment_without_its_parts_is_an_error() -> None:
    with pytest.raises(ValueError, match="amount, rate and time"):
        Instalment(amount=5_000_000, rate=9).a_month()


@pytest.mark.parametrize(
    ("amount", "currency", "written"),
    [
        (8_000_000, "₹", "₹80 lakh"),
        (11_200_000, "₹", "₹1.12 crore"),
        (69_426, "₹", "₹69,426"),
        (1_234_567, "₹", "₹12,34,567"),
        (999, "₹", "₹999"),
        (1_420_000, "AED ", "AED 1,420,000"),
    ],
)
def test_amounts_are_written_as_people_write_them(
    amount: float, currency: str, written: str
) -> None:
    assert write_amount(amount, currency) == written
