"""What is new, growing or fading, in plain sentences on the overview and beside each insight."""

from __future__ import annotations

from dataclasses import replace

from report_pages import written
from report_studies import small_study

from voc_engine.records import CountedLine, Driver, Insight, Shift
from voc_engine.report.changes import changing
from voc_engine.report.evidence import Evidence
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes
from voc_engine.report.trends import shift_words, trend_words

GROWING = Shift(
    "finding",
    "growing",
    "2026-05",
    "2026-05",
    9,
    60,
    2,
    180,
    0.04,
    0.25,
    ("review", "survey", "ticket"),
    ("App Store", "", ""),
)


def test_a_change_is_told_in_a_plain_sentence() -> None:
    assert shift_words(GROWING) == (
        "said by 9 of 60 people in May 2026, by 2 of 180 before, compared within each source (reviews (App Store),"
        " survey answers and tickets)"
    )
    new = replace(
        GROWING, change="new", since="2026-Q1", until="2026-Q2", n_before=0, sources=("ticket",), channels=("",)
    )
    assert shift_words(new) == "said by 9 of 60 people since quarter 1 of 2026, by none of 180 before, in tickets"
    assert " since week 7 of 2026," in shift_words(replace(GROWING, since="2026-W07"))
    insight = next(one for one in small_study().tables.of(Insight) if one.trend_low)
    assert trend_words(replace(insight, shifts=(GROWING,)), 99) == f"growing: {shift_words(GROWING)}"


def test_the_overview_tells_findings_and_themes_that_change_and_no_theme_twice() -> None:
    study = small_study()
    first, second, third, *rest = study.tables.of(Insight)
    alike = replace(GROWING, of="theme", n_people=9)
    wider = replace(GROWING, of="theme", n_people=14)
    changed = [
        replace(first, change="growing", shifts=(GROWING, alike), theme="a list", theme_change="growing"),
        replace(second, shifts=(wider,), theme="offline", theme_change="growing"),
        replace(third, shifts=(wider,), theme="offline", theme_change="growing"),
        *(replace(one, theme="a list", theme_change="growing", shifts=(alike,)) for one in rest[:1]),
        *rest[1:],
    ]
    study.tables.tables[Insight] = changed
    evidence = Evidence(study)
    found = changing(evidence, Quotes(evidence, Places(evidence)))
    assert [(one.theme and one.theme.name, one.insight and one.insight.insight.insight_id) for one in found] == [
        ("offline", None),
        (None, first.insight_id),
    ]
    assert {one.insight.insight_id for one in found[0].points} == {second.insight_id, third.insight_id}
    page = written(study)["index.html"].decode()
    assert "What is changing" in page
    assert "<strong>Growing</strong>: said by 9 of 60 people in May 2026, by 2 of 180 before" in page
    assert 'Theme: <a href="insights.html#theme-offline">Offline</a>' in page
    assert "What is changing" not in written(small_study())["index.html"].decode()


def test_what_goes_with_ratings_is_told_as_no_cause_and_who_says_it_more() -> None:
    study = small_study()
    first, *rest = study.tables.of(Insight)
    driver = Driver(10, -1.24, -2.0, -0.44, 0.99, 0.05, 23, 150)
    more = CountedLine("Solo", 12, 40, of="Plan", n_elsewhere=5, total_elsewhere=90)
    study.tables.tables[Insight] = [replace(first, drivers=(driver,), said_more=(more,)), *rest]
    page = " ".join(written(study)["insights.html"].decode().split())
    assert "What goes with ratings" in page
    assert "Not causal" in page
    assert "1.2 lower (−2.0 to −0.4) on the scale to 10; 23 of 150 people who rated say it" in page
    assert "Plan Solo: 12 of 40, others 5 of 90" in page
    assert "What goes with ratings" not in written(small_study())["insights.html"].decode()
