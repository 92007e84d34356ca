"""One form for all ways of writing: English, Hindi and Hinglish become the same English words."""

import re
import tomllib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

MAX_PHRASE_WORDS = 3
MAX_CORRECTIONS = 20_000


class Language(StrEnum):
    """The languages that replies are written in; the values are BCP 47 tags."""

    ENGLISH = "en"
    HINDI = "hi"
    HINGLISH = "hi-Latn"


NUMBER_WORDS = {
    "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6",
    "single": "1", "double": "2", "triple": "3",
    "ek": "1", "do": "2", "teen": "3", "tin": "3", "char": "4", "chaar": "4",
    "paanch": "5", "panch": "5",
    "एक": "1", "दो": "2", "तीन": "3", "चार": "4", "पांच": "5", "पाँच": "5",
}  # fmt: skip
_BEDROOMS = re.compile(
    r"\b(\d(?:\.5)?|" + "|".join(NUMBER_WORDS) + r")[\s-]*"
    r"(?:bhk|bhks|bedrooms?|beds?|bed\s?rooms?|br|बीएचके|बेडरूम|बेड|कमरे|कमरों|kamre|kamro)(?!\w)"
)
# `1,200 sq ft` and `1200 sq ft` are one size.
_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3}\b)")
_DEVANAGARI = re.compile(r"[\u0900-\u097F]")
_WORDS = re.compile(r"[\u0900-\u097Fa-z0-9.]+")


def normalise(text: str) -> str:
    """Lower case, compatibility forms folded, other scripts' digits as 0-9, `2bhk` as `2 bhk`."""
    text = unicodedata.normalize("NFKC", text).lower()
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    text = _THOUSANDS.sub("", text)
    return _BEDROOMS.sub(lambda m: f"{NUMBER_WORDS.get(m[1], m[1])} bhk", text)


def words_of(text: str) -> list[str]:
    """The words of normalised text; vowel signs belong to their word, nukta and joiners do not."""
    if not text.isascii():
        text = unicodedata.normalize("NFD", text)
        text = "".join(c for c in text if c not in "\u093c\u200c\u200d")
        text = unicodedata.normalize("NFC", text).replace("\u0901", "\u0902")
    return [word.strip(".") for word in _WORDS.findall(text) if word.strip(".")]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """`phrases` maps words as written, joined by spaces, to the examples' English; those of them
    in `hindi` tell the language as well. `english` are words that are right as they are, whatever
    they sound like: `banana` is a fruit and not `banana`, to make."""

    phrases: dict[str, str]
    hindi: frozenset[str]
    strong: frozenset[str]
    weak: frozenset[str]
    devanagari: frozenset[str]
    stop: frozenset[str]
    ambiguous: frozenset[str]
    by_sound: dict[str, tuple[str, ...]]
    beginnings: frozenset[str]
    english: frozenset[str] = frozenset()
    _corrected: dict[str, list[str]] = field(default_factory=dict, compare=False)

    def detect(self, text: str) -> Language | None:
        """The language a text is written in; None where it could be any (`2 BHK?`, `RERA`)."""
        if _DEVANAGARI.search(text):
            return Language.HINDI
        words = words_of(normalise(text))
        telling = sum(
            word in self.strong or (word in self.hindi and self.phrases[word] != word)
            for word in words
        )
        if telling:
            return Language.HINGLISH
        return Language.ENGLISH if len(words) > 2 else None

    def gloss(self, text: str) -> list[str]:
        """The text's words in English, Hindi's function words left out."""
        words = words_of(normalise(text))
        hinglish = any(word in self.strong for word in words)
        glossed: list[str] = []
        position = 0
        while position < len(words):
            taken = 1
            for length in range(min(MAX_PHRASE_WORDS, len(words) - position), 0, -1):
                if length > 1 and words[position] not in self.beginnings:
                    continue
                phrase = " ".join(words[position : position + length])
                if phrase in self.phrases and (hinglish or phrase not in self.ambiguous):
                    glossed.extend(self.phrases[phrase].split())
                    taken = length
                    break
            else:
                word = words[position]
                if not (
                    word in self.strong
                    or word in self.devanagari
                    or (hinglish and word in self.weak)
                ):
                    glossed.extend(self._correct(word))
            position += taken
        return glossed

    def content(self, glossed: list[str]) -> list[str]:
        """The words that carry meaning, in the singular, so that `flats` finds `flat`."""
        return [singular(word) for word in glossed if word not in self.stop]

    def _correct(self, word: str) -> list[str]:
        """A word that nobody knows, as the known one that sounds like it and is nearest."""
        if word not in self._corrected:
            if len(self._corrected) >= MAX_CORRECTIONS:
                self._corrected.clear()
            self._corrected[word] = self._find_near(word)
        return self._corrected[word]

    def _find_near(self, word: str) -> list[str]:
        if len(word) < 4 or not word.isascii() or not word.isalpha() or word in self.stop:
            return [word]
        if word in self.english:
            return [word]
        candidates = self.by_sound.get(sound(word), ())
        if word in candidates:
            return self.phrases.get(word, word).split()
        allowed = 1 if len(word) < 6 else 2
        near = [(distance(word, other), other) for other in candidates]
        best = min(near, default=(99, word))
        if best[0] > allowed:
            return [word]
        return self.phrases.get(best[1], best[1]).split()


