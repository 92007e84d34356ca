"""What is told fits what was asked: the part, the kind, and every word that matters."""

from datetime import date

import pytest

from frontdesk.chat.model import Author, Conversation, Message, ReplySource
from frontdesk.chat.retrieval.answering import KnowledgeDesk
from frontdesk.chat.retrieval.kinds import is_of_kind
from frontdesk.chat.retrieval.matching import load_matcher
from frontdesk.chat.retrieval.parts import Subjects
from frontdesk.chat.retrieval.reading import read_message
from frontdesk.chat.understanding import understand
from frontdesk.projects.model import Answer, Fact, Knowledge, Project
from tests.support.clock import START

TODAY = date(2026, 11, 23)
PROJECT = Project(id="amber-court", name="Amber Court", created_at=START, updated_at=START)
FACTS = (
    Fact(key="configuration", value="2 and 3 BHK"),
    Fact(key="price", subject="2 BHK", value="₹61 lakh onwards"),
    Fact(key="carpet_area", subject="2 BHK", value="702 sq ft"),
    Fact(key="carpet_area", subject="3 BHK", value="1,010 sq ft"),
    Fact(key="possession", subject="Phase 1", value="March 2028"),
    Fact(key="status", value="brickwork up to floor 9"),
    Fact(key="payment_plan", value="20% on booking, 70% during construction, 10% on possession"),
    Fact(key="floors", value="3 towers of 14 floors"),
    Fact(key="amenities", value="swimming pool, gym, clubhouse"),
    Fact(key="school", value="Little Acorn School, 2.1 km"),
    Fact(key="rent", subject="2 BHK", value="₹24,000 a month"),
)
ANSWERS = (
    Answer(question="What is included in the rent?", answer="Water and parking are included."),
    Answer(question="Can I visit?", answer="The show flat is open from 11 am to 6 pm."),
    Answer(
        question="Do you arrange a cab for visitors?",
        answer="Yes, from the metro station on Sundays.",
    ),
)
DESK = KnowledgeDesk()


def ask(text: str) -> tuple[ReplySource, str]:
    knowledge = Knowledge(facts=FACTS, answers=ANSWERS, updated_at=START)
    reply = DESK.reply(PROJECT, knowledge, text, today=TODAY)
    return reply.source, reply.text


@pytest.mark.parametrize(
    ("text", "not_told"),
    [
        ("3 bhk price", "61 lakh"),
        ("price of 3 bhk", "1,010"),
        ("when is phase 2 possession", "2028"),
        ("what was the price at launch", "61 lakh"),
        ("price in the neighbouring project", "61 lakh"),
        ("is registration included in the price", "61 lakh"),
        ("what are the school fees", "2.1 km"),
        ("how many flats on each floor", "14 floors"),
        ("is the pool heated", "listed"),
        ("iphone 17 price", "61 lakh"),
        ("rera number", "2028"),
        ("do higher floors cost more", "14"),
        ("penthouse price", "61 lakh"),
    ],
)
def test_what_does_not_fit_is_not_told(text: str, not_told: str) -> None:
    source, reply = ask(text)
    assert source is ReplySource.OFFER
    assert not_told not in reply


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2 bhk price", "61 lakh"),
        ("when is phase 1 ready", "March 2028"),
        ("how many towers", "3 towers"),
        ("is there a pool", "swimming pool"),
        ("rent for 2 bhk", "24,000"),
        # An answer's own question outweighs the facts of its topic.
        ("what is included in the rent", "Water and parking"),
        # A share of the price is the payment plan's, whatever it is due on.
        ("how much on possession", "10% on possession"),
        ("what percent during construction", "70%"),
        ("kitna dena hai possession par", "10% on possession"),
        # What the project says of a visit is told with the form.
        ("I want to visit tomorrow", "11 am to 6 pm"),
        ("site dekhne ke liye gaadi bhejoge kya", "metro station"),
    ],
)
def test_what_fits_is_told(text: str, told: str) -> None:
    source, reply = ask(text)
    assert source is ReplySource.KNOWLEDGE
    assert told in reply


def test_words_are_weighed_by_how_much_they_say() -> None:
    weigh = load_matcher().embedding.weigh
    for light, heavy in (("the", "floor"), ("actually", "launch"), ("please", "soil")):
        assert weigh(light) < 12 < weigh(heavy)
    assert load_matcher().embedding.is_near("ladies", {"women"})
    assert not load_matcher().embedding.is_near("launch", {"price"})


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("टोकन कितना देना है", "token how much pay"),
        ("एसबीआई लोन", "sbi loan"),
        ("फेज 2 कब तैयार होगा", "phase 2 when ready"),
        ("जॉगिंग ट्रैक", "jogging track"),
        ("यह जगह कहाँ पड़ती है", "location where located"),
    ],
)
def test_devanagari_that_nobody_listed_is_found_by_its_sound(written: str, english: str) -> None:
    assert " ".join(load_matcher().lexicon.gloss(written)) == english


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("I'm Meera", "Thank you, Meera. What would you like to know?"),
        ("my email is asha@example.com", "Shall the team write to you there?"),
        ("need it within 3 months", "Noted, thank you."),
        ("call me on 98765 43210", "Shall the team call you on that number?"),
    ],
)
async def test_who_says_something_of_themselves_is_not_told_that_it_is_not_known(
    text: str, said: str
) -> None:
    knowledge = Knowledge(facts=FACTS, answers=ANSWERS, updated_at=START)
    conversation = Conversation(id="c", project_id=PROJECT.id, page_url="", started_at=START)
    message = Message(
        id="m", conversation_id="c", project_id=PROJECT.id, author=Author.VISITOR, text=text,
        at=START,
    )  # fmt: skip
    understood = await understand(DESK, PROJECT, knowledge, conversation, [message], START)
    known = understood.asked.known
    assert said in known.text
    assert known.source is ReplySource.KNOWLEDGE
    assert "Leave your name" not in known.text


@pytest.mark.parametrize(
    ("question", "fitting", "unfitting"),
    [
        ("what is the price", "₹84 lakh onwards", "742 sq ft carpet"),
        ("what is the carpet area", "742 sq ft", "₹84 lakh"),
        ("possession date", "March 2028", "structure complete up to floor 9"),
        ("when is the clubhouse open", "daily from 6 am", "clubhouse of 15,000 sq ft"),
        ("how many towers", "3 towers", "14 floors"),
        ("price per sq ft", "₹5,500 per sq ft", "₹84 lakh"),
        ("can foreigners buy", "freehold for all nationalities", "freehold"),
    ],
)
def test_each_kind_of_question_wants_its_kind_of_answer(
    question: str, fitting: str, unfitting: str
) -> None:
    (read,) = read_message(load_matcher(), Subjects({}, frozenset()), question, ())
    assert is_of_kind(read, fitting)
    assert not is_of_kind(read, unfitting)
