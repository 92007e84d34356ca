"""What a visitor can read: labelled values, the rows for each type of home, the lines around the
heading. Pure."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from frontdesk.property.content import Line
from frontdesk.property.headline import names_one_home, names_several
from frontdesk.property.labelled import LabelReader
from frontdesk.property.measures import Area, find_areas, find_bedrooms, find_studio
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import CURRENCIES, MoneyReader
from frontdesk.property.particulars import (
    find_amenities,
    find_developer,
    find_possession,
    find_rera,
)
from frontdesk.property.places import find_place
from frontdesk.property.prices import name_amount
from frontdesk.property.reading import Reading, bedrooms_reading, price_reading
from frontdesk.property.rows import IN_PASSING, read_rows
from frontdesk.property.standing import (
    is_aside,
    is_of_a_card,
    is_offering,
    sentence_at,
    stands_out,
)
from frontdesk.property.typed import ROOM_SIZE, is_rate, size_reading

VISIBLE = Method.VISIBLE
# Labelled values are read with this much confidence; these are what a page for one home labels.
LABELLED = 0.88
OWN_LINES = 8
SHORT = 48
MONTHS_OF_RENT = 60
DETAIL_KEYS = frozenset(
    ["price", "rent", "size", "configuration", "possession", "rera", "bathrooms", "plot_size",
     "floors", "furnishing", "property_type", "developer", "status"]
)  # fmt: skip
_NOT_A_HOMES_AREA = re.compile(
    r"\b(?:club\s?house|garden|terrace|balcony|pool|park|gym|lawn|deck|amenit\w+|open space|green|retail|mall|lobby|office space|garage|basement|kitchen|"
    r"living room|lounge|hall|dining|reception room|master|bath|podium|landscap\w+|spread|spans?|sprawling|township|delivered|developed|completed|under construction|portfolio|balkon|keller|cellar|terrasse|per|rate|plots?|lot|parcela|grundstück|terrain|land area|block)\b|/(?!\s*\d)",
    re.IGNORECASE,
)
# `40,000 sq. ft. Luxury Clubhouse`
_OF_SOMETHING_SHARED = re.compile(
    r"[\s–—-]*(?:[\w-]+\s+){0,3}(?:club\s?house|podium|amenit\w+|retail|mall|lobby|gym)\b",
    re.IGNORECASE,
)
_OF_LAND = re.compile(
    r"\b(?:land|plot|lot|block|site|parcel)\s*(?:size|area)?\W*(?:of|is)?\W*$", re.I
)
_NO_PRICES = re.compile(
    r"\b(?:payment plan|payment schedule|booking|charges|emi|offer(?:s)?$|why invest|loan|taxes|fees)\b",
    re.IGNORECASE,
)


_DEPOSIT = re.compile(
    r"\W*(?:security\s+|refundable\s+)?deposit\b|\W*lock[- ]?in\b|\W*caution (?:fee|deposit)", re.I
)
# What was paid for it: a guide price beside it is of before.
_SOLD = re.compile(
    r"^\W*(?:sold|verkauft|vendu|vendido)\s+(?:at\s+auction\s+)?(?:for|on|at|in)\b", re.IGNORECASE
)


class Visible(NamedTuple):
    """`own_figures` counts what a page of one property has: labelled values, a heading of one home,
    one price beside it; `card_prices` the different prices that nothing says to be of its parts."""

    readings: list[Reading]
    own_figures: int
    card_prices: int


def read_lines(
    lines: Sequence[Line], title: str, money: MoneyReader, *, for_rent: bool, about: str = ""
) -> Visible:
    """`about` is what a page says of itself beside its text: its description, its address."""
    reader = _Reader(lines, title, money, for_rent, about)
    return reader.read()


class _Reader:
    def __init__(
        self, lines: Sequence[Line], title: str, money: MoneyReader, for_rent: bool, about: str
    ) -> None:
        self.about = about
        self.lines, self.title, self.money, self.for_rent = lines, title, money, for_rent
        self.readings: list[Reading] = []
        self.used: set[int] = set()
        self.land: list[Quantity | None] = []
        # A site's own name is a first heading too, and leads to where the site begins.
        headings = [n for n, line in enumerate(lines) if line.heading == 1]
        self.heading = next((n for n in headings if not lines[n].leads_away), (headings or [-1])[0])

    def read(self) -> Visible:
        is_one = names_one_home(self.title, self._heading_text())
        found = read_rows(
            self.lines,
            self.money,
            for_rent=self.for_rent,
            own_until=self.heading + OWN_LINES if is_one else None,
        )
        self.used |= found.used
        self.readings += found.readings
        as_parts = found.as_parts
        labelled = LabelReader(self.lines, self.used, self.money, self.for_rent).read()
        self.readings += labelled
        self._heading_line()
        self.for_rent = self.for_rent or self._is_let(labelled)
        prices = self._prices(labelled, as_parts)
        self.land = self._of_land()
        self.readings = [one for one in self.readings if one.key != "size" or one.confidence >= 0.8 or one.quantity not in self.land]  # fmt: skip
        self._sizes()
        self._are_plots()
        if self._is_sold():
            self.readings = [one for one in self.readings if one.key not in {"price", "rent"}]
        self.readings += find_rera(self.lines, {r.value for r in self.readings if r.key == "rera"})
        if not any(one.key == "possession" for one in self.readings):
            self.readings += find_possession(self.lines)
        self.readings += find_amenities(self.lines)
        if not any(one.key == "developer" for one in self.readings):
            self.readings += find_developer(self.title, self.lines)
        if not any(one.key == "location" for one in self.readings):
            heading = self._heading_text()
            self.readings += find_place(
                self.lines, [place for place, _ in self._near()], heading, self.title, self.about
            )
        figures = {one.key for one in self.readings if one.confidence >= LABELLED}
        figures = figures.intersection(DETAIL_KEYS)
        is_told = any(one.key == "configuration" and one.confidence >= 0.8 for one in self.readings)
        own = len(figures) + 2 * is_one + self._has_a_price_of_its_own()
        own += is_told and not names_several(self._heading_text() or self.title)
        return Visible(self.readings, own, prices)

    def _is_let(self, labelled: Sequence[Reading]) -> bool:
        """Whether a labelled rent is the page's measure: no sum near the heading is a price beside it."""
        rents = [one.quantity.low for one in labelled if one.key == "rent" and one.quantity]
        if not rents or any(one.key == "price" for one in labelled):
            return False
        paid_in = {one.quantity.currency for one in labelled if one.key == "rent" and one.quantity}
        sums = [
            one.quantity.low
            for _, line in self._near()
            for one in self.money.find(line.text)
            if one.quantity.currency in paid_in
        ]
        return max(sums, default=0) < MONTHS_OF_RENT * max(rents)

    def _below(self, place: int) -> str:
        below = self.lines[place + 1].text if place + 1 < len(self.lines) else ""
        return below if len(below) <= SHORT and not any(map(str.isdigit, below)) else ""

    def _heading_text(self) -> str:
        return self.lines[self.heading].text if self.heading >= 0 else ""

    def _has_a_price_of_its_own(self) -> bool:
        """Whether one sum and no other stands around the heading in a line of its own."""
        if self.heading < 0:
            return False
        sums = {
            one.quantity.low
            for line in self.lines[max(0, self.heading - 6) : self.heading + 12]
            if len(line.text) <= SHORT
            for one in self.money.find(line.text)
            if name_amount(one, line.text, for_rent=self.for_rent) in {"price", "rent"}
        }
        return len(sums) == 1

    # The heading and what stands around it

    def _near(self) -> Iterator[tuple[int, Line]]:
        """The lines around the heading, nearest first; the page's first ones where it has none."""
        middle = max(self.heading, 0)
        places = range(max(0, middle - 6), min(len(self.lines), middle + 24))
        for place in sorted(places, key=lambda at: abs(at - middle) + (2 if at < middle else 0)):
            if place not in self.used:
                yield place, self.lines[place]

    def _heading_line(self) -> None:
        texts = [(self.lines[self.heading].text, 0.87)] if self.heading >= 0 else []
        texts.append((self.title, 0.85))
        for text, confidence in texts:
            found = [one for one in find_bedrooms(text) if one.unit == "bedroom"]
            if found:
                best = max(found, key=lambda one: len(one.counts))
                self.readings.append(bedrooms_reading(best, text, VISIBLE, confidence))
                return
        for place, line in self._near():
            if 0 <= place - self.heading <= 4 and line.heading and line.heading <= 3:
                found = [one for one in find_bedrooms(line.text) if len(one.counts) > 1]
                if found:
                    self.readings.append(bedrooms_reading(found[0], line.text, VISIBLE, 0.85))
        for text, confidence in texts:
            if found_studio := find_studio(text):
                self.readings.append(
                    bedrooms_reading(found_studio, text, VISIBLE, confidence - 0.05)
                )
                return
        known = [one.confidence for one in self.readings if one.key == "configuration"]
        if max(known, default=0) > IN_PASSING:
            return
        for unit in ("bedroom", "room"):
            for _, line in self._near():
                if line.leads_away or "?" in line.text or is_aside(line.text):
                    continue
                # What is said in passing gives way to a line of several types alone.
                near = [one for one in find_bedrooms(line.text) if one.unit == unit and len(one.counts) > bool(known)]  # fmt: skip
                if near and len(line.text) <= 120 and not ROOM_SIZE.search(line.text):
                    self.readings.append(bedrooms_reading(near[0], line.text, VISIBLE, 0.8))
                    return
        for place, line in self._near():
            if place > self.heading + 2 * OWN_LINES or not is_offering(line.text):
                continue
            told = [one for one in find_bedrooms(line.text) if one.unit == "bedroom"]
            if told and 120 < len(line.text) <= 600 and len({one.counts for one in told}) == 1:
                self.readings.append(bedrooms_reading(told[0], line.text, VISIBLE, 0.7))
                return

    def _prices(self, labelled: Sequence[Reading], as_parts: bool) -> int:
        """Add the price that stands out; returns how many prices stand there unexplained."""
        near = {place: rank for rank, (place, _) in enumerate(self._near())}
        found: list[tuple[float, int, Reading]] = []
        labelled_sums = [one for one in labelled if one.key in {"price", "rent"}]
        section = ""
        for place, line in enumerate(self.lines):
            if line.heading:
                section = line.text
            if place in self.used or (len(line.text) > 400 and place not in near):
                continue
            if line.leads_away:
                continue
            for one in self.money.find(line.text):
                key = name_amount(one, line.text, for_rent=self.for_rent)
                if key is None or (_NO_PRICES.search(section) and key in {"price", "rent"}):
                    continue
                reading = price_reading(key, one, line.text, VISIBLE, 0.6)
                if key in {"price", "rent"}:
                    found.append((stands_out(place, line, one, near, self.heading), place, reading))
                elif key in {"price_per_area"} or (
                    key in {"maintenance", "booking_amount"} and len(line.text) < 160
                ):
                    self.readings.append(reading._replace(confidence=0.7))
        if not found and not labelled_sums and self._asks_a_deposit():
            rents = list(self._sums_by_the_month(near))
            found = rents if len({one.quantity.low for _, _, one in rents if one.quantity}) == 1 else []  # fmt: skip
        # Amounts for visitors from elsewhere stand beside those that are paid here.
        currencies = Counter(r.quantity.currency for _, _, r in found if r.quantity)
        if len(currencies) > 1:
            here = CURRENCIES.get(self.money.country) or currencies.most_common(1)[0][0]
            if here in currencies:
                found = [one for one in found if one[2].quantity and one[2].quantity.currency == here]  # fmt: skip
        distinct = {(r.key, r.quantity.low) for _, _, r in found if r.quantity}
        # A warm rent that has a label leaves the cold one to be found.
        if any(one.key in {"price", "rent"} and not one.kind for one in labelled):
            agreeing = {one.quantity.low for one in labelled if one.key in {"price", "rent"} and one.quantity}  # fmt: skip
            return len([low for _, low in distinct if low not in agreeing]) if not as_parts else 0
        in_title = next((m for m in self.money.find(self.title)), None)
        if found:
            best = max(found, key=lambda one: (one[0], -near.get(one[1], 999), -one[1]))
            is_shown = best[0] >= 0.75 or (len(distinct) == 1 and best[0] >= 0.5)
            if is_shown:
                # What one of several cards says is what they all say, or a contradiction.
                cards = is_of_a_card(self.lines, best[1], self.money.find)
                hint = self.lines[best[1]].hint
                shown = [o for o in found if self.lines[o[1]].hint == hint] if cards else [best]
                told = [one[2]._replace(confidence=best[0]) for one in shown]
                self.readings += _least_of_all(told)
        elif in_title is not None and (
            key := name_amount(in_title, self.title, for_rent=self.for_rent)
        ) in {"price", "rent"}:
            self.readings.append(price_reading(key or "price", in_title, self.title, VISIBLE, 0.8))
        return 0 if as_parts else len(distinct)

    def _asks_a_deposit(self) -> bool:
        return any(_DEPOSIT.match(line.text) for line in self.lines[:400])

    def _sums_by_the_month(self, near: dict[int, int]) -> Iterator[tuple[float, int, Reading]]:
        """What stands out as paid each month on a page that names no other sum."""
        for place in near:
            line = self.lines[place]
            for one in self.money.find(line.text):
                if one.per and name_amount(one, line.text, for_rent=True) == "rent":
                    reading = price_reading("rent", one, line.text, VISIBLE, 0.6)
                    yield stands_out(place, line, one, near, self.heading), place, reading

    # The rest

    def _of_land(self) -> list[Quantity | None]:
        """Areas of plots, which pages say again among a home's figures without that word."""
        land = [one.quantity for one in self.readings if one.key in {"plot_size", "land_area"}]
        for line in self.lines[:400]:
            text = line.text[:300]
            land += [area.quantity for area in self._areas_in(text) if _OF_LAND.search(text[max(0, area.start - 30) : area.start])]  # fmt: skip
        return land

    def _are_plots(self) -> None:
        """Square yards of a page that names no bedrooms are of its plots."""
        if not any(one.key == "configuration" for one in self.readings):
            self.readings = [
                one._replace(key="plot_size") if _is_in_yards(one) else one for one in self.readings
            ]

    def _is_sold(self) -> bool:
        near = [line.text for place, line in self._near() if abs(place - self.heading) <= OWN_LINES]
        return any(_SOLD.match(text) for text in near if len(text) <= 80)

    def _areas_in(self, text: str) -> Iterator[Area]:
        return find_areas(text, self.money.uses_decimal_comma)

    def _sizes(self) -> None:
        if any(one.key == "size" and not one.subject for one in self.readings):
            return
        for place, line in [*self._near(), *enumerate(self.lines[:120])]:
            if len(line.text) > 600 or line.leads_away or len(line.cells) > 2:
                continue
            for area in self._areas_in(line.text):
                if ROOM_SIZE.search(sentence_at(line.text, area.start)) or "=" in line.text:
                    continue
                if _OF_SOMETHING_SHARED.match(line.text, area.end):
                    continue
                if len(line.text) <= SHORT and _NOT_A_HOMES_AREA.search(self._below(place)):
                    continue  # what it is the area of stands below it
                around = line.text[max(0, area.start - 24) : area.end + 16]
                if area.quantity.unit not in {"sq ft", "sq m", "sq yd"} or _NOT_A_HOMES_AREA.search(
                    around.replace(area.text, "")
                ):
                    continue
                if (
                    is_rate(line.text, area.start)
                    or area.quantity.low < 8
                    or area.quantity in self.land
                ):
                    continue
                if is_of_a_card(self.lines, place, self._areas_in):
                    alike = [one.text for one in self.lines if one.hint == line.hint]
                    self.readings += [size_reading(area.quantity, text, 0.8) for text in alike for area in self._areas_in(text)]  # fmt: skip
                    return
                confidence = 0.8 if len(line.text) < 120 else 0.7 if len(line.text) < 200 else 0.6
                self.readings.append(size_reading(area.quantity, line.text, confidence))
                return


def _is_in_yards(one: Reading) -> bool:
    return (
        one.key == "size"
        and one.quantity is not None
        and one.quantity.unit == "sq yd"
        and not one.kind
    )


def _least_of_all(told: list[Reading]) -> list[Reading]:
    """Of cards that each say from what sum theirs begin, the least is where the page's begin."""
    sums = [one.quantity for one in told if one.quantity is not None]
    if not all(one.is_from for one in sums) or len({(one.currency, one.unit) for one in sums}) > 1:
        return told
    return [min(told, key=lambda one: one.quantity.low if one.quantity else 0)]
