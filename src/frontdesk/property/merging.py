"""Putting together what several places of one page say. Pure."""

import re
from collections.abc import Sequence
from datetime import date

from frontdesk.property.measures import SQUARE_METRES
from frontdesk.property.model import Conflict, DetectedFact, Method, Quantity
from frontdesk.property.reading import Reading

# A statement below this is too weak to contradict another: where it does, it is left out.
TRUSTED = 0.75
SURE = 0.8
MOST_SAID = 100
MOST = {"rera": 6, "contact": 3}
_ORDER = [
    "price",
    "rent",
    "price_per_area",
    "configuration",
    "size",
    "plot_size",
    "land_area",
    "bathrooms",
    "location",
    "city",
    "possession",
    "status",
    "rera",
    "developer",
    "amenities",
]
_METHODS = list(Method)


def merge(
    readings: Sequence[Reading], as_of: date
) -> tuple[tuple[DetectedFact, ...], tuple[Conflict, ...]]:
    groups: dict[tuple[str, str], list[Reading]] = {}
    for reading in readings:
        groups.setdefault((reading.key, reading.subject), []).append(reading)
    facts: list[DetectedFact] = []
    conflicts: list[Conflict] = []
    for (key, subject), group in groups.items():
        group = _distinct(group)
        if key in MOST:
            facts += [_fact(bundle, as_of) for bundle in _bundles(group)[: MOST[key]]]
            continue
        for kind in sorted(_kinds(group), key=bool):
            joins = {kind, ""} if key == "size" else {kind}
            own = [one for one in group if one.kind in joins]
            bundles = _bundles(own)
            strong = [bundle for bundle in bundles if bundle[0].confidence >= TRUSTED]
            if key == "rent" and len(strong) > 1 and _all_begin(strong):
                # Rooms of several sorts, each let from its own sum: the least is the page's.
                facts.append(_fact(min(strong, key=_least), as_of))
            elif len(strong) > 1 and _can_contradict(key):
                found = tuple(_fact(bundle, as_of) for bundle in strong[:5])
                conflicts.append(Conflict(key=key, subject=subject, facts=found))
            else:
                facts.append(_fact(bundles[0], as_of))
    place = {key: number for number, key in enumerate(_ORDER)}
    facts.sort(key=lambda one: (place.get(one.key, 99), one.key, one.subject))
    return tuple(facts), tuple(conflicts)


def _all_begin(bundles: Sequence[Sequence[Reading]]) -> bool:
    sums = [bundle[0].quantity for bundle in bundles]
    return all(one is not None and one.is_from for one in sums) and len({(one.currency, one.unit) for one in sums if one}) == 1  # fmt: skip


def _least(bundle: Sequence[Reading]) -> float:
    return bundle[0].quantity.low if bundle[0].quantity else 0.0


def _distinct(group: Sequence[Reading]) -> list[Reading]:
    """The most certain first; a page that says one thing a thousand times says it once."""
    said = {(one.value, one.kind, one.method): one for one in sorted(group, key=_certainty)}
    return sorted(said.values(), key=_certainty, reverse=True)[:MOST_SAID]


def _certainty(reading: Reading) -> float:
    return reading.confidence


def _can_contradict(key: str) -> bool:
    return key in {"price", "rent", "configuration", "size", "plot_size", "possession", "bathrooms"}


def _kinds(group: Sequence[Reading]) -> list[str]:
    """The sorts among them. Bedrooms say more than rooms; an area of no sort joins any."""
    kinds = list(dict.fromkeys(one.kind for one in group))
    if "bedroom" in kinds:
        return ["bedroom"]
    return [kind for kind in kinds if kind] or [""] if group[0].key == "size" else kinds


def _bundles(group: Sequence[Reading]) -> list[list[Reading]]:
    """Readings that say the same, the most certain first in each and among them."""
    bundles: list[list[Reading]] = []
    spans = [one for one in group if _is_span(one) and one.confidence >= SURE]
    for reading in [*spans, *(one for one in group if one not in spans)]:
        for bundle in bundles:
            # What lies within a span need not be the same as all else that does.
            within = bundle[:1] if _is_span(bundle[0]) else bundle
            if all(agree(reading, known) for known in within):
                bundle.append(reading)
                break
        else:
            bundles.append([reading])
    return bundles


