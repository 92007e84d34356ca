"""Figures in a text, in one form however they are written.

`1.12 crore`, `₹1,12,00,000` and `1.12 करोड़` are the same money; `Dec 2027` and `31 December 2027`
share a month. Pure functions; grounding.py decides what may be said.
"""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple


class Figure(NamedTuple):
    """`kind`: money, percent, area, distance, duration, bedrooms, clock, date, code, phone, count
    (`of` is what is counted) or number. `value` is in the smallest unit we compare in."""

    kind: str
    value: str
    of: str = ""
    at: int = 0  # where in the text, in characters of its folded form


SCALES = {
    "hundred": 100, "sau": 100, "thousand": 1000, "hazaar": 1000, "hazar": 1000, "k": 1000,
    "lakh": 10**5, "lac": 10**5, "lakhs": 10**5, "lacs": 10**5, "l": 10**5,
    "crore": 10**7, "crores": 10**7, "cr": 10**7, "million": 10**6, "mn": 10**6, "billion": 10**9,
}  # fmt: skip
# Unit as written -> kind, factor to the unit compared in. Areas keep their unit apart: nobody
# should be told 70 sq m where the facts say 742 sq ft, right or not.
UNITS: dict[str, tuple[str, Decimal]] = {
    **dict.fromkeys(("%", "percent", "per cent", "pc"), ("percent", Decimal(1))),
    **dict.fromkeys(
        ("sq ft", "sqft", "sft", "square feet", "square foot", "sq feet", "sq.ft", "sq. ft"),
        ("area sq ft", Decimal(1)),
    ),
    **dict.fromkeys(
        ("sq m", "sqm", "square metres", "square meters", "sq.m", "sq. m"),
        ("area sq m", Decimal(1)),
    ),
    **dict.fromkeys(("acre", "acres"), ("area acre", Decimal(1))),
    **dict.fromkeys(("sq yd", "square yards", "gaj"), ("area sq yd", Decimal(1))),
    **dict.fromkeys(("km", "kms", "kilometre", "kilometres", "kilometer", "kilometers"),
                    ("distance", Decimal(1000))),
    **dict.fromkeys(("m", "metre", "metres", "meter", "meters"), ("distance", Decimal(1))),
    **dict.fromkeys(("mile", "miles"), ("distance mile", Decimal(1))),
    **dict.fromkeys(("min", "mins", "minute", "minutes"), ("duration", Decimal(1))),
    **dict.fromkeys(("hour", "hours", "hr", "hrs"), ("duration", Decimal(60))),
    **dict.fromkeys(("day", "days"), ("duration", Decimal(1440))),
    **dict.fromkeys(("week", "weeks"), ("duration", Decimal(10080))),
    **dict.fromkeys(("month", "months"), ("duration month", Decimal(1))),
    **dict.fromkeys(("year", "years"), ("duration month", Decimal(12))),
    **dict.fromkeys(("bhk", "bedroom", "bedrooms", "bed"), ("bedrooms", Decimal(1))),
    **dict.fromkeys(("am", "a.m.", "a.m"), ("clock am", Decimal(1))),
    **dict.fromkeys(("pm", "p.m.", "p.m"), ("clock pm", Decimal(1))),
}  # fmt: skip
COUNTED = {
    **dict.fromkeys(("home", "homes", "flat", "flats", "unit", "units", "apartment", "apartments",
                     "villa", "villas", "plot", "plots", "residences"), "home"),
    **dict.fromkeys(("floor", "floors", "storey", "storeys", "stories"), "floor"),
    **dict.fromkeys(("tower", "towers", "block", "blocks", "building", "buildings"), "tower"),
    **dict.fromkeys(("lift", "lifts", "elevator", "elevators"), "lift"),
    **dict.fromkeys(("car", "cars", "space", "spaces", "slot", "slots"), "parking"),
}  # fmt: skip
MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan जनवरी", "february feb फरवरी", "march mar मार्च", "april apr अप्रैल",
            "may मई", "june jun जून", "july jul जुलाई", "august aug अगस्त",
            "september sept sep सितंबर", "october oct अक्टूबर", "november nov नवंबर",
            "december dec दिसंबर",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
