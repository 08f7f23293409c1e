"""The format "svg.v1": a card, an empathy map and a journey per persona as vector pictures with live text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import ClassVar
from xml.etree.ElementTree import ParseError

from defusedxml.ElementTree import fromstring

from voc_engine.exchange.contract import Export, File, NotCarried, Shown
from voc_engine.exchange.deck.build import deck_of, not_shown, persona_sheets
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.drawing.shapes import Sheet
from voc_engine.exchange.drawing.vector import QUOTE_CLASS, picture
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.slide_deck import unquoted
from voc_engine.report.places import slug

_SVG = "{http://www.w3.org/2000/svg}"


class Pictures:
    """Drag a file into Figma, Illustrator or Inkscape: words stay words."""

    name = "svg.v1"
    does = "cards, empathy maps, journeys and findings as pictures with live text, for Figma, Illustrator, browsers"
    suffix = ""
    switches: ClassVar[Mapping[str, str]] = {}

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        sheets = [one for _, one in _named(view)]
        what, rest = not_shown(view, sheets)
        return Export(_files(view), (NotCarried(what, rest),), len(view.quotes) - rest)

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if not path.endswith(".svg"):
            return
        try:
            root = fromstring(content)
        except ParseError:
            return
        for group in root.iter(f"{_SVG}g"):
            if group.get("class") == QUOTE_CLASS:
                words = "".join(piece.text or "" for piece in group.iter(f"{_SVG}tspan"))
                yield Shown(group.get("data-mention", ""), unquoted(words))


def _files(view: RunView) -> Iterator[File]:
    for name, sheet in _named(view):
        yield f"{name}.svg", picture(sheet)


def _named(view: RunView) -> Iterator[tuple[str, Sheet]]:
    """Sheets by file name: those of each persona, then the others."""
    deck = Deck(view)
    keys: set[str] = set()
    for number, persona in enumerate(view.personas, 1):
        name = slug(persona.name)
        for sheet in persona_sheets(deck, persona):
            keys.add(sheet.key)
            yield f"persona-{number}{'-' if name else ''}{name}-{sheet.key.rpartition('-')[2]}", sheet
    others = [one for one in deck_of(view) if one.key not in keys]
    for number, sheet in enumerate(others, 1):
        yield f"sheet-{number:02}-{sheet.key if sheet.key.isalpha() else 'finding'}", sheet
