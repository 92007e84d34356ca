"""Answers without a model: languages, several questions, context, honesty about age and gaps."""

from datetime import date

import pytest

from frontdesk.chat.knowledge import usable
from frontdesk.chat.model import ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.facts import know
from frontdesk.chat.retrieval.language import Language, load_lexicon
from frontdesk.chat.retrieval.phrases import say, suggest, tell
from frontdesk.chat.retrieval.replying import KnowledgeReply
from frontdesk.leads.model import Interest
from frontdesk.projects.model import Answer, Fact, FactState, Knowledge
from tests.chat.evaluation.run import TODAY, counts, evaluate, load_cases, load_projects
from tests.support.clock import START

DESK = KnowledgeDesk()


def ask(
    text: str, *history: str, project_id: str = "saffron-heights", language: str | None = None
) -> KnowledgeReply:
    project, knowledge = load_projects()[project_id]
    return DESK.reply(project, knowledge, text, history=history, today=TODAY, language=language)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("What does a 2 BHK cost?", "2 BHK homes start at ₹84 lakh (price list of 1 November)."),
        ("2 bhk kitne ka hai", "2 BHK ₹84 lakh se shuru hai (1 November ki price list)."),
        ("2 बीएचके की कीमत?", "2 BHK की कीमत ₹84 लाख से शुरू है (1 नवंबर की प्राइस लिस्ट)।"),
        (
            "What are the prices?",
            (
                "2 BHK homes start at ₹84 lakh. "
                "3 BHK homes start at ₹1.12 crore (price list of 1 November)."
            ),
        ),
    ],
)
def test_a_price_comes_with_its_age_in_the_visitors_language(text: str, expected: str) -> None:
    reply = ask(text)
    assert reply.text == expected
    assert reply.form is Interest.PRICE


def test_a_figure_of_another_year_says_so() -> None:
    fact = Fact(key="price", value="₹84 lakh", source="Price list", as_of=date(2025, 3, 2))
    assert tell(Language.ENGLISH, "X", [know(fact)], TODAY) == [
        "The price is ₹84 lakh (price list of 2 March 2025)."
    ]


def test_several_questions_get_several_answers() -> None:
    text = ask("What is the price of a 3 BHK, when is possession and are pets allowed?").text
    for expected in ("1.12 crore", "December 2027", "dog park"):
        assert expected in text


def test_the_talk_gives_the_context() -> None:
    assert "1.12 crore" in ask("and 3 BHK?", "What does a 2 BHK cost?").text
    assert "1,058" in ask("and 3 BHK?", "How big is the 2 BHK?").text
    size = ask("and the carpet area?", "What does a 2 BHK cost?").text
    assert "742" in size
    assert "1,058" not in size


def test_a_quick_reply_asks_about_the_whole_project() -> None:
    assert "84 lakh" in ask("Prices", "How big is the 3 BHK?").text


@pytest.mark.parametrize("language", list(Language))
def test_every_quick_reply_leads_somewhere(language: Language) -> None:
    topics = ("price", "size", "possession", "location", "amenities", "payment_plan", "visit")
    for topic in topics:
        (label,) = suggest(language, [topic])
        assert topic in ask(label, language=language).topics, label


def test_what_is_not_sold_is_said() -> None:
    reply = ask("How much is a 4 BHK?")
    assert reply.text.startswith("I have no 4 BHK in Saffron Heights's details. 2 BHK homes")


def test_what_nobody_knows_is_offered() -> None:
    reply = ask("Is there a helipad?")
    assert reply.source is ReplySource.OFFER
    assert reply.text == (
        "I don't have that confirmed. Shall the sales team tell you? "
        "They call back in office hours: 10 am to 7 pm, every day."
    )
    assert reply.form is Interest.OTHER


def test_off_topic_is_declined_in_one_friendly_line() -> None:
    reply = ask("Write me a poem about rain")
    assert reply.text == say(Language.ENGLISH, "off_topic", project="Saffron Heights")
    assert not reply.wants_model
    assert reply.form is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("I want to book a site visit", Interest.VISIT),
        ("please call me back", Interest.CALL),
        ("send me the brochure", Interest.BROCHURE),
        ("price?", Interest.PRICE),
        ("site visit karna hai", Interest.VISIT),
        ("मुझे फोन कीजिए", Interest.CALL),
        ("2 BHK price, and can I visit tomorrow?", Interest.VISIT),
        ("is there a gym?", None),
    ],
)
def test_asking_for_a_person_leads_to_the_form(text: str, form: Interest | None) -> None:
    assert ask(text).form is form


