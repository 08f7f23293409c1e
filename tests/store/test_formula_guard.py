"""Nothing that people wrote runs as a formula where a spreadsheet opens a table of ours."""

from __future__ import annotations

import csv
import io
import re

import pyarrow as pa
import pyarrow.csv as pa_csv
import pytest
from hypothesis import given
from hypothesis import strategies as st

from voc_engine.records.spreadsheet import guarded
from voc_engine.store.results import csv_bytes

ATTACK = '=HYPERLINK("http://evil.example","x")'


@pytest.mark.parametrize(
    ("cell", "safe"),
    [
        (ATTACK, f"'{ATTACK}"),
        ("\u200b" + ATTACK, "'\u200b" + ATTACK),
        ("\u00ad \ufeff@SUM(A1)", "'\u00ad \ufeff@SUM(A1)"),
        (" =1+1", "' =1+1"),
        ('"=1+1', "'\"=1+1"),
        ("＝1+1", "'＝1+1"),
        ("-cmd|' /C calc'!A0", "'-cmd|' /C calc'!A0"),
        ("late; =1+1", "late; '=1+1"),
        ("late;=1+1", "late;'=1+1"),
        ("late\t@SUM(A1)", "late\t'@SUM(A1)"),
        ("late\n\u200b=1+1", "late\n\u200b'=1+1"),
        ("late,-cmd|x", "late,'-cmd|x"),
        (";=1", ";'=1"),
        ("\t=1", "'\t'=1"),
    ],
)
def test_a_formula_is_guarded(cell: str, safe: str) -> None:
    assert guarded(cell) == safe
    assert guarded(safe) == safe, "once is enough"


@pytest.mark.parametrize(
    "cell",
    ["", "-", "-5", "+3.5 %", "+49 30 1234567", "2026-01-04", "well-known", "a = b", "It fails - always",
     "Two things:\n- the export\n- the list", "me@example.org", "late, and late", "C++, C#", "a|b"],
)  # fmt: skip
def test_what_runs_nothing_stays_as_it_is(cell: str) -> None:
    assert guarded(cell) == cell


CELL = st.text(st.sampled_from(list("=+-@ab1 \"',;|\t\n\u200b\u00ad\ufeff＝＠")), max_size=12)


@given(CELL)
def test_no_cell_begins_with_a_formula_whatever_the_separator(cell: str) -> None:
    """As a spreadsheet reads the file with commas, semicolons, tabs or bars: past quotes and what nobody sees."""
    table = csv_bytes(pa.table({"text": pa.array([cell, "plain"], pa.string())}))
    read = next(iter(csv.DictReader(io.StringIO(table.decode(), newline=""))))["text"]
    assert read == guarded(cell) or not cell.strip()
    for piece in re.split(r"[,;|\t\r\n]", read):
        bare = piece.strip(' "\u200b\u00ad\ufeff')
        number = re.fullmatch(r"[-+]?[\d .,:()/%-]*", read)
        item = re.match(r"[-]+(?:\s|$)", bare) and piece is not read
        assert number or item or not bare.startswith(("=", "+", "@", "-", "＝", "＠")), (cell, read)


def test_values_of_a_list_are_cells_too() -> None:
    table = pa.table({"said": pa.array([["late", ATTACK], None, ["-cmd|x"]], pa.list_(pa.string()))})
    rows = pa_csv.read_csv(io.BytesIO(csv_bytes(table))).column("said").to_pylist()
    assert rows[0] == f"late | '{ATTACK}"
    assert rows[-1] == "'-cmd|x"


def test_a_guard_takes_time_that_grows_with_the_cell() -> None:
    """Regression for the class: runs of separators, of invisible marks, of signs."""
    for mark in ("\n", ";", "\u200b", " ", "=", "-", "\t \u00ad", ',"'):
        assert len(guarded(mark * 200_000 + "a")) <= 2 * len(mark) * 200_000 + 3
