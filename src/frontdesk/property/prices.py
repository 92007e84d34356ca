"""What an amount on a page is: the price, a rent, a rate for an area, or none of the property's."""

import re

from frontdesk.property.money import Money

# Words before or behind an amount that say it is something else.
_NOT_A_PRICE = re.compile(
    r"\b(?:e\.?m\.?i|instal+ments?|down\s*-?payment|deposit|kaution|caution|fianza|loan|mortgage|interest|income|salary|"
    r"corpus|sinking|development charges?|pet (?:rent|fee|deposit)|tax(?:es)?|gst|vat|stamp|registration|registry|insurance|hoa|ground rent|fee|fees|honoraires|commission|brokerage|provision|courtage|nebenkosten|"
    r"council|discount|save|savings?|cashback|voucher|off\b|reduced by|reduction|price (?:cut|drop)|was|were|previously|originally|"
    r"formerly|statt|au lieu de|antes|old price|reduced from|down from|last sold|sold (?:for|in|on)|bought|estimate[ds]?|zestimate|"
    r"valu(?:e|ed|ation)|worth|average|avg|median|budget|min(?:imum)?\.? price|max(?:imum)?\.? price|membership|club|parking|stellplatz|tiefgarage\w*|"
    r"(?<!well-)(?<!well )furnish\w*|turnover|turned over|net worth|order book|revenue|invested|investment of|raised|market cap|penalty|fine|payable|per (?:day|night|person|head)|"
    r"transport|metro|school|median|paid|rose|grew|increased|appreciat\w+|up from|festive|\d+\+? (?:other |more )?(?:properties|listings|projects)[\w ]{0,20}|share|estimat\w+|mensualit\w+|hipoteca|cuota|rata|mutuo|rate ab|monatl\w*\.? rate|prestação|cauzione|spese|gastos|comunidad|overdracht\w*|hospital|refundable|credit|grant|subsidy|scheme|benefits?|gold|gift|car worth|offer worth|free)\b",
    re.IGNORECASE,
)
_NOT_BEHIND = re.compile(
    r"^\s*[-–]?\s*(?:off\b|discount|cashback|down ?payment|deposit|emi\b|token|for (?:booking|parking|club|registration)|booking|"
    r"refundable|savings?|below|less|reduction|in (?:19|20)\d\d\b|in (?:savings|gifts|benefits|funding|revenue)|(?:to|for) (?:book|reserve|block)|worth of|maintenance|service charge|loan|income|est\b|estimate|gift|voucher|ppp[wm]\b|pp\b|(?:per|a) (?:bed|room|head)\b)",
    re.IGNORECASE,
)
# `₹1.15 Cr EMI starts at ₹57 K`, `$865,000 Est. $5,748/mo`: the word is the next amount's.
_OF_THE_NEXT = re.compile(r"^[^,;|•·)\d₹£€$]{0,40}?(?:[₹£€$]|Rs|AED|INR|\d)", re.IGNORECASE)
_MONTHLY = re.compile(r"\b(?:monthly|per month|a month|mensual|monatlich\w*|mtl)\b|/\s?mo\b", re.I)
# What a neighbourhood's homes cost, and did.
_OF_A_PLACE = re.compile(
    r"\b(?:average|avg|median|trends?|locality|neighbou?rhood|doubled|tripled|rose|risen|grew|grown|increased|appreciat\w+|went up|in (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
_BOOKING = re.compile(r"बुकिंग|टोकन|\b(?:book(?:ing)?|token|reserv\w+|eoi|hold)\b", re.IGNORECASE)
_MAINTENANCE = re.compile(
    r"\b(?:maintenance|service charges?|cam|society|hausgeld|charges de copropriété|upkeep|condo fee|strata)\b",
    re.IGNORECASE,
)
_RENT = re.compile(
    r"\b(?:rent|rental|to let|lease|miete|kaltmiete|warmmiete|loyer|alquiler|pcm)\b", re.IGNORECASE
)
_FOR_RENT = re.compile(
    r"\b(?:for rent|to rent|to let|for lease|on rent|rentals?\b|zu vermieten|zur miete|mietwohnung|mieten|à louer|en location|location (?:appartement|maison|studio|meubl\w+)|en alquiler|se alquila|in affitto|te huur|para alugar)\b",
    re.IGNORECASE,
)
_FOR_SALE = re.compile(r"\b(?:for sale|zu verkaufen|à vendre|en venta)\b", re.IGNORECASE)
# What only a landlord writes, and what only a seller does.
_LETTING = re.compile(
    r"\b(?:warmmiete|kaltmiete|nettomiete|nebenkosten|pcm|per calendar month|security deposit|preferred tenants?|lease term|"
    r"monthly rent|rent (?:per|a) month|loyer|charges comprises|dépôt de garantie|locataire|cauzione|canone|"
    r"pet rent|application fee|holding deposit)\b",
    re.IGNORECASE,
)
_SELLING = re.compile(
    r"\b(?:for sale|kaufpreis|hausgeld|zu verkaufen|à vendre|vente|en venta|vendita|te koop|freehold|leasehold|possession|asking price|guide price|"
    r"emi|home loan|mortgage|offers over|booking amount)\b",
    re.IGNORECASE,
)
# A share is sold and the rest let: neither sum is what the home costs.
_SHARED = re.compile(
    r"\bshared ownership\b|\bfull (?:market )?value\b|\bshare price\s*\(|\b\d\d\s?% share\b",
    re.IGNORECASE,
)
_CLAUSE = re.compile(r"[;|•·\n]|\.\s|\s[–—]\s|,\s(?=[a-z])|[)\]]")


def is_for_rent(*texts: str) -> bool:
    return any(_FOR_RENT.search(text) and not _FOR_SALE.search(text) for text in texts)


def reads_as_letting(text: str) -> bool:
    """Whether all of a page's text is a landlord's, where its heading does not say so."""
    return len({word.lower() for word in _LETTING.findall(text)}) >= 2 and not _SELLING.search(text)


def is_shared(*texts: str) -> bool:
    return any(_SHARED.search(text) for text in texts)


def name_amount(money: Money, text: str, *, for_rent: bool = False) -> str | None:
    """The fact's key for an amount in a line: `price`, `rent`, `price_per_area`, `maintenance`,
    `booking_amount`; None where it is none of the property's own figures."""
    # `Rateable value (RV) $1,375,000`: what stands in short brackets goes with the words before them.
    head = re.sub(r"\(([^()]{1,12})\)\s*$", r"\1 ", text[max(0, money.start - 90) : money.start])
    before = _CLAUSE.split(head)[-1][-60:]
    after = text[money.end : money.end + 40]
    if money.is_limit:
        return None
    if _MAINTENANCE.search(before) or re.match(
        r"^[\s+(–-]*(?:maintenance|service charge)", after, re.I
    ):
        return "maintenance"
    if money.per == "area":
        is_rent = re.search(r"(?:\bper|/|\ba)\s*(?:month|mo|year|annum)\b", after, re.IGNORECASE)
        return None if is_rent or _OF_A_PLACE.search(text) else "price_per_area"
    if _BOOKING.search(before):
        return "booking_amount"
    if _NOT_A_PRICE.search(before) or money.per == "night":
        return None
    behind = _NOT_BEHIND.match(after)
    if behind is not None and not _OF_THE_NEXT.match(after[behind.end() :]):
        return None
    if _MONTHLY.search(before) and not for_rent and not _RENT.search(before):
        return None
    if money.per in {"month", "week", "year"}:
        # What a cottage of it is let for, in a sentence of a house for sale, is not its rent.
        is_short = len(text) <= len(money.text) + 70
        return "rent" if for_rent or (is_short and (_RENT.search(text) or money.per == "week")) else None  # fmt: skip
    if for_rent or _RENT.search(before):
        return "rent"
    return "price" if is_plausible(money) else None


# Under this no home is sold anywhere: what is less is a rate, a fee or a placeholder.
_LEAST = {"INR": 50_000, "PKR": 100_000, "IDR": 10_000_000, "VND": 50_000_000, "JPY": 100_000}


def is_plausible(money: Money) -> bool:
    return money.quantity.low >= _LEAST.get(money.quantity.currency or "", 3_000)
