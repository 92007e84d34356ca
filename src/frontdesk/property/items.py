"""schema.org items as dictionaries: out of graphs and lists, by type, the page's own among several."""

import html
import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

Item = dict[str, Any]

HOMES = frozenset(
    [
        "realestatelisting",
        "apartment",
        "house",
        "singlefamilyresidence",
        "apartmentcomplex",
        "residence",
        "accommodation",
        "gatedresidencecommunity",
        "residentialcomplex",
        "condominium",
        "townhouse",
        "villa",
        "suite",
        "room",
        "floorplan",
        "landform",
        "land",
        "realestateproperty",
        "homeandconstructionproject",
        "newdevelopment",
        "singlefamilyhome",
        "multifamilyresidence",
        "productmodel",
    ]
)
STORIES = frozenset({"article", "newsarticle", "blogposting", "report", "techarticle"})
STAYS = frozenset(
    ["hotel", "lodgingbusiness", "hostel", "motel", "resort", "vacationrental", "bedandbreakfast"]
)
OTHERS = frozenset(
    ["car", "vehicle", "motorcycle", "jobposting", "recipe", "event", "movie", "book",
     "softwareapplication", "restaurant", "course"]
)  # fmt: skip
GOODS = frozenset({"product", "offer", "aggregateoffer", "individualproduct", "place", "service"})
LISTS = frozenset({"itemlist", "searchresultspage", "collectionpage", "offercatalog"})


def top_items(values: Sequence[Any]) -> Iterator[Item]:
    for value in values:
        if isinstance(value, list):
            yield from top_items(value)
        elif isinstance(value, dict):
            item = {
                key.rpartition(":")[2].lower() if not key.startswith("@") else key.lower(): inner
                for key, inner in value.items()
                if isinstance(key, str)
            }
            graph = item.get("@graph")
            if isinstance(graph, list | dict):
                yield from top_items(graph if isinstance(graph, list) else [graph])
            if "@type" in item or "type" in item:
                yield item


def walk_all(items: Sequence[Item], depth: int = 0) -> Iterator[Item]:
    for item in items:
        yield item
        if depth < 6:
            for inner in item.values():
                yield from walk_all(list(objects_in(inner)), depth + 1)


def objects_in(value: Any) -> Iterator[Item]:
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield lower_keys(one)


def lower_keys(item: dict[Any, Any]) -> Item:
    return {
        (key.lower() if key.startswith("@") else key.rpartition(":")[2].lower()): inner
        for key, inner in item.items()
        if isinstance(key, str)
    }


def types_of(item: Item) -> set[str]:
    value = item.get("@type") or item.get("type") or ()
    kinds = value if isinstance(value, list) else [value]
    return {re.split(r"[/#:]", kind)[-1].lower() for kind in kinds if isinstance(kind, str)}


def distinct(items: list[Item]) -> list[Item]:
    """Without those that only say again what another says (same name or address)."""
    found: dict[str, Item] = {}
    for place, item in enumerate(items):
        name = text_of(item.get("name")) or text_of(item.get("url")) or str(place)
        key = name.lower()
        found[key] = {**item, **found[key]} if key in found else item
    return list(found.values())


def choose(items: list[Item], url: str) -> Item | None:
    """The item that is the page's own; None where several could be."""
    if len(items) == 1:
        return items[0]
    own = _path(url)
    named = [
        item
        for item in items
        if own
        and own
        in {
            _path(text_of(item.get("url"))),
            _path(text_of(item.get("@id"))),
            _path(text_of(item.get("mainentityofpage"))),
        }
    ]
    if len(named) == 1:
        return named[0]
    listings = [
        item
        for item in items
        if "realestatelisting" in types_of(item) or "apartmentcomplex" in types_of(item)
    ]
    if len(listings) == 1:
        return listings[0]
    priced = [item for item in items if item.get("offers")]
    return priced[0] if len(priced) == 1 and len(items) == 2 else None


def _path(url: str | None) -> str:
    if not url:
        return ""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return parts.path.rstrip("/")


def count_listed(items: Sequence[Item]) -> int:
    count = 0
    for item in items:
        if types_of(item) & LISTS:
            for key in ("itemlistelement", "mainentity", "haspart", "itemlist"):
                inner = item.get(key)
                if isinstance(inner, list):
                    count = max(count, len(inner))
                elif isinstance(inner, dict):
                    listed = lower_keys(inner).get("itemlistelement")
                    count = max(count, len(listed) if isinstance(listed, list) else 0)
    return count


def text_of(value: Any) -> str:
    """A value as text: the first of several, an object by its name."""
    if isinstance(value, list):
        value = value[0] if value else ""
    if isinstance(value, dict):
        inner = lower_keys(value)
        value = (
            inner.get("name") or inner.get("@value") or inner.get("value") or inner.get("@id") or ""
        )
        if isinstance(value, dict | list):
            return ""
    if isinstance(value, bool) or value is None:
        return ""
    return " ".join(html.unescape(str(value)).split())
