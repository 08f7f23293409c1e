"""Runs of a tiny study: what is computed, what is not, and what the user is told."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tiny_study import TALK, Outcome, TinyStudy

from voc_engine.pipeline import STAGES
from voc_engine.records import Drawn
from voc_engine.store.workspace import Workspace

# Those of a run that reads everything.
EXACT = [one for one in STAGES if Drawn not in one.reads]
BEFORE_REPORT = [one.name for one in EXACT if one.kind != "report"]


def new_parts(before: dict[str, int], after: dict[str, int]) -> Counter[str]:
    """Number of new tables by stage; what was there must not have been touched."""
    assert {name: after.get(name) for name in before} == before
    made = Counter(name.partition("/")[0] for name in after if name.endswith(".parquet") and name not in before)
    # Signatures and phrases of documents, which are copies and which boilerplate: for the segment stage, no stage's own.
    assert made.pop("copies", 0) in (0, 2 * (made["redact"] // 3 + 1))
    return made


def snapshot(root: Path) -> dict[str, tuple[int, bytes]]:
    return {str(path): (path.stat().st_mtime_ns, path.read_bytes()) for path in root.rglob("*") if path.is_file()}


def test_a_first_run_ends_with_the_report(first_run: TinyStudy, first_outcome: Outcome) -> None:
    assert first_outcome.code == 0
    assert first_outcome.out == f"{first_run.report / 'index.html'}\n"
    assert "9 documents, 9 people" in first_outcome.err
    told = [line.split()[0] for line in first_outcome.err.splitlines()]
    assert [name for name in told if name in {one.name for one in STAGES}] == [one.name for one in EXACT]
    assert (first_run.report / "index.html").is_file()


def test_a_run_leaves_no_temporaries(first_run: TinyStudy) -> None:
    left = [path for path in first_run.root.rglob("*") if path.name.endswith(".tmp") or "unfinished" in path.name]
    assert left == []


def test_the_manifest_tells_what_the_run_stands_on(first_run: TinyStudy) -> None:
    manifest = Workspace(first_run.root).manifest(first_run.run_id)
    assert manifest is not None
    assert [one["source"] for one in manifest["inputs"]] == ["reviews.csv", "talk.vtt"]
    assert [len(one["sha256"]) for one in manifest["inputs"]] == [64, 64]
    assert manifest["versions"]["voc_engine"]
    assert list(manifest["code"]) == [one.name for one in STAGES]
    assert manifest["config"]["study"]["name"] == "Tiny"


def test_a_second_run_computes_nothing(study: TinyStudy) -> None:
    parts, pages = study.parts(), snapshot(study.root / "reports")
    told = study.voc("run")
    assert told.code == 0
    assert study.parts() == parts
    assert snapshot(study.root / "reports") == pages
    stages = [line for line in told.err.splitlines() if line.split()[0] in {one.name for one in STAGES}]
    assert all("nothing new" in line for line in stages)
    assert len(stages) == len(EXACT)


def test_a_finished_run_has_nothing_to_plan(study: TinyStudy) -> None:
    before = snapshot(study.root)
    told = study.voc("plan")
    assert told.code == 0
    assert [line.split(maxsplit=1) for line in told.out.splitlines()] == [[one.name, "nothing to do"] for one in EXACT]
    assert snapshot(study.root) == before


def test_a_plan_before_the_first_run_writes_nothing(fresh: TinyStudy) -> None:
    before = snapshot(fresh.root)
    told = fresh.voc("plan")
    assert told.code == 0
    first, *rest = told.out.splitlines()
    assert first == "ingest    2 of 2 parts to do: reviews.csv is new or changed; talk.vtt is new or changed"
    assert [line.split(maxsplit=1) for line in rest] == [[one.name, "follows what comes before"] for one in EXACT[1:]]
    assert snapshot(fresh.root) == before
    assert not (fresh.root / ".voc").exists()


def test_a_plan_gives_nobody_a_pseudonym(study: TinyStudy) -> None:
    """Regression: a plan after ingest, such as one with a new people file, wrote to the vault."""
    (study.root / "people.csv").write_text("person,name,country\nmaren,Maren Vos,Ireland\n")
    study.configure("people", 'file = "people.csv"')
    before = snapshot(study.root)
    assert "redact    1 of 2 parts to do" in study.voc("plan").out
    assert snapshot(study.root) == before
    (study.root / ".voc" / "vault.sqlite").unlink()
    assert study.voc("plan").code == 0
    assert not (study.root / ".voc" / "vault.sqlite").exists()


def test_a_new_file_computes_only_what_is_new(study: TinyStudy) -> None:
    study.add_reviews()
    planned = study.voc("plan").out.splitlines()
    assert planned[0] == "ingest    1 of 3 parts to do: reviews-2.csv is new or changed"
    parts, old_report = study.parts(), study.report
    told = study.voc("run")
    assert told.code == 0
    made = new_parts(parts, study.parts())
    once = {one.name: len(one.writes) for one in EXACT if one.kind != "report"}
    assert made == once
    assert study.report != old_report
    assert old_report.is_dir(), "the report of the run before stays"
    documents = pq.read_table(study.report / "tables" / "documents.parquet").to_pylist()
    assert len(documents) == 11
    ida = [row["person_id"] for row in documents if "calendar view" in row["text"] or "new colours" in row["text"]]
    assert len(ida) == 2
    assert len(set(ida)) == 1


def test_a_run_over_grown_data_is_that_of_a_fresh_start(study: TinyStudy, fresh: TinyStudy) -> None:
    """Regression: which sentences were embedded together had got into the run's id."""
    study.add_talk()
    fresh.add_talk()
    assert study.voc("run", "-q").code == fresh.voc("run", "-q").code == 0
    assert study.run_id == fresh.run_id
    assert study.published() == fresh.published()


