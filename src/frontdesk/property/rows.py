"""Rows and cards for each type of home: `2 BHK | 742 sq ft | ₹84 lakh onwards`. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from frontdesk.property.columns import read_columns
from frontdesk.property.content import Line
from frontdesk.property.labels import Label, read_label
from frontdesk.property.measures import (
    Bedrooms,
    find_areas,
    find_bedrooms,
    find_studio,
    write_area,
    write_bedrooms,
)
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import MoneyReader, write_money
from frontdesk.property.prices import name_amount
from frontdesk.property.reading import (
    Reading,
    bedrooms_reading,
    kind_of_area,
    price_reading,
    read_labelled,
)
from frontdesk.property.standing import is_of_outbuilding

VISIBLE = Method.VISIBLE
IN_PASSING = 0.74
ROOMS_START = 4
_SOLD_OUT = re.compile(
    r"^(?:.*\|\s*)?(?:sold|booked|verkauft|vendu|vendido|venduto)(?:\s*\|.*)?$|\b(?:sold[\s-]?out|all sold|fully (?:sold|booked)|ausverkauft|agotad[oa]s?)\b",
    re.I,
)
ROOM_SIZE = re.compile(r"\d\s*(?:'|ft|m|”|\"|′)?\s*[x×]\s*\d", re.IGNORECASE)


_SENTENCES = re.compile(r"[^\W\d]{3}[.!?]\s+[A-Z]")  # prose, which tells of other homes too
# Columns that say which of several homes a row is of.
_NAMING = frozenset(["floors", "units", "towers", "property_type", "facing"])


class Rows(NamedTuple):
    """`used` are the places of the lines that were rows. With `as_parts` each reading has its
    subject; otherwise there is one type of home, which is the page's."""

    readings: list[Reading]
    used: set[int]
    as_parts: bool


class _Row(NamedTuple):
    subject: str
    name: str
    bedrooms: Bedrooms | None
    readings: list[Reading]


def read_rows(
    lines: Sequence[Line], money: MoneyReader, *, for_rent: bool, own_until: int | None = None
) -> Rows:
    """With `own_until` the page is of one home: it has no types of home but in a table, and rows
    behind that place are of other homes."""
    reader = _Reader(lines, money, for_rent)
    tables = list(reader.tables())
    in_tables = set(reader.used)
    others = [*reader.cards(), *reader.rows()]
    if own_until is None or len({row.subject for row in others}) < 2:
        rows = _tell_apart([*tables, *others])
    else:
        rows = _tell_apart(tables)
        reader.used = in_tables | {place for place in reader.used if place > own_until}
    as_parts = len({row.subject for row in rows}) > 1
    readings = [
        found._replace(subject=row.subject, confidence=max(found.confidence, 0.8))
        if as_parts
        else found
        for row in rows
        for found in row.readings
    ]
    homes = [row.bedrooms for row in rows if row.bedrooms is not None]
    counts = tuple(sorted({home.counts[0] for home in homes}))
    if as_parts and len(counts) > 1:
        told = ", ".join(dict.fromkeys(row.subject for row in rows))
        whole = homes[0]._replace(counts=counts)
        readings.append(bedrooms_reading(whole, told, VISIBLE, 0.8))
    elif homes:
        readings.append(bedrooms_reading(homes[0], homes[0].text, VISIBLE, IN_PASSING))
    return Rows(readings, reader.used, as_parts)


def _tell_apart(rows: Sequence[_Row]) -> list[_Row]:
    """Rows of one type of home: under their own names where they have such (`3 BHK + study`),
    otherwise one row whose figures span theirs."""
    groups: dict[str, list[_Row]] = {}
    for row in rows:
        groups.setdefault(row.subject, []).append(row)
    told: list[_Row] = []
    for group in groups.values():
        names = {row.name for row in group}
        if len(group) == 1:
            told += group
        elif len(names) == len(group) and all(names):
            told += [row._replace(subject=row.name) for row in group]
        else:
            keys = dict.fromkeys(one.key for row in group for one in row.readings)
            spans = [
                _span([one for row in group for one in row.readings if one.key == key])
                for key in keys
            ]
            told.append(group[0]._replace(readings=spans))
    return told


def _span(readings: Sequence[Reading]) -> Reading:
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


