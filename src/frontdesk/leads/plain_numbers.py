"""Numbers that need no parsing: nothing but the digits of one country's own plan.

Most visitors type those, and libphonenumber takes any number through thirty steps. Here its data
for a country, joined into one pattern, say yes to what it would take digit by digit as it is. A no
says nothing: what is unusual, wrong or nobody's is for the library to tell.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from typing import NamedTuple

from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata, PhoneNumberDesc

_SPACES_AND_HYPHENS = str.maketrans("", "", " -")
# Of countries that share a calling code the first, whose plan is that of the others too.
_FIRST_BY_CODE = {str(code): first for code, (first, *_) in COUNTRY_CODE_TO_REGION_CODE.items()}


class _Plan(NamedTuple):
    code: int  # the country's calling code
    personal: re.Pattern[str]  # the numbers that somebody answers


def read_plain_number(typed: str, country: str) -> tuple[str, str] | None:
    """E.164 of what somebody in `country` (ISO code, upper case) typed, and whose number it is.

    None where it is not plain, or it takes more to tell the country.
    """
    digits = typed.translate(_SPACES_AND_HYPHENS)
    if digits.startswith("+"):
        # No calling code is the beginning of another.
        code = next((digits[1:end] for end in (2, 3, 4) if digits[1:end] in _FIRST_BY_CODE), "")
        country, digits = _FIRST_BY_CODE.get(code, ""), digits[1 + len(code) :]
    plan = _plan_of(country)
    if plan is None or not (digits.isascii() and plan.personal.fullmatch(digits)):
        return None
    return f"+{plan.code}{digits}", country


@cache
def _plan_of(country: str) -> _Plan | None:
    data = PhoneMetadata.metadata_for_region(country, None)
    if data is None or data.country_code is None:
        return None
    # What fits the first of several is its own, unless first digits decide.
    if _FIRST_BY_CODE[str(data.country_code)] != country or data.leading_digits:
        return None
    # What the library takes off before it looks: a code to dial out, a prefix.
    dialled = [data.international_prefix, data.national_prefix_for_parsing]
    services = [data.premium_rate, data.toll_free, data.shared_cost]
    services += [data.pager, data.uan, data.voicemail]
    personal = [data.fixed_line, data.mobile, data.voip, data.personal_number]
    return _Plan(
        data.country_code,
        re.compile(
            f"(?!{_either([*filter(None, dialled), *_patterns_of(services)])})"
            f"(?={_either(_patterns_of([data.general_desc]))})"
            f"{_either(_patterns_of(personal))}"
        ),
    )


def _patterns_of(kinds: Iterable[PhoneNumberDesc | None]) -> Iterator[str]:
    """Each kind's digits, and as many of them as it has; a kind without a pattern has none."""
    for kind in kinds:
        if kind is not None and kind.national_number_pattern:
            lengths = _either(rf"\d{{{length}}}\Z" for length in kind.possible_length)
            yield rf"(?={lengths})(?:{kind.national_number_pattern})\Z"


def _either(patterns: Iterable[str]) -> str:
    return f"(?:{'|'.join(patterns)})"
