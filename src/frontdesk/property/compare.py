"""What is known about a project beside what its pages say. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum

from frontdesk.clock import Instant
from frontdesk.model import Model
from frontdesk.projects.model import Fact, FactState
from frontdesk.property.measures import find_areas, find_bedrooms
from frontdesk.property.merging import agree
from frontdesk.property.model import DetectedFact, Findings, Method, PageFindings, Quantity
from frontdesk.property.money import MoneyReader
from frontdesk.property.reading import Reading

SPOKEN = frozenset({FactState.APPROVED, FactState.OVERRIDDEN})


class Change(StrEnum):
    SAME = "same"
    NEW = "new"
    CHANGED = "changed"
    GONE = "gone"  # it was taken from a page that no longer says it
    CONFLICT = "conflict"  # the pages contradict each other or themselves
    REJECTED = "rejected"  # somebody said that what the page says is wrong
    UNSEEN = "unseen"  # somebody wrote it, and no page says it


class FoundFact(Model):
    """What one page says, and when it was read there."""

    value: str
    quantity: Quantity | None = None
    read_from: str
    method: Method
    confidence: float
    url: str
    read_at: Instant


class FactRow(Model):
    """One thing (`key`, of `subject`): what is known of it, what pages say of it, and how the two
    compare. Only `known` facts that are approved or overridden reach visitors.
    """

    key: str
    subject: str
    change: Change
    known: tuple[Fact, ...] = ()
    found: tuple[FoundFact, ...] = ()


def compare(facts: Sequence[Fact], findings: Findings) -> list[FactRow]:
    """A row for each key and subject, in the order that facts are known in, then found."""
    found: dict[tuple[str, str], list[FoundFact]] = {}
    contradicted: set[tuple[str, str]] = set()
    for page in findings.pages:
        if page.detection is None:
            continue
        for fact in page.detection.facts:
            found.setdefault((fact.key, fact.subject), []).append(_found(fact, page))
        for conflict in page.detection.conflicts:
            name = (conflict.key, conflict.subject)
            contradicted.add(name)
            found.setdefault(name, []).extend(_found(fact, page) for fact in conflict.facts)
    known: dict[tuple[str, str], list[Fact]] = {}
    for own_fact in facts:
        known.setdefault((own_fact.key, own_fact.subject), []).append(own_fact)
    urls = {page.url for page in findings.pages}
    rows = []
    for key, subject in dict.fromkeys([*known, *found]):
        name = (key, subject)
        own, seen = known.get(name, []), found.get(name, [])
        change = _tell(key, own, seen, urls, contradicted=name in contradicted)
        rows.append(
            FactRow(key=key, subject=subject, change=change, known=tuple(own), found=tuple(seen))
        )
    return rows


def says_same(key: str, value: str, found: FoundFact) -> bool:
    """Whether a fact as written says what was found: in the same words, or the same figure."""
    written = Reading(key, value, value, Method.VISIBLE, 1.0, _read_figure(key, value))
    read = Reading(key, found.value, found.value, Method.VISIBLE, 1.0, found.quantity)
    if written.quantity is None or read.quantity is None:
        written, read = written._replace(quantity=None), read._replace(quantity=None)
    return agree(written, read)


def _found(fact: DetectedFact, page: PageFindings) -> FoundFact:
    return FoundFact(
        value=fact.value,
        quantity=fact.quantity,
        read_from=fact.read_from,
        method=fact.method,
        confidence=fact.confidence,
        url=page.url,
        read_at=page.read_at or page.tried_at,
    )


def _read_figure(key: str, value: str) -> Quantity | None:
    if key in {"price", "rent", "price_per_area", "maintenance", "booking_amount"}:
        return next((money.quantity for money in MoneyReader().find(value)), None)
    if key in {"size", "plot_size", "land_area"}:
        return next((area.quantity for area in find_areas(value)), None)
    if key == "configuration":
        return next((one.quantity for one in find_bedrooms(value)), None)
    return None


def _tell(
    key: str,
    known: Sequence[Fact],
    found: Sequence[FoundFact],
    urls: Iterable[str],
    *,
    contradicted: bool,
) -> Change:
    spoken = [fact for fact in known if fact.state in SPOKEN]
    rejected = [fact for fact in known if fact.state is FactState.REJECTED]
    open_ones = list(_without_rejected(key, found, rejected))
    if not open_ones:
        if found and not spoken:
            return Change.REJECTED
        from_page = any(
            fact.source in set(urls) and fact.state is FactState.APPROVED for fact in spoken
        )
        return Change.GONE if from_page else Change.UNSEEN
    if spoken and all(any(says_same(key, fact.value, one) for fact in spoken) for one in open_ones):
        return Change.SAME
    if contradicted or not _all_agree(key, open_ones):
        return Change.CONFLICT
    return Change.CHANGED if spoken else Change.NEW


def _without_rejected(
    key: str, found: Iterable[FoundFact], rejected: Sequence[Fact]
) -> Iterator[FoundFact]:
    for one in found:
        if not any(says_same(key, fact.value, one) for fact in rejected):
            yield one


def _all_agree(key: str, found: Sequence[FoundFact]) -> bool:
    if key in {"rera", "contact", "amenities", "location", "city", "developer"}:
        return True  # several may well be so
    return all(says_same(key, found[0].value, one) for one in found[1:])
