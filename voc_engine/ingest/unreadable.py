"""Files that no reader knows: what they seem to be by their first bytes, and what to do with them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TRANSCRIBE = (
    "transcribe it first and give the transcript: noScribe and whisper.cpp do it on your own machine, with times; noScribe"
    " tells speakers apart"
)


@dataclass(frozen=True)
class Unreadable:
    """What a file is and the next step."""

    what: str
    do: str


_RECORDING = Unreadable("a sound or video recording", _TRANSCRIBE)
_PICTURE = Unreadable("a picture", "run text recognition over it, and give the text or a PDF")
_OLD_OFFICE = Unreadable(
    "an old Office file (.doc, .xls, .ppt)",
    "save it from an office program: a document as .docx, a workbook as .xlsx, slides as .pdf",
)
_SIGNATURES: tuple[tuple[bytes, Unreadable], ...] = (
    (rb"ID3|RIFF....(?:WAVE|AVI )|OggS|fLaC|\xff[\xfb\xf3\xf2\xfa]|....ftyp|\x1aE\xdf\xa3|0&\xb2u|#!AMR|FORM....AIF|caff|"
     rb"\x00\x00\x01[\xba\xb3]|FLV\x01|MThd|\x00\x00\x00", _RECORDING),
    (rb"\x89PNG|\xff\xd8\xff|GIF8|BM....\x00\x00|II\*\x00|MM\x00\*|RIFF....WEBP", _PICTURE),
    (rb"\xd0\xcf\x11\xe0", _OLD_OFFICE),
    (rb"SQLite format 3", Unreadable("a database (SQLite)", "export its table as CSV")),
    (rb"7z\xbc\xaf\x27\x1c|Rar!|\xfd7zXZ|BZh", Unreadable("a packed archive", "unpack it, or pack it as .zip or .gz")),
)  # fmt: skip
_PROJECT = Unreadable(
    "a project of a QDA program (REFI-QDA)",
    "export its sources from that program as text or Word documents, and give those; codes come in with voc import",
)
_SPREADSHEET_XML = Unreadable(
    "a spreadsheet as XML (Excel 2003)", "open it in a spreadsheet program and save it as .xlsx or export it as .csv"
)
_BINARY_WORKBOOK = Unreadable(
    "a binary Excel workbook (.xlsb)", "open it in a spreadsheet program and save it as .xlsx"
)
_DTD = Unreadable(
    "XML with a document type, which is not read", "take the lines of <!DOCTYPE ...> out, or export it as CSV or JSON"
)
_ROOT = re.compile(rb"<(?![?!])(?:[\w.-]{1,60}:)?(?P<root>[\w.-]{1,60})")
_ZIPPED = Unreadable("a zip-like file (perhaps a presentation, or a zip in a zip)", "")


def unreadable(head: bytes, members: tuple[str, ...] = ()) -> Unreadable:
    """What the beginning of a file, or the names in a zip, tell of it; ``do`` is "" where they do not tell."""
    if "project.qde" in members:
        return _PROJECT
    if "xl/workbook.bin" in members:
        return _BINARY_WORKBOOK
    if b'progid="Excel.Sheet"' in head[:2_000] or b"urn:schemas-microsoft-com:office:spreadsheet" in head[:2_000]:
        return _SPREADSHEET_XML
    if head.startswith(b"PK\x03\x04"):
        return _ZIPPED
    if re.match(rb"(?:\xef\xbb\xbf)?\s*<(?:\?xml\b|!DOCTYPE\b)", head):
        return _DTD if b"<!DOCTYPE" in head[:2_000] else _xml(head)
    for pattern, answer in _SIGNATURES:
        if re.match(pattern, head, re.DOTALL):
            return answer
    return Unreadable(f"bytes that begin with {head[:16]!r}", "")


def _xml(head: bytes) -> Unreadable:
    root = _ROOT.search(head)
    return Unreadable(
        f"XML of the kind <{root['root'].decode('ascii', 'replace') if root else '?'}>, which no reader knows",
        "export it as a table (CSV), or as text with the speaker's name and a colon before each turn; where one element"
        ' comes again for each text, format = "xml.v1" reads these',
    )
