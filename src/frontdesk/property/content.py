"""A page, as detection sees it: from HTML or from a widget's snapshot, the same afterwards."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """One block of visible text; the cells of a table's row, or a label and its value, are parts.

    `heading` is the level of a heading, 0 for any other text. `hint` has the words of the classes
    and ids around it. `row_of` is the number of the table it is a row of, or None. `leads_away` says
    that all of it is a link to another page, `in_footer` that it is about the site.
    """

    cells: tuple[str, ...]
    heading: int = 0
    hint: str = ""
    row_of: int | None = None
    is_header: bool = False
    leads_away: bool = False
    in_footer: bool = False

    @property
    def text(self) -> str:
        return " ".join(self.cells)


@dataclass(frozen=True, slots=True)
class PageContent:
    """`items` are microdata and RDFa in JSON-LD's form, each under its method's name.

    `foreign` counts the cards of other properties that were left out of `lines`; `foreign_share` is
    their part of the visible text.
    """

    url: str
    title: str = ""
    language: str = ""
    meta: Mapping[str, str] = field(default_factory=dict)
    json_ld: Sequence[Any] = ()
    microdata: Sequence[Any] = ()
    rdfa: Sequence[Any] = ()
    state: Sequence[Any] = ()  # what a browser-drawn page carries in its scripts
    lines: Sequence[Line] = ()
    foreign: int = 0
    foreign_share: float = 0.0
    phones: Sequence[str] = ()
    marks: str = ""  # names of scripts, forms and frames, by which a bot wall gives itself away
