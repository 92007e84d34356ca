"""The state that a browser-drawn page carries in its scripts, and what it says of its own property.

A weak method: the names of such data are each site's own. A home is an object with at least three of
price, bedrooms, area, address and type; one among several of its sort is never taken. What is found
stays below the confidence that could contradict or be approved by a rule.
"""

import json
import re
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, NamedTuple

from frontdesk.property.measures import (
    SQUARE_METRES,
    find_areas,
    find_bedrooms,
    find_registrations,
    find_studio,
    read_unit,
    write_area,
    write_bedrooms,
)
from frontdesk.property.model import Method, Quantity
from frontdesk.property.money import ISO_CODES, RUPEES, MoneyReader, write_money
from frontdesk.property.reading import Reading, bedrooms_reading

STATE = Method.STATE
CONFIDENCE = 0.7
MAX_CHARS = 1_500_000  # in all scripts of a page
MAX_SCRIPTS = 12
MAX_TRIES = 40  # in a script: what fails to be JSON costs its whole length
MAX_OBJECTS = 20_000
MAX_DEPTH = 24
MAX_HOMES = 50

_ASSIGNED = re.compile(
    r"(?:\b(?:window|self|globalThis)\.|\b(?:var|let|const)\s+)(\w{1,40})\s*=\s*(?=[{\[])"
    r"|\bwindow\[[\"'](\w{1,40})[\"']\]\s*=\s*(?=[{\[])"
)
_STATE_NAME = re.compile(
    r"state|data|nuxt|next|apollo|props|store|listing|property|page_?model|initial", re.I
)
_FLIGHT = re.compile(r"self\.__next_f\.push\((?=\[1,)")
_FOREIGN = re.compile(
    r"similar|related|recommend|nearby|other|recent|featured|popular|sponsor|^ads$|advert|compar|histor|mortgage|calculat|"
    r"loan|emi$|search|results|hits|suggest|viewed|agents?$|agency|user|config|i18n|translat|messages|filter|trend|insight|"
    r"market|neighbou?r|sold|estimate|more|breadcrumb|seo|analytics|tracking|menu|footer|header|banner|blog|review|school|facet",
    re.IGNORECASE,
)
_ESCAPES = {"&q;": '"', "&s;": "'", "&l;": "<", "&g;": ">", "&a;": "&"}  # Angular's TransferState


def read_states(root: Any) -> list[Any]:
    """The JSON in a page's scripts: `application/json`, and what is assigned to names of state."""
    values: list[Any] = []
    left = MAX_CHARS
    flight: list[str] = []
    seen = 0
    for script in root.iter("script"):
        if left <= 0 or len(values) >= MAX_SCRIPTS or seen >= MAX_TRIES * 10:
            break
        seen += 1
        kind = (script.get("type") or "").lower()
        text = script.text or ""
        if "ld+json" in kind or len(text) < 30 or script.get("src"):
            continue
        text = text[:left]
        left -= len(text)
        if "json" in kind:
            values += _decode(text.strip())
        elif not kind or "javascript" in kind or kind == "module":
            for found in islice(_ASSIGNED.finditer(text), MAX_TRIES):
                if _STATE_NAME.search(found[1] or found[2]):
                    values += _decode(text, found.end())
            for found in islice(_FLIGHT.finditer(text), MAX_TRIES):
                for value in _decode(text, found.end()):
                    flight += [one for one in value[1:2] if isinstance(one, str)]
    for line in "".join(flight).split("\n")[:400]:
        start = re.match(r"[0-9a-f]{1,6}:(?=[\[{])", line)
        values += _decode(line, start.end()) if start else []
    return values


def _decode(text: str, start: int = 0) -> list[Any]:
    if start == 0 and "&q;" in text:
        text = re.sub(r"&[qslga];", lambda found: _ESCAPES[found[0]], text)
    try:
        value, _ = json.JSONDecoder(strict=False).raw_decode(text, start)
    except (ValueError, RecursionError):
        return []
    if not isinstance(value, dict | list):
        return []
    return [_revive(value) if isinstance(value, list) and _is_table(value) else value]


def _is_table(value: Any) -> bool:
    """Nuxt's form: a list of all values, whose objects name their members' places in it."""
    if not isinstance(value, list) or len(value) < 3:
        return False
    objects = [one for one in value[:200] if isinstance(one, dict) and one]
    return len(objects) > 1 and all(
        isinstance(inner, int) and -10 < inner < len(value)
        for one in objects
        for inner in one.values()
    )


