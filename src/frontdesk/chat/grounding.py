"""Nothing a model says reaches a visitor unless the project said it first.

A sentence is checked as soon as it is complete. Every figure has to be in the project's facts or
answers, with the part it is about (`2 BHK`) and the matter it is about (`booking`, `metro`); every
name has to be in them or in what the visitor said; links, markup and addresses of any kind have to
be in them word for word. What may not be said whatever the facts are is in conduct.py.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from frontdesk.chat import conduct
from frontdesk.chat.cues import find_cues
from frontdesk.chat.figures import UNSEEN, Figure, find_figures, fold, read_figures
from frontdesk.projects.model import Fact, Knowledge, Project


class Objection(StrEnum):
    """Why a sentence is not let through; counted in the metrics."""

    FIGURE = "figure"  # a number the project does not say, or says of something else
    NAME = "name"
    LINK = "link"
    MARKUP = "markup"
    SCRIPT = "script"  # letters that only look like others, or of a language nobody wrote here
    GARBLED = "garbled"
    PROMISE = "promise"
    PERSON = "person"  # claims to be one, or to have done what only a person can
    INSULT = "insult"
    CONTRADICTION = (
        "contradiction"  # no where the project's own answer is yes, or yes where it is no
    )
    WORKINGS = "workings"  # the instruction it was given, and how it is made
    RIVAL = "rival"


# Each pattern begins where a run of its characters does and takes runs whole (`++`): the time grows
# with the length of a reply and not with its square. What has an @ in it is found by its word.
_LINK = re.compile(
    r"(?:[a-z][a-z0-9+.-]{1,20}:/{1,2}\S+|(?:mailto|tel|sms|javascript|data|whatsapp|upi|intent):\S+"
    r"|(?<!\w)www\.\S+|(?<!\w)@\w{3,}(?:\.\w++)*|localhost\b|h(?:tt|xx)ps?\b"
    r"|(?<![\w-])(?<![\w-]\.)[\w-]++(?:\.[\w-]++)*\.(?:[^\W\d_]{2,24})(?:/\S*+)?(?!\w)"
    r"|(?<!\w)\w++\s*+[\[({]\s*+(?:\.|dot)\s*+[\])}]\s*+\w+"
    r"|(?<![a-z0-9-])[a-z0-9-]++\s++(?:dot\s++[a-z]{2,12}(?!\w)|डॉट\s++\w+)"
    r"|(?<![\w-])[\w-]++(?:\s?\.\s|\s\.)(?:com|in|net|org|io|co|app|example|xyz)(?!\w)"
    r"|\d{1,3}(?:\.\d{1,3}){3}|(?:wa|t|bit)\s*+\.\s*+(?:me|ly)\b)",
    re.IGNORECASE,
)
# `sq.ft` and `p.m` look like the names of hosts.
_ABBREVIATION = re.compile(
    r"\b(?:sq\.(?:ft|m|yd|mt)|[ap]\.m|e\.g|i\.e|r\.k|no\.\d+)\b\.?", re.IGNORECASE
)
# A call of a program is looked through so far and no further: each `x(` starts one.
MAX_CALL_CHARS = 200
_MARKUP = re.compile(
    r"<[a-z/!?]|&#?\w+;|\[[^\[\]]*+\]\s*+[(\[:]|```|[{}\\|<>]|\]\(|\[\[|~~|==|^\s*\|"
    rf"|\"\w+\"\s*:|\w\([^)]{{0,{MAX_CALL_CHARS}}}+\)\s*+;",
    re.IGNORECASE,
)
_DECORATION = re.compile(
    r"^[^\S\n]*+(?:[-*•#>]++|\d++[.)])\s|\*\*|__|(?<!\w)[*_`]|[*_`](?!\w)", re.MULTILINE
)
_NAME = re.compile(r"(?<![\w.])[A-Z][\w'’-]*")
_WORD = re.compile(r"[\w'’]+")
# Figures that a visitor brought along may come back only as the visitor's own, and as no deal.
_YOURS = re.compile(
    r"\b(?:your (?:budget|range|number)|a budget of|call you|reach you"
    r"|you (?:said|mentioned|asked|told|wrote|gave|have|are looking)"
    r"|aapka|aapke|aapki|aapne)\b|आपका|आपके|आपकी|आपने",
    re.IGNORECASE,
)
_DEAL = re.compile(
    r"\b(?:deal|agreed|agree|accept|accepted|ok|okay|fine|approved|confirm|confirmed|yes|done|get"
    r"|final|costs?|price is|buy|pakka|milega|milegi)\b|मिलेगा|मिलेगी|पक्का|ठीक है",
    re.IGNORECASE,
)
_CLAUSE_END = re.compile(r"[,;।\n](?!\d)|\.\s|\s(?:and|aur|और)\s")
# `The 3 BHK is a 2-bedroom home`
_TWO_SIZES = re.compile(
    r"(\d(?:\.5)?)\s*bhk\b[^.;]{0,30}?\b(?:is|has|with|means|of)\b[^.;]{0,20}?(\d)[\s-]*bed"
)
# Categories of Unicode that no sentence needs: symbols such as emoji, surrogates, private use.
_UNSPEAKABLE = frozenset({"So", "Sk", "Cs", "Co", "Cn"})
_STACKED = re.compile("[\u0300-\u036f\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]")
# Kinds where the wrong part of the project makes a right figure false.
OF_A_PART = ("money", "area")
# Kinds whose figures are about something: a date of possession is none of launch.
OF_A_MATTER = ("money", "area", "percent", "distance", "duration", "date", "clock", "number")


# A cue of `validity`: when something was said is not when it happens.
DATED = "dated"


class Ground(NamedTuple):
    """What a project says. `figures` maps each to the parts it is said of, "" for all of it;
    `matters` to what it is said about, one set of cues for each place where it stands."""

    figures: dict[tuple[str, str], frozenset[str]]
    matters: dict[tuple[str, str], frozenset[frozenset[str]]]
    counts: dict[str, frozenset[str]]
    numbers: frozenset[str]
    words: frozenset[str]
    text: str
    subjects: frozenset[str]
    scripts: frozenset[str]


class _Said(NamedTuple):
    """One piece of what the project says: `about` tells what it is about where it does not."""

    text: str
    subject: str = ""
    about: str = ""


def build_ground(project: Project, knowledge: Knowledge) -> Ground:
    """`knowledge` is already `usable`."""
    figures: dict[tuple[str, str], set[str]] = {}
    matters: dict[tuple[str, str], set[frozenset[str]]] = {}
    counts: dict[str, set[str]] = {}
    numbers: set[str] = set()
    said = list(_pieces(project, knowledge))
    for piece in said:
        about = find_cues(fold(f"{piece.about} {piece.subject}"))
        folded = fold(piece.text)
        clauses = _clauses(folded)
        for figure in read_figures(folded):
            clause = next(text for end, text in clauses if figure.at < end)
            cues = frozenset(cue for _, cue in [*about, *find_cues(clause)])
            for known in _implied(figure):
                figures.setdefault(known, set()).add(fold(piece.subject))
                matters.setdefault(known, set()).add(cues)
            if figure.of:
                counts.setdefault(figure.of, set()).add(figure.value)
            if figure.kind == "number":
                numbers.add(figure.value)
            if figure.kind == "date" and piece.about != DATED and figure.value[:4].isdecimal():
                numbers.add(figure.value[:4])  # a year alone
    texts = [piece.text for piece in said]
    return Ground(
        figures={figure: frozenset(parts) for figure, parts in figures.items()},
        matters={figure: frozenset(cues) for figure, cues in matters.items()},
        counts={of: frozenset(values) for of, values in counts.items()},
        numbers=frozenset(numbers),
        words=frozenset(word.lower() for text in texts for word in _WORD.findall(text)),
        text=unicodedata.normalize("NFKC", " ".join(texts)).lower(),
        subjects=_subjects(knowledge.facts),
        scripts=conduct.foreign_scripts("".join(texts)),
    )


def _pieces(project: Project, knowledge: Knowledge) -> Iterable[_Said]:
    yield _Said(project.name)
    for fact in knowledge.facts:
        key = fact.key.replace("_", " ")
        yield _Said(f"{fact.subject} {key}: {fact.value}", fact.subject, key)
        yield _Said(fact.source, "", DATED)
        yield _Said(fact.as_of.isoformat() if fact.as_of else "", "", DATED)
    for answer in knowledge.answers:
        yield _Said(answer.question)
        yield _Said(answer.answer, "", answer.question)


def _clauses(folded: str) -> list[tuple[int, str]]:
    """`Metro 1.8 km, airport 16 km` tells two things; each with where it ends."""
    ends = [match.end() for match in _CLAUSE_END.finditer(folded)]
    ends.append(len(folded) + 1)
    starts = [0, *ends[:-1]]
    return [(end, folded[start:end]) for start, end in zip(starts, ends, strict=True)]


def clean(sentence: str) -> str:
    """A model's sentence as plain text: emphasis, bullets, emoji and what nobody sees are gone."""
    sentence = UNSEEN.sub("", sentence)
    if not sentence.isascii():
        sentence = _STACKED.sub("", unicodedata.normalize("NFC", sentence))
        sentence = "".join(c for c in sentence if unicodedata.category(c) not in _UNSPEAKABLE)
    return " ".join(_DECORATION.sub("", sentence).split())


