"""Sheets of one page for those who serve a persona: support, and onboarding. Beside them stands the sheet for sales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Persona
from voc_engine.report import wording
from voc_engine.report.people import PersonaView
from voc_engine.report.quotes import InsightView, Quotes, QuoteView
from voc_engine.report.sales_sheet import LEAST_PEOPLE, Term, own_terms
from voc_engine.report.trait_lists import Trait, TraitList

LEADING, SIDE = 5, 4  # a choice: lines of a page


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """``n_people`` of the persona say it, one of them in the words of ``quote``, None where nobody may be quoted.
    ``whole``: the finding's title is these very words."""

    view: InsightView
    n_people: int
    quote: QuoteView | None
    whole: bool


@dataclass(frozen=True, slots=True)
class Section:
    """``severe``: the severity of each line is told. ``terms`` in place of lines are things in their own words."""

    key: str
    heading: str
    note: str
    lines: tuple[ServiceLine, ...] = ()
    terms: tuple[Term, ...] = ()
    severe: bool = False


@dataclass(frozen=True, slots=True)
class ServiceSheet:
    """``gaps`` are the sections that have no evidence, a plain sentence each."""

    view: PersonaView
    kind: str
    title: str
    main: tuple[Section, ...]
    side: tuple[Section, ...]
    gaps: tuple[str, ...]


def support_sheet(view: PersonaView, traits: Sequence[TraitList], quotes: Quotes) -> ServiceSheet:
    """Before an answer is written: what hurts and how badly, what they ask for, what works, what they call things."""
    persona = view.persona
    pains = Section("pains", "What hurts", "Most people first, with how grave it is.",
                    _shared("pains", LEADING, persona, traits, quotes), severe=True)  # fmt: skip
    requests = Section("requests", "What they ask for", "", _shared("requests", SIDE, persona, traits, quotes))
    works = Section("delights", "What works for them", "Praised by people of this group.",
                    _shared("delights", SIDE, persona, traits, quotes))  # fmt: skip
    words = Section("words", "Words they use", "Say it as they do.", terms=own_terms(persona, quotes))
    lack = _lack(persona)
    return _sheet(view, "support", "Sheet for support", (pains, requests), (words, works), {
        "pains": f"No pain point{lack}.",
        "requests": f"No request{lack}.",
        "delights": f"No praise{lack}.",
        "words": "No thing that several of them name and others name less.",
    })  # fmt: skip


def onboarding_sheet(view: PersonaView, traits: Sequence[TraitList], quotes: Quotes) -> ServiceSheet:
    """Before their first week: what they want to get done, what hurts, what works, what made them look and holds them back.

    How setting up went stands apart nowhere: no reading of it is sure enough (the method page names what is off)."""
    persona = view.persona
    goals = Section("goals", "What they want to get done", "", _shared("goals", LEADING, persona, traits, quotes))
    pains = Section("pains", "What hurts", "At whatever step; most people first.",
                    _shared("pains", LEADING, persona, traits, quotes), severe=True)  # fmt: skip
    works = Section("delights", "What works for them", "Praised by people of this group.",
                    _shared("delights", SIDE, persona, traits, quotes))  # fmt: skip
    began = Section("triggers", "What made them look", "", _shared("triggers", SIDE, persona, traits, quotes))
    doubts = Section("objections", "What holds them back", "", _shared("objections", SIDE, persona, traits, quotes))
    lack = _lack(persona)
    return _sheet(view, "onboarding", "Sheet for onboarding", (goals, pains), (works, began, doubts), {
        "goals": f"No goal{lack}.",
        "pains": f"No pain point{lack}.",
        "delights": f"No praise{lack}.",
        "triggers": f"No event that made them look{lack.replace('that', 'and that')}.",
        "objections": f"No objection{lack}.",
    })  # fmt: skip


def _lack(persona: Persona) -> str:
    return " that enough of this group share" if persona.n_people >= LEAST_PEOPLE else ""


def _sheet(
    view: PersonaView, kind: str, title: str, main: Sequence[Section], side: Sequence[Section], gaps: dict[str, str]
) -> ServiceSheet:
    sections = [tuple(one for one in several if one.lines or one.terms) for several in (main, side)]
    missing = tuple(gaps[one.key] for one in (*main, *side) if not one.lines and not one.terms)
    return ServiceSheet(view, kind, title, sections[0], sections[1], missing)


def _shared(
    field: str, most: int, persona: Persona, traits: Sequence[TraitList], quotes: Quotes
) -> tuple[ServiceLine, ...]:
    """Lines of a list of the card that two people say, or the one person of a profile; each with a voice."""
    least = min(LEAST_PEOPLE, persona.n_people)
    listed = next((one for one in traits if one.field == field), None)
    shared = [one for one in (*listed.leading, *listed.further) if one.n_people >= least] if listed else []
    return tuple(_line(one, persona, quotes) for one in shared[:most])


def _line(trait: Trait, persona: Persona, quotes: Quotes) -> ServiceLine:
    """With the quote of the card; where the line is itself somebody's words, with these."""
    if trait.quote is not None:
        return ServiceLine(trait.view, trait.n_people, trait.quote, whole=False)
    evidence, title = quotes.evidence, trait.view.insight.title
    mentions = [
        said
        for said in evidence.members[trait.view.insight.insight_id]
        if said.quote != MARK and evidence.persona_of.get(said.person_id) == persona.persona_id
    ]
    best = min(
        mentions,
        key=lambda said: (not wording.repeats(said.quote, title), -said.probability, said.mention_id),
        default=None,
    )
    whole = best is not None and wording.repeats(best.quote, title)
    return ServiceLine(trait.view, trait.n_people, quotes.quote(best) if best else None, whole)
