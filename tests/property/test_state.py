"""What a page's scripts say of it, and what must never be taken from them."""

import json
import random
import time
from datetime import date
from typing import Any

import pytest

from frontdesk.property.detect import detect_html
from frontdesk.property.merging import TRUSTED
from frontdesk.property.model import Detection, Method

HOME = {
    "price": 450000,
    "currency": "GBP",
    "bedrooms": 3,
    "areaSqft": 1012,
    "address": "Beech Road, Oxford",
}


def detect_state(state: Any, body: str = "", url: str = "https://s.example/p/1") -> Detection:
    script = f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(state)}</script>'
    page = f"<html lang=en><title>A house</title><body>{body}{script}</body></html>"
    return detect_html(page, url, date(2026, 11, 25))


def values(found: Detection) -> dict[str, str]:
    return {fact.key: fact.value for fact in found.facts}


def test_a_home_in_the_state_is_read_but_never_trusted() -> None:
    found = detect_state({"props": {"pageProps": {"listing": HOME}}})
    assert values(found) == {
        "price": "£450,000",
        "configuration": "3 bedrooms",
        "size": "1,012 sq ft",
        "location": "Beech Road, Oxford",
    }
    assert {fact.method for fact in found.facts} == {Method.STATE}
    assert all(fact.confidence < TRUSTED for fact in found.facts)


@pytest.mark.parametrize(
    "script",
    [
        "<script>window.__INITIAL_STATE__ = {0};(function(){{}})()</script>",
        "<script>window['__APOLLO_STATE__']={0}</script>",
        "<script>var pageData = {0}, other = 1;</script>",
        '<script type="application/json" data-hypernova-key="x">{0}</script>',
        "<script>self.__next_f.push([1,{1}])</script>",
    ],
)
def test_state_in_each_of_its_forms(script: str) -> None:
    state = json.dumps({"a": {"listing": HOME}})
    flight = json.dumps(f'1a:["$","div",null,{state}]\n')
    body = f"<html lang=en><title>A house</title><body>{script.format(state, flight)}</body></html>"
    found = detect_html(body, "https://s.example/p/1", date(2026, 11, 25))
    assert values(found)["price"] == "£450,000"


@pytest.mark.parametrize(
    "state",
    [
        {"similarListings": [HOME]},
        {"recommended": {"a": HOME}},
        {"searchResults": {"items": [HOME]}},
        {"items": [HOME, {**HOME, "price": 460000}]},
        {"cache": {"Listing:1": HOME, "Listing:2": {**HOME, "price": 460000}}},
        {"a": HOME, "b": {**HOME, "price": 460000}},
        {"cart": {"price": 450000, "currency": "GBP"}},
        {"listing": {**HOME, "currency": None, "bedrooms": None, "address": None}},
    ],
)
def test_nothing_is_taken_from_lists_similar_homes_or_things_that_are_no_home(state: Any) -> None:
    assert values(detect_state(state)) == {}


def test_a_price_without_a_currency_is_none() -> None:
    found = values(detect_state({"listing": {**HOME, "currency": ""}}))
    assert "price" not in found
    assert found["configuration"] == "3 bedrooms"


def test_of_several_the_one_that_the_address_names_is_the_pages_own() -> None:
    cache = {"a": {**HOME, "id": 88001}, "b": {**HOME, "id": 88002, "price": 460000}}
    found = detect_state(cache, url="https://s.example/homes/88002")
    assert values(found)["price"] == "£460,000"


def test_what_the_page_shows_stands_before_its_state() -> None:
    body = "<h1>2 bedroom flat in Leeds</h1><p>Price: £210,000</p>"
    found = detect_state({"listing": HOME}, body)
    assert values(found)["price"] == "£210,000"
    assert values(found)["configuration"] == "2 bedrooms"
    assert not found.conflicts


def test_hostile_state_costs_no_more_than_its_length() -> None:
    """A megabyte of each in a few seconds of CPU: what grows with its square takes minutes."""
    dice = random.Random(7)
    deep = "[" * 500_000
    many = json.dumps([{"a": HOME}] * 6_000)
    table = json.dumps([["Reactive", 1], *[{"a": n, "b": n + 1} for n in range(60_000)], 0, 0])
    noise = "".join(dice.choices('{}[]":,1a&q;= window.state=', k=1_000_000))
    opens = "window.__STATE__={" * 55_000
    states = (deep, many, table, noise)
    pages = [f'<script type="application/json">{text}</script>' for text in states]
    pages += [f"<script>{noise}</script>", f"<script>{opens}</script>"]
    pages += ["<script>self.__next_f.push([1,{</script>" * 20_000]
    pages += ["<p>Price</p><p>₹ 84 L</p>" * 4_000, "<p>studio, " * 60_000, "<p>غرف " * 80_000]
    for page in pages:
        start = time.process_time()
        detect_html(f"<title>3 BHK flat</title>{page}", "https://s.example/", date(2026, 11, 25))
        assert time.process_time() - start < 8, page[:60]


PROJECT: dict[str, Any] = {
    "locality": "Mahalaxmi",
    "city": "Mumbai",
    "minPrice": 54000000,
    "maxPrice": 88000000,
    "configurations": [
        {"unitType": "3 BHK", "carpetArea": 1350, "areaUnit": "sq.ft", "price": 54000000},
        {"unitType": "4 BHK", "carpetArea": 2100, "areaUnit": "sq.ft", "price": 88000000},
    ],
}


def test_the_types_of_a_project_are_read() -> None:
    found = detect_state({"projectDetail": PROJECT})
    told = {(one.key, one.subject): one.value for one in found.facts}
    assert told[("price", "")] == "₹5.4 crore to ₹8.8 crore"
    assert told[("configuration", "")] == "3 and 4 BHK"
    assert told[("price", "3 BHK")] == "₹5.4 crore"
    assert told[("size", "4 BHK")] == "2,100 sq ft"


def test_two_types_of_one_size_are_not_told_apart() -> None:
    twins = [PROJECT["configurations"][0], PROJECT["configurations"][0] | {"price": 57000000}]
    found = detect_state({"projectDetail": PROJECT | {"configurations": twins}})
    assert not any(one.subject for one in found.facts)


def test_a_sum_without_a_currency_is_none_where_bedrooms_are_counted() -> None:
    types = [{"unitType": f"{n} bedrooms", "price": n * 18000000} for n in (3, 4)]
    found = detect_state({"projectDetail": PROJECT | {"configurations": types}})
    assert not any(one.key == "price" for one in found.facts)
