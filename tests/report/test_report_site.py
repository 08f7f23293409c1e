"""The pages of the small, the empty, the hostile and the large study."""

from __future__ import annotations

import re

import pytest
from hostile_text import PAYLOADS
from report_pages import Page, parsed, written
from report_studies import empty_study, hostile_study, large_study, small_study

from voc_engine.records import Disclosure, Document, EmpathyEntry, Insight, Mention, Persona, Topic
from voc_engine.report.contract import Study
from voc_engine.report.places import anchor
from voc_engine.report.site import HtmlReport


@pytest.fixture(scope="module")
def study() -> Study:
    return small_study()


@pytest.fixture(scope="module")
def pages(study: Study) -> dict[str, Page]:
    return parsed(written(study))


def test_every_quote_is_exact_and_linked(study: Study, pages: dict[str, Page]) -> None:
    mentions = {one.mention_id: one for one in study.tables.of(Mention)}
    told = {one.disclosure_id: one.quote for one in study.tables.of(Disclosure)}
    seen = set()
    for path, page in pages.items():
        for one in page.all("q"):
            if "data-disclosure" in one.attributes:
                assert one.text == told[one.attributes["data-disclosure"]], path
                continue
            mention = mentions[one.attributes["data-mention"]]
            assert one.text == mention.quote, path
            assert one.attributes["class"] == "quote"
            assert one.path[-1] == "a", "a quote stands in a link to its place"
            seen.add(mention.mention_id)
    assert seen == set(mentions), "every quote of a small study is somewhere in the report"


@pytest.mark.parametrize("which", ["small", "hostile"])
def test_documents_are_whole_and_mentions_marked_at_their_code_points(which: str) -> None:
    study = small_study() if which == "small" else hostile_study(PAYLOADS)
    pages = parsed(written(study))
    mentions = {_readable(one.mention_id): one for one in study.tables.of(Mention)}
    texts = {one.document_id: one.text for one in study.tables.of(Document)}
    shown, marked = {}, dict[str, str]()
    for path, page in pages.items():
        if path.startswith("docs/"):
            for one in page.all("article", data_document=""):
                shown[one.attributes["data-document"]] = one
            for one in page.all("mark"):
                key = one.attributes["data-mention"]
                assert ("id" in one.attributes) == (key not in marked), "the first piece holds the id"
                marked[key] = marked.get(key, "") + one.text
                assert mentions[key].severity in one.attributes["title"]
    assert {key: _readable(text) for key, text in marked.items()} == {
        key: _readable(one.quote) for key, one in mentions.items()
    }
    assert len(shown) == len(texts)
    by_anchor = {anchor(key): text for key, text in texts.items()}
    for one in shown.values():
        for line in _readable(by_anchor[one.attributes["id"]]).split("\n"):
            assert line in _readable(one.text)


def _readable(text: str) -> str:
    """HTML has no form for these two; a browser shows the replacement character."""
    return text.replace("\ud800", "\ufffd").replace("\x00", "\ufffd")


def test_a_mark_leads_to_its_insight(pages: dict[str, Page]) -> None:
    first = pages["docs/interview-001.html"]
    link = next(one for one in first.all("a", class_="ref") if one.attributes["href"].endswith("#p2"))
    assert link.attributes["href"] == "../insights.html#p2"
    assert link.attributes["aria-label"] == "Pain point, negative, medium severity: to the insight"
    assert link.text == "", "the label comes from the stylesheet, so that the text stays the person's"


def test_interviewers_are_shown_as_context(pages: dict[str, Page]) -> None:
    turns = pages["docs/interview-001.html"].all("div", data_role="")
    assert [(one.attributes["data-role"], "other" in one.attributes["class"]) for one in turns] == [
        ("interviewer", True),
        ("participant", False),
    ] * 3
    assert "P0099 interviewer 0:04" in " ".join(turns[0].text.split())


def test_counts_on_the_page_are_the_tables_counts(study: Study, pages: dict[str, Page]) -> None:
    insights = {one.insight_id: one for one in study.tables.of(Insight)}
    articles = pages["insights.html"].all("article", data_insight="")
    shared_first = sorted(_ranked(study), key=lambda one: one.n_people < 2)
    assert [one.attributes["id"] for one in articles] == [one.insight_id for one in shared_first]
    for page in pages.values():
        for one in page.all("*", data_insight=""):
            insight = insights[one.attributes["data-insight"]]
            assert one.attributes["data-people"] == str(insight.n_people)
            assert one.attributes["data-mentions"] == str(insight.n_mentions)
        for one in page.all("*", data_topic=""):
            topic = next(t for t in study.tables.of(Topic) if t.topic_id == one.attributes["data-topic"])
            assert (one.attributes["data-people"], one.attributes["data-segments"]) == (
                str(topic.n_people), str(topic.n_segments),
            )  # fmt: skip
        for one in page.all("*", data_persona=""):
            persona = next(p for p in study.tables.of(Persona) if p.persona_id == one.attributes["data-persona"])
            assert one.attributes["data-people"] == str(persona.n_people)


def _ranked(study: Study) -> list[Insight]:
    return sorted(study.tables.of(Insight), key=lambda one: (-one.priority, -one.n_people, one.insight_id))


