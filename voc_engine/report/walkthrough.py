"""The walkthrough of a persona: eight steps with one idea each, for a room of colleagues.

Nothing in it speaks as the persona: what stands in quotes was said by real people, all else is counted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from voc_engine.privacy.withholding import MARK
from voc_engine.report import wording
from voc_engine.report.card_lines import CardLines, LineView
from voc_engine.report.people import PersonaView, QuadrantView
from voc_engine.report.quotes import QuoteView
from voc_engine.report.trait_lists import AnswerView, Trait, TraitList

MOST_SHOWN, FACTS, BEHIND = 3, 5, 3  # a choice: a frame is read in some seconds; facts, and voices behind it
ASK = "Ask: is this new to you? What would we do about it?"
# What a card may tell -> how its absence is told.
UNTOLD: Mapping[str, str] = {
    "facts": "who they are, as given",
    "selves": "who they are, as they tell it",
    "roles": "their role",
    "criteria": "what decides",
    "alternatives": "what else there is",
    "contents": "where they look and whom they ask",
    "approvers": "who has to agree",
    "churn": "what made them leave",
    "staying": "what keeps them",
    "journey": "their journey",
    "day": "a day of theirs",
}


@dataclass(frozen=True, slots=True)
class StepLine:
    """``text`` with its ``count``; ``quote`` beside it; ``gap`` where an objection has no answer."""

    text: str
    count: str = ""
    href: str = ""
    quote: QuoteView | None = None
    answers: tuple[AnswerView, ...] = ()
    gap: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """``lead`` is the step's one idea in large type, with ``quote`` where it is somebody's words. ``notes`` are for the one
    who speaks, ``behind`` the words that they may read out."""

    key: str
    title: str
    lead: str
    lines: tuple[StepLine, ...] = ()
    quote: QuoteView | None = None
    gap: str = ""
    notes: tuple[str, ...] = ()
    behind: tuple[QuoteView, ...] = ()


def walkthrough(card: Mapping[str, Any], n_heard: int, review: str) -> tuple[Step, ...]:
    """The eight steps, from the values that a card's template names. ``n_heard``: people heard in the study; ``review``:
    when the persona is due for review, as the page says it, or empty."""
    view, lines = card["view"], card["lines"]
    traits = {one.field: one for one in card["lists"]}
    quadrants = {one.name: one for one in card["map"]}
    quotes = [one for one in card["quotes"] if one.text != MARK]
    return (
        _size(view, quotes, n_heard),
        _facts(view, lines),
        _day(view, lines, quadrants["says"]),
        _traits(view, "pains", "What hurts", traits, quadrants["pains"].gap, "No pain point was found in what they said."),
        _traits(view, "goals", "What they want", traits, "", "Nobody in this group said what they want to get done."),
        _traits(view, "objections", "What stops them", traits, "", "Nobody in this group named what holds them back."),
        _does(view, quadrants["does"], lines),
        _unknown(view, lines, card, review),
    )  # fmt: skip


def _size(view: PersonaView, quotes: Sequence[QuoteView], n_heard: int) -> Step:
    persona = view.persona
    rows = [StepLine(view.rank)] if view.rank else []
    rows += [
        StepLine(f"{view.full_match} hold every one of its leading traits: the others share some of them"),
        StepLine(f"Found by: {wording.lower_first(view.method)}; re-forms when people are left out: {view.stability}"),
    ]
    return Step(
        "size", "How many, how sure", f"{wording.number(persona.n_people)} of {wording.people(n_heard)} heard",
        tuple(rows), quotes[0] if quotes else None,
        notes=(
            f"{view.reach}. {wording.count(persona.n_documents, 'document')},"
            f" {wording.count(persona.n_mentions, 'quote')}.",
            "These are real people who were heard, not a segment of the market: who was heard is no random sample.",
        ),
        behind=tuple(quotes[1 : 1 + BEHIND]),
    )  # fmt: skip


def _facts(view: PersonaView, lines: CardLines) -> Step:
    facts = [*lines.facts[:FACTS], *lines.roles, *lines.selves]
    counted = _counted(facts[:FACTS])
    first = next((quote for one in lines.selves for quote in one.quotes if quote.text != MARK), None)
    return Step(
        "facts", "Who they are", "", counted, first,
        gap="" if counted else "No source tells who they are. No age, gender or face is made up for them.",
        notes=(
            f"Counted people out of {wording.number(view.persona.n_people)}. What nobody told is not here.",
            "The mark is abstract on purpose: nobody knows this group’s face.",
        ),
        behind=_behind(facts),
    )  # fmt: skip


def _day(view: PersonaView, lines: CardLines, says: QuadrantView) -> Step:
    day = tuple(one for one in lines.day if one.text != MARK)[:MOST_SHOWN]
    views = day or _verbatim(says)[:MOST_SHOWN]
    title = "A day, in their words" if day else "In their words"
    note = (
        "Routines of different people, in the order of the day."
        if day
        else "Nobody told of a day that could be read surely, so their own most telling sentences stand here."
    )
    return Step(
        "day", title, "", tuple(StepLine("", quote=one) for one in views),
        gap="" if views else "No sentence of theirs stood out enough to quote.",
        notes=(note, f"{wording.count(view.persona.n_mentions, 'quote')} of this group are in the report."),
    )  # fmt: skip


def _traits(
    view: PersonaView, field: str, title: str, lists: Mapping[str, TraitList], gap: str, otherwise: str
) -> Step:
    traits = lists.get(field)
    leading: Sequence[Trait] = (*traits.leading, *traits.single)[:MOST_SHOWN] if traits else ()
    size = view.persona.n_people
    rows = tuple(
        StepLine(
            one.view.insight.title,
            f"{wording.number(one.n_people)} of {wording.number(size)}",
            one.view.href,
            one.quote,
            one.answers[:1],
            "No proof yet." if field == "objections" and not one.answers else "",
        )
        for one in leading
    )
    more = len(traits.leading) + len(traits.further) + len(traits.single) - len(rows) if traits else 0
    notes = [f"{wording.number(more)} more on the card."] if more else []
    notes += [f"“{one.view.insight.title}”: {one.view.reach} in the whole study." for one in leading[:1]]
    further = [one.view.quote for one in leading if one.view.quote != one.quote]
    return Step(
        field, title, "", rows, gap="" if rows else gap or otherwise, notes=tuple(notes),
        behind=tuple(one for one in further if one and one.text != MARK)[:BEHIND],
    )  # fmt: skip


def _does(view: PersonaView, does: QuadrantView, lines: CardLines) -> Step:
    entries = [one for one in does.entries if one.entry.statement != MARK]
    rows = tuple(
        StepLine("" if one.verbatim else one.entry.statement, wording.people(one.entry.n_people), quote=one.verbatim)
        for one in entries[:MOST_SHOWN]
    )
    channels = [f"{one.name}: {one.count}" for one in lines.channels[:FACTS]]
    notes = ["What they told of doing: no log was read, unless a source says so."]
    notes += [f"Where this study listened: {wording.listing(channels)}."] if channels else []
    return Step(
        "does", "What they do", "", rows, gap="" if rows else does.gap, notes=tuple(notes),
        behind=_verbatim(does)[MOST_SHOWN : MOST_SHOWN + BEHIND],
    )  # fmt: skip


def _unknown(view: PersonaView, lines: CardLines, card: Mapping[str, Any], review: str) -> Step:
    absent = [told for field, told in UNTOLD.items() if not getattr(lines, field)]
    empty = [one.gap for one in card["map"] if not one.entries]
    rows = [StepLine(f"Not heard, or not read surely enough: {wording.listing(absent)}")] if absent else []
    rows += [StepLine(one) for one in empty]
    if card["against"]:
        against = wording.count(card["against"], "line")
        rows.append(StepLine(f"{wording.sentence(against)} of its map {_is(card['against'])} contradicted by another"))
    rows += [StepLine(f"{wording.sentence(name)}: {text}") for name, text in view.told]
    return Step(
        "unknown", "What we do not know", "", tuple(rows[: MOST_SHOWN + 2]),
        gap="" if rows else "Nothing that a card asks for is missing. What nobody thought to ask is not on it.",
        notes=("Ask: which of these gaps would change what we do? Who could tell us?", *([review] if review else [])),
    )  # fmt: skip


def _is(amount: int) -> str:
    return "is" if amount == 1 else "are"


def _counted(lines: Sequence[LineView]) -> tuple[StepLine, ...]:
    return tuple(StepLine(wording.named(one.name), f"{one.count}{one.more}") for one in lines)


def _behind(lines: Sequence[LineView]) -> tuple[QuoteView, ...]:
    return tuple(_firsts(lines))[:BEHIND]


def _firsts(lines: Sequence[LineView]) -> Iterator[QuoteView]:
    for line in lines:
        yield from (quote for quote in line.quotes[:1] if quote.text != MARK)


def _verbatim(field: QuadrantView) -> tuple[QuoteView, ...]:
    """The entries that are somebody's words, without those that its readers may not see."""
    return tuple(one.verbatim for one in field.entries if one.verbatim and one.verbatim.text != MARK)
