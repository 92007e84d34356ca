"""What kind of answer a question asks for (money, a date, a number), and what a text holds."""

import re
from collections.abc import Set as AbstractSet
from itertools import pairwise

from frontdesk.chat.retrieval.language import singular
from frontdesk.chat.retrieval.reading import Question

_MONEY = (
    r"[₹£$€%]|\b(?:rs|inr|aed|dhs?|usd|gbp|eur|per ?cent|lakhs?|lacs?|crores?|million|thousand)\b"
    r"|लाख|करोड़|हज़ार|रुपये|\d[\d,]{4,}(?![\d,]*\s*(?:sq|sft|km|m\b))"
)
_NOTHING = (
    r"\b(?:free|no|nil|none|zero|without|waived|included?|inclusive|peppercorn|extra|yes|not|band)\b"
    r"|मुफ़्त|नहीं|शामिल"
)
_NUMBER = r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|each|every|all|both|half)\b"
_MONTH = (
    r"jan\w*|feb\w*|mar(?:ch)?|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*"
    r"|spring|summer|autumn|winter"
)
_HANDED_OVER = (
    r"\b20\d\d\b|\bq[1-4]\b|तैयार|\d+ (?:महीने|साल)|\b(?:ready|immediate\w*|handed over"
    r"|delivered|completed|at once|spot|\d+ (?:months?|weeks?|years?|days?))\b"
)
_TIMED = (
    rf"{_HANDED_OVER}|\b(?:{_MONTH}|days?|weeks?|months?|years?|mahine|saal|now|already|complete"
    r"|open|today|soon|once|after|before|until|any ?time|\d* ?[ap]m|daily"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)days?)\b|\d{1,2}[:/.-]\d{2}|महीने|साल|दिन"
)
_AREA = (
    r"\d[\d.,]* ?(?:to [\d.,]+ )?(?:sq|sft|acres?|cents?|guntas?|gaj|yards?|m2|m²|hectares?|feet"
    r"|ft|metres?|meters?|m\b)|\d ?[x×] ?\d|वर्ग|एकड़"
    r"|\d{2,}(?![\d,.]* ?(?:lakh|lac|crore|cr\b|million|%))[^₹£$€]{0,20}$"
)
_DISTANCE = r"\d[\d.]* ?(?:km|kms|m|min|mins|minutes?|miles?|metres?|meters?)\b"
_RECORD = (
    r"\b(?:since|completed|delivered|handed over|built|finished|projects?|layouts?|years)\b"
    r"|\b(?:19|20)\d\d\b"
)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


_OF_TOPIC = {
    "price": _compile(f"{_MONEY}|{_NOTHING}"),
    "booking": _compile(f"{_MONEY}|{_NOTHING}"),
    "rent": _compile(rf"{_MONEY}|\bincluded?\b|शामिल"),
    "possession": _compile(_HANDED_OVER),
    "office_hours": _compile(rf"{_TIMED}|\bclosed?\b|बजे|\bbaje\b"),
    "rera": _compile(r"\d{3}|rera"),
    "size": _compile(_AREA),
    "track_record": _compile(_RECORD),
    "nri": _compile(r"\bnri|\boci\b|foreign|nationalit|overseas|abroad|resident|visa|passport"),
}
_PER_AREA = _compile(
    r"\bper (?:sq|square|sft|gaj|yard|cent|acre)|/ ?sq|\bpsf\b|प्रति वर्ग"
    r"|\bsq\.? ?(?:ft|yd|m)\.? rate"
)
_WHEN = _compile(_TIMED)
_QUANTITY = _compile(f"{_NUMBER}|{_MONEY}|{_NOTHING}")
_STOREYS = re.compile(r"\b[gsb]\+\d")
OF_A_QUANTITY = frozenset({"many", "much", "big", "large", "tall"})
# What is counted, in the words for it: an answer about towers does not say how many flats.
COUNTED = (
    frozenset({"flat", "home", "apartment", "unit", "villa", "plot", "house", "residence"})
    | {"shop", "site"},
    frozenset({"tower", "block", "building"}),
    frozenset({"lift", "elevator"}),
    frozenset({"floor", "storey", "stories", "level"}),
    frozenset({"bathroom", "toilet", "bath", "washroom"}),
)
# What a figure says without the word: an amount is a cost, a date is when something is ready.
_FIGURES_SAY = (
    (
        _compile(_MONEY),
        frozenset({"cost", "price", "rate", "charge", "amount", "fee", "money", "free"}),
    ),
    (
        _compile(_DISTANCE),
        frozenset({"distance", "far", "near", "walk", "walking", "drive", "away", "time", "close"}),
    ),
    (_compile(_AREA), frozenset({"size", "area", "land", "big", "large", "square", "dimension"})),
    (
        _compile(_HANDED_OVER),
        frozenset({"date", "time", "ready", "complete", "completion", "finish", "finished"}),
    ),
)


def is_of_kind(question: Question, text: str) -> bool:
    """Whether a text can answer it at all: a price is money, `when` a date, `how many` a number."""
    words = question.query.words
    topic = question.topic.name if question.topic is not None else ""
    checked = topic in _OF_TOPIC and (topic != "rent" or "how" in words or "what" in words)
    if checked and not _OF_TOPIC[topic].search(text):
        return False
    if topic == "price" and _PER_AREA.search(question.text) and not _PER_AREA.search(text):
        return False
    if topic == "nri" and ("visa" in words) != ("visa" in text.lower()):
        return False
    if "when" in words and not _WHEN.search(text):
        return False
    if "how" in words and not OF_A_QUANTITY.isdisjoint(words) and not _QUANTITY.search(text):
        return False
    counted = _counted(question)
    text = _STOREYS.sub(" floors ", text.lower())
    return not counted or any(noun in text for noun in counted)


def _counted(question: Question) -> AbstractSet[str]:
    """What `how many` is asked of, as a text may call it."""
    pairs = pairwise(question.query.words)
    nouns = [singular(after) for word, after in pairs if word in {"many", "much"}]
    groups = [group for noun in nouns for group in COUNTED if noun in group]
    return frozenset().union(*groups)


def words_of_figures(text: str) -> frozenset[str]:
    """The words that a text's figures make it speak of."""
    return frozenset().union(*(words for figure, words in _FIGURES_SAY if figure.search(text)))
