"""Tables to take away as CSV (RFC 4180), without anything that a spreadsheet would run.

A cell that begins as a formula does gets an apostrophe in front (OWASP, "CSV Injection"), except a
plain number, `+919876543210` and `-5` among them: a phone number has to stay one. `read_cell`
undoes it, so what is exported can be read back.
"""

import csv
import io
import re
from collections.abc import Sequence

_LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


def write_csv_row(cells: Sequence[str]) -> bytes:
    """One line in UTF-8."""
    line = io.StringIO()
    csv.writer(line, lineterminator="\r\n").writerow([write_cell(cell) for cell in cells])
    return line.getvalue().encode("utf-8", "replace")


def write_cell(text: str) -> str:
    if text.startswith(_LIVE) and not _NUMBER.fullmatch(text):
        return f"'{text}"
    return text


def read_cell(cell: str) -> str:
    return cell.removeprefix("'") if cell[1:].startswith(_LIVE) else cell
