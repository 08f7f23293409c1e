"""Words in are words out, for every format, whatever the words are."""

from __future__ import annotations

import csv
import html
import io
import json
import tempfile
from collections.abc import Callable
from pathlib import Path

import docx
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from voc_engine.registry import names

from .desk_files import DESK_FORMATS
from .post_files import POST_FORMATS
from .reading import put, read, words
from .table_files import SURVEY_FORMATS, TABLE_FORMATS
from .talk_files import TALK_FORMATS, latin

SENTENCES = st.lists(
    st.text(
        alphabet=st.sampled_from(list("abcdefgé漢😀ßñ?!,.;'\"<>&-()[]{}*_#@/\\|=+ \t0123456789:")),
        min_size=1,
        max_size=60,
    ).map(lambda text: " ".join(text.split())),
    min_size=1,
    max_size=8,
)
NAMES = ("Dana Wells", "Tom Reed")


def _lines(sentences: list[str], layout: str) -> str:
    # A letter in front: a line that begins with a quote mark or a dash may rightly be taken for something else.
    return "\n\n".join(
        layout.format(n=n, name=NAMES[n % 2], text=text, s=n % 60, m=n // 60) for n, text in enumerate(sentences)
    )


def as_vtt(sentences: list[str]) -> bytes:
    escaped = [html.escape(text, quote=False) for text in sentences]
    return ("WEBVTT\n\n" + _lines(escaped, "{m:02}:{s:02}.000 --> {m:02}:{s:02}.900\n<v {name}>{text}</v>")).encode()


def as_srt(sentences: list[str]) -> bytes:
    escaped = [html.escape(text, quote=False) for text in sentences]
    return _lines(escaped, "{n}\n00:{m:02}:{s:02},000 --> 00:{m:02}:{s:02},900\n{name}: {text}").encode()


def as_whisper(sentences: list[str]) -> bytes:
    return (
        "start\tend\ttext\n"
        + "\n".join(f"{n}\t{n + 1}\t{html.escape(s, quote=False)}" for n, s in enumerate(sentences))
    ).encode()


def as_otter(sentences: list[str]) -> bytes:
    return _lines(sentences, "{name}  {m}:{s:02}  \n{text}").encode()


def as_notes(sentences: list[str]) -> bytes:
    return _lines(sentences, "{name}: {text}").encode()


def as_docx(sentences: list[str]) -> bytes:
    made = docx.Document()
    for n, text in enumerate(sentences):
        made.add_paragraph(f"{NAMES[n % 2]}   {n // 60}:{n % 60:02}")
        made.add_paragraph(text)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def as_csv(sentences: list[str]) -> bytes:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerows([["review_id", "review"], *([f"r{n}", text] for n, text in enumerate(sentences))])
    return stream.getvalue().encode("utf-16")


def as_xlsx(sentences: list[str]) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["review_id", "review"])
    for n, text in enumerate(sentences):
        sheet.append([f"r{n}", None])
        cell = sheet.cell(n + 2, 2, text)
        cell.data_type = "s"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def as_json(sentences: list[str]) -> bytes:
    return json.dumps([{"review_id": n, "review": text} for n, text in enumerate(sentences)], indent=1).encode()


def as_lines(sentences: list[str]) -> bytes:
    return "\n".join(json.dumps({"review_id": n, "review": text}) for n, text in enumerate(sentences)).encode()


def as_zendesk(sentences: list[str]) -> bytes:
    comments = [{"author_id": 1 + n % 2, "body": text} for n, text in enumerate(sentences)]
    ticket = {"id": 1, "subject": "", "requester_id": 1, "description": sentences[0], "comments": comments}
    return json.dumps({"tickets": [ticket], "users": []}).encode()


def as_intercom(sentences: list[str]) -> bytes:
    parts = [
        {"part_type": "comment", "body": f"<p>{html.escape(text)}</p>", "author": {"type": "user"}}
        for text in sentences
    ]
    return json.dumps([{"id": "1", "source": {}, "conversation_parts": {"conversation_parts": parts}}]).encode()


def as_reddit(sentences: list[str]) -> bytes:
    record = {"subreddit": "s", "created_utc": 1, "link_id": "l"}
    lines = [{**record, "id": str(n), "author": f"w{n}", "body": text} for n, text in enumerate(sentences)]
    return "\n".join(json.dumps(line) for line in lines).encode()


FORMATS: dict[str, tuple[str, Callable[[list[str]], bytes]]] = {
    "webvtt.v1": ("a.vtt", as_vtt),
    "srt.v1": ("a.srt", as_srt),
    "whisper.v1": ("a.tsv", as_whisper),
    "otter.v1": ("a.md", as_otter),
    "notes.v1": ("a.txt", as_notes),
    "docx.v1": ("a.docx", as_docx),
    "csv.v1": ("a.csv", as_csv),
    "xlsx.v1": ("a.xlsx", as_xlsx),
    "json.v1": ("a.json", as_json),
    "jsonl.v1": ("a.jsonl", as_lines),
    "zendesk.v1": ("a.json", as_zendesk),
    "intercom.v1": ("a.json", as_intercom),
    "reddit.v1": ("a.jsonl", as_reddit),
    **DESK_FORMATS,
    **TALK_FORMATS,
    **POST_FORMATS,
    **TABLE_FORMATS,
}


@pytest.mark.parametrize("name", sorted(FORMATS))
@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(sentences=SENTENCES)
def test_words_in_are_words_out(name: str, sentences: list[str]) -> None:
    file, write = FORMATS[name]
    # Each sentence bears one sure word, so that no row is empty and the table is a table.
    sentences = [f"Word {text} here now" for text in sentences]
    sentences = latin(sentences) if name == "pdf.v1" else sentences
    with tempfile.TemporaryDirectory() as folder:
        talks, skipped = read(put(Path(folder), file, write(sentences)), format=name)
    kept = words(*(talk.document.text for talk in talks))
    aside = words(*(one.found for one in skipped if not one.quarantined))
    assert kept + aside == words(*sentences)


def test_every_registered_reader_has_a_file_here() -> None:
    assert sorted({**FORMATS, **SURVEY_FORMATS}) == names("reader")


def test_words_of_open_answers_are_words_out(tmp_path: Path) -> None:
    sentences = [f"Word number{n} came late {n * n} times" for n in range(30)]
    file, write = SURVEY_FORMATS["survey.v1"]
    talks, skipped = read(put(tmp_path, file, write(sentences)))
    assert words(*(talk.document.text for talk in talks)) == words(*sentences)
    assert skipped == []