# Other words too: a month only with a day or a year beside it.
_AMBIGUOUS_MONTHS = {"may", "march", "mar", "jan", "sep", "dec", "oct", "nov", "feb", "apr", "jun",
                     "jul", "aug", "sept"}  # fmt: skip
_WORD_NUMBERS = {
    word: number
    for number, words in enumerate(
        (
            "zero", "one ek एक", "two do दो", "three teen तीन", "four char chaar चार",
            "five paanch panch पांच", "six chhe chah छह", "seven saat सात", "eight aath आठ",
            "nine nau नौ", "ten das दस", "eleven gyarah", "twelve barah", "thirteen", "fourteen",
            "fifteen pandrah", "sixteen", "seventeen", "eighteen", "nineteen",
        )
    )
    for word in words.split()
} | {"twenty": 20, "bees": 20, "thirty": 30, "tees": 30, "forty": 40, "chalis": 40, "fifty": 50,
     "pachas": 50, "sixty": 60, "saath": 60, "seventy": 70, "sattar": 70, "eighty": 80, "assi": 80,
     "ninety": 90, "nabbe": 90}  # fmt: skip
_HINDI = {"लाख": "lakh", "करोड़": "crore", "वर्ग फुट": "sq ft", "प्रतिशत": "%", "किमी": "km",
          "किलोमीटर": "km", "मीटर": "m", "मिनट": "min", "बीएचके": "bhk", "हज़ार": "thousand",
          "मंज़िल": "floor", "मंज़िलें": "floors", "घर": "homes"}  # fmt: skip

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_COUNTED = "|".join(sorted(COUNTED, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_CURRENCY = r"₹|rs\.?|inr|rupees|\$|usd|aed|£|€|eur|gbp"
_NUMBER = re.compile(
    rf"(?P<currency>{_CURRENCY})?\s*(?<![\w.])(?P<number>\d+(?:\.\d+)?)"
    rf"(?:st|nd|rd|th)?[\s-]*(?:(?P<scale>{_SCALE})\b\.?)?"
    rf"[\s-]*(?:(?P<unit>{_UNIT})(?!\w)|(?P<counted>{_COUNTED})\b|(?P<rupees>rupees|rupaye|रुपये)\b)?"
)
_JOINED = re.compile(r"\s*(?:,|-|–|—|to|and|or|&|/|से|और|aur|se)?\s*(?:and|or|और|aur)?\s*")
_CODE = re.compile(r"(?<![\w/])[a-z0-9]+(?:[/-][a-z0-9]+)*(?![\w])")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s()-]{7,16}\d(?![\w])")
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})(?!\w)\.?"
    rf"(?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s*(?P<year>(?:19|20)\d\d))?"
)
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>20\d\d))(?!\d)"
)
_SPELLED_WORD = "|".join(sorted(_WORD_NUMBERS, key=len, reverse=True))
_SPELLED = re.compile(
    rf"(?<!\w)(?P<words>(?:(?:{_SPELLED_WORD})(?:[\s-]+|(?!\w)))+)"
    rf"(?=(?:{_SCALE}|{_UNIT}|{_COUNTED})(?!\w))"
)


def fold(text: str) -> str:
    """The form that figures are read in: lower case, 0-9, no thousands separators, unit names."""
    text = unicodedata.normalize("NFKC", text).lower()
    text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    text = re.sub(r"(?<=\d),(?=\d{2,3}(?:\D|$))", "", text)
    for hindi, english in _HINDI.items():
        text = text.replace(unicodedata.normalize("NFKC", hindi), english)
    return _SPELLED.sub(lambda match: f"{_spelled(match['words'])} ", text)


