"""What a page says about its property. Pure: text and address in, facts out.

Every reading of the page is put with those of the same thing. Where they agree they are one fact;
where trustworthy ones contradict, a conflict, and nothing is chosen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import unquote, urlsplit

from frontdesk.property.content import PageContent
from frontdesk.property.html import read_html
from frontdesk.property.kinds import Verdict, refuse, weigh_index, weigh_subject
from frontdesk.property.merging import merge
from frontdesk.property.metatags import read_meta
from frontdesk.property.model import Conflict, DetectedFact, Detection, Method, PageKind, Quantity
from frontdesk.property.money import reader_for, write_money
from frontdesk.property.naming import without_other_names
from frontdesk.property.particulars import find_rera
from frontdesk.property.phones import find_phones
from frontdesk.property.prices import is_for_rent, is_shared, reads_as_letting
from frontdesk.property.reading import Reading
from frontdesk.property.sections import own_lines
from frontdesk.property.state import read_state
from frontdesk.property.structured import read_items
from frontdesk.property.typologies import TYPOLOGIES, spell_types
from frontdesk.property.visible import read_lines

# What a buyer asks for first: each is answered by any of the keys.
WANTED = (
    ("price", ("price", "rent")),
    ("configuration", ("configuration", "plot_size")),
    ("size", ("size", "plot_size")),
    ("location", ("location", "city")),
    ("possession", ("possession", "status", "rent")),
    ("rera", ("rera",)),
    ("amenities", ("amenities",)),
    ("developer", ("developer", "rent")),
    ("contact", ("contact",)),
)

OFF_PLAN = frozenset({"AED", "SAR", "QAR", "OMR", "BHD", "EGP"})
LETTING_LINES = 300
DESCRIPTIONS = ("og:title", "description", "og:description")
MAX_ABOUT_CHARS = 2_000


def detect_html(text: str, url: str, as_of: date, status: int | None = None) -> Detection:
    """`status` is what the site answered with, where it is known. Never raises over the page."""
    return detect(read_html(text, url), as_of, status)


def detect(content: PageContent, as_of: date, status: int | None = None) -> Detection:
    refusal = refuse(content, status)
    if refusal is not None:
        return _nothing(content, refusal)
    money = reader_for(content.url, content.language)
    title = content.title
    content = _spell(content, money.language)
    own = without_other_names(list(own_lines(content.lines)), title, content.url)
    lines = [line for line in own if not line.in_footer]
    place = next(
        (n for n, line in enumerate(lines) if line.heading == 1 and not line.leads_away), 0
    )
    near = [line.text for line in lines[place : place + 5] if len(line.text) < 90]
    for_rent = is_for_rent(content.title, _words_of(content.url), *near) or reads_as_letting(
        " ".join([content.title, *(line.text for line in lines[:LETTING_LINES])])
    )
    stated = [
        read_items(values, method, content.url, money)
        for values, method in (
            (content.json_ld, Method.JSON_LD),
            (content.microdata, Method.MICRODATA),
            (content.rdfa, Method.RDFA),
        )
    ]
    about = " ".join(
        [_words_of(content.url), *(content.meta.get(one, "") for one in DESCRIPTIONS)]
    )[:MAX_ABOUT_CHARS]
    visible = read_lines(lines, content.title, money, for_rent=for_rent, about=about)
    has_home = any(one.has_home and one.homes < 3 for one in stated)
    verdict = weigh_index(
        content,
        lines,
        is_list=any(one.is_list for one in stated),
        has_home=has_home,
        own_figures=visible.own_figures,
        card_prices=visible.card_prices,
    )
    if verdict is not None:
        return _nothing(content, verdict)
    readings = [reading for one in stated for reading in one.readings]
    readings += visible.readings
    readings += read_meta(content.meta, money, for_rent=for_rent)
    readings += find_phones(content, own, money.country)
    readings += find_rera([line for line in own if line.in_footer], {r.value for r in readings})
    said = {one.key for one in readings}
    said |= {"price", "rent"} if said & {"price", "rent"} else set()
    said |= {"location", "city"} if said & {"location", "city"} else set()
    readings += [
        one for one in read_state(content.state, content.url, money) if one.key not in said
    ]
    readings = list(_settle(_name_parts(readings), for_rent=for_rent))
    if is_shared(content.title, *(line.text for line in lines if len(line.text) < 60)):
        readings = [one for one in readings if one.key not in {"price", "rent"}]
    facts, conflicts = merge(readings, as_of)
    found = {fact.key for fact in facts} | {conflict.key for conflict in conflicts}
    # A rate with a label is what plots are sold by; one in passing is a neighbourhood's.
    found |= {"rate" for one in readings if one.key == "price_per_area" and one.confidence >= 0.88}
    types = {kind for one in stated for kind in one.types}
    verdict = weigh_subject(content, lines, types, found, has_home=any(s.has_home for s in stated))
    if verdict.kind is not PageKind.PROPERTY:
        return _nothing(content, verdict)
    return Detection(
        url=content.url,
        title=title[:300],
        kind=verdict.kind,
        reason=verdict.reason,
        facts=facts,
        conflicts=conflicts,
        missing=tuple(_missing(found, facts, conflicts, money.country)),
    )


def _nothing(content: PageContent, verdict: Verdict) -> Detection:
    return Detection(
        url=content.url, title=content.title[:300], kind=verdict.kind, reason=verdict.reason
    )


def _spell(content: PageContent, language: str) -> PageContent:
    if language not in TYPOLOGIES:
        return content
    lines = [
        replace(line, cells=tuple(spell_types(cell, language) for cell in line.cells))
        for line in content.lines
    ]
    return replace(content, title=spell_types(content.title, language), lines=lines)


def _words_of(url: str) -> str:
    return unquote(urlsplit(url).path).replace("-", " ").replace("_", " ").replace("/", " ")


def _name_parts(readings: Sequence[Reading]) -> list[Reading]:
    """Data's `2 bedrooms` are the page's `2 BHK`; and one part's area is not that of the whole."""
    subjects = {one.subject for one in readings}
    parts = [one.quantity for one in readings if one.key == "size" and one.subject and one.quantity]
    named = []
    for one in readings:
        if one.key == "size" and not one.subject and one.method is Method.VISIBLE and _is_of_a_part(one, parts):  # fmt: skip
            continue
        as_bhk = (
            f"{one.subject.split()[0]} BHK"
            if one.subject.endswith((" bedroom", " bedrooms"))
            else ""
        )
        named.append(one._replace(subject=as_bhk) if as_bhk in subjects and as_bhk else one)
    return named


