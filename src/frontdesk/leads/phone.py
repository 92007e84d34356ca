"""Telephone numbers: whatever a person types becomes E.164, or a sentence that says what is wrong.

The rules and the data are libphonenumber's. The number itself is in no error and in no log.
"""

import re
import unicodedata
from typing import NamedTuple

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberType

from frontdesk.errors import FieldError, Invalid
from frontdesk.leads.contact import clean_note
from frontdesk.leads.plain_numbers import read_plain_number
from frontdesk.projects.phones import adjective, mobile_lengths

# Somebody answers these; the rest are hotlines, premium lines, pagers and voice mail.
_PERSONAL = {
    PhoneNumberType.FIXED_LINE,
    PhoneNumberType.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE,
    PhoneNumberType.VOIP,
    PhoneNumberType.PERSONAL_NUMBER,
}

# A number as people write it, wherever it stands in the text: what surrounds it, or a second number
# after it, is left. Letters are no digits here: FLOWERS on a keypad is a hotline's habit.
_NUMBER = re.compile(
    r"[+\d](?:[\d ().\u2010-\u2015-]|(?<=\d)/(?=\d))*"
    r"(?:[,;]? ?(?:extension|extn|ext|x|\#)[.:=]? ?\d{1,7})?",
    re.IGNORECASE,
)


class Phone(NamedTuple):
    """`e164` is `+919876543210`; `country` is where the number belongs, as an ISO code."""

    e164: str
    country: str
    extension: str = ""


def parse_phone(number: str, country: str) -> Phone:
    """Read a number typed by somebody in `country` (ISO code); `+` or `00` in front overrides it.

    Raises Invalid(`invalid_phone`) with one field error: `phone.country` `unknown_country`, or
    `phone.number` `not_a_number`, `unknown_country`, `too_short`, `too_long`, `not_in_use`,
    `not_personal`.
    """
    country = country.upper()
    plain = read_plain_number(number, country)
    return Phone(*plain) if plain is not None else _parse(number, country)


def _parse(number: str, country: str) -> Phone:
    text = _first_number(number)
    is_international = text.startswith("+")
    if not is_international and country not in phonenumbers.SUPPORTED_REGIONS:
        raise _invalid("phone.country", "unknown_country", "We don't know that country.")
    try:
        parsed = phonenumbers.parse(text, None if is_international else country)
    except NumberParseException as error:
        raise _unreadable(error, text, country) from None
    # It has a kind exactly where it is valid (`is_valid_number`); asking for both costs twice.
    region, kind = phonenumbers.region_code_for_number(parsed), phonenumbers.number_type(parsed)
    if region is None or kind == PhoneNumberType.UNKNOWN:
        raise _not_valid(parsed)
    if kind not in _PERSONAL:
        raise _bad_number(
            "not_personal", "That is a service number. Please give one we can call you on."
        )
    return Phone(
        phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164),
        region,
        parsed.extension or "",
    )


def _first_number(text: str) -> str:
    found = _NUMBER.search(clean_note(unicodedata.normalize("NFKC", text)))
    # 00 dials out of most countries; the data have it for those alone where it does.
    return re.sub(r"^0 ?0 ?", "+", found[0].strip()) if found else ""


def _unreadable(error: NumberParseException, text: str, country: str) -> Invalid:
    if error.error_type == NumberParseException.INVALID_COUNTRY_CODE:
        return _bad_number("unknown_country", "No country has the code after that +.")
    digits = sum(character.isdigit() for character in text)
    if error.error_type == NumberParseException.TOO_LONG:
        return _bad_number("too_long", _length_message(digits, country))
    if digits:
        return _bad_number("too_short", _length_message(digits, country))
    return _bad_number("not_a_number", "That doesn't look like a phone number.")


def _not_valid(parsed: phonenumbers.PhoneNumber) -> Invalid:
    region = phonenumbers.region_code_for_country_code(parsed.country_code or 0)
    digits = len(phonenumbers.national_significant_number(parsed))
    lengths = mobile_lengths(region)
    if lengths and digits < lengths[0]:
        return _bad_number("too_short", _length_message(digits, region))
    if lengths and digits > lengths[-1]:
        return _bad_number("too_long", _length_message(digits, region))
    kind = adjective(region)
    article = "an" if kind[0] in "AEIOU" else "a"
    return _bad_number(
        "not_in_use", f"That doesn't look like {article} {kind} number. Please check the digits."
    )


def _length_message(digits: int, region: str) -> str:
    has = f"That number has {digits} digit{'' if digits == 1 else 's'}"
    lengths = mobile_lengths(region)
    if not lengths:
        return f"{has}. Please check it."
    joint = " or " if len(lengths) == 2 else " to "
    wanted = str(lengths[0]) if len(lengths) == 1 else f"{lengths[0]}{joint}{lengths[-1]}"
    return f"{has}; {adjective(region)} mobiles have {wanted}."


def _bad_number(code: str, detail: str) -> Invalid:
    return _invalid("phone.number", code, detail)


def _invalid(field: str, code: str, detail: str) -> Invalid:
    return Invalid("invalid_phone", detail, [FieldError(field, code, detail)])
