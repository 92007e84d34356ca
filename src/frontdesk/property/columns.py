"""Tables that have a column for each type of home, as cost sheets do. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.property.content import Line
from frontdesk.property.labels import Label, read_label
from frontdesk.property.measures import Bedrooms, find_areas, find_bedrooms
from frontdesk.property.model import Method
from frontdesk.property.money import MoneyReader
from frontdesk.property.reading import Reading, read_labelled

_TOTAL = re.compile(
    r"\W*(?:grand |sub)?total\b(?!.*(?:area|tax|gst|charges)).{0,30}", re.IGNORECASE
)
_FIGURES = frozenset(["price", "rent", "size"])


class Column(NamedTuple):
    name: str
    bedrooms: Bedrooms
    readings: list[Reading]


def read_columns(
    lines: Sequence[Line], money: MoneyReader, *, for_rent: bool
) -> tuple[list[Column], set[int]]:
    """The types of such tables, and the places of all their lines: no sum in them is of the page."""
    columns: list[Column] = []
    used: set[int] = set()
    number: int | None = None
    open_columns: list[Column] = []
    for place, line in enumerate(lines):
        if line.row_of is None:
            continue
        if line.row_of != number:
            number = line.row_of
            open_columns = _types_in(line.cells[1:], money)
            columns += open_columns
        elif open_columns and len(line.cells) == len(open_columns) + 1:
            label = _label(line.cells[0])
            for column, cell in zip(open_columns, line.cells[1:], strict=True):
                _add(column, label, line.cells[0], cell, money, for_rent)
        if open_columns:
            used.add(place)
    return [one for one in columns if one.readings], used


def _types_in(cells: Sequence[str], money: MoneyReader) -> list[Column]:
    """A column for each cell, where each is one type of home and all are different."""
    columns = []
    for cell in cells:
        found = [one for one in find_bedrooms(cell) if one.unit == "bedroom"]
        if len(found) != 1 or len(found[0].counts) != 1 or any(money.find(cell)):
            return []
        areas = list(find_areas(cell, money.uses_decimal_comma))
        size = Label("size")
        read = read_labelled(size, cell, cell, Method.VISIBLE, 0.85, money) if areas else []
        columns.append(Column(cell[:40], found[0], read[:1]))
    return columns if len({one.bedrooms.counts for one in columns}) == len(columns) > 1 else []


def _label(head: str) -> Label | None:
    return Label("price", "total") if _TOTAL.fullmatch(head) else read_label(head)


def _add(
    column: Column, label: Label | None, head: str, cell: str, money: MoneyReader, for_rent: bool
) -> None:
    """Take a row's cell into its column; a total goes before the sums that it is made of."""
    if label is None or label.key not in _FIGURES:
        return
    is_total = label.kind == "total"
    known = [one for one in column.readings if one.key == label.key]
    if known and not is_total:
        return
    plain = Label(label.key) if is_total else label
    read = read_labelled(
        plain, cell, f"{head}: {cell}", Method.VISIBLE, 0.85, money, for_rent=for_rent, label_text=head
    )  # fmt: skip
    if read:
        column.readings[:] = [one for one in column.readings if one not in known] + read