def _revive(table: list[Any]) -> Any:
    """Objects are filled in place, so that what is named twice is one object."""
    made: list[Any] = [
        {} if isinstance(one, dict) else [] if isinstance(one, list) else one for one in table
    ]

    def at(place: Any) -> Any:
        return made[place] if isinstance(place, int) and 0 <= place < len(made) else None

    for place, one in enumerate(table):
        if isinstance(one, dict):
            made[place].update({key: at(inner) for key, inner in one.items()})
        elif isinstance(one, list):
            wraps = one and isinstance(one[0], str)  # `["Reactive", 1]`
            made[place].extend(at(inner) for inner in (one[1:] if wraps else one))
    return made[0]


class _Home(NamedTuple):
    fields: dict[str, Any]
    readings: list[Reading]


def read_state(values: Sequence[Any], url: str, money: MoneyReader) -> list[Reading]:
    """What the one home in it says; nothing where several could be the page's own."""
    homes = list(_homes(values, money))
    distinct = {_figures(one): one for one in reversed(homes)}
    if len(distinct) > 1:
        named = [one for one in distinct.values() if _is_named(one, url)]
        distinct = {_figures(one): one for one in named}
    return next(iter(distinct.values())).readings if len(distinct) == 1 else []


def _figures(home: _Home) -> tuple[tuple[str, str], ...]:
    return tuple((one.key, one.value) for one in home.readings)


def _is_named(home: _Home, url: str) -> bool:
    names = (home.fields.get(key) for key in ("id", "slug", "externalid", "listingid", "propertyid", "listid", "zpid"))  # fmt: skip
    return any(
        len(str(name)) >= 3 and re.search(rf"(?<!\w){re.escape(str(name))}(?!\w)", url)
        for name in names
        if isinstance(name, int | str) and len(str(name)) < 200
    )


def _homes(values: Sequence[Any], money: MoneyReader) -> Iterator[_Home]:
    seen: set[int] = set()
    stack: list[tuple[Any, int]] = [(value, 0) for value in reversed(values)]
    homes = 0
    while stack and len(seen) < MAX_OBJECTS and homes < MAX_HOMES:
        value, depth = stack.pop()
        if id(value) in seen or depth > MAX_DEPTH:
            continue
        seen.add(id(value))
        if isinstance(value, list):
            stack += [(one, depth + 1) for one in reversed(value[:2000]) if isinstance(one, dict | list)]  # fmt: skip
            continue
        fields = _fields(value)
        readings = _read(fields, money)
        if len({_SORT.get(one.key, one.key) for one in readings}) + ("type" in _marks(fields)) >= 3:
            homes += 1
            yield _Home(fields, readings)
            continue
        for key, inner in value.items():
            if not isinstance(inner, dict | list) or _FOREIGN.search(str(key)):
                continue
            stack.append((inner, depth + 1))


_SORT = {"rent": "price", "city": "location", "rera": "registration"}


def _fields(value: dict[Any, Any]) -> dict[str, Any]:
    """By their names without case and punctuation; those of nested details stand behind own ones."""
    own = {_plain(key): inner for key, inner in value.items() if isinstance(key, str)}
    if not own.keys() & (_PRICES | _BEDROOMS | _ROOMS):
        return own
    for key in ("details", "features", "attributes", "specs", "info", "basicinfo", "characteristics", "propertydetails"):  # fmt: skip
        inner = own.get(key)
        if isinstance(inner, dict):
            own = {_plain(name): one for name, one in inner.items() if isinstance(name, str)} | own
    return own


def _plain(name: str) -> str:
    return re.sub(r"[\W_]", "", name).lower()


_PRICES = frozenset(["price", "askingprice", "saleprice", "listprice", "listingprice", "sellingprice", "startingprice", "pricefrom", "minprice", "pricemin", "displayprice", "rent", "rentprice", "monthlyrent", "pricevalue"])  # fmt: skip
_MOST = frozenset(["maxprice", "pricemax", "priceto"])
_BEDROOMS = frozenset(["bedrooms", "beds", "bedroom", "numberofbedrooms", "bedroomcount", "bedscount", "numbedrooms", "bedroomscount", "minbedrooms", "bhk", "nbchambres", "configuration", "configurations"])  # fmt: skip
_ROOMS = frozenset(["rooms", "numberofrooms", "roomcount", "roomscount", "nbpieces", "zimmer"])
_SIZES = frozenset(["area", "size", "livingarea", "floorarea", "floorsize", "builtuparea", "builtarea", "carpetarea", "superbuiltuparea", "surface", "sqft", "squarefeet", "squarefootage", "areasqft", "sizesqft", "areasqm", "livingareasqft", "livingspace", "propertysize", "internalarea", "interiorarea"])  # fmt: skip
_CURRENCIES = ("currency", "currencycode", "pricecurrency", "currencyiso", "isocurrency")
_TYPES = frozenset(["propertytype", "purpose", "hometype", "housetype", "listingtype", "transactiontype", "propertycategory", "categoryname"])  # fmt: skip


