"""What leads are found by, the same for every engine: the beginnings of names and numbers."""

import re
from typing import NamedTuple

from frontdesk.leads.model import Lead

PHONE_END = 10
# As many are found by what they have and sorted; where there are more, the list is walked along,
# and meets the first fifty soon.
FEW = 1000
# As many of the newest are looked at to say how many fit.
LOOKED_AT = 20_000
_PHONE_MARKS = re.compile(r"[\s().-]")
_NUMBER = re.compile(r"\+?[0-9]+")


class SearchKeys(NamedTuple):
    """What a lead is found by the beginning of."""

    name: str
    last_name: str
    email: str
    phone: str
    phone_end: str


def fold(text: str) -> str:
    """As SQLite's `lower` does: letters of ASCII alone."""
    return "".join(one.lower() if one.isascii() else one for one in text)


def search_keys(lead: Lead) -> SearchKeys:
    name = fold(lead.name)
    return SearchKeys(
        name=name,
        last_name=name.rpartition(" ")[2],
        email=fold(lead.email or ""),
        phone=lead.phone,
        phone_end=lead.phone[-PHONE_END:],
    )


def read_search(text: str) -> str:
    """What a key has to begin with. A number is a number however it was written."""
    digits = _PHONE_MARKS.sub("", text)
    if _NUMBER.fullmatch(digits):
        return digits
    return fold(" ".join(text.split()))
