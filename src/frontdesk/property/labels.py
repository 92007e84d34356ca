"""What a label on a page means: `Super built-up area`, `Kaufpreis`, `Possession by`. Data, mostly."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple


class Label(NamedTuple):
    """`key` is the fact's; `kind` says which sort of area (`carpet`)."""

    key: str
    kind: str = ""


# The first that matches the whole label, without punctuation, wins. `-` is for what looks like a
# fact and is none of the property's: instalments, taxes, somebody's income.
_LABELS: tuple[tuple[str, str, str], ...] = (
    ("-", "", r".*\b(?:emi|equity|down\s*payment|deposit|kaution|caution|dépôt.*|fianza|loan|interest|income|tax|taxe\w*|council|gst|vat|stamp|registration (?:fee|charge|cost)s?|insurance|hoa|ground rent|honorair\w*|courtage|provision|commission|brokerage|nebenkosten|grunderwerb\w*|estimate|zestimate|valuation|last sold.*|sold (?:for|on|price)|previous|old price|was|discount|savings?|you save|token|club ?house|membership|min(?:imum)? price|max(?:imum)? price|budget|rental yield|roi|rent on|full market value|share|price trends?|avg\.?|average|property id|ref(?:erence)?\b.*|listing id|id|mls.*|year built|posted.*|updated.*|views?)\b.*|.*\b(?:avgift|hyra per|driftskostnad|czynsz|levies|rates|bond|condom[ií]nio|iptu|erfpacht|betriebskosten|closing fee|community fee)\b.*|ईएमआई|rateable value.*|capital value.*|(?:rv|cv|gv)"),
    ("booking_amount", "", r"(?:booking|token|reservation|expression of interest|eoi)\s*(?:amount|fee|charges?)?(?:\s+(?:from|of))?"),
    ("maintenance", "", r"(?:monthly\s+)?(?:maintenance|service charges?|cam|society)\s*(?:charges?|fees?|cost|deposit)?(?:\s*\(.*\))?|hausgeld|charges de copropriété|gastos de comunidad|spese condomini\w*"),
    ("price_per_area", "", r"(?:base\s+)?(?:price|rate|psf|cost|preis|prix|precio)\s*(?:per|/|pro|au|par|por)\s*(?:sq\.?\s?\w+|m²|m2|sqft|acre|unit area).*|(?:bsp|base selling price|rate|psf|avg\.? price)\b.*|quadratmeterpreis|prezzo al m²"),
    ("rent", "with charges", r"(?:warm|gesamt|brutto)miete(?:\s*\(.*\))?|loyer charges comprises|loyer cc"),
    ("rent", "", r"(?:monthly\s+|annual\s+|yearly\s+|expected\s+)?(?:rent|rental|lease)(?:\s+(?:price|amount|per\s+(?:month|annum|year|week|bed)|\(?pcm\)?))?|(?:kalt|netto|grund)?miete(?:\s*\(.*\))?|loyer.*|alquiler.*|canone.*|(?:ال)?إيجار(?: الشهري| السنوي)?"),
    ("price", "", r"(?:total|asking|guide|sale|selling|list(?:ing)?|starting|start|base|basic|all[- ]inclusive|offer|launch|current|our|unit|expected|purchase|property|full|net|agreement|onwards)?\s*(?:price|prices|pricing|cost|sale value|price range|price from)(?:\s*(?:range|from|starts?(?:ing)?(?:\s+(?:at|from))?|onwards?|on request|\(.*\)|in\s+\w+))*|starting\s*(?:from|at|@)|starts?\s*(?:from|at)|prices?\s+(?:from|start\w*)(?:\s+(?:at|from))?|offers (?:over|in (?:the )?(?:excess|region) of|around)|guide|kaufpreis|preis|verkaufspreis|prix(?:\s+de\s+vente)?|precio(?:\s+de\s+venta)?|prezzo|preço|vraagprijs|कीमत|मूल्य|investment|from|prices? onwards|unit cost|flat cost|(?:agreement|sale|basic) value|(?:ال)?سعر(?: البيع)?|(?:ال)?أسعار(?: تبدأ من)?|amv|advised minimum value|asking|offered at"),
    ("size", "carpet", r"(?:rera\s+|usable\s+|net\s+)?carpet(?:\s+area)?(?:\s*\(.*\))?(?:\s+range)?|कारपेट एरिया"),
    ("size", "super built-up", r"super\s*(?:built[- ]?up|area)(?:\s+area)?(?:\s*\(.*\))?|saleable(?:\s+area)?|sba|sbua"),
    ("size", "built-up", r"(?:built|build)[- ]?up(?:\s+area)?(?:\s*\(.*\))?|bua|covered\s+area|construct\w+\s+area|superficie construida"),
    ("plot_size", "", r"(?:plot|lot|site)\s*(?:size|area|dimension|sizes)?(?:\s*\(.*\))?|plots? from|grundstück(?:sfläche|sgröße)?(?:\s*\(?ca\.?\)?)?|terrain|surface du terrain|superficie (?:de la )?parcela|parcela"),
    ("land_area", "", r"(?:total\s+|project\s+|gross\s+)?(?:land|project|estate|township|campus|development)\s*(?:area|size|parcel|spread)(?:\s*\(.*\))?"),
    ("size", "", r"(?:(?:total|unit|floor|internal|living|property|home|flat|apartment|interior|gross|approx\.?|net|gross internal|usable|habitable|villa|house)\s+)*(?:area|size|sizes|square (?:footage|feet|meters?)|sq\.? ?ft\.?|sqft|living area|floor ?space|area range|size range)(?:\s*(?:range|from|\(.*\)|approx\.?|in sq\.? ?\w+))*|(?:wohn|nutz|gesamt)fläche(?:\s*\(?ca\.?\)?)?|surface(?:\s+(?:habitable|totale|loi carrez))?|superficie(?:\s+\w+)?|fläche|interior|internal|indoor area|heated (?:area|sq\.? ?ft)|metratura|boarea|bostadsyta|powierzchnia|área(?: útil| total)?|plocha|oppervlakte|woonoppervlakte|bua size|(?:ال)?مساحة(?: البناء)?|square metres|क्षेत्रफल"),
    ("configuration", "", r"(?:no\.?\s*(?:of)?\s*|number\s+of\s+)?(?:bed\s*rooms?|beds?|bhk|configurations?|unit\s*(?:types?|configurations?)|typolog(?:y|ies|ie)|tipolog[ií]as?|wohnungstyp|apartment types?|flat types?|bhk types?|home types?|type of units?|floor ?plans?|schlafzimmer|chambres?|dormitorios|habitaciones|zimmer(?:anzahl)?|anzahl zimmer|pièces|nombre de (?:pièces|chambres)|quartos|slaapkamers|rooms|no of rooms)|(?:عدد )?غرف النوم|عدد الغرف|hab\.?|locali|camere(?: da letto)?|vani|antal rum|liczba pokoi|sovrum"),
    ("bathrooms", "", r"(?:no\.?\s*(?:of)?\s*|number\s+of\s+)?(?:bath\s*rooms?|baths?|toilets?|washrooms?|badezimmer|salles? de bains?|baños|bäder)|دورات المياه|(?:عدد )?الحمامات|bagni|बाथरूम"),
    ("rera", "", r"(?:(?:maha|k-?|project|hp|up|tn|g|ts|h)?\s*-?rera\b.*|(?:rera|dld|trakheesi|advertisement)?\s*permit\s*(?:no|number|#)?.*|registration\s*(?:no|number)\.?)"),
    ("possession", "", r"(?:expected\s+|proposed\s+|target(?:ed)?\s+|estimated\s+|rera\s+)?(?:possession|handover|hand over|completion|delivery|ready by|ready|move[- ]?in|occupancy|availability|available(?: from)?)(?:\s+(?:by|on|date|from|in|starts?|timeline|quarter|status))*|(?:bezugsfrei|bezug|verfügbar|fertigstellung|frei)\s*(?:ab|im)?|livraison|disponible|disponibilité|entrega|data di consegna|कब्जा|(?:تاريخ )?التسليم|कब्ज़ा"),
    ("status", "", r"(?:project|construction|property|current|development|listing)?\s*(?:status|stage|construction)"),
    ("location", "", r"(?:site|project|property|full|complete|exact|our)?\s*(?:address|location|locality|situated (?:at|in)|adresse|anschrift|lage|standort|ort|localisation|ubicación|dirección|indirizzo|where|community|neighbou?rhood|sector|पता)|(?:ال)?عنوان|(?:ال)?موقع|(?:ال)?حي"),
    ("city", "", r"city|town|stadt|ville|ciudad|(?:ال)?مدينة"),
    ("developer", "", r"(?:developer|builder|developed by|promoter|promoted by|built by|a project by|project by|by developer|bauträger|promoteur|promotor|promotora|constructora|marketed by developer)(?:\s+name)?|المطور"),
    ("property_type", "", r"(?:property|unit|home|building|house|listing|project|type of)?\s*(?:type|category|property)|(?:objekt|immobilien|wohnungs|haus)(?:typ|art)|type de bien|tipo(?: de \w+)?"),
    ("furnishing", "", r"furnish(?:ing|ed)(?:\s+(?:status|type))?|furniture"),
    ("facing", "", r"facing|direction|orientation|ausrichtung|exposition"),
    ("floors", "", r"(?:total\s+|no\.?\s*of\s+|number\s+of\s+)?(?:floors?|storeys?|stories|levels|etagen?|structure|elevation)(?:\s+(?:number|no))?"),
    ("towers", "", r"(?:total\s+|no\.?\s*of\s+|number\s+of\s+)?(?:towers?|blocks?|buildings?|wings?)"),
    ("units", "", r"(?:total\s+|no\.?\s*of\s+|number\s+of\s+)+(?:units?|homes|apartments|flats|villas|plots|residences)|units?"),
    ("parking", "", r"(?:car\s+|covered\s+)?(?:parking|garage|garages|stellplätze?|parkings?|plazas de garaje)(?:\s+(?:spaces?|slots?|type))?"),
    ("tenure", "", r"tenure|ownership(?:\s+type)?|title type"),
    ("payment_plan", "", r"payment\s+plans?|payment\s+schedule"),
    ("contact", "", r"(?:phone|telephone|tel|mobile|call(?:\s+us)?(?:\s+(?:on|at|now))?|contact(?:\s+(?:us|no|number))?|sales\s+(?:line|office)|enquir(?:y|ies)|telefon|téléphone|teléfono|whatsapp)(?:\s+(?:number|no|us))?"),
    ("office_hours", "", r"(?:opening|office|visiting|sales office|site office)\s+(?:hours|timings?)"),
    ("amenities", "", r"(?:key\s+|project\s+|top\s+)?(?:amenities|facilities)"),
)  # fmt: skip
_COMPILED = tuple((key, kind, re.compile(pattern, re.IGNORECASE)) for key, kind, pattern in _LABELS)
LONGEST = 48
NO_FACT = Label("-")
_UNIT_BEHIND = re.compile(r"(?<=area|size)\s*,?\s*\(?(?:in\s+)?(?:sq\.?\s?ft\.?|sqft|sqm|sq\.?\s?m|m²)\)?$", re.I)  # fmt: skip


