"""The format "persona_cards.v1": a card per persona as HTML, PNG, SVG and PDF, each a file that goes out alone."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from voc_engine.errors import ConfigError, nearest
from voc_engine.exchange.cards.card_content import Card, cards
from voc_engine.exchange.cards.card_file import card_html, quotes_of
from voc_engine.exchange.cards.card_sheet import card_sheet
from voc_engine.exchange.cards.card_template import PAPERS, SETTINGS, CardTemplate, default_files, load_template
from voc_engine.exchange.contract import Export, File, NotCarried, Shown
from voc_engine.exchange.drawing.paper import pages, undrawn
from voc_engine.exchange.drawing.raster import picture as raster
from voc_engine.exchange.drawing.raster import quotes_in
from voc_engine.exchange.drawing.shapes import Sheet
from voc_engine.exchange.drawing.vector import picture as vector
from voc_engine.exchange.handout import linked_quotes
from voc_engine.exchange.pictures import Pictures
from voc_engine.exchange.run_view import RunView
from voc_engine.exchange.slide_deck import unquoted
from voc_engine.report.places import slug

FORMATS = ("html", "png", "svg", "pdf")
EMPTY = "no-personas.txt"


@dataclass(frozen=True)
class PersonaCards:
    """No browser is needed. ``formats`` are those that are written; ``paper`` None for the one that the template names."""

    formats: tuple[str, ...] = FORMATS
    paper: str | None = None
    template: CardTemplate = field(default_factory=CardTemplate)

    name: ClassVar[str] = "persona_cards.v1"
    does: ClassVar[str] = (
        "a card per persona on one page: HTML to mail, PNG, SVG and PDF, in your order, words and colours"
    )
    suffix: ClassVar[str] = ""
    switches: ClassVar[Mapping[str, str]] = {}
    options: ClassVar[Mapping[str, str]] = {
        "format": "html, png, svg or pdf; repeatable, all four if absent",
        "paper": "A4 or Letter",
        "template": "a folder with card.toml, card.html or both; --write-template DIR makes one",
    }

    def given(self, options: Mapping[str, Sequence[str]]) -> PersonaCards:
        formats = tuple(
            dict.fromkeys(_option_value(one, FORMATS, "format of a card") for one in options.get("format", ()))
        )
        papers = [_option_value(one, PAPERS, "paper") for one in options.get("paper", ())]
        folders = options.get("template", ())
        return PersonaCards(
            formats or self.formats,
            papers[-1] if papers else self.paper,
            load_template(Path(folders[-1])) if folders else self.template,
        )

    def write(self, view: RunView, switches: frozenset[str]) -> Export:
        persona_cards = cards(view, self.template)
        paper = self.paper or self.template.settings.card.paper
        sheets = [card_sheet(one, self.template, paper) for one in persona_cards]
        mention_ids = {key for one in persona_cards for key in _mentions(one)}
        drawn = sheets if set(self.formats) & {"png", "pdf"} else []
        boxes = NotCarried("letters and emoji that the typeface has no picture for: a box stands there", undrawn(drawn))
        rest = NotCarried("quotes that are not among those shown", len(view.quotes) - len(mention_ids))
        return Export(self._files(persona_cards, sheets, paper), (rest, boxes), len(mention_ids))

    def shown(self, path: str, content: bytes) -> Iterator[Shown]:
        if path.endswith(".html"):
            yield from quotes_of(content)
        elif path.endswith(".svg"):
            yield from Pictures().shown(path, content)
        elif path.endswith(".png"):
            yield from (Shown(one.mention_id, unquoted(one.words)) for one in quotes_in(content))
        elif path.endswith(".pdf"):
            try:
                for page in PdfReader(io.BytesIO(content)).pages:
                    yield from linked_quotes(page)
            except PyPdfError:
                return

    def _files(self, persona_cards: Sequence[Card], sheets: Sequence[Sheet], paper: str) -> Iterator[File]:
        if not persona_cards:
            yield EMPTY, b"This run has no personas: too little was said to describe a group of people.\n"
        for number, (card, sheet) in enumerate(zip(persona_cards, sheets, strict=True), 1):
            suffix = slug(card.name)
            name = f"persona-{number}{'-' if suffix else ''}{suffix}"
            for ending in self.formats:
                yield f"{name}.{ending}", self._file(ending, card, sheet, paper)

    def _file(self, kind: str, card: Card, sheet: Sheet, paper: str) -> bytes:
        if kind == "html":
            return card_html(card, self.template, paper)
        if kind == "pdf":
            return pages([sheet], card.name, card.study, listed=False)
        return raster(sheet) if kind == "png" else vector(sheet)


def write_template(folder: Path, view: RunView | None) -> list[Path]:
    """Write the template that comes along, to be edited; the personas of a run are named in it, where one is given.

    Raises ConfigError where there is one already.
    """
    written = []
    for name, content in default_files():
        path = folder / name
        if path.exists():
            raise ConfigError(f"{path} is there already.", do="edit it, or name another folder")
        if name == SETTINGS and view is not None:
            lines = [f'# "{one.persona_id}" = "picture.png"  # {" ".join(one.name.split())}\n' for one in view.personas]
            content += "".join(lines).encode("utf-8", "replace")
        folder.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        written.append(path)
    return written


def _option_value(name: str, choices: Sequence[str] | Mapping[str, object], what: str) -> str:
    for choice in choices:
        if choice.lower() == name.lower():
            return choice
    raise ConfigError(f"There is no {what} {name!r}.", do=nearest(name, choices))


def _mentions(card: Card) -> Iterator[str]:
    yield from (one.mention_id for one in card.quotes)
    for several in (*card.main, *card.side):
        yield from (line.quote.mention_id for line in several.lines if line.quote)
