"""Reading areas, bedrooms, registrations and dates out of text. Pure."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from frontdesk.property.model import Quantity
from frontdesk.property.numbers import NUMBER, Figure, read_number

_UNITS = (
    ("sq ft", r"sq\.?\s?-?f(?:oo|ee)?t\.?|sq\.?\s?feet|sft|s\.?f\.|sf|قدم(?: مربع[ةه]?)?|sqft|square\s*f(?:oo|ee)t|ft²|ft2|ft\s?\^2|pies cuadrados|वर्ग फुट|वर्ग फीट|sq'"),
    ("sq yd", r"sq\.?\s?-?y(?:ar)?ds?\.?|sqyds?|square\s*yards?|gaj|गज"),
    ("sq m", r"sq\.?\s?-?m(?:t|tr|trs|eters?|etres?|s)?\.?|sqm|square\s*met(?:er|re)s?|m²|m2|㎡|qm|quadratmeter|mètres? carrés?|metros? cuadrados?|metri quadr\w+|mq|م²|م2|متر(?:اً|ا)? مربع|متر"),
    ("acre", r"acres?|एकड़"),
    ("hectare", r"hectares?|ha"),
    ("cent", r"cents?"),
    ("guntha", r"gunth?as?|guntas?"),
    ("ground", r"grounds"),
    ("marla", r"marlas?"),
    ("kanal", r"kanals?"),
    ("bigha", r"bighas?"),
    ("katha", r"kath?as?|kottahs?"),
)  # fmt: skip
_UNIT = "|".join(f"(?P<u{place}>{pattern})" for place, (_, pattern) in enumerate(_UNITS))
_AREA = re.compile(
    rf"(?<![\w.,])(?P<low>{NUMBER})(?:\s*(?:sq\.?\s?ft\.?|sqft|m²|sqm|sq\.?\s?m)?\s*(?:-|–|—|to|bis|à|a)\s*(?P<high>{NUMBER}))?\s*-?(?:{_UNIT})(?![^\W\d_])",
    re.IGNORECASE,
)
# UN/CEFACT codes, as schema.org's unitCode has them.
UNIT_CODES = {
    "FTK": "sq ft", "MTK": "sq m", "YDK": "sq yd", "ACR": "acre", "HAR": "hectare",
    "SQFT": "sq ft", "SQM": "sq m",
}  # fmt: skip
SQUARE_METRES = {
    "sq ft": 0.09290304, "sq m": 1.0, "sq yd": 0.83612736, "acre": 4046.8564, "hectare": 10_000.0,
    "cent": 40.468564, "guntha": 101.17141, "marla": 25.2929, "kanal": 505.857, "ground": 222.967,
}  # fmt: skip


class Area(NamedTuple):
    quantity: Quantity
    start: int
    end: int
    text: str


def find_areas(text: str, decimal_comma: bool = False) -> Iterator[Area]:
    for found in _AREA.finditer(text):
        unit = next(
            _UNITS[int(name[1:])][0]
            for name, value in found.groupdict().items()
            if value and name[0] == "u"
        )
        low = read_number(found["low"], decimal_comma)
        high = read_number(found["high"], decimal_comma) if found["high"] else low
        if not low or high is None or high < low:
            continue
        yield Area(Quantity(low=low, high=high, unit=unit), found.start(), found.end(), found[0])


def read_unit(text: str) -> str | None:
    """The unit of a machine's value: a UN/CEFACT code or words."""
    if text.upper() in UNIT_CODES:
        return UNIT_CODES[text.upper()]
    found = re.fullmatch(_UNIT, text.strip(), re.IGNORECASE)
    if found is None:
        return None
    return next(_UNITS[int(name[1:])][0] for name, value in found.groupdict().items() if value)


def find_unit(text: str) -> str | None:
    """The first unit of area that a text names, such as that of a column (`Carpet (sq ft)`)."""
    found = re.search(rf"(?<![^\W\d_])(?:{_UNIT})(?![^\W\d_])", text, re.IGNORECASE)
    if found is None:
        return None
    return next(_UNITS[int(name[1:])][0] for name, value in found.groupdict().items() if value)


def write_area(quantity: Quantity) -> str:
    unit = {"acre": "acres", "cent": "cents", "hectare": "hectares"}.get(
        quantity.unit, quantity.unit
    )
    if quantity.low == quantity.high == 1:
        unit = quantity.unit
    text = _write(quantity.low)
    if quantity.high is not None and quantity.high != quantity.low:
        text += f" to {_write(quantity.high)}"
    return f"{text} {unit}"


def _write(value: Figure) -> str:
    return f"{value:,}"


