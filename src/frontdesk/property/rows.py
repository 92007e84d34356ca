"""Rows and cards for each type of home: `2 BHK | 742 sq ft | ₹84 lakh onwards`. Pure."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from frontdesk.property.columns import read_columns
from frontdesk.property.content import Line
from frontdesk.property.labels import Label, read_label
from frontdesk.property.measures import Bedrooms, find_areas, find_bedrooms, find_studio
from frontdesk.property.model import Method
from frontdesk.property.money import MoneyReader
from frontdesk.property.reading import Reading, bedrooms_reading, read_labelled
from frontdesk.property.standing import is_of_outbuilding
from frontdesk.property.type_cards import read_type_cards
from frontdesk.property.typed import ROOM_SIZE, SOLD_OUT, Row, figures_in, subject_of, tell_apart

VISIBLE = Method.VISIBLE
IN_PASSING = 0.74
ROOMS_START = 4
_SENTENCES = re.compile(r"[^\W\d]{3}[.!?]\s+[A-Z]")  # prose, which tells of other homes too
_ALL_INCLUSIVE = re.compile(r"\W*(?:all[- ]?incl|total|gross|with (?:tax|charges))", re.IGNORECASE)
# Columns that say which of several homes a row is of.
_NAMING = frozenset(["floors", "units", "towers", "property_type", "facing"])


class Rows(NamedTuple):
    """`used` are the places of the lines that were rows. With `as_parts` each reading has its
    subject; otherwise there is one type of home, which is the page's."""

    readings: list[Reading]
    used: set[int]
    as_parts: bool


def read_rows(
    lines: Sequence[Line], money: MoneyReader, *, for_rent: bool, own_until: int | None = None
) -> Rows:
    """With `own_until` the page is of one home: it has no types of home but in a table, and rows
    behind that place are of other homes."""
    reader = _Reader(lines, money, for_rent)
    tables = list(reader.tables())
    in_tables = set(reader.used)
    cards = list(read_type_cards(lines, reader.used, money, for_rent=for_rent))
    others = [*cards, *reader.rows()]
    if own_until is None or len({row.subject for row in others}) < 2:
        rows = tell_apart([*tables, *others])
    else:
        rows = tell_apart(tables)
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


class _Reader:
    def __init__(self, lines: Sequence[Line], money: MoneyReader, for_rent: bool) -> None:
        self.lines, self.money, self.for_rent = lines, money, for_rent
        self.used: set[int] = set()

    def tables(self) -> Iterator[Row]:
        columns, used = read_columns(self.lines, self.money, for_rent=self.for_rent)
        self.used |= used
        for one in columns:
            yield Row(subject_of(one.bedrooms), one.name, one.bedrooms, one.readings)
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
            if SOLD_OUT.search(" | ".join(line.cells)):
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

    def _table_row(self, header: Sequence[str], cells: Sequence[str]) -> Row | None:
        text = " | ".join(cells)
        bedrooms: Bedrooms | None = None
        name = ""
        readings: list[Reading] = []
        prices = sum(label is not None and label.key == "price" for label in map(read_label, header))  # fmt: skip
        for head, cell in zip(header, cells, strict=True):
            label = read_label(head)
            is_all = _ALL_INCLUSIVE.match(head) is not None and prices > (label is not None)
            if is_all and (label or self._guess(cell)) == Label("price"):
                label = Label("price", "all-inclusive")
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
        if bedrooms is None and (not readings or not name):
            return None
        if bedrooms is None and ROOM_SIZE.search(name):  # `30x40` is a plot
            readings = [
                one._replace(key="plot_size") if one.key == "size" else one for one in readings
            ]
        return Row(subject_of(bedrooms) if bedrooms else name, name, bedrooms, readings)

    def _guess(self, cell: str) -> Label | None:
        if next(self.money.find(cell), None) is not None:
            return Label("price")
        return Label("size") if next(find_areas(cell), None) is not None else None

    def rows(self) -> Iterator[Row]:
        """`2 BHK – 742 sq ft – ₹84 lakh onwards` in one line, or several such in one."""
        found: list[tuple[int, Row]] = []
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

    def _rows_in(self, text: str) -> list[Row]:
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

    def _with_prices(self, found: Sequence[tuple[int, Row]]) -> Iterator[Row]:
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
            prices = [
                one
                for one in figures_in(line.text, self.money, for_rent=self.for_rent)
                if one.key in {"price", "rent"}
            ]
            if prices:
                return at, prices[0]
            if line.heading:
                return None
        return None

    def _row(self, text: str) -> Row | None:
        if SOLD_OUT.search(text) or _SENTENCES.search(text) or is_of_outbuilding(text):
            return None
        counted = list(find_bedrooms(text))
        found = [one for one in counted if one.unit == "bedroom"]
        rooms = [one for one in counted if one.unit == "room" and one.start <= ROOMS_START]
        found = found or rooms[:1]
        bedrooms = found[0] if len(found) == 1 else find_studio(text) if not found else None
        if bedrooms is None or len(bedrooms.counts) > 1 or bedrooms.start > 40:
            return None
        readings = figures_in(text, self.money, for_rent=self.for_rent)
        return Row(subject_of(bedrooms), "", bedrooms, readings) if readings else None


def _has_price(row: Row) -> bool:
    return any(one.key in {"price", "rent"} for one in row.readings)
