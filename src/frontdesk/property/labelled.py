"""Labels with their values, in one line or in lines beside each other. Pure."""

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from frontdesk.property.content import Line
from frontdesk.property.labels import Label, read_label, split_label
from frontdesk.property.measures import find_bedrooms
from frontdesk.property.model import Method
from frontdesk.property.money import MoneyReader
from frontdesk.property.pairing import find_upward
from frontdesk.property.places import reads_as_place
from frontdesk.property.reading import Reading, read_labelled

VISIBLE = Method.VISIBLE
MOST_LISTED = 12
_INLINE = re.compile(r"(?:^|[|•·;]\s*)([^\W\d][^:|•·;₹£€$]{1,40}?)\s*[:：]\s*([^|•·;]{1,300})")
_DASHED = re.compile(r"^([^\W\d][\w ()/.&']{2,38}?)\s+[–—-]\s+(.{1,200})$")


def _is_type(text: str) -> bool:
    found = next(find_bedrooms(text), None) if len(text) < 24 else None
    return found is not None and found.start == 0 and found.end >= len(text.rstrip(" *+"))


class LabelReader:
    """`used` are the places of lines that have been read; what is read here is added to them where
    it is no fact of the property's."""

    def __init__(
        self, lines: Sequence[Line], used: set[int], money: MoneyReader, for_rent: bool
    ) -> None:
        self.lines, self.used, self.money, self.for_rent = lines, used, money, for_rent
        self.upward = find_upward(lines, lambda label, value, name: bool(self._read(label, value, value, name)))  # fmt: skip

    def read(self) -> list[Reading]:
        return list(self._labelled())

    def _labelled(self) -> Iterator[Reading]:
        taken: set[int] = set()
        for place, line in enumerate(self.lines):
            if place in self.used:
                continue
            for name, value in self._pairs_in(line):
                label = read_label(name)
                if label is not None:
                    read = self._read(label, value, f"{name}: {value}", name)
                    # The size of a floor, or what a plan of one costs, is not the home's.
                    is_plan = "floor-plan" in line.hint or "floorplan" in line.hint
                    yield from [one._replace(confidence=0.7) for one in read] if is_plan else read
                    self.used.add(place) if label.key == "-" else None
            label = read_label(line.text) if len(line.cells) == 1 and len(line.text) <= 48 else None
            if label is None or line.heading == 1 or label.key == "amenities":
                continue
            if label.key == "configuration" and (listed := self._listed_types(place)):
                value = ", ".join(self.lines[at].text for at in listed)
                yield from self._read(label, value, f"{line.text}: {value}", line.text)
                taken.update(listed)
                self.used.update(listed)
                continue
            for neighbour in self._neighbours(place, taken):
                value = self.lines[neighbour].text
                if label.key == "location" and line.heading and not reads_as_place(value):
                    continue  # a section on the neighbourhood
                found = list(self._read(label, value, f"{line.text}: {value}", line.text))
                if label.key == "-" and any(True for _ in self.money.find(value)):
                    self.used.add(neighbour)
                    break
                if found:
                    taken.add(neighbour)
                    yield from found
                    break

    def _listed_types(self, place: int) -> list[int]:
        """Below a label: two or more lines that name a type of home each and nothing else."""
        below = range(place + 1, min(place + 1 + MOST_LISTED, len(self.lines)))
        listed = list(takewhile(lambda at: _is_type(self.lines[at].text), below))
        return listed if len({self.lines[at].text for at in listed}) > 1 else []

    def _pairs_in(self, line: Line) -> Iterator[tuple[str, str]]:
        if len(line.cells) == 2:
            first, second = line.cells
            yield (first, second)
            if read_label(first) is None and read_label(second) is not None:
                yield (second, first)
            return
        if len(line.cells) == 4:
            yield (line.cells[0], line.cells[1])
            yield (line.cells[2], line.cells[3])
            return
        found = False
        for match in _INLINE.finditer(line.text):
            found = True
            yield match[1], match[2]
        if not found and (dashed := _DASHED.match(line.text)):
            yield dashed[1], dashed[2]
        elif not found and len(line.text) <= 80:
            yield from split_label(line.text)

    def _neighbours(self, place: int, taken: set[int]) -> Iterator[int]:
        """The line that may hold a label's value: below it, or above where values come first."""
        above = place - 1
        if place in self.upward:
            yield above
            return
        if (
            above >= 0
            and above not in taken
            and above not in self.used
            and len(self.lines[above].text) < 60
            and read_label(self.lines[above].text) is None
            and self.lines[above].heading != 1
        ):
            over = place - 2
            if over < 0 or read_label(self.lines[over].text) is None or over in taken:
                below_fits = place + 1 < len(self.lines) and self._fits(place, place + 1)
                if not below_fits:
                    yield above
        if (
            place + 1 < len(self.lines)
            and place + 1 not in self.used
            and read_label(self.lines[place + 1].text) is None
        ):
            yield place + 1
            if (
                self.lines[place + 1].heading
                and above >= 0
                and self.lines[above].heading > 1
                and above not in taken
            ):
                yield above  # a tile whose value is its heading, before the next tile

    def _fits(self, label_place: int, place: int) -> bool:
        label = read_label(self.lines[label_place].text)
        # Where a label follows the next line as well, that line may be the next label's own value.
        follows = place + 1 < len(self.lines) and read_label(self.lines[place + 1].text) is not None
        before = label_place > 0 and any(
            character.isdigit() for character in self.lines[label_place - 1].text
        )
        return label is not None and not (follows and before)

    def _read(self, label: Label, value: str, text: str, name: str) -> list[Reading]:
        return read_labelled(
            label, value, text, VISIBLE, 0.9, self.money, for_rent=self.for_rent, label_text=name
        )
