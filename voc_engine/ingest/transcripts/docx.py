"""Word documents: Teams transcripts ("Name   0:03" paragraphs), "Name: text" notes, or prose."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.reader import Conversation
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import TranscriptReader
from voc_engine.ingest.transcripts.cues import Transcript, assemble
from voc_engine.ingest.transcripts.notes import Notes
from voc_engine.ingest.transcripts.otter import Otter
from voc_engine.ingest.transcripts.prose import Prose
from voc_engine.ingest.unpack import check_document_archive
from voc_engine.records import Skipped

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


class Docx:
    """The paragraphs become lines; which text layout they follow is sniffed as for a text file."""

    name = "docx.v1"
    kind = "interview"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        if head[:4] != b"PK\x03\x04":
            return 0.0
        return 1.0 if is_docx(source) else 0.0

    def _parsed(self, source: SourceFile, options: SourceConfig) -> tuple[TranscriptReader, Transcript]:
        text = document_text(source)
        layouts: list[TranscriptReader] = [Otter(), Notes(), Prose()]
        best = max(layouts, key=lambda layout: layout.sniff_text(text[: 1 << 16], "docx"))
        return best, best.parse(text, source, options)

    def read(self, source: SourceFile, options: SourceConfig) -> Iterator[Conversation | Skipped]:
        yield from assemble(source, options, self._parsed(source, options)[1], self.kind)

    def describe(self, source: SourceFile, options: SourceConfig) -> list[str]:
        layout, transcript = self._parsed(source, options)
        named = (
            [f"interviewers named in the file: {', '.join(transcript.interviewers)}"] if transcript.interviewers else []
        )
        return [f"layout: Word document, {layout.layout}", *named]


def is_docx(source: SourceFile) -> bool:
    from voc_engine.ingest.unpack import zip_members

    try:
        with source.seekable() as stream:
            return "word/document.xml" in zip_members(stream, source.name)
    except SourceError:
        return False


def document_text(source: SourceFile) -> str:
    """All text of the body in order, a line per paragraph; inserted text counts, deleted text does not.

    Raises SourceError for a damaged or unsafe file.
    """
    import docx

    with source.seekable() as stream:
        check_document_archive(stream, source.name)
        try:
            body: Any = docx.Document(stream).element.body
        except Exception as error:
            raise SourceError(
                f"{source.name} is not a sound Word document.", found=str(error), do="save it again as .docx"
            ) from error
    return "\n".join(_lines(body))


def _lines(body: Any) -> Iterator[str]:
    for paragraph in body.iter(f"{_W}p"):
        yield "".join(_runs(paragraph))


def _runs(node: Any) -> Iterator[str]:
    for child in node:
        if child.tag == f"{_W}t":
            yield child.text or ""
        elif child.tag == f"{_W}tab":
            yield "\t"
        elif child.tag in (f"{_W}br", f"{_W}cr"):
            yield "\n"
        elif child.tag != f"{_W}p" and isinstance(child.tag, str) and not child.tag.endswith("}Fallback"):
            # Paragraphs inside a paragraph (text boxes) come as lines of their own.
            yield from _runs(child)
