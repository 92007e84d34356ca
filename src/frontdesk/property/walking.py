"""An element tree's visible text as lines: blocks, rows of tables, labels with their values."""

import re
from typing import Any

from frontdesk.property.cards import PRICE_NEAR, find_cards, leads_away
from frontdesk.property.content import Line
from frontdesk.property.labels import read_label
from frontdesk.property.skipping import (
    BLOCKS,
    SKIPPED,
    clean,
    has_prices_of_others,
    is_left_out,
    names_of,
    visible_text,
)

MAX_LINES = 4_000
MAX_WHOLE_CHARS = 240
SHORTEST_CARD = 20
_HEADINGS = frozenset(["h1", "h2", "h3", "h4", "h5", "h6"])
Element = Any  # lxml has no types of its own


class Walker:
    def __init__(self, url: str) -> None:
        self.lines: list[Line] = []
        self.foreign = 0
        self.foreign_chars = 0
        self._url = url
        self._tables = 0
        self._away = self._footer = False
        self._parts: list[str] = []

    def walk(self, root: Element) -> None:
        body = root.find("body")
        self._block(body if body is not None else root, "", 0)
        self._flush("", 0)

    def _block(self, element: Element, hint: str, depth: int) -> None:
        if depth > 180 or len(self.lines) >= MAX_LINES:
            return
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        own_hint = names.lower().strip()
        if own_hint:
            hint = f"{hint} {own_hint}"[-160:]
        tag = element.tag
        if tag == "table":
            self._table(element, hint)
            return
        if (tag in {"dl", "tr"} or self._is_pair(element)) and self._pairs(element, hint):
            return
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
        if (level or tag == "address") and self._whole(element, hint, level):
            return
        foreign = find_cards(element, self._url)
        away = self._away
        self._away = away or leads_away(element, self._url)
        footer = self._footer
        self._footer = footer or tag == "footer"
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if child in foreign:
                    # A menu's `Under ₹50 lakh` is no card of a home.
                    self.foreign += len(child.text_content()) > SHORTEST_CARD
                    self.foreign_chars += len(child.text_content())
                elif is_left_out(child):
                    if has_prices_of_others(child):
                        self.foreign_chars += len(child.text_content())
                else:
                    name = child.tag
                    if name in BLOCKS or self._has_blocks(child):
                        self._flush(hint, level)
                        self._block(child, hint, depth + 1)
                        self._flush(
                            hint if name not in BLOCKS else f"{hint} {names_of(child)}", level
                        )
                    else:
                        self._block_inline(child, hint, depth + 1)
            self._text(child.tail)
        if tag in BLOCKS or level:
            self._flush(hint, level)
        self._away, self._footer = away, footer

    def _whole(self, element: Element, hint: str, level: int) -> bool:
        """A heading or an address is one line, whatever stands in it; False where it is too long,
        or a heading with an address or paragraphs of its own."""
        if level and any(
            element.find(f".//{tag}") is not None for tag in ("address", "p", "table")
        ):
            return False
        text = visible_text(element)
        if not text or len(text) > MAX_WHOLE_CHARS:
            return not text
        self._flush(hint, 0)
        self._parts.append(text)
        self._flush(hint, level)
        return True

    def _block_inline(self, element: Element, hint: str, depth: int) -> None:
        """Inline elements: their text joins the line."""
        if depth > 180:
            return
        # Elements beside each other are apart by their style; but m<sup>2</sup> is one word.
        gap = "" if element.tag in {"sup", "sub", "b", "i", "em", "strong", "font"} else " "
        self._parts.append(gap)
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str) and not is_left_out(child):
                self._block_inline(child, hint, depth + 1)
            self._text(child.tail)
        self._parts.append(gap)

    def _text(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def _flush(self, hint: str, level: int) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        text = clean(text)
        if text:
            self.lines.append(
                Line(
                    (text[:2000],),
                    level,
                    hint[-160:],
                    leads_away=self._away,
                    in_footer=self._footer,
                )
            )

    def _has_blocks(self, element: Element) -> bool:
        return any(
            isinstance(inner.tag, str) and inner.tag in BLOCKS
            for inner in element.iterdescendants()
        )

    def _is_pair(self, element: Element) -> bool:
        """A label and its value as two elements beside each other and nothing else."""
        if (
            element.tag not in {"div", "li", "p", "span"}
            or len(element) != 2
            or clean(element.text or "")
        ):
            return False
        first, second = element
        if not isinstance(first.tag, str) or not isinstance(second.tag, str):
            return False
        if first.tag in SKIPPED or second.tag in SKIPPED or clean(first.tail or ""):
            return False
        if re.fullmatch(r"h[1-3]", first.tag) or len(list(element.iterdescendants())) > 10:
            return False
        if any(inner.tag in _HEADINGS for part in (first, second) for inner in part.iterdescendants()):  # fmt: skip
            return False  # a card with a heading of its own
        left, right = clean(first.text_content()), clean(second.text_content())
        if PRICE_NEAR.search(left) and PRICE_NEAR.search(right):
            return False  # two sums beside each other: neither says what the other is
        return 0 < len(left) <= 40 and 0 < len(right) <= 160 and not is_left_out(second)

    def _pairs(self, element: Element, hint: str) -> bool:
        """Rows of a definition list, or of one pair; False where it is something else."""
        children = list(element.iter("dt", "dd") if element.tag == "dl" else element)
        children = [c for c in children if isinstance(c.tag, str) and not is_left_out(c)]
        cells = [visible_text(child) for child in children]
        if element.tag == "dl":
            if not children:
                return False
            label = ""
            for child, cell in zip(children, cells, strict=True):
                if child.tag == "dt":
                    label = cell
                elif cell:
                    self._row((label, cell) if label else (cell,), hint)
            return True
        if element.tag != "tr" and len(children) != 2:
            return False
        self._row(tuple(cell for cell in cells if cell), hint)
        return True

    def _row(
        self,
        cells: tuple[str, ...],
        hint: str,
        row_of: int | None = None,
        *,
        is_header: bool = False,
    ) -> None:
        self._flush(hint, 0)
        if cells and len(self.lines) < MAX_LINES:
            self.lines.append(
                Line(
                    tuple(cell[:600] for cell in cells),
                    0,
                    hint[-160:],
                    row_of,
                    is_header,
                    in_footer=self._footer,
                )
            )

    def _pairs_in_cells(self, cells: list[Element], hint: str) -> bool:
        """Cells that hold a label over its value each."""
        found = [
            len(cell) == 2 and not clean(cell.text or "") and _is_label(cell[0]) for cell in cells
        ]
        if not any(found) or sum(found) < len(cells) - 1:
            return False
        for cell, is_pair in zip(cells, found, strict=True):
            texts = [visible_text(child) for child in cell] if is_pair else [visible_text(cell)]
            self._row(tuple(filter(None, texts)), hint)
        return True

    def _table(self, element: Element, hint: str) -> None:
        if element.find(".//table") is not None or clean(element.text_content()) == "":
            for child in element.iter("td", "th"):
                if child.find(".//table") is None:
                    self._block(child, hint, 100)
            return
        self._flush(hint, 0)
        self._tables += 1
        number = self._tables
        for row in element.iter("tr"):
            if is_left_out(row):
                continue
            parts = [c for c in row if isinstance(c.tag, str) and c.tag in {"td", "th"}]
            if self._pairs_in_cells(parts, hint):
                continue
            cells = tuple(visible_text(cell) for cell in parts)
            header = bool(parts) and all(cell.tag == "th" for cell in parts) and len(parts) > 1
            if any(cells):
                self._row(cells, hint, number, is_header=header)


def _is_label(element: Element) -> bool:
    return isinstance(element.tag, str) and read_label(visible_text(element)) is not None
