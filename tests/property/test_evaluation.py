"""The figures that the docs give: a change that makes detection worse goes red here."""

import pytest

from frontdesk.property.detect import detect_html
from tests.property.evaluation.noise import NOISES
from tests.property.evaluation.run import FIELDS, SETS, TODAY, evaluate, judge, load_pages

# Of so few pages one in which something is missing is more than a twentieth.
SMALL = frozenset(["real_dev", "real_held_back", "real_fresh", "real_fresh_2"])


@pytest.mark.parametrize("name", SETS)
def test_detection_is_as_good_as_it_was(name: str) -> None:
    counts, misses = evaluate(name)
    for field in FIELDS:
        total = counts[field].total() or 1
        least = 0.9 if name in SMALL and field != "price" else 0.95
        assert counts[field]["wrong"] / total <= 0.01, misses
        assert counts[field]["right"] >= least * counts[field].total(), misses


@pytest.mark.parametrize("name", NOISES)
def test_what_stands_around_a_property_changes_nothing(name: str) -> None:
    """A page that is drawn in the browser says nothing itself: there, cards may make it a list."""
    worse = []
    for page in (page for one in ("tuning", "fifth", "eighth") for page in load_pages(one)):
        if page.expected.kind != "property":
            continue
        before = judge(page, detect_html(page.html, page.url, TODAY))
        after = judge(page, detect_html(NOISES[name](page.html), page.url, TODAY))
        worse += [
            (page.name, field, shown)
            for (_, was, _), (field, verdict, shown) in zip(before, after, strict=False)
            if was == "right" and verdict == "wrong" and field != "kind"
        ]
    assert not worse
