"""What people type as a phone number, and what they are told."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from frontdesk.errors import Invalid
from frontdesk.leads.phone import parse_phone

INDIAN = "+919876543210"


@pytest.mark.parametrize(
    ("typed", "country", "e164"),
    [
        ("98765 43210", "IN", INDIAN),
        ("98765-43210", "in", INDIAN),
        ("09876543210", "IN", INDIAN),
        ("919876543210", "IN", INDIAN),
        ("+91 98765 43210", "US", INDIAN),
        ("+91 98765 43210", "XX", INDIAN),
        ("0091 98765 43210", "AE", INDIAN),
        ("0091 98765 43210", "US", INDIAN),  # where one dials out by 011
        ("+91 098765 43210", "IN", INDIAN),
        ("(+91)-98765-43210", "IN", INDIAN),
        ("+91–98765–43210", "IN", INDIAN),
        ("९८७६५ ४३२१०", "IN", INDIAN),
        ("９８７６５４３２１０", "IN", INDIAN),
        ("＋91 98765 43210", "IN", INDIAN),
        ("٩٨٧٦٥٤٣٢١٠", "IN", INDIAN),
        ("tel:+91-98765-43210", "US", INDIAN),
        ("Mob: 98765 43210", "IN", INDIAN),
        ("+919876543210 (WhatsApp)", "IN", INDIAN),
        ("98765\u00a043210", "IN", INDIAN),
        ("98765\u200b43210", "IN", INDIAN),
        ("\u202a+91 98765 43210\u202c", "IN", INDIAN),
        ("98765 43210 / 98765 43211", "IN", INDIAN),
        ("98765 43210 or 98765 43211", "IN", INDIAN),
        ("98765 43210\n98765 43211", "IN", INDIAN),
        ("022 2345 6789", "IN", "+912223456789"),  # a landline
        ("415 555 0123", "US", "+14155550123"),
        ("0151/23456789", "DE", "+4915123456789"),
        ("50 123 4567", "AE", "+971501234567"),
        ("06 12 34 56 78", "FR", "+33612345678"),
        ("02 3661 8300", "IT", "+390236618300"),
        ("9123 4567", "SG", "+6591234567"),
        ("8 912 345-67-89", "RU", "+79123456789"),
    ],
)
def test_what_people_type_becomes_e164(typed: str, country: str, e164: str) -> None:
    assert parse_phone(typed, country).e164 == e164


def test_the_country_is_the_numbers_own() -> None:
    assert parse_phone("+1 416 555 0123", "IN").country == "CA"
    assert parse_phone("+91 98765 43210", "US").country == "IN"


@pytest.mark.parametrize("typed", ["98765 43210 x12", "98765 43210 ext. 12", "98765 43210;ext=12"])
def test_an_extension_is_kept_beside_the_number(typed: str) -> None:
    phone = parse_phone(typed, "IN")
    assert (phone.e164, phone.extension) == (INDIAN, "12")


@pytest.mark.parametrize(
    ("typed", "country", "code", "detail"),
    [
        ("987654321", "IN", "too_short", "That number has 9 digits; Indian mobiles have 10."),
        ("+91 98765 4321", "US", "too_short", "That number has 9 digits; Indian mobiles have 10."),
        ("9", "IN", "too_short", "That number has 1 digit; Indian mobiles have 10."),
        ("98765432101", "IN", "too_long", "That number has 11 digits; Indian mobiles have 10."),
        ("9" * 40, "IN", "too_long", "That number has 40 digits; Indian mobiles have 10."),
        ("12", "DE", "too_short", "That number has 2 digits; German mobiles have 10 or 11."),
        ("612345", "FR", "too_short", "That number has 6 digits; +33 mobiles have 9."),
        ("12", "NZ", "too_short", "That number has 2 digits; New Zealand mobiles have 8 to 10."),
        ("112", "IN", "too_short", "That number has 3 digits; Indian mobiles have 10."),
        (
            "1234567890",
            "US",
            "not_in_use",
            "That doesn't look like an American number. Please check the digits.",
        ),
        (
            "1800 111 111",
            "IN",
            "not_personal",
            "That is a service number. Please give one we can call you on.",
        ),
        (
            "+1 800 253 0000",
            "IN",
            "not_personal",
            "That is a service number. Please give one we can call you on.",
        ),
        ("hello", "IN", "not_a_number", "That doesn't look like a phone number."),
        ("", "IN", "not_a_number", "That doesn't look like a phone number."),
        ("+", "IN", "not_a_number", "That doesn't look like a phone number."),
        ("+999 1234567", "IN", "unknown_country", "No country has the code after that +."),
    ],
)
def test_a_bad_number_is_told_what_is_wrong(
    typed: str, country: str, code: str, detail: str
) -> None:
    with pytest.raises(Invalid) as refused:
        parse_phone(typed, country)
    assert refused.value.code == "invalid_phone"
    assert refused.value.fields == (("phone.number", code, detail),)


def test_a_country_that_is_none_is_the_countrys_fault() -> None:
    with pytest.raises(Invalid) as refused:
        parse_phone("98765 43210", "XX")
    assert [(field.field, field.code) for field in refused.value.fields] == [
        ("phone.country", "unknown_country")
    ]


@given(st.text(max_size=60), st.sampled_from(["IN", "US", "DE", "AE", "IT", "XX", "ZZ"]))
@example("+٩", "IN")
@example("0" * 60, "IN")
@example("+00", "IN")
def test_any_text_is_a_number_or_a_clear_refusal(typed: str, country: str) -> None:
    try:
        phone = parse_phone(typed, country)
    except Invalid as refused:
        (field,) = refused.fields
        assert field.detail.endswith(".")
        assert "!" not in field.detail
    else:
        assert phone.e164.startswith("+")
        assert phone.e164[1:].isascii()
        assert phone.e164[1:].isdigit()
        assert parse_phone(phone.e164, "IN").e164 == phone.e164


@given(st.integers(6_000_000_000, 9_999_999_999))
def test_a_refusal_never_quotes_the_number(number: int) -> None:
    typed = f"{number}"[:9]
    with pytest.raises(Invalid) as refused:
        parse_phone(typed, "IN")
    assert typed not in str(refused.value)