def _is_span(reading: Reading) -> bool:
    quantity = reading.quantity
    return quantity is not None and reading.key != "configuration" and _is_range(quantity)


def agree(left: Reading, right: Reading) -> bool:
    """Whether both can be so: the same within what rounding explains, or one a part of the other."""
    if left.quantity is not None and right.quantity is not None:
        return _agree_in_figures(left.key, left.quantity, right.quantity)
    if left.key == "rera":
        return _plain(left.value) == _plain(right.value)
    if left.key == "contact":
        return _plain(left.value)[-9:] == _plain(right.value)[-9:]
    one, other = _plain(left.value), _plain(right.value)
    return one in other or other in one


def _plain(text: str) -> str:
    return re.sub(r"\W", "", text).lower()


def _agree_in_figures(key: str, left: Quantity, right: Quantity) -> bool:
    if left.currency != right.currency:
        # Converted for visitors from elsewhere; the same number in another currency is a mistake.
        return not _near(left.low, right.low, 0.006)
    if key == "configuration":
        return _overlap(left, right) if left.unit == right.unit else False
    if left.unit != right.unit and left.currency is None:
        if left.unit not in SQUARE_METRES or right.unit not in SQUARE_METRES:
            return False
        factor = SQUARE_METRES[left.unit] / SQUARE_METRES[right.unit]
        return _near(left.low * factor, right.low, 0.02)
    if left.unit and right.unit and left.unit != right.unit:
        return False
    tolerance = 0.006 if left.currency else 0.02
    if left.is_from or right.is_from:
        return _near(left.low, right.low, tolerance)
    if _is_range(left) or _is_range(right):
        return _overlap(left, right, tolerance)
    return _near(left.low, right.low, tolerance)


def _near(left: float, right: float, tolerance: float) -> bool:
    return abs(left - right) <= tolerance * max(left, right)


def _is_range(one: Quantity) -> bool:
    return one.high is not None and one.high != one.low


def _overlap(left: Quantity, right: Quantity, tolerance: float = 0.0) -> bool:
    left_high, right_high = left.high or left.low, right.high or right.low
    slack = tolerance * max(left_high, right_high)
    return left.low <= right_high + slack and right.low <= left_high + slack


def _fact(bundle: Sequence[Reading], as_of: date) -> DetectedFact:
    best = _fullest(bundle)
    methods = sorted({one.method for one in bundle}, key=_METHODS.index)
    confidence = bundle[0].confidence
    if len(methods) > 1:
        confidence = min(0.99, confidence + 0.03 * (len(methods) - 1))
    return DetectedFact(
        key=best.key,
        subject=best.subject[:100],
        value=best.value[:1000],
        quantity=best.quantity,
        read_from=best.read_from[:300] or best.value[:300],
        method=best.method,
        confirmed_by=tuple(method for method in methods if method is not best.method),
        confidence=round(confidence, 2),
        as_of=as_of,
    )


def _fullest(bundle: Sequence[Reading]) -> Reading:
    """Of those that agree the most certain; but `onwards`, a range and a whole address are kept."""
    first = bundle[0]
    trusted = [one for one in bundle if one.confidence >= TRUSTED or one is first]
    if first.key in {"price", "rent"}:
        wider = [
            one
            for one in trusted
            if one.quantity and (one.quantity.is_from or _is_range(one.quantity))
        ]
        same_currency = [
            one
            for one in wider
            if first.quantity and one.quantity and one.quantity.currency == first.quantity.currency
        ]
        if first.quantity is not None and not first.quantity.unit:
            periodic = [one for one in trusted if one.quantity and one.quantity.unit]
            same_currency = same_currency or periodic
        return same_currency[0] if same_currency else first
    if first.key == "configuration":
        return max(
            trusted,
            key=lambda one: (one.quantity.high or 0) - one.quantity.low if one.quantity else 0,
        )
    if first.key in {"location", "amenities"}:
        return max(trusted, key=lambda one: len(one.value))
    if first.key == "size":
        return next((one for one in trusted if one.kind), first)
    return first
