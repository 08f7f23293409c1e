"""A persona's goals, pains and objections with people counted and words quoted, and the words that may answer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from voc_engine.records import Insight, Mention, Persona
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, QuoteView

LEADING = 5  # lines of a list that are shown at once
CARD_LISTS = (
    ("goals", "Goals"),
    ("pains", "Pain points"),
    ("objections", "Objections"),
    ("requests", "Requests"),
    ("delights", "Delights"),
    ("triggers", "Triggers"),
)


@dataclass(frozen=True, slots=True)
class Trait:
    """``n_people`` of the persona say it. ``quote`` is one of theirs, None where it is the statement word for word.

    ``answer``: what somebody who is content says about the same thing; only for objections, and only where it was said.
    """

    view: InsightView
    n_people: int
    quote: QuoteView | None
    answer: QuoteView | None


@dataclass(frozen=True, slots=True)
class TraitList:
    heading: str
    leading: tuple[Trait, ...]
    further: tuple[Trait, ...]


def trait_lists(persona: Persona, evidence: Evidence, quotes: Quotes) -> list[TraitList]:
    """The card's lists that are not empty, in the card's order."""
    people = {person for person, key in evidence.persona_of.items() if key == persona.persona_id}
    found = []
    for field, heading in CARD_LISTS:
        known = [evidence.insights[key] for key in getattr(persona, field) if key in evidence.insights]
        traits = tuple(_trait(one, persona, people, evidence, quotes) for one in known)
        if traits:
            found.append(TraitList(heading, traits[:LEADING], traits[LEADING:]))
    return found


def _trait(insight: Insight, persona: Persona, people: set[str], evidence: Evidence, quotes: Quotes) -> Trait:
    members = [one for one in evidence.members[insight.insight_id] if one.person_id in people]
    chosen = min(
        members, key=lambda one: (not wording.tells(one.quote), -one.probability, one.mention_id), default=None
    )
    same = chosen is not None and wording.words(chosen.quote) == wording.words(insight.statement)
    view = quotes.insight(insight)
    return Trait(
        view=view,
        n_people=evidence.persona_people[insight.insight_id].get(persona.persona_id, 0),
        quote=quotes.quote(chosen) if chosen and not same else None,
        answer=_answer(insight, people, evidence, quotes) if insight.kind == "objection" else None,
    )


def _answer(insight: Insight, people: set[str], evidence: Evidence, quotes: Quotes) -> QuoteView | None:
    """A delight in the objection's topic that shares a keyword of the topic with it; the persona's own people first.

    Without a shared word a topic is too wide: praise of one thing in it does not answer a doubt about another.
    """
    topic = evidence.topics.get(insight.topic_id or "")
    if topic is None:
        return None
    keywords = {word for phrase in (topic.label, *topic.keywords) for word in wording.words(phrase)}
    doubted = keywords & _said(evidence.members[insight.insight_id])
    praise = [
        one
        for one in evidence.topic_mentions.get(topic.topic_id, [])
        if one.kind == "delight" and doubted & set(wording.words(one.quote))
    ]
    best = min(praise, key=lambda one: (one.person_id not in people, -one.probability, one.mention_id), default=None)
    return quotes.quote(best) if best else None


def _said(mentions: Iterable[Mention]) -> set[str]:
    def every() -> Iterator[str]:
        for one in mentions:
            yield from wording.words(one.quote)

    return set(every())
