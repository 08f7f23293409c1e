"""A study with customers in another language: set aside, counted, told; never mislabelled, never lost."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tiny_study import TinyStudy

HEADER = "id,author,email,date,rating,plan,review\n"
GERMAN = "Die App stürzt jedes Mal ab, wenn ich eine Rechnung öffne. Ich kann nicht mehr arbeiten."


def table(report: Path, name: str) -> list[dict[str, object]]:
    return pq.read_table(report / "tables" / f"{name}.parquet").to_pylist()  # type: ignore[no-any-return]


@pytest.fixture
def mixed(study: TinyStudy) -> TinyStudy:
    row = f'31,Jonas Kern,,2026-03-20,1,Free,"{GERMAN}"\n'
    (study.root / "reviews-3.csv").write_text(HEADER + row, encoding="utf-8")
    return study


def test_another_language_is_set_aside_counted_and_told(mixed: TinyStudy) -> None:
    told = mixed.voc("run")
    assert told.code == 0
    assert "set aside: 1 in German (de); this run reads en" in told.err
    (german,) = [row for row in table(mixed.report, "documents") if row["language"] == "de"]
    assert german["text"] == GERMAN
    assert german["document_id"] not in {row["document_id"] for row in table(mixed.report, "segments")}
    assert german["person_id"] not in {row["person_id"] for row in table(mixed.report, "memberships")}
    (skipped,) = [
        row for row in table(mixed.report, "skipped") if "language" in str(row["reason"]) or "(de)" in str(row)
    ]
    assert skipped["reason"] == "written in German (de); this run reads English"
    assert skipped["quarantined"] is False
    pages = mixed.published()
    assert "German (de): 1 document set aside" in pages["method.html"].decode()
    assert "Other languages set aside" in pages["index.html"].decode()
    assert mixed.voc("verify").code == 0


def test_it_is_read_where_the_configuration_says_so(mixed: TinyStudy) -> None:
    mixed.configure("segment", "languages = []")
    told = mixed.voc("run")
    assert told.code == 0
    assert "set aside" not in told.err
    assert GERMAN.split(". ")[0] in {str(row["text"]).rstrip(".") for row in table(mixed.report, "segments")}
    assert "set aside" not in mixed.published()["method.html"].decode()


def test_a_word_that_is_no_language_is_wrong_configuration(fresh: TinyStudy) -> None:
    fresh.configure("segment", 'languages = ["Englisch"]')
    told = fresh.voc("run")
    assert told.code == 2
    assert "'Englisch' is no language" in told.err
