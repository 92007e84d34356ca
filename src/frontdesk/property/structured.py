"""JSON-LD, microdata and RDFa: what schema.org items say about the page's property.

https://schema.org/Accommodation, /RealEstateListing, /Offer, /AggregateOffer, /QuantitativeValue.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from frontdesk.property.items import (
    GOODS,
    HOMES,
    LISTS,
    Item,
    choose,
    count_listed,
    distinct,
    objects_in,
    text_of,
    top_items,
    types_of,
    walk_all,
)
from frontdesk.property.labels import read_label
from frontdesk.property.measures import find_areas, find_bedrooms, read_unit, write_area
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import MoneyReader
from frontdesk.property.numbers import Figure, as_figure
from frontdesk.property.offers import read_offer, write_price
from frontdesk.property.reading import Reading, bedrooms_reading, read_labelled

_NESTED = (
    "about",
    "mainentity",
    "mainentityofpage",
    "itemoffered",
    "object",
    "includesobject",
    "isrelatedto_none",
)
_PARTS = ("containsplace", "accommodationfloorplan", "hasvariant", "hasfloorplan")


class Statements(NamedTuple):
    """`primary` says that an item is about one home; `homes` how many stand side by side."""

    readings: list[Reading]
    has_home: bool
    homes: int
    is_list: bool
    types: frozenset[str]


def read_items(values: Sequence[Any], method: Method, url: str, money: MoneyReader) -> Statements:
    items = list(top_items(values))
    by_id = {
        item["@id"]: item
        for item in walk_all(items)
        if isinstance(item.get("@id"), str) and len(item) > 1
    }
    types = frozenset(kind for item in items for kind in types_of(item))
    reader = _Reader(method, money, by_id)
    homes = distinct([item for item in items if types_of(item) & HOMES])
    listed = count_listed(items)
    chosen = choose(homes, url)
    if chosen is None and not homes:
        goods = distinct([item for item in items if types_of(item) & GOODS])
        chosen = choose(goods, url)
        homes_seen = False
    else:
        homes_seen = bool(homes)
    pages = [item for item in items if types_of(item) & {"webpage", "itempage"}]
    for page in pages:
        for inner in reader.follow(page, ("mainentity", "about")):
            if types_of(inner) & (HOMES | {"product"}):
                chosen, homes_seen = chosen or inner, homes_seen or bool(types_of(inner) & HOMES)
    if chosen is not None:
        reader.read(chosen)
        if types_of(chosen) & HOMES:  # an Offer beside the home that points to it
            for item in items:
                if (
                    item is not chosen
                    and types_of(item) & {"offer", "aggregateoffer", "product"}
                    and len(homes) == 1
                    and _is_of(item, chosen)
                ):
                    reader.read(item)
    for item in items:
        if types_of(item) & {"realestateagent", "organization", "localbusiness"}:
            reader.read_agent(item)
    is_list = bool(types & LISTS and listed >= 3) or (chosen is None and len(homes) >= 3)
    return Statements(reader.readings, homes_seen, len(homes), is_list, types)


def _is_of(item: Item, home: Item) -> bool:
    """Whether an offer or a product beside a home is that home: without a name of its own, or with
    one that shares words with the home's."""
    name, other = (
        set(re.findall(r"\w{3,}", text_of(one.get("name")).lower())) for one in (item, home)
    )
    return not name or not other or len(name & other) * 2 >= min(len(name), len(other))


