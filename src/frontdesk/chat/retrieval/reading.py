"""Reading a message: its questions, what each is about, and of which part of the project."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from frontdesk.chat.retrieval.language import normalise, singular, words_of
from frontdesk.chat.retrieval.matching import Match, Matcher, Query, Topic
from frontdesk.chat.retrieval.parts import BEDROOMS, KINDS, LOT, SIDES, Subjects, lots_of
from frontdesk.chat.retrieval.phrases import is_suggestion
from frontdesk.chat.retrieval.picking import money_in

# Calibrated with script/eval: below SURE a question is not taken for a topic.
SURE = 0.47
# Two topics as near as this are asked back about, where only a word or two was said.
AS_LIKELY, MAX_DOUBTFUL_WORDS = 0.10, 2
# The kind of home alone, beside other words, makes a question about homes from here on.
KIND_SURE = 0.60
MAX_QUESTIONS = 4
MAX_OTHERS = 4
# A part of the project may be called like what is near it or in it.
NAMED_SURE, OF_PLACES = 0.9, frozenset({"amenities", "connectivity"})
PERIODS = frozenset({"time", "day", "week", "month", "year", "longer", "progress", "complete"})
HANDING = frozenset({"possession", "handover", "key", "registration", "construction"})
COURTESIES = frozenset({"greeting", "thanks"})
BEFORE_OBJECTS = frozenset({"of", "a", "an", "the", "in", "on"})
# `Petrol price`, `casino timings`: the word before says whose.
OF_AN_OBJECT = frozenset({"price", "office_hours", "investment"})
ASKING = frozenset({"how", "who", "which", "what", "when", "where", "why", "whose"})
# What a message may cost: nobody asks more than this in one, and 2,000 commas would take 0.1 s.
MAX_PARTS = 6
MAX_CHARS = 600
CONTEXT_MESSAGES = 4
# `Price?` after `studio size?` is the studio's; `price list?` is not.
MAX_BARE_WORDS = 2
# Ask for a number, an amount or a time, which the next topic has not.
OF_A_KIND = frozenset({"many", "much", "time", "when"})
OF_ALL = frozenset({"all", "every", "list", "range", "starting", "total", "other", "others"})

_BREAKS = re.compile(
    r"[?？!।;\n]+|\.\s+|,(?!\d)|\s(?:and|aur|or|also|plus|n|और|तथा|&)\s", re.IGNORECASE
)
_CONTINUES = re.compile(
    r"^\s*(?:(?:ok|okay|accha|achha|acha|hmm)\s+)?(?:and|what about|how about|aur|और|then|for)\b",
    re.IGNORECASE,
)
# `3 and 4 bhk`: both numbers count bedrooms.
_BOTH = re.compile(
    r"(?<![\w.])(\d(?:\.5)?)(\s*(?:,|/|&|and|or|vs|aur|ya|से|या|और)\s*)(?=\d(?:\.5)? bhk)"
)
_WHERE = re.compile(
    r"^\W*(?:and |so |but )?where(?: exactly)?"
    r"(?: in (?:the )?\w+)?(?:'?s| is| are)?(?: exactly| precisely)?"
    r"(?: (?:it|this|that|the|your|you))*(?: (?P<of>.*?))?"
    r"(?: exactly| precisely| located| situated)?\W*$"
)
_WHOLE = frozenset(
    {"building", "community", "complex", "development", "flat", "home", "house", "layout", "plot"}
    | {"project", "property", "scheme", "site", "society", "tower", "venture", "villa", "apartment"}
)
_WHICH_PART = re.compile(
    r"^\W*(?:in |and )?(?:which|what) (?:part|area|side|locality|sector)"
    r"(?: of| in)?(?: the)?(?: \w+)?"
    r"(?: (?:is|are) (?:it|this|that|you)(?: in)?)?\W*$"
)
_BOOKS_A_VISIT = re.compile(
    r"\b(?:book|arrange|schedule|fix|plan|set up)\b(?:\W+\w+){0,3}\W+"
    r"(?:visits?|viewings?|tours?|appointments?)\b"
)
_HOW_LONG_TO = re.compile(
    r"\bhow (?:far\b|(?:long|many (?:minutes|mins|km)) (?:is it )?(?:to|from)\b)"
)
_ONLY_NUMBER = re.compile(
    r"^\W*(?:(?:ok|okay|accha|achha|acha|hmm)\W+)?(?:(?:and|or|then|what about|aur|to|और)\s+)?"
    r"(?:(?:for|of)\s+)?(\d)\W*$",
    re.IGNORECASE,
)
# What is said not to be wanted: `not interested in 2 bhk`, `2 bhk nahi chahiye`.
_PART = r"(?:\d(?:\.5)? bhk|studio|penthouse|duplex|villa|plot|shop|bungalow)s?"
_REFUSED = re.compile(
    r"\b(?:not (?:interested in|looking for|looking at|wanting|for)|not|"
    r"do ?n[o']?t (?:want|need|like)|no need (?:of|for)|except|instead of|rather than|other than)"
    rf" (?:a |an |the |any )?{_PART}"
    rf"|{_PART} (?:nahi|nahin|nhi|mat|नहीं) (?:chahiye|chaiye|chahie|lena|dekhna|batao|चाहिए|लेना)"
)
_HOW_MANY = re.compile(r"\bhow many (?:\w+ )?(?:home|flat|apartment|house|villa|plot|unit)s?\b")
_GREETING = re.compile(
    r"^\W*(?:h+i+|h+e+l+o+|hey+|(?:good|gud) ?(?:morning|mrng|afternoon|evening|evng)"
    r"|namaste|namaskar|salaa?m|नमस्ते|नमस्कार)(?:\W+(?:sir|madam|ma'?am|ji|dear|there|team|bro|जी))*[\s,.!]+(?=\S+\s+\S)",
    re.IGNORECASE,
)
_HOW_MUCH = re.compile(r"\bhow much\b|\b(?:kitne|kitna) (?:ka|ki|ke|me|mein)\b", re.IGNORECASE)
_PER_AREA = re.compile(
    r"\b(?:how much|rate|price|cost|kitna|kitne|kya|hw mch)\b.*"
    r"\b(?:per|a|prati|har) (?:sq|square|sft|gaj|yard|cent|acre)"
)
_AREA = re.compile(r"\b\d{3,5}\s*(?:sq\.?\s*(?:ft|feet|foot|yds?|m)|sqft|sft|square feet)\b")


def asks_where(text: str, name: str = "") -> bool:
    """Whether a question is where the project is, and not where something of it is."""
    if _WHICH_PART.match(normalise(text)):
        return True
    match = _WHERE.match(normalise(text))
    rest = (match["of"] or "").split() if match else ["?"]
    named = {*_WHOLE, *normalise(name).split()}
    return all(singular(word) in named or word in named for word in rest)


class Question(NamedTuple):
    """`topic` is None where nothing of the trade fits; `subjects` are the project's own words.

    `absent` is a configuration that was asked for and that the project does not have; `bare` says
    that nothing but a part was named; `unknown` has what is no word of the trade or the project.
    `likely` are two topics that it may be about as well; `second` is the next about as near,
    `others` those that are likely at all.
    """

    text: str
    query: Query
    topic: Topic | None
    score: float
    subjects: tuple[str, ...] = ()
    absent: str = ""
    bare: bool = False
    unknown: tuple[str, ...] = ()
    likely: tuple[str, ...] = ()
    second: Topic | None = None
    others: tuple[Topic, ...] = ()


def read_message(
    matcher: Matcher, subjects: Subjects, text: str, history: Sequence[str]
) -> list[Question]:
    """The questions of a message, at least one. `history` has what the visitor said before."""
    text = text[:MAX_CHARS]
    text = _GREETING.sub("", text)
    wanted = _REFUSED.sub(" ", normalise(text))
    if wanted != normalise(text) and any(char.isalnum() for char in wanted):
        text = wanted.strip(" ,.;")
    if subjects.bedrooms and history and (number := _ONLY_NUMBER.match(text)):
        text = f"and {number[1]} bhk"
    text = _BOTH.sub(r"\1 bhk\2", normalise(text)) if _BOTH.search(normalise(text)) else text
    parts = [part.strip() for part in _BREAKS.split(text) if part and part.strip()]
    parts = list(dict.fromkeys(parts))[:MAX_PARTS] or [text]
    # What is one question anyway is read once, as a whole.
    questions = [_read_one(matcher, subjects, part) for part in parts] if len(parts) > 1 else []
    sure = [q for q in questions if q.topic is not None or q.subjects or q.absent]
    # A greeting before a question is answered by answering the question.
    sure = [q for q in sure if q.topic is None or q.topic.name not in COURTESIES] or sure
    topics = {question.topic.name for question in sure if question.topic}
    named = {question.subjects for question in sure if question.subjects}
    if len(topics) + len(named) < 2:
        questions = [_read_one(matcher, subjects, text)]
    else:
        questions = sure[:MAX_QUESTIONS]
    return _in_context(matcher, subjects, questions, text, history)


def _read_one(matcher: Matcher, subjects: Subjects, text: str) -> Question:
    query = matcher.read(text)
    named, absent = subjects.find(query, text)
    # `price of 3 BHK` is about the price: what names the part does not name the topic.
    plain = normalise(text)
    without = BEDROOMS.sub(" ", plain)
    counted = bool(subjects.vocabulary) and without != plain
    without = SIDES.sub(" ", _AREA.sub(" ", without)) if named else without
    without = LOT.sub(" ", without) if any(map(lots_of, named)) else without
    rest = subjects.strip(query if without == plain else matcher.read(without), named)
    counted = counted and bool(rest.content)
    if (named or absent) and set(rest.content) <= ASKING | KINDS:
        if "much" in query.words:  # `how much is a studio`
            return Question(text, query, matcher.topic("price"), 1.0, named, absent)
        near = matcher.match(query)[0]
        if near.score >= NAMED_SURE and near.topic.name in OF_PLACES:  # `what about schools`
            return Question(text, query, near.topic, near.score, named, absent)
        if set(rest.content) <= ASKING:
            return Question(text, query, None, 0.0, named, absent, bare=True)
    if topic := matcher.firm_topic(text, subjects.vocabulary):
        return Question(text, query, topic, 1.0, named, absent)
    if _BOOKS_A_VISIT.search(plain) and matcher.topic("pickup").words.isdisjoint(query.content):
        return Question(text, query, matcher.topic("visit"), 1.0, named, absent)
    if asks_where(text):
        return Question(text, query, matcher.topic("location"), 1.0, named, absent)
    matches = matcher.match(rest if named or absent or counted else query)
    best = matches[0]
    topic = best.topic if best.score >= SURE else None
    if topic is not None and topic.kind == "talk" and _says_more(matcher, topic, query):
        topic = None  # `do the flats get morning sun` is no good morning
    if topic is not None and topic.name in {"configuration", "size"}:
        matches = _without_kinds(matcher, matches, rest)
        best = matches[0]
        topic = best.topic if best.score >= SURE else None
    if topic is not None and topic.name in {"configuration", "units", "size"}:
        topic = _counted(matcher, topic, rest, text)
    if topic is not None and topic.name in {"possession", "status"} and _is_share(query):
        topic = matcher.topic("payment_plan")
    if topic is not None and topic.name == "office_hours" and _wants_visit(matcher, query):
        topic = matcher.topic("visit")  # `can I visit on Friday at 4`
    unknown = matcher.unknown_words(rest, subjects.vocabulary)
    telling = sum(word not in ASKING for word in rest.content)
    strange = (
        len(unknown) >= telling > 0
        or 1 < len(unknown) >= telling / 2
        or any(_is_object(word, query.words, best.topic) for word in unknown)
    )
    if topic is not None and topic.kind == "act":  # `book me a hotel`
        strange = topic.words.isdisjoint(query.content) and any(
            _is_object(word, query.words, topic) for word in unknown
        )
    if topic is not None and topic.kind in {"ask", "act"} and strange:
        topic = None  # `how tall is Mount Everest` is no question about floors
    elif topic is None and not unknown and money_in(text):
        topic = matcher.topic("price")  # `anything below 50 lakh`
    elif topic is None and not unknown and _HOW_LONG_TO.search(text.lower()):
        topic = matcher.topic("connectivity")
    elif topic is not None and topic.name in {"amenities", "location"}:
        topic = _thing_of(matcher, matches, query)
    clear = unknown or named or absent or topic is None or topic is not best.topic
    clear = clear or bool(matcher.things_in(query, best.topic))
    likely = () if clear else _likely(matches, rest)
    counts = not OF_A_KIND.isdisjoint(query.words)
    second = _second(matches) if topic is best.topic and not counts else None
    if second is not None:  # `a warranty on the pool` is no question about the pool
        other = matcher.things_in(query, second)
        second = second if all(t in other for t in matcher.things_in(query, best.topic)) else None
    return Question(
        text, query, topic, best.score, named, absent,
        unknown=tuple(unknown), likely=likely, second=second,
        others=_others(matches, query) if topic is best.topic and not strange else (),
    )  # fmt: skip


def _wants_visit(matcher: Matcher, query: Query) -> bool:
    asks = {"when", "what", "timing", "open", "close"}
    visit = matcher.topic("visit").words
    return not visit.isdisjoint(query.content) and asks.isdisjoint({*query.words, *query.content})


def _says_more(matcher: Matcher, topic: Topic, query: Query) -> bool:
    known = matcher.vocabulary[topic.name]
    return any(matcher.is_heavy(word) and word not in known for word in query.content)


def _without_kinds(matcher: Matcher, matches: list[Match], rest: Query) -> list[Match]:
    """`Who designed the villas` is about the designer: what else is asked counts before the kind
    of home."""
    kind, words = matches[0].topic, set(rest.content)
    if words & kind.words or words <= KINDS | ASKING or words.isdisjoint(KINDS):
        return matches
    others = matcher.match(rest._replace(content=tuple(w for w in rest.content if w not in KINDS)))
    if others[0].score >= SURE and others[0].topic.kind in {"ask", "act"}:
        return others
    return matches if matches[0].score >= KIND_SURE else others


def _others(matches: Sequence[Match], query: Query) -> tuple[Topic, ...]:
    """What else it names, where nothing that fits is known of the likeliest: `documents for
    booking`."""
    if matches[0].topic.kind != "ask":
        return ()
    likely = [m.topic for m in matches[1:MAX_OTHERS] if m.score >= SURE and m.topic.kind == "ask"]
    named = [topic for topic in likely if topic.words & set(query.content)]
    return tuple(topic for topic in named if topic.name != "overview")


def _second(matches: Sequence[Match]) -> Topic | None:
    """The next topic, where it is about as near; the project may know it by that."""
    first, second = matches[:2]
    near = second.score >= SURE and first.score - second.score <= AS_LIKELY
    near = near and first.topic.kind in {"ask", "act"} and second.topic.kind == "ask"
    return second.topic if near else None


def _thing_of(matcher: Matcher, matches: Sequence[Match], query: Query) -> Topic:
    """`Water facilities` are the water, and no amenity."""
    best = matches[0].topic
    if not matcher.things_in(query, best):
        for match in matches[1:3]:
            if (
                match.topic.kind == "ask"
                and match.score >= SURE
                and matcher.things_in(query, match.topic)
            ):
                return match.topic
    return best


def _counted(matcher: Matcher, topic: Topic, rest: Query, text: str) -> Topic:
    """`How much for a studio` asks its price, `how many homes` their number."""
    if topic.name == "size" and _PER_AREA.search(normalise(text)):
        return matcher.topic("price")
    if _HOW_MUCH.search(text) and not (topic.name == "size" and topic.words & set(rest.content)):
        return matcher.topic("price")
    if topic.name == "configuration" and _HOW_MANY.search(text.lower()):
        left = matcher.topic("availability")
        return left if left.words & set(rest.content) else matcher.topic("units")
    if topic.name == "units" and {"left", "remaining", "unsold"} & set(rest.words):
        return matcher.topic("availability")
    return topic


def _is_share(query: Query) -> bool:
    """`How much on handover`, `what percent during construction`: shares of a payment plan."""
    words = query.words
    if not PERIODS.isdisjoint(map(singular, words)) or "work" in words or "built" in words:
        return False
    return (
        "percent" in words
        or "%" in words
        or ("much" in words and "on" in words)
        or ("much" in words and not HANDING.isdisjoint(query.content))
    )


def _likely(matches: Sequence[Match], rest: Query) -> tuple[str, ...]:
    """Two topics that a word or two may mean as well (`registration`: when, or for how much)."""
    if len(rest.content) > MAX_DOUBTFUL_WORDS or any(word in ASKING for word in rest.words):
        return ()
    near = [m for m in matches[:2] if m.topic.kind == "ask" and m.score >= SURE]
    if len(near) < 2 or near[0].score - near[1].score > AS_LIKELY:
        return ()
    return tuple(match.topic.name for match in near)


def _is_object(word: str, words: Sequence[str], topic: Topic) -> bool:
    """Whether a question is about this word: `how big is the moon`, `the price of gold`."""
    for place, said in enumerate(words):
        if singular(said) == word:
            before = words[place - 1] if place else ""
            if "of" in words[max(0, place - 2) : place]:
                return True
            after = words[place + 1] if place + 1 < len(words) else ""
            is_last = not after or after in BEFORE_OBJECTS
            if before in BEFORE_OBJECTS and is_last:
                return True
            if topic.name in OF_AN_OBJECT and singular(after) in {*topic.words, "price"}:
                return True
    return False


def _in_context(
    matcher: Matcher,
    subjects: Subjects,
    questions: list[Question],
    text: str,
    history: Sequence[str],
) -> list[Question]:
    """`And 3 BHK?` takes the topic from before; `and the size?` takes the part."""
    continues = bool(_CONTINUES.match(text))
    topic: Topic | None = None
    named: tuple[str, ...] = ()
    if continues or questions[0].topic is None:
        topic, named = _recall(matcher, subjects, history)
    elif history and len(questions) == 1 and _is_bare(questions[0]):
        _, named = _recall(matcher, subjects, history[-1:])
        continues = bool(named)
    completed: list[Question] = []
    for place, question in enumerate(questions):
        after = next((q.topic for q in questions[place + 1 :] if q.topic), None)
        if question.bare and topic is None and after is not None and after.kind == "ask":
            topic = after
        if question.topic is None and (question.subjects or question.absent) and topic:
            question = question._replace(topic=topic, score=SURE)
        if not question.subjects and not question.absent and (continues or completed):
            question = question._replace(subjects=named)
        topic, named = question.topic or topic, question.subjects or named
        completed.append(question)
    return completed


def _is_bare(question: Question) -> bool:
    """`Price?`: a topic and nothing else. A quick reply asks of the whole project."""
    words = words_of(normalise(question.text))
    return (
        question.topic is not None
        and question.topic.kind == "ask"
        and len(words) <= MAX_BARE_WORDS
        and not question.unknown
        and OF_ALL.isdisjoint(words)
        and not is_suggestion(question.text)
    )


def _recall(
    matcher: Matcher, subjects: Subjects, history: Sequence[str]
) -> tuple[Topic | None, tuple[str, ...]]:
    """The topic and the part that the visitor spoke of last."""
    topic: Topic | None = None
    named: tuple[str, ...] = ()
    for text in reversed(history[-CONTEXT_MESSAGES:]):
        wanted = _REFUSED.sub(" ", normalise(text[:MAX_CHARS]))
        question = _read_one(matcher, subjects, wanted if wanted.strip() else text[:MAX_CHARS])
        if topic is None and question.topic is not None and question.topic.kind == "ask":
            topic = question.topic
        named = named or question.subjects
    return topic, named
