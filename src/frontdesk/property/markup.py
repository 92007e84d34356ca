"""Microdata and RDFa Lite, as nested dictionaries in JSON-LD's form.

https://html.spec.whatwg.org/multipage/microdata.html and https://www.w3.org/TR/rdfa-lite/.
"""

from typing import Any
from urllib.parse import urlsplit

Element = Any
Item = dict[str, Any]
MAX_ITEMS = 500


def read_microdata(root: Element) -> list[Item]:
    return _read(root, "itemscope", "itemtype", "itemprop")


def read_rdfa(root: Element) -> list[Item]:
    return _read(root, "typeof", "typeof", "property")


def _read(root: Element, scope: str, kind: str, name: str) -> list[Item]:
    """Items at the top; an item inside another is its value, if it is named as one."""
    top: list[Item] = []
    count = 0
    stack: list[tuple[Element, Item | None]] = [(root, None)]
    while stack and count < MAX_ITEMS:
        element, owner = stack.pop()
        item = owner
        properties = [] if not isinstance(element.tag, str) else (element.get(name) or "").split()
        if isinstance(element.tag, str) and element.get(scope) is not None:
            count += 1
            item = {"@type": [_local(one) for one in (element.get(kind) or "").split()]}
            if owner is None or not properties:
                top.append(item)
            else:
                _add(owner, properties, item)
        elif owner is not None and properties:
            value = _value(element)
            if value:
                _add(owner, properties, value)
        children = [(child, item) for child in element if isinstance(child.tag, str)]
        stack.extend(reversed(children))
    return top


def _add(owner: Item, properties: list[str], value: object) -> None:
    for one in properties:
        owner.setdefault(_local(one), []).append(value)


def _value(element: Element) -> str:
    if element.tag == "meta" or element.get("content") is not None:
        return (element.get("content") or "").strip()
    if element.tag in {"a", "link", "area"}:
        text = " ".join(element.text_content().split())
        return text or (element.get("href") or "").strip()
    if element.tag == "time" and element.get("datetime"):
        return str(element.get("datetime")).strip()
    if element.tag in {"data", "meter"} and element.get("value"):
        return str(element.get("value")).strip()
    if element.tag in {"img", "source", "video", "audio", "iframe", "embed"}:
        return (element.get("src") or "").strip()
    return " ".join(element.text_content().split())[:2000]


def _local(name: str) -> str:
    """`http://schema.org/Offer` and `schema:Offer` are `Offer`."""
    if "://" in name:
        name = urlsplit(name).fragment or urlsplit(name).path.rstrip("/").rpartition("/")[2]
    return name.rpartition(":")[2]
