"""The empathy map and the journey of a persona, of native shapes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voc_engine.exchange.deck.frame import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    WHOLE,
    Deck,
    Shapes,
    empty,
    heading,
    kept_together,
    quote_panel,
    text,
)
from voc_engine.exchange.deck.persona_cards import tint
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Rule, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import as_many_as_fit, fitted, set_height
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.run_view import Quote
from voc_engine.exchange.said import evidence_note
from voc_engine.records import EmpathyEntry, Persona
from voc_engine.report import wording
from voc_engine.report.messages import COLUMNS, Stage, message
from voc_engine.report.people import GAPS, persona_view
from voc_engine.report.trait_lists import trait_lists

# Quadrant -> heading and colour, in the order of the canvas: four around the name, two below.
QUADRANTS = (
    ("says", "Says", "request"),
    ("thinks", "Thinks", "trigger"),
    ("does", "Does", "goal"),
    ("feels", "Feels", "objection"),
    ("pains", "Pains", "pain_point"),
    ("gains", "Gains", "delight"),
)
AROUND = 4  # fields that stand around the disc
CLEAR = 20.0  # of the words from the disc
DISC = 34.0  # radius of the disc in the middle
STAGE_KINDS = ("goal", "pain_point", "objection", "delight")  # the colours of the journey's rows


def empathy_sheet(deck: Deck, persona: Persona) -> Sheet:
    """Says, thinks, does and feels around the persona's name; pains and gains below."""
    gap, upper, lower = 14.0, 124.0, 108.0
    wide = (WHOLE - gap) / 2
    shapes: Shapes = []
    notes: list[str] = []
    for number, (quadrant, name, colour) in enumerate(QUADRANTS):
        x = LEFT + (wide + gap) * (number % 2)
        y = TOP - 12 + (upper + gap) * (number // 2)
        tall = upper if number < AROUND else lower
        shapes += _quadrant(deck, persona, (quadrant, name, colour), (x, y, wide, tall), number, notes)
    middle_y = TOP - 12 + upper + gap / 2
    size = Paragraph((Run(wording.number(persona.n_people), 17, "white", bold=True),), align="centre")
    people = Paragraph((Run(wording.noun(persona.n_people, "person"), 9.5, "white"),), align="centre")
    shapes.append(
        Panel(
            LEFT + WHOLE / 2 - DISC,
            middle_y - DISC,
            DISC * 2,
            DISC * 2,
            (size, people),
            fill=tint(deck, persona),
            line="white",
            shape="disc",
            anchor="middle",
            name="Who",
        )
    )
    return deck.sheet(f"{persona.persona_id}-map", "Empathy map", persona.name, shapes, notes, tint(deck, persona))


def _quadrant(deck: Deck, persona: Persona, named: tuple[str, str, str], box: tuple[float, float, float, float], number: int,
              notes: list[str]) -> Shapes:  # fmt: skip
    quadrant, name, colour = named
    x, y, wide, tall = box
    # The disc with the name stands in the corners of the upper four: their words keep clear of it.
    inner = wide - 28 - (CLEAR if number < AROUND else 0)
    left = x + 14 + (CLEAR if number in (1, 3) else 0)
    entries = deck.view.empathy(persona.persona_id, quadrant)
    shapes: Shapes = [
        Panel(x, y, wide, tall, fill=f"{colour} wash", shape="rounded", name=f"{name} field"),
        heading(name, left, y + 10, inner, colour),
    ]
    if not entries:
        return [*shapes, empty(GAPS[quadrant], left, y + 30, inner, tall - 36)]
    if quadrant == "says":
        return [*shapes, *_quotes(deck, entries, (left, y + 28, inner, tall - 36), notes)]
    paragraphs, n_shown = as_many_as_fit([(_entry(entry),) for entry in entries], inner, tall - 36)
    if not n_shown:
        paragraphs = fitted(Panel(left, y + 28, inner, tall - 36, (_entry(entries[0]),))).paragraphs
        n_shown = 1
    shapes += _more(len(entries) - n_shown, left, y + 10, inner)
    notes.append(f"{name}:")
    for entry in entries[:n_shown]:
        words = [evidence_note(quote) for quote in deck.view.named(entry.mention_ids)[:2]]
        notes.extend(words or [one_line(entry.statement)])
    return [*shapes, Panel(left, y + 28, inner, tall - 34, paragraphs, name=name)]


def _more(rest: int, x: float, y: float, wide: float) -> Shapes:
    """How many entries found no room."""
    note = Paragraph((Run(f"and {wording.number(rest)} more", 9.5, "muted"),), align="right")
    return [Panel(x, y, wide, 13, (note,), name="More")] if rest > 0 else []


def _quotes(
    deck: Deck, entries: Sequence[EmpathyEntry], box: tuple[float, float, float, float], notes: list[str]
) -> Shapes:
    """Exact words, a panel each, so that each keeps its id; as many as fit."""
    x, y, wide, tall = box
    quotes = deck.view.named(tuple(entry.mention_ids[0] for entry in entries if entry.mention_ids))
    shapes: Shapes = []
    notes.append("Says:")
    top = y
    for quote in quotes:
        panel = quote_panel(quote, x, top, wide, 30, 11.5)
        high = set_height(panel.paragraphs, wide)
        if top + high > y + tall:
            break
        shapes.append(replace(panel, height=high + 1))
        notes.append(evidence_note(quote))
        top += high + 5
    return [*shapes, *_more(len(entries) - len(shapes), x, y - 18, wide)]


def _entry(entry: EmpathyEntry) -> Paragraph:
    statement = one_line(entry.statement)
    more = [wording.people(entry.n_people)] if entry.n_people > 1 else []
    more += ["inferred"] if entry.basis == "inferred" else []
    note = f"  {kept_together(', '.join(more))}" if more else ""
    return Paragraph((Run(statement, 11.5), Run(note, 9.5, "muted")), before=3.5, bullet=True)


def journey_sheet(deck: Deck, persona: Persona) -> Sheet | None:
    """Stages in columns, what they want, suffer, doubt and praise in rows; None where no words tell a stage."""
    view = persona_view(persona, deck.view.evidence, deck.quotes.places)
    stages = message(view, trait_lists(persona, deck.view.evidence, deck.quotes), deck.quotes).stages
    if not any(stage.n_people for stage in stages):
        return None
    colour, first, gap = tint(deck, persona), 96.0, 8.0
    wide = (WHOLE - first) / len(stages)
    shapes: Shapes = [Rule(LEFT + first, TOP + 34, RIGHT, TOP + 34, colour, 2.0)]
    notes: list[str] = []
    most = max(stage.n_people for stage in stages)
    for number, stage in enumerate(stages):
        shapes += _stop(stage, LEFT + first + wide * number, wide, most, colour)
    tall = (FOOT - TOP - 64) / len(COLUMNS)
    for row, (name, _) in enumerate(COLUMNS):
        y = TOP + 60 + tall * row
        kind = STAGE_KINDS[row]
        shapes.append(text(LEFT, y + 6, first - 8, tall - 10, plain(name, 11.5, kind, bold=True), name="Row"))
        for number, stage in enumerate(stages):
            box = (LEFT + first + wide * number + gap / 2, y, wide - gap, tall - gap)
            shapes += _cell(deck, stage, row, box, kind, notes)
    return deck.sheet(f"{persona.persona_id}-journey", "Journey", persona.name, shapes, notes, colour)


def _stop(stage: Stage, x: float, wide: float, most: int, colour: str) -> Shapes:
    """A disc on the line, larger where more people stand, with the stage's name above."""
    radius = 6 + 8 * (stage.n_people / max(most, 1)) ** 0.5
    count = Paragraph((Run(str(stage.n_people), 10.5, "white", bold=True),), align="centre")
    name = Paragraph((Run(wording.sentence(stage.name), 12.5, bold=True),), align="centre")
    middle = x + wide / 2
    return [
        text(x, TOP - 12, wide, 18, name, name="Stage"),
        Panel(middle - radius, TOP + 34 - radius, radius * 2, radius * 2, (count,) if stage.n_people else (),
              fill=colour if stage.n_people else "rule", shape="disc", anchor="middle", name=f"{stage.name}: people"),
    ]  # fmt: skip


def _cell(
    deck: Deck, stage: Stage, row: int, box: tuple[float, float, float, float], kind: str, notes: list[str]
) -> Shapes:
    x, y, wide, tall = box
    cell = stage.cells[row]
    if not cell.n_people:
        return [Panel(x, y, wide, tall, fill="soft", shape="rounded", name="Nobody")]
    shapes: Shapes = [Panel(x, y, wide, tall, fill=f"{kind} wash", shape="rounded", name="Cell")]
    quotes = deck.view.named(tuple(one.mention_id for one in cell.quotes if one.mention_id))
    count = Paragraph((Run(wording.people(cell.n_people), 9, "muted"),))
    shapes.append(Panel(x + 8, y + tall - 16, wide - 16, 12, (count,), name="Count"))
    short = _shortest(quotes)
    if short is not None:
        shapes.append(quote_panel(short, x + 8, y + 6, wide - 16, tall - 24, 10.5))
        notes.append(evidence_note(short))
    return shapes


def _shortest(quotes: Sequence[Quote]) -> Quote | None:
    return min(quotes, key=lambda one: (not wording.tells(one.words), len(one.words)), default=None)
