"""Reading amounts of money out of text. Pure.

An amount without a currency is no amount: `84 lakh` is rupees by its word, `450,000` alone is
nothing. `$` and `Rs` are told apart by where the page is.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import urlsplit

from frontdesk.property.model import Quantity
from frontdesk.property.numbers import NUMBER, Figure, read_number

# What a sign stands for where nothing else says so; the order is that of matching.
SIGNS = {
    "US$": "USD", "A$": "AUD", "AU$": "AUD", "C$": "CAD", "CA$": "CAD", "S$": "SGD",
    "NZ$": "NZD", "HK$": "HKD", "MX$": "MXN", "R$": "BRL", "$": "USD",
    "₹": "INR", "₨": "INR", "£": "GBP", "€": "EUR", "฿": "THB", "₱": "PHP", "₦": "NGN",
    "₺": "TRY", "₪": "ILS", "₫": "VND", "₩": "KRW", "৳": "BDT", "د.إ": "AED", "ر.س": "SAR",
}  # fmt: skip
WORDS = {
    "rs.": "INR", "rs": "INR", "inr": "INR", "rupees": "INR", "रु": "INR", "रुपये": "INR",
    "aed": "AED", "dhs": "AED", "dh": "AED", "dirhams": "AED", "درهم": "AED", "ريال": "SAR", "جنيه": "EGP", "دينار": "KWD", "r": "ZAR",
    "usd": "USD", "gbp": "GBP", "eur": "EUR", "euro": "EUR", "euros": "EUR", "chf": "CHF",
    "aud": "AUD", "cad": "CAD", "sgd": "SGD", "nzd": "NZD", "hkd": "HKD", "sar": "SAR",
    "qar": "QAR", "omr": "OMR", "bhd": "BHD", "kwd": "KWD", "egp": "EGP", "pkr": "PKR",
    "lkr": "LKR", "bdt": "BDT", "npr": "NPR", "myr": "MYR", "rm": "MYR", "idr": "IDR", "rp": "IDR",
    "php": "PHP", "thb": "THB", "vnd": "VND", "zar": "ZAR", "kes": "KES", "ksh": "KES",
    "ngn": "NGN", "ghs": "GHS", "pln": "PLN", "zł": "PLN", "czk": "CZK", "kč": "CZK",
    "huf": "HUF", "ft": "HUF", "sek": "SEK", "nok": "NOK", "dkk": "DKK", "kr": "SEK",
    "try": "TRY", "ils": "ILS", "mxn": "MXN", "brl": "BRL", "jpy": "JPY", "cny": "CNY", "rub": "RUB",
}  # fmt: skip
# `ft` and `rm` stand for other things far more often: they are read after a number only with care.
_BEFORE_ONLY = {"rs", "rs.", "dh", "rm", "rp", "ksh", "try", "रु", "r"}
_AFTER_ONLY = {
    "ft",
    "kr",
    "zł",
    "kč",
    "euro",
    "euros",
    "rupees",
    "dirhams",
    "रुपये",
    "درهم",
    "ريال",
    "جنيه",
    "دينار",
}
ISO_CODES = frozenset(SIGNS.values()) | frozenset(WORDS.values())

# What is paid where a page is.
CURRENCIES = {
    "in": "INR", "ae": "AED", "uk": "GBP", "gb": "GBP", "ie": "EUR", "de": "EUR", "fr": "EUR", "es": "EUR",
    "it": "EUR", "pt": "EUR", "nl": "EUR", "be": "EUR", "at": "EUR", "ch": "CHF", "us": "USD", "sa": "SAR",
    "qa": "QAR", "om": "OMR", "bh": "BHD", "kw": "KWD", "eg": "EGP", "au": "AUD", "nz": "NZD", "ca": "CAD",
    "sg": "SGD", "my": "MYR", "za": "ZAR", "pk": "PKR", "lk": "LKR", "se": "SEK", "pl": "PLN", "br": "BRL",
}  # fmt: skip
DOLLARS = {"au": "AUD", "ca": "CAD", "sg": "SGD", "nz": "NZD", "hk": "HKD", "mx": "MXN"}
RUPEES = {"pk": "PKR", "lk": "LKR", "np": "NPR", "mu": "MUR"}
RIYALS = {"qa": "QAR", "om": "OMR", "ye": "YER"}
DINARS = {"bh": "BHD", "jo": "JOD", "iq": "IQD", "tn": "TND", "dz": "DZD"}
CROWNS = {"no": "NOK", "dk": "DKK", "is": "ISK"}

TIMES = {
    "crore": 10_000_000, "crores": 10_000_000, "cr": 10_000_000, "crs": 10_000_000,
    "करोड़": 10_000_000, "करोड": 10_000_000,
    "lakh": 100_000, "lakhs": 100_000, "lac": 100_000, "lacs": 100_000, "l": 100_000,
    "लाख": 100_000,
    "thousand": 1_000, "k": 1_000, "million": 1_000_000, "millions": 1_000_000, "mn": 1_000_000,
    "mio": 1_000_000, "mio.": 1_000_000, "mil": 1_000_000, "m": 1_000_000, "mm": 1_000_000,
    "millionen": 1_000_000, "millones": 1_000_000, "milhões": 1_000_000, "mln": 1_000_000,
    "مليون": 1_000_000, "ألف": 1_000, "الف": 1_000, "mill": 1_000_000,
    "md": 1_000_000_000, "bn": 1_000_000_000, "b": 1_000_000_000, "billion": 1_000_000_000,
}  # fmt: skip
INDIAN_TIMES = {word for word, times in TIMES.items() if times in {100_000, 10_000_000}}

_MARK = "|".join(
    [*(re.escape(sign) for sign in sorted(SIGNS, key=len, reverse=True))]
    + [
        rf"(?<![^\W\d_]){re.escape(word)}(?![^\W\d_])"
        for word in sorted(WORDS, key=len, reverse=True)
    ]
)
_TIMES = "|".join(re.escape(word) for word in sorted(TIMES, key=len, reverse=True))


def _amount(n: int) -> str:
    return (
        rf"(?:(?P<before{n}>{_MARK})\s?[.:]?\s?)?(?P<number{n}>{NUMBER})"
        rf"(?:\s?[-]?(?P<times{n}>{_TIMES})(?![^\W\d_])\.?)?(?:\s?/-)?"
        rf"(?:\s?(?P<after{n}>{_MARK}))?"
    )


_TO = r"\s*(?:-|–|—|~|\bto\b|\bbis\b|\bà\b|\ba\b|\bhasta\b|\band\b|\buntil\b|\bund\b)\s*"
_MONEY = re.compile(rf"(?<![\w.,]){_amount(1)}(?:{_TO}{_amount(2)})?", re.IGNORECASE)

_AREA_UNIT = (
    r"(?:sq\.?\s?/?\s?(?:ft|feet|foot|m(?:t|tr|trs|eter|etre)?s?|yd|yards?)\b|square\s+(?:foot|feet|met|yard)"
    r"|sft\b|sqft\b|sqm\b|sqyd\b|m²|m2\b|ft²|ft2\b|gaj\b|acre|cent\b|guntha|marla|kanal|gm2\b|are\b)"
)
_PER = re.compile(
    r"^[\s,()*+]{0,3}(?:onwards?|onward)?[\s,(]{0,2}(?:(?:/|\bper\b|\ba\b|\bp\.|\ban\b|\bpro\b|\bpar\b|\bal\b|\bpor\b|each|every)\s*(?:"
    rf"(?P<area>{_AREA_UNIT})|(?P<month>months?\b|mo\b|mth\b|monat|mois|mes\b|mese\b|mês|maand|mnd\b|calendar|m\.|pm\b|month|माह|महीन)"
    r"|(?P<week>week|wk\b|woche|semaine|w\b)|(?P<year>year|yr\b|annum|jahr|an\b|año|a\.)"
    r"|(?P<night>night|nacht|nuit|noche|day\b|person|pax|guest))"
    rf"|(?P<area2>psf\b|p\.?s\.?f\b|per\s?sq)|(?P<month2>al mese\b|प्रति माह|pcm\b|p\.?c\.?m\.?|p\.?m\.?(?!\w)|monthly|monatlich|mensual|mtl\b|mensuel|/-\s*pm)"
    r"|(?P<week2>pw\b|p\.?w\.?(?!\w)|weekly)|(?P<year2>p\.?a\.?(?!\w)|yearly|annually|annual\b)"
    r"|(?P<night2>nightly))",
    re.IGNORECASE,
)
_UPWARDS = re.compile(
    r"^\s*(?:[*]?\s*\+(?!\s*[^\W_]|\s*[₹£€$])|[*(]?\s*(?:onwards?|upwards?|plus\s*(?:$|[*.|])|and above|and up|plus taxes onwards|से शुरू|से|se\b))",
    re.IGNORECASE,
)
_FROM = re.compile(
    r"(?:\b(?:from|starting|starts|start|ab|desde|dès|begins?|beginning|minimum|(?:offers|enquir\w+|bids|negotiation) (?:over|above)|offers in (?:the )?excess of|in excess of|excess of)|à partir d[e’']|تبدأ من|ابتداء من|يبدأ من)"
    r"(?:\s+(?:at|from|price|prices|@|of|just|only|nur|a|is|as low as))*[\s:@\-–]*$",
    re.IGNORECASE,
)
# `8.7 lakh commuters`, `1.25 lac sq. ft`: counted, not paid.
_COUNTED = re.compile(
    r"[\s+*]{0,3}(?:sq|square|people|persons?|commuters?|residents?|famil|customers?|clients?|users?|populat|jobs|employees|trees|saplings|"
    r"visitors?|passengers?|vehicles|followers|homes|houses|units|litres?|liters?|tonnes?|students?|workers|citizens|happy|buyers|"
    r"investors|tourists|devotees|footfall|views|downloads)",
    re.IGNORECASE,
)
_UP_TO = re.compile(
    r"\b(?:up ?to|under|below|max(?:imum)?|bis(?: zu)?|jusqu['’]à|hasta|less than)[\s:]*$", re.I
)


class Money(NamedTuple):
    """An amount as it stands in a text. `per` is `month`, `week`, `year`, `night`, `area` or ``."""

    quantity: Quantity
    per: str
    start: int
    end: int
    text: str
    is_limit: bool


class MoneyReader(NamedTuple):
    """Reads amounts as a page of this country would mean them (two letters, lower case)."""

    country: str = ""
    language: str = ""

    def find(self, text: str) -> Iterator[Money]:
        for found in _MONEY.finditer(text):
            money = self._read(text, found)
            if money is not None:
                yield money

    def amount(self, text: str) -> tuple[Figure, str | None] | None:
        """A machine's value, such as a JSON-LD price: the number, and its currency if it has one."""
        for money in self.find(text):
            return money.quantity.low, money.quantity.currency
        number = re.fullmatch(rf"\s*({NUMBER})\s*", text)
        if number is None:
            return None
        value = read_number(number[1], self.uses_decimal_comma)
        return None if value is None else (value, None)

    @property
    def uses_decimal_comma(self) -> bool:
        return self.language in {"de", "fr", "es", "it", "pt", "nl", "pl", "cs", "tr", "da", "sv", "nb", "ru", "id", "vi"}  # fmt: skip

    def _read(self, text: str, found: re.Match[str]) -> Money | None:
        first, second = self._part(found, "1"), self._part(found, "2")
        if first is None:
            return None
        if second is not None and not _is_range(first, second):
            second = None
        end = found.end() if second is not None else _end_of_first(found)
        currency = first.currency or (second.currency if second else None)
        if currency is None:
            return None
        low = first.number
        low = high = first.number * (first.times or 1)
        if second is not None:
            # `₹ 84 - 95 lakh` and `₹ 1.2 cr - 1.5`: the word is for both.
            if not first.times and second.times and first.number < second.number:
                low = first.number * second.times
            shared = first.times if second.number >= first.number and second.number < 1000 else 1
            high = second.number * (second.times or shared or 1)
            if high < low:
                second, end = None, _end_of_first(found)
                low = high = first.number * (first.times or 1)
        start = found.start()
        if not (found["before1"] or found["after1"]) and _COUNTED.match(text, end):
            return None
        before, after = text[max(0, start - 40) : start], text[end : end + 40]
        per = _read_per(after)
        is_from = second is None and bool(_FROM.search(before) or _UPWARDS.search(after))
        high_value = None if is_from else _tidy(high)
        return Money(
            Quantity(low=_tidy(low), high=high_value, currency=currency, is_from=is_from),
            per, start, end, text[start:end].strip(), bool(_UP_TO.search(before)),
        )  # fmt: skip

    def _part(self, found: re.Match[str], n: str) -> "_Part | None":
        digits = found[f"number{n}"]
        if digits is None:
            return None
        before, after = found[f"before{n}"], found[f"after{n}"]
        word = (found[f"times{n}"] or "").lower() or None
        if after and after.lower() in _BEFORE_ONLY:
            after = None
        if before and before.lower() in _AFTER_ONLY:
            before = None
        if after and after.lower() == "ft" and self.country != "hu":
            after = None
        if before == "r" or (before == "R" and self.country != "za"):
            before = None  # only where rands are paid is a letter money
        mark = before or after
        currency = self._currency(mark) if mark else None
        if word in {"m", "l", "b", "mil", "k", "md", "mm"} and currency is None:
            return None  # `120 m`, `5 l`, `3 k`: metres and litres, not money
        if currency is None and word in INDIAN_TIMES:
            currency = RUPEES.get(self.country, "INR")
        comma = self.uses_decimal_comma or currency == "EUR"
        number = read_number(digits, comma, has_multiplier=word is not None)
        if number is None:
            return None
        return _Part(number, TIMES[word] if word else None, currency)

    def _currency(self, mark: str) -> str:
        code = SIGNS.get(mark.upper()) or SIGNS.get(mark) or WORDS[mark.lower()]
        if mark == "$":
            return DOLLARS.get(self.country, code)
        if mark.lower() in {"rs", "rs.", "₨", "rupees"}:
            return RUPEES.get(self.country, code)
        if mark == "ريال":
            return RIYALS.get(self.country, code)
        if mark == "دينار":
            return DINARS.get(self.country, code)
        if mark.lower() == "kr":
            return CROWNS.get(self.country, code)
        return code


