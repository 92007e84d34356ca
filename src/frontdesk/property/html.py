"""HTML to what detection reads: visible text as lines, statements meant for machines apart.

Left out are what no visitor reads (scripts, hidden parts, prices crossed out), what is about the
site and not the page (menus, footers' links, cookie notices), and cards that lead to other pages:
similar homes, other projects.
"""

import re
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from frontdesk.property.cards import PRICE_NEAR, find_cards
from frontdesk.property.content import Line, PageContent
from frontdesk.property.forgiving_json import read_json
from frontdesk.property.markup import read_microdata, read_rdfa
from frontdesk.property.state import read_states

MAX_CHARS = 3_000_000
MAX_LINES = 4_000

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "br",
        "label",
        "option",
        "button",
    ]
)
_SKIPPED = frozenset(
    [
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "canvas",
        "iframe",
        "object",
        "video",
        "audio",
        "select",
        "option",
        "textarea",
        "input",
        "head",
        "nav",
        "menu",
        "datalist",
        "del",
        "s",
        "strike",
        "map",
        "picture",
        "img",
    ]
)
_SKIPPED_NAMES = re.compile(
    r"(?:^|[\s_-])(?:similar|related|recommend\w*|also-?like|you-?may|recently|nearby-?(?:homes|properties|listings|projects)|"
    r"other-?(?:projects|properties|listings|homes)|more-?(?:listings|properties|homes|projects)|mortgage|emi(?:-?calc\w*)?|"
    r"loan-?calc\w*|calculator|price-?(?:history|trends?)|tax-?history|valuation|cookie\w*|breadcrumbs?-?hidden|sr-only|"
    r"visually-?hidden|screen-reader\w*|old-?price|was-?price|price-?(?:old|was|strike\w*)|strike\w*|line-through|"
    r"compare-?at|mega-?menu|search-?(?:form|filters?)|filters?|testimonials?|reviews?|comments?|blog-?posts?|sidebar-?listings|"
    r"featured-?(?:listings|properties)|widget_\w*(?:featured|recent)\w*|footer-?(?:links|menu|nav))(?:$|[\s_-])",
    re.IGNORECASE,
)
_HIDDEN_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration[\w-]*\s*:\s*line-through", re.I
)
_SPACE = re.compile(r"[ \t\r\n\f\v\u200b\ufeff]+")
Element = Any  # lxml has no types of its own


def read_html(text: str, url: str) -> PageContent:
    """Everything of a page that facts are read from. Never raises over what the HTML is like."""
    text = text[:MAX_CHARS].replace("\0", "")
    root = _parse(text)
    if root is None:
        return PageContent(url=url)
    meta = _read_meta(root)
    language = (
        root.get("lang") or meta.get("og:locale") or meta.get("content-language") or ""
    ).strip()
    json_ld = [
        value
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for value in read_json(script.text_content() or "")
    ]
    title = root.find(".//title")
    phones = [
        href[4:].strip()
        for link in root.iter("a")
        if (href := (link.get("href") or "").strip()).lower().startswith("tel:")
    ]
    walker = _Walker(url)
    microdata, rdfa = read_microdata(root), read_rdfa(root)
    walker.walk(root)
    total = sum(len(line.text) for line in walker.lines) + walker.foreign_chars
    return PageContent(
        url=url,
        title=_clean(title.text_content()) if title is not None else "",
        language=language,
        meta=meta,
        json_ld=json_ld,
        microdata=microdata,
        rdfa=rdfa,
        state=read_states(root),
        lines=walker.lines,
        foreign=walker.foreign,
        foreign_share=walker.foreign_chars / total if total else 0.0,
        phones=phones,
        marks=_read_marks(root),
    )


def _parse(text: str) -> Element | None:
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def _read_meta(root: Element) -> dict[str, str]:
    """By name, property or itemprop, in lower case; of several with one name the first."""
    found: dict[str, str] = {}
    for tag in root.iter("meta"):
        name = (
            tag.get("property") or tag.get("name") or tag.get("itemprop") or tag.get("http-equiv")
        )
        content = tag.get("content")
        if name and content and content.strip():
            found.setdefault(name.strip().lower(), _clean(content))
    return found


def _read_marks(root: Element) -> str:
    names = []
    for tag in root.iter("script", "iframe", "form", "div", "input"):
        names.append(tag.get("src") or tag.get("action") or tag.get("id") or tag.get("name") or "")
        if len(names) > 400:
            break
    return " ".join(filter(None, names)).lower()[:8000]


def _clean(text: str) -> str:
    return _SPACE.sub(" ", text).strip()


