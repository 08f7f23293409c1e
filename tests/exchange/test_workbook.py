"""The workbook, opened by a library that did not write it."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace

import pytest
from hostile_run import hostile_view
from hostile_text import PAYLOADS
from openpyxl import load_workbook
from openpyxl.utils.escape import unescape

from voc_engine.exchange import result_sheets, workbook
from voc_engine.exchange.plain_text import plain
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.workbook import Workbook
from voc_engine.records import Batch, Document, Mention
from voc_engine.testing import example_study

FORMULAS = ["=1+1", "+1", "-1+1", "@SUM(A1)", '=HYPERLINK("http://evil.example","x")', "{=1}", "\t=1", "＝1+1", "http://evil.example",
            "mailto:a@b.example", "0123", "1e5", "TRUE", "_x0041_", "#N/A"]  # fmt: skip


def book(view: RunView):
    ((_, content),) = Workbook().write(view, frozenset()).files
    return content, load_workbook(io.BytesIO(content))


def test_sheets_have_frozen_heads_filters_and_rows() -> None:
    view = RunView(example_study())
    _, opened = book(view)
    assert opened.sheetnames == [
        "Overview", "Insights", "Quotes", "People × insights", "Personas", "Empathy", "People", "Topics", "Documents",
        "Codebook",
    ]  # fmt: skip
    assert all(sheet.freeze_panes == "B2" for sheet in opened)
    assert all(sheet.auto_filter.ref for sheet in opened if sheet.title != "Overview")
    assert opened["Quotes"].max_row == 1 + len(view.quotes)
    assert opened["Insights"].max_row == 1 + len(view.insights)


def test_people_by_insights_says_who_says_what() -> None:
    view = RunView(example_study())
    rows = list(book(view)[1]["People × insights"].values)
    assert rows[0] == ("Person", "Persona", "export drops rows", "love the calendar")
    marks = {row[0]: row[2:] for row in rows[1:]}
    assert marks == {"P0001": (1, 0), "P0002": (1, 0), "P0003": (1, 1), "P0004": (0, 1)}


@pytest.mark.parametrize("text", [*FORMULAS, *PAYLOADS])
def test_no_text_becomes_anything_else(text: str) -> None:
    content, opened = book(hostile_view(text))
    cells = [cell for sheet in opened for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not any(cell.hyperlink for cell in cells)
    shown = " ".join(plain(text).split())
    assert any(cell.data_type == "s" and " ".join(unescape(str(cell.value)).split()) == shown for cell in cells)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pages = [archive.read(name) for name in archive.namelist() if "worksheets/" in name]
    assert not any(b"<f>" in page or b"<f " in page for page in pages)


def test_what_is_too_long_for_a_cell_is_cut_and_counted() -> None:
    study = example_study()
    long = "word " * 8_000
    document = Document("d-long", "post", "posts.csv", "row 2", "P0002", long)
    mention = replace(
        study.tables.of(Mention)[0], mention_id="m-long", document_id="d-long", start=0, end=len(long), quote=long
    )
    tables = study.tables.tables
    view = RunView(replace(study, tables=Batch({**tables, Document: [document], Mention: [mention]})))
    made = Workbook().write(view, frozenset())
    ((path, content),) = made.files
    (one,) = Workbook().shown(path, content)
    assert len(one.words) == 32_767
    assert one.words.endswith("…")
    assert made.not_carried[0].count == len(long) - 32_767


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 4)
    view = RunView(example_study())
    content, opened = book(view)
    assert [name for name in opened.sheetnames if name.startswith("Quotes")] == ["Quotes", "Quotes (2)"]
    shown = [one.mention_id for one in Workbook().shown("study.xlsx", content)]
    assert {one.mention.mention_id for one in view.quotes} <= set(shown)
    assert opened["Quotes"].max_row == 5


def test_a_crossing_of_many_people_is_narrowed_and_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(result_sheets, "_MOST_CELLS", 4)
    view = RunView(example_study())
    made = Workbook().write(view, frozenset())
    assert {one.what: one.count for one in made.not_carried}["insights in the sheet of people × insights"] == 1
    ((_, content),) = made.files
    assert load_workbook(io.BytesIO(content))["People × insights"].max_column == 3
