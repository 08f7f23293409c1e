"""Small documents for tests: lines as a Word, OpenDocument, RTF, PDF or HTML file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from html import escape

import docx

ODT_KIND = b"application/vnd.oasis.opendocument.text"
ODT_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"><office:body><office:text>'
)
ODT_TAIL = "</office:text></office:body></office:document-content>"


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return stream.getvalue()


def as_docx(lines: Sequence[str]) -> bytes:
    made = docx.Document()
    for line in lines:
        made.add_paragraph(line)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def odt_of(body: str) -> bytes:
    """An OpenDocument text whose body is the given XML."""
    return zipped([("mimetype", ODT_KIND), ("content.xml", f"{ODT_HEAD}{body}{ODT_TAIL}".encode())])


def as_odt(lines: Sequence[str]) -> bytes:
    def blanks(text: str) -> str:
        # Several blanks and tabs have elements of their own (ODF 1.3, 6.1.2).
        return escape(text, quote=False).replace("  ", ' <text:s text:c="1"/>').replace("\t", "<text:tab/>")

    return odt_of("".join(f"<text:p>{blanks(line)}</text:p>" for line in lines))


def as_rtf(lines: Sequence[str]) -> bytes:
    def coded(text: str) -> str:
        units = text.encode("utf-16-le")
        codes = [int.from_bytes(units[n : n + 2], "little", signed=True) for n in range(0, len(units), 2)]
        plain = {**{ord(c): f"\\{c}" for c in "\\{}"}, 9: "\\tab "}
        return "".join(plain.get(c) or (chr(c) if 32 <= c < 127 else f"\\u{c}?") for c in codes)

    body = "".join(f"{coded(line)}\\par\n" for line in lines)
    return f"{{\\rtf1\\ansi\\ansicpg1252\\deff0{{\\fonttbl{{\\f0 Arial;}}}}\\pard {body}}}".encode("ascii")


def as_html(lines: Sequence[str]) -> bytes:
    body = "".join(f"<p>{escape(line)}</p>\n".replace("  ", "&nbsp; ") for line in lines)
    return f"<!DOCTYPE html>\n<html><head><meta charset=utf-8></head><body>{body}</body></html>".encode()


def as_pdf(lines: Sequence[str], head: str = "", wrap: bool = True, per_page: int = 40) -> bytes:
    """One page after the other, a line of the file per line on paper; long ones wrapped at 90 characters."""
    import textwrap

    from reportlab.lib.pagesizes import A4
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    # Without "invariant" the file's date would differ from run to run.
    canvas = Canvas(stream, pagesize=A4, invariant=1)
    rows = [row for line in lines for row in (textwrap.wrap(line, 90, break_on_hyphens=True) if wrap else [line])]
    for page in range(0, max(1, len(rows)), per_page):
        if head:
            canvas.drawString(60, 810, head)
            canvas.drawString(280, 30, str(page // per_page + 1))
        for n, row in enumerate(rows[page : page + per_page]):
            canvas.drawString(60, 780 - 18 * n, row)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()
