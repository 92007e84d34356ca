"""A page's own questions and answers: FAQPage data, folding sections, lists of terms, headings. Pure.

https://schema.org/FAQPage
"""

import html
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from lxml import etree
from lxml import html as lxml_html

from frontdesk.property.forgiving_json import read_json
from frontdesk.property.items import objects_in, text_of, top_items, types_of, walk_all
from frontdesk.property.markup import read_microdata

MAX_QUESTIONS = 200
MAX_QUESTION, MAX_ANSWER = 500, 2000
Element = Any
_ASKS = re.compile(
    r"\?\s*$|？$|^(?:what|when|where|which|who|how|is|are|can|do|does|will|why|kya|kab|kahan|kitn\w|wie|was|wann|wo|quel\w*|combien|où|cuánto|qué|dónde)\b|^(?:q|question)\s*\d*\s*[.:)]|(?:क्या|कब|कहाँ|कितन)",
    re.IGNORECASE,
)


class Question(NamedTuple):
    question: str
    answer: str
    language: str


def read_questions(text: str) -> list[Question]:
    """In the order of the page, each question once; the most deliberate statement of it counts."""
    parser = lxml_html.HTMLParser(encoding="utf-8", huge_tree=False, no_network=True)
    try:
        root = lxml_html.document_fromstring(
            text[:3_000_000].replace("\0", "").encode("utf-8", "replace"), parser=parser
        )
    except (etree.ParserError, ValueError):
        return []
    language = re.split(r"[-_]", (root.get("lang") or "en").lower())[0] or "en"
    found: dict[str, Question] = {}
    for read in (_stated, _folded, _termed, _headed):
        for question, answer in read(root):
            question = re.sub(
                r"^\s*(?:q(?:uestion)?\s*\d*\s*[.:)]|\d{1,2}\s*[.)])\s*",
                "",
                _clean(question),
                flags=re.I,
            )
            answer = re.sub(
                r"^\s*(?:a(?:ns(?:wer)?)?\s*\d*\s*[.:)])\s*", "", _clean(answer), flags=re.I
            )
            if 5 <= len(question) <= MAX_QUESTION and 2 <= len(answer) <= MAX_ANSWER:
                key = re.sub(r"\W", "", question).casefold()
                found.setdefault(key, Question(question, answer, language))
        if len(found) >= MAX_QUESTIONS:
            break
    return list(found.values())[:MAX_QUESTIONS]


def _clean(text: str) -> str:
    return " ".join(text.replace("\u200b", "").split())


def _plain(text: str) -> str:
    """Answers in FAQPage data are often HTML."""
    text = html.unescape(text)
    if "<" in text:
        try:
            text = lxml_html.fragment_fromstring(text, create_parent="div").text_content()
        except (etree.ParserError, ValueError):
            text = re.sub(r"<[^>]{0,500}>", " ", text)
    return text


def _stated(root: Element) -> Iterator[tuple[str, str]]:
    values: list[Any] = [
        value
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "").lower()
        for value in read_json(script.text_content() or "")
    ]
    for item in walk_all(list(top_items([*values, *read_microdata(root)]))):
        if "question" not in types_of(item):
            continue
        for answer in objects_in(item.get("acceptedanswer") or item.get("suggestedanswer")):
            yield (
                _plain(text_of(item.get("name")) or text_of(item.get("text"))),
                _plain(text_of(answer.get("text"))),
            )
            break


def _folded(root: Element) -> Iterator[tuple[str, str]]:
    for details in root.iter("details"):
        summary = details.find("summary")
        if summary is not None:
            question = summary.text_content()
            yield question, _text(details).removeprefix(_clean(question))


def _termed(root: Element) -> Iterator[tuple[str, str]]:
    for term in root.iter("dt"):
        if _ASKS.search(_clean(term.text_content())):
            answer = term.getnext()
            if answer is not None and answer.tag == "dd":
                yield term.text_content(), _text(answer)


def _headed(root: Element) -> Iterator[tuple[str, str]]:
    """A heading that asks, and the paragraphs up to the next heading; accordions of buttons too."""
    for heading in root.iter("h2", "h3", "h4", "h5", "h6", "button", "strong"):
        question = _clean(heading.text_content())
        if not question.endswith(("?", "？")) and not (
            heading.tag.startswith("h") and _ASKS.search(question)
        ):
            continue
        answer = _after(heading)
        if answer:
            yield question, answer


def _after(heading: Element) -> str:
    parts: list[str] = []
    element = heading
    # A heading may stand alone in its wrapper: then the answer is beside the wrapper.
    for _ in range(3):
        sibling = element.getnext()
        while sibling is not None and len(parts) < 8:
            if not isinstance(sibling.tag, str):
                sibling = sibling.getnext()
                continue
            if (
                re.fullmatch(r"h[1-6]", sibling.tag)
                or sibling.find(".//h2") is not None
                or sibling.find(".//h3") is not None
            ):
                break
            words = _text(sibling)
            if words.endswith("?") and len(words) < 200:
                break
            if words:
                parts.append(words)
            sibling = sibling.getnext()
        if parts or element.getparent() is None:
            break
        element = element.getparent()
    return " ".join(parts)


def _text(element: Element) -> str:
    """What a visitor reads, with a space where a block ends."""
    hidden = {text for inner in element.iter("script", "style") for text in inner.itertext()}
    return _clean(" ".join(text for text in element.itertext() if text not in hidden))
