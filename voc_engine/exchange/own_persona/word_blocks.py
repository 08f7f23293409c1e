"""A Word document as blocks: headings by style, list items, paragraphs and tables (ECMA-376)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from voc_engine.errors import SourceError
from voc_engine.exchange.own_persona.blocks import Block
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.office_xml import Lines, members_of, read_part

_BODY = "word/document.xml"
_GONE = ("w:del", "w:moveFrom", "mc:Fallback")
_STYLE = re.compile(r"heading\s*(\d)", re.IGNORECASE)


def word_blocks(source: SourceFile) -> Iterator[Block]:
    """Blocks in order. Raises SourceError for a file that is no sound Word document."""
    if _BODY not in members_of(source):
        raise SourceError(
            f"{source.name} is not a sound Word document.", found=f"no {_BODY}", do="save it again as .docx"
        )
    body = _Body()
    read_part(source, _BODY, body)
    yield from body.blocks


class _Body(Lines):
    """Gathers paragraphs and tables; text that was deleted, and copies for old programs, do not count."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[Block] = []
        self._style, self._listed, self._gone, self._in_text, self._number = "", False, 0, False, 0
        self._words: list[str] = []
        self._tables: list[list[list[list[str]]]] = []  # open tables: rows of cells of paragraphs
        self._bold = self._bold_words = self._plain_words = False

    def startElement(self, name: str, attrs: object) -> None:
        value = str(attrs.get("w:val", "")) if hasattr(attrs, "get") else ""
        if name in _GONE:
            self._gone += 1
        elif name == "w:p":
            self._style, self._listed, self._words = "", False, []
            self._bold_words = self._plain_words = False
        elif name in ("w:tab", "w:br", "w:cr") and not self._gone:
            self._words.append("\n" if name == "w:br" else " ")
        elif name in ("w:tbl", "w:tr", "w:tc"):
            self._open_table(name)
        else:
            self._format(name, value)

    def _format(self, name: str, value: str) -> None:
        """Style of the paragraph or the run."""
        if name == "w:pStyle":
            self._style = value
        elif name == "w:numPr":
            self._listed = True
        elif name == "w:r":
            self._bold = False
        elif name == "w:b":
            self._bold = value not in ("0", "false", "off")
        elif name == "w:t":
            self._in_text = True

    def _open_table(self, name: str) -> None:
        if name == "w:tbl":
            self._tables.append([])
        elif name == "w:tr" and self._tables:
            self._tables[-1].append([])
        elif self._tables and self._tables[-1]:
            self._tables[-1][-1].append([])

    def endElement(self, name: str) -> None:
        if name in _GONE:
            self._gone -= 1
        elif name == "w:t":
            self._in_text = False
        elif name == "w:p":
            self._end_paragraph()
        elif name == "w:tbl" and self._tables:
            rows = self._tables.pop()
            self._number += 1
            cells = tuple(tuple("\n".join(cell) for cell in row) for row in rows)
            self.blocks.append(Block("table", "", f"table {self._number}", rows=cells))

    def characters(self, content: str) -> None:
        if self._in_text and not self._gone:
            if content.strip():
                self._bold_words |= self._bold
                self._plain_words |= not self._bold
            self._words.append(content)

    def _end_paragraph(self) -> None:
        text = "\n".join(" ".join(line.split()) for line in "".join(self._words).split("\n")).strip()
        self._words = []
        if not text:
            return
        if self._tables and self._tables[-1] and self._tables[-1][-1]:
            self._tables[-1][-1][-1].append(text)
            return
        location = f"paragraph {len(self.blocks) + 1}"
        if self._style.lower() == "title":
            self.blocks.append(Block("heading", text, location, level=1))
        elif match := _STYLE.search(self._style):
            self.blocks.append(Block("heading", text, location, level=int(match[1]) + 1))
        elif self._listed or "list" in self._style.lower():
            self.blocks.append(Block("item", text, location))
        elif "quote" in self._style.lower():
            self.blocks.append(Block("quote", text, location))
        else:
            bold = self._bold_words and not self._plain_words
            self.blocks.append(Block("bold" if bold else "text", text.rstrip(":") if bold else text, location))