def _marks(fields: dict[str, Any]) -> set[str]:
    return {"type"} if any(isinstance(fields.get(key), str) for key in _TYPES) else set()


_TYPES_OF_HOME = (
    "configurations",
    "unittypes",
    "unitconfigurations",
    "floorplans",
    "typologies",
    "units",
)
_TYPE_NAMES = ("unittype", "type", "name", "title", "configuration", "bhk", "bedrooms", "beds")
MAX_TYPES = 12


def _read(fields: dict[str, Any], money: MoneyReader) -> list[Reading]:
    types = _types_of_home(fields)
    if any("bhk" in name.lower() for name, _ in types) and not any(fields.get(one) for one in _CURRENCIES):  # fmt: skip
        # Homes are counted so where rupees are paid, as sums are in lakh.
        fields = fields | {"currency": RUPEES.get(money.country, "INR")}
    parts: list[Reading] = []
    for name, inner in types:
        found = next(find_bedrooms(name), None)
        if found is not None and len(found.counts) == 1:
            subject = write_bedrooms(found.counts, found.unit, found.word)
            own = (_price(_with_currency(inner, fields), money), _size(inner, money))
            parts += [one._replace(subject=subject) for one in own if one is not None]
    subjects = [one.subject for one in parts]
    if len(set(subjects)) < 2 or len({(one.key, one.subject) for one in parts}) < len(parts):
        parts = []  # several homes of one type: which of them is meant, nothing says
    counted = _bedrooms(fields | {"bedrooms": list(dict.fromkeys(subjects))} if parts else fields)
    readings = [_price(fields, money), counted, _size(fields, money), *_places(fields), *parts]
    for key, value in fields.items():
        if "rera" in key and isinstance(value, str) and len(value) < 100:
            readings += [_reading("rera", number, f"{key}: {value}") for number in find_registrations(f"RERA {value}")][:1]  # fmt: skip
    return [one for one in readings if one is not None]