_WITH_OR_WITHOUT = re.compile(
    r"(?:no|plus|excl\w*|incl\w*|ex|exempt|without|zzgl\.?|inkl\.?|hors|sin|más)\b|\+",
    re.IGNORECASE,
)
# Keys whose values are figures: nothing else shows where a label without a colon ends.
_OF_FIGURES = frozenset(
    ["price", "rent", "size", "plot_size", "configuration", "bathrooms", "price_per_area",
     "maintenance", "booking_amount", "-"]
)  # fmt: skip
_FIGURE = re.compile(r"[^\w₹£€$(]{0,3}(?:[₹£€$]|Rs\.?|INR|AED)?\s?[\d(]", re.IGNORECASE)


def split_label(text: str) -> Iterator[tuple[str, str]]:
    """`Carpet area 742 sq ft` and `990 € Kaltmiete` as label and value; a text with several figures
    is not split from behind, where the last word may be about the last figure alone."""
    words = list(re.finditer(r"\S+", text))
    is_single = len(re.findall(r"\d[\d.,'’ \u202f\u00a0]*", text)) == 1
    for count in range(min(5, len(words) - 1), 0, -1):
        head, rest = text[: words[count - 1].end()], text[words[count].start() :]
        label = read_label(head)
        is_known = label is not None and label.key in _OF_FIGURES and _FIGURE.match(rest)
        if label is not None and is_known and (is_single or label != NO_FACT):
            yield head, rest
            return
    if not is_single:
        return
    for count in range(min(4, len(words) - 1), 0, -1):
        head, rest = text[: words[-count].start()].rstrip(), text[words[-count].start() :]
        label = read_label(rest)
        if label == NO_FACT and _WITH_OR_WITHOUT.match(rest):
            return  # `€1,180,000 No VAT` is the price still
        if (
            label is not None
            and len(rest) > 5
            and label.key in _OF_FIGURES
            and head[:1] in "₹£€$0123456789RAI"
        ):
            yield rest, head
            return


def read_label(text: str) -> Label | None:
    """None where it is no label that is known; NO_FACT for what must not be taken for a fact."""
    return _read_label(text) if len(text) <= LONGEST + 20 else None


@lru_cache(maxsize=4096)  # a page asks for each of its lines several times
def _read_label(text: str) -> Label | None:
    text = text.replace("(s)", "")
    text = re.sub(r"^[^\w(]+|[\s:：\-–|*.?]+$", "", text)
    text = _UNIT_BEHIND.sub("", text)
    if not text or len(text) > LONGEST or re.search(r"[₹£€$]|\d{3}", text):
        return None
    for key, kind, pattern in _COMPILED:
        if pattern.fullmatch(text):
            return Label(key, kind)
    return None
