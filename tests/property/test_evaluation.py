"""The figures that the docs give: a change that makes detection worse goes red here."""

import pytest

from tests.property.evaluation.run import FIELDS, SETS, evaluate


@pytest.mark.parametrize("name", SETS)
def test_detection_is_as_good_as_it_was(name: str) -> None:
    counts, misses = evaluate(name)
    for field in FIELDS:
        total = counts[field].total()
        assert counts[field]["wrong"] / total <= 0.01, misses
        assert counts[field]["right"] / total >= 0.95, misses
