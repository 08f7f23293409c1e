from __future__ import annotations

import io
import zipfile
from pathlib import Path

import docx
import pytest

from voc_engine.errors import SourceError

from .reading import put, read, said


def document(*paragraphs: str) -> bytes:
    made = docx.Document()
    for paragraph in paragraphs:
        made.add_paragraph(paragraph)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def with_member(data: bytes, name: str, content: bytes) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            new.writestr(member, content if member == name else old.read(member))
        if name not in old.namelist():
            new.writestr(name, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Dana Wells   0:03", "Why paper?", "Tom Reed   0:07", "It never crashes."),
        ("Dana Wells   0:03\nWhy paper?", "Tom Reed   0:07\nIt never crashes."),
        ("Dana Wells: Why paper?", "Tom Reed: It never crashes."),
    ],
)
def test_word_transcripts(tmp_path: Path, paragraphs: tuple[str, ...]) -> None:
    (talk,), skipped = read(put(tmp_path, "a.docx", document(*paragraphs)))
    assert said(talk) == [
        ("Dana Wells", "interviewer", "Why paper?"),
        ("Tom Reed", "participant", "It never crashes."),
    ]
    assert skipped == []


def test_word_prose_with_a_table_keeps_every_word(tmp_path: Path) -> None:
    made = docx.Document()
    made.add_paragraph("We moved in May.")
    made.add_table(1, 2).rows[0].cells[1].text = "in a cell"
    stream = io.BytesIO()
    made.save(stream)
    (talk,), _ = read(put(tmp_path, "a.bin", stream.getvalue()))
    assert talk.document.text == "We moved in May.\nin a cell"


def test_entities_are_refused(tmp_path: Path) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>'
    with pytest.raises(SourceError, match="document type or entities"):
        read(put(tmp_path, "a.docx", with_member(document("x"), "word/document.xml", bomb)))


def test_a_zip_bomb_is_refused(tmp_path: Path) -> None:
    data = with_member(document("x"), "word/media/big.bin", b"\0" * (40 * 1024 * 1024))
    with pytest.raises(SourceError, match="far more than it should"):
        read(put(tmp_path, "a.docx", data))


def test_a_member_that_leaves_the_archive_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SourceError):
        read(put(tmp_path, "a.docx", with_member(document("x"), "../evil.xml", b"<a/>")))