def find_figures(text: str) -> list[Figure]:
    """Every figure of the text, in order."""
    folded = fold(text)
    found: list[Figure] = []
    for pattern, read in (
        (_NUMERIC_DATE, _read_numeric_date),
        (_DATE, _read_date),
        (_CODE, _read_code),
        (_PHONE, _read_phone),
    ):
        for match in pattern.finditer(folded):
            figures = read(match)
            if figures:
                found.extend(figures)
                blank = " " * len(match[0])
                folded = folded[: match.start()] + blank + folded[match.end() :]
    found.extend(_read_numbers(folded))
    return sorted(found, key=lambda figure: figure.at)


def _read_numbers(folded: str) -> list[Figure]:
    """From the right, so that `2 and 3 BHK` and `84 to 96 lakh` lend the unit to the left."""
    found: list[Figure] = []
    follower: re.Match[str] | None = None
    lent: tuple[str | None, str | None, str | None, bool] = (None, None, None, False)
    for match in reversed(list(_NUMBER.finditer(folded))):
        scale, unit, counted = match["scale"], match["unit"], match["counted"]
        is_money = bool(match["currency"] or match["rupees"])
        joins = follower is not None and _JOINED.fullmatch(folded[match.end() : follower.start()])
        if joins and not (scale or unit or counted):
            scale, unit, counted = lent[0], lent[1], lent[2]
            is_money = is_money or lent[3]
        lent, follower = (scale, unit, counted, is_money), match
        value = Decimal(match["number"]) * (SCALES[scale] if scale else 1)
        at = match.start("number")
        if unit and not is_money:
            kind, factor = UNITS[unit]
            found.append(Figure(kind, _plain(value * factor), at=at))
        elif counted and not is_money:
            found.append(Figure("count", _plain(value), COUNTED[counted], at))
        elif is_money or (scale and SCALES[scale] >= SCALES["lakh"]):
            found.append(Figure("money", _plain(value), at=at))
        else:
            found.append(Figure("number", _plain(value), at=at))
    return found


def _read_date(match: re.Match[str]) -> list[Figure]:
    day = match["day"] or match["day_after"]
    if match["month"] in _AMBIGUOUS_MONTHS and not (day or match["year"]):
        return []
    month, at = MONTHS[match["month"]], match.start("month")
    figures = []
    if day:
        figures.append(Figure("date", f"{month:02d}-{int(day):02d}", at=at))
    if match["year"]:
        figures.append(Figure("date", f"{match['year']}-{month:02d}", at=at))
    return figures or [Figure("date", f"{month:02d}", at=at)]


def _read_numeric_date(match: re.Match[str]) -> list[Figure]:
    year, at = match["y"] or match["y2"], match.start()
    month, day = int(match["m"] or match["m2"]), int(match["d"] or match["d2"])
    return [
        Figure("date", f"{month:02d}-{day:02d}", at=at),
        Figure("date", f"{year}-{month:02d}", at=at),
    ]


def _read_code(match: re.Match[str]) -> list[Figure]:
    """A registration number: letters and at least four digits in one word."""
    text = match[0]
    if sum(c.isdigit() for c in text) < 4 or not any(c.isalpha() for c in text):
        return []
    if re.fullmatch(rf"\d+(?:\.\d+)?(?:{_SCALE}|{_UNIT})", text):
        return []
    return [Figure("code", re.sub(r"[^a-z0-9]", "", text), at=match.start())]


def _read_phone(match: re.Match[str]) -> list[Figure]:
    digits = re.sub(r"\D", "", match[0])
    if len(digits) < 10 or (len(digits) != len(match[0].strip()) and len(digits) < 8):
        return []
    return [Figure("phone", digits[-10:], at=match.start())]


def _spelled(words: str) -> int:
    return sum(_WORD_NUMBERS[word] for word in re.split(r"[\s-]+", words.strip()))


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")