def test_it_never_pretends_to_be_a_person() -> None:
    assert "automated" in ask("Am I talking to a real person?").text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What does it cost?", Language.ENGLISH),
        ("price kya hai", Language.HINGLISH),
        ("कीमत क्या है", Language.HINDI),
        ("RERA", None),
        ("2 BHK?", None),
        ("", None),
    ],
)
def test_the_language_is_heard(text: str, language: Language | None) -> None:
    assert load_lexicon().detect(text) is language


def test_a_text_in_no_language_gets_that_of_the_talk_then_of_the_page() -> None:
    assert ask("RERA", "कीमत क्या है").language is Language.HINDI
    assert ask("RERA", language="hi-IN").language is Language.HINDI
    assert ask("RERA").language is Language.ENGLISH


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "...", "\u200b", "🏠🏠", "a" * 2000, "?!," * 600, "1 2 3", "<b>x</b>", "and"],
)
def test_no_text_breaks_it(text: str) -> None:
    assert ask(text).text


def test_a_project_without_knowledge_still_answers() -> None:
    project, _ = load_projects()["saffron-heights"]
    reply = KnowledgeDesk().reply(
        project, Knowledge(updated_at=START), "What does a 2 BHK cost?", today=TODAY
    )
    assert reply.source is ReplySource.OFFER
    assert reply.form is Interest.PRICE


def test_only_approved_facts_and_answers_that_still_hold_are_used() -> None:
    knowledge = Knowledge(
        facts=tuple(
            Fact(key="price", value=f"₹{number} lakh", state=state)
            for number, state in enumerate(FactState, 1)
        ),
        answers=(
            Answer(question="Old?", answer="Old.", valid_until=date(2026, 11, 22)),
            Answer(question="New?", answer="New.", valid_until=date(2026, 11, 23)),
        ),
        updated_at=START,
    )
    kept = usable(knowledge, date(2026, 11, 23))
    assert {fact.state for fact in kept.facts} == {FactState.APPROVED, FactState.OVERRIDDEN}
    assert [answer.answer for answer in kept.answers] == ["New."]


@pytest.mark.parametrize(
    "name", ["early_tuning", "visitors_held_back", "probes", "fresh_visitors", "unseen_visitors"]
)
def test_enough_questions_are_answered_rightly(name: str) -> None:
    """Floors a little under what docs/guide/answers.md reports: a change that costs shows."""
    found = counts(evaluate(load_cases(name)))
    share = {
        group: {verdict: n / table.total() for verdict, n in table.items()}
        for group, table in found.items()
    }
    assert share["all"]["right"] >= 0.85
    assert share["all"].get("wrong", 0) <= 0.05
    assert share["hi-Latn"]["right"] >= 0.85
    assert share["off topic"]["right"] >= 0.92


def test_projects_that_nothing_is_tuned_by_are_answered_no_worse() -> None:
    """Short of the goal, as docs/guide/answers.md says; the floors keep what there is."""
    found = counts(evaluate(load_cases("blind_held_back")))
    assert found["all"]["right"] / found["all"].total() >= 0.70
    assert found["all"]["wrong"] / found["all"].total() <= 0.09
    assert found["off topic"]["right"] / found["off topic"].total() >= 0.90


def test_an_answer_in_hindi_is_not_for_who_asks_in_english() -> None:
    project, knowledge = load_projects()["saffron-heights"]
    hindi = Answer(
        question="विला की कीमत कितनी है?", answer="2 बीएचके ₹84 लाख से शुरू है।", language="hi"
    )
    knowledge = knowledge.model_copy(update={"answers": (hindi,)})
    for text, expected in (
        ("What is the price of a villa?", "2 BHK homes start at ₹84 lakh."),
        ("villa ki kimat kitni hai?", "2 BHK ₹84 lakh se shuru hai"),
    ):
        assert expected in KnowledgeDesk().reply(project, knowledge, text, today=TODAY).text
