"""What a sentence is about: words that tell one figure's matter from another's."""

import re
import tomllib
import unicodedata
from functools import lru_cache
from importlib.resources import files


def find_cues(folded: str) -> list[tuple[int, str]]:
    """Where which group of cues.toml is named, in order."""
    pattern, groups = _load()
    return [(match.start(), groups[match[0]]) for match in pattern.finditer(folded)]


@lru_cache(maxsize=1)
def _load() -> tuple[re.Pattern[str], dict[str, str]]:
    text = (files("frontdesk.chat") / "cues.toml").read_text("utf-8")
    groups = {
        unicodedata.normalize("NFKC", word): group
        for group, words in tomllib.loads(text).items()
        for word in words
    }
    every = "|".join(re.escape(word) for word in sorted(groups, key=len, reverse=True))
    border = r"[\w\u0900-\u0963]"
    return re.compile(rf"(?<!{border})(?:{every})(?!{border})"), groups