def singular(word: str) -> str:
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if len(word) > 3 and word.endswith("s") and word[-2] not in "su" else word


@lru_cache(maxsize=8192)
def sound(word: str) -> str:
    """A key that spellings of one word share: consonants, with Hinglish's variants folded."""
    for written, folded in (
        ("ph", "f"), ("sh", "s"), ("kh", "k"), ("gh", "g"), ("th", "t"), ("dh", "d"), ("bh", "b"),
        ("ch", "c"), ("jh", "j"), ("z", "j"), ("w", "v"), ("q", "k"), ("ck", "k"), ("x", "ks"),
    ):  # fmt: skip
        word = word.replace(written, folded)
    word = word[0] + re.sub(r"[aeiouyh]", "", word[1:])
    return re.sub(r"(.)\1+", r"\1", word)


def distance(one: str, other: str) -> int:
    """Levenshtein's."""
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        previous, row[0] = row[0], i
        for j, b in enumerate(other, 1):
            previous, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, previous + (a != b))
    return row[-1]


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    folder = files("frontdesk.chat.retrieval")
    data = tomllib.loads((folder / "lexicon.toml").read_text("utf-8"))
    hindi, synonyms = _read_phrases(data["words"]), _read_phrases(data["synonyms"])
    phrases = synonyms | hindi
    intents = tomllib.loads((folder / "intents.toml").read_text("utf-8"))
    english = {
        word
        for intent in intents.values()
        for text in (*intent["words"], *intent["examples"], *intent.get("things", ()))
        for word in words_of(normalise(text))
    }
    strong = frozenset(data["function"]["strong"].split())
    return Lexicon(
        phrases=phrases,
        hindi=frozenset(hindi),
        strong=strong,
        weak=frozenset(data["function"]["weak"].split()),
        devanagari=frozenset(word for word in words_of(normalise(data["function"]["devanagari"]))),
        stop=frozenset(data["function"]["stop"].split()),
        ambiguous=frozenset(data["function"]["ambiguous"].split()),
        by_sound=_by_sound({*phrases, *english} - strong),
        beginnings=frozenset(phrase.split()[0] for phrase in phrases if " " in phrase),
    )


def _read_phrases(table: dict[str, str]) -> dict[str, str]:
    return {
        " ".join(words_of(normalise(phrase.replace("_", " ")))): english
        for english, written in table.items()
        for phrase in written.split()
    }


def _by_sound(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for word in sorted(words):
        if len(word) >= 4 and word.isascii() and word.isalpha():
            table.setdefault(sound(word), []).append(word)
    return {key: tuple(found) for key, found in table.items()}
