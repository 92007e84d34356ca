"""Which of a page's lines are about its own property: parts about others are cut out. Pure."""

import re
from collections.abc import Iterator, Sequence

from frontdesk.property.content import Line

# Headings over what is not this property, or is no figure of it.
FOREIGN_HEADING = re.compile(
    r"^\W*(?:(?:view|see|explore|browse|our|the|some|few)\s+)*(?:"
    r"(?:similar|related|recommended|comparable|nearby|featured|comparable|popular|trending|latest|new|top|other|more|hot|recent)\s+"
    r"(?:\w+\s+){0,2}?(?:propert\w+|homes?|listings?|projects?|apartments?|flats?|houses?|villas?|plots?|units?|offers?|options?|developments?|rentals?|residences|localit\w+|areas|neighbou?rhoods|sectors|societ\w+)\b"
    r"|(?:you\s+(?:may|might)\s+(?:also\s+)?(?:like|be interested)|people\s+also|recently\s+(?:viewed|sold|added)|recommended\b|(?:homes|properties|listings)\s+for\s+you|similar\s+to\b|more\s+(?:from|in|by|like|like\s+this)\b|also\s+(?:by|from|available)\b|others?\s+(?:also\s+)?(?:viewed|searched))"
    r"|(?:propert\w+|homes|listings|projects|flats|apartments)\s+(?:nearby|near|in\s+the\s+area|you|similar|by\s+same|by\s+the\s+same|from\s+(?:this|the\s+same))"
    r"|.{0,30}\b(?:mortgage|emi|home\s?loan|loan|affordability|repayment|stamp duty|rental yield|roi|finance|hypothek\w*|finanzierung\w*)\s*-?(?:calculator|rechner|calculation|simulat\w+|estimat\w+)"
    r"|(?:calculate|estimate)\s+(?:your\s+)?(?:monthly|emi|mortgage|payment|loan)|(?:emi|mortgage|monthly\s+payment|payment)\s+(?:calculator|details|breakdown|estimate)\b|(?:monthly\s+)?(?:cost|payment)\s+(?:calculator|breakdown)|mortgages?$|estimated\s+monthly"
    r"|(?:price|sale|sold|tax|property|listing)\s+(?:and\s+tax\s+)?(?:history|trends?)|(?:market|price)\s+(?:trends?|insights?|stats|statistics|analysis)|sold\s+(?:prices|nearby)|(?:local|area)\s+(?:prices|market|sales|insights?)|average\s+price|(?:property|price|circle)\s+rates?\s+(?:in|near|around)|suburb\s+(?:profile|insights)|zestimate|home\s+value|compar(?:e|ison)\b.{0,40}|people\s+also\s+search|listing\s+history|transactions?(?:\s+history)?$|(?:home\s+loan\s+)?repayments?$|(?:estimated\s+)?running\s+costs|open\s+houses?$|schools?\s+(?:nearby|near)|nearby\s+comparable"
    r"|(?:ähnliche|weitere)\s+(?:immobilien|objekte|angebote|wohnungen|häuser)|(?:annonces|biens|logements)\s+(?:similaires|à proximité)|vous\s+aimerez|(?:propiedades|inmuebles|viviendas|anuncios)\s+(?:similares|relacionad\w+)|(?:también\s+te)|(?:immobili|annunci)\s+simili|(?:imóveis|anúncios)\s+(?:semelhantes|relacionados)|vergelijkbare|(?:autres|nos)\s+(?:annonces|biens|programmes)|otr[oa]s\s+(?:inmuebles|viviendas|pisos)|समान\s+(?:संपत्ति|प्रॉपर्टी)|عقارات\s+مشابهة"
    r"|(?:customer|client|resident)?\s*(?:testimonials?|reviews)|(?:latest|related|recent)\s+(?:news|blogs?|articles?|posts?)|what\s+(?:our\s+)?(?:clients|customers)\s+say"
    r"|about\s+(?:the\s+)?(?:locality|neighbou?rhood|area|city|developers?|builders?|company|group|us)$"
    r"|(?:refine|filter|search)\s+(?:your\s+)?(?:search|results|propert\w+|by)|(?:advanced|quick)\s+search"
    r")",
    re.IGNORECASE,
)  # fmt: skip
# Headings that a page goes back to its own property with, where no levels tell.
_OWN_HEADING = re.compile(
    r"^\W*(?:about\b|overview|description|amenities|facilities|features|key\s+(?:features|facts|information)|highlights|location|address|floor\s*plans?|price(?:\s+list)?$|pricing|configuration|specifications?|details|property\s+(?:details|information|description)|contact|developer|builder|faqs?|frequently|rera|possession|payment\s+plan|disclaimer|beschreibung|ausstattung|lage|preise|description)",
    re.IGNORECASE,
)

_SOLD_OUT = re.compile(r"^.{2,60}[-–—:(|]\s*(?:sold[\s-]?out|fully booked)\W*$", re.IGNORECASE)


def own_lines(lines: Sequence[Line]) -> Iterator[Line]:
    """The lines outside sections about other properties, calculators and the like."""
    level = None
    sold = 0  # the level of a heading over what is sold out
    for line in lines:
        if line.heading and (not sold or line.heading <= sold):
            sold = line.heading if line.heading > 1 and _SOLD_OUT.search(line.text) else 0
        if sold:
            continue
        short = len(line.text) <= 70 and len(line.cells) == 1
        if short and FOREIGN_HEADING.match(line.text) and not line.text.rstrip().endswith("."):
            if not line.heading and not _heads_a_section(line.text):
                # A line such as `Calculate EMI ₹38,000`: of no use itself, and over nothing.
                if level is None and not _NEW_HOMES.match(line.text):
                    continue
            elif level is None or not line.heading or line.heading <= level:
                level = line.heading or 7
            if level is not None or line.heading:
                continue
        if len(line.cells) == 2 and FOREIGN_HEADING.match(line.cells[0]):
            continue
        if level is not None:
            ends = (line.heading and line.heading <= level) if level < 7 else bool(line.heading)
            if (
                ends
                and line.heading
                and level < 7
                and line.heading == level
                and not _reads_as_section(line.text)
            ):
                ends = False  # the cards below such a heading often have headings of its own level
            if ends or (
                short and _OWN_HEADING.match(line.text) and not re.search(r"\d", line.text)
            ):
                level = None
            else:
                continue
        yield line


_NEW_HOMES = re.compile(r"^\W*(?:new|latest|top|hot|more|featured|popular)\s", re.IGNORECASE)


def _heads_a_section(text: str) -> bool:
    """Whether a line that is no heading can be one by its words: short, without a figure."""
    return not re.search(r"[\d₹£€$]", text) and len(text) <= 48 and not _NEW_HOMES.match(text)


def _reads_as_section(text: str) -> bool:
    return bool(_OWN_HEADING.match(text)) or not re.search(r"\d|[₹£€$]", text)
