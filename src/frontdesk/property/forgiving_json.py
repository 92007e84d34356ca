"""JSON as people write it into pages: comments, trailing commas, raw line breaks, HTML entities.

Browsers' and search engines' readers forgive these; a page's price should not be lost over one.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

# A string, or something to take out; strings are matched so that nothing inside them is taken. One
# that is never closed goes to the end: looking for its end again and again would take forever.
_STRING = r'"(?:[^"\\]|\\.)*+(?:"|\Z)'
_PIECE = re.compile(_STRING + r"|/\*.*?\*/|//[^\n]*|,(?=\s*[}\]])", re.DOTALL)
_MARK = re.compile(_STRING + r"|[\[\]{},]", re.DOTALL)
_WRAPPING = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\s*\]\]>|\]\]>)\s*;?\s*$"
)
MAX_CHARS = 400_000


def read_json(text: str) -> list[Any]:
    """The values in a text, most often one; none where nothing can be made of it. Never raises."""
    text = _WRAPPING.sub("", text[:MAX_CHARS].lstrip("\ufeff")).strip().rstrip(";")
    for candidate in _mended(text):
        values = _decode(candidate)
        if values:
            return values
    return []


def _mended(text: str) -> Iterator[str]:
    yield text
    clean = _without_comments(text)
    yield clean
    if "&quot;" in clean or "&#34;" in clean:
        yield _without_comments(html.unescape(clean))
    if re.match(r"\s*[{\[]\s*'", clean):
        yield re.sub(r"'((?:[^'\\]|\\.)*+)(?:'|\Z)", lambda found: json.dumps(found[1]), clean)
    # An object that was cut short: what is open is closed, the last unfinished member left out.
    yield _closed(clean)


def _without_comments(text: str) -> str:
    # Behind the last `*/` no comment ends, so none is looked for there.
    end = text.rfind("*/") + 2 if "*/" in text else 0
    head, tail = text[:end], text[end:].replace("/*", "/ *")
    return _PIECE.sub(_keep_strings, head + tail).strip()


def _keep_strings(found: re.Match[str]) -> str:
    return found[0] if found[0][0] == '"' else ""


def _decode(text: str) -> list[Any]:
    """Several values in a row, as some pages have them, are all read."""
    decoder = json.JSONDecoder(strict=False)
    values: list[Any] = []
    position = 0
    while position < len(text):
        try:
            value, position = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            return values
        if isinstance(value, dict | list):
            values.append(value)
        position = len(text) - len(text[position:].lstrip(" \t\r\n,;"))
    return values


def _closed(text: str) -> str:
    open_brackets: list[str] = []
    safe, closers = 0, ""
    for found in _MARK.finditer(text):
        piece = found[0]
        if piece in "{[":
            open_brackets.append("}" if piece == "{" else "]")
        elif piece in "}]":
            if not open_brackets:
                break
            open_brackets.pop()
            safe, closers = found.end(), "".join(reversed(open_brackets))
        elif piece == ",":
            safe, closers = found.start(), "".join(reversed(open_brackets))
    return text[:safe] + closers
