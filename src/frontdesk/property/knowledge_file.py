"""Knowledge out of files and pages: CSV, JSON, and a site's own questions and answers. Pure.

Every fault is told with its line, not the first alone. docs/guide/knowledge.md has the forms.
"""

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple, TypeVar

from pydantic import ValidationError

from frontdesk.model import Model
from frontdesk.projects.model import Answer, Fact, Knowledge, KnowledgeDetails, PageText
from frontdesk.property.faq import read_questions

COLUMNS = frozenset(
    [
        "kind",
        "key",
        "subject",
        "value",
        "source",
        "as_of",
        "question",
        "answer",
        "language",
        "valid_until",
        "title",
        "text",
    ]
)
MAX_ROWS = 2_000
_KINDS: dict[str, type[Fact | Answer | PageText]] = {
    "fact": Fact,
    "answer": Answer,
    "page": PageText,
}
_FIELDS = {
    "fact": ("key", "subject", "value", "source", "as_of"),
    "answer": ("question", "answer", "language", "valid_until"),
    "page": ("title", "text", "source", "as_of"),
}
EntryT = TypeVar("EntryT", Fact, Answer, PageText)


class KnowledgeFault(Model):
    """What is wrong, where: `line` counts from 1, in a JSON file entries of its list."""

    line: int
    field: str
    detail: str


class EntryChange(NamedTuple):
    """One entry of an import: `change` is `added`, `changed` or `unchanged`; `before` is what
    stands under its name now."""

    kind: str
    name: str
    change: str
    before: str
    after: str


class KnowledgeReport(Model):
    """What an import did, or in a dry run would do. With any fault nothing is stored."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    faults: tuple[KnowledgeFault, ...] = ()


def read_knowledge(text: str, name: str) -> tuple[KnowledgeDetails, list[KnowledgeFault]]:
    """By the name's ending (`.csv`, `.json`, `.html`), otherwise by how the text begins."""
    start = text.lstrip("\ufeff \t\r\n")[:1]
    ending = name.rpartition(".")[2].lower()
    if ending == "json" or (ending not in {"csv", "html", "htm"} and start in {"{", "["}):
        return _collect(_json_rows(text))
    if ending in {"html", "htm"} or (ending != "csv" and start == "<"):
        return read_page(text)
    return _collect(_csv_rows(text))


def read_page(text: str) -> tuple[KnowledgeDetails, list[KnowledgeFault]]:
    """The questions and answers of a page."""
    questions = read_questions(text)
    if not questions:
        detail = "The page has no questions with answers that could be read."
        return KnowledgeDetails(), [KnowledgeFault(line=1, field="page", detail=detail)]
    rows = [
        (
            place,
            {
                "kind": "answer",
                "question": one.question,
                "answer": one.answer,
                "language": one.language,
            },
        )
        for place, one in enumerate(questions, start=1)
    ]
    return _collect(iter(rows))


def merge_knowledge(
    known: Knowledge, details: KnowledgeDetails
) -> tuple[KnowledgeDetails, KnowledgeReport]:
    """What is known with the new entries: those of a name (a fact's key and subject, a question in
    its language, a page's title) take the place of all that were there under it.
    """
    facts, fact_counts = _merge(known.facts, details.facts, _fact_name)
    answers, answer_counts = _merge(known.answers, details.answers, _answer_name)
    pages, page_counts = _merge(known.pages, details.pages, _page_name)
    counts = fact_counts + answer_counts + page_counts
    try:
        merged = KnowledgeDetails(facts=tuple(facts), answers=tuple(answers), pages=tuple(pages))
    except ValidationError:
        detail = "That is too much for one project: 500 facts, 500 answers and 50 pages at most."
        fault = KnowledgeFault(line=0, field="file", detail=detail)
        return KnowledgeDetails(), KnowledgeReport(faults=(fault,))
    return merged, KnowledgeReport(**counts)


def list_changes(known: Knowledge, details: KnowledgeDetails) -> Iterator[EntryChange]:
    """What an import of these would do to each entry, in their order."""
    yield from _changes("fact", known.facts, details.facts, _fact_name)
    yield from _changes("answer", known.answers, details.answers, _answer_name)
    yield from _changes("page", known.pages, details.pages, _page_name)


def _changes(
    kind: str,
    known: Sequence[EntryT],
    new: Sequence[EntryT],
    name: Callable[[EntryT], object],
) -> Iterator[EntryChange]:
    before = _by_name(known, name)
    for entry in new:
        old = before.get(name(entry), [])
        change = "unchanged" if entry in old else "changed" if old else "added"
        was = _tell(old[0])[1] if old and change == "changed" else ""
        yield EntryChange(kind, _tell(entry)[0], change, was, _tell(entry)[1])


def _tell(entry: Fact | Answer | PageText) -> tuple[str, str]:
    """What an entry is called, and what it says."""
    match entry:
        case Fact():
            return f"{entry.key}, {entry.subject}".removesuffix(", "), entry.value
        case Answer():
            return entry.question, entry.answer
        case PageText():
            return entry.title, entry.text


def _fact_name(fact: Fact) -> object:
    return fact.key, fact.subject.casefold()


def _answer_name(answer: Answer) -> object:
    return answer.question.casefold(), answer.language


def _page_name(page: PageText) -> object:
    return page.title.casefold()


def _merge(
    known: Sequence[EntryT], new: Sequence[EntryT], name: Callable[[EntryT], object]
) -> tuple[list[EntryT], Counter[str]]:
    before, incoming = _by_name(known, name), _by_name(new, name)
    merged = [
        entry for key in {**before, **incoming} for entry in incoming.get(key, before.get(key, []))
    ]
    counts = Counter[str]()
    for key, entries in incoming.items():
        old = before.get(key, [])
        for entry in entries:
            counts["unchanged" if entry in old else "changed" if old else "added"] += 1
    return merged, counts


