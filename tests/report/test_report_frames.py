"""Whom the report is made for decides its pages, their order and their words, and nothing that is counted or quoted."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from report_pages import Page, parsed, written
from report_studies import empty_study, small_study

from voc_engine.config import Config, ReportConfig
from voc_engine.records import Document
from voc_engine.report.contract import Study
from voc_engine.report.reach_map import CLEAR, apart
from voc_engine.report.report_frame import FRAMES, WORDS, frame_of


def framed(frame: str | None, study: Study | None = None) -> dict[str, Page]:
    made = study or small_study()
    return parsed(written(replace(made, config=Config(report=ReportConfig(frame=frame)))))  # type: ignore[arg-type]


def headings(page: Page) -> list[str]:
    return [" ".join(one.text.split()) for one in page.all("h2")]


def sheets(pages: dict[str, Page]) -> set[str]:
    return {found[1] for path in pages if (found := re.match(r"(sales|support|onboarding)-", path))}


@pytest.mark.parametrize(
    ("frame", "teams", "messages", "order"),
    [
        ("research", set(), False, ("What we found", "Who they are")),
        ("cx", {"support", "onboarding"}, False, ("What to mend", "Which customers")),
        ("marketing", {"sales", "support", "onboarding"}, True, ("Whom to speak to", "What to act on")),
    ],
)
def test_a_frame_has_its_own_pages_order_and_words(
    frame: str, teams: set[str], messages: bool, order: tuple[str, str]
) -> None:
    pages = framed(frame)
    assert sheets(pages) == teams
    assert ("messages.html" in pages) is messages
    assert "sales" in pages["personas.html"].source or "sales" not in teams
    if frame == "research":
        assert not any("Sheet for" in page.source or "Messages" in page.source for page in pages.values())
    found = headings(pages["index.html"])
    assert found[:3] == list(FRAMES[frame].asks)
    assert found.index(order[0]) < found.index(order[1])


def test_every_link_of_every_frame_leads_somewhere() -> None:
    for frame in FRAMES:
        pages = framed(frame)
        for path, page in pages.items():
            for link in page.all("a", href=""):
                target, _, key = link.attributes["href"].partition("#")
                if target.endswith(".html") and not path.startswith("docs/"):
                    assert target in pages, (frame, path, target)
                    assert not key or key in pages[target].ids, (frame, path, target, key)


def test_frames_count_and_quote_the_same() -> None:
    def told(pages: dict[str, Page]) -> set[tuple[str, str]]:
        articles = pages["insights.html"].all("article", data_insight="")
        return {(one.attributes["data-insight"], one.attributes["data-people"]) for one in articles}

    first, *others = (told(framed(frame)) for frame in FRAMES)
    assert first
    assert all(one == first for one in others)


def test_every_section_has_words_and_stands_once() -> None:
    for frame in FRAMES.values():
        assert sorted(frame.sections) == sorted(WORDS)


@pytest.mark.parametrize(
    ("kinds", "expected"),
    [
        ({"interview": 3, "review": 2}, "research"),
        ({"interview": 1, "ticket": 9}, "cx"),
        ({"review": 5, "ticket": 1}, "cx"),
        ({"review": 5, "post": 3, "survey": 1}, "marketing"),
    ],
)
def test_the_kinds_of_sources_suggest_a_frame_and_the_method_page_says_why(
    kinds: dict[str, int], expected: str
) -> None:
    documents = [
        Document(f"{kind}-{number}", kind, "file", f"row {number}", "P1", "What they said about it.")
        for kind, amount in kinds.items()
        for number in range(amount)
    ]
    assert frame_of(None, documents).name == expected
    assert frame_of("research", documents).name == "research", "what is configured holds"


def test_the_method_page_tells_the_frame_and_how_to_set_another() -> None:
    assert "since 3 interviews hold at least half of what was said" in _facts(framed(None))
    assert "as the configuration says; [report] frame sets another (research or cx)" in _facts(framed("marketing"))


def _facts(pages: dict[str, Page]) -> str:
    return " ".join(one.text for one in pages["method.html"].all("dd"))


def test_the_first_screen_says_what_first_for_whom_and_how_sure() -> None:
    page = framed("cx")["index.html"]
    (first,) = page.all("section", class_="first")
    text = " ".join(first.text.split())
    assert "What to mend first “Food people ruled out keeps coming back into the plan”" in text
    assert "For whom Family planner 2 of 5" in text
    assert "interviews and tickets: 2 of 4 kinds of sources" in text
    marketing = " ".join(framed("marketing")["index.html"].all("section", class_="first")[0].text.split())
    assert "Whom to address first Family planner" in marketing
    assert "“Food people ruled out keeps coming back into the plan” 2 of 5" in marketing


def test_a_study_of_nobody_says_so_in_every_frame() -> None:
    for frame in FRAMES:
        (first,) = framed(frame, empty_study())["index.html"].all("section", class_="first")
        assert "Nobody was heard" in first.text


def test_every_chart_is_told_in_words_and_figures() -> None:
    page = framed("cx")["index.html"]
    titles = [one.text for one in page.all("figcaption", class_="plot-title")]
    assert any("Reach and severity" in one for one in titles)
    assert "Findings by persona" in titles
    for drawing in page.all("svg", role="img"):
        title, description = drawing.attributes["aria-labelledby"].split()
        assert {title, description} <= set(page.ids)
    figures = page.all("figure", class_="plot")
    assert len(page.all("details", class_="figures")) == len(figures) == len(titles)
    assert len(set(page.ids)) == len(page.ids)


def test_marks_of_the_map_never_cover_each_other() -> None:
    places = [(50.0, 50.0)] * 4 + [(55.0, 52.0), (200.0, 90.0), (1.0, 1.0), (0.0, 2.0)]
    marks = apart(places, (12.0, 390.0, 12.0, 300.0))
    for number, one in enumerate(marks):
        assert 12 <= one[0] <= 390
        assert 12 <= one[1] <= 300
        for other in marks[number + 1 :]:
            assert (one[0] - other[0]) ** 2 + (one[1] - other[1]) ** 2 > (CLEAR - 3) ** 2
    assert marks[5] == (200.0, 90.0), "what covers nothing stays at its place"
