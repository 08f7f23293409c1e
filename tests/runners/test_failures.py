"""What goes wrong is told with what to do, and the rest goes on."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tiny_study import TinyStudy

from voc_engine.store.workspace import Workspace


def part_of(study: TinyStudy, stage: str, table: str) -> Path:
    return sorted((study.root / ".voc" / "parts" / stage).glob(f"*.{table}.parquet"))[0]


@pytest.mark.parametrize(
    ("stage", "table"),
    [
        ("ingest", "documents"),
        ("ingest", "utterances"),
        ("segment", "skipped"),
        ("segment", "segments"),
        ("embed", "vectors"),
    ],
)
def test_a_damaged_part_says_what_to_do_and_that_helps(study: TinyStudy, stage: str, table: str) -> None:
    tables = study.published()
    path = part_of(study, stage, table)
    path.write_bytes(path.read_bytes()[:-40])
    told = study.voc("run")
    assert told.code == 3
    assert f"{path} is missing or damaged." in told.err
    assert "delete that file and run the same command again" in told.err
    assert "To go on, run: voc run" in told.err
    assert "Traceback" not in told.err
    path.unlink()
    assert study.voc("run", "-q").code == 0
    assert study.published() == tables


def test_a_damaged_part_behind_the_report_is_found_when_it_is_written_again(study: TinyStudy) -> None:
    path = part_of(study, "mentions", "mentions")
    path.write_bytes(path.read_bytes()[:-40])
    before = study.published()
    told = study.voc("report", "--again")
    assert told.code == 3
    assert f"{path} is missing or damaged." in told.err
    assert study.published() == before, "the report that was there is given up only for a whole one"


@pytest.mark.parametrize("stage", ["ingest", "redact", "segment", "embed", "topics", "mentions", "insights", "empathy"])
def test_a_deleted_part_is_computed_again_to_the_same_bytes(study: TinyStudy, stage: str) -> None:
    before = study.published()
    paths = {path: path.read_bytes() for path in (study.root / ".voc" / "parts" / stage).iterdir()}
    for path in paths:
        path.unlink()
    told = study.voc("run")
    assert told.code == 0
    assert {path: path.read_bytes() for path in paths} == paths
    assert [line.split()[0] for line in told.err.splitlines() if "computed" in line] == [stage]
    assert study.published() == before


def test_a_damaged_index_says_what_to_do(study: TinyStudy) -> None:
    path = sorted((study.root / ".voc" / "parts" / "ingest").glob("*.index.json"))[0]
    path.write_text("{")
    told = study.voc("run")
    assert told.code == 3
    assert f"{path} is missing or damaged." in told.err
    path.unlink()
    assert study.voc("run", "-q").code == 0


def test_bad_files_are_set_aside_and_the_rest_goes_on(study: TinyStudy) -> None:
    (study.root / "reviews-broken.csv").write_bytes(b"PK\x03\x04 half a zip")
    (study.root / "empty.vtt").write_bytes(b"")
    told = study.voc("run")
    assert told.code == 1
    assert "2 pieces of input were set aside" in told.err
    for name in ("reviews-broken.csv", "empty.vtt"):
        assert f"  {name}, whole file: " in told.err
    assert told.err.count("to do: ") == 2
    assert "Traceback" not in told.err
    assert len(pq.read_table(study.report / "tables" / "documents.parquet")) == 9
    skipped = pq.read_table(study.report / "tables" / "skipped.parquet").to_pylist()
    assert {row["source"] for row in skipped if row["quarantined"]} == {"reviews-broken.csv", "empty.vtt"}
    again = study.voc("run", "-q")
    assert again.code == 1, "what is set aside stays set aside, and is told each time"
    assert "reviews-broken.csv" in again.err


def test_when_every_file_is_bad_the_run_says_so(fresh: TinyStudy) -> None:
    for name in ("reviews.csv", "talk.vtt"):
        (fresh.root / name).write_bytes(b"\x00\x01\x02\x03" * 50)
    told = fresh.voc("run")
    assert told.code == 1
    assert "reviews.csv, whole file" in told.err
    assert "Traceback" not in told.err


def test_two_runs_at_once_are_refused(study: TinyStudy) -> None:
    with Workspace(study.root).lock():
        told = study.voc("run")
        assert told.code == 3
        assert "Another run is working in this workspace." in told.err
        assert "wait until it ends" in told.err
        assert study.voc("report", "--again").code == 3
        assert study.voc("plan").code == 0, "looking is allowed"
    assert study.voc("run", "-q").code == 0


def test_a_full_disk_leaves_no_half_part(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    import os

    study.configure("empathy", "entries = 3")
    parts = study.parts()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", full)
        told = study.voc("run")
    assert told.code == 3
    assert "No space left on device" in told.err
    assert "free disk space" in told.err
    assert "To go on, run: voc run" in told.err
    assert study.parts() == parts
    assert study.voc("run", "-q").code == 0


def test_an_unwritten_report_is_told_and_written_later(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regression: a disk that filled up amid the report ended in a bare OSError without the command that resumes."""
    study.configure("study", 'question = "Why?"')
    real = Path.write_bytes

    def full(self: Path, data: bytes) -> int:
        if self.suffix == ".html":
            raise OSError(28, "No space left on device")
        return real(self, data)

    with monkeypatch.context() as broken:
        broken.setattr(Path, "write_bytes", full)
        told = study.voc("run")
    assert told.code == 3
    assert "No space left on device" in told.err
    assert "To go on, run: voc run" in told.err
    assert [path.name for path in (study.root / "reports").glob("run-*")] == [study.run_id]
    assert study.voc("run", "-q").code == 0
    assert "Why?" in (study.report / "index.html").read_text()
    assert not list((study.root / "reports").glob(".*"))


def test_what_a_killed_run_left_half_written_is_swept(study: TinyStudy) -> None:
    left = study.root / ".voc" / "parts" / "segment" / ".x.segments.parquet.4711.tmp"
    left.write_bytes(b"half")
    assert study.voc("run", "-q").code == 0
    assert not left.exists()