class _Reader:
    def __init__(self, method: Method, money: MoneyReader, by_id: dict[str, Item]) -> None:
        self.readings: list[Reading] = []
        self._method, self._money, self._by_id = method, money, by_id

    def follow(self, item: Item, keys: Sequence[str]) -> Iterator[Item]:
        for key in keys:
            for inner in objects_in(item.get(key)):
                reference = inner.get("@id")
                yield (
                    self._by_id.get(reference, inner)
                    if isinstance(reference, str) and len(inner) == 1
                    else inner
                )

    def read(self, item: Item, subject: str = "", depth: int = 0) -> None:
        if depth > 4:
            return
        bedrooms = self._bedrooms(item)
        parts = [part for part in self.follow(item, _PARTS) if part]
        if subject == "" and bedrooms is not None:
            self._add(bedrooms)
        self._size(item, subject)
        self._prices(item, subject)
        if not subject:
            self._about(item)
        for inner in self.follow(item, _NESTED):
            if not types_of(inner) & {
                "webpage",
                "website",
                "organization",
                "person",
                "breadcrumblist",
                "faqpage",
                "question",
            }:
                self.read(inner, subject, depth + 1)
        offered = [
            inner
            for offer in self.follow(item, ("offers",))
            for inner in self.follow(offer, ("itemoffered",))
        ]
        if len(offered) == 1:
            self.read(offered[0], subject, depth + 1)
        elif len(offered) > 1:
            parts = parts or offered
        for part in parts[:30]:
            found = self._bedrooms(part)
            name = found.value if found is not None else text_of(part.get("name"))[:60]
            if name:
                self.read(part, subject or name, depth + 1)

    def read_agent(self, item: Item) -> None:
        telephone = text_of(item.get("telephone")) or next(
            (
                phone
                for point in self.follow(item, ("contactpoint",))
                if (phone := text_of(point.get("telephone")))
            ),
            "",
        )
        if telephone:
            self._add(Reading("contact", telephone, telephone, self._method, 0.7))

    def _add(self, reading: Reading) -> None:
        self.readings.append(reading)

    def _bedrooms(self, item: Item) -> Reading | None:
        for key, word in (("numberofbedrooms", "bedrooms"), ("numberofrooms", "rooms")):
            value = item.get(key)
            text = self._figure_text(value)
            if not text:
                continue
            found = next(find_bedrooms(text), None) or next(find_bedrooms(f"{text} {word}"), None)
            if found is None:
                continue
            return bedrooms_reading(
                found, f"{key}: {text}", self._method, 0.95 if word == "bedrooms" else 0.75
            )
        name = text_of(item.get("name"))
        found = next(find_bedrooms(name), None)
        if found is not None and found.unit == "bedroom":
            return bedrooms_reading(found, f"name: {name}", self._method, 0.85)
        return None

    def _figure_text(self, value: Any) -> str:
        inner = next(objects_in(value), None)
        if inner is not None:
            low, high = inner.get("minvalue"), inner.get("maxvalue")
            if low is not None and high is not None:
                return (
                    f"{text_of(low)}-{text_of(high)}"
                    if text_of(low) != text_of(high)
                    else text_of(low)
                )
            return text_of(inner.get("value"))
        return text_of(value)

    def _size(self, item: Item, subject: str) -> None:
        for key, fact in (
            ("floorsize", "size"),
            ("lotsize", "plot_size"),
            ("floorarea", "size"),
            ("livingarea", "size"),
        ):
            for value in item[key] if isinstance(item.get(key), list) else [item.get(key)]:
                quantity, text = self._area(value)
                if quantity is not None and not (
                    quantity.low < 5 and quantity.unit.startswith("sq")
                ):
                    self._add(
                        Reading(
                            fact,
                            write_area(quantity),
                            f"{key}: {text}"[:300],
                            self._method,
                            0.95,
                            quantity,
                            subject,
                        )
                    )
                    break

    def _area(self, value: Any) -> tuple[Quantity | None, str]:
        inner = next(objects_in(value), None)
        if inner is None:
            text = text_of(value)
            found = next(find_areas(text, self._money.uses_decimal_comma), None)
            return (found.quantity if found else None), text
        unit_text = text_of(inner.get("unitcode")) or text_of(inner.get("unittext"))
        unit = read_unit(text_of(inner.get("unitcode"))) or read_unit(
            text_of(inner.get("unittext"))
        )
        raw = text_of(inner.get("value"))
        text = f"{raw or text_of(inner.get('minvalue'))} {unit_text}".strip()
        if unit is None:
            found = next(find_areas(f"{raw} {unit_text}", self._money.uses_decimal_comma), None)
            return (found.quantity if found else None), text
        low = self._number(inner.get("minvalue")) or self._number(raw)
        high = self._number(inner.get("maxvalue")) or low
        if not low or high is None or high < low:
            return None, text
        return Quantity(low=low, high=high, unit=unit), text

    def _number(self, value: Any) -> Figure | None:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return as_figure(value)
        found = self._money.amount(text_of(value))
        return found[0] if found else None

    def _prices(self, item: Item, subject: str) -> None:
        offers = list(self.follow(item, ("offers", "offer", "makesoffer")))
        if types_of(item) & {"offer", "aggregateoffer"}:
            offers.append(item)
        if not offers and ("price" in item or "lowprice" in item):
            offers.append(item)
        readings = [
            found
            for offer in offers
            for found in read_offer(
                offer,
                next(self.follow(offer, ("pricespecification",)), {}),
                subject,
                self._method,
                self._money,
            )
        ]
        if len(
            {(found.quantity.low, found.quantity.high) for found in readings if found.quantity}
        ) > 1 and not any(found.subject for found in readings):
            # Several prices side by side, none said to be of a part: together they are a range.
            lows = [f.quantity for f in readings if f.quantity]
            if len({(q.currency, q.unit) for q in lows}) == 1:
                low, high = min(q.low for q in lows), max(q.high or q.low for q in lows)
                quantity = lows[0].model_copy(update={"low": low, "high": high, "is_from": False})
                self._add(
                    readings[0]._replace(
                        quantity=quantity, value=write_price(quantity), confidence=0.85
                    )
                )
                return
        for found in readings[:20]:
            self._add(found)

    def _about(self, item: Item) -> None:
        self._address(item)
        telephone = text_of(item.get("telephone"))
        if telephone:
            self._add(Reading("contact", telephone, telephone, self._method, 0.85))
        if types_of(item) & HOMES:
            for key in ("developer", "builder", "manufacturer", "brand"):
                if name := text_of(item.get(key)):
                    self._add(
                        Reading(
                            "developer",
                            name[:160],
                            f"{key}: {name}"[:300],
                            self._method,
                            0.85 if key != "brand" else 0.7,
                        )
                    )
                    break
        baths = self._figure_text(
            item.get("numberofbathroomstotal")
            or item.get("numberofbathrooms")
            or item.get("numberoffullbathrooms")
        )
        for label, text in (("Bathrooms", baths),):
            if text:
                self._labelled(label, text)
        amenities = [
            name
            for one in self.follow(item, ("amenityfeature",))
            if (name := text_of(one.get("name")))
            and str(one.get("value", True)).lower() not in {"false", "no", "0"}
        ]
        plain = item.get("amenityfeature")
        if isinstance(plain, list):
            amenities += [one for one in plain if isinstance(one, str)]
        if amenities:
            listed = ", ".join(dict.fromkeys(amenities[:40]))[:900]
            self._add(Reading("amenities", listed, listed[:300], self._method, 0.9))
        for one in self.follow(item, ("additionalproperty",)):
            name, value = text_of(one.get("name")), text_of(one.get("value"))
            unit = text_of(one.get("unittext")) or text_of(one.get("unitcode"))
            self._labelled(name, f"{value} {unit}".strip())

    def _labelled(self, name: str, value: str) -> None:
        label = read_label(name)
        if label is not None and value:
            self.readings += read_labelled(
                label, value, f"{name}: {value}", self._method, 0.9, self._money, label_text=name
            )

    def _address(self, item: Item) -> None:
        address = item.get("address")
        if not address:
            for inner in self.follow(
                item,
                (
                    "location",
                    "containedinplace",
                    "contentlocation",
                    "spatialcoverage",
                    "areaserved",
                ),
            ):
                if inner.get("address"):
                    address = inner["address"]
                    break
        if not address:
            return
        parts = next(objects_in(address), None)
        if parts is None:
            text = text_of(address)
            if len(text) > 5:
                self._add(Reading("location", text[:200], text[:300], self._method, 0.9))
            return
        street, town = text_of(parts.get("streetaddress")), text_of(parts.get("addresslocality"))
        region, code = text_of(parts.get("addressregion")), text_of(parts.get("postalcode"))
        listed: list[str] = []
        for part in (street, town, region):
            if part and not any(part.lower() in known.lower() for known in listed):
                listed.append(part)
        text = ", ".join(listed)
        if code and code not in text:
            text = f"{text} {code}".strip()
        if listed:
            self._add(Reading("location", text[:200], f"address: {text}"[:300], self._method, 0.95))
        if town and len(town) < 60:
            self._add(Reading("city", town, f"addressLocality: {town}", self._method, 0.9))
