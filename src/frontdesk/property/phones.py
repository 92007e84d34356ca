"""Telephone numbers on a page, with libphonenumber's eyes. Pure."""

import re
from collections.abc import Iterator, Sequence

import phonenumbers

from frontdesk.property.content import Line, PageContent
from frontdesk.property.model import Method
from frontdesk.property.reading import Reading

_CALL = re.compile(
    r"\b(?:call|phone|tel|telephone|mobile|contact|whatsapp|enquir|sales|telefon|téléphone|teléfono|reach)\b|\+\d|📞|☎",
    re.IGNORECASE,
)
_COUNTRIES = {"uk": "GB"}


def find_phones(content: PageContent, lines: Sequence[Line], country: str) -> Iterator[Reading]:
    """Numbers that a link dials or that stand beside a word for calling, written internationally."""
    region = _COUNTRIES.get(country, country.upper() or "IN")
    if region not in phonenumbers.SUPPORTED_REGIONS:
        region = "IN"
    seen: set[str] = set()
    texts = [(phone, 0.85) for phone in content.phones[:5]]
    texts += [
        (line.text, 0.75)
        for line in lines
        if len(line.text) < 200
        and sum(map(str.isdigit, line.text)) >= 8
        and _CALL.search(line.text)
    ][:10]
    for text, confidence in texts:
        for found in phonenumbers.PhoneNumberMatcher(text, region):
            number = phonenumbers.format_number(
                found.number, phonenumbers.PhoneNumberFormat.INTERNATIONAL
            )
            if number not in seen:
                seen.add(number)
                yield Reading("contact", number, text[:300], Method.VISIBLE, confidence)
