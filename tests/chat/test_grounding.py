"""What a model says against what the project says."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.chat.figures import _JOINED, _NUMBER, find_figures
from frontdesk.chat.grounding import (
    MAX_CALL_CHARS,
    Ground,
    Objection,
    _has_link,
    build_ground,
    clean,
    object_to,
)
from tests.chat.evaluation.run import load_projects

VISITOR = "I have 80 lakh. Is Kharadi far?"


@pytest.fixture(scope="module")
def ground() -> Ground:
    return build_ground(*load_projects()["saffron-heights"])


@pytest.mark.parametrize(
    "sentence",
    [
        "2 BHK homes start at ₹84 lakh (price list of 1 November).",
        "2 BHK homes start at Rs. 84,00,000.",
        "A 3 BHK is 1.12 Cr onwards.",
        "A 3 BHK is ₹1,12,00,000 onwards.",
        "A three BHK is 1.12 crores.",
        "Prices range from ₹84 lakh to ₹1.12 crore.",
        "2 BHK homes are ₹84 lakh and 3 BHK homes ₹1.12 crore.",
        "It is ₹84 lakh for the 2 BHK and ₹1.12 crore for the 3 BHK.",
        "Possession is in Dec 2027.",
        "The figure is from 15 September 2026.",
        "2 बीएचके ₹84 लाख से शुरू है, पज़ेशन दिसंबर 2027।",
        "२ बीएचके ८४ लाख से शुरू है।",
        "2 BHK 84 lakh se shuru hai.",
        "The carpet area is 742 sq. ft. for a 2 BHK.",
        "There are 3 towers with 22 floors and 396 flats.",
        "You pay 10% on booking and 80% during construction.",
        "The RERA number is P52100099001.",
        "Call the team on +91 98765 00011.",
        "Balewadi metro is 1.8 km away.",
        "The pool is 25 metres long.",
        "With your budget of 80 lakh, a 2 BHK is close.",
        "I have nothing confirmed on Kharadi.",
        "HDFC Bank and SBI have approved the project.",
        "The team will call you. Shall they?",
        "Yes, pets are welcome.",
        "Prices start at ₹84 lakh for a 2 BHK and ₹1.12 crore for a 3 BHK, as of 1 November.",
        "A 2 BHK starts at Rs 84,00,000/- as per the price list of 1 November 2026.",
        "2 BHK homes start from eighty-four lakh.",
        "2 बीएचके चौरासी लाख से शुरू है।",
        "3 BHK 1 crore 12 lakh se shuru hai.",
        "3 BHK ek crore barah lakh se shuru hai.",
        "The 2 BHK has a carpet area of 742 sq.ft.",
        "Possession is expected in December, 2027, as MahaRERA shows.",
        "It is 1,800 metres from Balewadi metro and 17 km from Pune airport.",
        "Balewadi metro is 1.8 km away, Pune airport 17 km, and Orchid school 900 m.",
        "Maintenance is ₹4.50 per sq ft a month.",
        "You pay 10% on booking, 80% as construction goes on and 10% on possession.",
        "There is one covered space with every home.",
        "The office is open from 10 am to 7 pm every day.",
        "There are 396 homes in three towers of 22 floors each.",
        "The structure is complete up to floor 14.",
        "You can resell any time after registration; there is no lock-in.",
        "NRIs can buy with an NRE or NRO account.",
        "I do not have that; the sales team will tell you.",
        "I'm the automated desk here, and I can help with this project only.",
        "Shall we call you about it?",
        "You said 80 lakh: a 2 BHK is the one nearest to it.",
        "Both 2 BHK and 3 BHK homes are available.",
        "It has a 25 m pool, a gym, a clubhouse and a badminton court.",
        "हाँ, पालतू जानवर रख सकते हैं।",
        "मेट्रो 1.8 किमी दूर है।",
        "RERA number P52100099001 hai.",
        "You can visit any day between 10 am and 7 pm.",
        "The project is by Kestrel Realty.",
    ],
)
def test_what_the_project_says_may_be_said(ground: Ground, sentence: str) -> None:
    assert object_to(ground, sentence, VISITOR) is None, find_figures(sentence)


@pytest.mark.parametrize(
    ("sentence", "objection"),
    [
        ("2 BHK homes start at ₹79 lakh.", Objection.FIGURE),
        ("2 BHK homes start at ₹84 crore.", Objection.FIGURE),
        ("2 BHK homes start at seventy-nine lakh.", Objection.FIGURE),
        ("2 बीएचके ७९ लाख से शुरू है।", Objection.FIGURE),
        ("2 BHK unasi nahi, pachas lakh ka hai.", Objection.FIGURE),
        ("3 BHK homes start at ₹84 lakh.", Objection.FIGURE),
        ("2 BHK homes are ₹1.12 crore and 3 BHK homes ₹84 lakh.", Objection.FIGURE),
        ("A 4 BHK is ₹1.12 crore.", Objection.FIGURE),
        ("A 2 BHK costs 80 lakh.", Objection.FIGURE),
        ("The 2 BHK has 742 sq m.", Objection.FIGURE),
        ("The 2 BHK has 1,058 sq ft.", Objection.FIGURE),
        ("Possession is in December 2026.", Objection.FIGURE),
        ("Possession is in March 2027.", Objection.FIGURE),
        ("It will be ready in 2028.", Objection.FIGURE),
        ("The airport is 18 km away.", Objection.FIGURE),
        ("It is fifteen minutes from the station.", Objection.FIGURE),
        ("There are 22 towers.", Objection.FIGURE),
        ("Possession is on 1 November.", Objection.FIGURE),
        ("The launch was in December 2027.", Objection.FIGURE),
        ("GST is 10%.", Objection.FIGURE),
        ("The RERA number is 22.", Objection.FIGURE),
        ("The 3 BHK is a 2-bedroom apartment.", Objection.FIGURE),
        ("The 2 BHK has 2 bathrooms.", Objection.FIGURE),
        ("I have 80 lakh.", Objection.FIGURE),
        ("The visitor's last message is this:", Objection.WORKINGS),
        ("The airport is 1.8 km away.", Objection.FIGURE),
        ("The airport is 1.8 km and the metro 17 km away.", Objection.FIGURE),
        ("Booking amount is ₹84 lakh.", Objection.FIGURE),
        ("Yes, you get it for 80 lakh.", Objection.FIGURE),
        ("You get a 5% discount.", Objection.FIGURE),
        ("The RERA number is P52100099002.", Objection.FIGURE),
        ("Call 98765 00012.", Objection.FIGURE),
        ("Coral Bay is a better choice.", Objection.NAME),
        ("It is close to Phoenix Mall.", Objection.NAME),
        ("The builder also made Lagoon Villas in Goa.", Objection.NAME),
        ("See https://evil.example/offer for more.", Objection.LINK),
        ("See evil.example for more.", Objection.LINK),
        ("Write to sales@evil.example now.", Objection.LINK),
        ("Go to www.evil.example today.", Objection.LINK),
        ("Open javascript:alert(1) please.", Objection.LINK),
        ("See <a href='x'>this</a>.", Objection.MARKUP),
        ("<img src=x onerror=alert(1)>", Objection.MARKUP),
        ("![plan](plan)", Objection.MARKUP),
        ("[the offer](offer)", Objection.MARKUP),
        ("&lt;script&gt;", Objection.MARKUP),
        ("```print```", Objection.MARKUP),
    ],
)
def test_what_it_does_not_say_may_not(ground: Ground, sentence: str, objection: Objection) -> None:
    assert object_to(ground, sentence, VISITOR) is objection


def test_a_call_of_a_program_is_looked_through_so_far_and_no_further(ground: Ground) -> None:
    """Each `x(` starts a look for its end: without a bound thousands of them take the square."""
    assert object_to(ground, f"run({'y' * MAX_CALL_CHARS});", "") is Objection.MARKUP
    assert object_to(ground, f"run({'y' * (MAX_CALL_CHARS + 1)});", "") is not Objection.MARKUP


def test_a_link_that_the_project_gave_may_be_said() -> None:
    project, knowledge = load_projects()["saffron-heights"]
    fact = knowledge.facts[0].model_copy(
        update={"key": "brochure", "subject": "", "value": "saffron.example/brochure.pdf"}
    )
    ground = build_ground(project, knowledge.model_copy(update={"facts": (fact,)}))
    assert object_to(ground, "It is at saffron.example/brochure.pdf.", "") is None
    assert object_to(ground, "It is at saffron.example/other.pdf.", "") is Objection.LINK


def test_an_address_hidden_by_invisible_characters_is_still_one(ground: Ground) -> None:
    assert object_to(ground, clean("See ev\u200bil.exa\u200dmple now."), "") is Objection.LINK


def test_the_visitors_own_question_is_no_answer(ground: Ground) -> None:
    asked = "hello\n2 बीएचके की कीमत क्या है?"
    assert object_to(ground, "2 बीएचके की कीमत क्या है?", asked) is Objection.GARBLED


def test_emphasis_and_bullets_come_out_as_plain_text() -> None:
    assert clean("**2 BHK**: _742_ sq ft") == "2 BHK: 742 sq ft"
    assert clean("- one\n- two") == "one two"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1.12 crore", "₹1,12,00,000"),
        ("84 lakh", "₹84,00,000"),
        ("84 lakh", "Rs 84 lacs"),
        ("84 लाख", "₹84 lakh"),
        ("eighty-four lakh", "84 lakh"),
        ("AED 1,250,000", "AED 1.25 million"),
        ("1.8 km", "1,800 metres"),
        ("2 years", "24 months"),
        ("Dec 2027", "December, 2027"),
        ("2027-12-31", "31 December 2027"),
        ("2027-12-31", "31/12/2027"),
        ("+91 98765 00011", "98765-00011"),
        ("P-521/0001", "P5210001"),
    ],
)
def test_one_figure_has_many_spellings(one: str, other: str) -> None:
    assert {(f.kind, f.value) for f in find_figures(one)} == {
        (f.kind, f.value) for f in find_figures(other)
    }
    assert find_figures(one)


@given(st.integers(min_value=1, max_value=9999), st.sampled_from(["lakh", "crore"]))
def test_no_other_price_of_any_size_is_let_through(number: int, scale: str) -> None:
    ground = build_ground(*load_projects()["saffron-heights"])
    sentence = f"Homes here cost ₹{number / 100:g} {scale}."
    rupees = number * (10**5 if scale == "crore" else 10**3)
    known = rupees in {84 * 10**5, 112 * 10**5}
    assert (object_to(ground, sentence, "") is None) == known


@pytest.mark.parametrize("pattern", [_NUMBER, _JOINED])
def test_a_run_of_spaces_and_dashes_is_tried_once(pattern: re.Pattern[str]) -> None:
    """Two such runs side by side, given back one by one, took a second of CPU for one reply."""
    runs = re.findall(r"(?:\\s|\[\\s-\])[*+]+", pattern.pattern)
    assert runs
    assert all(run.endswith("*+") for run in runs)


def test_figures_far_apart_are_read_as_ever() -> None:
    gap = "\n\t" * 20_000
    assert [
        (f.kind, f.value) for f in find_figures(f"₹{gap}84{gap}lakh,{gap}742{gap}sq ft{gap}x")
    ] == [(f.kind, f.value) for f in find_figures("₹ 84 lakh, 742 sq ft x")]


@pytest.mark.parametrize("run", ["-", "a-", "a.", "a", "a ", "[", "\n", "1.", "@a", "a@"])
def test_a_long_run_is_looked_through_once(ground: Ground, run: str) -> None:
    """Begun anew at each of its characters, a run of this length took minutes."""
    text = run * 20_000
    assert _has_link(ground, text) == (run in {"1.", "@a", "a@"})
    assert len(clean(text)) <= len(text)


@pytest.mark.parametrize(
    "sentence",
    [
        "Write to jo.doe@elsewhere.example please.",
        "It is on --elsewhere.example now.",
        "See elsewhere-homes dot com for it.",
        "See @elsewhere.in for it.",
        "Look at (elsewhere [dot] com).",
        "Look at elsewhere . com for it.",
        "Ask on a.b.elsewhere.example/x today.",
    ],
)
def test_a_link_is_found_in_each_of_its_forms(ground: Ground, sentence: str) -> None:
    assert _has_link(ground, sentence)


@given(st.text(max_size=200))
def test_no_text_breaks_the_check(text: str) -> None:
    find_figures(text)
    clean(text)
