"""What a model may not say whatever the facts are: promises, itself as a person, insults, its own
workings, and text that is made to look like something else.
"""

import codecs
import re
import tomllib
import unicodedata
from collections.abc import Set as AbstractSet
from functools import lru_cache
from importlib.resources import files

from frontdesk.chat.prompt import SYSTEM

_WORD = re.compile(r"[\w'’]+")
# So many words in a row from our instruction are no accident.
LEAKED_WORDS = 7
LEAKED_WORDS_IN_DISGUISE = 3
LONGEST_WORD = 28
_SPACED = re.compile(r"(?:(?<!\w)[^\W\d_][ .\-_*]){5,}", re.UNICODE)
_STUTTER = re.compile(r"(?<!\w)(\w+(?:\s+\w+){1,5})\s+\1(?!\w)", re.IGNORECASE)
_YES = re.compile(
    r"\s*(?:yes|yep|sure|the answer(?: to your question)? is yes|haan|han ji|ji haan|हाँ|हां|जी हाँ)"
    r"(?![\w\u0900-\u0963])",
    re.IGNORECASE,
)
_NO = re.compile(
    r"(?:^\s*(?:no|sorry|nahi|nahin|नहीं|जी नहीं)|answer(?: to your question)? is no"
    r"|cannot|can't|can not|not (?:allowed|possible|permitted|welcome|able)"
    r"|nahi (?:sakt|kar sakt)\w+|नहीं सकते)"
    r"(?![\w\u0900-\u0963])",
    re.IGNORECASE,
)
HOME_SCRIPTS = frozenset({"LATIN", "DEVANAGARI"})


def find_misconduct(folded: str, known: str) -> str | None:
    """The section of conduct.toml that the sentence falls under, if any. `known` is all that the
    project says, in lower case; its own words may be said.
    """
    for section, pattern in _patterns().items():
        for match in pattern.finditer(folded):
            if match[0] not in known:
                return section
    return None


def is_leak(sentence: str) -> bool:
    """Words of our instruction, as they stand, backwards or by ROT13; letters one by one."""
    if _shares_words(sentence, LEAKED_WORDS):
        return True
    disguises = (sentence[::-1], codecs.encode(sentence, "rot13"))
    return any(_shares_words(text, LEAKED_WORDS_IN_DISGUISE) for text in disguises)


def is_garbled(sentence: str, known: str) -> bool:
    """No sentence: letters one by one, one endless word (a code of some kind), the same words twice
    in a row as when a piece of the stream came twice."""
    if _SPACED.search(sentence) or _STUTTER.search(sentence):
        return True
    return any(
        len(w) > LONGEST_WORD and w.lower() not in known for w in re.split(r"[\s/-]", sentence)
    )


def contradicts(known: str, sentence: str) -> bool:
    """Yes where the project's own answer is no, or no where it is yes."""
    if _YES.match(known):
        return _NO.search(sentence) is not None
    return _NO.match(known) is not None and _YES.match(sentence) is not None


def echoes(sentence: str, visitor_text: str) -> bool:
    """The visitor's own message and nothing else."""
    words = _WORD.findall(sentence.lower())
    return any(words == _WORD.findall(line.lower()) for line in visitor_text.split("\n"))


def foreign_scripts(text: str) -> frozenset[str]:
    """The scripts of its letters, beside Latin and Devanagari."""
    if text.isascii():
        return frozenset()
    return frozenset(_script(c) for c in text if c.isalpha() and ord(c) > 127) - HOME_SCRIPTS


def mixes_scripts(text: str) -> bool:
    """A word of Latin letters and of others that look like them."""
    if text.isascii():
        return False
    for word in _WORD.findall(text):
        scripts = {_script(c) for c in word if c.isalpha()}
        if "LATIN" in scripts and scripts - HOME_SCRIPTS:
            return True
    return False


@lru_cache(maxsize=4096)
def _script(character: str) -> str:
    return unicodedata.name(character, "UNKNOWN").split()[0]


def _shares_words(text: str, count: int) -> bool:
    words = _WORD.findall(text.lower())
    runs = _runs(count)
    return any(tuple(words[i : i + count]) in runs for i in range(len(words) - count + 1))


@lru_cache(maxsize=4)
def _runs(count: int) -> AbstractSet[tuple[str, ...]]:
    words = _WORD.findall(SYSTEM.lower())
    return frozenset(tuple(words[i : i + count]) for i in range(len(words) - count + 1))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    text = (files("frontdesk.chat") / "conduct.toml").read_text("utf-8")
    patterns = {}
    for section, phrases in tomllib.loads(text).items():
        folded = (unicodedata.normalize("NFKC", phrase) for phrase in phrases)
        longest_first = sorted(folded, key=len, reverse=True)
        every = "|".join(re.escape(phrase).replace(r"\ ", r"\s+") for phrase in longest_first)
        # Devanagari's vowel signs count as letters here, which they do not for `\b`.
        patterns[section] = re.compile(rf"(?<![\w\u0900-\u0963])(?:{every})(?![\w\u0900-\u0963])")
    return patterns
