"""The format "docx.v1": the report as a text document that people go on writing in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from docx import Document

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.document.chapters import write_report
from voc_engine.exchange.document.writer import QUOTE, SOURCE, Writer
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.slide_deck import stamp_of, unquoted


class WordReport:
    """Real headings, contents, quotes in a style of their own with their ids, personas, the codebook as annex."""

    name = "docx.v1"
    does = "the report for Word, LibreOffice and Google Docs: findings, personas with maps, method, codebook"
    suffix = ".docx"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        writer = Writer(view.title, view.question, stamp_of(view))
        write_report(Deck(view), writer)
        content = writer.finished()
        mention_ids = {one.mention_id for one in self.shown(f"report{self.suffix}", content)}
        rest = NotCarried("quotes that are not among those shown", len(view.quotes) - len(mention_ids))
        return Export([("report.docx", content)], (rest,), len(mention_ids))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if not path.endswith(self.suffix):
            return
        words: str | None = None
        document = Document(io.BytesIO(content))
        names = {one.style_id: one.name for one in document.styles}
        for style_id, text in _paragraphs(document):
            style = names.get(style_id)
            if style == SOURCE and words is not None:
                yield Shown(text.rpartition(" · ")[2], unquoted(words))
            words = text if style == QUOTE else None


def _paragraphs(document: Any) -> Iterator[tuple[str | None, str]]:
    """(id of its style, text) of every paragraph, also of those in tables; None where it has no style of its own."""
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for cell in (cell for row in block.rows for cell in row.cells):
                yield from _paragraphs(cell)
        else:
            yield block._p.style, block.text
