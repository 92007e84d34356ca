"""Open Graph, product and other meta tags. Pure. https://ogp.me/"""

import re
from collections.abc import Iterator, Mapping

from frontdesk.property.measures import find_areas, find_bedrooms, find_registrations, write_area
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import MoneyReader, write_money
from frontdesk.property.places import place_in
from frontdesk.property.prices import is_plausible, name_amount
from frontdesk.property.reading import Reading, bedrooms_reading, kind_of_area, price_reading

META = Method.META
_PRICES = (
    "product:price",
    "og:price",
    "product:sale_price",
    "property:price",
    "price",
    "twitter:data1",
    "og:product:price",
)
_OF_PLOTS = re.compile(r"\W*(?:\w+\s+)?(?:plots?|land|sites?|club\s?house)\b", re.IGNORECASE)
_PLACES = ("og:street-address", "business:contact_data:street_address", "place:street_address")


def read_meta(meta: Mapping[str, str], money: MoneyReader, *, for_rent: bool) -> Iterator[Reading]:
    yield from _price(meta, money, for_rent)
    yield from _place(meta)
    for name in (
        "og:title",
        "twitter:title",
        "og:description",
        "description",
        "twitter:description",
    ):
        text = meta.get(name, "")
        confidence = 0.78 if "title" in name else 0.7
        found = [one for one in find_bedrooms(text) if one.unit == "bedroom"]
        if found:
            best = max(found, key=lambda one: len(one.counts))
            yield bedrooms_reading(best, text, META, confidence)
        own = [
            (one, key)
            for one in money.find(text)
            if (key := name_amount(one, text, for_rent=for_rent)) in {"price", "rent"}
        ]
        if own and len({one.quantity.low for one, _ in own}) == 1:
            yield price_reading(own[0][1] or "price", own[0][0], text, META, confidence)
        areas = [
            one
            for one in find_areas(text, money.uses_decimal_comma)
            if one.quantity.unit in {"sq ft", "sq m", "sq yd"}
            and one.quantity.low > 15
            and not _OF_PLOTS.match(text, one.end)
        ]
        if len(areas) == 1 and len(found) <= 1:
            kind = kind_of_area(text)
            yield Reading(
                "size",
                write_area(areas[0].quantity) + (f" {kind}" if kind else ""),
                text[:300],
                META,
                confidence - 0.1,
                areas[0].quantity,
                kind=kind,
            )
        for number in find_registrations(text):
            yield Reading("rera", number, text[:300], META, 0.8)


def _price(meta: Mapping[str, str], money: MoneyReader, for_rent: bool) -> Iterator[Reading]:
    for name in _PRICES:
        text = meta.get(f"{name}:amount") or meta.get(name)
        if not text:
            continue
        found = money.amount(text)
        currency = (meta.get(f"{name}:currency") or meta.get("pricecurrency") or "").upper() or (
            found[1] if found else None
        )
        if found is None or not currency or len(currency) != 3:
            continue
        quantity = Quantity(low=found[0], high=found[0], currency=currency)
        for one in money.find(text):
            if not is_plausible(one):
                return
            quantity = one.quantity
        if quantity.low < 100:
            continue
        yield Reading(
            "rent" if for_rent else "price",
            write_money(quantity),
            f"{name}: {text} {currency}",
            META,
            0.85,
            quantity,
        )
        return


def _place(meta: Mapping[str, str]) -> Iterator[Reading]:
    street = next((meta[name] for name in _PLACES if meta.get(name)), "")
    town = (
        meta.get("og:locality")
        or meta.get("business:contact_data:locality")
        or meta.get("place:locality")
        or ""
    )
    region = meta.get("og:region") or meta.get("business:contact_data:region") or ""
    parts = [part for part in (street, town, region) if part]
    if parts:
        yield Reading("location", ", ".join(parts)[:200], ", ".join(parts)[:300], META, 0.75)
    elif place := meta.get("geo.placename"):
        yield Reading("location", place[:200], f"geo.placename: {place}"[:300], META, 0.7)
    elif place := place_in(meta.get("og:title", "")):
        yield Reading("location", place[:200], meta["og:title"][:300], META, 0.65)
