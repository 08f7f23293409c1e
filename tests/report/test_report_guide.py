"""The guide as a grid: what most talks ask, who answers it, and with which themes."""

from __future__ import annotations

import re
from dataclasses import replace

from report_studies import Made

from voc_engine.config import Config
from voc_engine.config.sections import StudyConfig
from voc_engine.records import Batch, Segment
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.guide_grid import guide_of, guide_rows
from voc_engine.report.saturation import saturation
from voc_engine.report.site import HtmlReport

WEEK, TOOLS, PROBE = "What gets in the way of your week?", "Which tools do you use?", "And then?"
TALKS = {
    "P1": [(WEEK, "[[pain_point:sync|The sync fails]]."), (PROBE, "It stops."), (TOOLS, "A diary.")],
    "P2": [("So what gets in the way in your week?", "[[pain_point:sync|The sync is broken]]."), (TOOLS, "Paper.")],
    "P3": [(WEEK, "[[pain_point:sync|Sync stops at night]]."), ("Do you like cats?", "[[goal:cats|I want cats]].")],
    "P4": [(TOOLS, "[[delight:diary|I love my diary]].")],
    "P5": [(WEEK, "[[pain_point:codes|The codes never sync]]."), (TOOLS, "None.")],
}


def study(guide: tuple[str, ...] = ()) -> Study:
    made, asked = Made(), {}
    for person, turns in TALKS.items():
        lines = [(person, "participant", said) for _, said in turns]
        document = made.document(f"d-{person}", "interview", "talks.vtt", lines)
        asked |= {(document.document_id, f"d-{person}-u{n}"): question for n, (question, _) in enumerate(turns)}
    for key in sorted(made.claims):
        made.insight(key, f"About {key}", theme={"sync": "sync", "codes": "sync"}.get(key))
    tables = made.tables()
    segments = [replace(one, question=asked[one.document_id, one.utterance_id]) for one in tables.of(Segment)]
    config = Config(study=StudyConfig(guide=list(guide)))
    return Study("run-1", "Talks", "", config, Batch(tables.tables | {Segment: segments}))


def test_what_half_of_the_talks_ask_is_the_guide_in_whatever_close_words() -> None:
    guide = guide_of(Evidence(study()))
    assert [(one.text, one.asked, one.sessions) for one in guide] == [(WEEK, 4, 5), (TOOLS, 4, 5)]
    week, tools = guide
    assert set(week.people) == {"P1", "P2", "P3", "P5"}
    assert set(tools.people) == {"P1", "P2", "P4", "P5"}


def test_an_answer_to_a_probe_belongs_to_the_question_before_it() -> None:
    week, tools = guide_of(Evidence(study()))
    assert {person: len(said) for person, said in week.cells["sync"].items()} == {"P1": 1, "P2": 1, "P3": 1, "P5": 1}
    assert [mention.quote for mention in week.cells[None]["P3"]] == ["I want cats"]
    assert week.people["P1"] == 2
    assert list(tools.cells) == [None]


def test_a_question_that_only_asks_on_is_none_of_the_guide_however_often_it_is_asked() -> None:
    tables = study().tables
    on = [replace(one, question="What happened then?") for one in tables.of(Segment)]
    asked = Study("run-1", "Talks", "", Config(), Batch(tables.tables | {Segment: on}))
    assert guide_of(Evidence(asked)) == []


def test_the_table_has_a_row_for_everybody_who_answered_and_one_for_each_theme() -> None:
    rows = {(one.number, one.theme, one.person_id): one for one in guide_rows(Evidence(study()))}
    assert set(rows) == {
        *((1, theme, person) for theme in (None, "sync") for person in ("P1", "P2", "P3", "P5")),
        *((2, None, person) for person in ("P1", "P2", "P4", "P5")),
    }
    assert rows[1, "sync", "P1"].n_sentences == len(rows[1, "sync", "P1"].mention_ids) == 1
    assert rows[1, None, "P1"].n_sentences == 2
    assert rows[2, None, "P2"].mention_ids == ()


def test_a_guide_that_is_given_takes_the_place_of_what_is_found() -> None:
    given = ("What gets in the way during the week?", "Cats: do you like them?")
    guide = guide_of(Evidence(study(given)))
    assert [(one.text, one.basis, sorted(one.people)) for one in guide] == [
        (given[0], "given", ["P1", "P2", "P3", "P5"]),
        (given[1], "given", ["P3"]),
    ]


def test_the_page_stands_where_there_is_a_guide_and_nowhere_else() -> None:
    pages = dict(HtmlReport().write(study()))
    page = pages["guide.html"].decode()
    assert WEEK in page
    assert "Asked in 4 of 5 sessions" in page
    assert 'href="guide.html"' in pages["index.html"].decode()
    without = study(("Something that nobody asked about taxes",))
    pages = dict(HtmlReport().write(without))
    assert "guide.html" not in pages
    assert 'href="guide.html"' not in pages["index.html"].decode()


def test_how_the_others_begin_is_linked_to_where_it_stands() -> None:
    """Regression: a sentence that nobody marked had no place on its document's page."""
    pages = {name: page.decode() for name, page in HtmlReport().write(study())}
    links = re.findall(r'href="(docs/[^"#]+)#([^"]+)"', pages["guide.html"])
    assert any("Paper." in line for line in pages["guide.html"].splitlines())
    assert links
    assert [one for one in links if f'id="{one[1]}"' not in pages[one[0]]] == []


def test_saturation_counts_findings_of_several_people() -> None:
    curve = saturation(Evidence(study()))
    assert curve is not None
    assert curve.given[-1] == 1
