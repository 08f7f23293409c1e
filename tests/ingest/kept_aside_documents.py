"""Transcripts as documents: Word, OpenDocument, rich text, web page, PDF."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Sequence
from html import escape

from .kept_aside_talks import BANKING, CLINIC, GROUP, REMARKS, SHOP, Talk, Turn, clock, timeless

_SPACES = {
    "office": "urn:oasis:names:tc:opendocument:xmlns:office:1.0",
    "text": "urn:oasis:names:tc:opendocument:xmlns:text:1.0",
    "style": "urn:oasis:names:tc:opendocument:xmlns:style:1.0",
}


def _word(fill: Callable[..., None], talk: Sequence[Turn]) -> bytes:
    import docx

    document, stream = docx.Document(), io.BytesIO()
    fill(document, talk)
    document.save(stream)
    return stream.getvalue()


def _bold_names(document: object, talk: Sequence[Turn]) -> None:
    document.add_heading("Interview 4", 1)  # type: ignore[attr-defined]
    document.sections[0].header.paragraphs[0].text = "Confidential"  # type: ignore[attr-defined]
    for turn in talk:
        paragraph = document.add_paragraph()  # type: ignore[attr-defined]
        paragraph.add_run(f"{turn.speaker}:").bold = True
        paragraph.add_run(f" {turn.text}")


def _teams(document: object, talk: Sequence[Turn]) -> None:
    document.add_paragraph("Booking research-20260303_100312-Meeting Recording")  # type: ignore[attr-defined]
    document.add_paragraph("March 3, 2026, 10:03AM")  # type: ignore[attr-defined]
    document.add_paragraph("12m 5s")  # type: ignore[attr-defined]
    document.add_paragraph(f"{talk[0].speaker} started transcription")  # type: ignore[attr-defined]
    for turn in talk:
        paragraph = document.add_paragraph()  # type: ignore[attr-defined]
        paragraph.add_run(str(turn.speaker)).bold = True
        paragraph.add_run(f"   {clock(turn.at, 'short')}").add_break()
        paragraph.add_run(turn.text)
    document.add_paragraph(f"{talk[0].speaker} stopped transcription")  # type: ignore[attr-defined]


def _table(document: object, talk: Sequence[Turn]) -> None:
    table = document.add_table(rows=1, cols=3)  # type: ignore[attr-defined]
    for cell, head in zip(table.rows[0].cells, ("Time", "Speaker", "Text"), strict=True):
        cell.text = head
    for turn in talk:
        for cell, value in zip(table.add_row().cells, (clock(turn.at), str(turn.speaker), turn.text), strict=True):
            cell.text = value


def _meet(document: object, talk: Sequence[Turn]) -> None:
    document.add_heading("Interview kitchen (2026-03-12 10:03 GMT+1) - Transcript", 1)  # type: ignore[attr-defined]
    document.add_heading("Attendees", 2)  # type: ignore[attr-defined]
    document.add_paragraph(", ".join(dict.fromkeys(str(t.speaker) for t in talk)))  # type: ignore[attr-defined]
    document.add_heading("Transcript", 2)  # type: ignore[attr-defined]
    document.add_heading("00:00:00", 3)  # type: ignore[attr-defined]
    for turn in talk:
        paragraph = document.add_paragraph()  # type: ignore[attr-defined]
        paragraph.add_run(f"{turn.speaker}: ").bold = True
        paragraph.add_run(turn.text)
    document.add_heading("Meeting ended after 00:31:45 👋", 2)  # type: ignore[attr-defined]
    document.add_paragraph(  # type: ignore[attr-defined]
        "This editable transcript was computer generated and might contain errors."
        " People can also change the text after it was created."
    )


def _odt(talk: Sequence[Turn]) -> bytes:
    names = " ".join(f'xmlns:{short}="{long}"' for short, long in _SPACES.items())
    body = "".join(
        f'<text:p text:style-name="Standard"><text:span>{escape(str(t.speaker))}:</text:span><text:tab/>'
        f"{escape(t.text, quote=False)}</text:p>"
        for t in talk
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {names} office:version="1.3">'
        f'<office:body><office:text><text:h text:outline-level="1">Interview</text:h>{body}</office:text></office:body>'
        "</office:document-content>"
    )
    manifest = (
        '<?xml version="1.0"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.text"/>'
        "</manifest:manifest>"
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", manifest)
    return stream.getvalue()


def _rtf(talk: Sequence[Turn]) -> bytes:
    def plain(text: str) -> str:
        return "".join(c if ord(c) < 128 else f"\\'{c.encode('cp1252')[0]:02x}" for c in text)

    body = "".join(f"{{\\b {plain(str(t.speaker))}:}} {plain(t.text)}\\par\n" for t in talk)
    head = (
        "{\\rtf1\\ansi\\ansicpg1252\\deff0{\\fonttbl{\\f0\\fswiss Arial;}}{\\*\\generator Riched20 10.0;}\\f0\\fs22\n"
    )
    return (head + body + "}").encode("ascii")


def _html(talk: Sequence[Turn]) -> bytes:
    body = "\n".join(f"<p><strong>{escape(str(t.speaker))}:</strong> {escape(t.text)}</p>" for t in talk)
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><title>Interview</title><style>p{margin:0}</style></head>"
        f"<body><h1>Interview 4</h1>\n{body}\n</body></html>"
    ).encode()


def _pdf(talk: Sequence[Turn]) -> bytes:
    """Wrapped lines, as a word processor prints them."""
    from reportlab.lib.styles import getSampleStyleSheet
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

    stream, style = io.BytesIO(), getSampleStyleSheet()
    document = SimpleDocTemplate(stream, invariant=1)
    story: list[object] = [Paragraph("Interview 4", style["Title"])]
    for turn in talk:
        story += [Paragraph(f"<b>{escape(str(turn.speaker))}:</b> {escape(turn.text)}", style["Normal"]), Spacer(1, 8)]
    document.build(story)
    return stream.getvalue()


def _at_first(talk: Sequence[Turn]) -> list[Turn]:
    return [t._replace(at=0 if n == 0 else "?") for n, t in enumerate(talk)]


DOCUMENTS = [
    Talk("bold.docx", _word(_bold_names, BANKING), timeless(BANKING), "document"),
    Talk("teams.docx", _word(_teams, CLINIC), CLINIC, "document", "2026-03-03T10:03:00"),
    Talk("table.docx", _word(_table, SHOP), SHOP, "document"),
    Talk("meet.docx", _word(_meet, SHOP), _at_first(SHOP), "document", "2026-03-12T10:03:00+01:00"),
    Talk("notes.odt", _odt(REMARKS), timeless(REMARKS), "document"),
    Talk("notes.rtf", _rtf(SHOP), timeless(SHOP), "document"),
    Talk("page.html", _html(GROUP), timeless(GROUP), "document"),
    Talk("print.pdf", _pdf(BANKING), timeless(BANKING), "document"),
    Talk("print_accents.pdf", _pdf(SHOP), timeless(SHOP), "document"),
]
