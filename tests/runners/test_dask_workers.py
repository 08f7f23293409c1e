"""A cluster gives the bytes of one process, whatever becomes of its workers."""

from __future__ import annotations

import logging
import operator
import os
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

import cloudpickle
import pytest
from tiny_study import TinyStudy

from voc_engine.errors import ConfigError, StageError, StoreError
from voc_engine.interface import running
from voc_engine.runners import dask_workers
from voc_engine.runners.dask_workers import DaskWorkers, Job
from voc_engine.runners.progress import PlainProgress
from voc_engine.runners.workers import workers_for

with_a_cluster = pytest.mark.slow
distributed = pytest.importorskip("distributed")
# Workers cannot import a module of tests by its name.
cloudpickle.register_pickle_by_value(sys.modules[__name__])


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, memory_limit=0, dashboard_address=None, silence_logs=logging.CRITICAL
    ) as made:
        yield made


@pytest.fixture
def team(cluster: Any) -> Iterator[DaskWorkers]:
    workers = DaskWorkers(cluster.scheduler_address)
    yield workers
    workers.close()


def die_once(root: Path, number: int) -> int:
    """The first to come here is killed; whoever does its task again finds that somebody was."""
    try:
        (root / f"died-{number}").touch(exist_ok=False)
    except FileExistsError:
        return number
    os.kill(os.getpid(), signal.SIGKILL)
    return -1


def fail(secret: str) -> int:
    raise StoreError("It broke.", found="a hammer", do="mend it")


@with_a_cluster
def test_all_tasks_are_done(team: DaskWorkers) -> None:
    arguments = [(number, 2) for number in range(20)]
    assert sorted(team.map(operator.mul, arguments)) == list(range(0, 40, 2))
    assert list(team.map(operator.mul, [])) == []


@with_a_cluster
def test_what_a_killed_worker_did_is_done_by_another(team: DaskWorkers, tmp_path: Path) -> None:
    assert sorted(team.map(die_once, [(tmp_path, number) for number in range(4)])) == [0, 1, 2, 3]
    assert not list(tmp_path.glob("cluster/.*"))


class Shrinking:
    """A client of a cluster of which all workers but one are soon gone; what is given out is done at once."""

    def __init__(self) -> None:
        self.looks = 0

    def nthreads(self) -> dict[str, int]:
        self.looks += 1
        return {f"worker {number}": 1 for number in range(4 if self.looks < 4 else 1)}

    def submit(self, function: Any, job: Job, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        future.set_result(function(job))
        return future

    def cancel(self, futures: list[Future[Any]]) -> None:
        """Nothing is under way."""

    def as_current(self) -> AbstractContextManager[None]:
        return nullcontext()


def test_tasks_that_were_given_out_before_workers_died_are_done_by_the_others() -> None:
    class OneByOne:
        @staticmethod
        def wait(futures: set[Future[Any]], return_when: str) -> tuple[set[Future[Any]], set[Future[Any]]]:
            first = next(iter(futures))
            return {first}, futures - {first}

    team = DaskWorkers.__new__(DaskWorkers)
    team.address, team._client, team._distributed = "tcp://nowhere:1", Shrinking(), OneByOne()
    assert sorted(team.map(operator.mul, [(number, 2) for number in range(20)])) == list(range(0, 40, 2))


@with_a_cluster
def test_an_error_comes_back_whole_and_leaves_no_words_in_logs(
    team: DaskWorkers, cluster: Any, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StoreError, match=r"It broke\.") as raised:
        list(team.map(fail, [("Maren Vos, +49 30 1234567",)]))
    assert (raised.value.found, raised.value.do) == ("a hammer", "mend it")
    logs = [*cluster.get_logs().values(), *map(str, team._client.get_worker_logs().values()), caplog.text]
    assert not any("Maren" in str(log) for log in logs)


@with_a_cluster
def test_the_study_has_the_same_bytes_though_a_worker_is_killed(
    fresh: TinyStudy, first_run: TinyStudy, cluster: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    killed: list[int] = []

    class Killing(PlainProgress):
        def advance(self, amount: int, rows: int | None = None) -> None:
            if self.stage in ("ingest", "segment", "mentions") and self.stage not in stages:
                stages.append(self.stage)
                worker = next(one for one in cluster.workers.values() if one.process is not None and one.process.pid)
                killed.append(worker.process.pid)
                os.kill(worker.process.pid, signal.SIGKILL)

    stages: list[str] = []
    monkeypatch.setattr(running, "progress_for", lambda *, quiet: Killing(quiet=quiet))
    told = fresh.voc("run", "--runner", "dask", "--scheduler", cluster.scheduler_address)
    assert told.code == 0, told.err
    assert len(killed) == 3
    assert fresh.run_id == first_run.run_id
    assert fresh.published() == first_run.published()
    manifest = next((fresh.root / ".voc" / "runs").glob("run-*.json")).read_text(encoding="utf-8")
    assert cluster.scheduler_address not in manifest


def test_a_worker_that_does_not_see_the_folder_is_told_of(tmp_path: Path) -> None:
    """It would set every source aside as unreadable, or write its parts where nobody looks."""
    (tmp_path / "seen").touch()
    job = Job(operator.mul, (3, 4), [tmp_path / "seen"])
    assert job.done() == 12
    (tmp_path / "seen").unlink()
    failed = job.done()
    assert isinstance(failed.error, StageError)
    assert "every machine has under the same path" in failed.error.do


def test_a_worker_with_another_version_does_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    job = Job(operator.mul, (3, 4), [])
    monkeypatch.setattr(dask_workers, "code_here", lambda: "other")
    failed = job.done()
    assert isinstance(failed.error, ConfigError)
    assert "same version on every machine" in failed.error.do


def test_a_scheduler_that_is_not_there_is_told_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dask_workers, "_ANSWERS", 0.2)
    with pytest.raises(ConfigError, match="No Dask scheduler answers at") as raised:
        workers_for("dask", None, "tcp://127.0.0.1:9")
    assert "dask scheduler" in raised.value.do


def test_without_the_extra_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(ConfigError, match="not installed") as raised:
        workers_for("dask", None, "tcp://127.0.0.1:8786")
    assert "pip install 'voc_engine[dask]'" in raised.value.do


@pytest.mark.parametrize(("runner", "address"), [("dask", None), ("local", "tcp://x:1"), ("processes", "tcp://x:1")])
def test_a_scheduler_and_the_runner_dask_belong_together(runner: str, address: str | None) -> None:
    with pytest.raises(ConfigError, match="belong together"):
        workers_for(runner, None, address)
