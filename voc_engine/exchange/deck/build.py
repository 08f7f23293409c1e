"""The sheets of a deck in their order, and those of one persona."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from voc_engine.exchange.deck.closing import method, objections
from voc_engine.exchange.deck.findings import RANKED, finding, foremost, kinds_side_by_side, ranking, whom_it_hurts
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.deck.maps import empathy_sheet, journey_sheet
from voc_engine.exchange.deck.opening import cover, in_short, sample
from voc_engine.exchange.deck.persona_cards import card, side_by_side
from voc_engine.exchange.deck.theme_sides import theme_sheets
from voc_engine.exchange.drawing.shapes import Panel, Sheet
from voc_engine.exchange.run_view import RunView
from voc_engine.records import Insight, Persona

FINDINGS = 6  # sheets of one finding each: more is not read
WISHES = (("goal", "What they want"), ("request", "What they ask for"), ("delight", "What they praise"))


def deck_of(view: RunView) -> list[Sheet]:
    """The question and the answer in short, then who was heard, findings, wishes, personas and objections in the order of
    the report's frame, and the method. A chapter that the frame leaves out has no sheets."""
    deck = Deck(view)
    insights = foremost(deck, RANKED)
    chapters: Mapping[str, Callable[[], Iterable[Sheet]]] = {
        "heard": lambda: [sample(deck)],
        "problems": lambda: _findings(deck, insights),
        "wishes": lambda: [
            kinds_side_by_side(deck, WISHES, "wishes", "Wants, wishes, praise", "What they want, ask for and praise")
        ],
        "whom": lambda: [side_by_side(deck), *(sheet for one in view.personas for sheet in persona_sheets(deck, one))],
        "objections": lambda: [objections(deck)],
    }
    chapter_sheets = [sheet for name in deck.frame.chapters for sheet in chapters[name]()]
    return [cover(deck), in_short(deck, insights), *chapter_sheets, method(deck)]


def _findings(deck: Deck, insights: list[Insight]) -> Iterator[Sheet]:
    chosen = insights[:FINDINGS]
    yield from theme_sheets(deck)
    if insights:
        yield ranking(deck, insights)
    for rank, insight in enumerate(chosen, 1):
        yield finding(deck, insight, rank, len(chosen))
    hurting = whom_it_hurts(deck)
    if hurting is not None:
        yield hurting


def not_shown(view: RunView, sheets: Iterable[Sheet]) -> tuple[str, int]:
    """What of the quotes the sheets have no room for, and how many: a deck is a choice."""
    mention_ids = {
        one.mention_id for sheet in sheets for one in sheet.shapes if isinstance(one, Panel) and one.mention_id
    }
    return "quotes that are not among those shown", len(view.quotes) - len(mention_ids)


def persona_sheets(deck: Deck, persona: Persona) -> Iterator[Sheet]:
    """Card, empathy map and, where words tell it, the journey."""
    yield card(deck, persona)
    yield empathy_sheet(deck, persona)
    journey = journey_sheet(deck, persona)
    if journey is not None:
        yield journey
