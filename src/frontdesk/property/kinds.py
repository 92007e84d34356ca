"""What a page is: one property, a list of several, a bot wall, an error, or something else. Pure."""

import re
from collections.abc import Collection, Sequence
from typing import NamedTuple

from frontdesk.property.content import Line, PageContent
from frontdesk.property.headline import names_one_home
from frontdesk.property.items import OTHERS, STAYS, STORIES
from frontdesk.property.model import PageKind

_WALL_TITLE = re.compile(
    r"just a moment|attention required|access (?:to this page has been )?denied|are you (?:a )?(?:human|robot)|robot check|bot verification|security check|"
    r"human verification|verify(?:ing)? (?:that )?you|verifying|pardon our interruption|request (?:unsuccessful|blocked|rejected)|blocked\b|"
    r"captcha|checking your browser|ddos|one more step|unusual traffic|please wait|un instant|einen moment|nur einen moment|sicherheitsüberprüfung|"
    r"you have been blocked|challenge validation|radware|incapsula|imperva|perimeterx|human challenge",
    re.IGNORECASE,
)  # fmt: skip
_WALL_TEXT = re.compile(
    r"verify (?:that )?you are (?:a )?human|confirm (?:that )?you are (?:a )?human|enable javascript and cookies to continue|checking (?:if the site connection|your browser)|"
    r"complete the (?:security check|captcha)|unusual (?:traffic|activity) (?:from|has been)|you have been blocked|access to this page has been denied|press (?:&|and) hold|"
    r"why have i been blocked|please (?:solve|complete) (?:this|the) captcha|are you a robot|i'?m not a robot|needs to review the security of your connection|"
    r"your request (?:has been|was) blocked|automated (?:access|requests|traffic)|ray id|incident id|you don'?t have permission to access|please enable cookies|"
    r"javascript is (?:disabled|required)|bot detection|as you were browsing something about your browser|(?:super-?human|sobrehumana|surhumaine|übermenschlich\w*|sovrumana) (?:speed|geschwindigkeit)|(?:velocidad|vitesse|velocità) (?:sobrehumana|surhumaine|sovrumana)|a robot is on the same network|un robot se encuentra en la misma red|un robot est sur le même réseau|ein roboter (?:ist|befindet sich) im (?:gleichen|selben) netz\w*",
    re.IGNORECASE,
)  # fmt: skip
_WALL_MARKS = re.compile(
    r"challenge-platform|cf-challenge|cf_chl|px-captcha|datadome|captcha-delivery|_incapsula_|hcaptcha\.com|recaptcha/api|turnstile|distil|akam/|perimeterx|arkoselabs|geetest"
)
_ERROR_TITLE = re.compile(
    r"^[^\w₹£€$]*(?:error\W*)?(?:40[01345]|410|429|50[0234])\b(?=\W*$|\W+(?:error|page|not|forbidden|bad|gateway|service|internal|unauthor|gone|oops|nicht|seite|introuvable|too|access|the page|sorry|method)\b)|\bnot found\b|page (?:can ?not|can't|could not) be found|page (?:doesn'?t|does not|no longer) exist|"
    r"^\W*(?:oops|sorry)\b|server error|bad gateway|service unavailable|gateway time-?out|forbidden|unauthori[sz]ed|under (?:construction|maintenance)\s*$|site (?:maintenance|unavailable)|coming soon\W*$|"
    r"no longer (?:available|listed|on the market)|has been (?:removed|withdrawn|deleted)|listing (?:expired|removed|not available)|account suspended|domain (?:for sale|is parked|parked)|"
    r"seite nicht gefunden|nicht (?:mehr )?verfügbar|page (?:introuvable|non trouvée)|n'est plus disponible|página no encontrada|ya no está disponible|index of /|^\W*(?:log ?in|sign ?in|sign ?up|register)\b|^\W*[\w-]+(?:\.[\w-]+)+ (?:is|may be) (?:for sale|available)|welcome to nginx|apache2? .*default page",
    re.IGNORECASE,
)  # fmt: skip
_GONE = re.compile(
    r"(?:this|the) (?:property|listing|page|home|project|ad|advert|rental)[\w ]{0,20} (?:is|has been|was)[\w ]{0,12} (?:no longer (?:available|on the market|listed|active)|removed|withdrawn|deleted|expired|taken off|off the market|sold and)|"
    r"(?:page|listing|property) (?:you (?:are|were) looking for|requested)[\w' ]{0,40}(?:not|no longer|doesn|moved|removed|exist)|"
    r"(?:this|the) domain (?:name )?(?:is|may be) (?:for sale|parked|available)|diese (?:anzeige|immobilie)[\w ]{0,20}nicht mehr|cette annonce n'est plus|este anuncio ya no|sorry, (?:this|that|we couldn)",
    re.IGNORECASE,
)  # fmt: skip
_PLURAL = r"(?:propert(?:y|ies)|flats?|apartments?|houses?|homes?|villas?|plots?|listings|real estate|condos|townhouses|offices|projects|immobilien|wohnungen|häuser|appartements|maisons|pisos|casas|rentals|residential projects)"
_INDEX_TITLE = re.compile(
    rf"^\W*(?:[\d,.+]+\s+)?(?:[\w&'-]+\s+){{0,4}}?{_PLURAL}\s+(?:for|to|in|near|on)\s+(?:sale|rent|let|lease|buy|\w+)|^\W*(?:{_PLURAL})\s*(?:for sale|for rent|to rent)|search results|^\W*(?:all|our|browse|explore|latest|new|ongoing|upcoming|ready)\s+(?:\w+\s+)?(?:propert(?:ies)|projects|listings|homes)\b|\b(?:wohnungen|häuser|immobilien) (?:kaufen|mieten)|(?:appartements|maisons) à (?:vendre|louer)|(?:pisos|casas|viviendas) en (?:venta|alquiler)",
    re.IGNORECASE,
)  # fmt: skip
_INDEX_TEXT = re.compile(
    r"^\W*(?:showing|displaying|viewing)\s+[\d,]+|^\W*[\d,]+\+?\s+(?:\w+\s+){0,3}(?:results?|properties|listings|homes|flats|apartments|projects|houses|immobilien|annonces|inmuebles|treffer|ergebnisse|résultats|anuncios)(?:\s+(?:found|listed|for|in|available|match\w*))?\W*$|"
    r"^\W*(?:sort(?:ed)? by|sortieren|trier par|ordenar)\b|\bpage \d+ of \d+|^\W*(?:load|show|view) more(?:\s+(?:properties|listings|results))?\W*$|properties found",
    re.IGNORECASE,
)  # fmt: skip
_PROPERTY_WORD = re.compile(
    r"\b(?:flats?|apartments?|apartment|pg (?:for|in)|paying guests?|co-?living|villas?|houses?|homes?|bungalows?|penthouses?|duplex|condos?|condominium|townhouses?|plots?|residences?|residential|residency|property|properties|real estate|bhk|maisonette|cottage|detached|terraced|studio|"
    r"wohnung|eigentumswohnung|haus|einfamilienhaus|doppelhaushälfte|reihenhaus|grundstück|immobilie\w*|appartement|maison|immobilier|piso|casa|vivienda|chalet|ático|apartamento|moradia|appartamento|builder floor|row house|towers?|possession|rera|farmhouse|land|office space|commercial space|retail space|showroom|warehouse|commercial|co-?working|freehold|leasehold|realty|developers?|township)\b|\bshop for\b|godown|\b(?:lägenhet|bostad|leilighet|bolig|lejlighed|mieszkanie|woning|huis|te koop)\b|bilocale|trilocale|quadrilocale|monolocale|vendita|lots?|acres?|acreage|شق[ةق]|فيلا|فلل|عقار|منزل|بيت|أرض|दुकान|मकान|फ्लैट|बीएचके",
    re.IGNORECASE,
)  # fmt: skip
_JOB = re.compile(
    r"\b(?:salary|ctc|lpa|years? of experience|job description|vacanc(?:y|ies)|apply (?:for this job|with your resume)|we are hiring)\b",
    re.IGNORECASE,
)
_TRIP = re.compile(
    r"\b(?:per night|/ ?night|nightly|check-?in|check-?out|guests?\b.{0,20}\bbedrooms?|book your stay|superhost|housekeeping included)\b",
    re.IGNORECASE,
)
_STORY = re.compile(
    r"\b(?:min(?:ute)?s? read|posted (?:on|by)|published (?:on|by)|written by|by .{2,40} \| (?:updated|published)|leave a (?:comment|reply)|share this (?:article|story|post)|reporter|correspondent|editorial|documents (?:show|accessed)\w*|according to (?:the )?(?:documents|data|report|registration)\w*|\d{1,2}:\d\d (?:ist|gmt|am|pm)|also read|news desk|subscribe to)\b",
    re.IGNORECASE,
)


