"""Icons that stand for a word: a picture of a bed before `3` says what there are three of."""

import re
from posixpath import basename
from typing import Any
from urllib.parse import urlsplit

Element = Any  # lxml has no types of its own

_WORDS = (
    ("Bedrooms", re.compile(r"(?:^|[\s_-])(?:double-)?bed(?:s|rooms?)?(?:$|[\s_.-]|\d)", re.I)),
    (
        "Bathrooms",
        re.compile(r"(?:^|[\s_-])(?:bath(?:s|rooms?|tub)?|shower)(?:$|[\s_.-]|\d)", re.I),
    ),
)
_PLACE = re.compile(r"(?:^|[\s_-])(?:map-?marker|location(?:-dot|-pin|-arrow)?|map-?pin|pin-?map|place-?icon)(?:$|[\s_-])", re.I)  # fmt: skip
_NAMED = re.compile(r"bed|bath|zimmer|chambre|habit|dorm|camer|बेड", re.IGNORECASE)
_COUNT = re.compile(r"\s*\d{1,2}(?:\.5)?(?![\d.,]|\s*(?:bed|bath|br|ba)\b)", re.IGNORECASE)
_COUNT_BEFORE = re.compile(r"(?:^|[^\d.,])\d{1,2}(?:\.5)?\s*$")
_SPOKEN = re.compile(r"\d{1,2}(?:\.5)?\+?\s+(?:bed|bath)", re.IGNORECASE)


def spell_icons(root: Element) -> None:
    """Write the word beside each icon of beds and baths that has a number beside it, and what a
    number's label for screen readers says in its place."""
    named: list[tuple[Element, str]] = []
    for element in root.iter("i", "span", "svg", "img", "em"):
        spoken = (element.get("aria-label") or "").strip()
        text = (element.text or "").strip()
        if text.isdigit() and len(element) == 0 and _SPOKEN.match(spoken) and len(spoken) < 24:
            element.text = spoken
            continue
        word = _word_of(element)
        parent = element.getparent()
        if parent is not None and _is_marker(element):
            # What stands beside a marker of a map is a place: its line is known by that.
            parent.set("class", f"{parent.get('class') or ''} location")
        if word and parent is not None and not (_is_named(parent) or _is_named(parent.getparent())):
            named.append((element, word))
    # The first icon tells for its neighbours whether the numbers come before the icons.
    styles: dict[Element, bool] = {}
    for element, word in named:
        comes_first = bool(_COUNT_BEFORE.search(_text_before(element)))
        if styles.setdefault(element.getparent(), comes_first):
            if comes_first:
                element.tail = f" {word} • {element.tail or ''}"
        elif _COUNT.match(_text_behind(element)):
            element.tail = f" • {word}: {element.tail or ''}"


def _word_of(element: Element) -> str | None:
    if element.tag != "svg" and "".join(element.itertext()).strip():
        return None
    names = f"{element.get('class') or ''} {element.get('data-icon') or ''}"
    if element.tag == "img":
        names += f" {basename(_path_of(element.get('src') or ''))}"
    if len(names) > 200:
        return None
    return next((word for word, pattern in _WORDS if pattern.search(names)), None)


def _is_marker(element: Element) -> bool:
    names = f"{element.get('class') or ''} {element.get('data-icon') or ''}"
    return element.tag in {"i", "svg", "span"} and len(names) <= 200 and not "".join(element.itertext()).strip() and bool(_PLACE.search(names))  # fmt: skip


def _is_named(element: Element | None) -> bool:
    """Whether words beside the icon say the same already."""
    if element is None:
        return False
    text = "".join(element.itertext())
    text = " ".join(text.split())
    return len(text) <= 60 and _NAMED.search(text) is not None


def _path_of(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


def _text_before(element: Element) -> str:
    previous = element.getprevious()
    if previous is None:
        return element.getparent().text or ""
    return (previous.tail or "").strip() or "".join(previous.itertext())[-20:]


def _text_behind(element: Element) -> str:
    tail = (element.tail or "").strip()
    following = element.getnext()
    if tail or following is None or not isinstance(following.tag, str):
        return tail
    return "".join(following.itertext())[:40]
