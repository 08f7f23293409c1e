"""Spreadsheets and encodings: date systems, merged headers, formulas, sheets without a stated size, every encoding."""

from __future__ import annotations

import io
import re
import zipfile
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from voc_engine.errors import SourceError

from .post_files import ods
from .reading import put, read


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def changed(data: bytes, member: str, pattern: str, new: str) -> bytes:
    """The workbook with one part edited, as other programs write it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as archive:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == member:
                text = re.sub(pattern, new, content.decode())
                assert text.encode() != content
                content = text.encode()
            archive.writestr(info.filename, content)
    return out.getvalue()


def book(*rows: list[object]) -> openpyxl.Workbook:
    made = openpyxl.Workbook()
    page = made.active
    assert page is not None
    for row in rows:
        page.append(row)
    return made


ROWS: list[list[object]] = [
    ["Review ID", "Date", "Stars", "Review"],
    [17, datetime(2026, 5, 4, 10, 30), 3, "It is fine for us"],
]


@pytest.mark.parametrize("mac", [False, True], ids=["1900", "1904"])
def test_dates_of_both_date_systems(tmp_path: Path, mac: bool) -> None:
    made = book(*ROWS)
    if mac:
        made.epoch = CALENDAR_MAC_1904
    (talk,), _ = read(put(tmp_path, "r.xlsx", saved(made)))
    assert talk.document.created_at == "2026-05-04T10:30:00"


def test_formulas_give_their_stored_value(tmp_path: Path) -> None:
    data = saved(book(["Review ID", "Stars", "Review"], [1, "=1+2", "It is fine for us"]))
    data = changed(data, "xl/worksheets/sheet1.xml", r"<f>1\+2</f><v ?/>|<f>1\+2</f><v></v>", "<f>1+2</f><v>3</v>")
    (talk,), _ = read(put(tmp_path, "r.xlsx", data))
    assert talk.document.rating == 3.0


def test_a_header_merged_over_two_rows(tmp_path: Path) -> None:
    made = book(
        ["Review ID", "Customer", None, "Review"],
        [None, "Name", "Plan", None],
        [1, "Ann Lee", "Solo", "It is fine for us"],
        [2, "Bo Kim", "Team", "It is not for us"],
    )
    assert made.active is not None
    for cells in ("A1:A2", "B1:C1", "D1:D2"):
        made.active.merge_cells(cells)
    talks, _ = read(put(tmp_path, "r.xlsx", saved(made)))
    assert [(t.document.person_id, t.document.attributes["Plan"], t.document.text) for t in talks] == [
        ("name:ann lee", "Solo", "It is fine for us"),
        ("name:bo kim", "Team", "It is not for us"),
    ]


def test_rows_that_end_before_the_header_does_are_whole(tmp_path: Path) -> None:
    """Fault: sheets without a stated size end rows at their last cell; such rows were quarantined."""
    data = saved(book(["Review", "Author", "Plan"], ["It is fine for us", "Ann Lee", "Solo"], ["It is not for us"]))
    data = changed(data, "xl/worksheets/sheet1.xml", r"<dimension [^>]*/>", "")
    talks, skipped = read(put(tmp_path, "r.xlsx", data))
    assert [t.document.text for t in talks] == ["It is fine for us", "It is not for us"]
    assert skipped == []


def test_several_sheets_are_several_tables(tmp_path: Path) -> None:
    made = book(*ROWS)
    other = made.create_sheet("Tickets")
    other.append(["Ticket ID", "Subject", "Description", "Priority"])
    other.append([1, "Help", "My parcel did not come", "high"])
    talks, _ = read(put(tmp_path, "r.xlsx", saved(made)))
    assert [(t.document.kind, t.document.locator) for t in talks] == [
        ("review", "Sheet row 2"),
        ("ticket", "Tickets row 2"),
    ]


@pytest.mark.parametrize("stated", ["A1", "A1:XFD1048576", ""])
def test_a_sheet_is_read_to_its_end_whatever_size_it_states(tmp_path: Path, stated: str) -> None:
    """A program that writes row by row states the size of an empty sheet: all but the first cell was lost in silence."""
    size = f'<dimension ref="{stated}"/>' if stated else ""
    data = changed(saved(book(*ROWS)), "xl/worksheets/sheet1.xml", r"<dimension[^>]*/>", size)
    (talk,), skipped = read(put(tmp_path, "r.xlsx", data))
    assert talk.document.text == "It is fine for us"
    assert skipped == []


def test_a_strict_workbook_is_refused_with_advice(tmp_path: Path) -> None:
    """Its sheets stand in a namespace of their own: it was read as a workbook without any, and nobody was told."""
    data = saved(book(*ROWS))
    plain, strict = "schemas.openxmlformats.org/officeDocument/2006", "purl.oclc.org/ooxml/officeDocument"
    for part in ("workbook.xml", "_rels/workbook.xml.rels"):
        data = changed(data, f"xl/{part}", f"{plain}/relationships", f"{strict}/relationships")
    with pytest.raises(SourceError) as refused:
        read(put(tmp_path, "r.xlsx", data))
    assert "strict" in str(refused.value)


def test_a_binary_workbook_is_told_by_name(tmp_path: Path) -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.bin", "xl/worksheets/sheet1.bin"):
            archive.writestr(name, b"\x83\x01\x00")
    with pytest.raises(SourceError) as refused:
        read(put(tmp_path, "r.xlsb", out.getvalue()))
    assert refused.value.found == "a binary Excel workbook (.xlsb)"


def test_escaped_characters_are_read_as_what_they_stand_for(tmp_path: Path) -> None:
    made = book(["Review ID", "Review"], [1, "One line_x000D_ and_x0009_a tab, _x005F_x0041_ as typed"])
    (talk,), _ = read(put(tmp_path, "r.xlsx", saved(made)))
    assert talk.document.text.split() == ["One", "line", "and", "a", "tab,", "_x0041_", "as", "typed"]


def _cell(text: str, kind: str = "string", value: str = "", more: str = "") -> str:
    stored = {"date": f'office:date-value="{value}"', "float": f'office:value="{value}"'}.get(kind, "")
    return f'<table:table-cell office:value-type="{kind}" {stored} {more}><text:p>{text}</text:p></table:table-cell>'


def test_an_opendocument_sheet(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>written by staff</text:p></office:annotation>"
    rows = [
        "".join(_cell(name) for name in ("Review ID", "Date", "Stars", "Plan", "Review")),
        _cell("1", "float", "1") + _cell("04.05.26", "date", "2026-05-04T10:30:00") + _cell("3,0", "float", "3.0")
        + _cell("Solo") + _cell("It is<text:s/> fine</text:p><text:p>for us").replace("<text:p>It", note + "<text:p>It"),
        _cell("2", "float", "2") + _cell("05.05.26", "date", "2026-05-05") + _cell("4", "float", "4")
        + '<table:table-cell/><table:covered-table-cell/>'.replace("<table:covered-table-cell/>", _cell("Not for us")),
    ]  # fmt: skip
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
    empty = '<table:table-cell table:number-columns-repeated="16384"/>'
    empty = f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    talks, skipped = read(put(tmp_path, "r.ods", ods(f'<table:table table:name="May">{body}{empty}</table:table>')))
    assert [(t.document.text, t.document.created_at, t.document.rating, t.document.locator) for t in talks] == [
        ("It is  fine\nfor us", "2026-05-04T10:30:00", 3.0, "May row 2"),
        ("Not for us", "2026-05-05", 4.0, "May row 3"),
    ]
    assert [one.reason for one in skipped] == ["empty row"]


def test_an_opendocument_sheet_of_a_million_equal_rows_is_refused(tmp_path: Path) -> None:
    row = '<table:table-row table:number-rows-repeated="9000000">' + 3 * _cell("bomb") + "</table:table-row>"
    with pytest.raises(SourceError, match="far more cells"):
        read(put(tmp_path, "r.ods", ods(f'<table:table table:name="May">{row}</table:table>')))


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", "cp1252"],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_encoding_with_every_delimiter(tmp_path: Path, encoding: str, delimiter: str) -> None:
    rows = [["id", "rating", "author", "review"]]
    rows += [[str(n), "4", f"Zoë Krämer {n}", f'Größe, naïve; – “café”\n"zweite" | Zeile\t{n}'] for n in range(5)]
    cells = [['"' + cell.replace('"', '""') + '"' for cell in row] for row in rows]
    text = "\r\n".join(delimiter.join(row) for row in cells) + "\r\n"
    talks, skipped = read(put(tmp_path, "r.csv", text.encode(encoding)))
    assert [t.document.text for t in talks] == [row[3] for row in rows[1:]]
    assert skipped == []