class _Walker:
    def __init__(self, url: str) -> None:
        self.lines: list[Line] = []
        self.foreign = 0
        self.foreign_chars = 0
        self._url = url
        self._tables = 0
        self._parts: list[str] = []

    def walk(self, root: Element) -> None:
        body = root.find("body")
        self._block(body if body is not None else root, "", 0)
        self._flush("", 0)

    def _block(self, element: Element, hint: str, depth: int) -> None:
        if depth > 180 or len(self.lines) >= MAX_LINES:
            return
        names = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemprop') or ''}"
        own_hint = names.lower().strip()
        if own_hint:
            hint = f"{hint} {own_hint}"[-160:]
        tag = element.tag
        if tag == "table":
            self._table(element, hint)
            return
        if (tag in {"dl", "tr"} or self._is_pair(element)) and self._pairs(element, hint):
            return
        level = int(tag[1]) if len(tag) == 2 and tag[0] == "h" and tag[1] in "123456" else 0
        foreign = find_cards(element, self._url)
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                if child in foreign:
                    self.foreign += 1
                    self.foreign_chars += len(child.text_content())
                elif not self._is_left_out(child):
                    name = child.tag
                    if name in _BLOCKS or self._has_blocks(child):
                        self._flush(hint, level)
                        self._block(child, hint, depth + 1)
                        self._flush(
                            hint if name not in _BLOCKS else f"{hint} {_names(child)}", level
                        )
                    else:
                        self._block_inline(child, hint, depth + 1)
            self._text(child.tail)
        if tag in _BLOCKS or level:
            self._flush(hint, level)

    def _block_inline(self, element: Element, hint: str, depth: int) -> None:
        """Inline elements: their text joins the line."""
        if depth > 180:
            return
        # Elements beside each other are apart by their style; but m<sup>2</sup> is one word.
        gap = "" if element.tag in {"sup", "sub", "b", "i", "em", "strong", "font"} else " "
        self._parts.append(gap)
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str) and not self._is_left_out(child):
                self._block_inline(child, hint, depth + 1)
            self._text(child.tail)
        self._parts.append(gap)

    def _text(self, text: str | None) -> None:
        if text:
            self._parts.append(text)

    def _flush(self, hint: str, level: int) -> None:
        text = "".join(self._parts)
        self._parts.clear()
        text = _clean(text)
        if text:
            self.lines.append(Line((text[:2000],), level, hint[-160:]))

    def _has_blocks(self, element: Element) -> bool:
        return any(
            isinstance(inner.tag, str) and inner.tag in _BLOCKS
            for inner in element.iterdescendants()
        )

    def _is_left_out(self, element: Element) -> bool:
        tag = element.tag
        if tag in _SKIPPED:
            return True
        if element.get("hidden") is not None or element.get("aria-hidden") == "true":
            return not (
                tag in _BLOCKS
                and len(element.text_content()) > 400
                and element.get("hidden") is None
            )
        style = element.get("style")
        if style and _HIDDEN_STYLE.search(style):
            return True
        role = (element.get("role") or "").lower()
        if role in {"navigation", "dialog", "search"}:
            return True
        names = _names(element)
        if names and tag not in {"body", "main", "html"} and _SKIPPED_NAMES.search(names):
            words = element.text_content()
            if "price" in names or "strike" in names or "through" in names:
                return len(words) < 80
            # A theme may name a wrapper of the whole page after one of its parts.
            if element.find(".//h1") is None:
                if PRICE_NEAR.search(words):
                    self.foreign_chars += len(words)
                return True
        return False

    def _is_pair(self, element: Element) -> bool:
        """A label and its value as two elements beside each other and nothing else."""
        if (
            element.tag not in {"div", "li", "p", "span"}
            or len(element) != 2
            or _clean(element.text or "")
        ):
            return False
        first, second = element
        if not isinstance(first.tag, str) or not isinstance(second.tag, str):
            return False
        if first.tag in _SKIPPED or second.tag in _SKIPPED or _clean(first.tail or ""):
            return False
        if re.fullmatch(r"h[1-3]", first.tag) or len(list(element.iterdescendants())) > 10:
            return False
        left, right = _clean(first.text_content()), _clean(second.text_content())
        return 0 < len(left) <= 40 and 0 < len(right) <= 160 and not self._is_left_out(second)

    def _pairs(self, element: Element, hint: str) -> bool:
        """Rows of a definition list, or of one pair; False where it is something else."""
        children = list(element.iter("dt", "dd") if element.tag == "dl" else element)
        children = [c for c in children if isinstance(c.tag, str) and not self._is_left_out(c)]
        cells = [_visible_text(child) for child in children]
        if element.tag == "dl":
            if not children:
                return False
            label = ""
            for child, cell in zip(children, cells, strict=True):
                if child.tag == "dt":
                    label = cell
                elif cell:
                    self._row((label, cell) if label else (cell,), hint)
            return True
        if element.tag != "tr" and len(children) != 2:
            return False
        self._row(tuple(cell for cell in cells if cell), hint)
        return True

    def _row(
        self,
        cells: tuple[str, ...],
        hint: str,
        row_of: int | None = None,
        *,
        is_header: bool = False,
    ) -> None:
        self._flush(hint, 0)
        if cells and len(self.lines) < MAX_LINES:
            self.lines.append(
                Line(tuple(cell[:600] for cell in cells), 0, hint[-160:], row_of, is_header)
            )

    def _table(self, element: Element, hint: str) -> None:
        if element.find(".//table") is not None or _clean(element.text_content()) == "":
            for child in element.iter("td", "th"):
                if child.find(".//table") is None:
                    self._block(child, hint, 100)
            return
        self._flush(hint, 0)
        self._tables += 1
        number = self._tables
        for row in element.iter("tr"):
            if self._is_left_out(row):
                continue
            parts = [c for c in row if isinstance(c.tag, str) and c.tag in {"td", "th"}]
            cells = tuple(_visible_text(cell) for cell in parts)
            header = bool(parts) and all(cell.tag == "th" for cell in parts) and len(parts) > 1
            if any(cells):
                self._row(cells, hint, number, is_header=header)


def _names(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''}".strip().lower()


def _visible_text(element: Element) -> str:
    parts: list[str] = []

    def take(inner: Element) -> None:
        if inner.text:
            parts.append(inner.text)
        for child in inner:
            if isinstance(child.tag, str) and child.tag not in _SKIPPED:
                style, names = child.get("style") or "", _names(child)
                if (
                    not _HIDDEN_STYLE.search(style)
                    and child.get("hidden") is None
                    and not re.search(r"old-?price|was-?price|strike|line-through|sr-only", names)
                ):
                    parts.append(" ")
                    take(child)
                    parts.append(" ")
            if child.tail:
                parts.append(child.tail)

    take(element)
    return _clean("".join(parts))
