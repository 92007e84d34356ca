"""Facts under any name, which of them is meant, and what is not said."""

from datetime import date

import pytest

from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.facts import know
from frontdesk.chat.retrieval.index import MAX_PASSAGES, PASSAGE_CHARS, split_pages
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.projects.model import Answer, Fact, Knowledge, PageText
from tests.chat.evaluation.run import TODAY
from tests.support.clock import START
from tests.support.samples import make_project

TOWER = (
    Fact(key="price_3bhk", value="₹6.8 crore onwards"),
    Fact(key="price_4bhk", value="₹9.25 crore"),
    Fact(key="carpet_area_3bhk", value="1,385 sq ft"),
    Fact(key="carpet_area_4bhk", value="1,910 sq ft"),
    Fact(key="clubhouse", value="spa, squash court"),
    Fact(key="nearest_metro", value="650 m from Worli metro"),
    Fact(key="map_url", value="https://maps.example/tower"),
)


def ask(
    text: str,
    *history: str,
    facts: tuple[Fact, ...] = TOWER,
    answers: tuple[Answer, ...] = (),
    pages: tuple[PageText, ...] = (),
) -> KnowledgeReply:
    knowledge = Knowledge(facts=facts, answers=answers, pages=pages, updated_at=START)
    return KnowledgeDesk().reply(make_project(), knowledge, text, history=history, today=TODAY)


@pytest.mark.parametrize(
    ("key", "known"),
    [
        ("price_3bhk", ("price", "3 BHK")),
        ("cost_from_2_bed", ("price", "2 bed")),
        ("price_1_5bhk", ("price", "1.5 BHK")),
        ("starting_price", ("price", "")),
        ("price_per_sqft", ("area_price", "")),
        ("carpet_area_penthouse", ("carpet_area", "Penthouse")),
        ("maharera_number", ("rera", "")),
        ("gujrera_reg", ("rera", "")),
        ("handover_date", ("possession", "")),
        ("cam_charges", ("maintenance", "")),
        ("nearest_school", ("connectivity", "")),
        ("units_left", ("availability", "")),
        ("office_hours", ("office_hours", "")),
        ("something_else", ("something_else", "")),
    ],
)
def test_a_fact_is_known_by_whatever_key(key: str, known: tuple[str, str]) -> None:
    fact = know(Fact(key=key, value="x")).fact
    assert (fact.key, fact.subject) == known


def test_a_subject_of_its_own_stands() -> None:
    fact = Fact(key="price_3bhk", subject="3 BHK Grand", value="₹7 crore")
    assert know(fact).fact.subject == "3 BHK Grand"
    assert know(fact).own == fact


def test_a_starting_price_says_so() -> None:
    assert know(Fact(key="starting_price", value="₹40 lakh.")).fact.value == "₹40 lakh onwards"


@pytest.mark.parametrize(
    ("text", "said", "unsaid"),
    [
        ("which is the cheapest?", "6.8 crore", "9.25"),
        ("the most expensive home?", "9.25 crore", "6.8"),
        ("which is the biggest home", "1,910", "1,385"),
        ("anything under 7 crore?", "6.8 crore", "9.25"),
        ("anything under 3 crore?", "nothing listed within that budget", "9.25"),
        ("compare 3 and 4 bhk sizes", "1,910", "crore"),
        ("is there a spa?", "spa", "metro"),
        ("how far is the metro?", "650 m", "spa"),
        ("how much is a 2 BHK?", "no 2 BHK", "1,385"),
    ],
)
def test_the_fact_that_was_asked_for_is_told(text: str, said: str, unsaid: str) -> None:
    reply = ask(text)
    assert reply.source is ReplySource.KNOWLEDGE
    assert said in reply.text
    assert unsaid not in reply.text


def test_a_long_list_is_one_sentence() -> None:
    prices = tuple(
        Fact(key="price", subject=f"{count} BHK", value=f"₹{count}0 lakh", as_of=TODAY)
        for count in range(1, 6)
    )
    reply = ask("what are the prices?", facts=prices)
    assert reply.text == (
        "Prices: 1 BHK ₹10 lakh, 2 BHK ₹20 lakh, 3 BHK ₹30 lakh, 4 BHK ₹40 lakh, 5 BHK ₹50 lakh"
        " (as of 23 November)."
    )
    assert ask("2 bhk price?", facts=prices).text == "2 BHK homes are ₹20 lakh (as of 23 November)."


def test_a_number_alone_goes_on_with_bedrooms() -> None:
    assert "9.25" in ask("and 4?", "what does a 3 bhk cost").text


@pytest.mark.parametrize(
    "text",
    [
        "is there a swimming pool?",
        "how far is the airport?",
        "is there an ev charger?",
        "what is the price of gold?",
        "how big is the moon?",
        "when is possession?",
    ],
)
def test_what_no_fact_speaks_of_is_declined(text: str) -> None:
    assert ask(text).source is not ReplySource.KNOWLEDGE or "only help" in ask(text).text


def test_what_is_not_listed_is_told_with_what_is() -> None:
    reply = ask("is there a swimming pool?")
    assert reply.text.startswith("I don't see that among what is listed: spa, squash court.")
    assert reply.source is ReplySource.OFFER


def test_an_address_is_in_no_sentence() -> None:
    for text in ("map url", "show me the map", "where is it?"):
        assert "https" not in ask(text).text


def test_a_page_is_quoted_where_nothing_else_knows() -> None:
    page = PageText(
        title="About the gardens",
        text="The banyan at the gate is 140 years old. Its roots are protected by the city.",
    )
    reply = ask("how old is the banyan at the gate", pages=(page,))
    assert reply.text.startswith('From our page "About the gardens": The banyan at the gate is 140')
    answer = Answer(question="How old is the banyan at the gate?", answer="About 150 years.")
    assert "150" in ask("how old is the banyan at the gate", pages=(page,), answers=(answer,)).text


def test_pages_are_cut_at_sentences_and_not_without_end() -> None:
    pages = (PageText(title="A", text="One sentence here. " * 1000, as_of=date(2026, 1, 1)),) * 20
    passages = split_pages(pages)
    assert len(passages) == MAX_PASSAGES
    assert all(len(passage.text) <= PASSAGE_CHARS for passage in passages)
    assert all(passage.text.endswith(".") for passage in passages)