# Bedrooms, and rooms where a country counts those. `2, 3 & 4 BHK`, `2/3 bed`, `Studio`.
_NUMBER_WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "ein": 1, "zwei": 2,
    "drei": 3, "vier": 4, "deux": 2, "trois": 3, "quatre": 4, "dos": 2, "tres": 3, "cuatro": 4,
    "غرفة نوم": 1, "غرفة": 1, "غرفتين": 2, "غرفتي": 2, "ثلاث": 3, "أربع": 4,
}  # fmt: skip
_COUNT = rf"(?:\d{{1,2}}(?:[.,]5)?|{'|'.join(_NUMBER_WORDS)})"
_AND = r",|/|&|\+|-?\s*bis|-\s*to|aur|and|und|et|y|und|au|to|or|ou|oder|और|إلى|و|-|–"
_BED = (
    r"bhk|b\.h\.k\.?|rlk|bed\s*rooms?|bedrms?|beds?|bds?|br|bdrms?|chambres?|schlafzimmer|dormitorios?|habitaciones|habitación|"
    r"sovrum|soverom|sypialni\w*|recámaras?|habs?\.?|quartos?|camere? da letto|slaapkamers?|बीएचके|बेडरूम|غرف(?:ة|تا)? ?نوم|غرف"
)
_ROOM = r"zimmer|zi\.|pièces?|rooms?|rum|værelser|pokoi|ambientes|locali|kamers?|pokoje|pokoi"
_BEDROOMS = re.compile(
    rf"(?<![\w.,£$€₹/])(?P<counts>{_COUNT}(?:\s*(?:{_AND})\s*{_COUNT}){{0,9}})"
    rf"\s*[-–\s]?\s*(?:(?:double|single|spacious|large|generous|good[- ]sized|full|further|well[- ]proportioned)\s+){{0,2}}(?:(?P<bed>{_BED})|(?P<room>{_ROOM}))(?![^\W\d_])(?!\s*(?:\d+\s*)?(?:sofa|linen|club\s?house|guest|sample|show))",
    re.IGNORECASE,
)
_BEFORE_COUNTS = re.compile(
    r"\bstudios?\s*(?:,|&|/|and|to|-|–|\s)\s*(?:and\s*)?\Z", re.I
)  # `Studio, 1 & 2 bed`
_ONE_OF = re.compile(r"\b(?:one|1|two|2|each|any|all) of (?:the )?\Z", re.IGNORECASE)
_RK = re.compile(r"(?<!\w)(?P<n>\d)\s*r\.?k\b", re.IGNORECASE)
_STUDIO = re.compile(r"(?<!\w)studio(?!\w)(?:\s+(?:apartments?|flats?|units?))?", re.IGNORECASE)


class Bedrooms(NamedTuple):
    """`counts` in order, `unit` is `bedroom` or `room`; `is_span` for `2-4`, which skips none."""

    counts: tuple[Figure, ...]
    unit: str
    word: str
    start: int
    end: int
    text: str

    @property
    def quantity(self) -> Quantity:
        return Quantity(low=self.counts[0], high=self.counts[-1], unit=self.unit)


_BETWEEN_COUNTS = re.compile(
    r"(?:\s*(?:flats|apartments|homes|residences|units|villas)\b)?"
    r"(?:\s*(?P<to>to|bis|au|à|-|–)\s*|\s*(?:,|/|&|and|or|und|oder|et|ou|y|और|aur|e)\s*(?:and|&)?\s*)",
    re.I,
)


def find_bedrooms(text: str) -> Iterator[Bedrooms]:
    """`2 BHK and 3 BHK` are found as one, as `2 and 3 BHK` are."""
    last: Bedrooms | None = None
    for found in _find_bedrooms(text):
        joint = last and _BETWEEN_COUNTS.fullmatch(text, last.end, found.start)
        if last is None or not joint or last.unit != found.unit:
            if last is not None:
                yield last
            last = found
            continue
        counts = {*last.counts, *found.counts}
        if joint["to"]:
            counts.update(range(int(min(counts)), int(max(counts)) + 1))
        last = found._replace(
            counts=tuple(sorted(counts)), start=last.start, text=text[last.start : found.end]
        )
    if last is not None:
        yield last


def _find_bedrooms(text: str) -> Iterator[Bedrooms]:
    for found in _BEDROOMS.finditer(text):
        if _ONE_OF.search(text, max(0, found.start() - 12), found.start()):
            continue  # `one of four bedrooms`
        counts = _counts(found["counts"], is_room=found["bed"] is None)
        if not counts or counts[-1] > 20:
            continue
        if _BEFORE_COUNTS.search(text, max(0, found.start() - 14), found.start()):
            counts = tuple(sorted({0, *counts}))
        unit = "bedroom" if found["bed"] else "room"
        word = (found["bed"] or found["room"]).lower()
        yield Bedrooms(counts, unit, word, found.start(), found.end(), found[0])
    for found in _RK.finditer(text):
        yield Bedrooms((0,), "bedroom", "rk", found.start(), found.end(), found[0])