class _Part(NamedTuple):
    number: Figure
    times: int | None
    currency: str | None


def _is_range(first: "_Part", second: "_Part") -> bool:
    if first.currency and second.currency and first.currency != second.currency:
        return False
    # In `₹84 lakh - 2 BHK` the second number is no money; nor in `$450,000 - 3 beds`.
    if second.currency is None and second.times is None:
        return first.number >= 1000 and second.number >= first.number and first.currency is not None
    return True


def _end_of_first(found: re.Match[str]) -> int:
    return max(found.end(name) for name in ("number1", "times1", "after1") if found[name])


def reader_for(url: str, language: str) -> MoneyReader:
    host = urlsplit(url).hostname or ""
    country = host.rpartition(".")[2]
    subtags = re.split(r"[-_]", language.lower())
    if len(country) != 2:
        country = next((tag for tag in subtags[1:] if len(tag) == 2), "")
    return MoneyReader(country, subtags[0])


def _read_per(after: str) -> str:
    found = _PER.match(after)
    if found is None:
        return ""
    return next(name.rstrip("2") for name, value in found.groupdict().items() if value)


def _tidy(value: Figure) -> Figure:
    rounded = round(value, 2)
    return int(rounded) if rounded == int(rounded) else rounded


_SIGN_OF = {"INR": "₹", "GBP": "£", "EUR": "€", "USD": "$"}