def test_a_changed_file_is_read_again(study: TinyStudy) -> None:
    (study.root / "talk.vtt").write_text(TALK.replace("an hour", "two hours"), encoding="utf-8")
    parts = study.parts()
    assert study.voc("run", "-q").code == 0
    assert set(new_parts(parts, study.parts())) == set(BEFORE_REPORT)
    texts = pq.read_table(study.report / "tables" / "documents.parquet").column("text").to_pylist()
    assert any("two hours every evening" in text for text in texts)


def test_a_removed_file_is_gone_from_the_result(study: TinyStudy) -> None:
    study.add_reviews()
    assert study.voc("run", "-q").code == 0
    (study.root / "reviews-2.csv").unlink()
    parts = study.parts()
    assert study.voc("run", "-q").code == 0
    assert study.parts() == parts, "all of it was computed once before"
    assert len(pq.read_table(study.report / "tables" / "documents.parquet")) == 9


@pytest.mark.parametrize(
    ("section", "line", "stages"),
    [
        ("study", 'question = "Why?"', ""),
        ("empathy", "entries = 3", "empathy"),
        ("personas", "min_members = 4", "personas empathy"),
        ("insights", "half_life_days = 90.0", "insights personas empathy"),
        ("mentions", "min_probability = 0.6", "mentions insights personas empathy"),
        ("topics", "max_topics = 20", "topics insights personas empathy"),
        ("segment", "max_words = 10", "segment topics mentions insights codebook personas empathy"),
        ("redact", "enabled = false", " ".join(BEFORE_REPORT[1:])),
    ],
)
def test_a_changed_option_reruns_from_its_stage_on(study: TinyStudy, section: str, line: str, stages: str) -> None:
    study.configure(section, line)
    plan = dict(one.split(maxsplit=1) for one in study.voc("plan").out.splitlines())
    changed = stages.split()
    for name in BEFORE_REPORT[: BEFORE_REPORT.index(changed[0])] if changed else BEFORE_REPORT:
        assert plan[name] == "nothing to do"
    if changed:
        assert "to do: " in plan[changed[0]]
        assert plan["report"] == "follows what comes before"
    else:
        assert plan["report"] == "1 of 1 parts to do: this run has no report yet"
    parts, old = study.parts(), study.report
    assert study.voc("run", "-q").code == 0
    made = set(new_parts(parts, study.parts()))
    assert made - {"embed"} == set(changed) - {"embed"}, "sentences seen before are not embedded again"
    assert study.report != old


