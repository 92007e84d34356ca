"""What a country's listings call the number of rooms: T3 and F3 in France, T2 in Portugal. Pure."""

import re

# In France and Belgium T3 counts rooms, the living room too; in Portugal T2 has two bedrooms.
TYPOLOGIES = {"fr": "pièces", "pt": "quartos"}
_TYPE = re.compile(r"(?<![\w/-])[TF](?P<count>[1-9])(?:\s?bis)?(?![\w/-])")


def spell_types(text: str, language: str) -> str:
    """The text with each type in words: `du T2 au T4` as `du 2 pièces au 4 pièces`."""
    words = TYPOLOGIES.get(language)
    if words is None:
        return text
    return _TYPE.sub(lambda found: f"{found['count']} {words}", text)
