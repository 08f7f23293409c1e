"""Word documents: Teams transcripts ("Name   0:03" paragraphs), "Name: text" notes, or prose (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.sax.xmlreader import AttributesImpl

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.contract import set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.contained import ContainerReader, Contents
from voc_engine.ingest.transcripts.emphasis import labelled_by_emphasis
from voc_engine.ingest.transcripts.office_xml import Lines, members_of, read_part
from voc_engine.ingest.unpack import zip_members

_BODY = "word/document.xml"
_APART = re.compile(r"word/(?P<what>header|footer|footnotes|endnotes|comments)\d*\.xml$")
_REASONS = {
    "header": "page header",
    "footer": "page footer",
    "footnotes": "footnote",
    "endnotes": "footnote",
    "comments": "comment",
}
_MOVED_AWAY = ("w:del", "w:moveFrom")


class Docx(ContainerReader):
    """The paragraphs become lines; which text layout they follow is sniffed as for a text file."""

    name = "docx.v1"
    container = "Word document"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        return 1.0 if head[:4] == b"PK\x03\x04" and is_docx(source) else 0.0

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        members = members_of(source)
        if _BODY not in members:
            raise SourceError(
                f"{source.name} is not a sound Word document.", found=f"no {_BODY}", do="save it again as .docx"
            )
        body = _Paragraphs()
        read_part(source, _BODY, body)
        skipped = [set_aside(source, "body", reason, text) for reason, text in body.aside]
        for member in sorted(members):
            if match := _APART.match(member):
                part = _Paragraphs()
                read_part(source, member, part)
                if text := "\n".join(line for line in part.lines if line.strip()):
                    skipped.append(set_aside(source, member, _REASONS[match["what"]], text))
        lines, note = labelled_by_emphasis(body.all_lines(), body.bold)
        return Contents("\n".join(lines), tuple(skipped), notes=(note,) if note else ())


def _attribute(attrs: object, name: str) -> str:
    return str(attrs.get(name, "")) if isinstance(attrs, Mapping | AttributesImpl) else ""


def is_docx(source: SourceFile) -> bool:
    try:
        with source.seekable() as stream:
            return _BODY in zip_members(stream, source.name)
    except SourceError:
        return False


class _Paragraphs(Lines):
    """A line per paragraph; inserted text counts, deleted text does not, nor a text box's copy for old programs."""

    def __init__(self) -> None:
        super().__init__()
        self._in_text = False
        self._copies = 0
        self._open = 0
        self._bold_run = False
        self._plain_words = False
        self._bold_words = False

    def is_bold(self, pieces: int) -> bool:
        bold = self._bold_words and not self._plain_words
        self._bold_words = self._plain_words = False
        return bold

    def startElement(self, name: str, attrs: object) -> None:
        if name == "mc:Fallback":
            self._copies += 1
        elif name in _MOVED_AWAY:
            self.put_aside("deleted text")
        elif name in ("w:t", "w:delText"):
            self._in_text = True
        elif name == "w:r":
            self._bold_run = False
        elif name == "w:b":
            self._bold_run = _attribute(attrs, "w:val") not in ("0", "false", "off")
        elif name == "w:p":
            self._begin_paragraph()
        elif not self._copies:
            self._lay_out(name)

    def _begin_paragraph(self) -> None:
        # A text box is a paragraph inside a paragraph: a line of its own.
        if self._open and self._line:
            self.end_line()
        self._open += 1

    def _lay_out(self, name: str) -> None:
        """Rows, cells and white space."""
        if name == "w:tr":
            self.begin_row()
        elif name == "w:tc":
            self.begin_cell()
        elif name == "w:tab" and self._open:
            self.say("\t")
        elif name in ("w:br", "w:cr"):
            self.say("\n")

    def endElement(self, name: str) -> None:
        if name == "mc:Fallback":
            self._copies -= 1
        elif name in _MOVED_AWAY:
            self.back()
        elif name == "w:tr" and not self._copies:
            self.end_row()
        elif name in ("w:t", "w:delText"):
            self._in_text = False
        elif name == "w:p" and not self._copies:
            self._open -= 1
            self.end_line()
        elif name == "w:p":
            self._open -= 1

    def characters(self, content: str) -> None:
        if self._in_text and not self._copies:
            self._bold_words |= self._bold_run and bool(content.strip())
            self._plain_words |= not self._bold_run and bool(content.strip())
            self.say(content)
