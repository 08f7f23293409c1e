"""The sheet that a salesperson reads before a call: one persona on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voc_engine.language.tokens import parts
from voc_engine.records import Mention, Persona
from voc_engine.report.card_lines import CardLines
from voc_engine.report.people import PersonaView
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.trait_lists import Trait, TraitList
from voc_engine.statistics import log_odds

LEADING, TRIGGERS, TERMS = 3, 2, 8  # a choice: what is read before a call begins
LEAST_PEOPLE = 2  # one person's word is not the persona's
SURE = 1.0  # standard errors by which a term's log-odds have to stand out


@dataclass(frozen=True, slots=True)
class Term:
    """A thing in their own words, with one place where somebody says it."""

    text: str
    n_people: int
    quote: QuoteView


@dataclass(frozen=True, slots=True)
class Sheet:
    """Every list is short enough for one page of paper; what nothing tells is empty."""

    view: PersonaView
    lines: CardLines
    goals: tuple[Trait, ...]
    pains: tuple[Trait, ...]
    objections: tuple[Trait, ...]
    triggers: tuple[Trait, ...]
    terms: tuple[Term, ...]

    @property
    def answered(self) -> bool:
        """Whether the data answer any of the objections."""
        return any(one.answers for one in self.objections)


def sheet(view: PersonaView, lines: CardLines, traits: list[TraitList], quotes: Quotes) -> Sheet:
    """The leading three goals, pains and objections, the first of them with the words that answer it."""
    of = {one.field: one.leading for one in traits}
    return Sheet(
        view, lines, of.get("goals", ())[:LEADING], of.get("pains", ())[:LEADING], of.get("objections", ())[:LEADING],
        of.get("triggers", ())[:TRIGGERS], own_terms(view.persona, quotes),
    )  # fmt: skip


def own_terms(persona: Persona, quotes: Quotes) -> tuple[Term, ...]:
    """Things that at least two of the persona's people name, and that they name more often than the others do.

    Ranked by the z of the log-odds of people against the other personas' people. Only words of people who may be quoted. One
    person's things are in no order: each is named once or twice, and there are none.
    """
    evidence = quotes.evidence
    here, size = evidence.persona_things[persona.persona_id], evidence.persona_size[persona.persona_id]
    elsewhere = sum(evidence.persona_size.values()) - size
    ranked = []
    for term, mentions in here.items():
        odds = log_odds(len(mentions), size, min(evidence.things[term] - len(mentions), elsewhere), elsewhere)
        if len(mentions) >= LEAST_PEOPLE and (odds >= SURE or not elsewhere):
            ranked.append((-round(odds, 6), -len(mentions), term))
    chosen: list[str] = []
    for _, _, term in sorted(ranked):
        if len(chosen) < TERMS and not any(_part_of(term, other, here) for other in here):
            chosen.append(term)
    return tuple(Term(term, len(here[term]), quotes.quote(here[term][0])) for term in chosen)


def _part_of(term: str, other: str, here: Mapping[str, Sequence[Mention]]) -> bool:
    """Whether a term is a piece of a longer one that as many of them say: "waiting" of "waiting list"."""
    words, longer = parts(term), parts(other)
    return len(words) < len(longer) and set(words) <= set(longer) and len(here[other]) >= len(here[term])
