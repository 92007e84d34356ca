"""Figures in a text, in one form however they are written.

`1.12 crore`, `₹1,12,00,000` and `1.12 करोड़` are the same money; `Dec 2027` and `31 December 2027`
share a month. Pure functions; grounding.py decides what may be said.
"""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from frontdesk.chat.numerals import spell_out


class Figure(NamedTuple):
    """`kind`: money, money per unit (`money/area sq ft`), percent, area, distance, duration,
    bedrooms, clock, date, code, phone, count (`of` is what is counted) or number. `value` is in the
    smallest unit we compare in.

    Two more are for what cannot be read: `token` is a word with digits in it (`q4`), `bare` a scale
    or currency without a number that we understand (`LXXXIV lakh`, `several crore`).
    """

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
    **dict.fromkeys(("pool", "pools", "swimming pool", "swimming pools"), "pool"),
    **dict.fromkeys(("bathroom", "bathrooms", "bath", "baths", "toilet", "toilets"), "bathroom"),
    **dict.fromkeys(("balcony", "balconies"), "balcony"),
    **dict.fromkeys(("lift", "lifts", "elevator", "elevators"), "lift"),
    **dict.fromkeys(("car", "cars", "space", "spaces", "slot", "slots", "parking", "parkings",
                     "parking space", "parking spaces", "parking slots", "car parks",
                     "car parking", "car parkings", "covered space", "covered spaces"), "parking"),
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
_HINDI = {"लाख": "lakh", "करोड़": "crore", "वर्ग फुट": "sq ft", "प्रतिशत": "%", "किमी": "km",
          "किलोमीटर": "km", "मीटर": "m", "मिनट": "min", "बीएचके": "bhk", "हज़ार": "thousand",
          "मंज़िल": "floor", "मंज़िलें": "floors", "घर": "homes", "मंजिल": "floor",
          "मंजिलें": "floors", "टावर": "towers", "फ्लैट": "flats",
          "कोटी": "crore", "अरब": "billion", "वर्ग मीटर": "sq m", "घंटे": "hours", "घंटा": "hour",
          "महीने": "months", "महीना": "month", "साल": "years", "वर्ष": "years", "दिन": "days",
          "हफ्ते": "weeks", "रुपए": "रुपये", "रूपये": "रुपये", "फीसदी": "%"}  # fmt: skip
# Scales in languages whose numbers we do not read: a number is known by its digits or not at all.
FOREIGN_SCALES = (
    "millones", "millón", "million", "millionen", "milioni", "milliard", "milliarde", "mille",
    "mil", "tausend", "prozent", "percento", "ribu", "juta", "lākh",
    "লাখ", "লক্ষ", "কোটি", "হাজার", "લાખ", "કરોડ", "હજાર", "ਲੱਖ", "ਕਰੋੜ", "ਹਜ਼ਾਰ",
    "லட்சம்", "கோடி", "ஆயிரம்", "లక్ష", "లక్షలు", "లక్షల", "కోటి", "కోట్ల", "కోట్లు", "వేల", "ಲಕ್ಷ",
    "ಕೋಟಿ", "ಸಾವಿರ", "ലക്ഷം", "കോടി", "ആയിരം", "ଲକ୍ଷ", "କୋଟି", "ହଜାର", "لاکھ", "کروڑ", "ہزار",
    "ألف", "مليون", "مليار", "بالمئة",
)  # fmt: skip

