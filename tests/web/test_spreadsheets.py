"""Nothing that leaves as a table runs in a spreadsheet, and everything can be read back."""

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.web.spreadsheets import read_cell, write_cell, write_csv_row

FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "'=1"]


@pytest.mark.parametrize("text", FORMULAS)
def test_a_formula_is_only_text(text: str) -> None:
    assert write_cell(text) == f"'{text}"
    assert read_cell(write_cell(text)) == text


@pytest.mark.parametrize("text", ["+919876543210", "-5", "3.5", "Asha", "it's", ""])
def test_numbers_and_names_stay_as_they_are(text: str) -> None:
    assert write_cell(text) == text
    assert read_cell(text) == text


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1, max_size=5))
def test_every_row_reads_back(cells: list[str]) -> None:
    line = write_csv_row(cells).decode()
    (row,) = csv.reader([line]) if "\n" not in line[:-2] else csv.reader(line.splitlines(True))
    assert [read_cell(cell) for cell in row] == cells
