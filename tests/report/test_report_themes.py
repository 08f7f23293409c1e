"""The second view: findings by theme, with everybody counted once and the same count wherever a theme is named."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from report_pages import Page, parsed, written
from report_studies import small_study

from voc_engine.errors import EvidenceError
from voc_engine.privacy.withholding import MARK
from voc_engine.records import BY_THING, Insight, InsightMember, KindCount, Mention, Persona
from voc_engine.report.contract import Study
from voc_engine.report.evidence import Evidence
from voc_engine.report.overview import opening, overview
from voc_engine.report.places import Places
from voc_engine.report.quotes import Quotes
from voc_engine.report.themes import ThemesView, themes
from voc_engine.report.tree_tables import parents, theme_nodes, topic_nodes
from voc_engine.report.verify_pages import check_pages
from voc_engine.report.verify_tables import Tables, theme_people
from voc_engine.store.parts import read_parquet, write_parquet


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def pages(study: Study) -> dict[str, Page]:
    return parsed(written(study))


def found(study: Study) -> ThemesView:
    evidence = Evidence(study)
    return themes(evidence, Quotes(evidence, Places(evidence)))


def recount(study: Study) -> dict[str, set[str]]:
    """Theme -> people, from the tables alone."""
    theme = {one.insight_id: one.theme for one in study.tables.of(Insight)}
    person = {one.mention_id: one.person_id for one in study.tables.of(Mention)}
    people: dict[str, set[str]] = defaultdict(set)
    for one in study.tables.of(InsightMember):
        people[theme[one.insight_id] or ""].add(person[one.mention_id])
    return people


def test_a_theme_counts_the_people_of_its_findings_and_single_voices_once(study: Study) -> None:
    view = found(study)
    assert [(one.name, one.n_people) for one in view.themes] == [("list", 5), ("food", 3), ("recipe", 3)]
    first = view.themes[0]
    assert [one.insight.insight_id for one in first.findings] == ["p3", "p2"]
    assert [one.insight.insight_id for one in first.singles] == ["r2"]
    assert first.kinds == (KindCount("pain_point", 5), KindCount("request", 1))
    assert first.quote is not None
    assert "list" in first.quote.text.lower()


def test_a_theme_that_is_one_finding_is_not_shown_twice(study: Study, pages: dict[str, Page]) -> None:
    assert len(recount(study)["price"]) == 2
    for page in pages.values():
        assert page.all("*", data_theme="price") == []


def test_every_page_gives_a_theme_the_same_people(study: Study, pages: dict[str, Page]) -> None:
    people = recount(study)
    named = [(path, one) for path, page in pages.items() for one in page.all("*", data_theme="")]
    assert {path for path, _ in named} == {"index.html", "insights.html"}
    for path, one in named:
        assert int(one.attributes["data-people"]) == len(people[one.attributes["data-theme"]]), path


def test_findings_lead_to_their_theme_and_back(study: Study, pages: dict[str, Page]) -> None:
    page = pages["insights.html"]
    (article,) = page.all("article", data_insight="p2")
    (entry,) = page.all("details", data_theme="list")
    assert "Theme List (5 people in all)" in " ".join(article.text.split())
    assert {one.attributes["href"] for one in page.all("a", href="insights.html#theme-list")}
    assert "theme-list" in page.ids
    assert "“Shopping list splits one ingredient over several lines” 3 people ●●○ medium severity" in " ".join(
        entry.text.split()
    )
    inside = [one.attributes["data-insight"] for one in page.all("li", data_insight="") if "details" in one.path]
    assert {"p2", "p3", "r2", "p1", "r1", "g2"} <= set(inside)


def test_how_many_quotes_belong_is_said(study: Study, pages: dict[str, Page]) -> None:
    theme = {one.insight_id: one for one in study.tables.of(Insight)}
    own = [theme[one.insight_id] for one in study.tables.of(InsightMember)]
    inside = sum(one.theme in ("list", "food", "recipe") for one in own)
    beside = sum(one.n_people > 1 and one.theme not in ("list", "food", "recipe") for one in own)
    (told,) = pages["insights.html"].all("p", id="page-by-theme")
    assert f"{inside} of {len(study.tables.of(Mention))} quotes belong to these, {beside} more to findings" in told.text
    assert "the rest are single voices" in told.text


def by_thing(study: Study, *ids: str) -> Study:
    """With these findings by thing and side."""
    changed = [replace(one, basis=BY_THING) if one.insight_id in ids else one for one in study.tables.of(Insight)]
    return replace(study, tables=replace(study.tables, tables={**study.tables.tables, Insight: changed}))


def of_single_voices(study: Study) -> Study:
    """With a theme of three people of whom no two say the same."""
    alone = {"g3": "kitchen", "l2": "kitchen", "t1": "kitchen"}
    changed = [replace(one, theme=alone.get(one.insight_id, one.theme)) for one in study.tables.of(Insight)]
    return replace(study, tables=replace(study.tables, tables={**study.tables.tables, Insight: changed}))


def test_single_voices_lead_nowhere(study: Study) -> None:
    """A theme in which no two people say the same is on the insights page and not on the overview."""
    view = found(by_thing(of_single_voices(study), "p2"))
    assert ("kitchen", 3) in [(one.name, one.n_people) for one in view.themes]
    assert "kitchen" not in [one.name for one in view.leading]


def test_what_is_found_by_thing_and_side_is_told_by_theme_and_side_first(study: Study) -> None:
    """The sides of a theme count the people of its findings, as the table has them, and show the words of the widest."""
    view = found(by_thing(study, "p2"))
    assert view.by_side
    assert not found(study).by_side
    person = {one.mention_id: one.person_id for one in study.tables.of(Mention)}
    members: dict[str, set[str]] = defaultdict(set)
    for one in study.tables.of(InsightMember):
        members[one.insight_id].add(person[one.mention_id])
    for theme in view.leading:
        own = [one.insight for one in theme.findings]
        trouble = [one for one in own if one.kind in ("pain_point", "objection")]
        told = {side.name: side for side in theme.sides}
        assert ("Trouble" in told) == bool(trouble)
        if trouble:
            widest = max(trouble, key=lambda one: one.n_people)
            assert told["Trouble"].n_people == len(set().union(*(members[one.insight_id] for one in trouble)))
            assert told["Trouble"].quote.mention_id == widest.medoid_mention_id


def test_themes_go_first_where_a_study_is_told_by_thing_and_side(study: Study) -> None:
    evidence = Evidence(study)
    quotes = Quotes(evidence, Places(evidence))
    frame, view = quotes.places.frame, overview(evidence, quotes)
    assert frame.sections.index("problems") < frame.sections.index("themes")
    plain = themes(evidence, quotes)
    assert opening(view, evidence, quotes, frame, plain, []).sections == frame.sections
    first = opening(view, evidence, quotes, frame, replace(plain, by_side=True), [])
    assert first.sections.index("themes") == first.sections.index("problems") - 1
    assert sorted(first.sections) == sorted(frame.sections)


def test_a_theme_is_not_told_in_withheld_words(study: Study) -> None:
    hidden = {"P0002", "P0005"}
    changed = [
        replace(one, quote=MARK, end=one.start + len(MARK), statement="") if one.person_id in hidden else one
        for one in study.tables.of(Mention)
    ]
    tables = replace(study.tables, tables={**study.tables.tables, Mention: changed})
    first = found(replace(study, tables=tables)).themes[0]
    assert first.n_people == 5
    assert first.quote is not None
    assert first.quote.person not in hidden


def test_verify_counts_themes_again(study: Study, tmp_path: Path) -> None:
    home = {one.mention_id: one.insight_id for one in study.tables.of(InsightMember)}
    mentions = [
        {"person_id": one.person_id, "insight_id": home.get(one.mention_id)} for one in study.tables.of(Mention)
    ]
    (tmp_path / "tables").mkdir()
    write_parquet(pa.Table.from_pylist(mentions), tmp_path / "tables" / "mentions.parquet")
    insights = [{"insight_id": one.insight_id, "theme": one.theme} for one in study.tables.of(Insight)]
    write_parquet(pa.Table.from_pylist(insights), tmp_path / "tables" / "insights.parquet")
    again = theme_people(Bare(tmp_path))
    assert (again["list"], again["price"]) == (5, 2)

    (tmp_path / "index.html").write_bytes(written(study)["index.html"])
    quotes = {one.mention_id: one.quote for one in study.tables.of(Mention)}
    counts = {
        "insight": {one.insight_id: one.n_people for one in study.tables.of(Insight)},
        "persona": {one.persona_id: one.n_people for one in study.tables.of(Persona)},
        "topic": {},
    }
    with pytest.raises(EvidenceError, match="theme list wrongly"):
        check_pages(tmp_path, quotes, {**counts, "theme": {**again, "list": 6}})


class Bare(Tables):
    """Tables of which only the columns that are asked for were written."""

    def rows(self, name: str) -> list[dict[str, Any]]:
        return read_parquet(self.folder / "tables" / f"{name}.parquet").to_pylist()


def test_the_tree_stands_in_tables_with_people_counted_and_what_is_below(study: Study) -> None:
    evidence = Evidence(study)
    nodes = theme_nodes(evidence)
    assert {one.name: one.n_people for one in nodes} == {
        name: len(people) for name, people in recount(study).items() if name in evidence.themes
    }
    first = nodes[0]
    assert (first.name, first.basis, first.parent) == ("list", "found", None)
    assert "list" in first.definition
    above = parents(evidence)
    assert {key for key, theme in above.items() if theme == first.theme_id} == set(first.insight_ids)
    assert {one.theme_id for one in nodes} == {theme for theme in above.values() if theme}
    assert all(one.name == one.label and one.definition and one.basis == "found" for one in topic_nodes(evidence))
