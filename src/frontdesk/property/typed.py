"""One type of home as a page has it in a row or a card, and its figures. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.property.measures import Bedrooms, find_areas, write_area, write_bedrooms
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import MoneyReader, write_money
from frontdesk.property.prices import name_amount
from frontdesk.property.reading import Reading, kind_of_area, price_reading

VISIBLE = Method.VISIBLE
SOLD_OUT = re.compile(
    r"^(?:.*\|\s*)?(?:sold|booked|verkauft|vendu|vendido|venduto)(?:\s*\|.*)?$|\b(?:sold[\s-]?out|all sold|fully (?:sold|booked)|ausverkauft|agotad[oa]s?)\b",
    re.I,
)
ROOM_SIZE = re.compile(r"\d\s*(?:'|ft|m|”|\"|′)?\s*[x×]\s*\d", re.IGNORECASE)


class Row(NamedTuple):
    """`subject` is the type of home, `name` what the page calls it where it has such a name."""

    subject: str
    name: str
    bedrooms: Bedrooms | None
    readings: list[Reading]


def tell_apart(rows: Sequence[Row]) -> list[Row]:
    """Rows of one type of home: under their own names where they have such (`3 BHK + study`),
    otherwise one row whose figures span theirs."""
    groups: dict[str, list[Row]] = {}
    for row in rows:
        groups.setdefault(row.subject, []).append(row)
    told: list[Row] = []
    for group in groups.values():
        names = {row.name for row in group}
        if len(group) == 1:
            told += group
        elif len(names) == len(group) and all(names):
            told += [row._replace(subject=row.name) for row in group]
        else:
            keys = dict.fromkeys(one.key for row in group for one in row.readings)
            spans = [
                span_of([one for row in group for one in row.readings if one.key == key])
                for key in keys
            ]
            told.append(group[0]._replace(readings=spans))
    return told


def span_of(readings: Sequence[Reading]) -> Reading:
    first = readings[0]
    sums = [one.quantity for one in readings if one.quantity is not None]
    if not sums or len({(one.currency, one.unit) for one in sums}) > 1:
        return first
    low, high = min(one.low for one in sums), max(one.high or one.low for one in sums)
    is_from = any(one.is_from for one in sums)
    span = Quantity(
        low=low,
        high=None if is_from else high,
        unit=sums[0].unit,
        currency=sums[0].currency,
        is_from=is_from,
    )
    if span == first.quantity:
        return first
    written = write_money(span) if span.currency else write_area(span)
    return first._replace(quantity=span, value=" ".join([written, first.kind]).strip())


def figures_in(text: str, money: MoneyReader, *, for_rent: bool) -> list[Reading]:
    """The price and the area that a line of one type of home names."""
    readings: list[Reading] = []
    sums = [(m, name_amount(m, text, for_rent=for_rent)) for m in money.find(text)]
    own = [(m, key) for m, key in sums if key in {"price", "rent"}]
    if len({m.quantity.low for m, _ in own}) == 1 or (own and own[0][0].quantity.is_from):
        readings.append(price_reading(own[0][1] or "price", own[0][0], text, VISIBLE, 0.85))
    areas = [a for a in find_areas(text, money.uses_decimal_comma) if not is_rate(text, a.start)]
    if (
        areas
        and not ROOM_SIZE.search(text)
        and areas[0].quantity.unit in {"sq ft", "sq m", "sq yd"}
    ):
        readings.append(size_reading(areas[0].quantity, text, 0.85))
    return readings


def is_rate(text: str, start: int) -> bool:
    return re.search(r"(?:/|per|par|pro)\s*$", text[:start]) is not None


def subject_of(found: Bedrooms) -> str:
    return write_bedrooms(found.counts, found.unit, found.word)


def size_reading(quantity: Quantity, text: str, confidence: float) -> Reading:
    kind = kind_of_area(text)
    value = write_area(quantity) + (f" {kind}" if kind else "")
    return Reading("size", value, text[:300], VISIBLE, confidence, quantity, kind=kind)