def test_the_empathy_map_shows_its_evidence_and_its_gaps(study: Study, pages: dict[str, Page]) -> None:
    page = pages["persona-1-family-planner.html"]
    entries = [one for one in page.all("li", data_mentions="") if "data-insight" not in one.attributes]
    table = [one for one in study.tables.of(EmpathyEntry) if one.persona_id == "families"]
    assert sorted((one.attributes["data-mentions"], one.attributes["data-people"]) for one in entries) == sorted(
        (" ".join(one.mention_ids), str(one.n_people)) for one in table
    )
    quoted = {one.attributes.get("data-mention") for one in page.all("q") if "li" in one.path}
    assert {key for one in table for key in one.mention_ids} <= quoted
    alone = pages["persona-2-cook-for-one.html"]
    gaps = [one.text for one in alone.all("p", class_="gap")]
    assert "Nobody in this group was asked what they do, or told of it." in gaps
    assert len(set(gaps) - {"No proof yet."}) == 4


def test_a_small_study_has_no_percentage_of_people(pages: dict[str, Page]) -> None:
    for path, page in pages.items():
        if path.startswith("docs/"):
            continue
        for found in re.finditer(r"\d+%[^%.;]{0,25}\bpeople\b", page.all("main")[0].text):
            pytest.fail(f"{path}: {found[0]}")
    assert "3 of 11 people" in pages["index.html"].all("main")[0].text


def test_the_overview_says_what_the_study_rests_on(pages: dict[str, Page]) -> None:
    text = " ".join(pages["index.html"].all("main")[0].text.split())
    for words in (
        "11 people",
        "20 Jan to 2 Jun 2026",
        "4 reviews (App Store, Google Play)",
        "Small sample",
        "6 of 14 findings rest on a single person",
        "3 of 11 people could not be assigned",
        "old-export.csv: No column holds text. Found: columns id, stars, date. To do: name the text column",
        "the interviewer was guessed",
    ):
        assert words in text, words


def test_an_empty_study_says_so_and_claims_nothing() -> None:
    pages = parsed(written(empty_study()))
    assert set(pages) == {
        f"{name}.html"
        for name in ["index", "insights", "personas", "messages", "topics", "sources", "method", "data", "search"]
    }
    assert "Nobody was heard" in pages["index.html"].all("main")[0].text
    assert "No problem was found" in pages["index.html"].all("main")[0].text
    assert "No insight was found" in pages["insights.html"].all("main")[0].text
    assert not any(page.all("q") or page.all("*", data_insight="") for page in pages.values())


def test_the_same_study_gives_the_same_bytes(study: Study) -> None:
    assert list(HtmlReport().write(study)) == list(HtmlReport().write(small_study()))


def test_a_large_study_is_capped_paged_and_says_so() -> None:
    study = large_study(people=531, insights=441)
    pages = parsed(written(study))
    articles = pages["insights.html"].all("article", data_insight="")
    single = pages["insights.html"].all("article", class_="single")
    assert len(articles) == 411
    people = [int(one.attributes["data-people"]) for one in articles]
    assert min(people[:11]) >= 2, "insights of several people come before single voices"
    assert people[11:] == [1] * 400
    assert [one.attributes["data-insight"] for one in single] == [
        one.attributes["data-insight"] for one in articles[11:]
    ]
    text = " ".join(pages["insights.html"].all("main")[0].text.split())
    assert "The 411 leading ones of 441 are here" in text
    assert "Said by one person: 430" in text, "the fold tells how many there are, not how many it has room for"
    on_page = [len(page.all("article", data_document="")) for path, page in pages.items() if path.startswith("docs/")]
    assert on_page == [200, 200, 131]
    assert re.search(r"\d+% \(\d+–\d+%\) · \d+ of 531 people", pages["index.html"].all("main")[0].text)
    shown = {one.attributes["data-insight"] for one in articles}
    dropped = next(one for one in study.tables.of(Insight) if one.insight_id not in shown)
    marks = [
        mark
        for page in pages.values()
        for mark in page.all("mark")
        if mark.attributes["data-mention"] == dropped.medoid_mention_id
    ]
    assert len(marks) == 1, "the words of an insight that is not shown are still marked"


def test_what_was_left_out_is_counted_and_not_repeated(pages: dict[str, Page]) -> None:
    """Skipped rows never pass redaction, and a transcript's heading held a participant's real name."""
    page = pages["sources.html"]
    assert "an empty cell" not in page.all("main")[0].text
    row = next(one.text for one in page.all("tr") if "Row without words" in one.text)
    assert row.split("words")[1] == "2"
    assert "columns id, stars, date" in page.all("main")[0].text, "a quarantined file tells what was found in it"


def test_every_result_table_is_linked(study: Study, pages: dict[str, Page]) -> None:
    links = [one.attributes["href"] for one in pages["data.html"].all("a")]
    for name in ("documents", "segments", "topic_assignments", "mentions", "insights", "memberships", "empathy"):
        assert f"tables/{name}.csv" in links
        assert f"tables/{name}.parquet" in links
    assert str(len(study.tables.of(Mention))) in [one.text for one in pages["data.html"].all("td")]


def test_file_names_hold_no_name_from_the_data() -> None:
    for path in written(hostile_study(PAYLOADS)):
        assets = r"assets/(report|walk|search|search-index)\.(css|js)"
        assert re.fullmatch(rf"({assets}|[a-z0-9-]+\.html|docs/[a-z]+-\d{{3}}\.html)", path), path
