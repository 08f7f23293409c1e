"""What all tests share: repeatable random examples, and studies that are run once and looked at often."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from tiny_study import Outcome, TinyStudy, run_voc

# The same examples on every machine and day: a test that fails only sometimes is a test that nobody believes.
settings.register_profile(
    "repeatable",
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=60,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
settings.load_profile("repeatable")

REPOSITORY = Path(__file__).resolve().parents[1]
# Files of which one test takes a minute or more, the longest first. Workers take whole files: with a long one begun last,
# one core works and the other waits. (xdist's own order is by the number of tests, which puts these at the end.)
LONG = (
    "tests/runners/test_killed.py",
    "tests/decisions/test_every_decision.py",
    "tests/real/test_real_study.py",
    "tests/personas/test_banking_people.py",
    "tests/exchange/test_foreign_project.py",
    "tests/cli/test_verify_everything.py",
    "tests/runners/test_dask_workers.py",
    "tests/personas/test_one_voice.py",
    "tests/testing/test_readers_of_talk.py",
    "tests/forget/test_forget.py",
    "tests/forget/test_killed_forget.py",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    rank = {REPOSITORY / name: place for place, name in enumerate(LONG)}
    assert all(path.is_file() for path in rank), "a file of LONG has another name now"
    items.sort(key=lambda item: rank.get(item.path, len(LONG)))


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the checkout."""
    return REPOSITORY


@pytest.fixture(scope="session")
def shared() -> Path:
    """The shared data, for tests marked ``shared``."""
    return Path(os.environ.get("VOC_SHARED", REPOSITORY.parent / "shared")).resolve()


@pytest.fixture(scope="session")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> TinyStudy:
    """A tiny study that ran once; read only. All test processes share it: a first run loads every library.

    What the run told is kept beside it in ``outcome`` (exit code, then standard output, then standard error).
    """
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    study = TinyStudy(base / "tiny study [1]")
    with open(base / "tiny.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (base / "outcome-code").exists():
            TinyStudy.create(study.root)
            told = study.voc("run")
            for name, value in (("out", told.out), ("err", told.err), ("code", str(told.code))):
                (base / f"outcome-{name}").write_text(value, encoding="utf-8")
    return study


@pytest.fixture(scope="session")
def first_outcome(first_run: TinyStudy) -> Outcome:
    """What the first run of the tiny study told."""
    code, out, err = ((first_run.root.parent / f"outcome-{name}").read_text() for name in ("code", "out", "err"))
    return Outcome(int(code), out, err)


@pytest.fixture(scope="session")
def demo_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demo study, which ran once there; read only. It takes minutes: for slow tests."""
    base = tmp_path_factory.getbasetemp()
    if os.environ.get("PYTEST_XDIST_WORKER"):
        base = base.parent
    folder = base / "demo study"
    with open(base / "demo.lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "done").exists():
            shutil.copytree(REPOSITORY / "corpora" / "demo", folder / "corpora" / "demo")
            (folder / "configs").mkdir()
            shutil.copy(REPOSITORY / "configs" / "demo.toml", folder / "configs" / "demo.toml")
            told = run_voc("run", "configs/demo.toml", "-q", folder=folder)
            assert told.code in (0, 1), told.err
            (folder / "done").touch()
    return folder


@pytest.fixture
def study(first_run: TinyStudy, tmp_path: Path) -> TinyStudy:
    """A copy of the tiny study that ran once, to do with as the test likes."""
    root = tmp_path / "study"
    shutil.copytree(first_run.root, root)
    return TinyStudy(root)


@pytest.fixture
def fresh(tmp_path: Path) -> TinyStudy:
    """The tiny study before its first run."""
    return TinyStudy.create(tmp_path / "fresh")


@pytest.fixture(scope="session")
def voc() -> Callable[..., Outcome]:
    """The command line: ``voc("run", "x.toml", folder=place)``."""
    return run_voc
