"""What a run would take, from what earlier ones took here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tiny_study import MORE_REVIEWS, TinyStudy

from voc_engine.config import Config, SourceConfig
from voc_engine.config.effort import RunConfig
from voc_engine.runners import pace as module
from voc_engine.runners.pace import MOST_EXACT, Rates, estimate, learn, sampling_advice
from voc_engine.runners.source_inputs import SourceInput
from voc_engine.runners.stage_plan import StagePlan
from voc_engine.runners.state import RunState
from voc_engine.runners.tasks import FileIndex
from voc_engine.store.workspace import Workspace


@pytest.fixture
def files(tmp_path: Path) -> list[SourceInput]:
    """A small file and one of three times its size."""
    found = []
    for name, size in (("a", 1_000_000), ("b", 3_000_000)):
        (tmp_path / name).write_bytes(b"x" * size)
        found.append(SourceInput(tmp_path / name, name, "", SourceConfig(path=name), name))
    return found


def ran(files: list[SourceInput], documents: int) -> RunState:
    plans = [StagePlan("ingest", 1, 0), StagePlan("redact", 10, 0), StagePlan("insights", 1, 0)]
    index = FileIndex("a", "", (), documents, 0, (), 0, 0)
    timings = {"ingest": 10.0, "pseudonyms": 5.0, "redact": 20.0, "insights": 40.0}
    return RunState(sources=files[:1], indexes=[index], plans=plans, timings=timings)


def test_what_is_new_takes_the_time_of_what_was_measured(files: list[SourceInput], tmp_path: Path) -> None:
    """A file of three times the size: three times the documents for each stage, and a fit over all four parts."""
    workspace = Workspace(tmp_path / "ws")
    rates = learn(ran(files, 1_000), workspace)
    assert rates == Rates.of(workspace)
    assert rates is not None
    plans = [StagePlan("ingest", 2, 1), *(StagePlan(name, open=True) for name in ("redact", "embed", "insights"))]
    told = estimate(RunState(sources=files, plans=plans, missing=frozenset({"b"})), rates)
    assert told.documents == pytest.approx(3_000)
    assert told.seconds == pytest.approx({"ingest": 30.0, "pseudonyms": 15.0, "redact": 60.0, "insights": 160.0})
    assert told.unknown == ("embed", "report")
    assert "about 4 min at the pace of the last runs here" in str(told)


def test_what_is_done_takes_no_time(files: list[SourceInput], tmp_path: Path) -> None:
    rates = learn(ran(files, 1_000), Workspace(tmp_path / "ws"))
    assert rates is not None
    state = ran(files, 1_000)
    state.plans = [StagePlan("ingest", 1, 1), StagePlan("redact", 10, 5), StagePlan("insights", 1, 1)]
    told = estimate(state, rates)
    assert told.seconds["redact"] == pytest.approx(10.0)
    assert (told.documents, told.disk) == (0, 0)
    assert "ingest" not in told.seconds


def test_a_few_documents_are_no_measure(files: list[SourceInput], tmp_path: Path) -> None:
    """What ten of them take is the loading of models."""
    workspace = Workspace(tmp_path / "ws")
    assert learn(ran(files, 10), workspace) is None
    assert Rates.of(workspace) is None


def test_a_run_that_had_nothing_to_do_leaves_the_pace(files: list[SourceInput], tmp_path: Path) -> None:
    workspace = Workspace(tmp_path / "ws")
    rates = learn(ran(files, 1_000), workspace)
    again = ran(files, 1_000)
    again.plans = [StagePlan(plan.stage, plan.parts, plan.parts) for plan in again.plans]
    assert learn(again, workspace) == rates


def test_a_plan_tells_time_and_disk_once_a_run_has_measured(study: TinyStudy, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "time" not in study.voc("plan").out
    monkeypatch.setattr(module, "_FEWEST", 1)
    learned = module.learn

    monkeypatch.setattr("voc_engine.runners.engine.learn", lambda state, place: learned(state, place, 1))
    (study.root / "reviews-2.csv").write_text(MORE_REVIEWS, encoding="utf-8")
    assert study.voc("run", "-q").code == 0
    (study.root / "reviews-3.csv").write_text(MORE_REVIEWS.replace("2026", "2025"), encoding="utf-8")
    told = study.voc("plan").out
    assert "at the pace of the last runs here" in told
    assert "MB more below .voc/parts" in told
    assert study.voc("run", "-q").code == 0
    assert "time" not in study.voc("plan").out


def test_a_large_run_says_what_a_sample_would_take_and_no_other_does() -> None:
    told = sampling_advice(Config(), 240_000, 240_000)
    assert told.startswith("240,000 distinct sentences are to be read in full, about 64 min of one core")
    assert '[run] effort = "sampled" 15,000 would be, about 4 min' in told
    assert sampling_advice(Config(), MOST_EXACT, MOST_EXACT) == ""
    assert sampling_advice(Config(), 240_000, 900) == "", "nearly all was read before"
    assert sampling_advice(Config(run=RunConfig(effort="sampled")), 240_000, 240_000) == ""


def test_a_sampled_run_has_a_pace_of_its_own(files: list[SourceInput], tmp_path: Path) -> None:
    """It reads a part of the sentences: an exact run would be told to take as little."""
    workspace = Workspace(tmp_path / "ws")
    exact = learn(ran(files, 1_000), workspace)
    state = ran(files, 1_000)
    state.parts = {"sample": ["p"]}
    state.timings = {name: spent / 10 for name, spent in state.timings.items()}
    sampled = learn(state, workspace)
    assert Rates.of(workspace) == exact != sampled
    assert Rates.of(workspace, sampled=True) == sampled
