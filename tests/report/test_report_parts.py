"""Saturation, warnings, charts, marks of personas, places, and the stage."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from xml.etree import ElementTree

import pytest
from report_studies import Made, empty_study, small_study

from voc_engine.config import Config, ReportConfig
from voc_engine.errors import ConfigError, StageError
from voc_engine.records import Batch, Persona, Segment, Utterance
from voc_engine.report import stage
from voc_engine.report.canvas import ACCENT, MUTED, Canvas
from voc_engine.report.cautions import cautions
from voc_engine.report.contract import ReportFormat, Study
from voc_engine.report.document_pages import heading
from voc_engine.report.evidence import Evidence
from voc_engine.report.method import coverage
from voc_engine.report.over_time import kinds_over_time as over_time
from voc_engine.report.places import Places, anchor, slug
from voc_engine.report.portrait import portrait
from voc_engine.report.saturation import saturation
from voc_engine.report.site import HtmlReport


def made_study(*texts: tuple[str, str], kind: str = "review", dates: list[str] | None = None) -> Study:
    made = Made()
    for number, (person, text) in enumerate(texts):
        when = dates[number] if dates else None
        made.document(f"d{number}", kind, "a.csv", [(person, "participant", text)], created_at=when)
    for key in sorted(made.claims):
        made.insight(key, f"Statement {key}")
    return Study("r1", "Title", "", Config(), made.tables())


THREE = (
    ("P1", "[[goal:a|one]]. [[goal:b|two]]."),
    ("P2", "[[goal:a|three]]."),
    ("P3", "[[goal:c|four]]. [[goal:a|five]]."),
)


def test_saturation_in_given_order_and_over_all_orders() -> None:
    curve = saturation(Evidence(made_study(*THREE)))
    assert curve is not None
    assert curve.people == (1, 2, 3)
    # What one person alone says is not counted: single voices never run out.
    assert curve.given == (1, 1, 1)
    says = [{"a"}, {"a"}, {"a"}]
    for drawn in (1, 2, 3):
        every = [len(set.union(*several)) for several in combinations(says, drawn)]
        assert curve.mean[drawn - 1] == pytest.approx(sum(every) / len(every), abs=0.001)


def test_saturation_of_nothing_is_none() -> None:
    assert saturation(Evidence(empty_study())) is None


def names(study: Study) -> list[str]:
    return [one.name for one in cautions(Evidence(study))]


def test_warnings_of_a_small_study() -> None:
    assert names(small_study()) == [
        "Small sample",
        "One voice only",
        "Unsteady group",
        "People in no persona",
        "Roles guessed",
        "Input set aside",
        "Sentences without a topic",
    ]


def test_one_profile_for_everybody_is_no_segmentation() -> None:
    study = small_study()
    whole = replace(study.tables.of(Persona)[0], method="no stable segmentation", stability=None)
    tables = study.tables.tables | {Persona: [whole]}
    found = cautions(Evidence(replace(study, tables=Batch(tables))))
    text = next(one.text for one in found if one.name == "No stable segmentation")
    assert "could not be parted into groups" in text


def test_an_interview_without_roles_is_warned_of() -> None:
    study = small_study()
    turns = [replace(one, role="unknown") if one.document_id == "d3" else one for one in study.tables.of(Utterance)]
    found = cautions(Evidence(replace(study, tables=Batch(study.tables.tables | {Utterance: turns}))))
    assert "1 interview did not tell" in next(one.text for one in found if one.name == "Roles not known")


def test_one_channel_that_outweighs_the_others_is_warned_of() -> None:
    made = Made()
    for number in range(9):
        made.document(f"r{number}", "review", "a.csv", [(f"P{number}", "participant", "Fine.")])
    made.document("t", "ticket", "b.json", [("P9", "participant", "Broken.")])
    assert "One channel dominates" in names(Study("r", "T", "", Config(), made.tables()))


def test_interviewers_are_not_among_the_people() -> None:
    people = Evidence(small_study()).people
    assert len(people) == 11
    assert not {"P0099", "P0098"} & set(people)


def test_coverage_counts_only_customers_sentences() -> None:
    study = small_study()
    customers = sum(one.role == "participant" for one in study.tables.of(Segment))
    assert f"of {customers} sentences" in coverage(Evidence(study))


def test_time_is_drawn_only_where_three_months_are_dated() -> None:
    dated = made_study(*THREE, dates=["2026-01-02", "2026-02-02", "2026-03-02"])
    chart = over_time(Evidence(dated))
    assert chart is not None
    assert chart.header == ("Kind", "Jan 2026", "Feb 2026", "Mar 2026")
    assert chart.rows == (("Goals", "1", "1", "1"),)
    assert over_time(Evidence(made_study(*THREE, dates=["2026-01-02", "2026-01-03", "2026-02-02"]))) is None
    assert over_time(Evidence(made_study(*THREE, dates=["0001-01-02", "2026-01-03", "9999-02-02"]))) is None
    assert over_time(Evidence(made_study(*THREE))) is None


def drawing(text: str) -> str:
    canvas = Canvas(200, 50)
    canvas.dot(10, 10, "diamond", ACCENT)
    canvas.text(0, 20, text)
    return canvas.svg("key", "A <title>", 'A "description"', "chart")


def test_a_chart_takes_its_colours_from_the_page_and_prefixes_its_ids() -> None:
    svg = drawing("words")
    assert "var(--accent)" in svg
    assert not re.search(r"#[0-9a-f]{6}", svg)
    assert all(one.startswith("key-") for one in re.findall(r'\bid="([^"]*)"', svg))
    assert '<title id="key-title">A &lt;title&gt;</title>' in svg
    assert svg == drawing("words")


def test_what_is_drawn_stands_where_it_was_put() -> None:
    canvas = Canvas(100, 50)
    canvas.line([0, 33.333, 100], [50, 25, 0], dashed=True)
    canvas.box(10, 20, 30, 5.5, MUTED)
    canvas.dot(5, 6, "ring")
    canvas.text(100, 12, "people", 11, align="right")
    tags = ElementTree.fromstring(canvas.svg("key", "A", "B"))
    drawn = {one.tag: dict(one.attrib) for one in tags}
    assert drawn["polyline"]["points"] == "0,50 33.33,25 100,0"
    assert "stroke-dasharray" in drawn["polyline"]
    assert drawn["rect"] == {"x": "10", "y": "20", "width": "30", "height": "5.5", "fill": "var(--muted)"}
    assert (drawn["circle"]["cx"], drawn["circle"]["fill"]) == ("5", "var(--paper)")
    assert (drawn["text"]["x"], drawn["text"]["text-anchor"]) == ("100", "end")


@pytest.mark.parametrize(
    "text", ["$x^2$", '#010101 id="a"', "<b>&amp;", "tab\tnul\x00esc\x1b", "日本 😀", "--> font: 9px x"]
)
def test_text_in_a_chart_stays_text(text: str) -> None:
    svg = drawing(text)
    shown = re.search(r"<text[^>]*>(.*?)</text>", svg)
    assert shown
    assert html.unescape(shown[1]) == re.sub(r"[\x00-\x1f]", " ", text)


def test_a_personas_mark_follows_from_its_id_alone() -> None:
    assert portrait("a") == portrait("a")
    assert portrait("a") != portrait("b")
    assert "\ud800" not in portrait("\ud800")


@pytest.mark.parametrize("key", ["a b", 'a"b', "<x>", "", "ü", "a#b", "a%20b", "x" * 200, "-a", "a/b"])
def test_an_id_that_cannot_stand_in_a_link_is_hashed(key: str) -> None:
    assert re.fullmatch(r"x[0-9a-f]{16}", anchor(key))


def test_ordinary_ids_stay_as_they_are() -> None:
    assert anchor("m-01.a:b~c_d") == "m-01.a:b~c_d"
    assert slug("Élan & Söhne: «the» 1st!") == "elan-sohne-the-1st"
    assert slug("日本") == ""


def test_each_interview_has_its_own_page_and_sources_do_not_mix() -> None:
    paths = {page.path: (page.source, len(page.documents)) for page in Places(Evidence(small_study())).pages}
    assert paths == {
        "docs/interview-001.html": ("interviews/one.vtt", 1),
        "docs/interview-002.html": ("interviews/three.docx", 1),
        "docs/interview-003.html": ("interviews/two.vtt", 1),
        "docs/review-001.html": ("reviews.csv", 4),
        "docs/survey-001.html": ("survey.csv", 2),
        "docs/ticket-001.html": ("tickets.json", 3),
    }


def test_a_document_without_a_title_is_named_by_what_it_is() -> None:
    made = Made()
    turns = [("P0002", "participant", "Yes.")]
    assert heading(made.document("a", "interview", "a.vtt", turns, locator="transcript")) == "Interview with P0002"
    assert heading(made.document("b", "ticket", "b.json", turns, locator="ticket 7")) == "ticket 7"
    assert heading(made.document("c", "survey", "c.csv", turns, locator="line 2, Why?", context="Why?")) == "line 2"
    assert heading(made.document("d", "review", "d.csv", turns, locator="", title=" ")) == "Review"


def test_long_documents_do_not_share_a_page() -> None:
    study = made_study(("P1", "a" * 300_000), ("P2", "b" * 300_000), ("P3", "c"))
    assert [len(page.documents) for page in Places(Evidence(study)).pages] == [1, 2]


class Fixed:
    name = "fixed.v1"

    def __init__(self, *paths: str) -> None:
        self.paths = paths

    def write(self, study: Study) -> Iterator[tuple[str, bytes]]:
        yield from ((path, study.title.encode()) for path in self.paths)


def run_with(monkeypatch: pytest.MonkeyPatch, **formats: Fixed) -> list[tuple[str, bytes]]:
    monkeypatch.setattr(stage, "component", lambda kind, name: formats[name])
    return list(stage.run(empty_study(), ReportConfig(formats=list(formats))))


def test_the_stage_asks_each_format_in_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = run_with(monkeypatch, b=Fixed("b.txt"), a=Fixed("a.txt"))
    assert found == [("b.txt", b"An empty study"), ("a.txt", b"An empty study")]


@pytest.mark.parametrize("path", ["../a", "/a", "a/../../b", "C:/a", "a\\b", ""])
def test_a_format_cannot_leave_the_reports_folder(monkeypatch: pytest.MonkeyPatch, path: str) -> None:
    with pytest.raises(StageError, match="outside the report folder"):
        run_with(monkeypatch, a=Fixed(path))


def test_two_formats_cannot_write_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(StageError, match="same name"):
        run_with(monkeypatch, a=Fixed("x.txt"), b=Fixed("x.txt"))


def test_an_unknown_format_is_refused_with_the_known_ones() -> None:
    with pytest.raises(ConfigError, match="no report format"):
        list(stage.run(empty_study(), ReportConfig(formats=["htlm.v1"])))


def test_the_html_report_is_a_report_format() -> None:
    assert isinstance(HtmlReport(), ReportFormat)
    assert HtmlReport.name == "html.v1"
