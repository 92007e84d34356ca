"""HTML to what detection reads: visible text as lines, statements meant for machines apart.

Left out are what no visitor reads (scripts, hidden parts, prices crossed out), what is about the
site and not the page (menus, footers' links, cookie notices), and cards that lead to other pages:
similar homes, other projects.
"""

from typing import Any

from lxml import etree
from lxml import html as lxml_html

from frontdesk.property.content import PageContent
from frontdesk.property.forgiving_json import read_json
from frontdesk.property.icons import spell_icons
from frontdesk.property.markup import read_microdata, read_rdfa
from frontdesk.property.skipping import clean
from frontdesk.property.state import read_states
from frontdesk.property.walking import Walker

MAX_CHARS = 3_000_000
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
    walker = Walker(url)
    microdata, rdfa = read_microdata(root), read_rdfa(root)
    spell_icons(root)
    walker.walk(root)
    total = sum(len(line.text) for line in walker.lines) + walker.foreign_chars
    return PageContent(
        url=url,
        title=clean(title.text_content()) if title is not None else "",
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
            found.setdefault(name.strip().lower(), clean(content))
    return found


def _read_marks(root: Element) -> str:
    names = []
    for tag in root.iter("script", "iframe", "form", "div", "input"):
        names.append(tag.get("src") or tag.get("action") or tag.get("id") or tag.get("name") or "")
        if len(names) > 400:
            break
    return " ".join(filter(None, names)).lower()[:8000]
