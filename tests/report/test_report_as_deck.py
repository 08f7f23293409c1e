"""The study of the report's tests as slides: what it has more than one of, groups and topics, has its slide."""

from __future__ import annotations

from report_studies import small_study

from voc_engine.exchange.deck.build import deck_of
from voc_engine.exchange.drawing.shapes import Panel
from voc_engine.exchange.run_view import RunView


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