def find_studio(text: str) -> Bedrooms | None:
    found = _STUDIO.search(text)
    return found and Bedrooms((0,), "bedroom", "studio", found.start(), found.end(), found[0])


def _counts(text: str, *, is_room: bool) -> tuple[Figure, ...]:
    if is_room and re.fullmatch(r"\d{1,2},5", text):
        text = text.replace(",", ".")  # three and a half rooms
    parts = re.split(rf"\s*({_AND})\s*(?={_COUNT})", text.lower())
    values: list[Figure] = []
    for place, part in enumerate(parts):
        if place % 2:
            continue
        value = _NUMBER_WORDS.get(part.strip()) or read_number(part.strip(), part.count(",") > 0)
        if value is None:
            return ()
        if place and parts[place - 1] == "+" and values:
            return tuple(values)  # `3+1`: rooms beside the bedrooms
        if (
            place
            and parts[place - 1].strip("- ") in {"", "–", "to", "bis", "au", "إلى"}
            and values
            and value == int(value)
        ):
            values.extend(range(int(values[-1]) + 1, int(value)))
        values.append(value)
    return tuple(sorted(set(values)))


def write_bedrooms(counts: tuple[Figure, ...], unit: str, word: str) -> str:
    if counts == (0,):
        return "1 RK" if word == "rk" else "Studio"
    named = [f"{count:g}" for count in counts if count]
    text = named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
    if 0 in counts:
        text = f"Studio, {text}"
    if word.startswith(("bhk", "b.h.k", "rlk", "बी")):
        return f"{text} BHK"
    if unit == "room":
        return f"{text} room" + ("" if counts[-1] == 1 else "s")
    return f"{text} bedroom" + ("" if counts[-1] == 1 else "s")


# The registrations of real estate authorities, by the form that each gives out.
_RERA = re.compile(
    r"(?<![A-Z0-9/])(?:"
    r"PRM/KA/RERA/\d{3,4}/\d{2,4}/[A-Z]{2}/\d{6}/\d{6}|PRM/KA/RERA/[\w/]{6,40}\d"  # Karnataka
    r"|PR/GJ/[A-Z .()-]+(?:/[A-Z0-9 .()-]+){2,6}/[A-Z0-9]{4,14}(?:/\w+)*"  # Gujarat
    r"|P[RV]?[RM]?/\d{2}/\d{4}/\d{3,6}"
    r"|UPRERAPRJ\d{3,8}(?:/\d\d/\d{4})?"  # Uttar Pradesh
    r"|RERA-GRG-(?:PROJ-)?\d+-\d{4}|GGM/\d+/\d+/\d{4}/\d+|HRERA-PKL-[A-Z]+-\d+-\d{4}|(?:RC/)?(?:REP/)?HARERA/GGM/[\w/]*\d"  # Haryana
    r"|TN/\d{1,2}/(?:Building|Layout|[A-Z]+)/\d{3,5}/\d{4}|TNRERA/\d+/\w+/\d+(?:/\d{4})?"  # Tamil Nadu
    r"|K-RERA/PRJ/[A-Z]{3}/\d+/\d{4}"  # Kerala
    r"|RAJ/P/\d{4}/\d{2,5}"  # Rajasthan
    r"|PBRERA-[A-Z]{3}\d{2}-[A-Z]{2}\d{4}"  # Punjab
    r"|PRGO\d{8}"  # Goa
    r"|P-[A-Z]{3}-\d{2}-\d{3,5}"  # Madhya Pradesh
    r"|PCGRERA\d{8,12}"  # Chhattisgarh
    r"|(?:WB)?RERA/P/[A-Z]{3}/\d{4}/\d{5,6}|HIRA/P/[A-Z]{3}/\d{4}/\d{6}"  # West Bengal
    r"|BRERAP\d+-\d+(?:/\d+)?(?:/R-\d+/\d{4})?"  # Bihar
    r"|(?:RP|PP|MP)/\d{2}/\d{4}/\d{5}"  # Odisha
    r"|UKREP\d{8,10}|DLRERA\d{4}P\d{4}|JHARERA/PROJECT/\d+/\d{4}"
    r"|P[0-9]{11}|P[MR]\d{12,13}|P0\d{10}"  # Maharashtra, Telangana
    r")(?![A-Z0-9])",
    re.IGNORECASE,
)  # fmt: skip
_LABELLED = re.compile(
    r"(?P<label>(?:maha|k-?|hp|tn|up|g|ts|h|wb|uk)?-?\s?rera(?:\s+(?:reg(?:istration|n|d)?|approved|project|id|no|number|certificate)\b\.?)*|(?:dld|rera|trakheesi|advertisement)\s*permit(?:\s*(?:no|number)\b\.?)?|permit\s*(?:no|number)\b\.?|orn\b)"
    r"\s*(?:is|:|#|-|–|\.|\t)*\s*(?P<number>[A-Z0-9][A-Z0-9/.-]{4,60}[A-Z0-9])",
    re.IGNORECASE,
)


