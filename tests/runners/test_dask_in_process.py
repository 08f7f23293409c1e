"""What the runner dask does with its scheduler, on a scheduler in this process: no machine, no network, no waiting."""

from __future__ import annotations

import operator
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from voc_engine.errors import ConfigError, StageError, StoreError
from voc_engine.runners import dask_workers
from voc_engine.runners.dask_workers import DaskWorkers, Failed, Job

SECRET = "Maren Vos, +49 30 1234567"


class KilledWorker(Exception):
    """By the name of Dask's own."""


class FutureCancelledError(Exception):
    """By the name of Dask's own."""


@dataclass(frozen=True)
class Future:
    """What is asked of it is done when its result is."""

    key: str
    result: Callable[[], Any]


class Scheduler:
    """One worker of one thread, which does a task as soon as it is asked for. ``breaks`` is raised in place of waiting."""

    def __init__(self) -> None:
        self.breaks: Exception | None = None
        self.workers: dict[str, int] = {"worker": 1}
        self.awaited = self.most_at_once = 0
        self.keys: list[str] = []
        self.cancelled: list[Any] = []
        self.seen: list[Path] = []
        self.left = False

    def module(self) -> SimpleNamespace:
        return SimpleNamespace(Client=lambda address, **more: self, wait=self.wait)

    def submit(self, function: Callable[[Any], Any], job: Job, *, key: str, pure: bool) -> Any:
        self.keys.append(key)
        self.seen += [path for path in job._paths if path.exists()]
        return Future(key, lambda: function(job))

    def wait(self, waiting: set[Any], return_when: str) -> tuple[set[Any], set[Any]]:
        self.most_at_once = max(self.most_at_once, len(waiting))
        if self.breaks:
            raise self.breaks
        done = min(waiting, key=lambda one: one.key)
        return {done}, waiting - {done}

    def as_current(self) -> Scheduler:
        return self

    def __enter__(self) -> None: ...

    def __exit__(self, *what: object) -> None: ...

    def nthreads(self) -> dict[str, int]:
        return self.workers

    def wait_for_workers(self, number: int, timeout: float) -> None:
        self.awaited += 1
        raise TimeoutError("no workers")

    def cancel(self, futures: list[Any]) -> None:
        self.cancelled += futures

    def close(self, timeout: float) -> None:
        self.left = True
        raise OSError("the scheduler is gone")


@pytest.fixture
def scheduler(monkeypatch: pytest.MonkeyPatch) -> Scheduler:
    made = Scheduler()
    monkeypatch.setitem(sys.modules, "distributed", made.module())
    return made


@pytest.fixture
def team(scheduler: Scheduler) -> DaskWorkers:
    return DaskWorkers("tcp://scheduler:8786")


def count_words(root: Path, name: str) -> int:
    return len((root / name).read_text().split())


def fail(secret: str) -> int:
    raise StoreError("It broke.", found="a hammer", do="mend it")


def test_all_tasks_are_done_and_few_wait_at_once(team: DaskWorkers, scheduler: Scheduler) -> None:
    assert sorted(team.map(operator.mul, [(number, 2) for number in range(20)])) == list(range(0, 40, 2))
    assert scheduler.most_at_once == 2, "as many again as the one thread works on"
    assert len(set(scheduler.keys)) == 20, "two tasks of one key would be one task"
    assert list(team.map(operator.mul, [])) == []


def test_a_file_of_the_run_shows_workers_the_folder_and_goes_with_the_run(
    team: DaskWorkers, scheduler: Scheduler, tmp_path: Path
) -> None:
    for name, text in (("a", "one two"), ("b", "one two three")):
        (tmp_path / name).write_text(text)
    assert sorted(team.map(count_words, [(tmp_path, "a"), (tmp_path, "b")])) == [2, 3]
    assert {path.parent for path in scheduler.seen} == {tmp_path.parent, tmp_path / "cluster"}
    assert not list((tmp_path / "cluster").iterdir())