_SCALE = "|".join(sorted(SCALES, key=len, reverse=True))
_UNIT = "|".join(re.escape(unit) for unit in sorted(UNITS, key=len, reverse=True))
_COUNTED = "|".join(sorted(COUNTED, key=len, reverse=True))
_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_CURRENCY = r"₹|rs\.?|inr|rupees|\$|usd|aed|£|€|eur|gbp"
_RATES = {"psf": "sq ft", "annum": "year", "प्रति sq ft": "sq ft"}
# Runs of spaces and dashes are taken whole (`*+`): each is tried once, however long it is.
_PER = rf"\s*+(?:/-\s*+)?(?:(?:/|per|प्रति)\s*+(?P<per>{_UNIT}|annum)(?!\w)|(?P<psf>psf)\b)"
_NUMBER = re.compile(
    rf"(?:(?P<currency>{_CURRENCY})\s*+)?(?<![\w.])(?P<number>\d+(?:\.\d+)?)"
    rf"(?:st|nd|rd|th)?[\s-]*+(?:(?P<scale>{_SCALE})\b\.?[\s-]*+)?"
    rf"(?:(?P<unit>{_UNIT})(?!\w)|(?P<counted>{_COUNTED})\b|(?P<rupees>rupees|rupaye|रुपये)(?!\w))?"
    rf"(?:{_PER})?"
)
_JOINED = re.compile(
    r"\s*+(?:(?:,|-|–|—|to|and|or|&|/|से|और|aur|se)\s*+)?(?:(?:and|or|और|aur)\s*+)?"
)
_CODE = re.compile(r"(?<![\w/])[a-z0-9]+(?:[/-][a-z0-9]+)*(?![\w])")
_PHONE = re.compile(r"(?<![\w.])\+?\(?\d[\d\s()-]{7,16}\d(?![\w])")
_DATE = re.compile(
    rf"(?<!\w)(?:(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?)?(?P<month>{_MONTH})(?!\w)\.?"
    rf"(?:\s+(?P<day_after>\d{{1,2}})(?:st|nd|rd|th)?(?!\d))?(?:,?\s*(?P<year>(?:19|20)\d\d))?"
)
_NUMERIC_DATE = re.compile(
    r"(?<!\d)(?:(?P<y>20\d\d)-(?P<m>\d\d)-(?P<d>\d\d)|(?P<d2>\d{1,2})[/.](?P<m2>\d{1,2})[/.](?P<y2>20\d\d))(?!\d)"
)
_RELATIVE_DATE = re.compile(
    r"(?<!\w)(?:(?:next|coming|this|agle|agli|अगले|अगली|इस)\s+"
    r"(?:week|month|months|year|years|quarter|diwali|summer|winter|mahine|saal|hafte|weeks)"
    r"|tomorrow|day after tomorrow|ready[\s-]to[\s-]move|immediate possession|year[\s-]end|parso)"
    r"(?!\w)"
)
_BARE_WORDS = "|".join(
    sorted(
        (*(w for w in SCALES if len(w) > 1 and w not in ("sau", "mn")), "percent", "per cent",
         *FOREIGN_SCALES),
        key=len,
        reverse=True,
    )
)  # fmt: skip
_BARE = re.compile(
    rf"(?<![\w\u0900-\u0963])(?:{_BARE_WORDS})(?![\w\u0900-\u0963])"
    r"|[%₹$£€]|(?<!\w)(?:rs|inr|aed|usd)\b"
)
_DIGIT = re.compile(r"\d")
_TOKEN = re.compile(r"[^\W_]*\d(?:[^\W_]|[.]\d)*")
# What nobody sees, and what makes an emoji of a digit.
UNSEEN = re.compile("[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f"
                     "\u202a-\u202e\u2060-\u206f\u20e3\u3164\ufe00-\ufe0f\ufeff\uffa0"
                     "\U000e0000-\U000e01ef]")  # fmt: skip
_FOLLOWERS = f"{_UNIT}|{_COUNTED}"


def fold(text: str) -> str:
    """The form that figures are read in: lower case, 0-9, no thousands separators, unit names."""
    text = unicodedata.normalize("NFKC", UNSEEN.sub("", text)).lower()
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
        for hindi, english in _HINDI_FOLDED:
            text = text.replace(hindi, english)
    if _DIGIT.search(text):
        text = re.sub(r"(?<=\d)[,'’](?=\d{2,3}(?:\D|$))", "", text)
        text = re.sub(r"(?<![\d.])(\d{1,3}(?: \d{3})+|\d{1,2}(?: \d\d)+ \d{3})(?![\d.])",
                      lambda match: match[0].replace(" ", ""), text)  # fmt: skip
    text = re.sub(r"\b(rs|sq|no|nos|approx)\.\s*", r"\1 ", text)
    text = re.sub(r"(?<=\d)/(?=sq|month|year|annum|acre)", " per ", text.replace("/-", " "))
    return re.sub(r" {2,}", " ", spell_out(text, _SCALE, _FOLLOWERS))


def find_figures(text: str) -> list[Figure]:
    """Every figure of the text, in order."""
    return read_figures(fold(text))


