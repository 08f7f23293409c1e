"""The empathy map in the layout of XPLANE's canvas (2017): seven questions, each answered from evidence or left as a gap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from voc_engine.records import Persona
from voc_engine.report import wording
from voc_engine.report.card_lines import CardLines, LineView, spoken
from voc_engine.report.people import QuadrantView
from voc_engine.report.quotes import Quotes, QuoteView
from voc_engine.report.trait_lists import Trait, TraitList

MOST = 5  # goals, criteria and the like; entries of the map are shown whole
HEARD_QUOTES = 6  # a choice: voices of what others said to them


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the canvas. ``verbatim`` where the line is itself a quote; ``evidence`` are the words behind it."""

    text: str
    count: str
    verbatim: QuoteView | None = None
    evidence: tuple[QuoteView, ...] = ()
    basis: str = "stated"
    contradicts: str | None = None
    href: str = ""


@dataclass(frozen=True, slots=True)
class Block:
    """A field's part with a heading of its own, which may be empty."""

    heading: str
    entries: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """``gap`` says in words what is missing where no block holds anything."""

    name: str
    question: str
    blocks: tuple[Block, ...]
    gap: str


def canvas(
    persona: Persona, lines: CardLines, traits: Sequence[TraitList], quadrants: Sequence[QuadrantView], quotes: Quotes
) -> list[Field]:
    """The seven fields in XPLANE's order; a field without evidence says so."""
    of = {one.field: (*one.leading, *one.further) for one in traits}
    says, thinks, does, feels, pains, gains = (_entries(one) for one in quadrants)
    size = persona.n_people
    return [
        _field("who", "Who are we empathizing with?", "No source tells who they are.",
               ("Who they are, as given", _lines(lines.facts)), ("Who they are, as they tell it", _lines(lines.selves)),
               ("Their role", _lines(lines.roles))),
        _field("need", "What do they need to do?", "No goal that enough of this group share.",
               ("What they want", _traits(of.get("goals", ()), size)), ("What decides", _lines(lines.criteria))),
        _field("see", "What do they see?", "Not heard, or not read surely enough: what else there is, or where they look.",
               ("Where they look and whom they ask", _lines(lines.contents)),
               ("What else there is", _lines(lines.alternatives))),
        _field("say", "What do they say?", quadrants[0].gap, ("", says)),
        _field("do", "What do they do?", quadrants[2].gap, ("", does)),
        _field("hear", "What do they hear?", "Nobody told what they hear from others.",
               ("Others’ views, as they report them", tuple(Item("", "", one) for one in others_views(persona, quotes)))),
        _field("think", "What do they think and feel?", "Nobody put a thought or a feeling into words.",
               ("Pains", pains), ("Gains", gains), ("Other thoughts and feelings", _in_turn(thinks, feels))),
    ]  # fmt: skip


def others_views(persona: Persona, quotes: Quotes) -> tuple[QuoteView, ...]:
    """Quotes of different people of the persona in which they report a view that is not their own."""
    reported = (one for one in quotes.evidence.persona_mentions[persona.persona_id] if one.holder != "self")
    return spoken(reported, quotes, HEARD_QUOTES)


def _field(name: str, question: str, gap: str, *blocks: tuple[str, tuple[Item, ...]]) -> Field:
    filled = tuple(Block(heading, items) for heading, items in blocks if items)
    return Field(name, question, filled, "" if filled else gap)


def _in_turn(first: Sequence[Item], second: Sequence[Item]) -> tuple[Item, ...]:
    """One of each in turn, so that paper, which shows the first few, shows both."""
    pairs = zip_longest(first, second)
    return tuple(one for pair in pairs for one in pair if one is not None)


def _lines(lines: Sequence[LineView]) -> tuple[Item, ...]:
    return tuple(
        Item(wording.sentence(one.name), f"{one.count}{one.more}", evidence=one.quotes) for one in lines[:MOST]
    )


def _traits(traits: Sequence[Trait], size: int) -> tuple[Item, ...]:
    return tuple(
        Item(
            one.view.insight.title,
            f"{wording.number(one.n_people)} of {wording.number(size)}",
            evidence=(one.quote,) if one.quote else (),
            href=one.view.href,
        )
        for one in traits[:MOST]
    )


def _entries(quadrant: QuadrantView) -> tuple[Item, ...]:
    return tuple(
        Item(
            one.entry.statement, wording.people(one.entry.n_people), one.verbatim, one.evidence, one.entry.basis,
            one.entry.contradicts,
        )
        for one in quadrant.entries
    )  # fmt: skip
