"""What was kept as long as agreed is told, is removed on request, and does not come back."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from planted import found
from tiny_study import TinyStudy

from voc_engine.config import SourceConfig
from voc_engine.privacy.expiry import EVERYTHING, before_of, is_expired
from voc_engine.store.parts import read_parquet
from voc_engine.store.workspace import Workspace


def rows(study: TinyStudy, name: str) -> list[dict[str, Any]]:
    return read_parquet(study.report / "tables" / f"{name}.parquet").to_pylist()


def with_times(study: TinyStudy, reviews: str, talk: str = "") -> None:
    path = study.root / "voc.toml"
    text = path.read_text(encoding="utf-8").replace('kind = "review"\n', f'kind = "review"\n{reviews}\n')
    path.write_text(text.replace('kind = "interview"\n', f'kind = "interview"\n{talk}\n'), encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "today", "before"),
    [
        ({"retention_days": 30}, "2026-03-31", "2026-03-01"),
        ({"retention_days": 0}, "2026-03-31", "2026-03-31"),
        ({"keep_until": "2026-03-31"}, "2026-03-31", ""),
        ({"keep_until": "2026-03-31"}, "2026-04-01", EVERYTHING),
        ({"retention_days": 30, "keep_until": "2026-03-31"}, "2026-04-01", EVERYTHING),
        ({}, "2026-04-01", ""),
    ],
)
def test_the_day_before_which_it_goes(options: dict[str, Any], today: str, before: str) -> None:
    source = SourceConfig.model_validate({"path": "x.csv", **options})
    assert before_of(source, date.fromisoformat(today)) == before


@pytest.mark.parametrize(
    ("created", "before", "undated", "over"),
    [
        ("2026-02-28T23:59:00Z", "2026-03-01", "", True),
        ("2026-03-01", "2026-03-01", "", False),
        (None, "2026-03-01", "", False),
        (None, "2026-03-01", "2026-01-01", True),
        (None, EVERYTHING, "", True),
        ("2026-02-28", "", "", False),
    ],
)
def test_what_goes(created: str | None, before: str, undated: str, over: bool) -> None:
    assert is_expired(created, before, undated) is over


def test_without_times_nothing_is_over(study: TinyStudy) -> None:
    told = study.voc("retention")
    assert told.code == 0
    assert "No source has a time of retention" in told.out


def test_it_is_told_and_then_removed(study: TinyStudy) -> None:
    with_times(study, "retention_days = 30")
    assert study.voc("run", "-q").code == 0
    told = study.voc("retention", "--today", "2026-03-04")
    assert told.code == 0
    assert "reviews*.csv (30 days): 4 documents are over, 4 are kept" in told.out, told.out
    assert len(rows(study, "documents")) == 9, "telling removes nothing"
    told = study.voc("retention", "--apply", "--today", "2026-03-04")
    assert told.code == 0, told.err
    assert str(study.root / "reviews.csv") in told.out, "the file itself is the user's to delete"
    assert {row["created_at"] for row in rows(study, "documents") if row["kind"] == "review"} == {
        "2026-02-03", "2026-02-11", "2026-03-01", "2026-03-02",
    }  # fmt: skip
    skipped = {row["reason"]: row for row in rows(study, "skipped")}
    assert skipped["kept no longer than agreed"]["count"] == 4
    assert found(study.root, ("which takes two hours", "Maren Vos", "tom.reed@example.org")) == []
    assert "Kofi Boateng" in Workspace(study.root).vault.names().values()
    assert study.voc("verify").code == 0


def test_it_does_not_come_back(study: TinyStudy) -> None:
    with_times(study, "retention_days = 30")
    assert study.voc("run", "-q").code == 0
    assert study.voc("retention", "--apply", "--today", "2026-03-04").code == 0
    shutil.rmtree(study.root / ".voc" / "parts")
    with_times(study, "")
    assert study.voc("run", "-q").code == 0
    assert found(study.root, ("which takes two hours", "Maren Vos")) == []
    assert study.voc("verify").code == 0
    assert "0 documents are over" in study.voc("retention", "--today", "2026-03-04").out


def test_a_run_warns(study: TinyStudy) -> None:
    """The dates of this study are long ago by the clock of any machine."""
    with_times(study, "keep_until = 2020-01-01")
    told = study.voc("run")
    assert told.code == 0
    assert "8 documents have been kept longer than agreed (reviews*.csv): see 'voc retention'" in told.err


def test_documents_without_a_date(study: TinyStudy) -> None:
    with_times(study, "", "retention_days = 10")
    assert study.voc("run", "-q").code == 0
    told = study.voc("retention", "--today", "2026-09-01")
    assert "0 documents are over, 1 are kept; 1 have no date and no 'collected'" in told.out
    with_times(study, "", "collected = 2026-08-01")
    assert "1 documents are over, 0 are kept" in study.voc("retention", "--today", "2026-09-01").out


def test_a_time_changes_no_part(study: TinyStudy, tmp_path: Path) -> None:
    """Agreeing on a time is no reason to read the files again."""
    assert study.voc("run", "-q").code == 0
    before = study.parts()
    with_times(study, "retention_days = 100000")
    assert study.voc("run", "-q").code == 0
    assert {name: when for name, when in study.parts().items() if name in before} == before
    assert {name for name in study.parts() if name.startswith("ingest/")} == {
        name for name in before if name.startswith("ingest/")
    }
