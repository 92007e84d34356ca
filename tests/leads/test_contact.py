"""Names, e-mail addresses and notes as people type them, and as others send them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.errors import Invalid
from frontdesk.leads.contact import check_email, check_name, clean_line, clean_note


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Asha Rao", "Asha Rao"),
        ("  Asha \t Rao\n", "Asha Rao"),
        ("Asha\x00Rao", "Asha Rao"),
        ("Asha\r\nBcc: x@y.example", "Asha Bcc: x@y.example"),
        ("\u202eoaR ahsA\u202c", "oaR ahsA"),
        ("Asha\u2066\u2069\ufeff\u200b Rao", "Asha Rao"),
        ("आशा राव", "आशा राव"),
        ("क्‍ष", "क्‍ष"),  # a joiner that Devanagari is written with
        ("نیلوفر می‌خواهد", "نیلوفر می‌خواهد"),  # and one that Persian is
        ("Jose\u0301", "José"),
        ("O'Brien-Smith, Jr.", "O'Brien-Smith, Jr."),
        ("李", "李"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),  # text is text
    ],
)
def test_a_name_is_cleaned_and_otherwise_left_alone(typed: str, name: str) -> None:
    assert check_name(typed) == name


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "required"),
        ("   ", "required"),
        ("\u200b", "required"),
        ("123", "required"),
        ("…", "required"),
        ("a" * 101, "too_long"),
    ],
)
def test_a_name_that_is_none_is_refused(typed: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_name(typed)
    (field,) = refused.value.fields
    assert (refused.value.code, field.field, field.code) == ("invalid_name", "name", code)


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        ("", None),
        ("  ", None),
        ("asha@example.com", "asha@example.com"),
        (" Asha.Rao+flat@Mail.Example.COM ", "Asha.Rao+flat@mail.example.com"),
        ("o'brien@example.co.in", "o'brien@example.co.in"),
        ("आशा@उदाहरण.भारत", "आशा@उदाहरण.भारत"),
        ("a@xn--bcher-kva.example", "a@xn--bcher-kva.example"),
    ],
)
def test_an_address_is_kept_as_it_is_read(typed: str, email: str | None) -> None:
    assert check_email(typed) == email


@pytest.mark.parametrize(
    "typed",
    [
        "asha",
        "asha@",
        "@example.com",
        "asha@example",
        "asha@.com",
        "asha@example..com",
        "asha@-example.com",
        "asha@example.com-",
        "asha rao@example.com",
        "asha@exa mple.com",
        "a@b@example.com",
        '"a"@example.com',
        "a,b@example.com",
        "<asha@example.com>",
        "asha@127.0.0.1",
        "asha@example.com\r\nBcc: x@example.com",
        "a" * 65 + "@example.com",
        "a@" + "b" * 250 + ".com",
    ],
)
def test_an_address_without_the_shape_of_one_is_refused(typed: str) -> None:
    with pytest.raises(Invalid) as refused:
        check_email(typed)
    assert refused.value.code == "invalid_email"
    assert typed not in str(refused.value)


def test_a_note_keeps_its_lines() -> None:
    assert clean_note(" 3 BHK\r\n\r\n\r\n\r\nEast  facing\x07 \u202e") == "3 BHK\n\nEast facing"


@given(st.text())
def test_cleaning_leaves_nothing_invisible_and_changes_nothing_twice(text: str) -> None:
    line = clean_line(text)
    assert clean_line(line) == line
    assert not {unicodedata.category(c) for c in line} & {"Cc", "Cs"}
    assert not set(line) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200b")
    assert clean_note(clean_note(text)) == clean_note(text)
