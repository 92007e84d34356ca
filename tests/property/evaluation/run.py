"""Measures detection on invented pages: for each field right, missing and wrong.

    script/eval [--misses]

`tuning` are the pages that the rules were written against, `held_back` those that they were not.
A field that a page does not have counts as right when nothing is found, wrong when something is.
"""

import importlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from frontdesk.property.detect import detect_html
from frontdesk.property.measures import SQUARE_METRES
from frontdesk.property.model import DetectedFact, Detection
from tests.property.evaluation.page import EvaluationPage

TODAY = date(2026, 11, 25)
SETS = (
    "tuning",
    "held_back",
    "held_back_2",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "real_dev",
    "real_held_back",
    "real_fresh",
    "real_fresh_2",
)
FIELDS = ("price", "bedrooms", "size", "place", "kind", "others")


def load_pages(name: str) -> list[EvaluationPage]:
    pages: list[EvaluationPage] = importlib.import_module(f"tests.property.evaluation.{name}").PAGES
    return pages


def judge(page: EvaluationPage, found: Detection) -> Iterator[tuple[str, str, str]]:
    """Field, verdict (`right`, `missing`, `wrong`) and what was found, for each that counts."""
    wanted = page.expected
    yield "kind", "right" if found.kind == wanted.kind else "wrong", f"{found.kind}: {found.reason}"
    facts = found.facts
    prices = [fact for fact in facts if fact.key in {"price", "rent"}]
    for subject, low in wanted.parts.items():
        yield from _one("price", [f for f in prices if f.subject == subject], partial(_is_figure, low))  # fmt: skip
    general = [fact for fact in prices if not fact.subject]
    price = wanted.price
    if price is not None:
        yield from _one("price", general, lambda f: _is_price(f, price))
    elif not wanted.parts or general:
        yield "price", "wrong" if general and not _fits_parts(general[0], wanted.parts) else "right", _show(general)  # fmt: skip
    beds = [fact for fact in facts if fact.key == "configuration"]
    counts = wanted.bedrooms
    if counts is not None:
        yield from _one("bedrooms", beds, lambda f: f.quantity is not None and (f.quantity.low, f.quantity.high) == counts)  # fmt: skip
    else:
        yield "bedrooms", "wrong" if beds else "right", _show(beds)
    sizes = [fact for fact in facts if fact.key == "size"]
    for subject, figure in wanted.size_parts.items():
        yield from _one("size", [f for f in sizes if f.subject == subject], partial(_is_figure, figure))  # fmt: skip
    size = wanted.size
    if size is not None:
        yield from _one("size", sizes, lambda f: _is_size(f, size), any_of=True)
    elif not wanted.size_parts:
        yield "size", "wrong" if sizes else "right", _show(sizes)
    else:
        strange = [fact for fact in sizes if not fact.subject and not _fits_sizes(fact, wanted.size_parts)]  # fmt: skip
        if strange:
            yield "size", "wrong", _show(strange)
    places = [fact for fact in facts if fact.key in {"location", "city"}]
    if wanted.place:
        yield from _one("place", places, lambda f: any(word in f.value for word in wanted.place), any_of=True)  # fmt: skip
    elif wanted.kind != "property":
        yield "place", "wrong" if places else "right", _show(places)
    for key, words in wanted.said.items():
        told = [
            fact for fact in facts if fact.key == key or (key, fact.key) == ("possession", "status")
        ]
        if words is not None:
            yield from _one("others", told, partial(_says, words), any_of=True)
        else:
            yield "others", "wrong" if told else "right", _show(told)


def _one(
    field: str,
    facts: list[DetectedFact],
    is_right: Callable[[DetectedFact], bool],
    *,
    any_of: bool = False,
) -> Iterator[tuple[str, str, str]]:
    if not facts:
        yield field, "missing", ""
    elif any_of:
        yield field, "right" if any(map(is_right, facts)) else "wrong", _show(facts)
    else:
        yield field, "right" if is_right(facts[0]) else "wrong", _show(facts)


def _says(words: str, fact: DetectedFact) -> bool:
    return words in fact.value


def _is_figure(figure: float, fact: DetectedFact) -> bool:
    return fact.quantity is not None and fact.quantity.low == figure


def _is_price(fact: DetectedFact, price: tuple[float, float | None, str, str]) -> bool:
    one = fact.quantity
    return one is not None and (one.low, one.high, one.currency, one.unit) == price


def _fits_parts(fact: DetectedFact, parts: dict[str, float]) -> bool:
    return fact.quantity is not None and fact.quantity.low in parts.values()


def _fits_sizes(fact: DetectedFact, parts: dict[str, float]) -> bool:
    """Whether an area of the whole page is one that its types can have."""
    one = fact.quantity
    if one is not None and one.low == one.high and len(set(parts.values())) > 1:
        return False  # one of several is not the page's
    return one is not None and 0.6 * min(parts.values()) <= one.low <= 1.7 * max(parts.values())


def _is_size(fact: DetectedFact, size: tuple[float, str]) -> bool:
    one = fact.quantity
    if one is None or one.unit not in SQUARE_METRES:
        return False
    factor = SQUARE_METRES[one.unit] / SQUARE_METRES[size[1]]
    return abs(one.low * factor - size[0]) <= 0.02 * size[0]


def _show(facts: list[DetectedFact]) -> str:
    return "; ".join(f"{fact.subject} {fact.value}".strip() for fact in facts)


def evaluate(name: str) -> tuple[dict[str, Counter[str]], list[str]]:
    counts = {field: Counter[str]() for field in FIELDS}
    misses = []
    for page in load_pages(name):
        found = detect_html(page.html, page.url, TODAY)
        for field, verdict, shown in judge(page, found):
            counts[field][verdict] += 1
            if verdict != "right":
                misses.append(f"{page.name}: {field} {verdict}: {shown}")
        misses += [f"{page.name}: conflict {c.key} {c.subject}: {_show(list(c.facts))}" for c in found.conflicts]  # fmt: skip
    return counts, misses


def print_table(*, misses: bool) -> None:
    for name in SETS:
        counts, missed = evaluate(name)
        print(f"\nproperty detection, {name}: {len(load_pages(name))} pages")
        print(f"{'':12}{'n':>5}{'right':>9}{'missing':>9}{'wrong':>9}")
        for field, found in counts.items():
            total = found.total()
            if not total:
                continue
            shares = [found[verdict] / total for verdict in ("right", "missing", "wrong")]
            print(f"{field:12}{total:5}{shares[0]:9.1%}{shares[1]:9.1%}{shares[2]:9.1%}")
        if misses:
            print("\n".join(f"  {line}" for line in missed))


if __name__ == "__main__":
    print_table(misses="--misses" in sys.argv)
