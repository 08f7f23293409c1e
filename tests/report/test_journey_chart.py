"""The chart of the journey shows each stage with the people who tell of it, and is left out where too few do."""

from __future__ import annotations

import re

import pytest
from report_studies import Made

from voc_engine.config import Config
from voc_engine.personas.disclosed import JOURNEY
from voc_engine.records import Disclosure, Segment
from voc_engine.report import evidence as evidence_module
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.journey_chart import Stop, journey, journey_chart

# Stage -> the field in which it is told, and one sentence per person.
TOLD: dict[str, tuple[str, list[str]]] = {
    "departure": ("leaves", ["[[pain_point:price|I left over the price.]]", "We left.", "I left too."]),
    "use": ("uses", ["[[delight:ease|I use it daily with joy.]]", "I use it.", "I use it at home.", "We use it."]),
    "onboarding": (
        "sets up",
        ["[[pain_point:setup|It took a week to set up.]]", "[[objection:fear|I feared to set it up.]]", "I set it up."],
    ),
    "purchase": ("buys", ["I bought it in May.", "I paid for a year.", "We bought it.", "I bought two.", "I paid."]),
    "retention": ("stays", ["I stay.", "We stay.", "[[delight:stay|I stay gladly.]]"]),
}
NAMES = [one.capitalize() for one in JOURNEY]


@pytest.fixture(autouse=True)
def _read_well(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of reviews every field but one: what was measured when the program was made has no part in this."""
    monkeypatch.setattr(evidence_module, "read_well", lambda field, kind: kind == "review" and field != "stays")


def heard(*stages: str, kind: str = "review") -> Evidence:
    """P0 tells the first sentence of each stage, P1 the second, and so on."""
    made = Made()
    for stage in stages:
        field, sentences = TOLD[stage]
        for number, marked in enumerate(sentences):
            key, person = f"{stage}-{number}", f"P{number}"
            text = made.document(key, kind, "said.csv", [(person, "participant", marked)]).text
            segment = made.of(Segment)[-1].segment_id
            made.add(Disclosure(key, segment, key, person, field, 0, len(text), text, 0.9))
    return Evidence(Study("r1", "A journey", "", Config(), made.tables()))


def words_in(drawing: str) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]*)</text>", drawing)


def test_every_stage_stands_in_its_order_with_its_people_praise_and_trouble() -> None:
    found = {one.name: one for one in journey(heard(*TOLD))}
    assert list(found) == list(JOURNEY)
    assert found["purchase"] == Stop("purchase", n_people=5, n_trouble=0, n_praise=0)
    assert found["onboarding"] == Stop("onboarding", n_people=3, n_trouble=2, n_praise=0)
    assert found["use"] == Stop("use", n_people=4, n_trouble=0, n_praise=1)
    assert found["departure"] == Stop("departure", n_people=3, n_trouble=1, n_praise=0)


def test_what_is_not_read_well_in_a_source_counts_nobody() -> None:
    assert next(one for one in journey(heard("retention")) if one.name == "retention").n_people == 0
    assert not any(one.n_people or one.n_praise or one.n_trouble for one in journey(heard(*TOLD, kind="interview")))


def test_the_table_beside_the_chart_holds_the_figures_that_are_drawn() -> None:
    chart = journey_chart("way", heard(*TOLD))
    assert chart is not None
    assert [row[0] for row in chart.rows] == NAMES
    assert {row[0]: row[1:] for row in chart.rows}["Onboarding"] == ("3", "0", "2")
    assert all(len(row) == len(chart.header) for row in chart.rows)


def test_both_drawings_say_what_they_are_and_show_stages_in_order_and_counts() -> None:
    chart = journey_chart("way", heard(*TOLD))
    assert chart is not None
    for name, drawing in zip(("wide", "narrow"), chart.drawings, strict=True):
        assert f'aria-labelledby="way-{name}-title way-{name}-desc"' in drawing
        assert f'<title id="way-{name}-title">Stages of the journey</title>' in drawing
        assert "a low count is no smooth way" in drawing.partition("<desc")[2].partition("</desc>")[0]
        words = words_in(drawing)
        assert [one for one in words if one in NAMES] == NAMES
        assert words[-2:] == ["praise", "trouble"]
        stage = words[words.index("Onboarding") : words.index("Use")]
        assert stage == ["Onboarding", "2", "3"], "trouble of two, and three who tell of it"
        # One box for each figure that is not none, and two in the key.
        assert drawing.count("<rect") == 3 + 2


def test_three_stages_of_three_people_are_a_journey_and_fewer_are_none() -> None:
    assert journey_chart("way", heard("purchase", "onboarding", "use")) is not None
    assert journey_chart("way", heard("purchase", "onboarding")) is None
    assert journey_chart("way", heard("purchase", "onboarding", "retention")) is None
    assert journey_chart("way", heard()) is None