def read_figures(folded: str) -> list[Figure]:
    """The same for a text that is folded already."""
    found: list[Figure] = []
    # Most sentences have no digit, and most patterns need one.
    has_digits = _DIGIT.search(folded) is not None
    for pattern, read in _WITH_DIGITS if has_digits else _IN_WORDS:
        for match in pattern.finditer(folded):
            figures = read(match)
            if figures:
                found.extend(figures)
                folded = _blank(folded, match)
    if has_digits:
        numbers = list(_NUMBER.finditer(folded))
        found.extend(_read_numbers(folded, numbers))
        for match in numbers:
            folded = _blank(folded, match)
        found += [Figure("token", match[0], at=match.start()) for match in _TOKEN.finditer(folded)]
    found += [Figure("bare", match[0], at=match.start()) for match in _BARE.finditer(folded)]
    return sorted(found, key=lambda figure: figure.at)


def _blank(text: str, match: re.Match[str]) -> str:
    return text[: match.start()] + " " * len(match[0]) + text[match.end() :]


def _read_numbers(folded: str, matches: Sequence[re.Match[str]]) -> list[Figure]:
    """From the right, so that `2 and 3 BHK` and `84 to 96 lakh` lend the unit to the left, and
    `1 crore 12 lakh` is one figure.
    """
    found: list[Figure] = []
    follower: re.Match[str] | None = None
    lent: tuple[str | None, str | None, str | None, bool, str] = (None, None, None, False, "")
    carried = Decimal(0)  # of `12 lakh`, on its way to the `1 crore` before it
    for place in reversed(range(len(matches))):
        match = matches[place]
        scale, unit, counted = match["scale"], match["unit"], match["counted"]
        is_money = bool(match["currency"] or match["rupees"])
        rate = "sq ft" if match["psf"] else match["per"] or ""
        is_money = is_money or bool(rate and not (unit or counted))
        joins = follower is not None and _JOINED.fullmatch(folded[match.end() : follower.start()])
        if joins and not carried and not (scale or unit or counted):
            scale, unit, counted = lent[0], lent[1], lent[2]
            is_money, rate = is_money or lent[3], rate or lent[4]
        if carried and follower is not None:
            is_money, rate = is_money or lent[3], rate or lent[4]
            unit, counted = lent[1], lent[2]
        lent, follower = (scale, unit, counted, is_money, rate), match
        value = Decimal(match["number"]) * (SCALES[scale] if scale else 1) + carried
        at, carried = match.start("number"), Decimal(0)
        if place and _continues(folded, matches[place - 1], match):
            carried = value
        elif unit and not is_money:
            kind, factor = UNITS[unit]
            found.append(Figure(kind, _plain(value * factor), at=at))
        elif counted and not is_money:
            found.append(Figure("count", _plain(value), COUNTED[counted], at))
        elif is_money or (scale and SCALES[scale] >= SCALES["lakh"]):
            found.append(Figure(f"money/{_rate(rate)}" if rate else "money", _plain(value), at=at))
        else:
            found.append(Figure("number", _plain(value), at=at))
    return found


def _continues(folded: str, before: re.Match[str], match: re.Match[str]) -> bool:
    """`1 crore` goes on with `12 lakh`: whole, bigger, nothing between them and no new currency."""
    if not before["scale"] or before["unit"] or before["counted"] or "." in before["number"]:
        return False
    smaller = SCALES[match["scale"]] if match["scale"] else 1
    between = folded[before.end() : match.start()]
    return (
        not match["currency"]
        and not between.strip()
        and Decimal(match["number"]) * smaller < SCALES[before["scale"]]
        and smaller < SCALES[before["scale"]]
        and not (match["unit"] and match["unit"].startswith(("bhk", "bed")))
    )


def _rate(unit: str) -> str:
    unit = _RATES.get(unit, unit)
    return {"duration month": unit}.get(UNITS[unit][0], UNITS[unit][0])


def _read_relative_date(match: re.Match[str]) -> list[Figure]:
    return [Figure("date", match[0], at=match.start())]


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


def _plain(value: Decimal) -> str:
    return format(value.normalize(), "f")


_IN_WORDS = (
    (_DATE, _read_date),
    (_RELATIVE_DATE, _read_relative_date),
)
_WITH_DIGITS = (
    (_NUMERIC_DATE, _read_numeric_date),
    *_IN_WORDS,
    (_CODE, _read_code),
    (_PHONE, _read_phone),
)

_HINDI_FOLDED = sorted(
    ((unicodedata.normalize("NFKC", hindi), english) for hindi, english in _HINDI.items()),
    key=lambda pair: -len(pair[0]),
)