_AGENTS = re.compile(r"\b(?:agent|broker|channel partner|consultant)\W*\Z", re.IGNORECASE)


def find_registrations(text: str) -> Iterator[str]:
    """Registration numbers, as they are written; one that no known form has needs its label."""
    known = [found[0].strip() for found in _RERA.finditer(text) if "/AG/" not in found[0]]
    yield from known
    for found in _LABELLED.finditer(text):
        number = found["number"]
        if _AGENTS.search(text, max(0, found.start() - 24), found.start()) or "/AG/" in number:
            continue  # whoever sells is registered too
        digits = sum(character.isdigit() for character in number)
        if digits >= 5 and not any(number in one or one in number for one in known):
            label = found["label"].lower()
            # Ten digits alone are a telephone number, but for the permits of Dubai.
            if "orn" not in label and ("permit" in label or not re.fullmatch(r"[\d-]{10}", number)):
                yield number


_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier enero", "feb february februar février febrero",
            "mar march märz mars marzo", "apr april avril abril", "may mai mayo", "jun june juni juin junio",
            "jul july juli juillet julio", "aug august août agosto", "sep sept september septembre septiembre",
            "oct october oktober octobre octubre", "nov november novembre noviembre",
            "dec december dezember décembre diciembre",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
MONTH_NAMES = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MONTH = "|".join(sorted(_MONTHS, key=len, reverse=True))
_YEAR = r"(?:20[0-9]{2})"
_DATE = re.compile(
    rf"(?P<q>q[1-4]|[1-4](?:st|nd|rd|th)\s+quarter)\s*(?:of\s*)?[-/,']?\s*(?P<qy>{_YEAR}|\d\d\b)"
    rf"|(?:(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s*(?:of\s+)?[-\s])?(?P<m>\b(?:{_MONTH}))\b\.?(?:\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\s*,)?[\s,'’/-]{{0,3}}(?P<y>{_YEAR}|(?<=['’])\d\d|(?<=-)\d\d)\b"
    rf"|(?P<iy>{_YEAR})-(?P<im>0[1-9]|1[0-2])(?:-(?P<id>[0-3]\d))?"
    rf"|(?P<nd>[0-3]?\d)[/.](?P<nm>0?[1-9]|1[0-2])[/.](?P<ny>{_YEAR})"
    rf"|(?P<sm>0?[1-9]|1[0-2])/(?P<sy>{_YEAR})"
    rf"|(?P<h>first|second|mid|early|late|end(?: of)?)[-\s]+(?:half\s+(?:of\s+)?)?(?P<hy>{_YEAR})"
    rf"|\b(?P<only>{_YEAR})\b",
    re.IGNORECASE,
)
_READY = re.compile(
    r"ready[\s-]*to[\s-]*(?:move|occupy|shift)(?:[\s-]*in)?|ready for (?:possession|occup\w+)|immediate(?:ly)?(?:\s+(?:possession|move|occup\w+|available))?|\bready\b|move-in ready|sofort|immédiate|inmediata|रेडी टू मूव",
    re.IGNORECASE,
)


def read_date(text: str) -> str | None:
    """A date as a visitor reads it (`December 2027`, `Q4 2027`, `ready to move in`)."""
    found = _DATE.search(text)
    if found is None:
        return "ready to move in" if _READY.search(text) else None
    groups = found.groupdict()
    if groups["q"]:
        year = groups["qy"]
        return f"Q{re.search(r'[1-4]', groups['q'])[0]} {year if len(year) == 4 else '20' + year}"  # type: ignore[index]
    if groups["y"]:
        year = groups["y"] if len(groups["y"]) == 4 else "20" + groups["y"]
        return _write_date(groups["d"] or groups["d2"], _MONTHS[groups["m"].lower()], year)
    if groups["iy"]:
        return _write_date(groups["id"], int(groups["im"]), groups["iy"])
    if groups["ny"]:
        return _write_date(groups["nd"], int(groups["nm"]), groups["ny"])
    if groups["sy"]:
        return _write_date(None, int(groups["sm"]), groups["sy"])
    if groups["hy"]:
        return f"{groups['h'].lower()} {groups['hy']}"
    return groups["only"]


def _write_date(day: str | None, month: int, year: str) -> str:
    text = f"{MONTH_NAMES[month - 1]} {year}"
    return f"{int(day)} {text}" if day and 1 <= int(day) <= 31 else text