_HEADLINE = re.compile(
    r"\b(?:buys?|bought|sells|snaps up|prices? (?:rise|rose|fall|fell)\w*|surges?|soars?|slumps?|hikes?|launches|how (?:to|much)|why|what (?:a|is|are|you)|vs\.?|tips|guide to|top \d+|best \d+|explained)\b",
    re.IGNORECASE,
)


MOST_OWN = 4


class Verdict(NamedTuple):
    kind: PageKind
    reason: str


def refuse(content: PageContent, status: int | None) -> Verdict | None:
    """Why a page can say nothing about a property: a wall or an error. None where it may."""
    lines = content.lines
    head = " ".join(line.text for line in lines[:40])[:4000]
    short = sum(len(line.text) for line in lines) < 1500
    wall_title = _WALL_TITLE.search(content.title)
    if (wall_title and (short or _WALL_TEXT.search(head))) or (short and _WALL_TEXT.search(head)):
        return Verdict(PageKind.BLOCKED, "A check for robots stands in front of this page.")
    if short and len(lines) < 12 and _WALL_MARKS.search(content.marks) and not content.json_ld:
        return Verdict(PageKind.BLOCKED, "A check for robots stands in front of this page.")
    if status is not None and status in {401, 403, 429} and short:
        return Verdict(PageKind.BLOCKED, f"The site refused to show this page ({status}).")
    if status is not None and status >= 400:
        return Verdict(PageKind.ERROR, f"The site answered with an error ({status}).")
    headings = [line.text for line in lines if line.heading in (1, 2)][:2]
    for text in (content.title, *headings):
        if _ERROR_TITLE.search(text[:300]) and (short or len(text) < 60):
            return Verdict(PageKind.ERROR, f"The page says that there is nothing here: {text[:80]}")
    early = " ".join(line.text for line in lines[:25])[:2500]
    if found := _GONE.search(early):
        return Verdict(PageKind.ERROR, f"The property is no longer offered: {found[0][:80]}")
    return None


