"""What to say to whom: each persona's goal, pain, objection and proof, by journey stage; and who is met where."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from voc_engine.personas.disclosed import JOURNEY
from voc_engine.records import Mention, Persona
from voc_engine.report.card_lines import LineView, card_lines, showable, spoken
from voc_engine.report.people import PersonaView
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.trait_lists import Trait, TraitList

LEADING, CELL_QUOTES = 2, 3  # a choice: traits and voices of a cell that is printed
COLUMNS = (
    ("What they want", ("goal", "request", "trigger")),
    ("What hurts", ("pain_point",)),
    ("What holds them back", ("objection",)),
    ("What they praise", ("delight",)),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """``n_people`` of ``total``; ``quotes`` of different people among them, fewer than they are."""

    n_people: int
    total: int
    quotes: tuple[QuoteView, ...]

    @property
    def share(self) -> float:
        return self.n_people / max(self.total, 1)


@dataclass(frozen=True, slots=True)
class Stage:
    """What the persona's people say at one stage of the journey; ``cells`` one per column of COLUMNS."""

    name: str
    n_people: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Message:
    """A persona's goals, pains and objections (with the proof that answers them), and its journey."""

    view: PersonaView
    goals: tuple[Trait, ...]
    pains: tuple[Trait, ...]
    objections: tuple[Trait, ...]
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows of (name, one cell per persona). ``gap`` says what it means that there are no rows."""

    key: str
    heading: str
    note: str
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    gap: str


def message(view: PersonaView, traits: Sequence[TraitList], quotes: Quotes) -> Message:
    """The leading two of each; a list without evidence is empty."""
    of = {one.field: one.leading[:LEADING] for one in traits}
    return Message(
        view, of.get("goals", ()), of.get("pains", ()), of.get("objections", ()), tuple(_stages(view.persona, quotes))
    )


def matrices(personas: Sequence[Persona], quotes: Quotes) -> list[Matrix]:
    """Persona by channel, by where they look and by stage of the journey, with people counted in every cell."""
    lines = [card_lines(one, quotes.evidence, quotes) for one in personas]
    looking = _lines(personas, [one.contents for one in lines])
    journey = _lines(personas, [one.journey for one in lines])
    return [
        Matrix("channel", "Where we heard them",
               "People of each persona who wrote or spoke there. It tells where this study listened, not where they are.",
               _channels(personas, quotes), "No channel holds enough of any persona’s words (five documents) to be told."),
        Matrix("content", "Where they look and whom they ask",
               "People who tell it of themselves. Most people are never asked: a low count is no dislike.",
               looking, "Not heard, or not read surely enough: where they look or whom they ask."),
        Matrix("journey", "Where they stand",
               "People who tell of a stage of the journey. One person may stand in several stages.",
               journey, "No words tell a stage of the journey."),
    ] if quotes.evidence.personas else []  # fmt: skip


def _channels(personas: Sequence[Persona], quotes: Quotes) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    evidence = quotes.evidence
    listed = {one.name for persona in personas for one in persona.channels}
    totals = {name: sum(evidence.channel_people.get((one.persona_id, name), 0) for one in personas) for name in listed}
    return tuple(
        (name, tuple(_channel_cell(one, name, quotes) for one in personas))
        for name in sorted(totals, key=lambda name: (-totals[name], name))
        if totals[name]
    )


def _channel_cell(persona: Persona, name: str, quotes: Quotes) -> Cell:
    key = (persona.persona_id, name)
    mentions = quotes.evidence.channel_mentions.get(key, [])
    return Cell(quotes.evidence.channel_people.get(key, 0), persona.n_people, spoken(mentions, quotes, CELL_QUOTES))


def _lines(
    personas: Sequence[Persona], columns: Sequence[Sequence[LineView]]
) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """The cards' own lines side by side, in their order; rows that nobody fills are left out."""
    by_name = [{line.name: line for line in lines} for lines in columns]
    rows = []
    for name in dict.fromkeys(line.name for lines in columns for line in lines):
        row = [lines.get(name) for lines in by_name]
        if any(line is not None and line.n_people for line in row):
            rows.append((name, tuple(_cell(line, one) for line, one in zip(row, personas, strict=True))))
    return tuple(rows)


def _cell(line: LineView | None, persona: Persona) -> Cell:
    if line is None:
        return Cell(0, persona.n_people, ())
    return Cell(line.n_people, persona.n_people, line.quotes[:CELL_QUOTES])


def _stages(persona: Persona, quotes: Quotes) -> Iterable[Stage]:
    """The stages of the card's journey, each with what its people say in the sentences that tell of it."""
    evidence = quotes.evidence
    counted = {line.name: line.n_people for line in persona.journey}
    for name, fields in JOURNEY.items():
        mentions = [
            one
            for one in evidence.persona_mentions[persona.persona_id]
            if not evidence.fields_in.get(one.segment_id, frozenset()).isdisjoint(fields)
        ]
        cells = tuple(
            _stage_cell([one for one in mentions if one.kind in kinds], persona, quotes) for _, kinds in COLUMNS
        )
        if counted.get(name):
            yield Stage(name, counted[name], cells)


def _stage_cell(mentions: Sequence[Mention], persona: Persona, quotes: Quotes) -> Cell:
    people = {one.person_id for one in mentions}
    return Cell(len(people), persona.n_people, tuple(quotes.quote(one) for one in showable(mentions)[:1]))
