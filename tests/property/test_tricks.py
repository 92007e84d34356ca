from datetime import date

import pytest

from frontdesk.property.detect import detect_html
from tests.property.evaluation.tricks import TRICKS, Trick


@pytest.mark.parametrize("trick", TRICKS, ids=lambda trick: trick.name)
def test_a_page_that_misleads(trick: Trick) -> None:
    found = detect_html(trick.html, trick.url, date(2026, 11, 25))
    assert found.kind == trick.kind, found.reason
    said: dict[str, str] = {}
    for fact in found.facts:
        said.setdefault(f"{fact.key}/{fact.subject}".rstrip("/"), fact.value)
    conflicts = [conflict.key for conflict in found.conflicts]
    for key, value in trick.expected.items():
        if key == "conflict":
            assert conflicts == ([] if value is None else [value])
        else:
            assert said.get(key) == value, (said, found.conflicts)
