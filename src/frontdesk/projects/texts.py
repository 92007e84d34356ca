"""The widget's single lines: by language, with what a language lacks in English. Pure.

A key of `texts` is a line's (`send`), for every language, or a language's and a line's (`hi:send`).
"""

import json
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from frontdesk.projects import defaults
from frontdesk.projects.model import WidgetSettings

EVERY_LANGUAGE = ""
_SHIPPED = Path(__file__).parent / "panel_texts.json"  # as `widget/src` has them; a test compares


@cache
def shipped_texts() -> Mapping[str, Mapping[str, str]]:
    """Line by line for each language that is shipped."""
    table: dict[str, dict[str, str]] = json.loads(_SHIPPED.read_text(encoding="utf-8"))
    return table


def base_of(language: str) -> str:
    """`hi` for `hi-IN`."""
    return language.partition("-")[0].lower()


def key_of(language: str, line: str) -> str:
    return f"{language}:{line}" if language else line


def texts_in(settings: WidgetSettings, language: str) -> dict[str, str]:
    """One layer's lines in a language: those for every language, and its own over them."""
    every = {key: text for key, text in settings.texts.items() if ":" not in key}
    prefix = f"{base_of(language)}:"
    own = {
        key.removeprefix(prefix): text
        for key, text in settings.texts.items()
        if key.startswith(prefix)
    }
    return every | own


def join_texts(layers: Iterable[WidgetSettings], language: str) -> dict[str, str]:
    """Of layers over each other, the closest first."""
    texts: dict[str, str] = {}
    for layer in reversed([*layers]):
        texts |= texts_in(layer, language)
    return texts


def shipped_line(language: str, line: str) -> str:
    table = shipped_texts()
    row = table.get(base_of(language), table[defaults.LANGUAGE])
    return row.get(line, table[defaults.LANGUAGE].get(line, ""))
