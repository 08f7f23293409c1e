"""A small study by thing and side: what people speak of, and how many praise it, suffer by it and wish something of it."""

from __future__ import annotations

from collections.abc import Iterator

from voc_engine.exchange.deck.frame import FOOT, LEFT, TOP, WHOLE, Deck, Shapes, heading, quote_panel, text
from voc_engine.exchange.drawing.shapes import Panel, Rule, Sheet, plain
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.said import evidence_note
from voc_engine.report import wording
from voc_engine.report.themes import SIDES, ThemeView, themes

A_SHEET = 4  # themes: their words are read from the back of a room
NAME_WIDTH, GAP = 150.0, 16.0  # points: two lines of a theme's name at 15
_COLOURS = {"Praise": "delight", "Trouble": "pain_point", "Wishes": "request"}


def by_side(deck: Deck) -> tuple[ThemeView, ...]:
    """The leading themes where the study is told by them first; empty else."""
    view = themes(deck.view.evidence, deck.quotes)
    return view.leading if view.by_side else ()


def theme_sheets(deck: Deck) -> Iterator[Sheet]:
    """Four themes a sheet, with a column for each side."""
    themes = by_side(deck)
    for number, start in enumerate(range(0, len(themes), A_SHEET)):
        yield _sheet(deck, number, themes[start : start + A_SHEET])


def _sheet(deck: Deck, number: int, themes: tuple[ThemeView, ...]) -> Sheet:
    wide = (WHOLE - NAME_WIDTH - GAP * len(SIDES)) / len(SIDES)
    columns = {side: LEFT + NAME_WIDTH + GAP + (wide + GAP) * place for place, (side, _) in enumerate(SIDES)}
    shapes: Shapes = []
    notes: list[str] = []
    for side, x in columns.items():
        shapes += [Panel(x, TOP, wide, 4, fill=_COLOURS[side], name="Edge"), heading(side, x, TOP + 10, wide)]
    room = (FOOT - TOP - 34) / A_SHEET
    for row, theme in enumerate(themes):
        y = TOP + 34 + room * row
        shapes += [
            Rule(LEFT, y - 5, LEFT + WHOLE, y - 5),
            text(LEFT, y, NAME_WIDTH, 34, plain(wording.sentence(one_line(theme.name)), 15, bold=True), name="Theme"),
            text(LEFT, y + 36, NAME_WIDTH, 15, plain(theme.reach, 10.5, "muted"), name="Count"),
        ]
        for theme_side in theme.sides:
            x = columns[theme_side.name]
            count = plain(wording.people(theme_side.n_people), 10.5, _COLOURS[theme_side.name], bold=True)
            shapes.append(text(x, y, wide, 14, count, name="People"))
            for quote in deck.view.named((theme_side.quote.mention_id or "",)):
                shapes.append(quote_panel(quote, x, y + 16, wide, room - 26, 12))
                notes.append(evidence_note(quote))
    return deck.sheet(f"themes-{number + 1}", "What they speak of", "What they speak of, and how", shapes, notes)