def test_an_error_of_a_task_comes_back_whole_and_what_still_waits_is_called_off(
    team: DaskWorkers, scheduler: Scheduler
) -> None:
    with pytest.raises(StoreError, match=r"It broke\.") as raised:
        list(team.map(fail, [(SECRET,), (SECRET,)]))
    assert (raised.value.found, raised.value.do) == ("a hammer", "mend it")
    assert len(scheduler.cancelled) == 1


def test_what_dask_would_log_holds_no_words_of_people() -> None:
    job = Job(fail, (SECRET,), [])
    assert (repr(job), repr(job.done())) == ("Job(fail)", "Failed(StoreError)")
    assert SECRET not in repr(Failed(ValueError(SECRET)))


@pytest.mark.parametrize(
    ("breaks", "told", "do"),
    [
        (KilledWorker("redact-1"), "each of them died", "give the workers more memory"),
        (
            OSError("connection reset"),
            "The Dask scheduler at tcp://scheduler:8786 was lost.",
            "start it and its workers",
        ),
        (
            FutureCancelledError("lost"),
            "The Dask scheduler at tcp://scheduler:8786 was lost.",
            "start it and its workers",
        ),
    ],
)
def test_a_lost_cluster_is_told_with_how_to_resume(
    team: DaskWorkers, scheduler: Scheduler, breaks: Exception, told: str, do: str
) -> None:
    scheduler.breaks = breaks
    with pytest.raises(StageError) as raised:
        list(team.map(operator.mul, [(1, 2)]))
    assert told in str(raised.value)
    assert do in raised.value.do
    assert "run the same command again to resume" in raised.value.do


def test_a_cluster_without_workers_is_told_with_how_to_start_one(team: DaskWorkers, scheduler: Scheduler) -> None:
    scheduler.workers = {}
    with pytest.raises(StageError, match="No worker has joined the scheduler") as raised:
        list(team.map(operator.mul, [(1, 2)]))
    assert "dask worker tcp://scheduler:8786" in raised.value.do
    assert scheduler.awaited == 1


def test_what_is_no_fault_of_the_cluster_is_told_as_it_is(team: DaskWorkers, scheduler: Scheduler) -> None:
    scheduler.breaks = ZeroDivisionError("by zero")
    with pytest.raises(ZeroDivisionError):
        list(team.map(operator.mul, [(1, 2)]))


def test_leaving_a_cluster_that_is_gone_is_no_error(team: DaskWorkers, scheduler: Scheduler) -> None:
    team.close()
    assert scheduler.left


def test_a_worker_with_other_libraries_names_them_and_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    here = dask_workers.version_of("numpy")
    with monkeypatch.context() as elsewhere:
        elsewhere.setattr(dask_workers, "library_versions", lambda: {"numpy": "0.0.1", "not-there": "1"})
        job = Job(fail, (SECRET,), [])
    failed = job.done()
    assert isinstance(failed.error, ConfigError)
    assert failed.error.found == f"numpy {here} in place of 0.0.1", "what a worker lacks and does not need is no fault"
    assert "constraints.txt" in failed.error.do


def test_a_worker_without_the_source_does_not_set_it_aside(tmp_path: Path) -> None:
    source = tmp_path / "reviews.csv"
    source.touch()
    job = Job(fail, (source,), [])
    source.unlink()
    failed = job.done()
    assert isinstance(failed.error, StageError)
    assert failed.error.found == f"no {source} there"


@pytest.mark.parametrize("error", [OSError("refused"), ValueError("missing port"), TimeoutError("30 s")])
def test_an_address_without_a_scheduler_is_told(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    def refuse(address: str, **more: object) -> None:
        raise error

    monkeypatch.setitem(sys.modules, "distributed", SimpleNamespace(Client=refuse))
    with pytest.raises(ConfigError, match="No Dask scheduler answers at nowhere") as raised:
        DaskWorkers("nowhere")
    assert raised.value.found == str(error)
