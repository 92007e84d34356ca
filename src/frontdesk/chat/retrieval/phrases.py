"""Sentences: facts and courtesies in the visitor's language, by template."""

import re
import tomllib
from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from frontdesk.chat.retrieval.facts import KnownFact
from frontdesk.chat.retrieval.instalments import Instalment, write_amount
from frontdesk.chat.retrieval.language import Language
from frontdesk.projects.model import Fact

_FROM = re.compile(
    r"\s*\b(?:onwards?|and above|starting (?:from|at)|starts? (?:from|at)|from)\b\s*", re.IGNORECASE
)
_HEADING = re.compile(r"^[A-Z][a-z]+(?: [a-z]+)*$")
_HOMES = re.compile(r"\d\s*(?:bhk|bed\w*)$", re.IGNORECASE)
_BY_OWN_NAME = {"rera", "possession"}
SENTENCE_WORDS = 8
MAX_LISTED_APART = 3
_LISTED = {
    "price": "prices",
    **dict.fromkeys(("size", "carpet_area", "built_up_area", "plot_size"), "configurations"),
}


@lru_cache(maxsize=1)
def _load() -> dict[str, Any]:
    return tomllib.loads(
        (files("frontdesk.chat.retrieval") / "phrases.toml").read_text(encoding="utf-8")
    )


def say(language: Language, phrase: str, **values: str) -> str:
    """A courtesy by its name in phrases.toml."""
    return str(_load()[language][phrase]).format(**values).strip()


def say_instalment(language: Language, asked: Instalment) -> str:
    """The monthly instalment, or what is missing to work it out."""
    phrases = _load()[language]
    missing = [
        phrases[name]
        for name, value in (
            ("emi_amount", asked.amount),
            ("emi_rate", asked.rate),
            ("emi_time", asked.months),
        )
        if value is None
    ]
    if missing:
        of_price = "emi_of_price" if asked.of_price else "emi_missing"
        return say(language, of_price, missing=_join(missing, str(phrases["emi_and"])))
    assert asked.months is not None
    assert asked.amount is not None
    years, rest = divmod(asked.months, 12)
    time = "months_long" if rest else "years"
    return say(
        language,
        "emi",
        amount=_translate(phrases, write_amount(asked.amount, asked.currency)),
        rate=f"{asked.rate:g}",
        time=str(phrases[time]).format(count=asked.months if rest else years),
        emi=write_amount(round(asked.a_month()), asked.currency),
    )


def _join(names: Sequence[str], last: str) -> str:
    *first, final = names
    return f"{', '.join(first)}{last}{final}" if first else final


def card_title(language: Language, kind: str, **values: str) -> str:
    return str(_load()[language]["card"][kind]).format(**values)


def suggest(language: Language, topics: Sequence[str]) -> tuple[str, ...]:
    """Quick replies for these topics, four at most."""
    labels = _load()[language]["suggest"]
    return tuple(labels[topic] for topic in topics if topic in labels)[:4]


def is_suggestion(text: str) -> bool:
    """Whether it is a quick reply, word for word."""
    return any(text in _load()[language]["suggest"].values() for language in Language)


def name_of(language: Language, topic: str) -> str:
    """A topic's quick reply; empty where it has none."""
    return str(_load()[language]["suggest"].get(topic, ""))


def tell(language: Language, project: str, facts: Sequence[KnownFact], today: date) -> list[str]:
    """A sentence for each fact, with its age; facts of one age in a row name it once. A long list
    of one kind is one sentence: a card shows it better.
    """
    if len(facts) > MAX_LISTED_APART and (listed := _list(language, facts, today)):
        return [listed]
    sentences = []
    ages = [_age(language, known.fact, today) for known in facts]
    for index, known in enumerate(facts):
        sentence = _sentence(language, project, known)
        age = ages[index]
        is_last = index + 1 == len(facts) or ages[index + 1] != age
        if age and is_last:
            end = "।" if sentence.endswith("।") else "."
            sentence = sentence.removesuffix(end) + age + end
        sentences.append(sentence)
    return sentences


def _sentence(language: Language, project: str, known: KnownFact) -> str:
    fact = known.fact
    phrases = _load()[language]
    value = fact.value.strip()
    if value.endswith(".") and len(value.split()) >= SENTENCE_WORDS:
        return value if fact.subject.lower() in value.lower() else f"{fact.subject}: {value}"
    value = value.rstrip(". ")
    starting = _FROM.sub(" ", value).strip()
    templates = phrases["fact"]
    names = [fact.key, "default"] if _is_named_so(known) else ["default"]
    if starting != value:
        names.insert(0, f"{fact.key}_from")
    suffix = "_subject" if fact.subject else ""
    if suffix and not _HOMES.search(fact.subject):
        suffix = "_subject_part"
    name = next(
        name + end
        for name in names
        for end in (suffix, suffix.removesuffix("_part"))
        if name + end in templates
    )
    if name.startswith(f"{fact.key}_from"):
        value = starting
    label = phrases.get("label", {}).get(fact.key, known.label)
    if fact.subject.lower() in value.lower():
        subject, name = "", name.removesuffix("_subject")
        name = name if name in templates else "default"
    else:
        subject = fact.subject
    sentence: str = templates[name].format(
        project=project, subject=subject, label=label, value=_translate(phrases, value)
    )
    return sentence[0].upper() + sentence[1:]


def _list(language: Language, facts: Sequence[KnownFact], today: date) -> str:
    """`Prices: 1 BHK ₹40 lakh, 2 BHK ₹52 lakh (price list of 1 November).`"""
    (title, *more) = {_LISTED.get(known.fact.key, "") for known in facts}
    ages = {_age(language, known.fact, today) for known in facts}
    if not title or more or len(ages) > 1 or not all(known.fact.subject for known in facts):
        return ""
    values = _load()[language]
    rows = ", ".join(
        f"{known.fact.subject} {_translate(values, known.fact.value.strip().rstrip('.'))}"
        for known in facts
    )
    end = "।" if language is Language.HINDI else "."
    return f"{card_title(language, title)}: {rows}{ages.pop()}{end}"


def _is_named_so(known: KnownFact) -> bool:
    """A permit is said to be a permit, though it is asked for like a RERA number."""
    return known.fact.key not in _BY_OWN_NAME or known.fact.key.split("_")[0] in known.label


def _age(language: Language, fact: Fact, today: date) -> str:
    if fact.as_of is None:
        return ""
    phrases = _load()[language]
    day = f"{fact.as_of.day} {phrases['months']['names'][fact.as_of.month - 1]}"
    if fact.as_of.year != today.year:
        day += f" {fact.as_of.year}"
    source = fact.source.strip()
    if not source or "://" in source or len(source) > 60:
        return str(phrases["age_plain"]).format(date=day)
    if _HEADING.match(source):
        source = source[0].lower() + source[1:]
    return str(phrases["age"]).format(source=_translate(phrases, source), date=day)


def _translate(phrases: dict[str, Any], value: str) -> str:
    for english, word in phrases.get("values", {}).items():
        value = re.sub(rf"(?<!\w){re.escape(english)}(?!\w)", word, value, flags=re.IGNORECASE)
    return value
