"""Where the work happens does not show in the result."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import pyarrow.parquet as pq
import pytest
from tiny_study import TinyStudy

from voc_engine.config import load_config
from voc_engine.errors import ConfigError, StoreError
from voc_engine.runners import engine as engine_module
from voc_engine.runners.engine import Engine
from voc_engine.runners.workers import LocalWorkers, ProcessWorkers, workers_for
from voc_engine.store.workspace import Workspace


def tables(study: TinyStudy) -> dict[str, list[str]]:
    """Rows of every table in an order that does not depend on parts."""
    paths = sorted((study.report / "tables").glob("*.parquet"))
    return {path.stem: sorted(map(repr, pq.read_table(path).to_pylist())) for path in paths}


def test_several_processes_give_the_same_bytes(
    fresh: TinyStudy, first_run: TinyStudy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also with sentences shared out among more parts than there are workers, which rest when they have done the last."""
    monkeypatch.setattr(engine_module, "_SENTENCES_PER_PART", 4)
    did: list[str] = []
    submit, rest = ProcessWorkers._submit, ProcessWorkers.rest

    def noted(self: ProcessWorkers, function: Any, arguments: tuple[Any, ...]) -> Any:
        did.append(function.__name__)
        return submit(self, function, arguments)

    def rested(self: ProcessWorkers) -> None:
        did.append("rest")
        rest(self)

    monkeypatch.setattr(ProcessWorkers, "_submit", noted)
    monkeypatch.setattr(ProcessWorkers, "rest", rested)
    told = fresh.voc("run", "--runner", "processes", "--workers", "2")
    assert told.code == 0
    assert len(list((fresh.root / ".voc" / "parts" / "embed").iterdir())) >= 4
    assert fresh.run_id == first_run.run_id
    assert fresh.published() == first_run.published()
    assert {"ingest_file", "map_part", "embed_chunk"} <= set(did)
    assert set(did[did.index("rest") :]) == {"rest"}


@pytest.mark.parametrize("rows", [1, 3])
def test_how_a_file_is_cut_into_parts_does_not_show(fresh: TinyStudy, first_run: TinyStudy, rows: int) -> None:
    fresh.configure("study", f"part_rows = {rows}")
    assert fresh.voc("run", "-q").code == 0
    assert len(list((fresh.root / ".voc" / "parts" / "segment").iterdir())) > 3
    assert tables(fresh) == tables(first_run)
    assert fresh.voc("verify", "-q").code == 0


def test_a_file_of_many_tickets_is_work_for_many_processes(fresh: TinyStudy) -> None:
    """Regression: parts held 50,000 rows, so that of 20,000 tickets all but one process had nothing to do."""
    rows = "\n".join(f"{number},Printer {number} is out of ink." for number in range(20_000))
    (fresh.root / "tickets.csv").write_text(f"ticket id,description\n{rows}\n", encoding="utf-8")
    (fresh.root / "voc.toml").write_text('[[sources]]\npath = "tickets.csv"\nkind = "ticket"\n', encoding="utf-8")
    state = Engine(load_config(fresh.root / "voc.toml"), fresh.root, Workspace(fresh.root)).execute("redact")
    assert state.indexes[0].documents == 20_000
    assert len(state.indexes[0].parts) == 10


def double(number: int) -> int:
    return 2 * number


def fail(_: int) -> int:
    raise StoreError("It broke.", found="a hammer", do="mend it")


def die(_: int) -> int:
    os._exit(1)


@pytest.fixture
def processes() -> Iterator[ProcessWorkers]:
    workers = ProcessWorkers(2)
    yield workers
    workers.close()


def test_all_workers_do_all_tasks(processes: ProcessWorkers) -> None:
    arguments = [(number,) for number in range(20)]
    assert list(LocalWorkers().map(double, arguments)) == list(range(0, 40, 2))
    assert sorted(processes.map(double, arguments)) == list(range(0, 40, 2))
    assert list(processes.map(double, [])) == []


def identity() -> int:
    return os.getpid()


def test_processes_that_rest_are_gone_and_others_come_when_there_is_work(processes: ProcessWorkers) -> None:
    before = set(processes.map(identity, [()] * 8))
    processes.rest()
    for one in before:
        with pytest.raises(ProcessLookupError):
            os.kill(one, 0)
    after = set(processes.map(identity, [()] * 8))
    assert after
    assert before.isdisjoint(after)
    processes.rest()
    processes.rest()


def test_an_error_comes_out_of_a_process_whole(processes: ProcessWorkers) -> None:
    with pytest.raises(StoreError, match=r"It broke\.") as raised:
        list(processes.map(fail, [(1,), (2,)]))
    assert (raised.value.found, raised.value.do) == ("a hammer", "mend it")


def test_an_unknown_runner_gets_the_nearest() -> None:
    assert isinstance(workers_for("local", None), LocalWorkers)
    with pytest.raises(ConfigError, match="'proceses'") as raised:
        workers_for("proceses", None)
    assert raised.value.do == "did you mean 'processes'?"


def test_workers_end_with_a_killed_run() -> None:
    """Regression: kill -9 left the workers behind for ever; they hold the pipe open, so this would not come back."""
    script = (
        "import os, signal; from voc_engine.runners.workers import ProcessWorkers\n"
        "print(len(list(ProcessWorkers(1).map(os.getpid, [(), ()]))), flush=True)\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (-signal.SIGKILL, "2\n")
