"""The format "pptx.v1": slides that one presents, of native shapes, with the evidence in the speaker's notes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import ClassVar

from pptx import Presentation

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.deck.build import deck_of, not_shown
from voc_engine.exchange.drawing.powerpoint import QUOTE_NAME, slides
from voc_engine.exchange.run_view import RunView


class SlideDeck:
    """16:9. Question, who was heard, findings one a slide, personas with card, map and journey, objections, method."""

    name = "pptx.v1"
    does = "slides for PowerPoint, Keynote and Google Slides: every shape can be edited, the evidence is in the notes"
    suffix = ".pptx"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        sheets = deck_of(view)
        content = slides(sheets, view.title, view.question, stamp_of(view))
        what, rest = not_shown(view, sheets)
        return Export([("deck.pptx", content)], (NotCarried(what, rest),), len(view.quotes) - rest)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if not path.endswith(self.suffix):
            return
        for slide in Presentation(io.BytesIO(content)).slides:
            for shape in slide.shapes:
                if shape.name.startswith(QUOTE_NAME):
                    yield Shown(shape.name.removeprefix(QUOTE_NAME), unquoted(shape.text_frame.text))


def stamp_of(view: RunView) -> datetime:
    """The newest date of a document, as a time without a zone: files want one, and the clock gives other bytes each day."""
    return datetime.fromisoformat(view.newest).replace(tzinfo=None, microsecond=0)


def unquoted(words: str) -> str:
    """Words without the quotation marks that the deck set around them."""
    return words.strip().removeprefix("“").removesuffix("”")
