"""The short way for plain numbers says what libphonenumber says, or nothing."""

from random import Random

import phonenumbers
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from phonenumbers import NumberParseException, PhoneMetadata, PhoneNumberType

from frontdesk.leads.plain_numbers import read_plain_number

SERVICES = {
    PhoneNumberType.PREMIUM_RATE,
    PhoneNumberType.TOLL_FREE,
    PhoneNumberType.SHARED_COST,
    PhoneNumberType.PAGER,
    PhoneNumberType.UAN,
    PhoneNumberType.VOICEMAIL,
}
KINDS = ["fixed_line", "mobile", "voip", "personal_number", "premium_rate", "toll_free", "uan"]


@pytest.mark.parametrize(
    ("typed", "country", "found"),
    [
        ("9876543210", "IN", ("+919876543210", "IN")),
        ("98765 43210", "IN", ("+919876543210", "IN")),
        ("+91 98765-43210", "US", ("+919876543210", "IN")),
        ("050 123 4567", "AE", None),  # dialled with a prefix
        ("501234567", "AE", ("+971501234567", "AE")),
        ("415 555 0123", "US", ("+14155550123", "US")),
        ("416 555 0123", "CA", None),  # the code is shared, and this is not the first that has it
        ("1800 123 456", "IN", None),  # a hotline
        ("98765 4321", "IN", None),
        ("+0 91 98765 43210", "IN", None),
        ("९८७६५ ४३२१०", "IN", None),
        ("98765 43210", "XX", None),
        ("+800 1234 5678", "IN", None),
        ("", "IN", None),
        ("+", "IN", None),
    ],
)
def test_what_is_plain(typed: str, country: str, found: tuple[str, str] | None) -> None:
    assert read_plain_number(typed, country) == found


@settings(max_examples=60)
@given(st.integers(0, 2**32))
def test_no_number_of_any_country_is_read_in_another_way_than_by_the_library(seed: int) -> None:
    chance = Random(seed)
    plain = 0
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        typed = make_number(chance, country)
        found = read_plain_number(typed, country)
        if found is not None:
            plain += 1
            assert found == read_with_library(typed, country), (typed, country)
    assert plain  # or this has shown nothing


def read_with_library(typed: str, country: str) -> tuple[str, str | None] | None:
    """None for what is no number or a service's."""
    try:
        number = phonenumbers.parse(typed, country)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number) or phonenumbers.number_type(number) in SERVICES:
        return None
    return (
        phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164),
        phonenumbers.region_code_for_number(number),
    )


def make_number(chance: Random, country: str) -> str:
    """One of the plan's own examples with some digits changed, as it may be dialled."""
    data = PhoneMetadata.metadata_for_region(country, None)
    assert data is not None
    kinds = [getattr(data, kind) for kind in KINDS]
    examples = [kind.example_number for kind in kinds if kind and kind.example_number]
    digits = [*chance.choice(examples)]
    for _ in range(chance.choice([0, 0, 1, 2, 3, 5])):
        digits[chance.randrange(len(digits))] = chance.choice("0123456789")
    if chance.random() < 0.1:
        digits.insert(chance.randrange(len(digits)), chance.choice("0123456789"))
    if chance.random() < 0.1:
        digits.pop()
    code, prefix = str(data.country_code), data.national_prefix or "0"
    before = chance.choice(["", "", "", f"+{code}", f"+{code} ", code, prefix, "00", "+", "+0"])
    if chance.random() < 0.2:
        digits.insert(chance.randrange(len(digits)), chance.choice(" -"))
    return before + "".join(digits)
