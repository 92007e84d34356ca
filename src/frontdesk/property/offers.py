"""schema.org offers: a price, a rent or a range of prices."""

import re
from collections.abc import Iterator

from frontdesk.property.items import Item, text_of
from frontdesk.property.measures import find_bedrooms
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import ISO_CODES, MoneyReader, write_money
from frontdesk.property.numbers import Figure, as_figure
from frontdesk.property.reading import Reading, bedrooms_reading


def read_offer(
    offer: Item, specification: Item, subject: str, method: Method, money: MoneyReader
) -> Iterator[Reading]:
    """https://schema.org/Offer and /AggregateOffer, with its price specification."""
    low = _pick(money, offer, specification, "lowprice", "minprice", "price")
    high = _pick(money, offer, specification, "highprice", "maxprice") or low
    code = (
        text_of(offer.get("pricecurrency")) or text_of(specification.get("pricecurrency"))
    ).upper()
    if low is None or low[0] < 100 or high is None:
        return
    currency = code if re.fullmatch(r"[A-Z]{3}", code) and code in ISO_CODES | {code} else low[1]
    only_low = (
        _pick(money, offer, specification, "price") is None
        and _pick(money, offer, specification, "highprice", "maxprice") is None
    )
    unit = _period(offer, specification)
    if high[0] < low[0]:
        high = low
    quantity = Quantity(
        low=low[0],
        high=None if only_low else high[0],
        currency=currency,
        unit=unit,
        is_from=only_low,
    )
    leases = (
        "lease" in text_of(offer.get("businessfunction")).lower()
        or "rent" in text_of(offer.get("category")).lower()
    )
    key = "rent" if unit or leases else "price"
    if unit == "night" or unit == "area":
        return
    if not subject:
        named = next(find_bedrooms(text_of(offer.get("name"))), None)
        subject = (
            bedrooms_reading(named, "", method, 1).value
            if named is not None and len(named.counts) == 1 and named.unit == "bedroom"
            else ""
        )
    shown = f"price: {text_of(offer.get('price') or offer.get('lowprice') or specification.get('price') or specification.get('minprice'))} {code}".strip()
    yield Reading(key, write_price(quantity), shown[:300], method, 0.95, quantity, subject)


def _pick(
    money: MoneyReader, offer: Item, specification: Item, *keys: str
) -> tuple[Figure, str | None] | None:
    for source in (offer, specification):
        for key in keys:
            value = source.get(key)
            if isinstance(value, int | float) and not isinstance(value, bool) and value > 0:
                figure = as_figure(value)
                return None if figure is None else (figure, None)
            text = text_of(value)
            found = money.amount(text) if text else None
            if found is not None and found[0] > 0:
                return found
    return None


def _period(offer: Item, specification: Item) -> str:
    words = " ".join(
        text_of(source.get(key))
        for source in (offer, specification)
        for key in (
            "unittext",
            "unitcode",
            "referencequantity",
            "billingincrement",
            "eligibleduration",
            "priceunit",
        )
    ).lower()
    for names, unit in (
        (("month", "mon", "p1m"), "month"),
        (("week", "wee", "p1w"), "week"),
        (("year", "ann", "p1y"), "year"),
        (("day", "night"), "night"),
        (("sqft", "sq ft", "ftk", "sqm", "mtk", "m²"), "area"),
    ):
        if any(re.search(rf"\b{re.escape(name)}", words) for name in names):
            return unit
    return ""


def write_price(quantity: Quantity) -> str:
    return write_money(quantity) if quantity.currency else f"{quantity.low:,}"