def _is_of_a_part(one: Reading, parts: Sequence[Quantity]) -> bool:
    """Whether an area is that of a type of home, or one of several sizes of such."""
    area = one.quantity
    return area is not None and any(
        area == part
        or (
            area.unit == part.unit
            and area.low == area.high
            and part.low <= area.low <= (part.high or part.low)
        )
        for part in parts
    )


def _settle(readings: Sequence[Reading], *, for_rent: bool) -> Iterator[Reading]:
    """Sums without a currency get that of the same sum beside them, or go; what is paid again and
    again is a rent, however a page's data calls it."""
    sums = [r.quantity for r in readings if r.quantity is not None and r.quantity.currency]
    here = _currency_here(readings)
    rents = {r.quantity.low for r in readings if r.key == "rent" and r.quantity is not None}
    for reading in readings:
        quantity = reading.quantity
        if reading.key not in {"price", "rent"} or quantity is None:
            yield reading
            continue
        if reading.method is Method.VISIBLE and here and quantity.currency not in {None, *here}:
            continue
        if quantity.currency is None:
            same = next((one for one in sums if _is_same(one.low, quantity.low)), None)
            if same is None:
                continue
            quantity = quantity.model_copy(update={"currency": same.currency})
        if reading.key == "price" and (for_rent or quantity.low in rents):
            period = next((r.quantity.unit for r in readings if r.key == "rent" and r.quantity is not None and r.quantity.low == quantity.low), quantity.unit)  # fmt: skip
            quantity = quantity.model_copy(update={"unit": period})
            reading = reading._replace(key="rent")
        elif reading.key == "price" and quantity.low < 3000:
            continue
        yield reading._replace(
            quantity=quantity, value=" ".join([write_money(quantity), reading.kind]).strip()
        )


def _currency_here(readings: Sequence[Reading]) -> tuple[str, ...]:
    """The currency that most visible amounts are in; amounts in others are for visitors from
    elsewhere."""
    shown = Counter(
        one.quantity.currency
        for one in readings
        if one.method is Method.VISIBLE
        and one.key in {"price", "rent"}
        and one.quantity is not None
        and one.quantity.currency
    )
    ranked = shown.most_common(2)
    if len(ranked) < 2 or ranked[0][1] == ranked[1][1]:
        return ()
    return (ranked[0][0] or "",)


def _is_same(left: float, right: float) -> bool:
    return abs(left - right) <= 0.006 * max(left, right)


def _missing(
    found: Iterable[str],
    facts: Sequence[DetectedFact],
    conflicts: Sequence[Conflict],
    country: str,
) -> Iterator[str]:
    """Who built a home and when it is handed over is asked where homes are sold off the plan."""
    known = set(found)
    sums = [fact.quantity for fact in facts] + [f.quantity for c in conflicts for f in c.facts]
    currencies = {one.currency for one in sums if one is not None} - {None}
    is_indian = "INR" in currencies or (not currencies and country in {"", "in"})
    is_new = (
        is_indian
        or "rera" in known
        or bool(currencies & OFF_PLAN)
        or country in {"ae", "sa", "qa", "eg"}
    )
    for key, answers in WANTED:
        if key == "rera" and (not is_indian or "rent" in known):
            continue
        if key in {"possession", "developer"} and not is_new:
            continue
        if not known.intersection(answers):
            yield key