def object_to(ground: Ground, sentence: str, visitor_text: str) -> Objection | None:
    """Why this sentence may not be said; None where it may. `visitor_text`: all they wrote.

    It is looked at as it came and as it would be shown.
    """
    raw = unicodedata.normalize("NFKC", UNSEEN.sub("", sentence))
    shown = clean(sentence)
    if _MARKUP.search(raw):
        return Objection.MARKUP
    if _has_link(ground, raw) or (shown != raw and _has_link(ground, shown)):
        return Objection.LINK
    allowed = ground.scripts | conduct.foreign_scripts(visitor_text)
    if conduct.mixes_scripts(raw) or not conduct.foreign_scripts(raw) <= allowed:
        return Objection.SCRIPT
    folded = fold(shown)
    if not _figures_hold(ground, shown, folded, visitor_text):
        return Objection.FIGURE
    plain = " ".join(raw.lower().replace("’", "'").split())
    if section := conduct.find_misconduct(plain, ground.text):
        return Objection(section)
    if conduct.is_leak(shown):
        return Objection.WORKINGS
    if conduct.is_garbled(shown, ground.text) or conduct.echoes(shown, visitor_text):
        return Objection.GARBLED
    if not _names_hold(ground, shown, visitor_text):
        return Objection.NAME
    return None


