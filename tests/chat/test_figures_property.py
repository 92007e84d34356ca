"""Any figure, however it is written, passes where the project says it; any other is refused."""

from collections.abc import Callable
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from frontdesk.chat.grounding import Ground, Objection, build_ground, object_to
from frontdesk.clock import system_clock
from frontdesk.projects.model import Fact, Knowledge, Project

HINDI_DIGITS = str.maketrans("0123456789", "०१२३४५६७८९")
FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
ONES = [
    *["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
    *["eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"],
    "nineteen",
]
TENS = ["-", "-", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def ground_of(key: str, value: str, subject: str = "") -> Ground:
    at = system_clock()
    project = Project(id="any", name="Any Heights", created_at=at, updated_at=at)
    fact = Fact(key=key, value=value, subject=subject)
    return build_ground(project, Knowledge(facts=(fact,), updated_at=at))


def may_be_said(ground: Ground, sentence: str) -> bool:
    objection = object_to(ground, sentence, "")
    assert objection in (None, Objection.FIGURE), (sentence, objection)
    return objection is None


def indian(number: int) -> str:
    """12345678 as 1,23,45,678."""
    digits = str(number)
    head, tail = digits[:-3], digits[-3:]
    parts: list[str] = []
    while head:
        parts.insert(0, head[-2:])
        head = head[:-2]
    return ",".join([*parts, tail])


def words(number: int) -> str:
    if number < 20:
        return ONES[number]
    rest = f"-{ONES[number % 10]}" if number % 10 else ""
    return f"{TENS[number // 10]}{rest}"


def money_spellings(rupees: int) -> list[str]:
    lakh, crore = rupees / 10**5, rupees / 10**7
    spelled = [
        f"₹{indian(rupees)}",
        f"Rs. {indian(rupees)}/-",
        f"INR {rupees}",
        f"{rupees:,} rupees",
        f"₹{lakh:g} lakh",
        f"{lakh:g}L",
        f"{lakh:g} लाख".translate(HINDI_DIGITS),
        f"₹{lakh:g} lakhs".translate(FULL_WIDTH),
        f"{crore:.12g} crore",
        f"{crore:.12g}Cr",
        f"{rupees / 10**6:.12g} million rupees",
    ]
    whole_lakh, rest = divmod(rupees, 10**5)
    if not rest and whole_lakh < 100:
        spelled.append(f"{words(whole_lakh)} lakh")
    if not rest and whole_lakh > 100 and whole_lakh % 100:
        spelled.append(f"{whole_lakh // 100} crore {whole_lakh % 100} lakh")
    return spelled


RUPEES = st.integers(min_value=100, max_value=99_999).map(lambda n: n * 10_000)


@settings(max_examples=30, deadline=None)
@given(RUPEES, st.data())
def test_a_price_in_any_spelling_is_the_same_price(rupees: int, data: st.DataObject) -> None:
    spellings = money_spellings(rupees)
    ground = ground_of("price", data.draw(st.sampled_from(spellings)))
    for spelling in spellings:
        assert may_be_said(ground, f"Homes start at {spelling} here."), spelling


@settings(max_examples=30, deadline=None)
@given(RUPEES, RUPEES, st.data())
def test_another_price_in_no_spelling(rupees: int, other: int, data: st.DataObject) -> None:
    ground = ground_of("price", f"₹{indian(rupees)} onwards")
    for spelling in money_spellings(other):
        assert may_be_said(ground, f"Homes start at {spelling} here.") == (rupees == other)


Spell = Callable[[int], list[str]]
KINDS: dict[str, tuple[str, Spell]] = {
    "area": (
        "size",
        lambda n: [
            f"{n} sq ft",
            f"{n:,} sq. ft.",
            f"{indian(n)} square feet" if n > 999 else f"{n} sqft",
            f"{n} वर्ग फुट".translate(HINDI_DIGITS),
        ],
    ),
    "distance": (
        "distance",
        lambda n: [f"{n} m", f"{n} metres", f"{n / 1000:g} km", f"{n / 1000:g} किमी"],
    ),
    "homes": ("units", lambda n: [f"{n} homes", f"{n} flats", f"{n:,} units"]),
    "phone": (
        "contact",
        lambda n: [f"+91 90000 {n:05}", f"90000{n:05}", f"90000-{n:05}", f"(90000) {n:05}"],
    ),
    "code": ("rera", lambda n: [f"P521{n:06}", f"p521{n:06}", f"P521-{n:06}"]),
}


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(sorted(KINDS)),
    st.integers(min_value=100, max_value=9999),
    st.integers(min_value=100, max_value=9999),
    st.data(),
)
def test_every_kind_of_figure(kind: str, number: int, other: int, data: st.DataObject) -> None:
    key, spell = KINDS[kind]
    ground = ground_of(key, data.draw(st.sampled_from(spell(number))))
    for spelling in spell(number):
        assert may_be_said(ground, f"It has {spelling} here."), spelling
    for spelling in spell(other):
        assert may_be_said(ground, f"It has {spelling} here.") == (number == other), spelling


@settings(max_examples=30, deadline=None)
@given(
    st.dates(min_value=date(2020, 1, 1), max_value=date(2039, 12, 31)),
    st.dates(min_value=date(2020, 1, 1), max_value=date(2039, 12, 31)),
)
def test_dates(day: date, other: date) -> None:
    def spell(at: date) -> list[str]:
        month = at.strftime("%B")
        return [
            f"{at.day} {month} {at.year}",
            f"{month[:3]} {at.day}, {at.year}",
            at.isoformat(),
            at.strftime("%d/%m/%Y"),
            at.strftime("%d.%m.%Y"),
        ]

    ground = ground_of("possession", spell(day)[0])
    for spelling in spell(day):
        assert may_be_said(ground, f"Possession is on {spelling} here."), spelling
    assert may_be_said(ground, f"Possession is in {day.strftime('%b %Y')}.")
    for spelling in spell(other):
        assert may_be_said(ground, f"Possession is on {spelling} here.") == (day == other)


@settings(max_examples=30, deadline=None)
@given(st.integers(min_value=1, max_value=99), st.integers(min_value=1, max_value=99))
def test_percentages_and_rates(number: int, other: int) -> None:
    ground = ground_of("booking_amount", f"{number}% on booking")
    for spelling in (
        f"{other}%",
        f"{other} per cent",
        f"{other} percent",
        f"{words(other)} percent",
    ):
        assert may_be_said(ground, f"You pay {spelling} on booking.") == (number == other)
    rate = ground_of("price", f"₹{number * 100} per sq ft")
    for spelling in (f"₹{other * 100} per sq ft", f"₹{other * 100}/sq ft", f"₹{other * 100} psf"):
        assert may_be_said(rate, f"The price is {spelling} here.") == (number == other)
    assert not may_be_said(rate, f"The price is ₹{number * 100} here.")
