"""Sentences in the layouts of tables, archives and plain writing that the other lists leave out."""

from __future__ import annotations

import csv
import html
import io
import json
from collections.abc import Callable


def as_page_table(sentences: list[str]) -> bytes:
    rows = "\n".join(
        f"<tr><td>r{n}</td><td>{html.escape(text, quote=False)}</td></tr>" for n, text in enumerate(sentences)
    )
    head = "<tr><th>review_id</th><th>review</th></tr>"
    page = f"<html><head><meta charset=utf-8></head><body><table>\n{head}\n{rows}\n</table></body></html>"
    return page.encode()


def as_office_page(sentences: list[str]) -> bytes:
    """A page that a program saves under the name of a workbook: names of spaces, styles, a cell over all columns."""
    rows = "\r\n".join(
        f"<tr>\r\n<td class=xl1>r{n}</td>\r\n<td class=xl1 style='width:9pt'>{html.escape(text, quote=False)}</td>\r\n</tr>"
        for n, text in enumerate(sentences)
    )
    return (
        '<html xmlns:x="urn:schemas-microsoft-com:office:excel">\r\n<head><meta charset=utf-8>'
        "<style>.xl1 {mso-number-format:General}</style></head>\r\n<body><table border=0>\r\n"
        f"<tr><td>review_id</td><td>review</td></tr>\r\n{rows}\r\n</table></body></html>"
    ).encode()


def as_parquet(sentences: list[str]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    stream = io.BytesIO()
    pq.write_table(pa.table({"review_id": [f"r{n}" for n in range(len(sentences))], "review": sentences}), stream)
    return stream.getvalue()


def as_prose(sentences: list[str]) -> bytes:
    return "\n\n".join(sentences).encode()


def as_survey(sentences: list[str]) -> bytes:
    rows = [["Respondent ID", "What annoyed you most about the product?"]]
    return _table([*rows, *([f"{n}", text] for n, text in enumerate(sentences))])


def as_zendesk_view(sentences: list[str]) -> bytes:
    rows = [["Id", "Subject", "Requester", "Requester email", "Assignee", "Description", "Plan [list]"]]
    return _table(
        [*rows, *([f"{n}", "", f"w{n}", f"w{n}@example.org", "", text, ""] for n, text in enumerate(sentences))]
    )


def as_x_archive(sentences: list[str]) -> bytes:
    tweets = [
        {"tweet": {"id_str": str(n), "full_text": html.escape(text, quote=False), "lang": "en"}}
        for n, text in enumerate(sentences)
    ]
    return b"window.YTD.tweets.part0 = " + json.dumps(tweets).encode()


def _table(rows: list[list[str]]) -> bytes:
    stream = io.StringIO()
    csv.writer(stream).writerows(rows)
    return stream.getvalue().encode()


# Answers that return make a question a closed one, so that these are only written with sentences that do not.
def as_xml(sentences: list[str]) -> bytes:
    rows = "".join(
        f'<review id="r{n}"><comment>{html.escape(text)}</comment></review>' for n, text in enumerate(sentences)
    )
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<reviews>{rows}</reviews>'.encode()


def as_fields(sentences: list[str]) -> bytes:
    return "\n\n".join(f"id: r{n}\nreview: {text}" for n, text in enumerate(sentences)).encode()


SURVEY_FORMATS = {"survey.v1": ("a.csv", as_survey)}
TABLE_FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "html_table.v1": ("a.html", as_page_table),
    "parquet.v1": ("a.parquet", as_parquet),
    "prose.v1": ("a.txt", as_prose),
    "fields.v1": ("a.txt", as_fields),
    "xml.v1": ("a.xml", as_xml),
    "x_archive.v1": ("tweets.js", as_x_archive),
    "zendesk_csv.v1": ("a.csv", as_zendesk_view),
}