def test_going_back_to_old_options_computes_nothing(study: TinyStudy) -> None:
    first = study.run_id
    text = (study.root / "voc.toml").read_text()
    study.configure("empathy", "entries = 3")
    assert study.voc("run", "-q").code == 0
    assert study.run_id != first
    (study.root / "voc.toml").write_text(text)
    parts = study.parts()
    assert study.voc("run", "-q").code == 0
    assert study.parts() == parts
    assert study.run_id == first


def test_a_moved_study_can_be_verified(study: TinyStudy) -> None:
    """Regression: the manifest held on to the old place of the sources."""
    assert study.voc("run", "-q").code == 0
    told = study.voc("verify")
    assert told.code == 0
    manifest = Workspace(study.root).manifest(study.run_id)
    assert manifest is not None
    assert {Path(one["path"]).parent for one in manifest["inputs"]} == {study.root}


def test_the_same_study_elsewhere_gives_the_same_bytes(first_run: TinyStudy, fresh: TinyStudy) -> None:
    assert fresh.voc("run", "-q", "--workspace", "elsewhere").code == 0
    other = TinyStudy(fresh.root / "elsewhere")
    assert other.run_id == first_run.run_id
    assert other.published() == first_run.published()
    assert not (fresh.root / ".voc").exists()


def test_redaction_off_is_said_loudly_and_does_what_it_says(fresh: TinyStudy) -> None:
    told = fresh.voc("run", "-q", "--no-redact")
    assert told.code == 0
    assert "Redaction is OFF" in told.err
    texts = pq.read_table(fresh.report / "tables" / "documents.parquet").column("text").to_pylist()
    assert any("rosa@example.org" in text for text in texts)


def test_no_name_or_contact_is_left_in_a_run(first_run: TinyStudy) -> None:
    published = b"\n".join(first_run.published().values())
    for name in (b"Maren Vos", b"Tom Reed", b"tom.reed", b"rosa@example.org", b"Yusuf", b"Nadia", b"30 1234567"):
        assert name not in published


def test_a_finding_that_is_new_since_the_run_before_is_told_and_can_fail_a_scheduled_run(fresh: TinyStudy) -> None:
    first = fresh.voc("run", "--fail-on-new")
    assert first.code == 0, "there is nothing to compare a first run with"
    rows = "".join(
        f'{40 + n},Person {n},,2026-04-{n + 1:02d},1,Pro,"The verification code never arrives on my phone."\n'
        for n in range(4)
    )
    (fresh.root / "reviews-3.csv").write_text("id,author,email,date,rating,plan,review\n" + rows, encoding="utf-8")
    told = fresh.voc("run", "--fail-on-new")
    assert told.code == 1
    assert "1 finding is new since the run before:" in told.err
    assert "(4 people)" in told.err
    assert fresh.voc("run", "--fail-on-new").code == 0, "it is new once"
    (fresh.root / "in.csv").write_text("text\nThe verification code never arrives on my phone.\nHello there.\n\n")
    labelled = fresh.voc(
        "label", "in.csv", "--text-column", "text", "--kind", "review", "--workspace", ".", "--out", "out.csv", "-q"
    )
    with (fresh.root / "out.csv").open(encoding="utf-8", newline="") as stream:
        first_row, second_row = list(csv.DictReader(stream))[:2]
    assert labelled.err == ""
    assert first_row["finding_id"].startswith("i-")
    assert float(first_row["finding_probability"]) > 0.3
    assert (second_row["finding"], second_row["theme"]) == ("none", "none")
    assert fresh.voc("label", "in.csv", "--text-column", "text", "--workspace", ".").code == 2
