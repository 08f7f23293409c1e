"""voc diff as a user types it: two runs of a study that grew, and two periods of one."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))
from tiny_study import CONFIG, MORE_REVIEWS, REVIEWS, TALK, run_voc


@pytest.fixture(scope="module")
def grown(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    folder = tmp_path_factory.mktemp("grown")
    (folder / "voc.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "reviews.csv").write_text(REVIEWS, encoding="utf-8")
    (folder / "talk.vtt").write_text(TALK, encoding="utf-8")
    runs = []
    for more in ("", MORE_REVIEWS):
        if more:
            (folder / "reviews-march.csv").write_text(more, encoding="utf-8")
        assert run_voc("run", "-q", folder=folder).code == 0
        runs.append(json.loads((folder / ".voc/runs/latest").read_text("utf-8"))["run_id"])
    return folder, runs[0], runs[1]


def test_two_runs(grown):
    folder, first, second = grown
    done = run_voc("diff", first, second, folder=folder)
    assert done.code == 0, done.err
    page = Path(done.out.strip())
    assert page.is_file()
    told = json.loads((page.parent / "diff.json").read_text("utf-8"))
    kept = [one for one in told["insights"] if one["match"] == "kept"]
    assert {one["basis"] for one in kept} == {"evidence"}
    assert not [one for one in told["insights"] if one["match"] == "gone"]
    assert any("import" in one["new_names"][0].lower() for one in told["insights"] if one["match"] == "new")
    assert (told["old"]["people"], told["new"]["people"]) == (9, 10)


def test_two_periods_as_json(grown):
    folder, _, _ = grown
    done = run_voc("diff", "2026-01", "2026-02..2026-03", "--json", folder=folder)
    assert done.code == 2
    done = run_voc("diff", "2026-01..2026-01", "2026-02..2026-03", "--json", folder=folder)
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert (told["old"]["people"], told["old"]["last"]) == (3, "2026-01-09")
    assert not any(one["told"] for one in told["insights"])


def test_a_run_that_is_not_there_and_an_empty_period_are_refused(grown):
    folder, first, _ = grown
    assert run_voc("diff", first, "run-nothere", folder=folder).code == 2
    assert run_voc("diff", "1999-01..1999-02", "2026-01..2026-02", folder=folder).code == 2


def test_the_same_comparison_gives_the_same_bytes(grown, tmp_path):
    folder, first, second = grown
    for name in ("a", "b"):
        assert run_voc("diff", first, second, "--out", str(tmp_path / name), folder=folder).code == 0
    for file in ("index.html", "diff.json"):
        assert (tmp_path / "a" / file).read_bytes() == (tmp_path / "b" / file).read_bytes()
