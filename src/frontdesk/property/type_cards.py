"""Cards of a project's types of home: a line that names the type, its figures below. Pure."""

import re
from collections.abc import Iterator, Sequence

from frontdesk.property.content import Line
from frontdesk.property.measures import Bedrooms, find_areas, find_bedrooms, find_studio
from frontdesk.property.money import MoneyReader
from frontdesk.property.reading import Reading
from frontdesk.property.typed import SOLD_OUT, Row, figures_in, span_of, subject_of

MOST_LINES = 7
SHORT = 48


def read_type_cards(
    lines: Sequence[Line], used: set[int], money: MoneyReader, *, for_rent: bool
) -> Iterator[Row]:
    """A short line with nothing but a type of home, then its figures in the lines below; the places
    of all that is read are added to `used`."""
    starts = list(_starts(lines, used))
    if len({found.counts for _, found in starts}) < 2:
        return
    above = _above(lines, [place for place, _ in starts], money, for_rent)
    for number, (place, found) in enumerate(starts):
        end = starts[number + 1][0] if number + 1 < len(starts) else place + MOST_LINES
        end = min(end, place + MOST_LINES, len(lines))
        if any(SOLD_OUT.search(line.text) for line in lines[place:end]):
            continue
        listed: list[list[Reading]] = []
        if above is not None:
            at = above[number]
            used.add(at)
            figures = figures_in(lines[at].text, money, for_rent=for_rent)
            listed.append(figures)
            end = min(end, *(one for one in above if one > place), end)
        for below in range(place + 1, end):
            line = lines[below]
            if below in used or (line.heading and line.heading <= max(lines[place].heading, 2)):
                break
            figures = figures_in(line.text, money, for_rent=for_rent)
            known = {one.key for before in listed for one in before}
            # An area with its price is one of several sizes; what comes alone again is none of it.
            if figures and (len(figures) > 1 or not known & {one.key for one in figures}):
                listed.append(figures)
                used.add(below)
        if listed:
            used.add(place)
            yield Row(subject_of(found), "", found, _put_together(listed))


def _above(
    lines: Sequence[Line], starts: Sequence[int], money: MoneyReader, for_rent: bool
) -> list[int] | None:
    """For each card the place of the figure over its name, where cards have one there and the last
    has no such figure below."""

    def keys_at(place: int) -> set[str]:
        text = lines[place].text
        return {one.key for one in figures_in(text, money, for_rent=for_rent)} if len(text) <= SHORT else set()  # fmt: skip

    over = range(starts[0] - 1, max(-1, starts[0] - 4), -1)
    first = next((at for at in over if lines[at].heading or keys_at(at)), None)
    keys = keys_at(first) if first is not None and not lines[first].heading else set()
    below = range(starts[-1] + 1, min(starts[-1] + MOST_LINES, len(lines)))
    if not keys or any(keys & keys_at(at) for at in below):
        return None
    found = []
    for before, start in zip([starts[0] - 4, *starts], starts, strict=False):
        at = next((at for at in range(start - 1, max(before, -1), -1) if keys & keys_at(at)), None)
        if at is None:
            return None
        found.append(at)
    return found


def _put_together(listed: Sequence[Sequence[Reading]]) -> list[Reading]:
    sizes = [figures for figures in listed if len(figures) > 1]
    if len(sizes) > 1:
        listed = sizes
    keys = dict.fromkeys(one.key for figures in listed for one in figures)
    found = [one for figures in listed for one in figures]
    if len(sizes) < 2:
        return list({one.key: one for one in reversed(found)}.values())[::-1]
    return [span_of([one for one in found if one.key == key]) for key in keys]


def _starts(lines: Sequence[Line], used: set[int]) -> Iterator[tuple[int, Bedrooms]]:
    for place, line in enumerate(lines):
        if (
            place in used
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
            and not re.search(r"[:?]|\.(?!\d)|\bbaths?\b|[₹£€$]", line.text)
            and not list(find_areas(line.text))
        ):
            yield place, named[0]
