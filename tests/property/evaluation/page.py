"""What an evaluation page is, and what is expected of it."""

from typing import NamedTuple


class Expected(NamedTuple):
    """None asks for nothing and tolerates nothing. `price` is low, high (None: onwards), currency,
    and per what; `bedrooms` least and most; `size` figure and unit; `place` words that have to be
    in the location. `parts` are further prices by subject, `said` words of other facts by key (None:
    there must be none)."""

    kind: str = "property"
    price: tuple[float, float | None, str, str] | None = None
    bedrooms: tuple[float, float] | None = None
    size: tuple[float, str] | None = None
    place: tuple[str, ...] = ()
    parts: dict[str, float] = {}  # noqa: RUF012
    size_parts: dict[str, float] = {}  # noqa: RUF012
    said: dict[str, str | None] = {}  # noqa: RUF012


class EvaluationPage(NamedTuple):
    name: str
    url: str
    html: str
    expected: Expected
