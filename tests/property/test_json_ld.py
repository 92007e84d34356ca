"""What was found, written as data: read again it says the same."""

import json
import re
from datetime import date

import pytest

from frontdesk.property.detect import detect_html
from frontdesk.property.json_ld import write_json_ld
from frontdesk.property.merging import TRUSTED
from frontdesk.property.model import Detection, Quantity
from tests.property.evaluation.run import load_pages

TODAY = date(2026, 11, 25)
FIGURES = frozenset(["price", "rent", "configuration"])


def figures(found: Detection) -> dict[tuple[str, str], Quantity | None]:
    """By key, and for a type of home by how many bedrooms it has: data says `2 bedrooms`."""
    told: dict[tuple[str, str], Quantity | None] = {}
    for fact in found.facts:
        count = re.match(r"[\d.]+", fact.subject)
        if fact.key in FIGURES and fact.confidence >= TRUSTED and (count or not fact.subject):
            told.setdefault((fact.key, count[0] if count else ""), fact.quantity)
    return told


@pytest.mark.parametrize("name", ["tuning", "real_dev", "real_held_back", "real_fresh"])
def test_what_is_written_says_what_was_read(name: str) -> None:
    for page in load_pages(name):
        found = detect_html(page.html, page.url, TODAY)
        if not found.facts:
            continue
        html = f"<title>{found.title}</title>{write_json_ld(found)}"
        again = detect_html(html, page.url, TODAY)
        assert figures(again) == figures(found), page.name
        sure = [fact for fact in found.facts if fact.confidence >= TRUSTED]
        places = [fact.value for fact in sure if fact.key == "location"]
        told = " ".join(fact.value for fact in again.facts if fact.key in {"location", "city"})
        assert all(place in told for place in places[:1]), page.name


def test_what_is_in_doubt_is_not_written() -> None:
    page = "<h1>3 BHK flat in Baner, Pune</h1><p>Price: ₹ 1.18 Cr</p><p>Price: ₹ 1.62 Cr</p>"
    found = detect_html(page, "https://flat.example/", TODAY)
    assert [one.key for one in found.conflicts] == ["price"]
    assert "offers" not in write_json_ld(found)


def test_a_page_cannot_end_the_script_that_is_written_from_it() -> None:
    page = (
        "<title>3 BHK flat </script><script>alert(1)</script></title>"
        "<h1>3 BHK flat in Baner, Pune</h1><p>Developer: Grove &lt;/script&gt;&lt;b&gt; Homes</p>"
        "<p>Price: ₹ 1.18 Cr</p>"
    )
    written = write_json_ld(detect_html(page, "https://flat.example/", TODAY))
    assert written.lower().count("</script") == 1
    inside = written.partition(">")[2].rpartition("</script>")[0]
    assert json.loads(inside)["offers"]["price"] == 11_800_000
