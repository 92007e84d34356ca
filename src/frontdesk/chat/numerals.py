"""Numbers written in words, made digits: `eighty-four lakh`, `चौरासी लाख`, `dedh crore`."""

import re
import unicodedata
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

# What a whole word adds to or makes of the number after it.
_HALF = {"half": "0.5", "quarter": "0.25", "आधा": "0.5", "आधे": "0.5", "aadha": "0.5",
         "adha": "0.5", "पाव": "0.25",
         "डेढ़": "1.5", "dedh": "1.5", "derh": "1.5", "ढाई": "2.5", "dhai": "2.5",
         "सवा": "1.25", "sava": "1.25", "sawa": "1.25", "पौन": "0.75",
         "dozen": "12"}  # fmt: skip
_BEFORE = {"साढ़े": "0.5", "साढे": "0.5", "saadhe": "0.5", "sadhe": "0.5", "saade": "0.5",
           "सवा": "0.25", "sava": "0.25", "sawa": "0.25",
           "पौने": "-0.25", "paune": "-0.25"}  # fmt: skip
_ARTICLE = ("a", "an")
_HUNDRED = {"hundred", "सौ", "sau"}


class _Words(NamedTuple):
    values: dict[str, int]
    doubtful: frozenset[str]
    pattern: re.Pattern[str]


def spell_out(text: str, scales: str, followers: str) -> str:
    """The text with its number words as digits. `followers` is a pattern of what a number is of
    (units, things counted, `scales` too): before those even a doubtful word is a number, and
    before a scale even an article is (`half a crore`, `a lakh`).
    """
    words, pattern = _load(), _follower(scales, followers)

    def replace(match: re.Match[str]) -> str:
        run = re.split(r"[\s-]+", match[0].strip(" -"))
        tail = match[0][len(match[0].rstrip(" -")) :]
        follower = pattern.match(text, match.end())
        if all(word in _ARTICLE for word in run):
            number = "1" if follower and follower["scale"] else None
        else:
            number = _read(run, words, follower is not None)
        return match[0] if number is None else f"{number}{tail or ' '}"

    return words.pattern.sub(replace, text)


@lru_cache(maxsize=4)
def _follower(scales: str, followers: str) -> re.Pattern[str]:
    return re.compile(rf"[\s-]*(?:(?P<scale>{scales})|{followers})(?!\w)")


def _read(run: list[str], words: _Words, has_follower: bool) -> str | None:
    """The number that a run of number words stands for; None where they are ordinary words."""
    plain = [word for word in run if word not in _ARTICLE and word != "and"]
    sure = [word for word in plain if word not in words.doubtful]
    if not has_follower and not sure and len(plain) < 2:
        return None
    if not has_follower and any(word in _HALF or word in _BEFORE for word in plain):
        return None
    # `nine eight seven six`: digits told one by one, as a phone number is.
    digits = [words.values.get(word, 10) for word in plain]
    if len(plain) > 1 and all(digit < 10 for digit in digits):
        return "".join(map(str, digits))
    total, last, offset = Decimal(0), Decimal(0), Decimal(0)
    for word in plain:
        if word in words.values:
            last = last + words.values[word]
        elif word in _HUNDRED:
            last = (last or Decimal(1)) * 100
        elif word in _BEFORE and word != plain[-1]:
            offset += Decimal(_BEFORE[word])
        else:
            last = last + Decimal(_HALF[word]) if word in _HALF else last
    total += last + offset
    return format(total.normalize(), "f") if total else "0"


@lru_cache(maxsize=1)
def _load() -> _Words:
    values: dict[str, int] = {}
    doubtful: set[str] = set()
    text = (files("frontdesk.chat") / "number_words.txt").read_text("utf-8")
    for line in unicodedata.normalize("NFKC", text).splitlines():
        if not line or line.startswith("#"):
            continue
        number, *spellings = line.split()
        for spelling in spellings:
            word = spelling.removeprefix("~")
            values[word] = int(number)
            if spelling.startswith("~"):
                doubtful.add(word)
    fold = unicodedata.normalize
    halves = {fold("NFKC", w) for w in (*_HALF, *_BEFORE, *_HUNDRED)}
    for table in (_HALF, _BEFORE):
        for word in list(table):
            table[fold("NFKC", word)] = table[word]
    start = _any_of({*values, *halves, *_ARTICLE})
    every = _any_of({*values, *halves, *_ARTICLE, "and"})
    # Devanagari's vowel signs are no word characters to `\b`, so borders are told by hand.
    border = r"(?![\w\u0900-\u0963\u200d])"
    pattern = re.compile(
        rf"(?<![\w\u0900-\u0963.])(?:{start}){border}(?:[\s-]+(?:{every}){border})*"
    )
    return _Words(values, frozenset(doubtful), pattern)


def _any_of(words: set[str]) -> str:
    """A pattern of these words, the longer before the shorter. By first letters, or each place of a
    text would be held against hundreds of words.
    """
    by_letter: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_letter.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items())
