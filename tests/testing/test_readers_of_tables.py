"""Every built-in reader of tables, held to the kit with a small sound file of its format."""

from __future__ import annotations

import json
from pathlib import Path

from ingest.table_files import as_fields, as_office_page, as_page_table, as_xml

from voc_engine.registry import component
from voc_engine.testing import ReaderKit

from .sample_lines import ALL, LINES, laid_out, put, table


class TestCsv(ReaderKit):
    reader, said = component("reader", "csv.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [[f"r{n}", str(1 + n % 5), text] for n, text in enumerate(LINES)]
        return put(folder, "a.csv", table(["review_id", "rating", "review"], rows))


class TestSurvey(ReaderKit):
    reader, said = component("reader", "survey.v1"), ALL

    def sample(self, folder: Path) -> Path:
        header = ["respondent_id", "What happened last time?", "What would you change first?"]
        return put(folder, "a.csv", table(header, [["1", *LINES[:2]], ["2", *LINES[2:]]]))


class TestJson(ReaderKit):
    reader, said = component("reader", "json.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [{"review_id": n, "review": text} for n, text in enumerate(LINES)]
        return put(folder, "a.json", json.dumps(rows, indent=1, ensure_ascii=False))


class TestJsonLines(ReaderKit):
    reader, said = component("reader", "jsonl.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = [json.dumps({"review_id": n, "review": text}, ensure_ascii=False) for n, text in enumerate(LINES)]
        return put(folder, "a.jsonl", "\n".join(rows) + "\n")


class TestWorkbook(ReaderKit):
    reader, said = component("reader", "xlsx.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import openpyxl

        book = openpyxl.Workbook()
        sheet = book.active
        assert sheet is not None
        for row in [["review_id", "review"], *([f"r{n}", text] for n, text in enumerate(LINES))]:
            sheet.append(row)
        book.save(folder / "a.xlsx")
        return folder / "a.xlsx"


class TestParquet(ReaderKit):
    reader, said = component("reader", "parquet.v1"), ALL
    textual = False

    def sample(self, folder: Path) -> Path:
        import pyarrow as pa
        import pyarrow.parquet as pq

        columns = {"review_id": [f"r{n}" for n in range(len(LINES))], "review": list(LINES)}
        pq.write_table(pa.table(columns), folder / "a.parquet")
        return folder / "a.parquet"


class TestFields(ReaderKit):
    reader, said = component("reader", "fields.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.txt", as_fields(list(LINES)))


class TestXml(ReaderKit):
    reader, said = component("reader", "xml.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.xml", as_xml(list(LINES)))


class TestPageTable(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.html", as_page_table(list(LINES)))


class TestPageTableOfAnOfficeProgram(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        return put(folder, "a.xls", as_office_page(list(LINES)))


class TestPageTableOfTurns(ReaderKit):
    reader, said = component("reader", "html_table.v1"), ALL

    def sample(self, folder: Path) -> Path:
        rows = laid_out("<tr><td>0:{s}<td>{name}<td>{text}", "\n")
        return put(folder, "a.html", f"<table>\n<tr><th>Time<th>Speaker<th>Text\n{rows}\n</table>\n")