def write_money(quantity: Quantity) -> str:
    """An amount as a visitor reads it: `₹84 lakh onwards`, `£450,000`, `AED 1,250,000 a month`."""
    currency = quantity.currency or ""
    text = _write_amount(quantity.low, currency)
    if quantity.is_from:
        text = f"{text} onwards" if currency == "INR" else f"from {text}"
    elif quantity.high is not None and quantity.high != quantity.low:
        text = f"{text} to {_write_amount(quantity.high, currency)}"
    if quantity.unit in {"month", "week", "year", "night"}:
        text += f" a {quantity.unit}"
    elif quantity.unit:
        text += f" per {quantity.unit}"
    return text


def _write_amount(value: Figure, currency: str) -> str:
    sign = _SIGN_OF.get(currency, f"{currency} ")
    if currency == "INR":
        for name, times in (("crore", 10_000_000), ("lakh", 100_000)):
            share = value / times
            if share >= 1 and abs(share - round(share, 2)) < 1e-9:
                return f"{sign}{round(share, 2):g} {name}"
        return f"{sign}{_group_indian(value)}"
    return f"{sign}{value:,}" if isinstance(value, int) else f"{sign}{value:,.2f}"


def _group_indian(value: Figure) -> str:
    digits = str(int(value))
    head, tail = digits[:-3], digits[-3:]
    groups = []
    while head:
        groups.append(head[-2:])
        head = head[:-2]
    fraction = f"{value % 1:.2f}"[1:] if value != int(value) else ""
    return ",".join([*reversed(groups), tail]) + fraction