def _by_name(
    entries: Sequence[EntryT], name: Callable[[EntryT], object]
) -> dict[object, list[EntryT]]:
    named: dict[object, list[EntryT]] = {}
    for entry in entries:
        named.setdefault(name(entry), []).append(entry)
    return named


def _collect(rows: Iterator[tuple[int, Any]]) -> tuple[KnowledgeDetails, list[KnowledgeFault]]:
    found: dict[str, list[Any]] = {"fact": [], "answer": [], "page": []}
    faults: list[KnowledgeFault] = []
    for line, row in rows:
        if isinstance(row, KnowledgeFault):
            faults.append(row)
            continue
        kind = _kind_of(row)
        if kind is None:
            detail = "Name a fact (key and value), an answer (question and answer) or a page (title and text)."
            faults.append(KnowledgeFault(line=line, field="kind", detail=detail))
            continue
        values = {field: row[field] for field in _FIELDS[kind] if row.get(field) not in (None, "")}
        extra = [
            name
            for name, value in row.items()
            if value not in (None, "") and name not in {*_FIELDS[kind], "kind", "state"}
        ]
        faults += [
            KnowledgeFault(line=line, field=name, detail=f"A {kind} has no such field.")
            for name in extra
        ]
        try:
            found[kind].append((line, _KINDS[kind].model_validate(values)))
        except ValidationError as error:
            faults += [
                KnowledgeFault(
                    line=line, field=".".join(map(str, fault["loc"])), detail=_detail(fault)
                )
                for fault in error.errors(include_url=False, include_input=False)
            ]
    faults += _find_repeated(found["answer"])
    if faults:
        return KnowledgeDetails(), faults
    details = KnowledgeDetails.model_construct(
        facts=tuple(one for _, one in found["fact"]),
        answers=tuple(one for _, one in found["answer"]),
        pages=tuple(one for _, one in found["page"]),
    )
    return details, []


def _kind_of(row: dict[str, Any]) -> str | None:
    named = str(row.get("kind") or "").strip().lower()
    if named:
        return named if named in _KINDS else None
    for kind, needed in (("answer", "question"), ("fact", "key"), ("page", "title")):
        if row.get(needed):
            return kind
    return None


def _detail(fault: Any) -> str:
    kind = fault["type"]
    if kind == "missing":
        return "This is missing."
    if kind == "string_pattern_mismatch":
        return "Use lower-case letters, digits and underscores, such as price_from."
    if kind.startswith("date"):
        return "Write a date as 2027-12-31."
    if kind == "string_too_long":
        return f"This is too long: at most {fault['ctx']['max_length']} characters."
    return str(fault["msg"]).removeprefix("Value error, ")


def _find_repeated(answers: Sequence[tuple[int, Any]]) -> Iterator[KnowledgeFault]:
    seen: set[object] = set()
    for line, answer in answers:
        name = _answer_name(answer)
        if name in seen:
            detail = f"This question stands here twice: {answer.question[:80]}"
            yield KnowledgeFault(line=line, field="question", detail=detail)
        seen.add(name)


def _csv_rows(text: str) -> Iterator[tuple[int, Any]]:
    """With a line of column names; commas, semicolons or tabs between them."""
    text = text.lstrip("\ufeff")
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        header = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        yield 1, KnowledgeFault(line=1, field="file", detail=f"This is no CSV: {error}.")
        return
    unknown = [name for name in header if name not in COLUMNS]
    if unknown or not header:
        shown = ", ".join(unknown) or "none"
        detail = f"The first line has to name columns out of {', '.join(sorted(COLUMNS))}; unknown: {shown}."
        yield 1, KnowledgeFault(line=1, field="file", detail=detail)
        return
    before = reader.line_num
    try:
        for cells in reader:
            line, before = before + 1, reader.line_num
            if not any(cell.strip() for cell in cells):
                continue
            if len(cells) > len(header):
                detail = f"There are {len(cells)} cells for {len(header)} columns; quote what holds a separator."
                yield line, KnowledgeFault(line=line, field="file", detail=detail)
                continue
            yield line, dict(zip(header, map(str.strip, cells), strict=False))
            if line > MAX_ROWS:
                yield (
                    line,
                    KnowledgeFault(line=line, field="file", detail=f"At most {MAX_ROWS} lines."),
                )
                return
    except csv.Error as error:
        yield (
            before + 1,
            KnowledgeFault(line=before + 1, field="file", detail=f"This is no CSV: {error}."),
        )


def _json_rows(text: str) -> Iterator[tuple[int, Any]]:
    """A list of entries, or an object with lists `facts`, `answers`, `pages`."""
    try:
        content = json.loads(text.lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        yield line, KnowledgeFault(line=line, field="file", detail="This is not JSON.")
        return
    entries: list[Any] = []
    if isinstance(content, list):
        entries = content
    elif isinstance(content, dict):
        for kind in ("fact", "answer", "page"):
            listed = content.get(f"{kind}s", [])
            if isinstance(listed, list):
                entries += [
                    {**one, "kind": kind} if isinstance(one, dict) else one for one in listed
                ]
    if not entries:
        detail = 'Write a list of entries, or {"facts": […], "answers": […], "pages": […]}.'
        yield 1, KnowledgeFault(line=1, field="file", detail=detail)
    for place, entry in enumerate(entries[:MAX_ROWS], start=1):
        if isinstance(entry, dict):
            yield place, entry
        else:
            yield (
                place,
                KnowledgeFault(line=place, field="file", detail="This has to be an object."),
            )
