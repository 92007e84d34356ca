"""Cards beside a reply: what is better looked at than read, from approved facts alone. Pure."""

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Literal
from zoneinfo import ZoneInfo

from frontdesk.chat.model import (
    BrochureCard,
    Card,
    CardRow,
    CardSlot,
    MapCard,
    TableCard,
    VisitSlotsCard,
)
from frontdesk.chat.retrieval.facts import know_all
from frontdesk.chat.retrieval.language import Language
from frontdesk.chat.retrieval.phrases import card_title
from frontdesk.projects.model import Fact, Project
from frontdesk.projects.schedule import list_slots

MAX_CARDS = 3
MAX_ROWS = 20
SIZES = ("size", "carpet_area", "built_up_area", "plot_size")
# Nothing that could be read as another address once it stands in a page.
_HTTPS = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][^\s<>\"'\\^`{|}]*)?")


def make_cards(
    project: Project,
    facts: Sequence[Fact],
    topics: Sequence[str],
    language: Language,
    now: datetime,
) -> tuple[Card, ...]:
    """For what was asked about; `facts` are those that may be said."""
    named = [known.fact for known in know_all(facts)]
    makers = {
        "price": lambda: _table("prices", ("price", "all_in_price"), named, language),
        "configuration": lambda: _table("configurations", SIZES, named, language),
        "size": lambda: _table("configurations", SIZES, named, language),
        "location": lambda: _map(project, facts, named, language),
        "connectivity": lambda: _map(project, facts, named, language),
        "brochure": lambda: _brochure(project, facts, language),
        "visit": lambda: _slots(project, language, now),
    }
    cards: list[Card] = []
    for topic in dict.fromkeys(topics):
        card = makers[topic]() if topic in makers else None
        if card is not None and card not in cards:
            cards.append(card)
    return tuple(cards[:MAX_CARDS])


def _table(
    kind: Literal["prices", "configurations"],
    keys: Sequence[str],
    facts: Sequence[Fact],
    language: Language,
) -> Card | None:
    """Where there are two rows to compare."""
    found = next((own for key in keys if (own := [f for f in facts if f.key == key])), [])
    rows = [fact for fact in found if fact.subject][:MAX_ROWS]
    if len(rows) < 2:
        return None
    days = {fact.as_of for fact in rows}
    return TableCard(
        kind=kind,
        title=card_title(language, kind),
        rows=tuple(CardRow(label=fact.subject, value=fact.value) for fact in rows),
        as_of=days.pop() if len(days) == 1 else None,
    )


def _map(
    project: Project, facts: Sequence[Fact], named: Sequence[Fact], language: Language
) -> Card | None:
    url = _url(facts, "map_url")
    place = next((fact.value for fact in named if fact.key == "location"), "")
    if url is None:
        return None
    return MapCard(title=card_title(language, "map"), text=place or project.name, url=url)


def _brochure(project: Project, facts: Sequence[Fact], language: Language) -> Card | None:
    url = _url(facts, "brochure_url")
    title = card_title(language, "brochure", project=project.name)
    return None if url is None else BrochureCard(title=title, url=url)


def _url(facts: Sequence[Fact], key: str) -> str | None:
    values = (fact.value.strip() for fact in facts if fact.key == key)
    return next((value for value in values if _HTTPS.fullmatch(value)), None)


def _slots(project: Project, language: Language, now: datetime) -> Card | None:
    slots = list_slots(project.schedule, ZoneInfo(project.time_zone), now)
    if not slots:
        return None
    return VisitSlotsCard(
        title=card_title(language, "visit_slots"),
        time_zone=project.time_zone,
        slots=tuple(CardSlot(start=slot.start, end=slot.end) for slot in slots),
    )
