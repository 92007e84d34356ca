"""What telephone numbers look like in a country, and what a sentence calls them."""

import phonenumbers
from phonenumbers import PhoneMetadata

# The country as an adjective, for the countries most buyers call from. The others are told by
# their calling code: libphonenumber's own country names cost 190 MB of memory.
_ADJECTIVES = {
    "AE": "Emirati",
    "AU": "Australian",
    "BH": "Bahraini",
    "CA": "Canadian",
    "DE": "German",
    "GB": "British",
    "HK": "Hong Kong",
    "IN": "Indian",
    "KW": "Kuwaiti",
    "MY": "Malaysian",
    "NP": "Nepalese",
    "NZ": "New Zealand",
    "OM": "Omani",
    "QA": "Qatari",
    "SA": "Saudi",
    "SG": "Singapore",
    "US": "American",
    "ZA": "South African",
}


def mobile_lengths(region: str) -> tuple[int, ...]:
    """How many digits a mobile number has there, shortest first; empty where none is known."""
    metadata = PhoneMetadata.metadata_for_region(region, None)
    if metadata is None or metadata.mobile is None:
        return ()
    return tuple(sorted(length for length in metadata.mobile.possible_length if length > 0))


def adjective(region: str) -> str:
    """`Indian`; `+33` for a country that has none here."""
    return _ADJECTIVES.get(region) or f"+{phonenumbers.country_code_for_region(region)}"
