"""What a page's title and first heading say of what it is: one home, or several. Pure."""

import re

from frontdesk.property.measures import find_bedrooms

_SEVERAL = re.compile(
    r"\b(?:flats|apartments|houses|homes|villas|plots|properties|listings|condos|townhouses|offices|projects|residences|rentals|units|bungalows|"
    r"wohnungen|häuser|immobilien|eigentumswohnungen|appartements|maisons|logements|pisos|casas|viviendas|apartamentos|appartamenti|case|ville|"
    r"woningen|huizen|appartementen|moradias)\b|شقق|فلل|फ्लैट्स",
    re.IGNORECASE,
)
_ONE = re.compile(
    r"\b(?:flat|apartment|house|home|villa|condo|townhouse|bungalow|cottage|penthouse|maisonette|duplex|studio|builder floor|office space|"
    r"wohnung|haus|reihenhaus|doppelhaushälfte|einfamilienhaus|appartement|maison|piso|casa|chalet|ático|apartamento|moradia|trilocale|"
    r"bilocale|quadrilocale|monolocale|appartamento|huis|woning)\b",
    re.IGNORECASE,
)
_STREET_NUMBER = re.compile(
    r"^\W*(?:lot|unit|apt\.?|flat|#)?\s*[\w/-]{0,6}\d[\w/-]{0,6}[,\s]+[A-Z][\w.'’-]+(?:\s+[\w.'’#-]+){0,6}(?:,|$)"
)
_A_COUNT = re.compile(
    r"^\W*[\d,.]+\+?\s+(?:bed|bhk|bd|br|zimmer|pièces|hab|room|sq|properties|homes)", re.I
)


def names_several(text: str) -> bool:
    return bool(_SEVERAL.search(text))


def names_homes(text: str) -> bool:
    """Whether a text has a word for a home or homes in it."""
    return bool(_ONE.search(text) or _SEVERAL.search(text))


def names_one_home(*texts: str) -> bool:
    """Whether one of them (title, first heading) is of a single home: `3 BHK flat for sale in …`,
    `27 Alma Street, Burnley`. A project's name says nothing of it either way."""
    if any(_SEVERAL.search(text) for text in texts[-1:]):
        return False
    return any(_names_one(text) for text in texts if text)


def _names_one(text: str) -> bool:
    head = re.split(r"\s[|–—]\s", text)[0][:160]
    if _SEVERAL.search(head):
        return False
    found = [one for one in find_bedrooms(head) if len(one.counts) == 1]
    if found and _ONE.search(head) and len({one.counts for one in found}) == 1:
        return True
    return bool(_STREET_NUMBER.match(head)) and not _A_COUNT.match(head)
