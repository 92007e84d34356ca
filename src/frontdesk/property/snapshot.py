"""What a visitor's browser shows of its page: the same detection, for this visitor alone.

A browser can send anything. What is found here is never a project's fact and reaches no other
visitor; only figures in our own words are kept, so that no sentence of a page comes back as ours.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated

from pydantic import BeforeValidator, Field

from frontdesk.model import Model
from frontdesk.property.content import Line, PageContent
from frontdesk.property.detect import detect
from frontdesk.property.forgiving_json import read_json
from frontdesk.property.model import DetectedFact

MAX_TITLE, MAX_TEXT = 300, 12_000
MAX_META, MAX_META_VALUE = 60, 500
MAX_JSON_LD, MAX_JSON_LD_TEXT = 10, 20_000
MAX_LINES = 1_500
MAX_LINE, MAX_CELLS = 600, 30
MAX_FACTS = 20
# A snapshot in UTF-8 with all it may hold, as JSON.
MAX_BYTES = 524_288

# Figures and registrations: their values are written by us, not by the page.
USED = frozenset(
    {"price", "rent", "configuration", "size", "plot_size", "possession", "rera", "bathrooms"}
)


def _cut(value: object, length: int) -> object:
    return value[:length] if isinstance(value, str) else value


def _cut_list(value: object) -> object:
    if not isinstance(value, list | tuple):
        return value
    return [_cut(one, MAX_JSON_LD_TEXT) for one in value[:MAX_JSON_LD]]


def _cut_meta(value: object) -> object:
    if not isinstance(value, Mapping):
        return value
    return {
        _cut(name, 100): _cut(text, MAX_META_VALUE) for name, text in list(value.items())[:MAX_META]
    }


class PageSnapshot(Model):
    """What is longer than it may be is cut: a visitor's conversation does not fail over a page.

    `text` has a line for each block, with tabs between the cells of a table.
    """

    title: Annotated[str, BeforeValidator(lambda v: _cut(v, MAX_TITLE)), Field(max_length=MAX_TITLE)] = ""  # fmt: skip
    meta: Annotated[dict[str, str], BeforeValidator(_cut_meta), Field(max_length=MAX_META)] = Field(
        default_factory=dict
    )
    json_ld: Annotated[tuple[str, ...], BeforeValidator(_cut_list), Field(max_length=MAX_JSON_LD)] = ()  # fmt: skip
    text: Annotated[str, BeforeValidator(lambda v: _cut(v, MAX_TEXT)), Field(max_length=MAX_TEXT)] = ""  # fmt: skip


def read_snapshot(snapshot: PageSnapshot, url: str, as_of: date) -> tuple[DetectedFact, ...]:
    """The figures that the page shows, at most MAX_FACTS. Never raises over the page."""
    meta = {name.lower(): text for name, text in snapshot.meta.items()}
    content = PageContent(
        url=url,
        title=snapshot.title,
        language=meta.get("og:locale", ""),
        meta=meta,
        json_ld=[value for text in snapshot.json_ld for value in read_json(text)],
        lines=_read_lines(snapshot.text, snapshot.title),
    )
    found = detect(content, as_of).facts
    return tuple(fact for fact in found if fact.key in USED)[:MAX_FACTS]


def _read_lines(text: str, title: str) -> Sequence[Line]:
    lines: list[Line] = []
    has_heading = False
    number = 0
    for raw in text.split("\n")[:MAX_LINES]:
        # Cut as a fetched page's lines are: some rules take the square of a line's length.
        cells = tuple(" ".join(cell.split())[:MAX_LINE] for cell in raw.split("\t")[:MAX_CELLS])
        cells = cells if len(cells) > 1 and any(cells) else tuple(filter(None, cells))
        if not cells:
            continue
        is_row = len(cells) > 1
        number += not (is_row and lines and lines[-1].row_of is not None)
        # The title names the page as its heading does.
        words = cells[0].lower()
        is_heading = (
            not is_row and not has_heading and 3 < len(words) < 120 and words in title.lower()
        )
        has_heading = has_heading or is_heading
        lines.append(Line(cells, heading=1 if is_heading else 0, row_of=number if is_row else None))
    return lines
