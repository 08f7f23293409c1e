"""Personas: side by side, and a card each, of native shapes that people move, cut and colour as they like."""

from __future__ import annotations

from voc_engine.exchange.deck.frame import (
    FOOT,
    LEFT,
    RIGHT,
    TOP,
    WHOLE,
    Deck,
    Shapes,
    bar,
    empty,
    heading,
    kept_together,
    quote_panel,
    text,
)
from voc_engine.exchange.drawing.shapes import Panel, Paragraph, Run, Sheet, plain
from voc_engine.exchange.drawing.typesetting import alike, as_many_as_fit, fitted, set_height
from voc_engine.exchange.plain_text import one_line
from voc_engine.exchange.said import evidence_note, said_by
from voc_engine.records import Persona
from voc_engine.report import wording
from voc_engine.report.card_lines import CardLines, LineView, card_lines
from voc_engine.report.cautions import UNGROUPED
from voc_engine.report.people import persona_view
from voc_engine.report.trait_lists import Trait, trait_lists

TINTS = ("goal", "objection", "request", "trigger", "delight", "pain_point")
SIDE = 4  # a choice: a fifth column is narrower than a name
FACTS, FACT = 4, 41.0  # lines, and the height of each
# Field of the card -> its kind, which is its colour, and what stands there when nobody said anything.
FIELDS = {
    "goals": ("goal", "Goals", "No goal that enough of this group share."),
    "pains": ("pain_point", "Pain points", "No pain point that enough of this group share."),
    "objections": ("objection", "Objections", "No objection that enough of this group share."),
    "requests": ("request", "Requests", "No request that enough of this group share."),
    "delights": ("delight", "Delights", "No praise that enough of this group share."),
    "triggers": ("trigger", "Triggers", "No event that made enough of them look."),
}


def tint(deck: Deck, persona: Persona) -> str:
    """A persona's colour, by its place in the deck."""
    return TINTS[deck.view.personas.index(persona) % len(TINTS)]


def side_by_side(deck: Deck) -> Sheet:
    """Up to four personas in columns: who they are, how many, and their own words."""
    personas = deck.view.personas[:SIDE]
    gap = 18.0
    wide = (WHOLE - gap * (len(personas) - 1)) / max(len(personas), 1)
    shapes: Shapes = []
    notes: list[str] = []
    wide = min(wide, 420.0)
    places = [LEFT + (wide + gap) * number for number in range(len(personas))]
    names = [
        Panel(x + 14, TOP + 14, wide - 28, 48, (plain(one_line(one.name), 17, bold=True),), name="Name")
        for x, one in zip(places, personas, strict=True)
    ]
    for x, persona, name in zip(places, personas, alike(names), strict=True):
        shapes += _column(deck, persona, name, x, wide, notes)
    if not personas:
        shapes.append(empty("Too little was said to describe a group of people.", LEFT, TOP, 500, 30))
    grouped = any(one.method not in UNGROUPED for one in deck.view.personas)
    title = f"{wording.count(len(deck.view.personas), 'group')} of people, told apart by what they say"
    if not grouped:
        title = "No groups were told apart: one profile describes them" if len(personas) == 1 else "Who they are"
    more = len(deck.view.personas) - len(personas)
    notes += [f"{more} more personas are not shown here."] if more > 0 else []
    return deck.sheet("personas", "Who they are", title, shapes, notes)


def _column(deck: Deck, persona: Persona, name: Panel, x: float, wide: float, notes: list[str]) -> Shapes:
    view, colour = persona_view(persona, deck.view.evidence, deck.quotes.places), tint(deck, persona)
    inner = wide - 28
    shapes: Shapes = [
        Panel(x, TOP, wide, FOOT - TOP - 8, fill=f"{colour} wash", shape="rounded", name="Card"),
        Panel(x, TOP, wide, 5, fill=colour, name="Edge"),
        name,
        text(x + 14, TOP + 64, inner, 30, plain(view.reach, 11.5, "muted"), name="Size"),
        *bar(x + 14, TOP + 98, inner, 7, view.share, colour),
    ]
    lists = trait_lists(persona, deck.view.evidence, deck.quotes)
    y = TOP + 118
    for field in ("pains", "goals", "objections"):
        traits = next((found.leading for found in lists if found.field == field), ())
        if traits:
            label = FIELDS[field][1]
            line = (plain(one_line(traits[0].view.insight.title), 12),)
            body = fitted(Panel(x + 14, y + 15, inner, 46, line, name=label))
            shapes += [heading(label, x + 14, y, inner, colour), body]
            y += 24 + min(set_height(body.paragraphs, inner), 46)
    quotes = deck.view.named(persona.quotes)
    if quotes:
        best = min(quotes, key=lambda quote: (not wording.tells(quote.words), len(quote.words)))
        room = FOOT - 40 - (y + 10)
        shapes.append(quote_panel(best, x + 14, y + 10, inner, room, 13.5))
        shapes.append(
            text(x + 14, FOOT - 28, inner, 14, plain(best.mention.person_id, 10, "muted"), name="Who said it")
        )
        notes.append(evidence_note(best))
    return shapes


