"""PDF: the text of its pages as paragraphs; a scanned, encrypted or hostile file is refused with advice."""

from __future__ import annotations

from pathlib import Path

from voc_engine.config import SourceConfig
from voc_engine.errors import SourceError
from voc_engine.ingest.bounded import in_child
from voc_engine.ingest.contract import quarantine, set_aside
from voc_engine.ingest.source import SourceFile
from voc_engine.ingest.transcripts.base import LINE_NUMBERS
from voc_engine.ingest.transcripts.contained import ContainerReader, Contents
from voc_engine.ingest.transcripts.pages import paragraphs
from voc_engine.records import Skipped

_CHILD = Path(__file__).with_name("pdf_child.py")
_OCR = "run text recognition over it first (for instance with OCRmyPDF), then read the new PDF"


class Pdf(ContainerReader):
    """Running heads and page numbers are set aside, words cut at a line's end are joined."""

    name = "pdf.v1"
    container = "PDF"

    def sniff(self, source: SourceFile, head: bytes) -> float:
        # Some programs put a few bytes before the mark (ISO 32000 readers accept it in the first 1,024).
        return 1.0 if b"%PDF-" in head[:1024] else 0.0

    def contents(self, source: SourceFile, options: SourceConfig) -> Contents:
        read = in_child(_CHILD, source.read_whole(), source.name)
        pages: list[list[str]] = read["pages"]
        blank = [number for number, page in enumerate(pages, 1) if not any(line.strip() for line in page)]
        if len(blank) == len(pages):
            raise SourceError(
                f"{source.name} holds no text: its pages are pictures or empty.",
                found=f"{len(pages)} pages, {read['pictures']} of them with a picture and no text",
                do=_OCR,
            )
        printed = paragraphs(pages)
        skipped: list[Skipped] = []
        if printed.running:
            reason = "running head, running foot or page number"
            skipped.append(set_aside(source, "pages", reason, " / ".join(printed.running), len(printed.running)))
        if printed.numbers:
            skipped.append(set_aside(source, "pages", LINE_NUMBERS, " ".join(printed.numbers), len(printed.numbers)))
        if blank and read["pictures"]:
            skipped.append(_without_text(source, blank))
        notes = (f"pages: {len(pages)}", f"words joined that a line's end had cut: {printed.joined}")
        return Contents(printed.text, tuple(skipped), str(read["title"]).strip() or None, notes)


def _without_text(source: SourceFile, pages: list[int]) -> Skipped:
    numbers = ", ".join(str(page) for page in pages[:20])
    return quarantine(
        source, f"pages {numbers}", "pages without text", expected="text", found=f"{len(pages)} pages", to_do=_OCR
    )
