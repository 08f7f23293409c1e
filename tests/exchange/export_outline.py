"""The layout of an exported file without its words: what stands where, read by libraries that did not write it."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from typing import Any

import yaml
from defusedxml.ElementTree import fromstring
from docx import Document as Word
from markdown_it import MarkdownIt
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation
from pypdf import PdfReader

# Further columns of these bear attributes or findings, in people's own words.
_OWN = {"people.csv": 5, "people-by-insights.csv": 2}


def outline(path: str, content: bytes) -> list[str]:
    """Lines that tell the file's structure: columns, sheets, elements with their attributes, kinds of paragraphs, shapes."""
    ending = path.rpartition(".")[2]
    readers = {
        "csv": lambda one: _csv(one, path), "json": _json, "xml": _xml, "svg": _xml, "qdc": _xml, "html": _html,
        "md": _markdown, "txt": _text, "xlsx": _workbook, "docx": _word, "pptx": _slides, "pdf": _pdf, "png": _png,
        "qdpx": _archive, "zip": _archive,
    }  # fmt: skip
    return list(readers[ending](content))


def _once(lines: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(lines))


def _csv(content: bytes, path: str) -> Iterator[str]:
    head, *rows = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    yield "columns: " + " | ".join(
        head[: 2 if path.startswith("people") else None]
    )  # further ones bear people's own words
    assert all(len(row) == len(head) for row in rows), "a row has other columns than the head"


def _json(content: bytes) -> list[str]:
    return _once(sorted(_keys(json.loads(content), "")))


def _keys(value: Any, place: str) -> Iterator[str]:
    if isinstance(value, dict) and not place.endswith((".attributes", ".run")):  # keys of these are people's own words
        for key, one in value.items():
            yield from _keys(one, f"{place}.{key}")
    elif isinstance(value, list):
        for one in value:
            yield from _keys(one, f"{place}[]")
    elif place:
        yield place


def _xml(content: bytes) -> list[str]:
    return _once(
        f"{one.tag.rpartition('}')[2]} {' '.join(sorted(key.rpartition('}')[2] for key in one.keys()))}".strip()  # noqa: SIM118
        for one in fromstring(content).iter()
    )


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(f"{tag} {' '.join(sorted(name for name, _ in attrs))}".strip())


def _html(content: bytes) -> list[str]:
    tags = _Tags()
    tags.feed(content.decode("utf-8"))
    return _once(tags.seen)


def _markdown(content: bytes) -> Iterator[str]:
    text = content.decode("utf-8")
    assert text.startswith("---\n")
    _, front, body = text.split("---\n", 2)
    yield "front matter: " + " ".join(yaml.safe_load(front))
    yield from _html(MarkdownIt("commonmark").render(body).encode())


def _text(content: bytes) -> Iterator[str]:
    assert content.endswith(b"\n")
    yield "lines of text"


def _workbook(content: bytes) -> Iterator[str]:
    book = load_workbook(io.BytesIO(content))
    for sheet in book:
        own = {cell.data_type for row in sheet.iter_rows(min_row=2) for cell in row if cell.value is not None}
        assert own <= {"s", "n"}, "a cell holds something else than words and numbers"
        crossed = sheet.title.startswith("People")  # its further columns are findings and attributes in people's words
        head = [str(cell.value) for cell in sheet[1]][: 2 if crossed else None]
        yield f"sheet {sheet.title}, frozen at {sheet.freeze_panes}: " + " | ".join(head)


def _word(content: bytes) -> Iterator[str]:
    document = Word(io.BytesIO(content))
    yield from _once(f"paragraph {one.style.name}" for one in document.paragraphs)
    yield from _once(f"table of {len(one.columns)} columns" for one in document.tables)
    yield from _outside(content)


def _slides(content: bytes) -> Iterator[str]:
    for slide in Presentation(io.BytesIO(content)).slides:
        assert slide.shapes.title is not None
        yield from (f"shape {one.shape_type}" for one in slide.shapes)
    yield from _outside(content)


def _outside(content: bytes) -> Iterator[str]:
    """What an Office file would fetch or open: nothing may."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith(".rels") and b'TargetMode="External"' in archive.read(name):
                yield f"{name} leads out"


def _pdf(content: bytes) -> Iterator[str]:
    reader = PdfReader(io.BytesIO(content))
    yield "catalogue: " + " ".join(sorted(map(str, reader.trailer["/Root"])))
    for page in reader.pages:
        for one in page.get("/Annots") or ():
            note = one.get_object()
            yield f"link {note['/Subtype']} {sorted(map(str, note.get('/A', {})))}"
            assert "/URI" not in note.get("/A", {})


def _png(content: bytes) -> Iterator[str]:
    with Image.open(io.BytesIO(content)) as image:
        image.load()
        yield f"picture {image.mode}"


def _archive(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            inside = name.replace(".qde", ".xml")
            if inside.endswith(".txt"):
                yield "sources of text"
            else:
                yield from (f"{name.rpartition('.')[2]}: {line}" for line in outline(inside, archive.read(name)))
