"""Personas as the templates show them: the card, the empathy map with its gaps, and the comparison."""

from __future__ import annotations

from dataclasses import dataclass

from markupsafe import Markup

from voc_engine.records import EMPATHY_QUADRANTS, EmpathyEntry, Persona
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places, anchor
from voc_engine.report.portrait import portrait
from voc_engine.report.quotes import InsightView, Quotes, QuoteView

ENTRY_QUOTES = 12
COMPARED = 20
CARD_LISTS = (
    ("goals", "Goals"),
    ("pains", "Pain points"),
    ("objections", "Objections"),
    ("requests", "Requests"),
    ("delights", "Delights"),
    ("triggers", "Triggers"),
)
GAPS = {
    "says": "No sentence of theirs stood out enough to quote.",
    "thinks": "Nobody in this group put a belief or an expectation into words.",
    "does": "Nobody in this group was asked what they do, or told of it.",
    "feels": "Nobody in this group named a feeling.",
    "pains": "No pain point was found in what they said.",
    "gains": "Nobody in this group said what a good outcome would be.",
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
    persona: Persona
    href: str
    anchor: str
    mark: Markup
    reach: str
    share: float
    full_match: str
    stability: str
    method: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Rows: (insight, one (people, persona size) per persona)."""

    personas: tuple[PersonaView, ...]
    rows: tuple[tuple[InsightView, tuple[tuple[int, int], ...]], ...]


def persona_view(persona: Persona, evidence: Evidence, places: Places) -> PersonaView:
    total = max(len(evidence.people), persona.n_people, 1)
    return PersonaView(
        persona=persona,
        href=places.persona(persona.persona_id),
        anchor=anchor(persona.persona_id),
        mark=portrait(persona.persona_id),
        reach=wording.of_people(persona.n_people, total, persona.share_low, persona.share_high),
        share=persona.n_people / total,
        full_match=f"{persona.n_full_match} of {wording.people(persona.n_people)}",
        stability=_stability(persona.stability),
        method=METHODS.get(persona.method, persona.method),
    )


def _stability(value: float | None) -> str:
    if value is None:
        return "not measured"
    word = "steady" if value >= 0.75 else "unsteady" if value >= 0.6 else "very unsteady"
    return f"{value:.2f} of 1, {word}"


def persona_views(evidence: Evidence, places: Places) -> list[PersonaView]:
    return [persona_view(one, evidence, places) for one in evidence.personas.values()]


def empathy_map(persona: Persona, evidence: Evidence, quotes: Quotes) -> list[QuadrantView]:
    """The six fields of the map, in order; a field without entries says what is missing."""
    found = []
    for name in EMPATHY_QUADRANTS:
        entries = evidence.empathy.get((persona.persona_id, name), [])
        views = tuple(_entry(one, quotes) for one in entries)
        found.append(QuadrantView(name, wording.sentence(name), views, "" if views else GAPS[name]))
    return found


def _entry(entry: EmpathyEntry, quotes: Quotes) -> EntryView:
    named = quotes.named(entry.mention_ids)
    verbatim = next((one for one in named if one.text == entry.statement), None)
    others = [one for one in named if one is not verbatim]
    return EntryView(entry, verbatim, tuple(others[:ENTRY_QUOTES]), max(len(others) - ENTRY_QUOTES, 0))


def comparison(evidence: Evidence, quotes: Quotes, places: Places) -> Comparison:
    """The leading insights against the personas: how many of each persona's people say it."""
    views = tuple(persona_views(evidence, places))
    leading = [one for one in places.shown_insights if evidence.persona_people[one.insight_id]][:COMPARED]
    rows = tuple(
        (
            quotes.insight(one),
            tuple(
                (
                    evidence.persona_people[one.insight_id].get(view.persona.persona_id, 0),
                    evidence.persona_size[view.persona.persona_id],
                )
                for view in views
            ),
        )
        for one in leading
    )
    return Comparison(views, rows)
