"""Cards on a page that lead to other pages: similar homes, other projects."""

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urljoin, urlsplit

from frontdesk.property.measures import find_bedrooms, find_registrations

LEAST_ALIKE = 4
Element = Any  # lxml has no types of its own
_ASSET = re.compile(r"\.(?:pdf|jpe?g|png|webp|gif|svg|avif|mp4|zip|docx?|xlsx?)$", re.IGNORECASE)
_SOMEWHERE = re.compile(r"\b(?:in|at|near|on)\b|,", re.IGNORECASE)
PRICE_NEAR = re.compile(
    r"[₹£€$]|\b(?:Rs|INR|AED|EUR|USD|GBP|lakhs?|lacs?|crores?|cr)\b", re.IGNORECASE
)


def find_cards(element: Element, url: str) -> Sequence[Element]:
    """Among the children: cards alike that lead to different other pages and have prices."""
    if len(element) < 2:
        return ()
    groups: dict[tuple[str, str], list[Element]] = {}
    for child in element:
        if isinstance(child.tag, str) and child.tag in {
            "div",
            "li",
            "article",
            "a",
            "section",
            "td",
            "tr",
        }:
            name = (child.get("class") or "").split()
            groups.setdefault((child.tag, name[0] if name else ""), []).append(child)
    found: list[Element] = []
    for group in groups.values():
        if len(group) < 2:
            continue
        if _are_others(group) or _are_projects(group) or _are_registered(group):
            found += group
            continue
        cards, targets = [], set()
        # One first heading is the page's own; one in each is how a theme writes names.
        is_alone = sum(child.find(".//h1") is not None for child in group) == 1
        named = _are_named(group)
        for child in group:
            words = child.text_content()
            if not (10 < len(words) < 3000) or not (named or PRICE_NEAR.search(words)):
                continue
            links = [target for link in _links(child) if (target := _other_page(link, url))]
            if links and not (is_alone and child.find(".//h1") is not None):
                cards.append(child)
                targets.add(links[0])
        if len(cards) >= 2 and len(targets) >= 2:
            found += cards
    return found


def _other_page(link: str, url: str) -> str | None:
    """The path of a link to a page that is not this one or below it."""
    link = link.strip()
    own_path = urlsplit(url).path.rstrip("/")
    if (
        not link
        or link[0] == "#"
        or re.match(r"(?:tel|mailto|javascript|whatsapp|sms|data):", link, re.I)
    ):
        return None
    try:
        target = urlsplit(urljoin(url or "https://page.invalid/", link))
    except ValueError:
        return None
    if re.search(
        r"(?:^|\.)(?:wa\.me|whatsapp\.com|google\.[a-z.]+|goo\.gl|openstreetmap\.org|bing\.com|apple\.com|facebook\.com|youtube\.com|instagram\.com)$",
        target.hostname or "",
    ):
        return None
    path = target.path.rstrip("/")
    if path == own_path or _ASSET.search(path):
        return None
    if own_path and path.startswith(f"{own_path}/"):
        return None
    if (
        re.search(r"\d[- ]?bhk|floor-?plan|/plans?/|enquir|contact|brochure|book|visit", path, re.I)
        and not own_path
    ):
        return None
    return f"{path}?{target.query}"


def _links(element: Element) -> Iterator[str]:
    if element.tag == "a" and element.get("href"):
        yield element.get("href")
    for link in element.iterdescendants("a"):
        if link.get("href"):
            yield link.get("href")


def _are_others(group: Sequence[Element]) -> bool:
    """Cards without links, each with a price and bedrooms, of which several have as many: types of
    home of one project differ in that, homes of others do not."""
    if len(group) < LEAST_ALIKE or group[0].tag not in {"div", "li", "article"}:
        return False
    texts = [" ".join(" ".join(child.itertext()).split()) for child in group]
    if not all(10 < len(text) < 400 and PRICE_NEAR.search(text) for text in texts):
        return False
    headings = [next(child.iter("h2", "h3", "h4", "h5"), None) for child in group]
    names = [" ".join(one.text_content().split()) for one in headings if one is not None]
    if len(names) == len(group) and all(any(find_bedrooms(name)) and not _SOMEWHERE.search(name) for name in names):  # fmt: skip
        return False  # plans of one project: `2 BHK Elite`, `2 BHK Grande`
    counts = [[one.counts for one in find_bedrooms(text)] for text in texts]
    if not all(len(set(found)) == 1 for found in counts):
        return False
    return len({found[0] for found in counts}) < len(group) and len(set(texts)) == len(group)


_MEASURED = re.compile(r"\b(?:bhk|sq\.?\s?ft|sqft|m²)\b|\d\s?beds?\b", re.IGNORECASE)


def _are_named(group: Sequence[Element]) -> bool:
    """Cards under names that say no type of home, with bedrooms or an area in each: other homes."""
    if len(group) < 3:
        return False
    headings = [next(card.iter("h2", "h3", "h4", "h5"), None) for card in group]
    names = {" ".join(one.text_content().split()) for one in headings if one is not None}
    return (
        len(names) == len(group)
        and not any(any(find_bedrooms(name)) or _MEASURED.search(name) for name in names)
        and all(_MEASURED.search(" ".join(card.itertext())) for card in group)
    )


_LOCATED = re.compile(r"(?:^|[\s_-])(?:locat\w*|locality|address|map-?marker)(?:$|[\s_-])", re.I)


def _are_projects(group: Sequence[Element]) -> bool:
    """Cards without links, each with a name, a price and a place of its own: types of home of one
    project are all in one place."""
    if len(group) < LEAST_ALIKE or group[0].tag not in {"div", "li", "article"}:
        return False
    names, places = set(), set()
    for card in group:
        words = " ".join(" ".join(card.itertext()).split())
        heading = next((one for one in card.iter("h2", "h3", "h4", "h5")), None)
        place = next((one for one in card.iter() if isinstance(one.tag, str) and one.text_content().strip() and _LOCATED.search(one.get("class") or "")), None)  # fmt: skip
        if heading is None or place is None or not (10 < len(words) < 400 and PRICE_NEAR.search(words)):  # fmt: skip
            return False
        names.add(" ".join(heading.text_content().split()))
        places.add(" ".join(place.text_content().split()))
    return len(names) == len(group) and len(places) * 2 > len(group)


_PHASE = re.compile(r"\b(?:phase|tower|block|wing|cluster|building)\b", re.IGNORECASE)


def _are_registered(group: Sequence[Element]) -> bool:
    """Cards with a price and a registration number of their own each: projects, unless they are
    the phases or towers of one."""
    if group[0].tag not in {"div", "li", "article"}:
        return False
    numbers: list[str] = []
    for card in group:
        words = " ".join(" ".join(card.itertext()).split())
        found = set(find_registrations(words)) if 10 < len(words) < 400 else set()
        if len(found) != 1 or not PRICE_NEAR.search(words) or _PHASE.search(words):
            return False
        numbers += found
    return len(set(numbers)) == len(group)


def leads_away(element: Element, url: str) -> bool:
    """Whether all of an element is one link to another page, or a button."""
    if element.tag == "button":
        return True
    while element.tag != "a":
        if len(element) != 1 or (element.text or "").strip() or (element[0].tail or "").strip():
            return False
        element = element[0]
        if not isinstance(element.tag, str):
            return False
    return bool(element.get("href")) and _other_page(element.get("href"), url) is not None
