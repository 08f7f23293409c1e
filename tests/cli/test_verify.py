"""voc verify: a good run passes, and each sort of fault is named."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from tiny_study import REVIEWS, TinyStudy

from voc_engine.store.parts import read_parquet, write_parquet

Rows = list[dict[str, Any]]


@pytest.fixture
def verified(study: TinyStudy) -> TinyStudy:
    """A copy of the tiny study that knows its new place and passes."""
    assert study.voc("run", "-q").code == 0
    return study


def edit(study: TinyStudy, name: str, change: Callable[[Rows], None]) -> None:
    """Change the rows of a result table, as whoever wants to deceive would: file and checksums stay whole."""
    path = study.report / "tables" / f"{name}.parquet"
    table = read_parquet(path)
    rows = table.to_pylist()
    change(rows)
    write_parquet(pa.Table.from_pylist(rows, schema=table.schema), path)


def fault(study: TinyStudy) -> str:
    """What verify tells; its exit code must be 3."""
    told = study.voc("verify")
    assert told.code == 3
    assert "Traceback" not in told.err
    assert "to do: " in told.err
    return told.err


def test_a_good_run_passes(verified: TinyStudy) -> None:
    told = verified.voc("verify")
    assert told.code == 0
    assert told.out.splitlines()[-1] == f"{verified.run_id}: every check passed"
    counts = {line.split(maxsplit=2)[2]: int(line.split()[1]) for line in told.out.splitlines()[:-1]}
    assert counts["source files unchanged"] == 2
    assert counts["documents equal to their sources"] == 9
    assert counts["quotes equal to their documents"] > 5
    assert counts["links and quotes on the pages"] > 100


def test_quiet_tells_only_the_end(verified: TinyStudy) -> None:
    assert verified.voc("verify", "-q").out == f"{verified.run_id}: every check passed\n"


def test_a_run_can_be_named(verified: TinyStudy) -> None:
    assert verified.voc("verify", verified.run_id, "--workspace", str(verified.root)).code == 0
    told = verified.voc("verify", verified.run_id[:-1] + "x")
    assert told.code == 2
    assert f"did you mean {verified.run_id!r}?" in told.err


def replaced(column: str, old: str, new: str) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        row = next(one for one in rows if old in (one[column] or ""))
        row[column] = row[column].replace(old, new, 1)

    return change


def raised(column: str, by: int = 1) -> Callable[[Rows], None]:
    def change(rows: Rows) -> None:
        rows[0][column] += by

    return change


@pytest.mark.parametrize(
    ("table", "change", "named"),
    [
        ("documents", replaced("text", "export", "Export"), "is not what reviews.csv says.\n  found: first difference"),
        ("documents", replaced("person_id", "P0001", "P0002"), "is not what reviews.csv says."),
        ("documents", lambda rows: rows.pop(), "is missing.\n  found: talk.vtt, "),
        ("documents", lambda rows: rows.append({**rows[0], "document_id": "d-x"}), "Some documents stand in no source."),
        ("segments", replaced("text", "export", "Export"), "is not the text at its place."),
        ("mentions", replaced("quote", "export", "Export"), "does not quote its document."),
        ("mentions", replaced("statement", "export", "Export"), "The statement of mention "),
        ("mentions", lambda rows: rows[0].update(segment_id="s-x"), "lies outside its segment."),
        ("mentions", lambda rows: rows[0].update(person_id="P0099"), "is not the customer's own words."),
        ("disclosures", lambda rows: rows.append(
            {"disclosure_id": "y-x", "segment_id": "s-x", "document_id": "d-x", "person_id": "P0001", "field": "uses",
             "start": 0, "end": 4, "quote": "I do", "probability": 0.9, "thing": None, "text_key": "", "created_at": None,
             "quotable": "external"}), "Disclosure y-x does not quote its document."),
        ("insights", raised("n_people"), "counts its people wrongly."),
        ("insights", raised("n_mentions"), "counts its mentions wrongly."),
        ("insights", lambda rows: rows[0].update(share_high=0.0), "has an interval that leaves out its share."),
        ("insights", lambda rows: rows[0].update(medoid_mention_id="m-x"), "is represented by a quote not its own."),
        ("insights", lambda rows: rows[0].update(
            name="Said by nobody", definition="Pain points that say in whatever words: Said by nobody."
        ), "has a title that nobody said."),
        ("insights", lambda rows: rows.pop(), "Mentions point to an insight that is not there."),
        ("personas", raised("n_people"), "counts its people wrongly."),
        ("personas", lambda rows: rows[0].update(pains=["i-x"]), "has a trait without an insight."),
        ("memberships", lambda rows: rows[0].update(persona_id=None), "counts its people wrongly."),
        ("empathy", raised("n_people"), "counts its people wrongly."),
        ("empathy", lambda rows: rows[0].update(mention_ids=[]), "has no evidence."),
        ("empathy", replaced("statement", "e", "E"), "is not a quote."),
        ("topics", lambda rows: rows.append(
            {"topic_id": "t-x", "label": "x", "keywords": [], "n_segments": 1, "n_people": 1,
             "representative_segment_ids": [], "stability": None}), "counts its segments wrongly."),
        ("topic_assignments", lambda rows: rows[0].update(topic_id="t-y"), "point to a topic that is not there."),
    ],
)  # fmt: skip
def test_a_changed_table_is_named(verified: TinyStudy, table: str, change: Callable[[Rows], None], named: str) -> None:
    edit(verified, table, change)
    assert named in fault(verified)


def test_words_of_an_interviewer_are_no_evidence(verified: TinyStudy) -> None:
    mentions = read_parquet(verified.report / "tables" / "mentions.parquet").to_pylist()

    def change(rows: Rows) -> None:
        next(row for row in rows if row["segment_id"] == mentions[0]["segment_id"])["role"] = "interviewer"

    edit(verified, "segments", change)
    assert "is not the customer's own words." in fault(verified)


def test_an_altered_spreadsheet_is_named(verified: TinyStudy) -> None:
    path = verified.report / "tables" / "mentions.csv"
    path.write_text(path.read_text().replace("crashes", "works", 1))
    assert "mentions.csv" in fault(verified)


def page_with(study: TinyStudy, pattern: str) -> tuple[Path, str]:
    for path in sorted(study.report.rglob("*.html")):
        found = re.search(pattern, path.read_text())
        if found:
            return path, found.group()
    raise AssertionError(f"no page has {pattern}")


@pytest.mark.parametrize(
    ("pattern", "old", "new", "named"),
    [
        (r"<q[^>]*data-mention[^>]*>[^<]*export", "export", "Export", "does not quote mention m-"),
        (r"<q[^>]*data-mention=\"[^\"]+", 'data-mention="', 'data-mention="x', "does not quote mention xm-"),
        (r"data-people=\"\d+\"", 'data-people="', 'data-people="9', "counts the people of"),
        (r"href=\"insights\.html", "insights.html", "insight.html", "links to a file that is not there."),
        (r"href=\"[^\"#]*#[^\"]+", "#", "#x-", "links to a place that is not there."),
        (r"href=\"index\.html", "index.html", "https://example.org/", "leads out of the report."),
        (r"href=\"index\.html", "index.html", "../../voc.toml", "links to a file that is not there."),
        (r"href=\"assets/report\.css", "assets/report.css", "//example.org/x.css", "leads out of the report."),
        (r"src=\"assets/report\.js", "assets/report.js", "assets/gone.js", "links to a file that is not there."),
    ],
)  # fmt: skip
def test_a_changed_page_is_named(verified: TinyStudy, pattern: str, old: str, new: str, named: str) -> None:
    path, found = page_with(verified, pattern)
    path.write_text(path.read_text().replace(found, found.replace(old, new, 1), 1))
    told = fault(verified)
    assert f"The page {path.relative_to(verified.report).as_posix()} " in told
    assert named in told


def test_a_changed_source_is_named(verified: TinyStudy) -> None:
    (verified.root / "reviews.csv").write_text(REVIEWS.replace("dark mode", "dark Mode"), encoding="utf-8")
    assert "The source reviews.csv is not the file that was read." in fault(verified)


def test_a_missing_source_is_named(verified: TinyStudy) -> None:
    (verified.root / "talk.vtt").unlink()
    assert "The source talk.vtt is gone." in fault(verified)


def test_a_lost_vault_is_named(verified: TinyStudy) -> None:
    (verified.root / ".voc" / "vault.sqlite").unlink()
    assert "has no pseudonym" in fault(verified)


def test_a_missing_table_is_named(verified: TinyStudy) -> None:
    (verified.report / "tables" / "insights.parquet").unlink()
    assert "insights.parquet is missing or damaged." in fault(verified)


def test_a_lost_column_is_named(verified: TinyStudy) -> None:
    path = verified.report / "tables" / "insights.parquet"
    write_parquet(read_parquet(path).drop_columns(["n_people"]), path)
    assert "Table insights lacks columns.\n  found: n_people" in fault(verified)


def test_without_a_run_there_is_nothing_to_verify(fresh: TinyStudy) -> None:
    told = fresh.voc("verify")
    assert told.code == 2
    assert "No run has finished in this workspace." in told.err
