"""Which sections of a page carry another project's name: pages made from another page's copy. Pure."""

import re
from collections import Counter
from collections.abc import Sequence

from frontdesk.property.content import Line
from frontdesk.property.places import words_of

# `Grove Court Phase 2 - Price List`: a name, then what the section has of it.
_NAMED = re.compile(
    r"^(?P<name>[A-Z].{2,50}?)\s*[-–—:|]\s*(?:key |project |unit |our )?(?:price|pricing|cost|rates?|floor ?plans?|features|highlights|payment|"
    r"configurations?|sizes?|specifications?|amenities|overview|details|location)\b.{0,30}$",
    re.IGNORECASE,
)
LEAST_SAID = 2


def without_other_names(lines: Sequence[Line], title: str, url: str) -> list[Line]:
    """The lines without sections whose heading names another project.

    Only where the page says its own name in several places: there a name that stands nowhere else
    is another's. A page whose sections have no names is left as it is.
    """
    heading = next((one for one in lines if one.heading == 1 and not one.leads_away), None)
    own = words_of(heading.text) if heading is not None else frozenset()
    if not own or sum(own <= words_of(line.text) for line in lines[:400]) < LEAST_SAID:
        return list(lines)
    said = Counter(word for line in lines for word in words_of(line.text))
    kept: list[Line] = []
    level = 0
    for line in lines:
        if line.heading and (not level or line.heading <= level):
            named = _NAMED.match(line.text) if line.heading > 1 else None
            name = words_of(named["name"]) if named else frozenset()
            is_other = (
                bool(name)
                and not name & (own | words_of(f"{title} {url}"))
                and all(said[word] == 1 for word in name)
            )
            level = line.heading if is_other else 0
        if not level:
            kept.append(line)
    return kept
