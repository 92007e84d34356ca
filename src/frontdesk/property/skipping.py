"""Which elements no visitor reads, and which are about the site and not the page."""

import re
from typing import Any

from frontdesk.property.cards import PRICE_NEAR

Element = Any  # lxml has no types of its own
BLOCKS = frozenset(
    (  # noqa: SIM905
        "address article aside blockquote body caption center dd details dialog div dl dt "
        "fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr html legend li main "
        "nav ol p pre section summary table tbody td tfoot th thead tr ul br label option button "
    ).split()
)
SKIPPED = frozenset(
    (  # noqa: SIM905
        "script style template noscript svg canvas iframe object video audio select option "
        "textarea input head nav menu datalist del s strike map picture img "
    ).split()
)
_SKIPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:similar|related|recommend\w*|also-?like|you-?may|recently|nearby-?(?:homes|properties|listings|projects)|"
    r"other-?(?:projects|properties|listings|homes)|more-?(?:listings|properties|homes|projects)|mortgage|emi(?:-?calc\w*)?|"
    r"loan-?calc\w*|calculator|price-?(?:history|trends?)|tax-?history|valuation|cookie\w*|breadcrumbs?-?hidden|sr-only|"
    r"visually-?hidden|screen-reader\w*|old-?price|was-?price|price-?(?:old|was|strike\w*)|strike\w*|line-through|"
    r"compare-?at|chat(?:bot|box|-?widget|-?window)|mega-?menu|navbar|nav-?(?:menu|list)|(?:main|site|top|primary|mobile)-?nav\w*|(?:sub|dropdown|main|primary|mobile)-?menu|"
    r"onetrust\w*|didomi\w*|cybot\w*|usercentrics\w*|consent\w*|gdpr\w*|search-?(?:form|filters?)|filters?|testimonials?|reviews?|comments?|blog-?posts?|sidebar-?listings|"
    r"featured-?(?:listings|properties)|widget_\w*(?:featured|recent)\w*|footer-?(?:links|menu|nav))(?:$|[\s_-])",
    re.IGNORECASE,
)
# Bootstrap's and Tailwind's names for what is not shown, where no wider screen shows it again; and
# windows that open over the page, often with an offer of their own.
_HIDDEN_NAME = re.compile(r"(?:^|\s)(?:hidden|d-none|is-hidden|invisible)(?:$|\s)")
_SHOWN_WIDER = re.compile(
    r"(?:^|\s)(?:\w{2,3}:(?:block|flex|grid|inline\S*|visible|table\S*)|d-\w{2,3}-\w+)(?:$|\s)"
)
_WINDOW = re.compile(r"(?:^|[\s_-])(?:modal|pop-?up\w*|off-?canvas|lightbox)(?:$|[\s_-])")
_MENU = re.compile(
    r"(?:^|[\s_-])(?:nav|menu|nav-?wrap\w*|menu-?wrap\w*|topbar|top-bar)(?:$|[\s_-])"
)
MENU_LINKS = 4
MAX_WINDOW_CHARS = 3_000
HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[\w-]*\s*:\s*line-through", re.I
)


def names_of(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()


def is_left_out(element: Element) -> bool:
    """Hidden, crossed out, a menu, a calculator, somebody else's home."""
    tag = element.tag
    if tag in SKIPPED:
        return True
    if element.get("hidden") is not None or element.get("aria-hidden") == "true":
        return not (
            tag in BLOCKS and len(element.text_content()) > 400 and element.get("hidden") is None
        )
    style = element.get("style")
    if style and HIDDEN_STYLE.search(style):
        return True
    role = (element.get("role") or "").lower()
    if role in {"navigation", "dialog", "search"}:
        return True
    if tag == "form" and _is_a_small_part(element):
        return True
    names = names_of(element)
    if not names or tag in {"body", "main", "html"}:
        return False
    if _HIDDEN_NAME.search(names) and not _SHOWN_WIDER.search(names):
        return element.find(".//h1") is None
    if _WINDOW.search(names) and tag in {"div", "section", "aside", "dialog"}:
        return element.find(".//h1") is None and len(element.text_content()) < MAX_WINDOW_CHARS
    if _MENU.search(names) and sum(1 for _ in element.iter("a")) >= MENU_LINKS:
        return _is_a_small_part(element)
    if _SKIPPED_NAMES.search(names):
        words = element.text_content()
        if "price" in names or "strike" in names or "through" in names:
            return len(words) < 80
        # A theme may name a wrapper of the whole page after one of its parts.
        return element.find(".//h1") is None
    return False


def _is_a_small_part(element: Element) -> bool:
    """Not the form or the menu that a whole page stands in."""
    return element.find(".//h1") is None and len(element.text_content()) < MAX_WINDOW_CHARS


def has_prices_of_others(element: Element) -> bool:
    """Whether what is left out would have counted as cards of other homes."""
    names = names_of(element)
    return bool(_SKIPPED_NAMES.search(names)) and bool(PRICE_NEAR.search(element.text_content()))


def visible_text(element: Element) -> str:
    """All of an element's text in one line, without what is hidden or crossed out."""
    parts: list[str] = []
    _take(element, parts)
    return clean("".join(parts))


def _take(element: Element, parts: list[str]) -> None:
    if element.text:
        parts.append(element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag not in SKIPPED:
            style = child.get("style") or ""
            if (
                not HIDDEN_STYLE.search(style)
                and child.get("hidden") is None
                and not _CROSSED_OUT.search(names_of(child))
            ):
                parts.append(" ")
                _take(child, parts)
                parts.append(" ")
        if child.tail:
            parts.append(child.tail)


_CROSSED_OUT = re.compile(r"old-?price|was-?price|strike|line-through|sr-only")
_SPACE = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")


def clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()
