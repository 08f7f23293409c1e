"""The last pages of paper: where each quote that was shown stands in the sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from voc_engine.exchange.deck.frame import FOOT, LEFT, TOP, WHOLE, Deck, text
from voc_engine.exchange.drawing.paper import TARGET
from voc_engine.exchange.drawing.shapes import Panel, Sheet, plain
from voc_engine.exchange.said import evidence_note

_ROW = 15.0  # points: a line of type of 10.5 and air


def sources(deck: Deck, sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """Lists of the quotes on these sheets, each once, in their order: id, person, kind, date and place."""
    ids = dict.fromkeys(
        panel.mention_id for sheet in sheets for panel in sheet.shapes if isinstance(panel, Panel) and panel.mention_id
    )
    quotes = deck.view.named(tuple(ids))
    fitting = int((FOOT - TOP) / _ROW) + 2
    for start in range(0, len(quotes), fitting):
        rows = [
            text(LEFT, TOP - 22 + _ROW * place, WHOLE, _ROW, plain(evidence_note(one), 10.5, "ink"),
                 name=f"{TARGET}{one.mention.mention_id}")
            for place, one in enumerate(quotes[start : start + fitting])
        ]  # fmt: skip
        yield deck.sheet(f"sources-{start}", "Sources", "Where the quotes stand", rows)
