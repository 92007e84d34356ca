"""Cards: from approved facts alone, and no address that no fact has."""

from datetime import UTC, date, datetime

import pytest

from frontdesk.chat.cards import make_cards
from frontdesk.chat.model import BrochureCard, MapCard, TableCard, VisitSlotsCard
from frontdesk.chat.retrieval.language import Language
from frontdesk.projects.model import Fact
from frontdesk.projects.schedule import Opening, Schedule, Weekday
from tests.support.samples import make_project

NOW = datetime(2026, 11, 25, 5, tzinfo=UTC)
LISTED = date(2026, 11, 1)
PRICES = (
    Fact(key="price", subject="2 BHK", value="₹84 lakh", as_of=LISTED),
    Fact(key="price", subject="3 BHK", value="₹1.12 crore", as_of=LISTED),
)


def test_prices_stand_side_by_side_with_their_date() -> None:
    (card,) = make_cards(make_project(), PRICES, ["price"], Language.HINDI, NOW)
    assert isinstance(card, TableCard)
    assert (card.kind, card.title, card.as_of) == ("prices", "कीमतें", LISTED)
    assert [(row.label, row.value) for row in card.rows] == [
        ("2 BHK", "₹84 lakh"),
        ("3 BHK", "₹1.12 crore"),
    ]


def test_rows_of_several_days_have_no_common_date() -> None:
    older = PRICES[0].model_copy(update={"as_of": date(2025, 1, 1)})
    (card,) = make_cards(make_project(), (older, PRICES[1]), ["price"], Language.ENGLISH, NOW)
    assert isinstance(card, TableCard)
    assert card.as_of is None


def test_one_price_is_no_table() -> None:
    assert make_cards(make_project(), PRICES[:1], ["price"], Language.ENGLISH, NOW) == ()


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://maps.example/x?q=18.5,73.8#here", True),
        ("http://maps.example/x", False),
        ("javascript:alert(1)", False),
        ("https://maps.example/x y", False),
        ("https://user:secret@maps.example/", False),
        ('https://maps.example/"onclick=', False),
        ("see https://maps.example/", False),
    ],
)
def test_only_an_https_address_becomes_a_link(url: str, shown: bool) -> None:
    facts = (
        Fact(key="map_url", value=url),
        Fact(key="brochure_url", value=url),
        Fact(key="location", value="Baner, Pune"),
    )
    topics = ["location", "connectivity", "brochure"]
    cards = make_cards(make_project(), facts, topics, Language.ENGLISH, NOW)
    assert cards == (
        (
            MapCard(title="Location", text="Baner, Pune", url=url),
            BrochureCard(title="Palm Grove brochure", url=url),
        )
        if shown
        else ()
    )


def test_a_visit_shows_the_next_slots_in_the_projects_zone() -> None:
    hours = Opening(days=(Weekday.SATURDAY,), opens="10:00", closes="12:00")
    project = make_project().model_copy(update={"schedule": Schedule(visits=(hours,))})
    (card,) = make_cards(project, (), ["visit"], Language.ENGLISH, NOW)
    assert isinstance(card, VisitSlotsCard)
    assert card.model_dump(mode="json")["slots"][0] == {
        "start": "2026-11-28T10:00:00+05:30",
        "end": "2026-11-28T11:00:00+05:30",
    }
    assert len(card.slots) == 4  # two Saturdays within two weeks


def test_there_are_three_at_most() -> None:
    facts = (
        *PRICES,
        Fact(key="size", subject="2 BHK", value="742 sq ft"),
        Fact(key="size", subject="3 BHK", value="1,058 sq ft"),
        Fact(key="map_url", value="https://maps.example/"),
        Fact(key="brochure_url", value="https://brochure.example/"),
    )
    topics = ["price", "size", "configuration", "location", "brochure"]
    cards = make_cards(make_project(), facts, topics, Language.ENGLISH, NOW)
    assert [card.kind for card in cards] == ["prices", "configurations", "map"]
