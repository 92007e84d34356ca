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
_ROOM_KITCHEN = re.compile(r"\b(\d)rk\b")
# `60*40` and `40 x 60` are one plot, `Phase One` and `phase 1` one phase.
_SIDES = re.compile(r"\b(\d{2,3}) ?[x*×] ?(\d{2,3})\b")
_PHASE_NUMBERS = {
    "one": "1",
    "two": "2",
    "three": "3",
    "four": "4",
    "i": "1",
    "ii": "2",
    "iii": "3",
}
_PHASES = re.compile(rf"\b(phase)[ -]?({'|'.join(_PHASE_NUMBERS)})\b")
_DEVANAGARI = re.compile(r"[\u0900-\u097F]")
_WORDS = re.compile(r"[\u0900-\u097Fa-z0-9.]+")


_CONSONANTS = (
    "क:k ख:kh ग:g घ:gh ङ:n च:ch छ:ch ज:j झ:jh ञ:n ट:t ठ:th ड:d ढ:dh ण:n त:t थ:th द:d ध:dh न:n "
    "प:p फ:f ब:b भ:bh म:m य:y र:r ल:l व:v श:sh ष:sh स:s ह:h"
)
_VOWELS = (
    "अ:a आ:a इ:i ई:i उ:u ऊ:u ए:e ऐ:ai ओ:o औ:au ऑ:o "
    "ा:a ि:i ी:i ु:u ू:u े:e ै:ai ो:o ौ:au ॉ:o ं:n ँ:n ृ:ri ्:"
)
_LATIN = dict(pair.split(":") for pair in f"{_CONSONANTS} {_VOWELS}".split())
_LETTER_NAMES = {
    "ए": "a", "बी": "b", "सी": "c", "डी": "d", "ई": "e", "एफ": "f", "जी": "g", "एच": "h",
    "आई": "i", "जे": "j", "के": "k", "एल": "l", "एम": "m", "एन": "n", "ओ": "o", "पी": "p",
    "क्यू": "q", "आर": "r", "एस": "s", "टी": "t", "यू": "u", "वी": "v", "एक्स": "x", "वाई": "y",
}  # fmt: skip
_LETTER = re.compile("|".join(sorted(_LETTER_NAMES, key=len, reverse=True)))
_LETTERS = re.compile(f"(?:{_LETTER.pattern})+")
MIN_SOUND = 3


def normalise(text: str) -> str:
    """Lower case, compatibility forms folded, other scripts' digits as 0-9, `2bhk` as `2 bhk`."""
    text = unicodedata.normalize("NFKC", text).lower()
    if not text.isascii():
        text = "".join(str(unicodedata.decimal(c, c)) for c in text)
    text = _THOUSANDS.sub("", text)
    text = _ROOM_KITCHEN.sub(r"\1 rk", text)
    text = _SIDES.sub(lambda m: "x".join(sorted(m.groups(), key=int)), text)
    text = _PHASES.sub(lambda m: f"{m[1]} {_PHASE_NUMBERS[m[2]]}", text)
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
    filler: frozenset[str] = frozenset()
    qualifier: frozenset[str] = frozenset()
    function_sounds: frozenset[str] = frozenset()
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
                if not word.isascii() and word not in self.devanagari:
                    word = self._latin(word)
                if word and not (
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

    def _latin(self, word: str) -> str:
        """A Devanagari word that is not listed, as the listed one that it is in Latin letters; only
        in Latin letters where there is none. Empty for one that carries no meaning."""
        latin = romanise(word)
        key = sound(latin)
        if latin in self.strong or latin in self.weak or key in self.function_sounds:
            return ""
        if latin in self.phrases or latin in self.english or len(key) < MIN_SOUND:
            return latin
        found = self.by_sound.get(key, ())
        return min(found, key=lambda other: (distance(latin, other), other), default=latin)

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


def romanise(word: str) -> str:
    """A Devanagari word in Latin letters as Hinglish has it, near enough to be found by its sound;
    one that spells letters (`एसबीआई`) as those letters."""
    if (letters := _LETTERS.fullmatch(word)) and len(_LETTER.findall(letters[0])) > 1:
        return "".join(_LETTER_NAMES[name] for name in _LETTER.findall(letters[0]))
    return "".join(_LATIN.get(character, character) for character in word)


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
        filler=frozenset(data["function"]["filler"].split()),
        qualifier=frozenset(data["function"]["qualifier"].split()),
        function_sounds=frozenset(key for key in map(sound, strong) if len(key) >= MIN_SOUND),
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
