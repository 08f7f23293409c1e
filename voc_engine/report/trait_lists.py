"""A persona's goals, pains and objections with people counted and words quoted, and the words that may answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from voc_engine.privacy.withholding import MARK
from voc_engine.records import Insight, Persona
from voc_engine.report import wording
from voc_engine.report.evidence import Evidence
from voc_engine.report.quotes import InsightView, Quotes, QuoteView, further_quote

LEADING = 5  # lines of a list that are shown at once
SEVERAL = 3  # people of a persona from which on one person's word leads nothing
MOST_SINGLE = 3  # as the card has them (personas.traits)
OPENING = ("goals", "pains")
MOST_OPENING = 3  # a choice: of each field, beside the persona's name
CARD_LISTS = (
    ("goals", "Goals"),
    ("pains", "Pain points"),
    ("objections", "What holds them back"),
    ("requests", "Requests"),
    ("delights", "Delights"),
    ("triggers", "What brought them"),
)


_SAYS = {
    "reply": "What was replied:", "proof": "From our own texts:", "customer": "Said by one who is content:",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class AnswerView:
    """``says`` whose words they are. ``quote`` is None for what the company says; ``words`` and ``who`` are told of both."""

    says: str
    words: str
    who: str
    quote: QuoteView | None = None


@dataclass(frozen=True, slots=True)
class Trait:
    """``n_people`` of the persona say it. ``quote`` is one of theirs, None where all they say is the title, word for word.

    ``answers``: what may answer it; only for objections, and ours before all others.
    """

    view: InsightView
    n_people: int
    quote: QuoteView | None
    answers: tuple[AnswerView, ...]


@dataclass(frozen=True, slots=True)
class TraitList:
    """``single`` are goals of single people on a card of several: they lead nothing."""

    field: str
    heading: str
    leading: tuple[Trait, ...]
    further: tuple[Trait, ...]
    single: tuple[Trait, ...] = ()


def trait_lists(persona: Persona, evidence: Evidence, quotes: Quotes) -> list[TraitList]:
    """The card's lists that are not empty, in the card's order."""
    people = {person for person, key in evidence.persona_of.items() if key == persona.persona_id}
    answers = answer_views(persona, quotes)
    lists = []
    for field, heading in CARD_LISTS:
        insights = [evidence.insights[key] for key in getattr(persona, field) if key in evidence.insights]
        traits = tuple(_trait(one, persona, people, evidence, quotes, answers) for one in insights)
        whole = field != "goals" or persona.n_people < SEVERAL
        shared = tuple(one for one in traits if whole or one.n_people > 1)
        single = tuple(one for one in traits if one not in shared)[:MOST_SINGLE]
        if traits:
            lists.append(TraitList(field, heading, shared[:LEADING], shared[LEADING:], single))
    return lists


@dataclass(frozen=True, slots=True)
class Opening:
    """What a card opens with: its leading goals and pains, and how many people hold at least one of them."""

    lists: tuple[tuple[str, tuple[Trait, ...]], ...]
    covered: str


def opening(persona: Persona, traits: list[TraitList]) -> Opening:
    """The first three goals and the first three pains that several share; ``covered`` is empty where there is none."""
    lists = tuple(
        (one.heading, one.leading[:MOST_OPENING]) for one in traits if one.field in OPENING and one.leading
    )  # fmt: skip
    covered = wording.of_people(persona.n_leading, persona.n_people) if lists and persona.n_leading else ""
    return Opening(lists, covered)


def _trait(
    insight: Insight, persona: Persona, people: set[str], evidence: Evidence, quotes: Quotes,
    answers: Mapping[str, tuple[AnswerView, ...]],
) -> Trait:  # fmt: skip
    mentions = (one for one in evidence.members[insight.insight_id] if one.person_id in people)
    chosen = further_quote(mentions, insight)
    view = quotes.insight(insight)
    return Trait(
        view=view,
        n_people=evidence.persona_people[insight.insight_id].get(persona.persona_id, 0),
        quote=quotes.quote(chosen) if chosen else None,
        answers=answers.get(insight.insight_id, ()),
    )


def answer_views(persona: Persona, quotes: Quotes) -> dict[str, tuple[AnswerView, ...]]:
    """Objection's insight id -> what was typed to answer it, then words of the study that may."""
    evidence = quotes.evidence
    answers: dict[str, tuple[AnswerView, ...]] = {}
    for key in persona.objections:
        if key in evidence.insights and (typed := evidence.insights[key].our_answers):
            answers[key] = tuple(AnswerView("Our answer:", one.text, one.author or "") for one in typed)
    for line in persona.answers:
        quoted = [quotes.quote(one) for one in evidence.named(line.mention_ids) if one.quote != MARK]
        spoken = [evidence.segments[key] for key in line.segment_ids if key in evidence.segments]
        views = tuple(AnswerView(_SAYS[line.kind], one.text, one.person, one) for one in quoted)
        # Words of the company are no evidence, so that no page holds a place for them to lead to: the file is named.
        views += tuple(
            AnswerView(_SAYS[line.kind], one.text, evidence.documents[one.document_id].source)
            for one in spoken
            if one.text != MARK
        )
        if views:
            answers[line.insight_id] = (*answers.get(line.insight_id, ()), *views)
    return answers