def weigh_index(
    content: PageContent,
    lines: Sequence[Line],
    *,
    is_list: bool,
    has_home: bool,
    own_figures: int,
    card_prices: int,
) -> Verdict | None:
    """A list of several properties. `own_figures` counts what a page of one property has."""
    signs = []
    weight = 0
    heading = next((line.text for line in lines if line.heading == 1 and not line.leads_away), "")
    is_one = names_one_home(heading or content.title)
    if is_list:
        # Similar homes are listed in the data of pages of one home as well.
        weight += 2 if content.foreign or card_prices >= 3 or not own_figures else 1
        signs.append("its data is a list")
    if any(_INDEX_TEXT.search(line.text) for line in content.lines[:200] if len(line.text) < 90):
        weight += 2
        signs.append("it counts or sorts results")
    if not is_one and _INDEX_TITLE.search((heading or content.title)[:300]):
        weight += 1
        signs.append("its heading speaks of several")
    if content.foreign >= 3:
        weight += 1
        signs.append(f"{content.foreign} cards lead to other pages")
    if content.foreign >= 3 and content.foreign_share > 0.5:
        weight += 1
    if content.foreign >= 8:
        weight += 1
    if card_prices >= 4:
        weight += 1
        signs.append(f"{card_prices} prices of different homes")
    if has_home:
        weight -= 3
    weight -= min(own_figures, MOST_OWN)
    if weight >= 2:
        return Verdict(
            PageKind.INDEX, "This is a list of several properties: " + ", ".join(signs) + "."
        )
    return None


def weigh_subject(
    content: PageContent,
    lines: Sequence[Line],
    types: Collection[str],
    keys: Collection[str],
    *,
    has_home: bool,
) -> Verdict:
    """Whether the page is about a property at all, going by what was found in it."""
    kinds = set(types)
    text = " ".join(line.text for line in lines)[:20_000]
    headline = f"{content.title} " + " ".join(line.text for line in lines if line.heading == 1)
    hard = len(
        {"configuration", "size", "plot_size", "rera", "possession", "land_area"} & set(keys)
    )
    money = len({"price", "rent", "rate"} & set(keys))
    # An open house is an event, and themes call every page an article: data of other sorts say
    # little where the page names what a home is sold by.
    is_plain = hard >= 2 or (hard and money)
    if (kinds & STAYS and not has_home) or (kinds & OTHERS and not has_home and not is_plain):
        return Verdict(
            PageKind.OTHER, "Its data is about something that is not a home for sale or rent."
        )
    if kinds & STORIES and not has_home and not is_plain:
        return Verdict(PageKind.OTHER, "This is an article.")
    if len(_TRIP.findall(text)) >= 2 and "possession" not in keys and "rera" not in keys:
        return Verdict(PageKind.OTHER, "This offers stays by the night.")
    if _JOB.search(text[:6000]) and not {"price", "rent"} & set(keys):
        return Verdict(PageKind.OTHER, "This offers a job.")
    if has_home and keys:
        return Verdict(PageKind.PROPERTY, "Its data says that it is about a home.")
    words = len(_PROPERTY_WORD.findall(headline)) >= 1
    body_words = len(_PROPERTY_WORD.findall(text)) >= 2
    story = len({word.lower() for word in _STORY.findall(text[:6000])})
    story += len({word.lower() for word in _HEADLINE.findall(headline)})
    # Themes call properties articles too: that alone says nothing.
    story += content.meta.get("og:type", "").lower() == "article" or bool(kinds & STORIES)
    if story >= 2 and money + hard < 4 and "rera" not in keys:
        return Verdict(PageKind.OTHER, "This reads as an article.")
    if (
        (hard and money and (words or body_words or "configuration" in keys))
        or hard >= 2
        or (words and (hard or (money and "location" in keys)))
    ):
        return Verdict(PageKind.PROPERTY, "It names what a home is sold by.")
    return Verdict(PageKind.OTHER, "Nothing here says that the page is about one property.")