class _Reader:
    def __init__(self, lines: Sequence[Line], money: MoneyReader, for_rent: bool) -> None:
        self.lines, self.money, self.for_rent = lines, money, for_rent
        self.used: set[int] = set()

    def tables(self) -> Iterator[_Row]:
        columns, used = read_columns(self.lines, self.money, for_rent=self.for_rent)
        self.used |= used
        for one in columns:
            yield _Row(_subject(one.bedrooms), one.name, one.bedrooms, one.readings)
        header: tuple[str, ...] = ()
        number: int | None = None
        for place, line in enumerate(self.lines):
            if line.row_of is None or place in used:
                continue
            if line.row_of != number:
                number = line.row_of
                labels = [read_label(cell) for cell in line.cells]
                known = sum(label is not None for label in labels)
                header = (
                    line.cells
                    if known >= 2
                    and len(line.cells) >= 2
                    and (line.is_header or not any(map(self._is_value, line.cells)))
                    else ()
                )
                if header:
                    self.used.add(place)
                    continue
            if _SOLD_OUT.search(" | ".join(line.cells)):
                self.used.add(place)
            elif header and len(line.cells) == len(header):
                row = self._table_row(header, line.cells)
                if row is not None:
                    self.used.add(place)
                    yield row
            elif len(line.cells) >= 3:
                row = self._row(line.text)
                if row is not None:
                    self.used.add(place)
                    yield row

    def _is_value(self, cell: str) -> bool:
        return any(character.isdigit() for character in cell)

    def _table_row(self, header: Sequence[str], cells: Sequence[str]) -> _Row | None:
        text = " | ".join(cells)
        bedrooms: Bedrooms | None = None
        name = ""
        readings: list[Reading] = []
        for head, cell in zip(header, cells, strict=True):
            label = read_label(head)
            found = next((one for one in find_bedrooms(cell) if one.unit == "bedroom"), None) or (
                find_studio(cell) if len(cell) < 30 else None
            )
            if bedrooms is None and found is not None and len(found.counts) == 1:
                bedrooms = found
                name = name or cell[:40]
            if label is not None and label.key in _NAMING and len(cell) <= 40:
                name = name or (cell if re.search(r"[^\W\d]", cell) else "")
            if label is None:
                name = name or (cell if re.search(r"[^\W\d]", cell) and len(cell) <= 40 else "")
                label = None if bedrooms is found and found is not None else self._guess(cell)
            if label is None:
                continue
            if label.key == "configuration" and bedrooms is None:
                listed = read_labelled(label, cell, text, VISIBLE, 0.9, self.money, label_text=head)
                found = next(find_bedrooms(f"{cell} {head}"), None) if listed else None
                bedrooms = found if found is not None and len(found.counts) == 1 else None
                name = name or cell[:40]
            elif label.key in {"price", "rent", "size", "plot_size"}:
                readings += read_labelled(
                    label,
                    cell,
                    text,
                    VISIBLE,
                    0.9,
                    self.money,
                    for_rent=self.for_rent,
                    label_text=head,
                )
        if not readings or (bedrooms is None and not name):
            return None
        return _Row(_subject(bedrooms) if bedrooms else name, name, bedrooms, readings)

    def _guess(self, cell: str) -> Label | None:
        if next(self.money.find(cell), None) is not None:
            return Label("price")
        return Label("size") if next(find_areas(cell), None) is not None else None

    def rows(self) -> Iterator[_Row]:
        """`2 BHK – 742 sq ft – ₹84 lakh onwards` in one line, or several such in one."""
        found: list[tuple[int, _Row]] = []
        for place, line in enumerate(self.lines):
            if place in self.used or line.heading == 1 or len(line.text) > 300 or line.leads_away:
                continue
            for row in self._rows_in(line.text):
                found.append((place, row))
                start = next(find_bedrooms(line.text), row.bedrooms)
                # What stands in front of the first type may be the price of them all.
                if start is None or not any(self.money.find(line.text[: start.start])):
                    self.used.add(place)
        for row in self._with_prices(found):
            # A line in passing may be about another home: by itself it contradicts nothing.
            yield row._replace(
                readings=[one._replace(confidence=IN_PASSING) for one in row.readings]
            )

    def _rows_in(self, text: str) -> list[_Row]:
        row = self._row(text) if len(text) <= 160 else None
        if row is not None:
            return [row]
        starts = [
            one.start
            for one in find_bedrooms(text)
            if one.unit == "bedroom" and len(one.counts) == 1
        ]
        if len(starts) < 2:
            return []
        pieces = [text[a:b] for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        rows = [self._row(piece) for piece in pieces]
        return [row for row in rows if row is not None] if all(rows) else []

    def _with_prices(self, found: Sequence[tuple[int, _Row]]) -> Iterator[_Row]:
        """Where each type's price has a line of its own, below its row or else above."""
        rows = [row for _, row in found]
        places = [place for place, _ in found]
        is_apart = len(set(places)) == len(
            places
        )  # a sum below two types in one line is of neither
        if is_apart and len({row.subject for row in rows}) > 1 and not any(map(_has_price, rows)):
            for steps in ((1, 2, 3), (-1, -2)):
                priced = [self._price_beside(place, steps, places) for place in places]
                if sum(one is not None for one in priced) > 1:
                    for number, one in enumerate(priced):
                        if one is not None:
                            self.used.add(one[0])
                            rows[number] = rows[number]._replace(
                                readings=[one[1], *rows[number].readings]
                            )
                    break
        yield from rows

    def _price_beside(
        self, place: int, steps: Sequence[int], rows: Sequence[int]
    ) -> tuple[int, Reading] | None:
        for step in steps:
            at = place + step
            if not 0 <= at < len(self.lines) or at in rows or at in self.used:
                return None
            line = self.lines[at]
            if line.heading == 1 or len(line.text) > 60 or list(find_bedrooms(line.text)):
                return None
            prices = [one for one in self._figures(line.text) if one.key in {"price", "rent"}]
            if prices:
                return at, prices[0]
            if line.heading:
                return None
        return None

    def _row(self, text: str) -> _Row | None:
        if _SOLD_OUT.search(text) or _SENTENCES.search(text) or is_of_outbuilding(text):
            return None
        counted = list(find_bedrooms(text))
        found = [one for one in counted if one.unit == "bedroom"]
        rooms = [one for one in counted if one.unit == "room" and one.start <= ROOMS_START]
        found = found or rooms[:1]
        bedrooms = found[0] if len(found) == 1 else find_studio(text) if not found else None
        if bedrooms is None or len(bedrooms.counts) > 1 or bedrooms.start > 40:
            return None
        readings = self._figures(text)
        return _Row(_subject(bedrooms), "", bedrooms, readings) if readings else None

    def _figures(self, text: str) -> list[Reading]:
        readings: list[Reading] = []
        sums = [(m, name_amount(m, text, for_rent=self.for_rent)) for m in self.money.find(text)]
        own = [(m, key) for m, key in sums if key in {"price", "rent"}]
        if len({m.quantity.low for m, _ in own}) == 1 or (own and own[0][0].quantity.is_from):
            readings.append(price_reading(own[0][1] or "price", own[0][0], text, VISIBLE, 0.85))
        areas = [
            a for a in find_areas(text, self.money.uses_decimal_comma) if not is_rate(text, a.start)
        ]
        if (
            areas
            and not ROOM_SIZE.search(text)
            and areas[0].quantity.unit in {"sq ft", "sq m", "sq yd"}
        ):
            readings.append(size_reading(areas[0].quantity, text, 0.85))
        return readings

    def cards(self) -> Iterator[_Row]:
        """A short line with nothing but a type of home, then its figures in the lines below."""
        starts: list[tuple[int, Bedrooms]] = []
        for place, line in enumerate(self.lines):
            if (
                place in self.used
                or line.heading == 1
                or line.leads_away
                or len(line.text) > 44
                or len(line.cells) > 1
            ):
                continue
            named = [one for one in find_bedrooms(line.text) if one.unit == "bedroom"] or [
                one for one in [find_studio(line.text)] if one
            ]
            if (
                len(named) == 1
                and len(named[0].counts) == 1
                and named[0].start <= 12
                and not re.search(r"[:?.]|\bbaths?\b|[₹£€$]", line.text)
                and not list(find_areas(line.text))
            ):
                starts.append((place, named[0]))
        if len({found.counts for _, found in starts}) < 2:
            return
        for number, (place, found) in enumerate(starts):
            end = starts[number + 1][0] if number + 1 < len(starts) else place + 7
            readings: list[Reading] = []
            if any(_SOLD_OUT.search(line.text) for line in self.lines[place : min(end, place + 7)]):
                continue
            for below in range(place + 1, min(end, place + 7, len(self.lines))):
                line = self.lines[below]
                if below in self.used or (
                    line.heading and line.heading <= max(self.lines[place].heading, 2)
                ):
                    break
                for one in self._figures(line.text):
                    if one.key not in {known.key for known in readings}:
                        readings.append(one)
                        self.used.add(below)
            if readings:
                self.used.add(place)
                yield _Row(_subject(found), "", found, readings)


def _has_price(row: _Row) -> bool:
    return any(one.key in {"price", "rent"} for one in row.readings)


def is_rate(text: str, start: int) -> bool:
    return re.search(r"(?:/|per|par|pro)\s*$", text[:start]) is not None


def _subject(found: Bedrooms) -> str:
    return write_bedrooms(found.counts, found.unit, found.word)


def size_reading(quantity: Quantity, text: str, confidence: float) -> Reading:
    kind = kind_of_area(text)
    value = write_area(quantity) + (f" {kind}" if kind else "")
    return Reading("size", value, text[:300], VISIBLE, confidence, quantity, kind=kind)
