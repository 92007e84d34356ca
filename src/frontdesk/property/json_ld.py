"""What was found on a page, written as the JSON-LD that says it to machines. Pure.

https://schema.org/Residence, /Accommodation, /Offer, /AggregateOffer, /QuantitativeValue.
"""

import json
from collections.abc import Sequence
from typing import Any

from frontdesk.property.measures import UNIT_CODES, find_bedrooms
from frontdesk.property.merging import TRUSTED
from frontdesk.property.model import DetectedFact, Detection, Quantity

MOST_PARTS = 30
_CODES = {unit: code for code, unit in reversed(UNIT_CODES.items())}
_PERIODS = {"month": "MON", "week": "WEE", "year": "ANN"}


def write_json_ld(detection: Detection) -> str:
    """A `<script>` for the page's head, with what is found surely enough and in no conflict.

    Read again it gives the same price, bedrooms, area and place.
    """
    facts = [fact for fact in detection.facts if fact.confidence >= TRUSTED]
    whole = [fact for fact in facts if not fact.subject]
    item: dict[str, Any] = {"@context": "https://schema.org", "@type": "Residence"}
    if detection.title:
        item["name"] = detection.title
    if detection.url:
        item["url"] = detection.url
    item |= _describe(whole)
    place, city = _value(whole, "location"), _value(whole, "city")
    if place or city:
        address = {"@type": "PostalAddress", "streetAddress": place, "addressLocality": city}
        item["address"] = {key: value for key, value in address.items() if value}
    if phone := _value(whole, "contact"):
        item["telephone"] = phone
    if listed := _value(whole, "amenities"):
        item["amenityFeature"] = [
            {"@type": "LocationFeatureSpecification", "name": name.strip(), "value": True}
            for name in listed.split(",")
        ]
    further = [
        {"@type": "PropertyValue", "name": key.title() if key != "rera" else "RERA", "value": value}
        for key in ("possession", "rera", "developer")
        if (value := _value(whole, key))
    ]
    if further:
        item["additionalProperty"] = further
    subjects = list(dict.fromkeys(fact.subject for fact in facts if fact.subject))
    parts = [
        {"@type": "Accommodation", "name": subject}
        | _describe([fact for fact in facts if fact.subject == subject], subject)
        for subject in subjects[:MOST_PARTS]
    ]
    if parts:
        item["containsPlace"] = parts
    text = json.dumps(item, ensure_ascii=False, indent=2).replace("</", "<\\/")
    return f'<script type="application/ld+json">\n{text}\n</script>'


def _value(facts: Sequence[DetectedFact], key: str) -> str:
    return next((fact.value for fact in facts if fact.key == key), "")


def _describe(facts: Sequence[DetectedFact], subject: str = "") -> dict[str, Any]:
    """Bedrooms, area and price, of the whole or of one type of home."""
    found: dict[str, Any] = {}
    rooms = _quantity(facts, "configuration")
    if rooms is not None:
        name = "numberOfBedrooms" if rooms.unit == "bedroom" else "numberOfRooms"
        found[name] = _span(rooms)
    elif counted := next(find_bedrooms(subject), None):
        found["numberOfBedrooms"] = counted.counts[0]
    for name, key in (("floorSize", "size"), ("lotSize", "plot_size")):
        area = _quantity(facts, key)
        if area is not None:
            span = _span(area)
            value = span if isinstance(span, dict) else {"@type": "QuantitativeValue", "value": span}  # fmt: skip
            unit = {"unitCode": _CODES[area.unit]} if area.unit in _CODES else {"unitText": area.unit}  # fmt: skip
            found[name] = value | unit
    for key in ("rent", "price"):
        price = _quantity(facts, key)
        if price is not None and price.currency:
            found["offers"] = _offer(price, key)
    return found


def _quantity(facts: Sequence[DetectedFact], key: str) -> Quantity | None:
    return next((fact.quantity for fact in facts if fact.key == key), None)


def _span(quantity: Quantity) -> Any:
    if quantity.high in (None, quantity.low):
        return quantity.low
    return {"@type": "QuantitativeValue", "minValue": quantity.low, "maxValue": quantity.high}


def _offer(price: Quantity, key: str) -> dict[str, Any]:
    offer: dict[str, Any] = {"@type": "Offer", "priceCurrency": price.currency}
    if price.is_from or price.high is None:
        offer |= {"@type": "AggregateOffer", "lowPrice": price.low}
    elif price.high != price.low:
        offer |= {"@type": "AggregateOffer", "lowPrice": price.low, "highPrice": price.high}
    else:
        offer["price"] = price.low
    if key == "rent":
        offer["businessFunction"] = "http://purl.org/goodrelations/v1#LeaseOut"
    if price.unit in _PERIODS:
        specification = {"@type": "UnitPriceSpecification", "unitCode": _PERIODS[price.unit]}
        offer["priceSpecification"] = specification
    return offer