def _has_link(ground: Ground, text: str) -> bool:
    text = _ABBREVIATION.sub(" ", re.sub("[。｡]", ".", text))
    links = [link[0] for link in _LINK.finditer(text)]
    links += [word for word in text.split() if "@" in word[1:-1]]
    return any(link.rstrip(".,;:!?)").lower() not in ground.text for link in links)


def _figures_hold(ground: Ground, sentence: str, folded: str, visitor_text: str) -> bool:
    figures = read_figures(folded)
    if not figures:
        return True
    unknown = [figure for figure in figures if not _is_known(ground, figure)]
    if unknown:
        echoed = {(figure.kind, figure.value) for figure in find_figures(visitor_text)}
        if not _YOURS.search(sentence) or _DEAL.search(sentence):
            return False
        if any((figure.kind, figure.value) not in echoed for figure in unknown):
            return False
    if any(m[1] != m[2] for m in _TWO_SIZES.finditer(folded)):
        return False
    known = [figure for figure in figures if figure not in unknown]
    return _parts_hold(ground, folded, known) and _matters_hold(ground, folded, known)


def _is_known(ground: Ground, figure: Figure) -> bool:
    if figure.kind == "number":
        return figure.value in ground.numbers
    if figure.kind == "count":
        counted = ground.counts.get(figure.of)
        return figure.value in (ground.numbers if counted is None else counted)
    return (figure.kind, figure.value) in ground.figures