def card(deck: Deck, persona: Persona) -> Sheet:
    """One persona: who they are at the left, what they say about what matters at the right."""
    evidence, colour = deck.view.evidence, tint(deck, persona)
    view = persona_view(persona, evidence, deck.quotes.places)
    lines = card_lines(persona, evidence, deck.quotes)
    left = 250.0
    facts = leading_facts(persona, lines)
    below = TOP + 60 + FACT * len(facts)
    shapes: Shapes = [
        Panel(LEFT - 14, TOP - 6, left + 14, FOOT - TOP + 4, fill=f"{colour} wash", shape="rounded", name="Who they are"),
        text(LEFT, TOP + 6, left - 14, 40, Paragraph((Run(wording.number(persona.n_people), 30, colour, bold=True),
             Run(f" of {wording.people(max(deck.view.n_people, persona.n_people))}", 13, "muted"))), name="People"),
        *_lines(facts, LEFT, TOP + 52, left - 14, colour),
    ]  # fmt: skip
    notes = [persona.summary, f"How the group was found: {view.method}. Stability: {view.stability}."]
    notes += [f"{view.rank}"] if view.rank else []
    quotes = deck.view.named(persona.quotes)
    if quotes:
        best = min(quotes, key=lambda quote: (not wording.tells(quote.words), -len(quote.words)))
        words = quote_panel(best, LEFT, below + 18, left - 14, FOOT - below - 44, 15)
        shapes += [heading("In their words", LEFT, below, left - 14, colour), words,
                   text(LEFT, below + 22 + set_height(words.paragraphs, left - 14), left - 14, 14,
                        plain(said_by(best, with_persona=False), 10, "muted"), name="Who said it")]  # fmt: skip
        notes += ["Evidence:", *map(evidence_note, quotes)]
    shapes += _fields(deck, persona, LEFT + left + 22, notes)
    rank = f"Persona · {persona.rank}" if persona.rank and len(deck.view.personas) > 1 else "Persona"
    return deck.sheet(f"{persona.persona_id}-card", rank, persona.name, shapes, notes, colour)


def leading_facts(persona: Persona, lines: CardLines) -> tuple[LineView, ...]:
    """The commonest value of each attribute, then roles: five countries tell less than one country and one plan."""
    first: dict[str, LineView] = {}
    for fact, line in zip(persona.facts, lines.facts, strict=True):
        first.setdefault(fact.of, line)
    return (*first.values(), *lines.roles)[:FACTS]


def _lines(lines: tuple[LineView, ...], x: float, y: float, width: float, colour: str) -> Shapes:
    shapes: Shapes = []
    for number, line in enumerate(lines):
        top = y + FACT * number
        shapes += [
            text(x, top, width, 15, plain(wording.sentence(one_line(line.name)), 12, bold=True), name="Fact"),
            text(x, top + 15, width, 14, plain(f"{line.count}{line.more}", 10.5, "muted"), name="Count"),
            *bar(x, top + 30, width, 3, line.share, colour),
        ]
    return shapes


def _fields(deck: Deck, persona: Persona, x: float, notes: list[str]) -> Shapes:
    """Six fields in two columns: each line with how many of the persona's people say it."""
    traits_of = {several.field: several.leading for several in trait_lists(persona, deck.view.evidence, deck.quotes)}
    gap = 18.0
    wide = (RIGHT - x - gap) / 2
    tall = (FOOT - TOP) / 3
    shapes: Shapes = []
    for number, (field, (kind, name, gap_words)) in enumerate(FIELDS.items()):
        left, top = x + (wide + gap) * (number % 2), TOP - 6 + tall * (number // 2)
        shapes += [Panel(left, top, wide, 2.5, fill=kind, name="Edge"), heading(name, left, top + 8, wide, kind)]
        traits = traits_of.get(field, ())
        if traits:
            blocks = [(_trait(trait, persona),) for trait in traits]
            paragraphs, n_shown = as_many_as_fit(blocks, wide, tall - 36)
            if n_shown == 0:
                paragraphs = fitted(Panel(left, top + 26, wide, tall - 36, blocks[0])).paragraphs
            shapes.append(Panel(left, top + 26, wide, tall - 34, paragraphs, name=name))
            notes += [f"{name}: {trait.view.insight.insight_id} ({trait.n_people})" for trait in traits]
        else:
            shapes.append(empty(gap_words, left, top + 26, wide, 30))
    return shapes


def _trait(trait: Trait, persona: Persona) -> Paragraph:
    statement = one_line(trait.view.insight.title)
    count = "  " + kept_together(f"{wording.number(trait.n_people)} of {wording.number(persona.n_people)}")
    return Paragraph((Run(statement, 12), Run(count, 10.5, "muted")), before=4, bullet=True)
