"""A sampled run: some people are read in full, everybody is estimated, and all promises hold."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path
from random import Random

import pyarrow.parquet as pq
import pytest
from tiny_study import Outcome, TinyStudy

from voc_engine.pipeline import STAGES

SAYS = (
    "The export button does not work.", "Export is broken again.", "I cannot export my bookings.", "The app crashes often.",
    "I love the calendar view.", "I wish there was a dark mode.", "It is too expensive for a small studio.",
    "I want to send invoices faster.", "The sync fails every night.", "Support never answers my mails.",
)  # fmt: skip
REVIEWERS = 260
PEOPLE = REVIEWERS + 1
# People who say the same in few words are several people here.
SAMPLED = """
[run]
effort = "{}"

[sample]
sentences = 100

[segment]
boilerplate_people = 0
set_copies_aside = false
"""


def write(study: TinyStudy, effort: str) -> None:
    """Reviews of many people, two or three sentences each, beside the talk with one."""
    draw = Random(7)
    with open(study.root / "reviews.csv", "w", encoding="utf-8", newline="") as sink:
        rows = csv.writer(sink)
        rows.writerow(("id", "author", "date", "plan", "review"))
        for number in range(REVIEWERS):
            said = " ".join(draw.sample(SAYS, draw.randint(2, 3)))
            rows.writerow(
                (
                    number,
                    f"user{number}",
                    f"2026-0{1 + number % 6}-11",
                    "Pro",
                    f"{said} That is what I think, {number}.",
                )
            )
    config = (study.root / "voc.toml").read_text()
    (study.root / "voc.toml").write_text(config + SAMPLED.format(effort), encoding="utf-8")


def table(study: TinyStudy, name: str) -> list[dict[str, object]]:
    return pq.read_table(study.report / "tables" / f"{name}.parquet").to_pylist()  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def sampled(tmp_path_factory: pytest.TempPathFactory) -> tuple[TinyStudy, Outcome]:
    study = TinyStudy.create(tmp_path_factory.mktemp("sampled") / "study")
    write(study, "sampled")
    return study, study.voc("run")


def test_some_are_read_and_all_are_estimated(sampled: tuple[TinyStudy, Outcome]) -> None:
    study, told = sampled
    assert told.code == 0, told.err
    (amount,) = table(study, "sampling")
    assert (amount["people"], amount["people_certain"]) == (PEOPLE, 1), "who was interviewed is always read"
    assert 90 < int(str(amount["sentences_read"])) < 130
    assert len(table(study, "documents")) == amount["documents_read"] < PEOPLE
    estimates = table(study, "estimates")
    assert all(one["n_read"] <= one["low"] <= one["n_people"] <= one["high"] <= PEOPLE for one in estimates)  # type: ignore[operator]
    insights = {one["insight_id"]: one["people_estimated"] for one in table(study, "insights")}
    assert insights == {one["target_id"]: one["n_people"] for one in estimates if one["target"] == "insight"}


def test_nothing_is_shown_that_was_not_read(sampled: tuple[TinyStudy, Outcome]) -> None:
    study, _ = sampled
    read = {one["document_id"] for one in table(study, "documents")}
    assert {one["document_id"] for one in table(study, "mentions")} <= read
    assert {one["document_id"] for one in table(study, "segments")} == read


def test_the_report_says_so(sampled: tuple[TinyStudy, Outcome]) -> None:
    study, _ = sampled
    method = (study.report / "method.html").read_text(encoding="utf-8")
    assert f"of {PEOPLE} people say" in method
    assert "drawn at random" in method
    assert f"of {PEOPLE} people (" in (study.report / "insights.html").read_text(encoding="utf-8")


def test_every_stage_ran_a_second_run_computes_nothing_and_it_verifies(sampled: tuple[TinyStudy, Outcome]) -> None:
    study, told = sampled
    names = [one.name for one in STAGES]
    assert [line.split()[0] for line in told.err.splitlines() if line.split()[0] in names] == names
    parts = study.parts()
    assert study.voc("run", "-q").code == 0
    assert study.parts() == parts
    planned = study.voc("plan").out
    assert [line.split(maxsplit=1) for line in planned.splitlines()] == [[name, "nothing to do"] for name in names]
    verified = study.voc("verify", "--workspace", str(study.root))
    assert verified.code == 0, verified.err


def test_another_machine_draws_the_same_people(sampled: tuple[TinyStudy, Outcome], tmp_path: Path) -> None:
    study, _ = sampled
    other = TinyStudy.create(tmp_path / "other")
    write(other, "sampled")
    assert other.voc("run", "-q", "--runner", "processes", "--workers", "2").code == 0
    assert other.run_id == study.run_id
    assert other.published() == study.published()


def test_a_plan_does_not_draw(tmp_path: Path) -> None:
    study = TinyStudy.create(tmp_path / "study")
    write(study, "sampled")
    assert "sample    follows what comes before" in study.voc("plan").out
    assert not (study.root / ".voc").exists()


def test_auto_reads_a_small_study_in_full(study: TinyStudy) -> None:
    study.configure("run", 'effort = "auto"')
    parts = study.parts()
    assert study.voc("run", "-q").code == 0
    assert {name.partition("/")[0] for name in study.parts() if name not in parts} == {"drawing"}
    assert "sample" not in study.voc("plan").out, "a plan tells that nothing is sampled"
    assert not (study.report / "tables" / "sampling.parquet").exists()


def test_what_a_killed_run_lost_of_the_draw_comes_out_the_same(
    sampled: tuple[TinyStudy, Outcome], tmp_path: Path
) -> None:
    study, _ = sampled
    other = TinyStudy(tmp_path / "other")
    shutil.copytree(study.root, other.root)
    for folder in ("drawing", "sample", "estimates"):
        for path in sorted((other.root / ".voc" / "parts" / folder).iterdir())[::2]:
            path.unlink()
    for path in (other.root / ".voc" / "parts" / "drawing").glob("*.people.parquet"):
        path.unlink()
    assert other.voc("run", "-q").code == 0
    assert other.run_id == study.run_id
    assert {name: path.read_bytes() for name, path in parts_of(other).items()} == {
        name: path.read_bytes() for name, path in parts_of(study).items()
    }


def parts_of(study: TinyStudy) -> dict[str, Path]:
    root = study.root / ".voc" / "parts"
    return {path.relative_to(root).as_posix(): path for path in root.rglob("*.parquet")}
