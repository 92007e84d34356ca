"""A loan's monthly instalment (EMI) from what the visitor says of it: amount, rate and years. Pure.

The formula is every bank's for a reducing balance: P·r / (1 − (1 + r)^−n), r a month, n months.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.chat.retrieval.language import normalise

_ASKS = re.compile(
    r"\b(?:emis?|monthly (?:instal?lments?|payments?|repayments?|mortgage)|mortgage payments?"
    r"|(?:har mahine|mahine|monthly)(?: ki| ka)? (?:kisht|kist|qist))\b"
    r"|ईएमआई|मासिक किस्त|महीने की किस्त"
)
# The seller's own instalments, which are a payment plan and no loan.
_OF_SELLER = re.compile(
    r"\b(?:pay|payment|de sakt\w+|dena)\b.*\bemis?\b"
    r"|\bemi (?:facility|option|scheme)\b|\bno cost emi\b"
)
_PERCENT = r"(\d{1,2}(?:\.\d{1,3})?)"
_NO_RATE = r"(?![\d.,]|\s*(?:lakh|lac|cr|year|yr|saal|month|m\b|k\b))"
_RATE = re.compile(
    rf"(?<![\d.,]){_PERCENT}\s*(?:%|per ?cent\b|pc\b|p\.?a\b|प्रतिशत"
    r"|(?:taka|rate|interest|byaj|ब्याज)(?!\w))"
    rf"|(?:\brate(?: of| is)?|\binterest(?: of| is)?)\s*{_PERCENT}{_NO_RATE}"
)
# A visit is `at 4` too: a rate only beside something else of a loan.
_AT_RATE = re.compile(rf"(?:\bat|@)\s*{_PERCENT}{_NO_RATE}")
_PHONE = re.compile(r"\+?\d(?:[ -]?\d){9,}")
_YEARS = re.compile(r"(?<![\d.,])(\d{1,2})\s*-?\s*(?:years?|yrs?|saalo?n?|साल|वर्ष)(?!\w)")
_MONTHS = re.compile(r"(?<![\d.,])(\d{2,3})\s*-?\s*(?:months?|mahine|mahino|महीने|महीनों)(?!\w)")
_SCALES = {
    "lakh": 10**5, "lac": 10**5, "l": 10**5, "लाख": 10**5,
    "crore": 10**7, "cr": 10**7, "करोड": 10**7,
    "million": 10**6, "mn": 10**6, "m": 10**6, "thousand": 10**3, "k": 10**3,
}  # fmt: skip
_AMOUNT = re.compile(
    r"(₹|rs\.?|inr|aed|dhs?|£|\$|€|usd|gbp|eur)?\s*(?<![\d.,])(\d[\d,]*(?:\.\d+)?)\s*"
    r"(lakh|lac|crore|cr|million|mn|thousand|लाख|करोड|[lmk](?![a-z]))?(?:s\b|\u093c)?",
)
_CURRENCY = {
    "rs": "₹", "rs.": "₹", "inr": "₹", "₹": "₹", "aed": "AED ", "dh": "AED ", "dhs": "AED ",
    "£": "£", "gbp": "£", "$": "$", "usd": "$", "€": "€", "eur": "€",
}  # fmt: skip
_CURRENCY_OR_SCALE = re.compile(r"₹|\brs\b|\binr\b|\baed\b|\bdhs?\b|£|\$|€|\blakh|\bcrore|\bcr\b")
LEAST_AMOUNT = 10_000
MAX_RATE, MAX_YEARS = 30.0, 40
CONTEXT_MESSAGES = 3


class Instalment(NamedTuple):
    """What was said of a loan; None is what was not. `rate` is percent a year; `currency` stands
    before an amount and is empty where nobody said which; `of_price`: of a home's price."""

    amount: float | None = None
    currency: str = ""
    rate: float | None = None
    months: int | None = None
    of_price: bool = False

    @property
    def is_bare(self) -> bool:
        return self.amount is None and self.rate is None and self.months is None

    def a_month(self) -> float:
        """Raises ValueError where something is missing."""
        if self.amount is None or self.rate is None or self.months is None:
            raise ValueError("an instalment needs amount, rate and time")
        monthly = self.rate / 1200
        return self.amount * monthly / (1 - (1 + monthly) ** -self.months)


