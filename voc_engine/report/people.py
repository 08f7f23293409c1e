"""Personas as the templates show them: the card, the empathy map with its gaps, and the comparison."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from voc_engine.records import EMPATHY_QUADRANTS, CountedLine, EmpathyEntry, Insight, Note, Persona
from voc_engine.report import wording
from voc_engine.report.estimated import reach_of
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places, anchor
from voc_engine.report.portrait import portrait
from voc_engine.report.quotes import InsightView, Quotes, QuoteView

ENTRY_QUOTES = 12  # a choice: voices on the page; the rest is counted
# a choice: findings side by side, apart per persona, lines per field, and what they share: one page
COMPARED, APART, LINES, COMMON = 20, 4, 4, 6
BIO = 330  # characters; what follows in the summary stands on the card as lists
LISTED_NOTES, WHOLE = ("coverage", "not assigned"), "whole card"
COMMON_SHARE = 0.25  # of every persona's people, from which on an insight is common to all
CARD_LINES = (("facts", "Facts as given"), ("channels", "Channels"), ("journey", "Journey"))
RANKS = {
    "primary": "Its people have more unmet goals and pains between them than any other group: design for it first.",
    "secondary": "Mostly served by what serves the primary persona; look at what sets it apart.",
    "negative": "Declared in the configuration as not your customer.",
}
GAPS = {
    "says": "No sentence of theirs stood out enough to quote.",
    "thinks": "Nobody in this group put a belief or an expectation into words.",
    "does": "Nobody in this group was asked what they do, or told of it.",
    "feels": "Nobody in this group named a feeling.",
    "pains": "No pain point that enough of this group share.",
    "gains": "No goal and no praise that enough of this group share.",
}
METHODS = {
    "profile": "No grouping: this is one person's profile",
    "no stable segmentation": "No grouping held, so this is one profile of everyone",
    "hierarchical": "Hierarchical clustering of what people say (goals, pains, objections first)",
    "consensus": "Consensus clustering over subsamples of the people",
}


@dataclass(frozen=True, slots=True)
class EntryView:
    """``verbatim`` is the quote itself where the statement is one; ``evidence`` the words behind it."""

    entry: EmpathyEntry
    verbatim: QuoteView | None
    evidence: tuple[QuoteView, ...]
    rest: int


@dataclass(frozen=True, slots=True)
class QuadrantView:
    name: str
    heading: str
    entries: tuple[EntryView, ...]
    gap: str


@dataclass(frozen=True, slots=True)
class PersonaView:
    """``digest`` are the first sentences of the summary, for places where the personas stand side by side; ``bio`` some
    more of them. ``sheet``, ``support``, ``onboarding`` and ``messages`` are empty where the frame has no such page.
    ``told``: (name, text) of the notes that every card has, ``notes`` the others."""

    persona: Persona
    digest: str
    href: str
    anchor: str
    mark: Markup
    canvas: str
    walk: str
    sheet: str
    support: str
    onboarding: str
    messages: str
    rank: str
    bio: str
    told: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    reach: str
    share: float
    full_match: str
    stability: str
    method: str


@dataclass(frozen=True, slots=True)
class Row:
    """An insight with (people, persona size, shade) per persona; the shade in [0, 1] is the share, of the largest."""

    view: InsightView
    cells: tuple[tuple[int, int, float], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """``apart``: (persona, rows of what sets it apart). ``rows``: the leading insights, whoever says them.

    ``common``: held by at least a quarter of every persona's people, or where there is no such insight and ``widest`` is
    true, those that people of most personas say. ``lines``: (heading, one tuple of lines per persona), for what the cards
    say in words.
    """

    personas: tuple[PersonaView, ...]
    apart: tuple[tuple[PersonaView, tuple[Row, ...]], ...]
    rows: tuple[Row, ...]
    common: tuple[Row, ...]
    widest: bool
    lines: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]


def _sentences(persona: Persona) -> tuple[str, ...]:
    """What stands beside a count of its people: its sentences, and the one that counts them where there are no others."""
    return persona.sentences or (persona.summary,)


def persona_view(persona: Persona, evidence: Evidence, places: Places) -> PersonaView:
    total = max(len(evidence.people), persona.n_people, 1)
    shares = (persona.share_low, persona.share_high)
    reach = reach_of(evidence, "persona", persona.persona_id, persona.n_people, total, *shares)
    return PersonaView(
        persona=persona,
        digest=wording.digest(_sentences(persona)),
        href=places.persona(persona.persona_id),
        anchor=anchor(persona.persona_id),
        mark=portrait(persona.persona_id),
        canvas=places.canvas(persona.persona_id),
        walk=places.walk(persona.persona_id),
        sheet=places.sheet(persona.persona_id),
        support=places.sheet(persona.persona_id, "support"),
        onboarding=places.sheet(persona.persona_id, "onboarding"),
        messages=places.messages(persona.persona_id),
        rank=RANKS.get(persona.rank, ""),
        bio=wording.digest(_sentences(persona), BIO),
        told=tuple((one.topic, one.text) for one in persona.notes if one.topic in LISTED_NOTES),
        notes=tuple(_note(one) for one in persona.notes if one.topic not in (*LISTED_NOTES, WHOLE)),
        reach=reach.words,
        share=reach.share,
        full_match=f"{persona.n_full_match} of {wording.people(persona.n_people)}",
        stability=wording.steadiness(persona.stability),
        method=METHODS.get(persona.method, persona.method),
    )


def persona_views(evidence: Evidence, places: Places) -> list[PersonaView]:
    return [persona_view(one, evidence, places) for one in evidence.personas.values()]


def empathy_map(persona: Persona, evidence: Evidence, quotes: Quotes) -> list[QuadrantView]:
    """The six fields of the map, in order; a field without entries says what is missing."""
    quadrants = []
    for name in EMPATHY_QUADRANTS:
        entries = evidence.empathy.get((persona.persona_id, name), [])
        views = tuple(_entry(one, quotes) for one in entries)
        quadrants.append(QuadrantView(name, wording.sentence(name), views, "" if views else GAPS[name]))
    return quadrants


def _entry(entry: EmpathyEntry, quotes: Quotes) -> EntryView:
    named = quotes.named(entry.mention_ids)
    verbatim = next((one for one in named if one.text == entry.statement), None)
    others = [one for one in named if one is not verbatim]
    return EntryView(entry, verbatim, tuple(others[:ENTRY_QUOTES]), max(len(others) - ENTRY_QUOTES, 0))


def comparison(evidence: Evidence, quotes: Quotes, places: Places) -> Comparison:
    """The personas side by side: what each says more often than the others, and the leading insights."""
    views = tuple(persona_views(evidence, places))
    leading = [one for one in places.shown_insights if evidence.persona_people[one.insight_id]][:COMPARED]
    apart = {
        one.persona.persona_id: [evidence.insights[key] for key in one.persona.distinctive if key in evidence.insights]
        for one in views
    }
    common, widest = common_to_all(evidence) if len(views) > 1 else ([], False)
    compared = [*leading, *common, *(insight for several in apart.values() for insight in several[:APART])]
    most = max((share for one in compared for share in _shares(one, evidence)), default=1.0) or 1.0
    return Comparison(
        personas=views,
        apart=tuple(
            (one, tuple(_row(insight, evidence, quotes, most) for insight in apart[one.persona.persona_id][:APART]))
            for one in views
            if apart[one.persona.persona_id] and len(views) > 1
        ),
        rows=tuple(_row(one, evidence, quotes, most) for one in leading),
        common=tuple(_row(one, evidence, quotes, most) for one in common),
        widest=widest,
        lines=tuple(
            (heading, tuple(_short(getattr(one.persona, field)[:LINES]) for one in views))
            for field, heading in CARD_LINES
            if any(getattr(one.persona, field) for one in views)
        ),
    )


def _note(note: Note) -> str:
    return f"{note.topic}: {note.text}" if note.topic else note.text


def _short(lines: Sequence[CountedLine]) -> tuple[str, ...]:
    return tuple(f"{_named(one)}: {one.n_people:,} of {one.total:,}" for one in lines)


def _named(line: CountedLine) -> str:
    return f"{line.of} {line.name}" if line.of else line.name


def common_to_all(evidence: Evidence) -> tuple[list[Insight], bool]:
    """Insights of at least a quarter of every persona's people, by the smallest share; else (True) the widest: those that
    people of most personas say, of at least two."""
    shares = {key: _shares(one, evidence) for key, one in evidence.insights.items()}
    homes = {key: sum(one > 0 for one in several) for key, several in shares.items()}
    ranked = sorted(
        (key for key in shares if homes[key] > 1),
        key=lambda key: (-homes[key], -round(min(shares[key]), 9), -evidence.insights[key].n_people, key),
    )
    shared = [key for key in ranked if min(shares[key]) >= COMMON_SHARE]
    return [evidence.insights[key] for key in (shared or ranked)[:COMMON]], not shared


def _shares(insight: Insight, evidence: Evidence) -> list[float]:
    counted = evidence.persona_people[insight.insight_id]
    return [counted.get(key, 0) / max(evidence.persona_size[key], 1) for key in evidence.personas]


def _row(insight: Insight, evidence: Evidence, quotes: Quotes, most: float) -> Row:
    counted, size = evidence.persona_people[insight.insight_id], evidence.persona_size
    shares = _shares(insight, evidence)
    return Row(
        quotes.insight(insight),
        tuple(
            (counted.get(key, 0), size[key], share / most) for key, share in zip(evidence.personas, shares, strict=True)
        ),
    )
