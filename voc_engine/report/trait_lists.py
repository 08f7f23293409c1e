"""A persona's goals, pains and objections with people counted and words quoted, and the words that may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Insight, Persona
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, QuoteView

LEADING = 5  # lines of a list that are shown at once
CARD_LISTS = (
    ("goals", "Goals"),
    ("pains", "Pain points"),
    ("objections", "What holds them back"),
    ("requests", "Requests"),
    ("delights", "Delights"),
    ("triggers", "What brought them"),
)


@dataclass(frozen=True, slots=True)
class Trait:
    """``n_people`` of the persona say it. ``quote`` is one of theirs, None where it is the statement word for word.

    ``answers``: what people who are content say about the same thing; only for objections, and only where it was said.
    """

    view: InsightView
    n_people: int
    quote: QuoteView | None
    answers: tuple[QuoteView, ...]


@dataclass(frozen=True, slots=True)
class TraitList:
    field: str
    heading: str
    leading: tuple[Trait, ...]
    further: tuple[Trait, ...]


def trait_lists(persona: Persona, evidence: Evidence, quotes: Quotes) -> list[TraitList]:
    """The card's lists that are not empty, in the card's order."""
    people = {person for person, key in evidence.persona_of.items() if key == persona.persona_id}
    answers = answer_quotes(persona, quotes)
    found = []
    for field, heading in CARD_LISTS:
        known = [evidence.insights[key] for key in getattr(persona, field) if key in evidence.insights]
        traits = tuple(_trait(one, persona, people, evidence, quotes, answers) for one in known)
        if traits:
            found.append(TraitList(field, heading, traits[:LEADING], traits[LEADING:]))
    return found


def _trait(
    insight: Insight, persona: Persona, people: set[str], evidence: Evidence, quotes: Quotes,
    answers: Mapping[str, tuple[QuoteView, ...]],
) -> Trait:  # fmt: skip
    members = [one for one in evidence.members[insight.insight_id] if one.person_id in people and one.quote != MARK]
    chosen = min(
        members, key=lambda one: (not wording.tells(one.quote), -one.probability, one.mention_id), default=None
    )
    same = chosen is not None and wording.words(chosen.quote) == wording.words(insight.statement)
    view = quotes.insight(insight)
    return Trait(
        view=view,
        n_people=evidence.persona_people[insight.insight_id].get(persona.persona_id, 0),
        quote=quotes.quote(chosen) if chosen and not same else None,
        answers=answers.get(insight.insight_id, ()),
    )


def answer_quotes(persona: Persona, quotes: Quotes) -> dict[str, tuple[QuoteView, ...]]:
    """Objection's insight id -> what other people, who are content, say of the same thing."""
    found = {}
    for line in persona.answers:
        said = tuple(quotes.quote(one) for one in quotes.evidence.named(line.mention_ids) if one.quote != MARK)
        if said:
            found[line.insight_id] = said
    return found