def read_instalment(text: str, history: Sequence[str]) -> Instalment | None:
    """What is asked for, with what was said before; None for a message about something else.

    `history` has the visitor's messages before this one.
    """
    said = normalise(text)
    found = _read(said)
    if _ASKS.search(said) and (not _OF_SELLER.search(said) or found.amount or found.rate):
        return found
    if found.is_bare:
        return None
    # `8.5%, 20 years`: the rest of what was asked a moment ago.
    for before in map(normalise, reversed(history[-CONTEXT_MESSAGES:])):
        earlier = _read(before)
        if not _ASKS.search(before):
            if earlier.is_bare:
                return None
            found = _complete(found, earlier)
            continue
        return _complete(found, earlier) if _says_little(said) else None
    return None


def write_amount(amount: float, currency: str) -> str:
    """`₹80 lakh`, `₹69,426`, `AED 1,420,000`."""
    if currency == "₹":
        for scale, name in ((10**7, "crore"), (10**5, "lakh")):
            if amount >= scale and amount % (scale / 1000) == 0:
                return f"₹{amount / scale:g} {name}"
        return f"₹{_group_indian(round(amount))}"
    return f"{currency}{round(amount):,}"


def currency_in(text: str) -> str:
    """The currency of a price as a project writes it; empty where it says none."""
    match = _CURRENCY_OR_SCALE.search(text.lower())
    if match is None:
        return ""
    return _CURRENCY.get(match[0], "₹")


def _read(said: str) -> Instalment:
    said = _PHONE.sub(" ; ", said)
    rate = _RATE.search(said)
    if rate is None and any(each.search(said) for each in (_ASKS, _YEARS, _MONTHS)):
        rate = _AT_RATE.search(said)
    if rate is not None:
        said = f"{said[: rate.start()]} ; {said[rate.end() :]}"
    years, months = _YEARS.search(said), _MONTHS.search(said)
    said = _MONTHS.sub(" ; ", _YEARS.sub(" ; ", said))
    amount, currency = _amount_in(said)
    percent = float(next(filter(None, rate.groups()))) if rate is not None else None
    time = int(years[1]) * 12 if years else int(months[1]) if months else None
    return Instalment(
        amount,
        currency,
        percent if percent and percent <= MAX_RATE else None,
        time if time and time <= MAX_YEARS * 12 else None,
    )


def _amount_in(said: str) -> tuple[float | None, str]:
    for match in _AMOUNT.finditer(said):
        symbol, number, scale = match.groups()
        amount = float(number.replace(",", "")) * _SCALES.get(scale or "", 1)
        if amount >= LEAST_AMOUNT:
            indian = scale in {"lakh", "lac", "l", "लाख", "crore", "cr", "करोड"}
            return amount, _CURRENCY.get(symbol or "", "₹" if indian else "")
    return None, ""


def _complete(said: Instalment, before: Instalment) -> Instalment:
    return Instalment(
        said.amount or before.amount,
        said.currency or before.currency,
        said.rate or before.rate,
        said.months or before.months,
    )


def _says_little(said: str) -> bool:
    """Nothing but figures and what belongs to them."""
    for pattern in (_RATE, _AT_RATE, _YEARS, _MONTHS, _AMOUNT):
        said = pattern.sub(" ", said)
    return len(re.findall(r"[^\W\d_]{3,}", said)) <= 4


def _group_indian(number: int) -> str:
    text = str(number)
    head, tail = text[:-3], text[-3:]
    groups = [head[max(0, end - 2) : end] for end in range(len(head), 0, -2)]
    return ",".join([*reversed(groups), tail]) if head else tail
