"""Projects as CSV: one line each, for those who keep them in a spreadsheet. Pure.

A column is a field of the projects file (`name`, `widget.accent`). A column that is not there
leaves the field as it is stored; an empty cell sets it back to its default. Lists and objects are
JSON, but sites are written as people write them.
"""

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from frontdesk.model import Model
from frontdesk.projects.file import ImportFault, ProjectEntry, write_entry, write_site
from frontdesk.projects.model import (
    ConsentText,
    Knowledge,
    Project,
    ProjectDetails,
    Retention,
    Site,
    WidgetSettings,
)
from frontdesk.web.spreadsheets import read_cell, write_csv_row

BY_HAND = " by hand"
MOST_ROWS = 20_000
_PARTS: dict[str, type[Model]] = {
    "widget": WidgetSettings,
    "consent": ConsentText,
    "retention": Retention,
}


def _list_columns(fields: Iterable[str]) -> Iterator[str]:
    for name in fields:
        if name in _PARTS:
            yield from (f"{name}.{field}" for field in _PARTS[name].model_fields)
        else:
            yield name


# What an export has; a file may also bring facts, answers and pages.
COLUMNS = tuple(_list_columns(ProjectDetails.model_fields))
_KNOWN = frozenset(_list_columns(ProjectEntry.model_fields))


class TableRow(NamedTuple):
    line: int
    values: Mapping[str, str]


def read_table(text: str) -> tuple[list[TableRow], list[ImportFault]]:
    """The rows that are not empty; commas, semicolons and tabs may stand between cells."""
    text = text.removeprefix("\ufeff")
    first_line = text.partition("\n")[0]
    delimiter = max(",;\t", key=first_line.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        faults = list(_check_header(header))
        if faults:
            return [], faults
        return _read_rows(reader, header)
    except csv.Error:
        detail = "This line cannot be read: look for a quotation mark that is not closed."
        return [], [_fault("", detail, reader.line_num)]


def fill_row(row: TableRow, stored: Project | None) -> dict[str, Any]:
    """The project of a row as it stands in a projects file, over what is stored of it."""
    entry: dict[str, Any] = {}
    if stored is not None:
        entry = write_entry(stored, Knowledge(updated_at=stored.updated_at))
        entry = {name: value for name, value in entry.items() if name not in _KNOWLEDGE}
    for column, cell in row.values.items():
        name, _, field = column.partition(".")
        part = entry if not field else entry.setdefault(name, {})
        value = read_sites(cell) if column == "sites" else _read_value(cell)
        if value is None:
            part.pop(field or name, None)
        else:
            part[field or name] = value
    return entry


def write_row(project: Project) -> bytes:
    """A line with `COLUMNS`; secrets are masked."""
    entry = write_entry(project, Knowledge(updated_at=project.updated_at))
    entry["sites"] = "; ".join(map(write_site_line, project.sites))
    return write_csv_row([_write_cell(entry, column) for column in COLUMNS])


def read_sites(text: str) -> list[object]:
    """`brand.example/palm-grove; brand.example/both by hand`: apart by `;` or lines."""
    sites: list[object] = []
    for part in filter(None, (part.strip() for part in text.replace("\n", ";").split(";"))):
        host, slash, path = part.removesuffix(BY_HAND).strip().partition("/")
        site: dict[str, object] = {"host": host, "by_hand": part.endswith(BY_HAND)}
        sites.append(site | {"path_prefix": f"/{path}"} if slash else site)
    return sites


def write_site_line(site: Site) -> str:
    return write_site(site) + (BY_HAND if site.by_hand else "")


_KNOWLEDGE = ("facts", "answers", "pages")


def _read_rows(reader: Any, header: list[str]) -> tuple[list[TableRow], list[ImportFault]]:
    rows: list[TableRow] = []
    faults: list[ImportFault] = []
    line = reader.line_num + 1
    for cells in reader:
        if any(cell.strip() for cell in cells):
            if any(cell.strip() for cell in cells[len(header) :]):
                faults.append(_fault("", "This line has more cells than the first.", line))
            padded = [*cells, *[""] * (len(header) - len(cells))]
            values = {
                name: read_cell(cell.strip())
                for name, cell in zip(header, padded, strict=False)
                if name
            }
            rows.append(TableRow(line, values))
            if len(rows) > MOST_ROWS:
                detail = f"There are too many lines: at most {MOST_ROWS:,}."
                return [], [_fault("", detail, line)]
        line = reader.line_num + 1
    return rows, faults


def _check_header(header: list[str]) -> Iterator[ImportFault]:
    if "id" not in header or "name" not in header:
        yield _fault("", "The first line has to name the columns, `id` and `name` among them.", 1)
        return
    for place, name in enumerate(header):
        if name and name not in _KNOWN:
            yield _fault(name, "There is no such column.", 1)
        elif name in header[:place] and name:
            yield _fault(name, "This column is there twice.", 1)


def _read_value(cell: str) -> object:
    """JSON where it begins like a list or an object; what is wrong with it is told by its field."""
    if not cell:
        return None
    if cell.startswith(("[", "{")):
        try:
            return json.loads(cell)
        except ValueError:
            return cell
    return cell


def _write_cell(entry: Mapping[str, Any], column: str) -> str:
    name, _, field = column.partition(".")
    value = entry.get(name) if not field else entry.get(name, {}).get(field)
    if value is None or value in ([], {}):
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _fault(field: str, detail: str, line: int) -> ImportFault:
    return ImportFault(project="", field=field, detail=detail, line=line)
