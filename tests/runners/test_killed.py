"""kill -9 at any moment, then the same command: the result is that of a run which nobody disturbed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tiny_study import TinyStudy


class Nursery:
    """Runs in forks of one process that has loaded the libraries already."""

    def __init__(self, folder: Path) -> None:
        program = Path(__file__).with_name("nursery.py")
        self.process = subprocess.Popen(
            [sys.executable, str(program)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        self.told = folder / "told.txt"

    def killed(self, study: TinyStudy, when: str, number: int) -> bool:
        """Runs the study in a process that kills itself at the n-th file; False where the run ended before that."""
        order = {"when": when, "number": number, "arguments": ["run", "-q"]}
        order |= {"folder": str(study.root), "told": str(self.told)}
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()
        code = int(self.process.stdout.readline())
        assert code in (0, -signal.SIGKILL), self.told.read_text("utf-8")
        return code != 0


@pytest.fixture(scope="module")
def nursery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Nursery]:
    made = Nursery(tmp_path_factory.mktemp("nursery"))
    yield made
    made.process.communicate()


def forget(study: TinyStudy, *stages: str) -> None:
    """As if these stages had not run yet."""
    for stage in stages:
        shutil.rmtree(study.root / ".voc" / "parts" / stage)
    shutil.rmtree(study.root / "reports")
    shutil.rmtree(study.root / ".voc" / "runs")


def parts_of(study: TinyStudy) -> dict[str, bytes]:
    root = study.root / ".voc" / "parts"
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def assert_undisturbed(study: TinyStudy, first_run: TinyStudy) -> None:
    assert study.run_id == first_run.run_id
    assert study.published() == first_run.published()
    assert parts_of(study) == parts_of(first_run)


@pytest.mark.parametrize(
    ("when", "number"), [("before", 1), ("after", 4), ("before", 11)], ids=["first part", "index", "amid redaction"]
)
def test_killed_before_anything_heavy(
    nursery: Nursery, fresh: TinyStudy, first_run: TinyStudy, when: str, number: int
) -> None:
    assert nursery.killed(fresh, when, number)
    assert not (fresh.root / "reports").exists()
    assert fresh.voc("run", "-q").code == 0
    assert_undisturbed(fresh, first_run)


@pytest.mark.parametrize(
    ("when", "number", "stages"),
    [
        ("before", 2, ("insights", "empathy")),
        ("before", 1, ()),
        ("after", 1, ()),
        ("before", 2, ()),
        ("before", 3, ()),
    ],
    ids=["amid insights", "report whole but unnamed", "no manifest", "manifest unnamed", "latest unnamed"],
)
def test_killed_towards_the_end(
    nursery: Nursery, study: TinyStudy, first_run: TinyStudy, when: str, number: int, stages: tuple[str, ...]
) -> None:
    forget(study, *stages)
    assert nursery.killed(study, when, number)
    assert study.voc("run", "-q").code == 0
    assert_undisturbed(study, first_run)
    assert study.voc("verify", "-q").code == 0


def test_a_killed_worker_is_told_and_the_run_can_go_on(
    study: TinyStudy, first_run: TinyStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget(study, "ingest")
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent / "dying_worker"), prepend=os.pathsep)
    done = subprocess.run(
        [sys.executable, "-m", "voc_engine", "run", "-q", "--runner", "processes", "--workers", "1"],
        cwd=study.root, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 3
    assert "A worker process died." in done.stderr
    assert "To go on, run: voc run -q --runner processes --workers 1" in done.stderr
    assert "Traceback" not in done.stderr
    assert study.voc("run", "-q").code == 0
    assert_undisturbed(study, first_run)


@pytest.mark.slow
def test_killed_at_every_seventh_file(nursery: Nursery, first_run: TinyStudy, tmp_path: Path) -> None:
    number = 1
    while True:
        study = TinyStudy.create(tmp_path / f"at-{number}")
        disturbed = nursery.killed(study, "before" if number % 2 else "after", number)
        assert study.voc("run", "-q").code == 0
        assert_undisturbed(study, first_run)
        if not disturbed:
            break
        number += 7
    assert number > 20


@pytest.mark.slow
def test_killed_again_and_again_until_it_is_done(nursery: Nursery, fresh: TinyStudy, first_run: TinyStudy) -> None:
    """Five files at a time: a source file counts as read with its fourth, and goes on from the last one read."""
    kills = 0
    while nursery.killed(fresh, "after", 5):
        kills += 1
        assert kills < 10
    assert kills >= 4
    assert_undisturbed(fresh, first_run)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("runner", "count"), [((), 15), (("--runner", "processes", "--workers", "2"), 9)], ids=["local", "processes"]
)
def test_killed_from_outside(fresh: TinyStudy, first_run: TinyStudy, runner: tuple[str, ...], count: int) -> None:
    started = subprocess.Popen(
        [sys.executable, "-m", "voc_engine", "run", "-q", *runner], cwd=fresh.root, stderr=subprocess.PIPE
    )
    parts = fresh.root / ".voc" / "parts"
    while started.poll() is None and len(list(parts.glob("*/[!.]*"))) < count:
        pass
    started.kill()
    started.communicate()
    assert fresh.voc("run", "-q").code == 0
    assert_undisturbed(fresh, first_run)


def test_the_study_ends_with_more_than_twenty_files(first_run: TinyStudy) -> None:
    """The numbers above mean something only while the tiny study has that many."""
    assert len(parts_of(first_run)) > 20
    assert all(re.fullmatch(r"[a-z]+/[0-9a-f-]+\.\w+\.(parquet|json)", name) for name in parts_of(first_run))
