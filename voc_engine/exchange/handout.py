"""The format "pdf.v1": the sheets of the deck as pages, with a list of where every quote stands."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

from pypdf import PageObject, PdfReader

from voc_engine.exchange.contract import Export, NotCarried, Shown
from voc_engine.exchange.deck.build import deck_of, not_shown
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.deck.quote_sources import sources
from voc_engine.exchange.drawing.paper import pages, undrawn
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.slide_deck import unquoted


class Handout:
    """Made without a browser. Quotes are links to their entries in the list of sources."""

    name = "pdf.v1"
    does = (
        "pages to mail or print: findings, persona cards, empathy maps, journeys, method, and where each quote stands"
    )
    suffix = ".pdf"
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        sheets = deck_of(view)
        sheets += sources(Deck(view), sheets)
        boxes = NotCarried(
            "letters and emoji that the typeface has no picture for: a box stands there", undrawn(sheets)
        )
        what, rest = not_shown(view, sheets)
        content = pages(sheets, view.title, view.question)
        return Export([("handout.pdf", content)], (NotCarried(what, rest), boxes), len(view.quotes) - rest)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if not path.endswith(self.suffix):
            return
        for page in PdfReader(io.BytesIO(content)).pages:
            yield from linked_quotes(page)


def linked_quotes(page: PageObject) -> Iterator[Shown]:
    """The words that stand in the box of each link that bears the id of a quote."""
    boxes = [
        (str(one["/Contents"]), [float(edge) for edge in one["/Rect"]])
        for one in (note.get_object() for note in page.get("/Annots") or ())
        if one.get("/Subtype") == "/Link" and one.get("/Contents")
    ]
    if not boxes:
        return
    words_by_box: dict[int, list[str]] = {place: [] for place in range(len(boxes))}

    def visit(words: str, _: Any, matrix: list[float], *__: Any) -> None:
        x, y = matrix[4], matrix[5]
        for number, (_key, (left, low, right, high)) in enumerate(boxes):
            if words.strip("\n") and left <= x <= right and low <= y <= high:
                words_by_box[number].append(words.strip("\n"))

    page.extract_text(visitor_text=visit)
    for number, (key, _box) in enumerate(boxes):
        yield Shown(key, unquoted("".join(words_by_box[number])))
