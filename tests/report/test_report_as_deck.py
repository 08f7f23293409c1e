"""The study of the report's tests as slides: what it has more than one of, groups and topics, has its slide."""

from __future__ import annotations

from dataclasses import replace

from report_studies import small_study

from voc_engine.exchange.deck.build import deck_of
from voc_engine.exchange.deck.frame import Deck
from voc_engine.exchange.deck.theme_sides import by_side, theme_sheets
from voc_engine.exchange.drawing.shapes import HEIGHT, Panel
from voc_engine.exchange.drawing.typesetting import fits
from voc_engine.exchange.run_view import RunView
from voc_engine.records import BY_THING, Insight


def test_each_persona_has_a_card_and_a_map_and_topics_stand_beside_them() -> None:
    said = [
        " ".join(
            run.text for one in sheet.shapes if isinstance(one, Panel) for part in one.paragraphs for run in part.runs
        )
        for sheet in deck_of(RunView(small_study()))
    ]
    for name in ("Family planner", "Cook for one"):
        assert sum(name in words for words in said) >= 2, name
    both = [words for words in said if "Family planner" in words and "Cook for one" in words]
    assert any("shopping list" in words for words in both)


def test_a_small_study_shows_what_is_spoken_of_with_its_sides_and_their_words() -> None:
    study = small_study()
    insights = [replace(one, basis=BY_THING) if one.insight_id == "p2" else one for one in study.tables.of(Insight)]
    tables = replace(study.tables, tables={**study.tables.tables, Insight: insights})
    deck = Deck(RunView(replace(study, tables=tables)))
    assert by_side(Deck(RunView(study))) == ()
    told, sheets = by_side(deck), list(theme_sheets(deck))
    assert told
    assert len(sheets) == -(-len(told) // 4)
    shown = {one.mention_id for sheet in sheets for one in sheet.shapes if isinstance(one, Panel) and one.mention_id}
    assert shown == {side.quote.mention_id for theme in told for side in theme.sides}
    for sheet in sheets:
        for one in sheet.shapes:
            if isinstance(one, Panel):
                assert one.y + one.height <= HEIGHT + 0.5
                assert fits(one) or one.mention_id is None
