"""What to say to whom: each persona's goal, pain, objection and proof, by journey stage; and who is met where."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voc_engine.personas.card_cues import CONTENT, JOURNEY, JOURNEY_KINDS
from voc_engine.records import Mention, Persona
from voc_engine.report.card_lines import card_lines, showable, spoken
from voc_engine.report.evidence import Evidence
from voc_engine.report.people import PersonaView
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.trait_lists import Trait, TraitList

LEADING, CELL_QUOTES = 2, 3
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
    """Persona by channel, by form of content and by stage of the journey, with people counted in every cell."""
    evidence = quotes.evidence
    return [
        Matrix("channel", "Where they are met",
               "People of each persona who wrote or spoke there. One person may use several channels.",
               _channels(personas, quotes), "No channel holds enough of any persona’s words (five documents) to be told."),
        Matrix("content", "What they read and watch",
               "People who say that they read, watch or ask for it. Most people are never asked: a low count is no"
               " dislike.",
               _cued(personas, quotes, "content", CONTENT), "Nobody told what they read, watch or ask for."),
        Matrix("journey", "Where they stand",
               "People whose words belong to a stage of the journey. One person may stand in several stages.",
               _cued(personas, quotes, "journey", JOURNEY), "No words tell a stage of the journey."),
    ] if evidence.personas else []  # fmt: skip


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
    said = quotes.evidence.channel_mentions.get(key, [])
    return Cell(quotes.evidence.channel_people.get(key, 0), persona.n_people, spoken(said, quotes, CELL_QUOTES))


def _cued(
    personas: Sequence[Persona], quotes: Quotes, kind: str, names: Iterable[str]
) -> tuple[tuple[str, tuple[Cell, ...]], ...]:
    """Rows of one cue list, in its order; the counts are those of the cards where these have the line."""
    columns = []
    for one in personas:
        lines = card_lines(one, quotes.evidence, quotes)
        told = {line.name: line for line in (lines.journey if kind == "journey" else lines.contents)}
        said = cued(quotes.evidence.persona_mentions[one.persona_id], quotes.evidence, kind)
        columns.append((one, told, said))
    rows = []
    for name in names:
        cells = []
        for one, told, said in columns:
            people = {mention.person_id for mention in said.get(name, [])}
            count = told[name].n_people if name in told else 0
            words = spoken(said.get(name, []), quotes, CELL_QUOTES)
            if not words and name in told:
                words = told[name].quotes[:CELL_QUOTES]
            cells.append(Cell(max(count, len(people)), one.n_people, words))
        if any(cell.n_people for cell in cells):
            rows.append((name, tuple(cells)))
    return tuple(rows)


def _stages(persona: Persona, quotes: Quotes) -> Iterable[Stage]:
    evidence = quotes.evidence
    said = cued(evidence.persona_mentions[persona.persona_id], evidence, "journey")
    for name in JOURNEY:
        mentions = said.get(name, [])
        cells = tuple(
            _stage_cell([one for one in mentions if one.kind in kinds], persona, quotes) for _, kinds in COLUMNS
        )
        if mentions:
            yield Stage(name, len({one.person_id for one in mentions}), cells)


def _stage_cell(mentions: Sequence[Mention], persona: Persona, quotes: Quotes) -> Cell:
    people = {one.person_id for one in mentions}
    return Cell(len(people), persona.n_people, tuple(quotes.quote(one) for one in showable(mentions)[:1]))


def cued(mentions: Iterable[Mention], evidence: Evidence, kind: str) -> Mapping[str, list[Mention]]:
    """Name in a cue list -> the mentions that carry the cue, by the published lists of the personas stage."""
    found: dict[str, list[Mention]] = defaultdict(list)
    for one in mentions:
        names = {name for listed, name in evidence.cues(one.quote) if listed == kind}
        if kind == "journey" and one.kind in JOURNEY_KINDS:
            names.add(JOURNEY_KINDS[one.kind])
        for name in names:
            found[name].append(one)
    return found