def _matters_hold(ground: Ground, folded: str, figures: Iterable[Figure]) -> bool:
    """`A discount of 10%` is false where that is what is paid on booking.

    The cue named last before a figure or the one named first after it has to be one that the
    project says the figure with.
    """
    cues = find_cues(folded)
    if not cues:
        return True
    for figure in figures:
        places = ground.matters.get((figure.kind, figure.value), frozenset())
        if not figure.kind.startswith(OF_A_MATTER) or not all(places):
            continue
        near = [cue for at, cue in cues if at <= figure.at][-1:]
        near += [cue for at, cue in cues if at > figure.at][:1]
        if not any(cue in place for cue in near for place in places):
            return False
    return True


def _parts_hold(ground: Ground, folded: str, figures: Iterable[Figure]) -> bool:
    """`3 BHK at ₹84 lakh` is false where that is the price of 2 BHK.

    A figure belongs to the part named before it or to the one named after it; either way of
    reading must hold for the whole sentence.
    """
    mentions = sorted(_mentions(ground, folded), key=lambda mention: mention[0])
    parted = [
        (figure.at, parts)
        for figure in figures
        if figure.kind.startswith(OF_A_PART)
        and (parts := ground.figures.get((figure.kind, figure.value))) is not None
        and "" not in parts
    ]
    if not mentions or not parted:
        return True

    def holds(before_first: bool) -> bool:
        for at, parts in parted:
            before = [subjects for place, subjects in mentions if place < at][-1:]
            after = [subjects for place, subjects in mentions if place > at][:1]
            near = (before or after) if before_first else (after or before)
            if not near[0] & parts:
                return False
        return True

    return holds(True) or holds(False)


def _mentions(ground: Ground, folded: str) -> list[tuple[int, frozenset[str]]]:
    """Where parts of the project are named, with the parts each place may mean."""
    found: list[tuple[int, frozenset[str]]] = []
    for subject in ground.subjects:
        found += [
            (match.start(), frozenset({subject}))
            for match in re.finditer(rf"(?<!\w){re.escape(subject)}(?!\w)", folded)
        ]
    for figure in read_figures(folded):
        if figure.kind == "bedrooms":
            meant = {s for s in ground.subjects if s.startswith(f"{figure.value} bhk")}
            found.append((figure.at, frozenset(meant)))
    return found


def _names_hold(ground: Ground, sentence: str, visitor_text: str) -> bool:
    """A capitalised word inside a sentence is a name; it has to be one the project uses."""
    known = ground.words | _common_words()
    visitor = {word.lower() for word in _WORD.findall(visitor_text)}
    start = re.search(r"\w", sentence)
    for match in _NAME.finditer(sentence):
        if any(character.isdigit() for character in match[0]):
            continue  # a figure, and looked at as one
        word = match[0].lower().removesuffix("'s").removesuffix("’s")
        parts = {part for part in re.split(r"[-'’]", word) if part}
        if parts <= known or parts <= visitor or word in known:
            continue
        opens = start is not None and match.start() == start.start()
        opens = opens or bool(re.search(r"[.!?:।]\s+[\"“‘(]*$", sentence[: match.start()]))
        followed = re.match(r"\s+[A-Z]", sentence[match.end() :])
        if not opens or followed:
            return False
    return True


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Words of the trade and the calendar that stand in capitals without naming anything."""
    text = (files("frontdesk.chat") / "capitals.txt").read_text("utf-8")
    lines = (line for line in text.splitlines() if not line.startswith("#"))
    return frozenset(word for line in lines for word in line.lower().split())


def _implied(figure: Figure) -> list[tuple[str, str]]:
    """A known date also makes its month known."""
    known = [(figure.kind, figure.value)]
    if figure.kind == "date" and "-" in figure.value:
        year_or_month, _, rest = figure.value.partition("-")
        known.append(("date", rest if len(year_or_month) == 4 else year_or_month))
    return known


def _subjects(facts: Iterable[Fact]) -> frozenset[str]:
    return frozenset(fold(fact.subject) for fact in facts if fact.subject)
