"""One statement read somewhere in a page, before statements are put together."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.property.labels import Label
from frontdesk.property.measures import (
    Bedrooms,
    find_areas,
    find_bedrooms,
    find_registrations,
    find_studio,
    find_unit,
    read_date,
    write_area,
    write_bedrooms,
)
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import Money, MoneyReader, write_money
from frontdesk.property.numbers import read_number
from frontdesk.property.prices import name_amount


class Reading(NamedTuple):
    """`kind` says which sort of a thing it is (`carpet`): different sorts do not contradict.

    A sum of money whose page names no currency beside it has none yet.
    """

    key: str
    value: str
    read_from: str
    method: Method
    confidence: float
    quantity: Quantity | None = None
    subject: str = ""
    kind: str = ""


_RENT_PER = re.compile(r"\brent(?:al)?\s*(?:/|per|a)\s*(month|week|year)\b", re.IGNORECASE)


def price_reading(
    key: str, money: Money, text: str, method: Method, confidence: float, subject: str = ""
) -> Reading:
    per = money.per
    if key == "rent" and not per and len(text) <= 80 and (found := _RENT_PER.search(text)):
        per = found[1].lower()
    quantity = money.quantity.model_copy(update={"unit": "sq ft" if per == "area" else per})
    if key == "price_per_area":
        areas = [
            unit
            for unit in ("sq ft", "sq yd", "sq m", "acre", "cent")
            if unit in _unit_words(text[money.end :])
        ]
        quantity = quantity.model_copy(update={"unit": areas[0] if areas else "sq ft"})
    return Reading(key, write_money(quantity), text[:300], method, confidence, quantity, subject)


def _unit_words(text: str) -> str:
    text = text[:20].lower().replace(".", "")
    for unit, words in (
        ("sq ft", ("sq ft", "sqft", "sft", "psf", "square f", "ft²")),
        ("sq yd", ("sq yd", "sqyd", "yard", "gaj")),
        ("sq m", ("sq m", "sqm", "m²", "m2", "square m")),
        ("acre", ("acre",)),
        ("cent", ("cent",)),
    ):
        if any(word in text for word in words):
            return unit
    return ""


def bedrooms_reading(found: Bedrooms, text: str, method: Method, confidence: float) -> Reading:
    value = write_bedrooms(found.counts, found.unit, found.word)
    return Reading(
        "configuration", value, text[:300], method, confidence, found.quantity, kind=found.unit
    )


def read_labelled(
    label: Label,
    value: str,
    text: str,
    method: Method,
    confidence: float,
    money: MoneyReader,
    *,
    for_rent: bool = False,
    label_text: str = "",
) -> list[Reading]:
    """The readings of a label and its value; none where the value does not fit the label."""
    value = " ".join(value.split()).lstrip(":：-–—= ")
    if label.key == "-" or not value or len(value) > 600:
        return []
    match label.key:
        case "price" | "rent" | "booking_amount" | "maintenance" | "price_per_area":
            is_from = re.search(
                r"\b(?:from|start\w*|onwards|ab|desde|partir|over|excess|تبدأ)\b", label_text, re.I
            )
            period = next((unit for unit, words in _PERIODS if words.search(label_text)), "")
            return [
                _from(one) if is_from else _each(one, period) if label.key == "rent" else one
                for one in _amounts(label, value, text, method, confidence, money, for_rent)
            ]
        case "size" | "plot_size" | "land_area":
            return _areas(label, value, text, method, confidence, money, label_text)
        case "configuration":
            found = next(find_bedrooms(value), None) or find_studio(value)
            if found is None:
                found = _bare_count(value, label_text)
            return [] if found is None else [bedrooms_reading(found, text, method, confidence)]
        case "units" if found := next(find_bedrooms(value), None):
            return [bedrooms_reading(found, text, method, confidence)]
        case "bathrooms" | "floors" | "towers" | "units":
            return _counts(label, value, text, method, confidence)
        case "rera":
            return [
                Reading("rera", number, text[:300], method, 0.95)
                for number in [*find_registrations(value), *find_registrations(f"RERA {value}")][:1]
            ]
        case "possession":
            date = read_date(value)
            return [Reading("possession", date, text[:300], method, confidence)] if date else []
        case "location" | "city":
            return _place(label, value, text, method, confidence)
        case "contact":
            return []  # numbers are found in the whole page, by the phone library
    if len(value) > 160 or not any(character.isalnum() for character in value):
        return []
    if value.lower() in {
        "yes",
        "no",
        "na",
        "n/a",
        "-",
        "ask",
        "on request",
        "not available",
        "tba",
    }:
        return []
    return [Reading(label.key, value, text[:300], method, confidence)]


def _amounts(
    label: Label,
    value: str,
    text: str,
    method: Method,
    confidence: float,
    money: MoneyReader,
    rent: bool,
) -> list[Reading]:
    readings = []
    for found in money.find(value):
        # The label has said what it is; the words around the amount may still narrow it.
        key = name_amount(found, value, for_rent=rent or label.key == "rent") or ""
        if label.key in {"booking_amount", "maintenance", "price_per_area"}:
            key = label.key
        if key not in {label.key, "rent", "price_per_area", "price"} or not key:
            continue
        if label.key == "price_per_area" and found.quantity.low > 5_000_000:
            continue
        one = price_reading(key, found, value, method, confidence)
        written = one.value + (f" {label.kind}" if label.kind else "")
        readings.append(one._replace(read_from=text[:300], value=written, kind=label.kind))
    return readings[:1]


def _areas(
    label: Label,
    value: str,
    text: str,
    method: Method,
    confidence: float,
    money: MoneyReader,
    label_text: str,
) -> list[Reading]:
    kinds = list(list_areas(value, money.uses_decimal_comma))
    if label.key == "size" and not label.kind and len({kind for kind, _ in kinds}) > 1:
        return [
            Reading(
                "size",
                f"{write_area(area)} {kind}",
                text[:300],
                method,
                confidence,
                area,
                kind=kind,
            )
            for kind, area in {kind: (kind, area) for kind, area in reversed(kinds)}.values()
        ]
    found = next(find_areas(value, money.uses_decimal_comma), None)
    quantity = found.quantity if found else None
    if quantity is None:
        # `Carpet area (sq ft)`: the unit stands in the label.
        unit = find_unit(label_text)
        if unit is None or re.fullmatch(r"[\d.,'’\s]+(?:(?:-|–|to)[\d.,'’\s]+)?", value) is None:
            return []
        found = next(find_areas(f"{value} {unit}", money.uses_decimal_comma), None)
        if found is None or not found.quantity.low:
            return []
        quantity = found.quantity
    if quantity.low < 5 and quantity.unit in {"sq ft", "sq m", "sq yd"}:
        return []
    kind = label.kind or kind_of_area(value)
    key = label.key
    if key == "size" and quantity.unit in {
        "acre",
        "hectare",
        "cent",
        "guntha",
        "marla",
        "kanal",
        "ground",
        "bigha",
        "katha",
    }:
        key = "land_area" if quantity.unit in {"acre", "hectare"} else "plot_size"
    written = write_area(quantity) + (f" {kind}" if kind else "")
    return [Reading(key, written, text[:300], method, confidence, quantity, kind=kind)]


def list_areas(text: str, decimal_comma: bool) -> Iterator[tuple[str, Quantity]]:
    """Areas that have their kind in front: `Super built-up area 1305 sq ft, carpet area: 980 sq ft`."""
    end = 0
    for area in find_areas(text, decimal_comma):
        kind = kind_of_area(text[end : area.start])
        end = area.end
        if kind:
            yield kind, area.quantity


def kind_of_area(text: str) -> str:
    lower = text.lower()
    for kind, words in (
        ("carpet", ("carpet",)),
        ("super built-up", ("super built", "super area", "superbuilt", "saleable", "sba")),
        ("built-up", ("built-up", "built up", "builtup", "bua", "covered")),
    ):
        if any(word in lower for word in words):
            return kind
    return ""


_PERIODS = tuple(
    (unit, re.compile(rf"\b(?:{words})\b", re.IGNORECASE))
    for unit, words in (
        ("month", "pcm|pm|monthly|per month|monat|monatlich|mensual|mensuel"),
        ("week", "pw|weekly|per week"),
        ("year", "pa|yearly|annual|annually|per (?:year|annum)"),
    )
)


def _each(reading: Reading, period: str) -> Reading:
    """A rent whose label says how often it is paid."""
    quantity = reading.quantity
    if not period or quantity is None or quantity.unit:
        return reading
    quantity = quantity.model_copy(update={"unit": period})
    written = " ".join([write_money(quantity), reading.kind]).strip()
    return reading._replace(quantity=quantity, value=written)


def _from(reading: Reading) -> Reading:
    """A single sum under a label such as `Starting price` is the least of several."""
    quantity = reading.quantity
    if quantity is None or quantity.high != quantity.low:
        return reading
    quantity = quantity.model_copy(update={"high": None, "is_from": True})
    return reading._replace(quantity=quantity, value=write_money(quantity))


def _bare_count(value: str, label_text: str) -> Bedrooms | None:
    """`Bedrooms: 3`, `Zimmer: 3,5`, `BHK: 2, 3`: the label says what is counted."""
    word = (
        "rooms"
        if any(w in label_text.lower() for w in ("zimmer", "pièces", "rooms", "locali", "vani"))
        and "bed" not in label_text.lower()
        and "schlaf" not in label_text.lower()
        else "bedrooms"
    )
    if "bhk" in label_text.lower():
        word = "bhk"
    stripped = value.strip().rstrip("+")
    if len(stripped) > 24:
        return None
    found = next(find_bedrooms(f"{stripped} {word}"), None)
    return found if found is not None and found.start == 0 else None


def _counts(
    label: Label, value: str, text: str, method: Method, confidence: float
) -> list[Reading]:
    if len(value) > 80 or not any(character.isdigit() for character in value):
        return []
    if label.key == "bathrooms":
        digits = read_number(value.split()[0].strip("+,"), False)
        if digits is None or not 0 < digits <= 20:
            return []
        quantity = Quantity(low=digits, high=digits, unit="bathroom")
        written = f"{digits:g} bathroom" + ("" if digits == 1 else "s")
        return [Reading("bathrooms", written, text[:300], method, confidence, quantity)]
    return [Reading(label.key, value, text[:300], method, confidence)]


def _place(label: Label, value: str, text: str, method: Method, confidence: float) -> list[Reading]:
    words = sum(character.isalpha() for character in value)
    if words < 3 or len(value) > 200 or "http" in value:
        return []
    if value.lower().startswith(("view ", "click ", "on map", "see ", "get direction", "ask ")):
        return []
    return [Reading(label.key, value.strip(" ,"), text[:300], method, confidence)]