def _types_of_home(fields: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """The types that a project's data lists, each with its name (`3 BHK`) and its own fields."""
    listed: list[Any] = next(
        (fields[key] for key in _TYPES_OF_HOME if isinstance(fields.get(key), list)), []
    )
    if not 1 < len(listed) <= MAX_TYPES:
        return []
    types = []
    for one in listed:
        if isinstance(one, dict):
            inner = {_plain(key): value for key, value in one.items() if isinstance(key, str)}
            key = next((key for key in _TYPE_NAMES if isinstance(inner.get(key), int | str)), "")
            name = str(inner.get(key, ""))[:60]
            unit = {"bhk": " BHK", "bedrooms": " bedrooms", "beds": " bedrooms"}.get(key, "")
            types.append((name + (unit if name.isdecimal() else ""), inner))
    return types


def _with_currency(inner: dict[str, Any], fields: dict[str, Any]) -> dict[str, Any]:
    return {key: fields[key] for key in _CURRENCIES if key in fields} | inner


def _reading(key: str, value: str, text: str, quantity: Quantity | None = None) -> Reading:
    return Reading(key, value[:300], text[:300], STATE, CONFIDENCE, quantity)


def _price(fields: dict[str, Any], money: MoneyReader) -> Reading | None:
    key = next((one for one in fields if one in _PRICES and fields[one]), "")
    low, code = _amount(fields.get(key), fields, money)
    if not low or code not in ISO_CODES:
        return None
    highest = next((fields[one] for one in fields if one in _MOST), None)
    high = _amount(highest, fields, money)[0] or low
    if high < low:
        return None
    is_from = high == low and key in {"minprice", "pricemin", "pricefrom", "startingprice"}
    words = " ".join(str(fields.get(one, "")) for one in ("purpose", "listingtype", "transactiontype", "channel", "category", "offertype")).lower()  # fmt: skip
    period = " ".join(str(fields.get(one, "")) for one in ("rentfrequency", "rentalfrequency", "pricefrequency", "priceperiod", "period", "frequency")).lower()  # fmt: skip
    unit = next((name for name in ("month", "week", "year", "night") if name[:4] in period), "")
    if "daily" in period or unit == "night":
        return None
    is_rent = "rent" in key or bool(unit) or bool(re.search(r"rent|\blet\b|lease|miete|location", words))  # fmt: skip
    if not is_rent and low < 3000:
        return None
    quantity = Quantity(low=low, high=None if is_from else high, currency=code, unit=unit, is_from=is_from)  # fmt: skip
    return _reading("rent" if is_rent else "price", write_money(quantity), f"{key}: {low} {code}", quantity)  # fmt: skip


def _amount(value: Any, fields: dict[str, Any], money: MoneyReader) -> tuple[Any, str]:
    """The sum and its currency: beside it, within it, or in its text; nothing without one."""
    if isinstance(value, dict):
        fields = {_plain(key): inner for key, inner in value.items() if isinstance(key, str)}
        value = next((fields[key] for key in ("amount", "value", "price", "min", "from") if fields.get(key)), None)  # fmt: skip
    if isinstance(value, list):
        value = value[0] if len(value) == 1 else None
    code = next((text.upper() for key in _CURRENCIES if isinstance(text := fields.get(key), str)), "")  # fmt: skip
    if isinstance(value, bool) or value is None or isinstance(value, dict | list):
        return None, ""
    if isinstance(value, int | float):
        return (value, code) if 0 < value < 1e12 else (None, "")
    found = money.amount(str(value)[:80])
    return (found[0], found[1] or code) if found else (None, "")


def _bedrooms(fields: dict[str, Any]) -> Reading | None:
    for names, word in ((_BEDROOMS, "bedrooms"), (_ROOMS, "rooms")):
        for key in fields:
            if key not in names:
                continue
            value = fields[key]
            listed = value if isinstance(value, list) else [value]
            text = ", ".join(str(one) for one in listed[:8] if isinstance(one, int | float | str))
            if key == "minbedrooms" and fields.get("maxbedrooms"):
                text = f"{value}-{fields['maxbedrooms']}"
            found = find_studio(text) if "studio" in text.lower() else next(find_bedrooms(text[:60]), None) or next(find_bedrooms(f"{text[:30]} {word}"), None)  # fmt: skip
            if found is not None and not isinstance(value, bool) and "-" not in text[:1]:
                return bedrooms_reading(found, f"{key}: {text}", STATE, CONFIDENCE)
    return None


def _size(fields: dict[str, Any], money: MoneyReader) -> Reading | None:
    for key in fields:
        if key not in _SIZES:
            continue
        value, unit = fields[key], str(fields.get("areaunit") or fields.get("sizeunit") or fields.get(f"{key}unit") or "")  # fmt: skip
        if isinstance(value, dict):
            inner = {_plain(name): one for name, one in value.items() if isinstance(name, str)}
            value = inner.get("value") or inner.get("amount")
            unit = str(inner.get("unit") or inner.get("unitcode") or inner.get("unittext") or "")
        unit = unit or ("sq ft" if "sqft" in key or "square" in key else "sq m" if "sqm" in key else "")  # fmt: skip
        text = str(value)[:60] if isinstance(value, int | float | str) else ""
        found = next(find_areas(text, money.uses_decimal_comma), None)
        if found is None and (known := read_unit(unit)) and re.fullmatch(r"[\d,]+(?:\.\d+)?", text):
            number = float(text.replace(",", ""))
            figure = int(number) if number == int(number) else number
            quantity = Quantity(low=figure, high=figure, unit=known)
        elif found is not None:
            quantity = found.quantity
        else:
            continue
        if quantity.low >= 8 and quantity.unit in SQUARE_METRES:
            return _reading("size", write_area(quantity), f"{key}: {text} {unit}".strip(), quantity)
    return None


_PARTS = (
    ("streetaddress", "street", "line1", "addressline1", "displayaddress", "fulladdress", "fullname"),
    ("addresslocality", "locality", "suburb", "neighborhood", "neighbourhood", "district", "community"),
    ("city", "cityname", "town", "cityarea"),
    ("addressregion", "region", "state", "postcode", "zipcode"),
)  # fmt: skip


def _places(fields: dict[str, Any]) -> Iterator[Reading]:
    for key in ("address", "displayaddress", "fulladdress", "location", "locationname"):
        value = fields.get(key)
        text = ""
        if isinstance(value, str):
            text = value
        elif isinstance(value, dict):
            text = _join({_plain(name): one for name, one in value.items() if isinstance(name, str)})  # fmt: skip
        elif isinstance(value, list):
            names = [one.get("name") for one in value if isinstance(one, dict)]
            text = ", ".join(reversed([one for one in names if isinstance(one, str)][-3:]))
        if 4 <= len(text) <= 200 and re.search(r"[^\W\d]{3}", text) and "http" not in text:
            yield _reading("location", text, f"{key}: {text}")
            return
    if text := _join(fields):
        yield _reading("location", text, text)


def _join(fields: dict[str, Any]) -> str:
    listed: list[str] = []
    for names in _PARTS:
        value = next((fields[one] for one in names if fields.get(one)), None)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, str) and 1 < len(value) < 100 and not any(value.lower() in known.lower() for known in listed):  # fmt: skip
            listed.append(value)
    return ", ".join(listed)
