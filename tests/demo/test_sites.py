"""The sites are other people's: each its own way, and nothing of ours but the one tag."""

import json
from typing import Any

import pytest

from frontdesk.demo.sites import NAMES, SITES, page_files, page_path
from tests.demo.pages import SERVICE_URL, load_page

PAGES = [(site, page_path(file)) for site in NAMES for file in page_files(site)]


def test_which_pages_there_are() -> None:
    assert PAGES == [
        ("palmgrove", "/"),
        ("coralbay", "/"),
        ("urbannest", "/"),
        ("brand", "/"),
        ("brand", "/lake-terrace"),
        ("brand", "/lake-terrace/visit"),
        ("brand", "/palm-heights"),
        ("brand", "/palm-heights/plans"),
        ("brand", "/signature"),
    ]


@pytest.mark.parametrize(("site", "path"), PAGES)
async def test_carries_the_one_tag_and_nothing_else_of_ours(site: str, path: str) -> None:
    page = await load_page(site, path)
    tags = [script for script in page.scripts if script.get("type") != "application/ld+json"]
    by_hand = {"data-project": "signature-row"} if path == "/signature" else {}
    assert tags == [{"async": None, "src": f"{SERVICE_URL}/widget.js", **by_hand}]
    assert "frontdesk" not in page.html.lower()


@pytest.mark.parametrize(("site", "path"), PAGES)
async def test_loads_from_nowhere_else(site: str, path: str) -> None:
    page = await load_page(site, path)
    foreign = [
        address for address in page.addresses if "//" in address or address.startswith("data:")
    ]
    assert foreign == [f"{SERVICE_URL}/widget.js"]
    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy


@pytest.mark.parametrize("site", NAMES)
def test_drawings_and_styles_load_nothing_from_elsewhere(site: str) -> None:
    files = sorted((SITES / site / "files").iterdir())
    assert files
    for file in files:
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "//" not in text, file
        assert "<script" not in text, file
        assert "@import" not in text, file


async def test_each_site_says_it_in_its_own_way() -> None:
    with_json = await load_page("palmgrove", "/")
    with_meta = await load_page("coralbay", "/")
    plain = await load_page("urbannest", "/")
    assert with_json.data
    assert with_json.metas.keys().isdisjoint({"og:title", "product:price:amount"})
    assert not with_meta.data
    assert with_meta.metas["product:price:amount"] == "46500000"
    assert with_meta.metas["product:price:currency"] == "INR"
    assert not plain.data
    assert plain.metas.keys() == {"viewport"}
    assert "<!DOCTYPE html PUBLIC" in plain.html


async def test_structured_data_says_what_the_page_says() -> None:
    page = await load_page("palmgrove", "/")
    graph: list[dict[str, Any]] = json.loads("".join(page.data))["@graph"]
    by_type = {node["@type"]: node for node in graph}
    complex_, listing = by_type["ApartmentComplex"], by_type["RealEstateListing"]

    prices = {offer["name"]: offer["price"] for offer in listing["offers"]["offers"]}
    assert prices == {"2 BHK": 84_00_000, "3 BHK": 1_18_00_000, "4 BHK": 1_72_00_000}
    assert listing["offers"]["lowPrice"] == min(prices.values())
    assert listing["offers"]["highPrice"] == max(prices.values())
    assert complex_["identifier"]["value"] in page.text
    assert complex_["geo"].keys() == {"@type", "latitude", "longitude"}
    for plan in complex_["accommodationFloorPlan"]:
        assert f"{plan['floorSize']['value']:,} sq ft" in page.text
